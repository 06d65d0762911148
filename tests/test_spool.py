"""Triples on disk: what comes out is what went in; a file is streamed as it is read whole."""

from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse

from standpunkt import Dossier, turtle
from standpunkt.dossier import ASSERTED
from standpunkt.errors import FileError, ParseError, StandpunktError
from standpunkt.namespaces import XSD
from standpunkt.queries import questions
from standpunkt.spool import Spool, fill
from standpunkt.store import Store

NODE = NamedNode("urn:a")
DECIMAL = NamedNode(XSD + "decimal")
TRIPLES = [
    Triple(NODE, NODE, Literal("line\nfeed\r\u2028 and \u0085 more")),
    Triple(NODE, NODE, Literal("2.10", datatype=DECIMAL)),
    Triple(BlankNode("b"), NODE, Literal("ä🌉", language="de")),
    Triple(NODE, NODE, BlankNode("b")),
]


def test_triples_come_back_as_they_were() -> None:
    """Each once, in order, with the labels of blank nodes, also for two readers at a time."""
    spool = Spool([*TRIPLES, *TRIPLES])
    assert len(spool) == len(TRIPLES)
    assert list(spool) == sorted(TRIPLES, key=str)
    assert list(zip(spool, spool, strict=True)) == [(each, each) for each in spool]
    assert TRIPLES[0] in spool
    assert Triple(NODE, NODE, NODE) not in spool
    assert list(Spool([])) == []


def test_what_was_taken_twice_counts_once_and_is_read_as_it_was_taken() -> None:
    """The file has all lines, in whole pieces; who knows that none is twice spares the sorting."""
    text = "".join(f"{triple} .\n" for triple in TRIPLES).encode()
    spool = Spool(TRIPLES, [text, text])
    assert spool.lines == 3 * len(TRIPLES)
    assert b"".join(spool.pieces()) == 3 * text
    assert len(spool) == len(TRIPLES)
    assert sorted(b"".join(spool.pieces()).splitlines()) == sorted(text.split(b"\n")[:-1])
    known = Spool(reversed(TRIPLES))
    known.know_distinct()
    assert len(known) == len(TRIPLES)
    assert b"".join(known.pieces()).splitlines() == text.splitlines()[::-1]
    assert list(known) == list(spool)


@pytest.mark.parametrize("loaded", [1, 200, 10_000])
def test_graphs_are_filled_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: int
) -> None:
    """Blank nodes keep their labels from one piece to the next, and `progress` is told of all."""
    monkeypatch.setattr("standpunkt.spool._PIECE", 1)
    monkeypatch.setattr("standpunkt.spool._LOADED", loaded)
    store = pyoxigraph.Store(tmp_path / "store")
    others = [triple for triple in TRIPLES if triple.object != Literal("2.10", datatype=DECIMAL)]
    told: list[int] = []
    fill(
        store,
        [("urn:x", Spool(others)), (None, Spool(TRIPLES[:1])), ("urn:y", Spool())],
        told.append,
    )
    assert {quad.triple for quad in store if quad.graph_name == NamedNode("urn:x")} == set(others)
    assert [quad.triple for quad in store if quad.graph_name == DefaultGraph()] == TRIPLES[:1]
    assert sum(told) == len(store) == len(others) + 1


def test_files_are_streamed_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped files have the same triples in the same order; lists have other labels."""
    monkeypatch.setattr(turtle, "_TRIPLES", 100)
    dossier = Dossier.shipped()
    for name, paths in dossier.sources().items():
        read = [_plain(triple) for path in paths for triple in turtle.read(path)]
        assert [_plain(triple) for triple in dossier.stream(name)] == read
        found = parse(b"".join(dossier.pieces(name)), format=RdfFormat.N_TRIPLES)
        assert [_plain(quad.triple) for quad in found] == read


@pytest.mark.parametrize(
    "data",
    [
        b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> ",
        b"<urn:a> <urn:b> <urn:c> .\nex:a <urn:b> 1 .\n",
        b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\n",
        b'<urn:a> <urn:b> "\0" .\n',
        b'<urn:a> <urn:b> "\xff" .\n',
        b"<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .\n",
        None,
    ],
    ids=["cut", "prefix", "mark", "null", "latin", "rdf12", "missing"],
)
def test_what_is_wrong_is_told_as_in_a_file_that_is_read(
    tmp_path: Path, data: bytes | None
) -> None:
    """The same class of error in the same words."""
    path = tmp_path / "x.ttl"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises((FileError, ParseError)) as whole:
        turtle.read(path)
    for in_parts in (turtle.stream, turtle.pieces):
        with pytest.raises(StandpunktError) as streamed:
            list(in_parts(path))
        assert (type(streamed.value), str(streamed.value)) == (type(whole.value), str(whole.value))


def test_signs_of_rdf_1_2_in_a_literal_are_none(tmp_path: Path) -> None:
    """A text may have two dashes or two brackets in it."""
    path = tmp_path / "x.ttl"
    path.write_text('<urn:a> <urn:b> "a -- b, << c >>"@en .\n', encoding="utf-8")
    assert list(turtle.pieces(path)) == [path.read_bytes()]


def test_a_store_on_disk_answers_as_one_in_memory(tmp_path: Path, dossier: Dossier) -> None:
    """All questions, a graph by name, and a triple of two graphs, which counts once."""
    graphs = dossier.graphs(*ASSERTED)
    extra = graphs[ASSERTED[1]][0]
    graphs = {**graphs, ASSERTED[2]: [*graphs[ASSERTED[2]], extra]}
    spools = {name: Spool(triples) for name, triples in graphs.items()}
    here, there = Store(graphs), Store.of_spools(spools, tmp_path / "store")
    assert there.size() == here.size() < sum(map(len, spools.values()))
    texts = [question.text for question in questions(dossier)]
    counting = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    named = f"SELECT * WHERE {{ GRAPH <{ASSERTED[2]}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
    for text in (*texts, counting, named):
        assert there.query(text) == here.query(text)


def _plain(triple: Triple) -> tuple[str, ...]:
    return tuple("_:" if isinstance(term, BlankNode) else str(term) for term in triple)
