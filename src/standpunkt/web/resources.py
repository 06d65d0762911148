"""Names of ours as documents: `https://w3id.org/standpunkt/…` has its page at the same path here.

| path            | what it is about                                                  |
| --------------- | ----------------------------------------------------------------- |
| `/id/<slug>`    | a node: what is asserted of it, and what points to it             |
| `/ns/<term>`    | a term, whose name is `ns#<term>`: the same                       |
| `/ns`           | the ontology                                                      |
| `/shapes`       | the shapes                                                        |
| `/graph/<part>` | a named graph                                                     |

The answer is 200, with the address of the document in `Content-Location`. The 303 by which a person
is told from a document about her (https://www.w3.org/TR/cooluris/) is for w3id.org to give, where
the names are: an address here is that of a document, and a second redirect would tell nothing more.
"""

from http import HTTPStatus
from urllib.parse import quote

from pyoxigraph import NamedNode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from standpunkt import naming
from standpunkt.errors import UnknownNameError, suggest
from standpunkt.exporting import parts
from standpunkt.namespaces import GRAPH, ID, ONTOLOGY, SPK, SPKS
from standpunkt.web import pages
from standpunkt.web.backend import backend
from standpunkt.web.documents import FORMATS, document
from standpunkt.web.formats import Format
from standpunkt.web.negotiation import prefers_html
from standpunkt.web.site import site

_ENDINGS = {f".{each.names[0]}": each for each in FORMATS}


def routes() -> list[BaseRoute]:
    """Give the addresses of names."""
    return [
        Route("/id/{name}", node),
        Route("/ns/{name}", term),
        *(Route(f"/ns{ending}", ontology) for ending in ("", *_ENDINGS)),
        *(Route(f"/shapes{ending}", shapes) for ending in ("", *_ENDINGS)),
        Route("/graph/{name}", graph),
    ]


def node(request: Request) -> Response:
    """Describe a node of the dossier."""
    return _described(request, ID, "/id/")


def term(request: Request) -> Response:
    """Describe a term of the ontology."""
    return _described(request, SPK, "/ns/")


def ontology(request: Request) -> Response:
    """Give the ontology."""
    return _part(request, "/ns", "ontology", ONTOLOGY)


def shapes(request: Request) -> Response:
    """Give the shapes."""
    return _part(request, "/shapes", "shapes", SPKS.removesuffix("#"))


def graph(request: Request) -> Response:
    """Give a named graph."""
    name, _ = _parted(request.path_params["name"])
    if name not in parts.PARTS:
        listed = suggest(name, parts.PARTS) or f"; there are {', '.join(parts.PARTS)}"
        raise UnknownNameError(f"there is no graph {name!r}{listed}")
    return _part(request, f"/graph/{name}", name, GRAPH + name)


def _described(request: Request, namespace: str, folder: str) -> Response:
    name, picked = _parted(request.path_params["name"])
    try:
        iri = NamedNode(namespace + name)
    except ValueError:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"{name!r} is no name of a node") from None
    store = site(request).store
    triples = [*store.triples(iri), *store.triples(None, None, iri)]
    if not triples:
        raise UnknownNameError(_unknown(request, name))
    if picked is None and _is_page(request):
        page = pages.resource(request, iri.value)
        if page is not None:
            return page
    return document(request, triples, picked, site(request).base + folder + quote(name))


def _part(request: Request, path: str, part: str, iri: str) -> Response:
    _, picked = _parted(request.url.path.rpartition("/")[2])
    if picked is None and _is_page(request):
        page = pages.resource(request, iri)
        if page is not None:
            return page
    return document(request, backend(request).part(part), picked, site(request).base + path)


def _is_page(request: Request) -> bool:
    return prefers_html(request) and not request.query_params.get("format")


def _parted(name: str) -> tuple[str, Format | None]:
    """Part a name from the ending that picks a format."""
    stem, dot, ending = name.rpartition(".")
    picked = _ENDINGS.get(f".{ending}") if dot else None
    return (stem, picked) if picked else (name, None)


def _unknown(request: Request, name: str) -> str:
    try:
        found = naming.find(site(request).store, name)
    except UnknownNameError as error:
        return str(error)
    known = found.value.removeprefix(ID).removeprefix(SPK)
    return f"unknown name {name!r}; did you mean {known!r}?"
