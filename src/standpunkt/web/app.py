"""The application: its addresses, and what holds for every answer."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from standpunkt.dossier import Dossier
from standpunkt.web import pages
from standpunkt.web.headers import Headers
from standpunkt.web.problems import HANDLERS
from standpunkt.web.site import Site
from standpunkt.web.templating import STATIC


def create_app(source: Dossier, *, articles: Path | None = None, base: str = "") -> Starlette:
    """Give the application that serves a dossier, for any ASGI server.

    `articles` is a folder with the texts of the articles; `base` is the path at which a reverse
    proxy shows the site, without a slash at its end.
    """
    app = Starlette(
        routes=[*pages.routes(), Mount("/static", StaticFiles(directory=STATIC))],
        middleware=[Middleware(Headers), Middleware(GZipMiddleware)],
        exception_handlers=HANDLERS,
    )
    app.state.site = Site(source, articles, base)
    return app
