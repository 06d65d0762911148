"""Stores that hold a dossier elsewhere than in memory: behind an endpoint, or in a folder on disk.

Whatever their own default graph is, queries see the union of the dossier's graphs, as in memory.
Most stores count a triple in that union once for each graph that states it, though a merge of
graphs has it once (https://www.w3.org/TR/sparql11-query/#rdfDataset): where such a triple is found,
nothing is asked, because sums and numbers of rows would be wrong.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import chain, combinations, islice
from typing import TypeVar

from pyoxigraph import NamedNode, Triple

from standpunkt import sparql
from standpunkt.answer import Answer, Rows
from standpunkt.dossier import ARTICLES_GRAPH, INFERRED_GRAPH, LINKS_GRAPH
from standpunkt.errors import StoreError
from standpunkt.namespaces import shorten
from standpunkt.store import Result, Store, Stream

Item = TypeVar("Item")

_LARGE = {ARTICLES_GRAPH, INFERRED_GRAPH}
_TWICE = "{ GRAPH <%s> { ?s ?p ?o } GRAPH <%s> { ?s ?p ?o } }"


class Elsewhere(Store):
    """What the two kinds have in common: they hold what they should, and each triple once."""

    name: str

    def __init__(self, graphs: Iterable[str]) -> None:
        """Take the graphs whose union is asked, by IRI."""
        super().__init__({})
        self._graphs = tuple(graphs)
        self._is_checked = False

    def check(self) -> None:
        """Raise `StoreError` where the store lacks a dossier, or has a triple in two graphs."""
        self._is_checked = True
        self._refuse_doubles()
        self._refuse_absence()

    def query(self, text: str) -> Result:
        """Run a SPARQL query as `Store.query` does.

        Raises `StoreError` where the store fails, where a graph states what another states, too,
        and where nothing is found because the store holds no such dossier.
        """
        self._prepare(text)
        result = self._result(text)
        if not (result.rows if isinstance(result, Answer) else result):
            self._refuse_absence()
        return result

    def stream(self, text: str) -> Stream:
        """Run a SPARQL query as `Store.stream` does, with the first row or triple at hand.

        Raises what `query` does; to read on raises `StoreError` as well.
        """
        self._prepare(text)
        stream = self._stream(text)
        if isinstance(stream, Rows):
            return Rows(stream.columns, self._begun(stream.rows))
        if isinstance(stream, bool):
            if not stream:
                self._refuse_absence()
            return stream
        return self._begun(stream)

    @abstractmethod
    def inferred(self, node: NamedNode) -> list[Triple]:
        """Give the triples about a node that the store's graph of inferred ones has."""

    @abstractmethod
    def _result(self, text: str) -> Result:
        """Run a query on the union of the graphs."""

    @abstractmethod
    def _stream(self, text: str) -> Stream:
        """Run a query on the union of the graphs; give its result while it arrives."""

    def _prepare(self, text: str) -> None:
        sparql.refuse(text)
        if not self._is_checked and not self._is_indifferent(text):
            self._is_checked = True
            self._refuse_doubles()

    def _begun(self, items: Iterator[Item]) -> Iterator[Item]:
        """Give what there is, of which the first has come, or refuse that there is nothing."""
        first = list(islice(items, 1))
        if not first:
            self._refuse_absence()
        return chain(first, items)

    def _is_indifferent(self, text: str) -> bool:  # noqa: ARG002  others look at it
        """Say whether a query is known to give the same where a triple counts twice."""
        return False

    def _refuse_doubles(self) -> None:
        # Each triple of the first graph is looked up in the second, so the small ones come first.
        graphs = sorted(self._graphs, key=lambda graph: graph in _LARGE)
        pairs = " UNION ".join(_TWICE % pair for pair in combinations(graphs, 2))
        found = pairs and self._result(f"SELECT ?s ?p ?o WHERE {{ {pairs} }} LIMIT 1")
        if not isinstance(found, Answer) or not found.rows:
            return
        triple = " ".join(str(term) for term in found.rows[0])
        seen = self._result(f"SELECT ?in WHERE {{ {triple} BIND(1 AS ?in) }}")
        if isinstance(seen, Answer) and len(seen.rows) > 1:
            words = " ".join(
                shorten(term.value) if isinstance(term, NamedNode) else str(term)
                for term in found.rows[0]
            )
            raise StoreError(
                f"{self.name} would count {words!r} twice, because two of its graphs state it:"
                " take it out of one of them"
            )

    def _refuse_absence(self) -> None:
        for graph in self._graphs:
            # A dossier may do without links to elsewhere, but not without the others.
            if graph == LINKS_GRAPH:
                continue
            if not self._result(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"):
                raise StoreError(
                    f"{self.name} has nothing in the graph {shorten(graph)!r};"
                    " 'standpunkt load' puts it there"
                )
