"""Files are read as UTF-8 and written whole or not at all."""

import os
import stat
from pathlib import Path
from threading import Thread

import pytest

from standpunkt import files
from standpunkt.errors import FileError


def test_newlines_are_left_as_they_are(tmp_path: Path) -> None:
    """What is written comes back, byte for byte."""
    path = tmp_path / "a.txt"
    files.write(path, "ä\r\nb\n".encode())
    assert files.read(path) == "ä\r\nb\n"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "cannot read {!r}: No such file or directory"),
        ("folder", "cannot read {!r}: Is a directory"),
        ("latin1", "{!r} is not in UTF-8: see byte 3; save it as UTF-8"),
        ("nul\0", "cannot read {!r}: embedded null byte"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, message: str) -> None:
    """The error quotes the path and says why."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin1").write_bytes(b"caf\xe9")
    with pytest.raises(FileError) as raised:
        files.read(tmp_path / name)
    assert str(raised.value) == message.format(str(tmp_path / name))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/a.txt", "No such file or directory"),
        ("folder", "Is a directory"),
        ("file/a.txt", "Not a directory"),
        ("x" * 300, "File name too long"),
    ],
)
def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, name: str, reason: str) -> None:
    """The error quotes the path and says why, and nothing new is left behind."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(FileError) as raised:
        files.write(tmp_path / name, b"a")
    assert str(raised.value) == f"cannot write {str(tmp_path / name)!r}: {reason}"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


def test_a_write_that_fails_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is half-written, and no draft is left."""
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    def fail(_draft: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KeyboardInterrupt):
        files.write(path, b"new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A link still points to its file, which has the permissions that it had."""
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.touch()
    path.chmod(0o640)
    link.symlink_to(path)
    files.write(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_usual_permissions(tmp_path: Path) -> None:
    """A draft is not more secret than any other file."""
    usual = tmp_path / "usual"
    usual.touch()
    files.write(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """Devices and pipes stay what they are."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    files.write(pipe, b"new")
    reader.join()
    assert read == [b"new"]
    assert pipe.is_fifo()
