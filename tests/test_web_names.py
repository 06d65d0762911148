"""Every name of ours is an address: with a page for readers and documents for programs."""

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from standpunkt import Dossier, sparql
from standpunkt.exporting import jsonld, parts
from standpunkt.namespaces import GRAPH, HOME, ONTOLOGY, PREFIXES, expand
from standpunkt.queries import questions

pytest.importorskip("starlette", reason="the pages need: pip install 'standpunkt[serve]'")
pytest.importorskip("jinja2", reason="the pages need: pip install 'standpunkt[serve]'")
pytest.importorskip("httpx2", reason="Starlette's test client needs: pip install httpx2")

from starlette.testclient import TestClient  # after the check that it is there

from standpunkt.web.app import create_app

_ENDINGS = {
    "ttl": ("text/turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples", RdfFormat.N_TRIPLES),
}
_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
# What a shape or a context says of namespaces, and what no query means to be found.
_NAMESPACES = {PREFIXES[prefix] for prefix in ("id", "spk", "spks", "graph")}


@cache
def names() -> list[str]:
    """Give all IRIs of ours in the dossier, what follows from it, its questions and its exports."""
    dossier = Dossier.shipped()
    graphs = parts.graphs(dossier, parts.PARTS, "http://localhost/sparql")
    found = {term for triples in graphs.values() for triple in triples for term in triple}
    iris = {term.value for term in found if isinstance(term, NamedNode)}
    for question in questions(dossier):
        for token in sparql.tokens(question.text):
            if token.kind == "name":
                iris.add(expand(token.text) or "")
            elif token.kind == "iri":
                iris.add(token.text[1:-1])
    iris |= set(re.findall(rf'"({HOME}[^"]*)"', str(jsonld.context(dossier)).replace("'", '"')))
    iris |= {parts.iri(part) for part in parts.PARTS}
    return sorted(iri for iri in iris if iri.startswith(HOME) and iri not in _NAMESPACES)


def path(iri: str) -> str:
    """Give the path of a name: its own, with what stands behind `#` as a last step."""
    return "/" + iri.removeprefix(HOME).replace("#", "/")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a client of the shipped dossier."""
    with TestClient(create_app(Dossier.shipped())) as client:
        yield client


def test_the_names_are_of_all_kinds() -> None:
    """The tests below walk through nodes, terms, shapes, graphs, questions and versions."""
    for pattern in (
        "id/person-",
        "ns#",
        "ns$",
        r"ns/\d",
        "shapes#",
        "shapes$",
        "graph/",
        "id/question-",
        "id/dossier",
    ):
        assert any(re.match(HOME + pattern, name) for name in names()), pattern


def test_each_name_has_a_page(client: TestClient) -> None:
    """A browser gets a page at the path of each name, and the page says what it is about."""
    for name in names():
        response = client.get(path(name), headers=_BROWSER)
        assert response.status_code == HTTPStatus.OK, name
        assert response.headers["Content-Type"].startswith("text/html"), name
        assert "<h1" in response.text, name


@pytest.mark.parametrize("ending", _ENDINGS)
def test_each_name_has_documents(client: TestClient, ending: str) -> None:
    """A program gets RDF by the ending, which parses and speaks of the name.

    Of a named graph the document is the graph, which need not name itself. One name in three is
    asked for by each ending: all of them once.
    """
    media_type, syntax = _ENDINGS[ending]
    for name in names()[list(_ENDINGS).index(ending) :: len(_ENDINGS)]:
        response = client.get(f"{path(name)}.{ending}")
        assert response.status_code == HTTPStatus.OK, name
        assert response.headers["Content-Type"].startswith(media_type), name
        triples = [quad.triple for quad in parse(response.content, format=syntax)]
        assert triples, name
        assert name.startswith(GRAPH) or any(NamedNode(name) in each for each in triples), name


@pytest.mark.parametrize("ending", _ENDINGS)
@pytest.mark.parametrize("name", ["id/org-nato", "shapes/Statement-speaker", "id/question-laws"])
def test_accept_is_as_good_as_an_ending(client: TestClient, name: str, ending: str) -> None:
    """What `Accept` asks for is what stands at the address with the ending."""
    asked = client.get(f"/{name}", headers={"Accept": _ENDINGS[ending][0]})
    assert asked.content == client.get(f"/{name}.{ending}").content
    assert asked.headers["Content-Location"] == f"/{name}.{ending}"


@pytest.mark.parametrize(
    ("folder", "namespace"), [("/ns", f"{HOME}ns#"), ("/shapes", f"{HOME}shapes#")]
)
def test_a_name_with_a_fragment_has_its_place(
    client: TestClient, folder: str, namespace: str
) -> None:
    """A browser asks for what stands before `#`, and finds the name on that page."""
    text = client.get(folder, headers=_BROWSER).text
    for name in names():
        if name.startswith(namespace):
            assert f'id="{name.removeprefix(namespace)}"' in text, name


def test_no_blank_node_dangles(client: TestClient) -> None:
    """A document has what its blank nodes stand for, on both sides."""
    for name in ("ns/advocates", "ns/speaker", "shapes/Advocacy-condition", "shapes/Slip-language"):
        triples = [
            quad.triple
            for quad in parse(client.get(f"/{name}.nt").content, format=RdfFormat.N_TRIPLES)
        ]
        blank = {
            term
            for triple in triples
            for term in triple
            if not isinstance(term, NamedNode) and str(term).startswith("_:")
        }
        assert blank <= {triple.subject for triple in triples}
        assert blank <= {triple.object for triple in triples}


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("/id/person-mike-le", "/id/person-mike-lee"),
        ("/ns/advocate", "/ns/advocates"),
        ("/shapes/Statement-speakr", "/shapes/Statement-speaker"),
        ("/graph/artcles", "articles"),
        ("/id/question-law", "/questions/laws"),
    ],
)
def test_an_unknown_name_is_404_with_what_is_near(
    client: TestClient, wanted: str, near: str
) -> None:
    """Whoever misspells a name is told the right one, on a page and in a line of text."""
    for accept in (_BROWSER["Accept"], "text/turtle"):
        response = client.get(wanted, headers={"Accept": accept})
        assert response.status_code == HTTPStatus.NOT_FOUND
        assert (near if "html" in accept else near.rpartition("/")[2]) in response.text, accept


def test_another_version_is_not_at_hand(client: TestClient) -> None:
    """The one version that there is stands at its name, and no other does."""
    assert client.get(path(f"{ONTOLOGY}/9.9.9")).status_code == HTTPStatus.NOT_FOUND
