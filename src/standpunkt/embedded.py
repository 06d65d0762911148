"""A triple-store in a folder: Oxigraph on disk, which needs no server.

A change is one transaction, so that a reader, also after a crash, finds all of it or nothing. The
transaction is held in memory until it is committed: Oxigraph has no change that is whole and in
constant memory, and its bulk loader takes nothing away.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

from standpunkt import sparql
from standpunkt.answer import Answer
from standpunkt.errors import StoreError
from standpunkt.store import Result

# RocksDB's name for the file that tells which of its files are current.
_SIGN = "CURRENT"


class Embedded:
    """A store in a folder, open for writing; whoever else opens it meanwhile is turned away."""

    def __init__(self, folder: Path) -> None:
        """Open a store, or make one in a folder that is new or empty.

        Raises `StoreError` for a folder with anything else in it, and where it cannot be opened.
        """
        self.folder = folder
        self._name = repr(str(folder))
        try:
            if folder.exists() and not folder.is_dir():
                raise StoreError(f"{self._name} is a file; a store is a folder")
            if folder.is_dir() and any(folder.iterdir()) and not (folder / _SIGN).is_file():
                raise StoreError(
                    f"{self._name} is a folder with other things in it; give one that is new or"
                    " empty, or a store of Oxigraph"
                )
            folder.mkdir(parents=True, exist_ok=True)
            self._store = pyoxigraph.Store(folder)
        except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
            raise self._failure("open", error) from None

    def replace(self, graphs: Mapping[str, Sequence[Triple]]) -> None:
        """Make triples the content of named graphs, in one transaction; others stay untouched.

        Raises `StoreError` where that fails, and then has changed nothing.
        """
        drops = "".join(f"DROP SILENT GRAPH <{graph}> ;\n" for graph in graphs)
        self._update(drops + sparql.insertion(graphs))

    def add(self, graphs: Mapping[str, Sequence[Triple]]) -> None:
        """Add triples to named graphs, in one transaction; raises `StoreError` as `replace`."""
        self._update(sparql.insertion(graphs))

    def count(self, graph: str) -> int:
        """Count the triples of a named graph."""
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, NamedNode(graph)))

    def triples(self, graph: str) -> list[Triple]:
        """Give the triples of a named graph, in no order."""
        quads = self._store.quads_for_pattern(None, None, None, NamedNode(graph))
        return [quad.triple for quad in quads]

    def query(self, text: str, graphs: Iterable[str] = ()) -> Result:
        """Run a query with the union of some named graphs as its default graph."""
        union: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(graph) for graph in graphs]
        result = self._store.query(text, default_graph=union or None)
        if isinstance(result, QueryBoolean):
            return bool(result)
        if isinstance(result, QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            return Answer(columns, [tuple(row[name] for name in columns) for row in result])
        return sorted(result, key=str)

    def _update(self, text: str) -> None:
        try:
            self._store.update(text)
            self._store.flush()  # a transaction outlives a crash of the program, and now of all
        except OSError as error:
            raise self._failure("write to", error) from None

    def _failure(self, what: str, error: OSError | ValueError) -> StoreError:
        said = getattr(error, "strerror", None) or str(error)
        if "LOCK" in said or "lock hold" in said:
            return StoreError(f"{self._name} is open elsewhere: close it there, and try again")
        return StoreError(f"cannot {what} the store in {self._name}: {said}")
