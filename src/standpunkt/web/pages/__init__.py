"""The pages for readers: HTML, in German and English, without a script."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from standpunkt.web.templating import render


def routes() -> list[BaseRoute]:
    """Give the addresses of the pages."""
    return [Route("/", start)]


def start(request: Request) -> Response:
    """Give the page that leads to all others."""
    return render(request, "start.html")


def editor(request: Request) -> Response:
    """Give the page at /sparql on which a reader writes a query of their own."""
    return render(request, "start.html")


def resource(_request: Request, _iri: str) -> Response | None:
    """Give the page of an IRI of ours; `None` where the dossier says nothing of it."""
    return None


def problem(request: Request, status: int, message: str) -> Response:
    """Give the page that says what went wrong, in one sentence."""
    return render(request, "problem.html", status=status, message=message)
