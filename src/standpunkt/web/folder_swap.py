"""A folder that is replaced as a whole, and only where it is one of ours.

What is new is written beside it; whoever stops that half way finds the folder as it was.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from standpunkt import files
from standpunkt.errors import FileError

# Lists what stands at the top of the folder, a name a line: all else in it is another's.
_MARK = ".standpunkt-site"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder, and put it in the place of a folder when it is filled.

    The folder may be new, empty, or one that was written like this: what else somebody put into it,
    such as `.git` or `CNAME`, stays. Raises `FileError` for any other, and where the system
    refuses.
    """
    target = Path(os.path.realpath(folder))
    former = _former(folder, target)
    stage = target.with_name(f".{target.name}.{os.getpid()}")
    with files.cleared(partial(shutil.rmtree, stage, ignore_errors=True)):
        with _reported(folder):
            stage.mkdir(parents=True)
        yield stage
        with _reported(folder):
            listed = sorted({_MARK, *(path.name for path in stage.iterdir())})
            put(stage / _MARK, "".join(f"{name}\n" for name in listed))
            _swap(stage, target, former)


def put(path: Path, text: str) -> None:
    """Write a file of a new folder; raises `FileError` where that fails."""
    with _reported(path):
        try:
            path.write_text(text, encoding="utf-8", newline="")
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")


def _former(folder: Path, target: Path) -> set[str]:
    """Give what of a folder is to be replaced, by the names at its top."""
    mark = target / _MARK
    if mark.is_file():
        return set(files.read(mark).splitlines())
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileError(f"{str(folder)!r} is neither empty nor an earlier site; name a new folder")
    return set()


def _swap(stage: Path, target: Path, former: set[str]) -> None:
    old = target.with_name(f"{stage.name}.old")
    is_there = target.exists()
    if is_there:
        target.rename(old)
    try:
        stage.rename(target)
    except BaseException:
        if is_there:
            old.rename(target)
        raise
    if is_there:
        for path in old.iterdir():
            if path.name not in former and not (target / path.name).exists():
                path.rename(target / path.name)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(f"cannot write {str(path)!r}: {files.reason(error)}") from None
