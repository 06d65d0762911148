"""A store of Oxigraph in a folder, which is asked and not changed."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Triple

from standpunkt import sparql
from standpunkt.answer import Rows, Term
from standpunkt.dossier import ASSERTED, INFERRED_GRAPH
from standpunkt.elsewhere import Elsewhere, Item
from standpunkt.errors import StoreError
from standpunkt.namespaces import PREFIXES
from standpunkt.store import Lazy, Result, Stream, whole


class FolderStore(Elsewhere):
    """A store of Oxigraph in a folder, opened for reading."""

    def __init__(
        self,
        folder: Path,
        graphs: Iterable[str] = ASSERTED,
        named: Iterable[str] | None = None,
    ) -> None:
        """Take the folder, the graphs whose union is asked, and those that `GRAPH` finds.

        Without the latter it finds those of the union. Raises `StoreError` where it is no store,
        or where a program has it open for writing.
        """
        super().__init__(graphs)
        self.folder = folder
        self.name = repr(str(folder))
        if not (folder / "CURRENT").is_file():
            kind = "a folder without a store" if folder.is_dir() else "no folder"
            raise StoreError(f"{self.name} is {kind}; 'standpunkt load' makes one")
        if _is_locked(folder / "LOCK"):
            raise StoreError(
                f"{self.name} is open elsewhere: close it there, or ask its server by --endpoint"
            )
        try:
            self._store = pyoxigraph.Store.read_only(str(folder))
        except OSError as error:
            raise self._failure("open", error) from None
        self._union = [NamedNode(graph) for graph in self._graphs]
        self._named = [NamedNode(graph) for graph in (self._graphs if named is None else named)]

    def triples(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
    ) -> Iterator[Triple]:
        """Give the triples of the graphs that match, in no order; `None` matches all."""
        quads = chain.from_iterable(
            self._store.quads_for_pattern(subject, predicate, object_, graph)
            for graph in self._union
        )
        return iter({quad.triple for quad in quads})

    def inferred(self, node: NamedNode) -> list[Triple]:
        """Give the triples about a node that the store's graph of inferred ones has."""
        graph = NamedNode(INFERRED_GRAPH)
        quads = chain(
            self._store.quads_for_pattern(node, None, None, graph),
            self._store.quads_for_pattern(None, None, node, graph),
        )
        return [quad.triple for quad in quads]

    def names(self) -> list[str]:
        """List all named graphs that the store has, by IRI."""
        return sorted(
            graph.value for graph in self._store.named_graphs() if isinstance(graph, NamedNode)
        )

    def graph(self, name: str) -> list[Triple]:
        """Give the triples of a named graph, sorted by their N-Triples text."""
        quads = self._store.quads_for_pattern(None, None, None, NamedNode(name))
        return sorted((quad.triple for quad in quads), key=str)

    def _is_indifferent(self, text: str) -> bool:
        """Say whether doubles need not be looked for, which takes as long as the store is large."""
        return sparql.is_of_distinct_rows(text)

    def _result(self, text: str) -> Result:
        return whole(self._stream(text))

    def _stream(self, text: str) -> Stream:
        try:
            stream = super(Elsewhere, self).stream(text)
        except OSError as error:
            raise self._failure("read", error) from None
        if isinstance(stream, Rows):
            return Rows(stream.columns, self._each(stream.rows))
        return stream if isinstance(stream, bool) else self._each(stream)

    def _each(self, items: Iterator[Item]) -> Iterator[Item]:
        try:
            yield from items
        except OSError as error:
            raise self._failure("read", error) from None

    def _failure(self, what: str, error: OSError) -> StoreError:
        return StoreError(f"cannot {what} the store in {self.name}: {error}")

    def _evaluate(self, text: str, *, own_dataset: bool) -> Lazy:
        if sparql.has_dataset(text) and not own_dataset:
            return self._store.query(text, prefixes=PREFIXES)
        return self._store.query(
            text, prefixes=PREFIXES, default_graph=[*self._union], named_graphs=[*self._named]
        )


@contextmanager
def kept(folder: Path) -> Iterator[None]:
    """Keep programs that would write out of a store meanwhile; others may read it.

    What a reader sees while another writes is undefined. Where the system has no such locks, or
    the file for it is not there or not to be read, nobody is kept out.
    """
    with ExitStack() as held:
        with suppress(ImportError, OSError):
            import fcntl  # noqa: PLC0415  Windows has none

            lock = held.enter_context((folder / "LOCK").open("rb"))
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield


def _is_locked(path: Path) -> bool:
    """Say whether another process holds the lock of RocksDB, which does not look at it to read."""
    try:
        import fcntl  # noqa: PLC0415  Windows has none
    except ImportError:
        return False
    with suppress(FileNotFoundError, PermissionError), path.open("rb") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
