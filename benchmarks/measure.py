"""One process, measured: how long it takes, how much memory it needs at most, what it answers.

Memory is the resident set's peak, as the kernel counts it for the process (`wait4`), and is a whole
program's: the interpreter, the libraries, the triples.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Reader = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process took: seconds by the clock and of the processors, bytes, and its answer.

    `is_over` where it was ended at its limit, and `error` where it failed: the last that it said.
    `each` are the seconds of each part, where the program says them.
    """

    seconds: float
    cpu: float
    memory: int
    answer: object = None
    is_over: bool = False
    error: str = ""
    each: dict[str, float] = field(default_factory=dict)


class Started:
    """A program that runs, in a session of its own."""

    def __init__(
        self,
        command: Sequence[str | Path],
        folder: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start a program, with a folder for what it says."""
        self._folder = folder
        launcher = Path(__file__).with_name("launch.py")
        parts = (sys.executable, "-S", "-E", launcher, folder / "report", *command)
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            self._process = subprocess.Popen(  # noqa: S603  the harness's own
                [str(part) for part in parts],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=folder,
                env=environment,
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        """Tell whether it has not ended."""
        return self._process.poll() is None

    def end(self, patience: float) -> None:
        """Tell it to end, and after some seconds make it end."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._signal(signal.SIGKILL)
        self._process.wait()

    def finish(self, limit: float) -> bool:
        """Wait until it ends; tell whether it did, and make it end where it did not."""
        try:
            self._process.wait(limit)
        except subprocess.TimeoutExpired:
            return False
        finally:
            self._signal(signal.SIGKILL)
            self._process.wait()
        return True

    @property
    def report(self) -> dict[str, Any]:
        """Give what the launcher says: code, seconds, cpu, memory; empty where it was killed."""
        path = self._folder / "report"
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}

    def said(self, channel: str) -> str:
        """Give what it wrote to `out` or `err`."""
        return (self._folder / channel).read_bytes().decode("utf-8", "replace")

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def run(
    command: Sequence[str | Path],
    *,
    limit: float,
    read: Reader,
    environment: Mapping[str, str] | None = None,
    expected: Sequence[int] = (0,),
) -> Taken:
    """Run a command to its end or its limit in seconds.

    Where its output ends with a JSON object with `seconds`, the program took its own time, and that
    is it: so what is warm is measured. `read` gives the answer that the output has in it.
    `expected` are the exit codes that are no failure.
    """
    with TemporaryDirectory(prefix="benchmarks-") as folder:
        started = Started(command, Path(folder), environment)
        in_time = started.finish(limit)
        report = started.report
        if not in_time:
            return Taken(limit, 0, 0, is_over=True)
        if not report:
            return Taken(0, 0, 0, error="its launcher was killed")
        out, err = started.said("out"), started.said("err")
    cpu, memory = report["cpu"], report["memory"]
    if report["code"] not in expected:
        lines = [line for text in (out, err) for line in text.splitlines() if line.strip()]
        error = (lines or [f"exit code {report['code']}"])[-1][:200]
        return Taken(report["seconds"], cpu, memory, error=error)
    own = said_last(out)
    seconds = own.get("seconds", report["seconds"])
    return Taken(seconds, cpu, memory, read(out), each=own.get("each", {}))


def said_last(output: str) -> dict[str, Any]:
    """Give the JSON object that a program ends its output with, or an empty one."""
    last = output.rstrip().rpartition("\n")[2]
    if not last.startswith("{"):
        return {}
    try:
        found = json.loads(last)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
