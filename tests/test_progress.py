"""The bar of a long load: on a terminal, and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import cuts

# Each step shows, and takes long enough for an estimate, which is made once a second.
PROGRAM = """
import time
from standpunkt import embedded
from standpunkt.cli import app, progress
pieces = embedded._pieces
def slowly(quads):
    for piece in pieces(quads):
        time.sleep(0.2)
        yield piece
embedded._pieces, embedded._SMALL, embedded._PIECE, progress._MOMENT = slowly, 0, 1000, 0
app()
"""


def command(folder: Path) -> list[str]:
    """Give a load of some thousand triples into a folder."""
    dossier = cuts.grown(folder / "dossier", 2, "new")
    return [
        *(sys.executable, "-c", PROGRAM, "load", str(folder / "store"), "--no-inferred"),
        *("--dossier", str(dossier.folder)),
    ]


ENVIRONMENT = {**os.environ, "PYTHONPATH": cuts.SOURCES, "COLUMNS": "80"}


def test_a_terminal_shows_how_far_it_is_and_how_long_it_takes(tmp_path: Path) -> None:
    """The bar grows, has a percentage and the time that is left, and ends whole."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")
    try:
        terminal, end = pty.openpty()
    except OSError:
        pytest.skip("there is no pseudo-terminal here")
    process = subprocess.Popen(
        command(tmp_path), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=end
    )
    os.close(end)
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(terminal)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"loading" not in out
    bars = re.findall(r"loading  \[([#-]+)\] +(\d+)%(  [\d:d ]+)?", shown.decode())
    percents = [int(percent) for _, percent, _ in bars]
    assert len(set(percents)) > 3
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert set(bars[-1][0]) == {"#"}
    assert any(re.fullmatch(r"  \d\d:\d\d:\d\d", left.rstrip()) for _, _, left in bars)


def test_a_pipe_gets_no_bar(tmp_path: Path) -> None:
    """Nothing is on standard error."""
    done = subprocess.run(
        command(tmp_path), env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
