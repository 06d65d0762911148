"""Staging over HTTP where a store lacks something: pieces, halves, and SPARQL Update alone."""

from collections.abc import Iterable

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import staging
from standpunkt.connection import Connection, LostError, RefusalError
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.errors import StoreError
from standpunkt.staging import Remote

pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")

GRAPH = "https://w3id.org/standpunkt/graph/links"
PLACE = "https://w3id.org/standpunkt/graph/staging/links"
NODE = NamedNode("https://example.org/node")
LINKED = [Triple(NODE, NODE, BlankNode("a")), Triple(BlankNode("a"), NODE, NODE)]
GROUND = [Triple(NODE, NODE, Literal(str(number))) for number in range(10)]


class Fake(Endpoint):
    """A store that notes what it is sent, and may refuse some of it."""

    def __init__(self, *, graphs: bool = True, limit: int = 99) -> None:
        """Take whether it has the Graph Store Protocol, and how many triples a request may have."""
        super().__init__(Addresses("urn:q", "urn:u", "urn:g" if graphs else None), Connection())
        self.limit = limit
        self.pieces: list[tuple[str, int]] = []
        self.updates: list[str] = []
        self.held = 0
        self.is_lost = False

    def put(self, graph: str, triples: Iterable[Triple]) -> None:
        """Note it."""
        self.held = 0
        self._take("PUT", graph, list(triples))

    def post(self, graph: str, triples: Iterable[Triple]) -> None:
        """Note it."""
        self._take("POST", graph, list(triples))

    def update(self, text: str, *, again: bool = True) -> None:
        """Note it; the one that is sent once may be lost."""
        self.updates.append(text)
        self.held += text.count(" .")
        if not again and self.is_lost:
            raise LostError("lost")

    def count(self, graph: str) -> int:
        """Count what was noted."""
        return self.held if graph == PLACE else 0

    def _take(self, method: str, graph: str, triples: list[Triple]) -> None:
        assert graph == PLACE
        if method == "POST" and len(triples) > self.limit:
            raise RefusalError("too large", 413)
        self.pieces.append((method, len(triples)))
        self.held += len(triples)


def test_blank_nodes_are_in_the_first_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first replaces what is staged, so that sending it again doubles no blank node."""
    monkeypatch.setattr(staging, "_PIECE", 4)
    told: list[int] = []
    fake = Fake()
    Remote(fake, progress=told.append).replace({GRAPH: [*GROUND, *LINKED]})
    assert fake.pieces == [("PUT", 4), ("POST", 4), ("POST", 4)]
    assert sum(told) == 12
    assert fake.updates == [
        f"DROP SILENT GRAPH <{PLACE}>",
        f"MOVE <{PLACE}> TO <{GRAPH}>",
    ]


def test_a_piece_that_is_too_large_is_halved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may take less than a piece."""
    monkeypatch.setattr(staging, "_PIECE", 4)
    fake = Fake(limit=2)
    Remote(fake).replace({GRAPH: GROUND})
    assert fake.pieces == [("PUT", 4), ("POST", 2), ("POST", 2), ("POST", 2)]


def test_a_store_without_the_protocol_gets_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces are then `INSERT DATA`, the first with a `DROP` before it."""
    monkeypatch.setattr(staging, "_PIECE_OF_UPDATE", 6)
    fake = Fake(graphs=False)
    Remote(fake).replace({GRAPH: [*GROUND, *LINKED]})
    assert [text.split()[0] for text in fake.updates] == ["DROP", "DROP", "INSERT", "MOVE"]
    assert [text.count(" .") for text in fake.updates] == [0, 6, 6, 0]


def test_what_does_not_arrive_whole_is_not_moved() -> None:
    """The line says where it is, and the graph keeps what it had."""
    fake = Fake()
    fake.put = lambda graph, triples: None  # type: ignore[method-assign]  # noqa: ARG005
    with pytest.raises(StoreError, match="the store holds 0: nothing is changed"):
        Remote(fake).replace({GRAPH: GROUND})
    assert not any("MOVE" in text for text in fake.updates)


def test_a_lost_answer_is_told_from_a_lost_exchange() -> None:
    """Where nothing is staged any more the exchange was done; else the line says to load again."""
    fake = Fake()
    fake.is_lost = True
    with pytest.raises(StoreError, match="graphs were being exchanged: load again"):
        Remote(fake).replace({GRAPH: GROUND})
    counts = iter([10, 0])
    fake.count = lambda graph: next(counts)  # type: ignore[method-assign]  # noqa: ARG005
    Remote(fake).replace({GRAPH: GROUND})
    assert sum("MOVE" in text for text in fake.updates) == 2


def test_a_graph_without_triples_is_dropped() -> None:
    """There is nothing to move then, and a store would say so."""
    fake = Fake()
    Remote(fake).replace({GRAPH: []})
    assert fake.updates[-1] == f"DROP SILENT GRAPH <{GRAPH}>"
