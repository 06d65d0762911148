"""RDF documents: one description in several syntaxes, by `Accept`, by `?format=`, by its ending."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus

from pyoxigraph import DefaultGraph, Quad, Triple
from starlette.requests import Request
from starlette.responses import Response

from standpunkt import layout, serialisation
from standpunkt.exporting import jsonld
from standpunkt.web import formats
from standpunkt.web.formats import Format
from standpunkt.web.site import Site, site

_SD = {"sd": "http://www.w3.org/ns/sparql-service-description#"}


def _turtle(_here: Site, triples: list[Triple]) -> str:
    return layout.lay_out(triples, _SD)


def _ntriples(_here: Site, triples: list[Triple]) -> str:
    return serialisation.lines(_quads(triples))


def _jsonld(here: Site, triples: list[Triple]) -> str:
    quads = serialisation.canonical(_quads(triples))
    return jsonld.document(here.context, quads, is_short=True)


def _rdfxml(_here: Site, triples: list[Triple]) -> str:
    return serialisation.rdfxml(_quads(triples))


_WRITERS: dict[str, Callable[[Site, list[Triple]], str]] = {
    "text/turtle": _turtle,
    "application/ld+json": _jsonld,
    "application/n-triples": _ntriples,
    "application/rdf+xml": _rdfxml,
}
FORMATS = tuple(each for each in formats.GRAPHS if each.media_type in _WRITERS)


def written(here: Site, triples: list[Triple], chosen: Format) -> str:
    """Write triples in one of `FORMATS`."""
    return _WRITERS[chosen.media_type](here, triples)


def document(
    request: Request, triples: list[Triple], picked: Format | None = None, location: str = ""
) -> Response:
    """Give triples as a document in the format picked, else in the one that the request prefers.

    `location` is the address of the document without the ending of its format, where it has one.
    Raises what `formats.pick` does.
    """
    negotiated = picked is None
    chosen = picked or formats.pick(request, FORMATS)
    content = written(site(request), triples, chosen).encode()
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": f"W/{tag}", "Cache-Control": "no-cache"}
    if negotiated:
        headers["Vary"] = "Accept"
    if negotiated and location:
        headers["Content-Location"] = f"{location}.{chosen.names[0]}"
    if headers["ETag"] in known_tags(request):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers={**headers, "Content-Type": chosen.content_type})


def known_tags(request: Request) -> set[str]:
    """Give the tags that a client has answers of, as weak ones: RFC 9110, section 13.1.2."""
    listed = ",".join(request.headers.getlist("if-none-match")).split(",")
    return {f"W/{tag.strip().removeprefix('W/')}" for tag in listed}


def _quads(triples: list[Triple]) -> list[Quad]:
    return [Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in triples]
