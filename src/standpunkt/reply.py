"""What a server answers over HTTP: whole, or as a file that is read while it arrives."""

import io
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CODE = re.compile(r"<(script|style|title|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
_LONGEST_QUOTE = 200
_LONGEST_ERROR = 10_000


def arriving(pieces: Iterator[bytes], close: Callable[[], None]) -> IO[bytes]:
    """Give pieces as a file; to close it calls what ends them."""
    return cast("IO[bytes]", _Body(pieces, close))


class _Body(io.RawIOBase):
    """The body of an answer, of which no more is kept than was asked for.

    To close it closes the connection, if not all has been read.
    """

    def __init__(self, pieces: Iterator[bytes], close: Callable[[], None]) -> None:
        """Take the pieces as they arrive, and what ends that."""
        self._pieces = pieces
        self._end = close
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer as far as the next piece does; raises what the pieces raise."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._rest))
        target[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    def close(self) -> None:
        """Read no further."""
        if not self.closed:
            super().close()
            self._end()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers: the status, the headers by name in lower case, and the body."""

    status: int
    headers: Mapping[str, str]
    body: IO[bytes]

    @property
    def kind(self) -> str:
        """The media type of the body without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def whole(self) -> "Reply":
        """Give the same when all of it has arrived; raises what the body raises."""
        with self.body as body:
            return Reply(self.status, self.headers, io.BytesIO(body.read()))

    def wanted_pause(self) -> float | None:
        """Give the seconds of a `Retry-After`, which has a number or a date."""
        wanted = self.headers.get("retry-after", "")
        if wanted.isdecimal():
            return float(wanted)
        from email.utils import parsedate_to_datetime  # noqa: PLC0415  slow, and seldom needed

        try:
            return max(parsedate_to_datetime(wanted).timestamp() - time.time(), 0.0)
        except ValueError:
            return None

    def first_words(self) -> str:
        """Give what the body of an error says, on one line: most are HTML, or a Java stack."""
        text = self.body.read(_LONGEST_ERROR).decode("utf-8", "replace")
        from html import unescape  # noqa: PLC0415  the same

        if "html" in self.kind or text.lstrip()[:1] == "<":
            text = unescape(_TAG.sub(" ", _CODE.sub(" ", text)))
        words = " ".join(each for each in text.split() if each.isprintable())
        return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
