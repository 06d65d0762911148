"""Triples on disk: more of them than memory has room for, each once, to be read again and again."""

import weakref
from collections.abc import Collection, Iterable, Iterator
from tempfile import TemporaryFile

from pyoxigraph import RdfFormat, Triple, parse

from standpunkt.lines import in_order
from standpunkt.reply import arriving

_PIECE = 1 << 16


class Spool(Collection[Triple]):
    """Triples in a temporary file, in the order of their N-Triples text."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Take them to disk. Raises `OSError` where the folder for temporary files is full."""
        self._file = TemporaryFile()  # noqa: SIM115  it is closed when nobody has it any more
        weakref.finalize(self, self._file.close)
        self._count = 0
        for line in in_order(f"{triple} .\n".encode() for triple in triples):
            self._file.write(line)
            self._count += 1
        self._file.flush()

    def __len__(self) -> int:
        """Say how many there are."""
        return self._count

    def __iter__(self) -> Iterator[Triple]:
        """Read them from the begin; blank nodes keep their labels."""
        file = arriving(self._pieces(), lambda: None)
        return (quad.triple for quad in parse(file, format=RdfFormat.N_TRIPLES))

    def __contains__(self, triple: object) -> bool:
        """Look for one, from the begin."""
        return any(each == triple for each in self)

    def _pieces(self) -> Iterator[bytes]:
        # Another reader may have moved the file meanwhile.
        offset = 0
        while piece := self._read(offset):
            offset += len(piece)
            yield piece

    def _read(self, offset: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(_PIECE)
