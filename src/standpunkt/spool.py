"""Triples on disk: more of them than memory has room for, to be read again and again.

They are N-Triples text, which an engine reads in native code. Who looks at the triples themselves
has them put in order first, each once.
"""

import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from tempfile import TemporaryFile

from pyoxigraph import RdfFormat, Store, Triple, parse, serialize

from standpunkt.lines import in_order
from standpunkt.reply import arriving

_PIECE = 1 << 16
_WRITTEN = 10_000
# So many bytes are loaded at a time, some 40,000 triples: with more of them an engine takes more
# memory, and with less it writes more files.
_LOADED = 8 << 20
_END = b" .\n"


class Spool(Collection[Triple]):
    """Triples in a temporary file; as a collection, each once, in the order of their text.

    `lines` is how many the file has, of which some may be the same.
    """

    def __init__(self, triples: Iterable[Triple] = (), texts: Iterable[bytes] = ()) -> None:
        """Take triples to disk, and others that are N-Triples already, as the engine writes them.

        Raises `OSError` where the folder for temporary files is full.
        """
        self._is_in_order = self._is_distinct = False
        self._write(chain(_written(triples), texts))

    def __len__(self) -> int:
        """Say how many there are."""
        if not self._is_distinct:
            self._put_in_order()
        return self.lines

    def __iter__(self) -> Iterator[Triple]:
        """Read them from the begin; blank nodes keep their labels."""
        self._put_in_order()
        file = arriving(self.pieces(), lambda: None)
        return (quad.triple for quad in parse(file, format=RdfFormat.N_TRIPLES))

    def __contains__(self, triple: object) -> bool:
        """Look for one, from the begin."""
        return any(each == triple for each in self)

    def pieces(self) -> Iterator[bytes]:
        """Read the file from the begin, in pieces of whole lines."""
        # Another reader may have moved the file meanwhile.
        offset = 0
        while piece := self._read(offset):
            offset += len(piece)
            yield piece

    def know_distinct(self) -> None:
        """Take it from who has counted the triples that none of them is there twice."""
        self._is_distinct = True

    def _read(self, offset: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(_PIECE) + self._file.readline()

    def _write(self, texts: Iterable[bytes]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  it is closed when nobody has it any more
        weakref.finalize(self, self._file.close)
        self.lines = 0
        for text in texts:
            self._file.write(text)
            self.lines += text.count(b"\n")
        self._file.flush()

    def _put_in_order(self) -> None:
        if self._is_in_order:
            return
        with self._file as file:
            file.seek(0)
            self._write(in_order(file))
        self._is_in_order = self._is_distinct = True


def fill(
    store: Store,
    graphs: Iterable[tuple[str | None, Spool]],
    progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Put graphs, of which `None` is the default graph, into a store on disk.

    `progress` is told how many triples are there since it was last told.
    """
    for piece in _quads(graphs):
        if b"_:" in piece:  # Loading gives blank nodes other labels, and others in each piece.
            store.bulk_extend(parse(piece, format=RdfFormat.N_QUADS))
        else:
            store.bulk_load(piece, RdfFormat.N_QUADS)
        progress(piece.count(b"\n"))


def _quads(graphs: Iterable[tuple[str | None, Spool]]) -> Iterator[bytes]:
    """Give graphs, of which `None` is the default graph, as N-Quads in pieces to be loaded."""
    gathered: list[bytes] = []
    size = 0
    for graph, spool in graphs:
        for piece in spool.pieces():
            # No literal has a line feed in it.
            text = piece.replace(_END, f" <{graph}>".encode() + _END) if graph else piece
            gathered.append(text)
            size += len(text)
            if size >= _LOADED:
                yield b"".join(gathered)
                gathered, size = [], 0
    if gathered:
        yield b"".join(gathered)


def _written(triples: Iterable[Triple]) -> Iterator[bytes]:
    rest = iter(triples)
    while text := serialize(islice(rest, _WRITTEN), format=RdfFormat.N_TRIPLES):
        yield text
