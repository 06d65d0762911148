"""The line that shows how far long work is: on a terminal, and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import consoles
import cuts
from standpunkt.cli import progress

# Each file takes a while, as if it were large, and the first moment is over at once.
SLOW = """
import time
from pathlib import Path
from standpunkt import turtle
from standpunkt.cli import app, progress
def slowly(function):
    def slow(path, *others):
        time.sleep(0.15 * (Path(path).suffix == ".ttl"))
        return function(path, *others)
    return slow
Path.read_bytes, turtle.stream = slowly(Path.read_bytes), slowly(turtle.stream)
house = turtle.house
turtle.house = lambda text, path: slowly(lambda path: house(text, path))(path)
progress._MOMENT = 0
app()
"""
# Triples are written in pieces, each of which takes a while.
LOADING = """
import time
from standpunkt import embedded, spool
from standpunkt.cli import app, progress
quads = spool._quads
def slowly(graphs):
    for piece in quads(graphs):
        time.sleep(0.2)
        yield piece
embedded._SMALL, spool._quads, spool._LOADED, progress._MOMENT = 0, slowly, 200_000, 0
app()
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": cuts.SOURCES, "COLUMNS": "80"}
ERASED = re.compile(r"\r *\r\Z")


@pytest.fixture
def many(folder: Path) -> Path:
    """Give a dossier of many files."""
    for number in range(4):
        text = f"<https://example.org/{number}> a <https://example.org/Thing> .\n"
        (folder / "graph" / f"more-{number}.ttl").write_text(text, encoding="utf-8")
    return folder


def on_terminal(command: list[str], dossier: Path) -> str:
    """Run a command whose standard error is a terminal, and give what that shows."""
    screen, end = consoles.terminal()
    process = subprocess.Popen(
        [sys.executable, *command, "--dossier", str(dossier)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=end,
    )
    os.close(end)
    text = consoles.shown(screen)
    out, _ = process.communicate(timeout=60)
    assert b"files/s" not in out
    assert process.returncode in {0, 1}
    return text


@pytest.mark.parametrize(
    "command",
    [
        ["format", "--check"],
        ["lint"],
        ["infer", "--reasoner", "owlrl"],
        ["export"],
        ["query", "ASK { ?s ?p ?o }"],
        ["query", "SELECT * { ?s a spk:Person }"],
    ],
    ids=" ".join,
)
def test_a_terminal_shows_rate_and_time_left(many: Path, command: list[str]) -> None:
    """The line has a part done, a rate and a time left, and is gone in the end."""
    shown = on_terminal(["-c", SLOW, *command], many)
    bars = re.findall(r"(\w+)  \[([#-]{30})\] +(\d+)%  (\d+\.\d) files/s  \d:\d\d left", shown)
    assert bars, shown
    # No more is asked of the rate: it is files by this machine's clock.
    assert all(float(rate) > 0 for *_, rate in bars)
    percents = [int(percent) for _, _, percent, _ in bars]
    assert all(0 < percent < 100 for percent in percents)
    if command[0] != "lint":  # it reads three parts
        assert percents == sorted(percents)
    assert ERASED.search(shown.removesuffix("nothing found\r\n"))


def test_a_reader_of_german_is_told_in_german(many: Path) -> None:
    """`--lang de` says in German what is done."""
    shown = on_terminal(["-c", SLOW, "export", "--lang", "de"], many)
    assert re.search(r"lese  \[#+-+\] +\d+%  \d\.\d Dateien/s  \d:\d\d noch", shown), shown
    assert re.search(r"\rschreibe  \d:\d\d", shown), shown


def test_a_load_shows_triples_a_second(tmp_path: Path) -> None:
    """The bar of a load grows with each piece that is written."""
    dossier = cuts.grown(tmp_path / "dossier", 2, "new")
    command = ["-c", LOADING, "load", str(tmp_path / "store"), "--no-inferred"]
    shown = on_terminal(command, dossier.folder)
    bars = re.findall(r"loading  \[#*-*\] +(\d+)%  [\d,.]+ triples/s  \d:\d\d left", shown)
    percents = [int(percent) for percent in bars]
    assert len(set(percents)) > 3
    assert percents == sorted(percents)
    assert ERASED.search(shown)


def test_a_pipe_gets_no_line(many: Path) -> None:
    """Nothing is on standard error, however long it takes."""
    done = subprocess.run(
        [sys.executable, "-c", SLOW, "export", "--dossier", str(many)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_short_work_shows_nothing(folder: Path) -> None:
    """What is done within a moment leaves a terminal as it was."""
    assert on_terminal(["-m", "standpunkt", "query", "ASK { ?s ?p ?o }"], folder) == ""


def test_a_line_fits_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A longer line would break, and could not be erased; what was longer before is covered."""
    clock = iter([0.0, 0.0, 10.0, 10.0, 20.0, 20.0])
    monkeypatch.setattr("standpunkt.cli.progress.time.monotonic", lambda: next(clock))
    monkeypatch.setenv("COLUMNS", "40")
    line = progress.Progress("comparing")
    line.read(1, 4)
    line.draw()
    line.read(4, 4)
    line.draw()
    line.end()
    first, second, gone = capsys.readouterr().err.split("\r")[1:4]
    assert first == "reading  [#######----------------------]"[:39]
    assert second == f"{'comparing  0:20':<39}"
    assert gone.strip() == ""


def test_nothing_is_drawn_once_it_has_ended(capsys: pytest.CaptureFixture[str]) -> None:
    """Results may be written then."""
    line = progress.Progress("writing")
    line.end()
    line.draw()
    assert capsys.readouterr().err == ""
