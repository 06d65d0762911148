"""A store asks triples by graph and all together, and says in one line why a query fails."""

from itertools import chain
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import Answer, Dossier, turtle
from standpunkt.dossier import ARTICLES_GRAPH, ASSERTED
from standpunkt.errors import QueryError, StandpunktError
from standpunkt.namespaces import GRAPH, ID, RDFS, SKOS
from standpunkt.store import Store

A, B, C = (NamedNode(ID + name) for name in "abc")
BEGINS = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
FIRST, SECOND = GRAPH + "first", GRAPH + "second"


@pytest.fixture
def store() -> Store:
    """Give two graphs that share a triple."""
    return Store({FIRST: [Triple(A, B, C)], SECOND: [Triple(A, B, C), Triple(B, B, C)]})


def count(store: Store, query: str) -> int:
    """Count the rows of a SELECT."""
    answer = store.query(query)
    assert isinstance(answer, Answer)
    return len(answer.rows)


def listed(store: Store, query: str) -> list[str]:
    """Give the rows of a SELECT as sorted texts."""
    answer = store.query(query)
    assert isinstance(answer, Answer)
    return sorted(map(str, answer.rows))


def test_all_graphs_together_have_each_triple_once(store: Store) -> None:
    """A triple of two graphs gives one row."""
    assert count(store, "SELECT ?s ?p ?o WHERE { ?s ?p ?o }") == 2


def test_what_is_asserted_is_what_the_graphs_have(dossier: Dossier) -> None:
    """The store that is filled by the parser has the triples of the one filled from graphs."""
    slow = Store(dossier.graphs(*ASSERTED))
    fast = Store.asserted(dossier)
    assert set(fast.triples()) == set(slow.triples())
    everywhere = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p STR(?o)"
    assert fast.query(everywhere) == slow.query(everywhere)
    # A blank node of a graph is the one of the union.
    both = "ASK { GRAPH ?g { ?s ?p ?o . FILTER(ISBLANK(?o)) } ?o ?q ?r }"
    assert fast.query(both)


PREFIXES = f"PREFIX : <{ID}>\n"
# What a file of a dossier may have that a store might take in another way than a parser does.
ODD = {
    "twice": ":odd :p :odd . :odd :p :odd .",
    "in another file": ":shared :p :shared .",
    "blank node": ":odd :p [ :q ( 1 2 ) ] , _:label . _:label :p [] .",
    "blank node in front": "[ :p :odd ] :q :odd .",
    "literals": ":odd :p 01 , 1.0 , 1e0 , 'x' , 'x'@de-DE , 'b'^^<urn:x> , 'a\\u00e4\\U0001F600' .",
    "ill-typed": ":odd :p 'abc'^^<http://www.w3.org/2001/XMLSchema#integer> .",
    "odd IRIs": "<urn:x:~a--b> :p <https://example.org/\\u00e4?q=(1)&_:a#f> , <tag:a,2026:b> .",
    "signs in strings": ":odd :p '<< {| ~ -- _: [ (' .",
    "nothing": "",
}


@pytest.mark.parametrize("text", ODD.values(), ids=list(ODD))
def test_a_store_has_what_the_files_have_however_they_are_read(folder: Path, text: str) -> None:
    """Read natively, or from triples that Python has: the same nodes in the same graphs."""
    (folder / "graph" / "articles.ttl").write_text(PREFIXES + ":a :p :b .", encoding="utf-8")
    (folder / "graph" / "odd.ttl").write_text(PREFIXES + text, encoding="utf-8")
    for name in ("links.ttl", "shared.ttl"):
        with (folder / "graph" / name).open("a", encoding="utf-8") as file:
            file.write(f"\nPREFIX : <{ID}>\n:shared :p :shared .\n")
    dossier = Dossier(folder)
    fast = Store.asserted(dossier)
    slow = Store(dossier.graphs(*ASSERTED))
    # The triples of the dossier have the nodes of the store, also where these have no name.
    assert sorted(map(str, fast.triples())) == sorted(map(str, slow.triples()))
    everywhere = "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert listed(fast, everywhere) == listed(slow, everywhere)
    # Once filled, the graphs stay, and the default graph has each triple once.
    assert listed(fast, everywhere) == listed(slow, everywhere)
    assert count(fast, "SELECT * WHERE { id:shared ?p ?o }") == 1


def test_most_triples_of_a_dossier_do_not_pass_through_python() -> None:
    """Articles are not parsed in Python; those that were parsed before are taken as they are."""
    dossier = Dossier.shipped()
    Store.asserted(dossier)
    articles = dossier.sources()[ARTICLES_GRAPH]
    assert articles
    assert dossier._read.keys().isdisjoint(articles)  # noqa: SLF001  nothing else shows it
    parsed = Dossier.shipped()
    triples = parsed.graphs(*ASSERTED)
    assert not parsed.load(ARTICLES_GRAPH, pyoxigraph.Store())
    assert set(Store.asserted(parsed).triples()) == set(chain(*triples.values()))


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf",
        b"# \0",
        b"# \xff",
        b"<urn:a> <urn:b> <urn:c> ,",
        b"<a> <urn:b> <urn:c> .",
        b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .",
        b"<urn:a> <urn:b> <urn:c> ~ <urn:d> .",
        b"<urn:a> <urn:b> 'x'@ar--rtl .",
        None,
    ],
)
def test_a_faulty_article_is_told_as_in_a_file_that_is_read(
    folder: Path, data: bytes | None
) -> None:
    """What is read natively has the errors of what is read in Python, word for word."""
    path = folder / "graph" / "odd.ttl"
    path.mkdir() if data is None else path.write_bytes(data)
    with pytest.raises(StandpunktError) as raised:
        Store.asserted(Dossier(folder))
    with pytest.raises(StandpunktError) as as_read:
        turtle.read(path)
    assert str(raised.value) == str(as_read.value)


def test_graphs_can_be_named(store: Store) -> None:
    """GRAPH and FROM see the graphs as they are."""
    assert count(store, "SELECT ?g ?s WHERE { GRAPH ?g { ?s ?p ?o } }") == 3
    assert count(store, "SELECT ?s FROM graph:first WHERE { ?s ?p ?o }") == 1
    assert count(store, "SELECT ?s from graph:second WHERE { ?s ?p ?o }") == 2
    assert count(store, "SELECT ?s WHERE { ?s ?p ?o }") == 2


def test_each_form_has_its_result(store: Store) -> None:
    """Rows have the columns in the order asked for, and triples are sorted."""
    assert store.query("SELECT ?o ?x ?s WHERE { ?s ?p ?o } ORDER BY ?s") == Answer(
        ("o", "x", "s"), [(C, None, A), (C, None, B)]
    )
    assert store.query("ASK { ?s ?p id:a }") is False
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }") == [Triple(A, B, C), Triple(B, B, C)]
    assert store.query("DESCRIBE id:a") == [Triple(A, B, C)]


def test_the_asserted_graphs_are_those_without_shapes(dossier: Dossier) -> None:
    """What a dossier asserts is its ontology, articles and links, read once."""
    store = Store.asserted(dossier)
    assert store is Store.asserted(dossier)
    answer = store.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert isinstance(answer, Answer)
    assert [str(graph) for (graph,) in answer.rows] == [
        f"<{GRAPH}{name}>" for name in ("articles", "links", "ontology")
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", f"1:1: there is nothing; {BEGINS}"),
        ("  # nothing", f"1:12: the query cannot go on like that after 'nothing'; {BEGINS}"),
        ("SELEC ?x {}", f"1:10: the query cannot go on like that after '?x'; {BEGINS}"),
        (
            "SELECT ?x WHERE {\n  ?x a spk:Person",
            "2:18: the query cannot go on like that after 'spk:Person'",
        ),
        (
            "SELECT ?x WHERE {\n  ?x a skso:Concept }",
            "2:20: the prefix of 'skso:Concept' is not declared; did you mean 'spks' or 'skos'?",
        ),
        ("SELECT ?x WHERE { ?x a <no scheme> }", "1:35: '<no scheme>' is no absolute IRI"),
        ("SELECT ?x ?x WHERE {}", "1:22: duplicated variable name in SELECT"),
        (
            "SELECT ?x (COUNT(?y) AS ?n) WHERE { ?x a ?y }",
            "1:46: the SELECT contains a variable that is unbound",
        ),
        ("ASK {} \ud800", "character 8 of the query is not Unicode"),
        (
            "SELECT ?x WHERE { ?x ?p ?o FILTER(<https://example.org/f>(?x)) }",
            "The custom function <https://example.org/f> is not supported",
        ),
        (
            "CONSTRUCT { id:a id:b <<( id:a id:b id:c )>> } WHERE {}",
            "the query gives triples about triples, which is RDF 1.2",
        ),
    ],
)
def test_a_faulty_query_gets_one_line(store: Store, query: str, message: str) -> None:
    """The line says where, and quotes what is wrong there."""
    with pytest.raises(QueryError) as raised:
        store.query(query)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x WHERE { SERVICE <http://127.0.0.1:1/> { ?x ?y ?z } }",
        "INSERT DATA { id:a id:b id:d }",
        "LOAD <http://127.0.0.1:1/>",
        "DROP ALL",
    ],
)
def test_a_query_changes_nothing_and_calls_nobody(store: Store, query: str) -> None:
    """Updates and calls of other hosts are refused before they run."""
    with pytest.raises(QueryError, match="is not allowed"):
        store.query(query)
    assert count(store, "SELECT ?s WHERE { ?s ?p ?o }") == 2


def test_a_label_is_in_the_language_asked_for() -> None:
    """`rdfs:label` goes before `skos:prefLabel`, and any language before none at all."""
    label, preferred = NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel")
    store = Store(
        {
            FIRST: [
                Triple(A, label, Literal("Stadt", language="de")),
                Triple(A, label, Literal("town", language="en")),
                Triple(A, preferred, Literal("city", language="en")),
                Triple(B, preferred, Literal("pont", language="fr")),
                Triple(C, label, NamedNode(ID + "no-literal")),
            ]
        }
    )
    assert store.label(A, "de") == "Stadt"
    assert store.label(A, "en") == "town"
    assert store.label(B, "de") == "pont"
    assert store.label(C, "de") is None
