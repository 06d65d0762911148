"""Loading over HTTP so that a load cut off half-way leaves the old graphs whole.

A load goes into staging graphs, piece by piece. When the store holds all that was sent, one update
request moves them to where they belong. A staging graph that a broken load leaves behind is dropped
by the next one.

A piece that is sent again, because its answer was lost, must change nothing. Triples without blank
nodes are such; those with blank nodes go together into the first piece, which replaces the staging
graph. The moving is sent once.
"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import quote

from pyoxigraph import BlankNode, Triple

from standpunkt import sparql
from standpunkt.connection import LostError, RefusalError
from standpunkt.endpoint import Endpoint
from standpunkt.errors import StoreError
from standpunkt.namespaces import GRAPH
from standpunkt.store import Result

STAGING = GRAPH + "staging/"

# How staged graphs come to their places: the operations for some graphs, of which some are to be
# empty.
Exchange = Callable[[Sequence[str], Container[str]], list[str]]


def _each(*steps: str) -> Exchange:
    """Give the exchange that takes one graph after the other."""

    def operations(names: Sequence[str], empty: Container[str]) -> list[str]:
        return [
            step.format(graph=name, staging=staging(name))
            for name in names
            for step in (("DROP SILENT GRAPH <{graph}>",) if name in empty else steps)
        ]

    return operations


def one_operation(names: Sequence[str], _: Container[str]) -> list[str]:
    """Give the exchange that deletes what is gone and writes what is new, of all graphs at once."""
    gone, new, found = [], [], []
    for number, name in enumerate(names):
        place = f"GRAPH <{name}>"
        staged = f"GRAPH <{staging(name)}>"
        old, fresh = (f"{{ ?{kind}{number} ?{kind}p{number} ?{kind}o{number} }}" for kind in "sn")
        gone.append(f"{place} {old}")
        new.append(f"{place} {fresh}")
        found.append(f"{{ {place} {old} FILTER NOT EXISTS {{ {staged} {old} }} }}")
        found.append(f"{{ {staged} {fresh} FILTER NOT EXISTS {{ {place} {fresh} }} }}")
    operation = (
        f"DELETE {{ {' '.join(gone)} }} INSERT {{ {' '.join(new)} }}"
        f" WHERE {{ {' UNION '.join(found)} }}"
    )
    return [operation, *(f"DROP SILENT GRAPH <{staging(name)}>" for name in names)]


# As it is done where each operation is a transaction,
MOVE = _each("MOVE <{staging}> TO <{graph}>")
# where the whole request is one,
DROP_AND_MOVE = _each("DROP SILENT GRAPH <{graph}>", "MOVE <{staging}> TO <{graph}>")
# where it is one and MOVE, COPY and ADD lose triples, as in TDB2 when the place is older than the
# staging graph,
_INSERT = "INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
_UNSTAGE = "DROP SILENT GRAPH <{staging}>"
DROP_AND_INSERT = _each("DROP SILENT GRAPH <{graph}>", _INSERT, _UNSTAGE)
# and where each operation is one and a crash may take what was deleted and written again, as in
# Virtuoso: `one_operation`, which does neither twice. To add, nothing is deleted.
_ADD = _each(_INSERT)

# Triples a request. A store parses an update as program text, so that there is less in one.
_PIECE = 10_000
_PIECE_OF_UPDATE = 1_000
_NO_PROTOCOL = {404, 405, 415, 501}
_TOO_LARGE = 413

# Is told how many triples have arrived since it was last told.
Progress = Callable[[int], None]


class Remote:
    """A store behind HTTP, into which graphs are loaded."""

    def __init__(
        self,
        endpoint: Endpoint,
        exchange: Exchange = MOVE,
        progress: Progress = lambda _: None,
    ) -> None:
        """Take the store, how a staged graph comes to its place there, and who is told of it."""
        self.endpoint = endpoint
        self._exchange = exchange
        self._progress = progress
        self._has_protocol = endpoint.addresses.graphs is not None

    def replace(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        """Make triples the content of named graphs; others stay untouched.

        Raises `StoreError` where that fails. Until all has arrived, the graphs are then as they
        were. A store without SPARQL Update gets each graph in one request, straight to its place.
        """
        self._load(graphs, self.endpoint.put, is_added=False)

    def add(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        """Add triples to named graphs; raises `StoreError` as `replace`."""
        self._load(graphs, self.endpoint.post, is_added=True)

    def count(self, graph: str) -> int:
        """Count the triples of a named graph."""
        return self.endpoint.count(graph)

    def triples(self, graph: str) -> list[Triple]:
        """Give the triples of a named graph, in no order."""
        return self.endpoint.triples(graph)

    def query(self, text: str, graphs: Iterable[str] = ()) -> Result:
        """Run a query with the union of some named graphs as its default graph."""
        return self.endpoint.query(text, graphs)

    def exchange(self, names: Sequence[str], empty: Container[str], *, is_added: bool) -> str:
        """Give the update that puts staged graphs into their places; some of them may be empty."""
        if not is_added:
            return " ;\n".join(self._exchange(names, empty))
        filled = [name for name in names if name not in empty]
        return " ;\n".join([*_ADD(filled, ()), cleaning(names)])

    def _load(
        self,
        graphs: Mapping[str, Collection[Triple]],
        send: Callable[[str, Collection[Triple]], None],
        *,
        is_added: bool,
    ) -> None:
        if self.endpoint.addresses.update is None:
            for graph, triples in graphs.items():
                # Who has answered once is asked again where a request is cut off.
                self.count(graph)
                try:
                    send(graph, triples)
                except LostError as lost:
                    raise StoreError(f"{lost}; <{graph}> may lack triples: load again") from None
                self._progress(len(triples))
            return
        self._stage(graphs)
        empty = {graph for graph, triples in graphs.items() if not triples}
        update = self.exchange([*graphs], empty, is_added=is_added)
        # Sent twice it could empty a graph, for some stores take a staging graph that is no more
        # for an empty one. Where the answer is lost, the staging graphs tell what has happened.
        try:
            self.endpoint.update(update, again=False)
        except LostError as lost:
            if any(self.count(staging(graph)) for graph in graphs):
                raise StoreError(f"{lost}; graphs were being exchanged: load again") from None

    def _stage(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        self.endpoint.update(cleaning(graphs))
        for graph, triples in graphs.items():
            if self._has_protocol:
                try:
                    self._stage_by_protocol(graph, triples)
                    continue
                except RefusalError as refusal:
                    if refusal.status not in _NO_PROTOCOL:
                        raise
                    self._has_protocol = False
            self._stage_by_update(graph, triples)
        for graph, triples in graphs.items():
            sent, held = len(triples), self.count(staging(graph))
            if sent != held:
                raise StoreError(
                    f"of {sent} triples for <{graph}> the store holds {held}: nothing is changed;"
                    f" see <{staging(graph)}> there"
                )

    def _stage_by_protocol(self, graph: str, triples: Collection[Triple]) -> None:
        place = staging(graph)
        others = _pieces(triples, _PIECE)
        first = next(others)
        self.endpoint.put(place, first)
        self._progress(len(first))
        for piece in others:
            self._in_parts(piece, lambda part: self.endpoint.post(place, part))

    def _stage_by_update(self, graph: str, triples: Collection[Triple]) -> None:
        place = staging(graph)
        others = _pieces(triples, _PIECE_OF_UPDATE)
        first = next(others)
        self.endpoint.update(f"DROP SILENT GRAPH <{place}> ;\n{sparql.insertion({place: first})}")
        self._progress(len(first))
        for piece in others:
            self._in_parts(
                piece, lambda part: self.endpoint.update(sparql.insertion({place: part}))
            )

    def _in_parts(self, piece: list[Triple], send: Callable[[list[Triple]], None]) -> None:
        """Send a piece, or each half of it where it is too large for the server."""
        try:
            send(piece)
        except RefusalError as refusal:
            if refusal.status != _TOO_LARGE or len(piece) == 1:
                raise
            middle = len(piece) // 2
            for half in (piece[:middle], piece[middle:]):
                self._in_parts(half, send)
        else:
            self._progress(len(piece))


def staging(graph: str) -> str:
    """Give the IRI of the graph in which another is staged.

    >>> staging("https://w3id.org/standpunkt/graph/links")
    'https://w3id.org/standpunkt/graph/staging/links'
    """
    return STAGING + quote(graph.removeprefix(GRAPH), safe="")


def cleaning(graphs: Iterable[str]) -> str:
    """Give the update that drops what a broken load may have left of some graphs."""
    return " ;\n".join(f"DROP SILENT GRAPH <{staging(graph)}>" for graph in graphs)


def _pieces(triples: Collection[Triple], size: int) -> Iterator[list[Triple]]:
    """Cut triples into pieces; the first has all blank nodes, and is there also for no triples."""
    linked = [triple for triple in triples if _has_blank_node(triple)]
    ground = (triple for triple in triples if not _has_blank_node(triple))
    yield [*linked, *islice(ground, max(size - len(linked), 0))]
    while piece := list(islice(ground, size)):
        yield piece


def _has_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
