"""A triple-store in a folder: Oxigraph on disk, which needs no server.

A change is whole or not at all, for readers and after a crash. A small one is a transaction, which
Oxigraph holds in memory until it is committed. For a large one the store is written anew beside the
folder, in constant memory, and then the two exchange their names.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

from standpunkt import files, sparql, swap
from standpunkt.answer import Answer
from standpunkt.errors import StoreError
from standpunkt.spool import Spool, fill
from standpunkt.store import Lazy, Result, counted

# RocksDB's name for the file that tells which of its files are current.
_SIGN = "CURRENT"
_LOCK = "LOCK"
# A transaction takes some 5 KB of memory a triple, and writing anew a tenth of a second.
_SMALL = 10_000
# So many triples that are not ours are held while they are written.
_PIECE = 50_000


class Embedded:
    """A store in a folder, open for writing; whoever else opens it meanwhile is turned away."""

    def __init__(self, folder: Path, progress: Callable[[int], None] = lambda _: None) -> None:
        """Open a store, or make one in a folder that is new or empty.

        `progress` is told how many triples have been written since it was last told.

        Raises `StoreError` for a folder with anything else in it, and where it cannot be opened.
        """
        self.folder = folder
        self._progress = progress
        self._name = repr(str(folder))
        try:
            if folder.exists() and not folder.is_dir():
                raise StoreError(f"{self._name} is a file; a store is a folder")
            if folder.is_dir() and any(folder.iterdir()) and not (folder / _SIGN).is_file():
                raise StoreError(
                    f"{self._name} is a folder with other things in it; give one that is new or"
                    " empty, or a store of Oxigraph"
                )
            self._was_there = folder.is_dir()
            self._is_begun = not (folder / _SIGN).is_file()  # and made whole by the first change
            folder.mkdir(parents=True, exist_ok=True)
            self._store = pyoxigraph.Store(folder)
        except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
            raise self._failure("open", error) from None

    def replace(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        """Make triples the content of named graphs; others stay untouched.

        Raises `StoreError` where that fails, and then has changed nothing.
        """
        self._change(graphs, graphs.keys())

    def add(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        """Add triples to named graphs; raises `StoreError` as `replace`."""
        self._change(graphs, ())

    def count(self, graph: str) -> int:
        """Count the triples of a named graph."""
        return counted(self._store, NamedNode(graph))

    def triples(self, graph: str) -> list[Triple]:
        """Give the triples of a named graph, in no order."""
        return [quad.triple for quad in self._quads(NamedNode(graph))]

    def query(self, text: str, graphs: Iterable[str] = ()) -> Result:
        """Run a query with the union of some named graphs as its default graph."""
        result = self.evaluate(text, graphs)
        if isinstance(result, QueryBoolean):
            return bool(result)
        if isinstance(result, QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            return Answer(columns, [*map(tuple, result)])
        return sorted(result, key=str)

    def evaluate(self, text: str, graphs: Iterable[str] = ()) -> Lazy:
        """Run a query as `query` does, and give what comes of it while it is computed."""
        union: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(graph) for graph in graphs]
        return self._store.query(text, default_graph=union or None)

    def _change(self, graphs: Mapping[str, Collection[Triple]], replaced: Collection[str]) -> None:
        place = self.folder.resolve()
        draft = place.with_name(f".{place.name}.loading")

        def forget() -> None:
            if self._is_begun:
                shutil.rmtree(place, ignore_errors=True)
                if self._was_there:
                    place.mkdir(exist_ok=True)

        with files.cleared(forget):
            self._change_at(place, draft, graphs, replaced)
            self._is_begun = False

    def _change_at(
        self,
        place: Path,
        draft: Path,
        graphs: Mapping[str, Collection[Triple]],
        replaced: Collection[str],
    ) -> None:
        try:
            if (draft / _LOCK).is_file():
                shutil.rmtree(draft)  # what a load that was cut off has left
            spools = _spooled(graphs)
            is_small = self._is_small(spools, replaced)
            if is_small or draft.exists() or not swap.is_possible(place):
                self._update(spools, replaced)
            else:
                self._rewrite(spools, replaced, place, draft)
        except OSError as error:
            raise self._failure("write to", error) from None

    def _is_small(self, graphs: Mapping[str, Spool], replaced: Iterable[str]) -> bool:
        held = chain.from_iterable(map(self._quads, map(NamedNode, replaced)))
        gone = sum(1 for _ in islice(held, _SMALL))
        return gone + sum(spool.lines for spool in graphs.values()) <= _SMALL

    def _update(self, graphs: Mapping[str, Spool], replaced: Iterable[str]) -> None:
        """Change the store in one transaction."""
        drops = "".join(f"DROP SILENT GRAPH <{graph}> ;\n" for graph in replaced)
        self._store.update(drops + sparql.insertion(graphs))
        self._store.flush()  # a transaction outlives a crash of the program, and now of all
        self._progress(sum(spool.lines for spool in graphs.values()))

    def _rewrite(
        self,
        graphs: Mapping[str, Spool],
        replaced: Collection[str],
        place: Path,
        draft: Path,
    ) -> None:
        """Write a draft of the store as it is to be, and put it into its place.

        Oxigraph opens its files by name, so that it lets go of both folders for that moment. Their
        lock is kept: nobody else opens the store between the two.
        """
        with files.cleared(partial(shutil.rmtree, draft, ignore_errors=True)):
            self._write(graphs, replaced, draft)
            swap.resemble(draft, place)
            del self._store
            try:
                with swap.locked(place / _LOCK):
                    swap.exchange(draft, place)
            finally:
                self._store = pyoxigraph.Store(place)

    def _write(self, graphs: Mapping[str, Spool], replaced: Collection[str], draft: Path) -> None:
        store = pyoxigraph.Store(draft)
        kept = [
            graph
            for graph in self._store.named_graphs()
            if not (isinstance(graph, NamedNode) and graph.value in replaced)
        ]
        for graph in kept:
            store.add_graph(graph)  # it may be empty
        for piece in _pieces(chain.from_iterable(map(self._quads, [DefaultGraph(), *kept]))):
            store.bulk_extend(piece)
        fill(store, graphs.items(), self._progress)
        store.optimize()  # fewer files answer sooner
        store.flush()

    def _quads(self, graph: NamedNode | BlankNode | DefaultGraph) -> Iterator[Quad]:
        return self._store.quads_for_pattern(None, None, None, graph)

    def _failure(self, what: str, error: OSError | ValueError) -> StoreError:
        said = getattr(error, "strerror", None) or str(error)
        if "LOCK" in said or "lock hold" in said:
            return StoreError(f"{self._name} is open elsewhere: close it there, and try again")
        return StoreError(f"cannot {what} the store in {self._name}: {said}")


def _spooled(graphs: Mapping[str, Collection[Triple]]) -> dict[str, Spool]:
    return {
        name: triples if isinstance(triples, Spool) else Spool(triples)
        for name, triples in graphs.items()
    }


def _pieces(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    rest = iter(quads)
    while piece := list(islice(rest, _PIECE)):
        yield piece
