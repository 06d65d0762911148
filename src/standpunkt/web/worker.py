"""A worker: a process that answers queries, one after the other, until it is killed.

The engine cannot stop a query, and one that is nested deeply enough makes it crash; so queries run
in a process that may die. What it is asked comes in on standard input as frames, what it answers
goes out on standard output; when standard input ends, so does the worker, also amid a query.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, BinaryIO, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from standpunkt.dossier import ASSERTED
from standpunkt.errors import QueryError
from standpunkt.folder import FolderStore
from standpunkt.namespaces import PREFIXES
from standpunkt.store import Lazy, Store, plain
from standpunkt.web import frames
from standpunkt.web.rows import Rows

_PIECE = 1 << 16
# So many triples are looked at for the prefixes that a result needs.
_LOOKED_AT = 5000


class Output:
    """A file that frames what is written to it, and refuses what gets too long."""

    def __init__(self, pipe: BinaryIO, most: int, most_rows: int) -> None:
        """Take where frames go, and how many bytes and rows a result may have."""
        self.most_rows = most_rows
        self.rows: Rows | None = None
        self._pipe = pipe
        self._most = most
        self._written = 0
        self._piece = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes; raises `QueryError` where the result is too long by them."""
        self._written += len(data)
        if self._written > self._most:
            raise QueryError(f"the result has more than {self._most} bytes; ask with a LIMIT")
        if self.rows is not None and self.rows.count(bytes(data)) > self.most_rows:
            raise QueryError(f"the result has more than {self.most_rows} rows; ask with a LIMIT")
        self._piece += data
        if len(self._piece) >= _PIECE:
            self._pipe.write(frames.frame(frames.PIECE, bytes(self._piece)))
            self._piece.clear()
        return len(data)

    def flush(self) -> None:
        """Do nothing: pieces go out when they are large enough."""

    def close(self) -> None:
        """Send the last piece."""
        self._pipe.write(frames.frame(frames.LAST, bytes(self._piece)))


class Answering:
    """The graphs that a worker has, and the stores that it makes of them."""

    def __init__(self) -> None:
        """Begin with no graphs."""
        self._graphs: dict[str, list[Triple]] = {}
        self._folder: Path | None = None
        self._names: list[str] = []
        self._stores: dict[str, Store] = {}

    def open(self, told: dict[str, Any]) -> None:
        """Take a store instead: its folder, and the graphs that it has."""
        self._folder, self._names = Path(told["folder"]), told["names"]

    def load(self, quads: bytes) -> None:
        """Take more named graphs, in N-Quads."""
        for quad in parse(quads, format=RdfFormat.N_QUADS):
            assert isinstance(quad.graph_name, NamedNode)  # noqa: S101  the server names them all
            self._graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
        self._stores.clear()

    def answer(self, asked: dict[str, object], output: Output) -> None:
        """Write the result of a query: its text, its dataset, and the format of the result.

        Raises `QueryError` as `Store.query` does.
        """
        dataset = asked["dataset"]
        result = self._store(dataset).evaluate(str(asked["text"]), own_dataset=dataset is not None)
        try:
            _write(result, str(asked["media_type"]), output)
        except (RuntimeError, ValueError) as error:
            raise QueryError(str(error)) from None

    def _store(self, dataset: object) -> Store:
        """Give the store with the dataset of a request: `None`, or default and named graphs."""
        key = json.dumps(dataset)
        if key not in self._stores:
            if isinstance(dataset, list):
                default, named = dataset
                self._stores = {
                    name: store for name, store in self._stores.items() if name == "null"
                }
            else:
                default, named = ASSERTED, self._names or list(self._graphs)
            self._stores[key] = self._made(default, named, is_ours=dataset is None)
        return self._stores[key]

    def _made(self, default: Sequence[str], named: Sequence[str], *, is_ours: bool) -> Store:
        # In a store the graphs of our dataset have no triple in common. Others are merged here.
        if self._folder and (is_ours or len(default) < 2):  # noqa: PLR2004  nothing to merge
            return FolderStore(self._folder, default, named)
        graphs = self._graphs
        if self._folder:
            store = FolderStore(self._folder)
            graphs = {name: store.graph(name) for name in {*default, *named}}
        return Store(
            {name: graphs.get(name, []) for name in named},
            default=[triple for name in default for triple in graphs.get(name, [])],
        )


def _write(result: Lazy, media_type: str, output: Output) -> None:
    file = cast("IO[bytes]", output)
    if isinstance(result, QuerySolutions | QueryBoolean):
        kind = QueryResultsFormat.from_media_type(media_type)
        if isinstance(result, QuerySolutions) and kind is not None:
            output.rows = Rows(kind)
        result.serialize(file, kind)
        return
    triples = _bounded(result, output.most_rows)
    first = list(islice(triples, _LOOKED_AT))
    everything = plain(chain(first, triples))
    form = RdfFormat.from_media_type(media_type)
    serialize(everything, file, form, prefixes=_used(first))


def _bounded(triples: Iterable[Triple], most: int) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number == most:
            raise QueryError(f"the result has more than {most} triples; ask with a LIMIT")
        yield triple


def _used(triples: Iterable[Triple]) -> dict[str, str]:
    text = "".join(map(str, triples))
    return {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in text}


def _listen(pipe: BinaryIO, inbox: "SimpleQueue[tuple[bytes, bytes]]") -> None:
    while (received := frames.read(pipe)) is not None:
        inbox.put(received)
    os._exit(0)  # the main thread may be deep in a query


def _confine(memory: int) -> None:
    """Set how much memory this process may have, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  Unix has it

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer frames; the arguments are the bounds on memory, bytes of a result, and its rows."""
    memory, most, most_rows = map(int, sys.argv[1:])
    # The server decides when a worker ends, also where a terminal or systemd signals to all.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _confine(memory)
    answering = Answering()
    inbox: SimpleQueue[tuple[bytes, bytes]] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, inbox), daemon=True).start()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as pipe:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may write into the frames
        pipe.write(frames.frame(frames.READY))
        while True:
            pipe.flush()
            kind, content = inbox.get()
            if kind == frames.LOAD:
                answering.load(content)
                continue
            if kind == frames.OPEN:
                answering.open(json.loads(content))
                continue
            try:
                asked = json.loads(content)
                output = Output(pipe, min(most, asked["most"] or most), most_rows)
                answering.answer(asked, output)
                output.close()
            except QueryError as error:
                pipe.write(frames.frame(frames.REFUSED, str(error).encode()))
            except MemoryError:
                os.abort()
            except OSError:
                os._exit(1)  # nobody reads on
            except Exception:  # noqa: BLE001  the server logs it
                pipe.write(frames.frame(frames.BUG, traceback.format_exc().encode()))


if __name__ == "__main__":
    main()
