"""The application: its addresses, and what holds for every answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import NamedNode
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from standpunkt.dossier import Dossier
from standpunkt.errors import ParameterError
from standpunkt.stored import StoredDossier
from standpunkt.web import endpoint, pages, resources, service
from standpunkt.web.backend import Backend
from standpunkt.web.graphs import SentGraphs, StoredGraphs
from standpunkt.web.headers import Headers
from standpunkt.web.limits import Limits
from standpunkt.web.pool import Pool
from standpunkt.web.problems import HANDLERS
from standpunkt.web.remembered import Remembered
from standpunkt.web.site import Site
from standpunkt.web.templating import STATIC

LOCAL = "http://127.0.0.1:8000"


def checked_address(url: str) -> str:
    """Give the address of a site without the slash at its end.

    Raises `ParameterError` for what is no address, or has a query or a fragment.
    """
    try:
        parts = urlsplit(NamedNode(url).value)
        is_address = parts.scheme in {"http", "https"} and parts.hostname
    except ValueError:
        is_address = None
    if not is_address or "?" in url or "#" in url:
        raise ParameterError(f"{url!r} is no address of a site (https://example.org/path)")
    return url.rstrip("/")


def create_app(
    source: Dossier,
    *,
    articles: Path | None = None,
    address: str = LOCAL,
    limits: Limits | None = None,
    cors: bool = True,
) -> Starlette:
    """Give the application that serves a dossier, for any ASGI server.

    Where its triples are those of a store, the workers open that, and nothing may write to it
    meanwhile. `articles` is a folder with the texts of the articles. `address` is where clients
    reach the site, without a slash at its end; its path goes before every link, and a reverse proxy
    takes it off again. `cors` lets the scripts of other sites read answers.

    Raises `FileError` and `ParseError` as `turtle.read` does.
    """
    site = Site(source, articles, urlsplit(address).path, f"{address}/sparql")
    stored = source.store if isinstance(source, StoredDossier) else None
    graphs = StoredGraphs(stored.folder, stored.names()) if stored else SentGraphs(site)
    bounds = limits or Limits()
    pool = Pool(graphs, bounds)

    @asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        pool.start()
        try:
            yield
        finally:
            await pool.close()

    app = Starlette(
        routes=[
            *endpoint.routes(),
            *service.routes(),
            *resources.routes(),
            *pages.routes(),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[
            Middleware(Headers, cors=cors),
            Middleware(Remembered),
            Middleware(GZipMiddleware),
        ],
        exception_handlers=HANDLERS,
        lifespan=running,
    )
    # A redirect to the path without its slash would be made from the `Host` that a client sends.
    app.router.redirect_slashes = False
    app.state.site = site
    app.state.backend = Backend(site, address, bounds, graphs, pool)
    return app
