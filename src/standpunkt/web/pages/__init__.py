"""The pages for readers: HTML, in German and English, without a script.

`router` says which page stands at which path, and knows no server; here its pages become answers.
"""

from threading import Lock

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from standpunkt.question import LANGUAGES
from standpunkt.store import Result
from standpunkt.web.negotiation import language
from standpunkt.web.pages import mistakes, router, sparql_form
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.links import Served, context
from standpunkt.web.pages.page import Data, Page, Reply
from standpunkt.web.pages.words import words
from standpunkt.web.site import site
from standpunkt.web.templating import STATIC, render

_MAKING = Lock()
_PATHS = (
    "/",
    "/figures",
    "/matrix",
    "/network",
    "/node",
    "/questions",
    "/questions/{name}",
    "/terms.json",
    "/search",
    "/timeline",
    "/why",
)


def routes() -> list[BaseRoute]:
    """Give the addresses of the pages, but for IRIs and /sparql: their form is negotiated."""
    return [Route(path, page) for path in _PATHS]


def page(request: Request) -> Response:
    """Give the page at the path of a request."""
    path = _path(request)
    parameters = dict(request.query_params)
    return _answer(request, router.respond(_explorer(request), language(request), path, parameters))


def editor(
    request: Request,
    query: str = "",
    result: Result | None = None,
    error: tuple[int, str] | None = None,
) -> Response:
    """Give the page at /sparql on which a reader writes a query of their own.

    With a query that was run it shows the result, or the error: the status of HTTP, and the words
    of `Store.query`.
    """
    here = _explorer(request)
    return _answer(request, sparql_form.page(here, language(request), query, result, error))


def resource(request: Request, iri: str) -> Response | None:
    """Give the page of an IRI of ours; `None` where the dossier says nothing of it."""
    found = router.of_node(_explorer(request), language(request), iri)
    return None if found is None else _answer(request, found)


def problem(request: Request, status: int, message: str) -> Response:
    """Give the page that says what went wrong, in one sentence."""
    own = words(language(request))
    if status == 404:  # noqa: PLR2004  as everybody knows it
        return _answer(
            request, router.missing(_explorer(request), language(request), _path(request))
        )
    model = {
        "message": mistakes.of_status(status, language(request)),
        "reason": message,
        "suggestions": [],
    }
    return _answer(request, Page("problem.html", own["error"], model, status))


def _explorer(request: Request) -> Explorer:
    state = request.app.state
    with _MAKING:
        if not hasattr(state, "explorer"):
            state.explorer = Explorer(site(request))
    found = state.explorer
    assert isinstance(found, Explorer)  # noqa: S101  set above
    return found


def _path(request: Request) -> str:
    return request.url.path.rstrip("/") or "/"


def _answer(request: Request, reply: Reply) -> Response:
    if isinstance(reply, Data):
        return Response(reply.text, media_type=reply.media_type)
    asked = request.query_params.get("lang")
    asked = asked if asked in LANGUAGES else None
    addresses = Served(site(request).base, _path(request), request.url.query, asked)
    given = context(
        reply,
        language(request),
        addresses,
        asked_language=asked,
        base=site(request).base,
        editor=(STATIC / "editor.js").is_file(),
        path=_path(request),
    )
    return render(request, reply.template, status=reply.status, **given)
