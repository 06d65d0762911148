"""A disk that is full: a small file system in memory, which needs the right to mount one."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import cuts
from standpunkt import Dossier
from standpunkt.embedded import Embedded

COPIES = 6


class Disk:
    """A file system of few megabytes."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        """Mount it on a new folder; skips the test where that is not allowed."""
        self.folder = folder
        folder.mkdir()
        self._mount(f"size={megabytes}m")

    def grow(self, megabytes: int) -> None:
        """Make it larger."""
        self._mount(f"remount,size={megabytes}m")

    def remove(self) -> None:
        """Take it away, also while somebody has files there."""
        subprocess.run(["/bin/umount", "--lazy", self.folder], check=False)

    def _mount(self, options: str) -> None:
        command = ["/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            pytest.skip("a small disk needs mount(8)")
        if done.returncode:
            pytest.skip(f"a small disk needs the right to mount: {done.stderr.strip()}")


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[int], Disk]]:
    """Give a way to mount a small disk."""
    if os.name == "nt":
        pytest.skip("a small disk needs mount(8)")
    disks: list[Disk] = []

    def mount(megabytes: int) -> Disk:
        disks.append(Disk(tmp_path / "disk", megabytes))
        return disks[-1]

    yield mount
    for disk in disks:
        disk.remove()


def failed(store: cuts.Store, dossier: Dossier) -> str:
    """Give the one line of a load that fails."""
    process = cuts.start(store, dossier)
    out, error = process.communicate(timeout=120)
    assert (process.returncode, out) == (2, ""), error
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    return error


@pytest.mark.parametrize(
    ("name", "megabytes"), [(".", 8), ("store", 6)], ids=["transaction", "exchange"]
)
def test_a_folder_on_a_full_disk_keeps_what_it_has(
    mount: Callable[[int], Disk], tmp_path: Path, name: str, megabytes: int
) -> None:
    """The line names the folder and the reason; when there is room again, the load succeeds.

    Where the disk is mounted on the folder itself, there is nothing beside it to exchange it with.
    """
    old, new = cuts.grown(tmp_path / "old", 1, "old"), cuts.grown(tmp_path / "new", COPIES, "new")
    disk = mount(megabytes)
    folder = disk.folder / name
    store = cuts.Store(str(folder), {}, lambda: Embedded(folder))
    cuts.load(store, old)
    line = failed(store, new)
    assert f"error: cannot write to the store in '{folder}': " in line
    assert "No space left on device" in line
    assert cuts.state(store, old, new) == ["old/new", "old", "old"]
    assert name == "." or [path.name for path in disk.folder.iterdir()] == [name]
    disk.grow(200)
    cuts.load(store, old)
    assert cuts.state(store, old, new) == ["old/new", "old", "old"]


def test_a_server_on_a_full_disk_keeps_what_it_has(
    mount: Callable[[int], Disk], tmp_path: Path
) -> None:
    """The line has what the server says; when there is room again, the load succeeds."""
    pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")
    old, new = cuts.grown(tmp_path / "old", 1, "old"), cuts.grown(tmp_path / "new", COPIES, "new")
    disk = mount(12)
    store = cuts.server_store("oxigraph", disk.folder / "server")
    assert store.server
    try:
        cuts.load(store, old)
        failed(store, new)
        disk.grow(400)
        store.server.restart()
        assert cuts.state(store, old, new) == ["old/new", "old", "old"]
        cuts.load(store, new)
        assert cuts.state(store, old, new) == ["old/new", "new", "new"]
        assert cuts.staged(store) == 0
    finally:
        store.server.stop()
