"""What programs look up before they ask: the endpoint's description, VoID, examples, its health.

The service description is that of https://www.w3.org/TR/sparql11-service-description/. Addresses
in it are the public one of the server, and never taken from the `Host` of a request.
"""

from http import HTTPStatus

from pyoxigraph import BlankNode, NamedNode, Triple
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from standpunkt.exporting.metadata import DATASET
from standpunkt.namespaces import RDF
from standpunkt.web.backend import backend
from standpunkt.web.documents import document

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode(RDF + "type")
# https://www.w3.org/ns/formats/
_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
    "TriG",
    "N-Quads",
    "N3",
)


def routes() -> list[BaseRoute]:
    """Give the addresses that programs know without being told."""
    return [
        Route("/.well-known/void", void),
        Route("/.well-known/sparql-examples", examples),
        Route("/health", health),
    ]


def void(request: Request) -> Response:
    """Describe the dossier: https://www.w3.org/TR/void/#well-known."""
    return document(request, backend(request).part("metadata"))


def examples(request: Request) -> Response:
    """Give the saved questions: https://github.com/sib-swiss/sparql-examples."""
    return document(request, backend(request).part("queries"))


async def health(request: Request) -> Response:
    """Say whether queries can be answered, for whoever watches the server."""
    alive = backend(request).pool.alive
    status = HTTPStatus.OK if alive else HTTPStatus.SERVICE_UNAVAILABLE
    return PlainTextResponse(
        f"{'ok' if alive else 'no worker'}\n", status, {"Cache-Control": "no-store"}
    )


def description(request: Request) -> Response:
    """Describe the endpoint, and the dossier that it is asked about."""
    here = backend(request)
    endpoint, default = NamedNode(here.endpoint), BlankNode()
    found = list(here.part("metadata"))
    facts: list[tuple[NamedNode | BlankNode, str, NamedNode | BlankNode]] = [
        (endpoint, "endpoint", endpoint),
        (endpoint, "supportedLanguage", NamedNode(_SD + "SPARQL11Query")),
        *(
            (endpoint, "resultFormat", NamedNode(f"http://www.w3.org/ns/formats/{name}"))
            for name in _FORMATS
        ),
        (endpoint, "defaultDataset", DATASET),
        (DATASET, "defaultGraph", default),
    ]
    found.append(Triple(endpoint, _TYPE, NamedNode(_SD + "Service")))
    found.append(Triple(DATASET, _TYPE, NamedNode(_SD + "Dataset")))
    found.append(Triple(default, _TYPE, NamedNode(_SD + "Graph")))
    for name in here.graphs.names:
        node = BlankNode()
        found.append(Triple(node, _TYPE, NamedNode(_SD + "NamedGraph")))
        facts += [(DATASET, "namedGraph", node), (node, "name", NamedNode(name))]
    found += [Triple(subject, NamedNode(_SD + name), value) for subject, name, value in facts]
    return document(request, found)
