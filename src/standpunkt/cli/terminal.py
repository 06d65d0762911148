"""Where the command line reads and writes: files, standard streams, and how wide they are."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from standpunkt import files
from standpunkt.errors import FileError, UnknownNameError, suggest

if TYPE_CHECKING:
    from standpunkt.page import Page

STREAM = Path("-")
_PIECE = 1 << 16


def read(path: Path) -> str:
    """Give the text of a file, or of standard input where the path is `-`.

    Raises `FileError` where it cannot be read or is not in UTF-8.
    """
    if path != STREAM:
        return files.read(path)
    try:
        return typer.get_binary_stream("stdin").read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileError(f"standard input is not in UTF-8: see byte {error.start}") from None


def write(text: str | Iterable[str], path: Path | None = None) -> None:
    """Write a result to a file, or to standard output where the path is `-` or there is none.

    A result that comes in pieces is written as they come. Raises `FileError` where it cannot be
    written. Ends the program where nobody reads on.
    """
    pieces = _encoded([text] if isinstance(text, str) else text)
    if path is not None and path != STREAM:
        files.write(path, pieces)
        return
    for piece in pieces:
        try:
            typer.echo(piece, nl=False)
        except BrokenPipeError:
            _abandon_stdout()
            raise typer.Exit from None
        except OSError as error:
            _abandon_stdout()
            raise FileError(f"cannot write to standard output: {files.reason(error)}") from None


def _encoded(texts: Iterable[str]) -> Iterator[bytes]:
    """Give texts as bytes, in pieces that are worth a write."""
    piece = bytearray()
    for text in texts:
        piece += text.encode("utf-8", "surrogateescape")  # as Python reads names of files
        if len(piece) >= _PIECE:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def note(text: str) -> None:
    """Tell the user something that is no result."""
    typer.echo(text, err=True)


def page(path: Path | None = None) -> "Page":
    """Give the page that a path is: the terminal, or 80 characters without colours.

    Where there is no terminal, the variable COLUMNS may set another width. NO_COLOR keeps colours
    away: see https://no-color.org.
    """
    from standpunkt.page import Page  # noqa: PLC0415  what goes into a pipe needs none

    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(shutil.get_terminal_size().columns, wanted and _is_terminal(path))


def pick(
    wanted: str | None,
    path: Path | None,
    formats: Mapping[str, tuple[str, ...]],
    *,
    piped: str,
) -> str:
    """Pick a format: the one wanted, else that of the file's ending, else by who reads it.

    `formats` has the endings of each; its first is for a terminal, and `piped` for a program.
    Raises `UnknownNameError` for an unknown format or ending.
    """
    listed = ", ".join(formats)
    if wanted is not None:
        if wanted not in formats:
            way_out = suggest(wanted, formats) or f"; there are {listed}"
            raise UnknownNameError(f"unknown format {wanted!r}{way_out}")
        return wanted
    if path is None or path == STREAM:
        return next(iter(formats)) if _is_terminal(path) else piped
    for form, endings in formats.items():
        if path.suffix.lower() in endings:
            return form
    raise UnknownNameError(
        f"the ending of {str(path)!r} is of no known format; give --format: {listed}"
    )


def _is_terminal(path: Path | None) -> bool:
    return path in {None, STREAM} and sys.stdout is not None and sys.stdout.isatty()


def _abandon_stdout() -> None:
    """Let the interpreter's last flush of standard output go nowhere instead of failing."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
