"""Text files: read with errors that name the file, written whole or not at all."""

import atexit
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from standpunkt.errors import FileError


def read(path: Path) -> str:
    """Give the text of a UTF-8 file, with its newlines untouched.

    Raises `FileError` where the file is missing, unreadable or not in UTF-8; that names the first
    byte which is not, counted from 0.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileError(
            f"{str(path)!r} is not in UTF-8: see byte {error.start}; save it as UTF-8"
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise FileError(f"cannot read {str(path)!r}: {reason(error)}") from None


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file whole: a reader sees the old content or the new, and nothing in between.

    Data may come in pieces; where a piece does not come, the old content stays.

    An existing file keeps its permissions and a link its target; a pipe or a device, which cannot
    be replaced, is written to as it is. Raises `FileError` where that fails, and then leaves the
    old content.
    """
    pieces = [data] if isinstance(data, bytes) else data
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(path)), pieces)
    except (OSError, ValueError) as error:
        raise FileError(f"cannot write {str(path)!r}: {reason(error)}") from None


@contextmanager
def cleared(forget: Callable[[], None]) -> Iterator[None]:
    """Call what clears a draft away when the block is left, in whatever way.

    Where the main thread is interrupted, it does not wait for another one that is still within the
    block: the draft is then cleared away as the program ends.
    """
    atexit.register(forget)
    try:
        yield
    finally:
        forget()
        atexit.unregister(forget)


def reason(error: OSError | ValueError) -> str:
    """Say why the system refused, in its words and without the path."""
    return getattr(error, "strerror", None) or str(error)


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")

    def forget() -> None:
        with suppress(OSError):
            draft.unlink()

    with cleared(forget):
        with draft.open("xb") as file:
            file.writelines(pieces)
        if path.exists():
            draft.chmod(path.stat().st_mode)
        draft.replace(path)
