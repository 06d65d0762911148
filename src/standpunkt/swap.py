"""Folders that exchange their names in one step, where the system can."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_FROM_WORKING_FOLDER = -100
_EXCHANGE = 2


def exchange(one: Path, other: Path) -> None:
    """Let two folders exchange their names, so that under each there always is one of them.

    See renameat2(2). Raises `OSError` where that is not done: systems other than Linux have no
    such step, and some file systems neither.
    """
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        raise OSError("this system exchanges no folders") from None
    here = _FROM_WORKING_FOLDER
    if rename(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))
    for parent in {one.parent, other.parent}:
        _sync(parent)


def is_possible(folder: Path) -> bool:
    """Say whether a folder may exchange its name with another beside it, and try that out.

    It may not where a disk is mounted there, where this program works in it, or where the files of
    another folder would belong to somebody else.
    """
    try:
        if os.path.ismount(folder) or Path.cwd().is_relative_to(folder):
            return False
        if folder.stat().st_uid != os.geteuid() != 0:
            return False
        with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as name:
            trial = [Path(name, "a"), Path(name, "b")]
            for each in trial:
                each.mkdir()
            exchange(*trial)
    except (OSError, AttributeError):  # AttributeError: Windows has no numbers for users
        return False
    return True


def resemble(folder: Path, model: Path) -> None:
    """Give a folder and its files the owner, and the folder the rights, of another."""
    owner = model.stat()
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner.st_uid, owner.st_gid)
    shutil.copystat(model, folder)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that a file is; raises `OSError` where somebody else does."""
    import fcntl  # noqa: PLC0415  Windows has none

    with path.open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _sync(folder: Path) -> None:
    """Let the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
