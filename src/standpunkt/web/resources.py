"""Names of ours as documents: `https://w3id.org/standpunkt/…` has its page at the same path here.

| path             | what it is about                                                 |
| ---------------- | ---------------------------------------------------------------- |
| `/id/<slug>`     | a node: what is asserted of it, and what points to it            |
| `/ns/<term>`     | a term, whose name is `ns#<term>`: the same                      |
| `/ns/<version>`  | a version of the ontology, which has the one at hand             |
| `/ns`            | the ontology                                                     |
| `/shapes/<rule>` | a shape, whose name is `shapes#<rule>`                           |
| `/shapes`        | the shapes                                                       |
| `/graph/<part>`  | a named graph                                                    |

`/id/` has, beside the nodes, the dossier itself and the saved questions.

The answer is 200, with the address of the document in `Content-Location`. The 303 by which a person
is told from a document about her (https://www.w3.org/TR/cooluris/) is for w3id.org to give, where
the names are: an address here is that of a document, and a second redirect would tell nothing more.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from standpunkt import naming
from standpunkt.errors import UnknownNameError, near, offer, suggest
from standpunkt.exporting import parts
from standpunkt.namespaces import GRAPH, ID, SPK, SPKS
from standpunkt.web import about, pages
from standpunkt.web.documents import FORMATS, document
from standpunkt.web.formats import Format
from standpunkt.web.negotiation import prefers_html
from standpunkt.web.pages import paths
from standpunkt.web.site import site

_ENDINGS = {f".{each.names[0]}": each for each in FORMATS}

_NAMESPACES = {"/id/": ID, "/ns/": SPK, "/shapes/": SPKS, "/graph/": GRAPH}
_VERY_NEAR = 0.85  # difflib's ratio from which the name of a question is meant, and no node


def routes() -> list[BaseRoute]:
    """Give the addresses of names."""
    wholes = (f"/{name}{ending}" for name in ("ns", "shapes") for ending in ("", *_ENDINGS))
    folders = (f"{folder}{{name}}" for folder in _NAMESPACES)
    return [Route(path, resource) for path in (*wholes, *folders)]


def resource(request: Request) -> Response:
    """Describe what has its name at the path of a request: on a page, or in RDF.

    Raises `UnknownNameError` where the dossier has no such name.
    """
    folder, _, last = request.scope["path"].rpartition("/")
    name, picked = _parted(last)
    path = f"{folder}/{quote(name)}"
    iri = paths.iri(path, {}) or ""
    triples = about.document(site(request), iri)
    if triples is None:
        raise UnknownNameError(_unknown(request, f"{folder}/", name))
    if picked is None and _is_page(request):
        page = pages.resource(request, iri)
        if page is not None:
            return page
    return document(request, triples, picked, site(request).base + path)


def _is_page(request: Request) -> bool:
    return prefers_html(request) and not request.query_params.get("format")


def _parted(name: str) -> tuple[str, Format | None]:
    """Part a name from the ending that picks a format."""
    stem, dot, ending = name.rpartition(".")
    picked = _ENDINGS.get(f".{ending}") if dot else None
    return (stem, picked) if picked else (name, None)


def _unknown(request: Request, folder: str, name: str) -> str:
    here = site(request)
    if folder == "/graph/":
        listed = suggest(name, parts.PARTS) or f"; there are {', '.join(parts.PARTS)}"
        return f"there is no graph {name!r}{listed}"
    others = about.names(here.library, _NAMESPACES[folder])
    if folder == "/shapes/":
        return f"there is no shape {name!r}{suggest(name, others)}"
    if near_others := offer(near(name, others, _VERY_NEAR)):
        return f"unknown name {name!r}{near_others}"
    try:
        found = naming.find(here.store, name)
    except UnknownNameError as error:
        return str(error)
    known = found.value.removeprefix(ID).removeprefix(SPK)
    return f"unknown name {name!r}; did you mean {known!r}?"
