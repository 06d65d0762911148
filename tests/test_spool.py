"""Triples on disk: what comes out is what went in; a file is streamed as it is read whole."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import Dossier, turtle
from standpunkt.dossier import ASSERTED
from standpunkt.errors import FileError, ParseError, StandpunktError
from standpunkt.namespaces import XSD
from standpunkt.queries import questions
from standpunkt.spool import Spool
from standpunkt.store import Store

NODE = NamedNode("urn:a")
TRIPLES = [
    Triple(NODE, NODE, Literal("line\nfeed\r\u2028 and \u0085 more")),
    Triple(NODE, NODE, Literal("2.10", datatype=NamedNode(XSD + "decimal"))),
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


def test_files_are_streamed_as_they_are_read() -> None:
    """The shipped files have the same triples in the same order; lists have other labels."""
    dossier = Dossier.shipped()
    for name, paths in dossier.sources().items():
        read = [_plain(triple) for path in paths for triple in turtle.read(path)]
        assert [_plain(triple) for triple in dossier.stream(name)] == read


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
    with pytest.raises(StandpunktError) as streamed:
        list(turtle.stream(path))
    assert (type(streamed.value), str(streamed.value)) == (type(whole.value), str(whole.value))


def test_a_store_on_disk_answers_as_one_in_memory(tmp_path: Path, dossier: Dossier) -> None:
    """All questions, a graph by name, and a triple of two graphs, which counts once."""
    graphs = dossier.graphs(*ASSERTED)
    extra = graphs[ASSERTED[1]][0]
    graphs = {**graphs, ASSERTED[2]: [*graphs[ASSERTED[2]], extra]}
    here, there = Store(graphs), Store.on_disk(tmp_path / "store", graphs)
    texts = [question.text for question in questions(dossier)]
    counting = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    named = f"SELECT * WHERE {{ GRAPH <{ASSERTED[2]}> {{ ?s ?p ?o }} }} ORDER BY ?s ?p ?o"
    for text in (*texts, counting, named):
        assert there.query(text) == here.query(text)


def _plain(triple: Triple) -> tuple[str, ...]:
    return tuple("_:" if isinstance(term, BlankNode) else str(term) for term in triple)
