"""What commands cost from the shell to their end, beside an empty program of the same library.

    python -m benchmarks.start [--rounds 15] [--write docs/architecture.md]

Programs take turns, so that a busy machine slows all of them; read the ratios rather than the
times. Instructions, which valgrind's callgrind counts, are free of noise. With `--write` the table
goes between the markers of that file, else to standard output.

`start.toml` beside this file has what a command may cost; `tests/test_start.py` holds it to that.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import marked

HERE = Path(__file__).parent
EMPTY = (str(HERE / "empty.py"),)
_STANDPUNKT = ("-m", "standpunkt")
# What comes after `python`; the first is what the others are measured by.
PROGRAMS: dict[str, Sequence[str]] = {
    "an empty typer program": EMPTY,
    "`standpunkt ask who-advocates`": (*_STANDPUNKT, "ask", "who-advocates"),
    "`standpunkt ask`": (*_STANDPUNKT, "ask"),
    "`standpunkt show mike-lee --asserted`": (*_STANDPUNKT, "show", "mike-lee", "--asserted"),
    "`standpunkt --help`": (*_STANDPUNKT, "--help"),
    "`import typer`": ("-c", "import typer"),
    "`pass`": ("-c", "pass"),
}
_REFERENCES = re.compile(r"refs:\s+([0-9,]+)")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: seconds by the clock, and seconds of processors, also in the system."""

    wall: float
    processor: float


def environment(cache: Path) -> dict[str, str]:
    """Give the variables of a run: hashes are the same each time, and bytecode is kept.

    An installed package has its bytecode; that of a checkout goes to the folder `cache`.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "STANDPUNKT", "TYPER"))
    }
    paths = [str(HERE.parent / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONPYCACHEPREFIX": str(cache),
    }


def cost(program: Sequence[str], variables: Mapping[str, str]) -> Cost:
    """Run Python to its end, with its output in a pipe; raises `RuntimeError` where that fails."""
    begin = time.perf_counter()
    with subprocess.Popen(  # noqa: S603  one of `PROGRAMS`
        [sys.executable, *program],
        env=dict(variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdout:
            process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode:
        raise RuntimeError(f"{' '.join(program)} ends with {process.returncode}")
    return Cost(wall, used.ru_utime + used.ru_stime)


def instructions(program: Sequence[str], variables: Mapping[str, str]) -> int:
    """Count the instructions of a run of Python; needs valgrind, and takes 50 times the time.

    Raises `RuntimeError` where the run fails.
    """
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable]
    run = subprocess.run(  # noqa: S603  as above
        [*command, *program], env=dict(variables), capture_output=True, text=True, check=False
    )
    counted = _REFERENCES.search(run.stderr)
    if run.returncode or counted is None:
        raise RuntimeError(run.stderr[-1000:])
    return int(counted[1].replace(",", ""))


def measure(rounds: int, programs: Mapping[str, Sequence[str]] = PROGRAMS) -> dict[str, list[Cost]]:
    """Run each program in turn, so many rounds, after one that does not count."""
    with TemporaryDirectory() as cache:
        variables = environment(Path(cache))
        taken: dict[str, list[Cost]] = {name: [] for name in programs}
        for turn in range(rounds + 1):
            for name, program in programs.items():
                each = cost(program, variables)
                if turn:
                    taken[name].append(each)
    return taken


def counted(programs: Mapping[str, Sequence[str]] = PROGRAMS) -> dict[str, int]:
    """Count the instructions of each program; none where there is no valgrind."""
    if shutil.which("valgrind") is None:
        return {}
    with TemporaryDirectory() as cache:
        variables = environment(Path(cache))
        for program in programs.values():
            cost(program, variables)  # writes the bytecode
        return {name: instructions(program, variables) for name, program in programs.items()}


def table(taken: Mapping[str, Sequence[Cost]], counts: Mapping[str, int]) -> str:
    """Write medians in Markdown, each with the median of its ratios to the first program."""
    first = next(iter(taken))
    lines = [
        "| program | wall | ratio | processor | ratio | instructions | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, costs in taken.items():
        cells = [name]
        for what in ("wall", "processor"):
            values = [getattr(each, what) for each in costs]
            others = [getattr(each, what) for each in taken[first]]
            ratio = median(a / b for a, b in zip(values, others, strict=True))
            cells += [f"{median(values) * 1000:.0f} ms", f"{ratio:.2f}"]
        if counts:
            cells += [f"{counts[name] / 1e6:.0f} M", f"{counts[name] / counts[first]:.2f}"]
        lines.append(f"| {' | '.join([*cells, *[''] * (7 - len(cells))])} |")
    today = datetime.now(UTC).date()
    packages = ", ".join(f"{name} {version(name)}" for name in ("typer", "pydantic", "pyoxigraph"))
    machine = f"Python {platform.python_version()}, {packages}, {os.cpu_count()} cores"
    lines += ["", f"Measured on {today} with {machine}, by `python -m benchmarks.start`."]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all programs, and write the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.start", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--rounds", type=int, default=15, help="runs of each program")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into a page")
    options = parser.parse_args(arguments)
    written = table(measure(options.rounds), counted())
    marked.hand_over(written, "benchmarks.start", options.write)


if __name__ == "__main__":
    main()
