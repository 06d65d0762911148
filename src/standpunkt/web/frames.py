"""What the server and its workers say to each other: frames over a pipe.

A frame is its length in four bytes, a letter that says what it is, and that many bytes.
"""

from asyncio import StreamReader
from typing import BinaryIO

# To a worker.
LOAD = b"L"  # N-Quads: more graphs
OPEN = b"O"  # JSON: a store in a folder, and its graphs
ASK = b"A"  # JSON: a query
# From a worker.
READY = b"R"  # it has started
PIECE = b"P"  # a piece of the result
LAST = b"E"  # the last piece of the result
REFUSED = b"X"  # a sentence: the query, or the rest of its result, cannot be given
BUG = b"B"  # a traceback

_LENGTH = 4


def frame(kind: bytes, content: bytes = b"") -> bytes:
    """Write a frame."""
    return len(content).to_bytes(_LENGTH) + kind + content


async def receive(stream: StreamReader) -> tuple[bytes, bytes]:
    """Read a frame: its kind and content; raises `IncompleteReadError` where the stream ends."""
    head = await stream.readexactly(_LENGTH + 1)
    return head[_LENGTH:], await stream.readexactly(int.from_bytes(head[:_LENGTH]))


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Read a frame: its kind and content, or `None` where the stream ends."""
    head = stream.read(_LENGTH + 1)
    if len(head) <= _LENGTH:
        return None
    length = int.from_bytes(head[:_LENGTH])
    content = stream.read(length)
    return (head[_LENGTH:], content) if len(content) == length else None
