"""How much memory the command line takes in a process of its own."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest

SOURCES = str(Path(__file__).parents[1] / "src")
_STATUS = Path("/proc/self/status")
# What wait4(2) tells begins with the size of the process that forked: only a look inside helps.
_PROGRAM = f"""
import atexit, sys
from pathlib import Path
report = Path(sys.argv.pop(1))
atexit.register(lambda: report.write_text(Path({str(_STATUS)!r}).read_text()))
from standpunkt.cli import app
app(prog_name="standpunkt")
"""


@dataclass(frozen=True)
class Done:
    """What came of a command: its exit code, what it wrote, and its largest size in MB."""

    code: int
    out: bytes
    error: str
    peak: float


def measured(*arguments: object, **environment: str) -> Done:
    """Run a command of ours to its end; skips the test where the system tells no sizes."""
    if not _STATUS.exists():
        pytest.skip("the size of a process is read from /proc")
    with NamedTemporaryFile("r") as report:
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, report.name, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": SOURCES, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        peak = re.search(r"VmHWM:\s+(\d+) kB", report.read())
    assert peak, done.stderr
    return Done(done.returncode, done.stdout, done.stderr.decode(), int(peak[1]) / 1024)
