"""Puts a server under load for a minute: `python -m benchmarks.load --help`.

64 clients of `wrk` (the Debian package has that name) read pages and ask queries as fast as they
get answers, while a heavy query comes each second. Pages and saved questions come again and again,
other queries are new each time. No answer may be another than 200, 304 and the
announced 429 and 504; the memory of the server and of its workers may not grow; and SIGTERM, sent
amid a query, lets that finish.
"""

import argparse
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks import marked
from standpunkt.dossier import Dossier
from standpunkt.question import questions

ROOT = Path(__file__).parents[1]
ANNOUNCED = {"200", "304", "429", "504"}
PAGES = (
    "/",
    "/figures",
    "/id/article-a",
    "/id/org-nato",
    "/id/person-mike-lee",
    "/matrix",
    "/network",
    "/ns",
    "/search?q=nato",
    "/static/standpunkt.css",
    "/timeline",
)
QUERIES = (
    "SELECT ?law WHERE { ?law a spk:Law } ORDER BY ?law",
    "SELECT * WHERE { ?s ?p ?o } LIMIT 1000",
    "SELECT ?class (COUNT(*) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n)",
    "DESCRIBE id:org-nato",
    "ASK { ?s spk:speaker id:person-mike-lee }",
)
# Some seconds of work.
HEAVY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"
_BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"
# How much more memory than in the second quarter of the time there may be in the last.
_GROWTH = 1.1
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to."""

    status: int
    tag: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How requests of a kind were answered: times in microseconds, and how often each status."""

    p50: float
    p99: float
    seconds: float
    statuses: dict[str, int]


class Server:
    """A running server, and what it is known by."""

    def __init__(self, options: Sequence[str]) -> None:
        """Start a server at a free port, and wait until it is ready."""
        self.process = subprocess.Popen(  # noqa: S603  it is ours
            [sys.executable, "-m", "standpunkt", "serve", "--port", "0", *options],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stderr is not None  # noqa: S101  it is a pipe
        first = self.process.stderr.readline()
        found = re.match(r"http://([\d.]+):(\d+)/", first)
        if found is None:
            sys.exit(first + self.process.stderr.read())
        self.host, self.port = found[1], int(found[2])

    def ask(self, path: str, accept: str = "*/*") -> Answer:
        """Send a request and read the answer to its end."""
        begin = time.perf_counter()
        with closing(HTTPConnection(self.host, self.port, timeout=_PATIENCE)) as connection:
            headers = {"Accept": accept, "Accept-Encoding": "gzip"}
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
        tag = answer.headers.get("ETag", "")
        return Answer(answer.status, tag, time.perf_counter() - begin)

    def memory(self) -> dict[str, int]:
        """Give the resident memory in bytes: of the server, and of its largest worker."""
        pid = self.process.pid
        tasks = Path(f"/proc/{pid}/task").iterdir()
        workers = [each for task in tasks for each in (task / "children").read_text().split()]
        return {
            "server": _resident(str(pid)),
            "worker": max((_resident(worker) for worker in workers), default=0),
        }


def _resident(pid: str) -> int:
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:  # it was killed meanwhile
        return 0
    return int(found[1]) << 10 if found else 0


def _path(query: str) -> str:
    return f"/sparql?query={quote(query)}"


def _requests(server: Server, kind: str) -> Iterator[str]:
    """Write requests as `load.lua` reads them, each with and without the tag of its answer."""
    saved = questions(Dossier.shipped())
    asked = [_path(question.text) for question in saved]
    asked += [f"{_path(f'{query} # ')}*" for query in QUERIES]
    shown = [*PAGES, *(f"/questions/{question.name}" for question in saved)]
    paths, accept = (shown, _BROWSER) if kind == "pages" else (asked, "*/*")
    for path in paths:
        if path.endswith("*"):  # nobody has the answer of these
            yield f"{path}\t{accept}\t"
            continue
        answer = server.ask(path, accept)
        yield f"{path}\t{accept}\t"
        if answer.tag:
            yield f"{path}\t{accept}\t{answer.tag}"


def _wrk(server: Server, requests: Path, clients: int, seconds: int) -> "subprocess.Popen[str]":
    script = str(Path(__file__).with_suffix(".lua"))
    url = f"http://{server.host}:{server.port}"
    amount = ["-t1", f"-c{clients}", f"-d{seconds}s", f"--timeout={_PATIENCE:g}s"]
    return subprocess.Popen(  # noqa: S603  it is what is asked for
        ["wrk", *amount, "-s", script, url, "--", str(requests)],  # noqa: S607  wherever it is
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def load(server: Server, clients: int, seconds: int) -> tuple[list[str], list[str]]:
    """Put a server under load; give lines of a table with figures, and what went wrong."""
    wrong: list[str] = []
    lines = ["| | requests a second | p50 | p99 | answers |", "| --- | ---: | ---: | ---: | --- |"]
    memories: list[dict[str, int]] = []
    with TemporaryDirectory() as scratch, ThreadPoolExecutor(clients) as threads:
        running = {}
        files = {kind: Path(scratch) / kind for kind in ("pages", "queries")}
        for kind, file in files.items():
            file.write_text("\n".join(_requests(server, kind)), encoding="utf-8")
        for kind, file in files.items():
            running[kind] = _wrk(server, file, clients // 2, seconds)
        heavy: list[Future[Answer]] = []
        for second in range(seconds):
            heavy.append(threads.submit(server.ask, _path(f"{HEAVY} # {second}")))
            memories.append(server.memory())
            time.sleep(1)
        for kind, process in running.items():
            _, told = process.communicate()
            lines.append(row(kind, Figures(**json.loads(told)), wrong))
        answers = [each.result() for each in heavy]
    statuses = Counter(str(answer.status) for answer in answers)
    ordered = sorted(answer.seconds * 1e6 for answer in answers)
    of_heavy = Figures(median(ordered), ordered[-1], seconds, statuses)
    lines.append(row("heavy queries", of_heavy, wrong))
    lines += ["", *memory_rows(memories, wrong)]
    return lines, wrong


def row(kind: str, figures: Figures, wrong: list[str]) -> str:
    """Write figures as a row of a table; note answers that were not announced."""
    counts = {status: count for status, count in sorted(figures.statuses.items()) if count}
    wrong += [
        f"{kind}: {count} answers are {status}"
        for status, count in counts.items()
        if status not in ANNOUNCED
    ]
    listed = ", ".join(f"{count:,} {status}" for status, count in counts.items())
    rate = sum(counts.values()) / figures.seconds
    p50, p99 = figures.p50 / 1000, figures.p99 / 1000
    return f"| {kind} | {rate:,.0f} | {p50:,.0f} ms | {p99:,.0f} ms | {listed} |"


def memory_rows(memories: list[dict[str, int]], wrong: list[str]) -> Iterator[str]:
    """Write memory in bytes, second for second, as rows of a table; note what grows."""
    quarter = max(1, len(memories) // 4)
    yield "| memory | second quarter of the time | last quarter |"
    yield "| --- | ---: | ---: |"
    for name in ("server", "worker"):
        sizes = [memory[name] for memory in memories]
        early, late = (median(part) for part in (sizes[quarter : 2 * quarter], sizes[-quarter:]))
        if late > early * _GROWTH:
            wrong.append(f"the {name} grows from {early / 1e6:.0f} MB to {late / 1e6:.0f} MB")
        yield f"| {name} | {early / 1e6:.0f} MB | {late / 1e6:.0f} MB |"


def end(server: Server) -> list[str]:
    """End a server amid a heavy query; give what went wrong."""
    with ThreadPoolExecutor(1) as threads:
        last = threads.submit(server.ask, _path(HEAVY))
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        _, errors = server.process.communicate(timeout=_PATIENCE)
        status = last.result().status
    wrong = [f"log: {line}" for line in errors.splitlines() if "broken off" not in line]
    if status != 200:  # noqa: PLR2004  as everybody knows it
        wrong.append(f"the query that ran when it was told to end got {status}")
    if server.process.returncode:
        wrong.append(f"the exit code is {server.process.returncode}")
    return wrong


def _machine() -> str:
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    names = ("uvicorn", "starlette", "pyoxigraph")
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} by `python -m benchmarks.load`,"
        f" {os.cpu_count()} processors"
        f" ({model[1] if model else platform.machine()}), {platform.system()},"
        f" Python {platform.python_version()},"
        f" {', '.join(f'{name} {version(name)}' for name in names)}."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Put a server under load, write figures as tables in Markdown, and judge them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=main.__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into a page")
    parser.add_argument("options", nargs="*", help="of `standpunkt serve`, after --")
    options = parser.parse_args(arguments)
    if shutil.which("wrk") is None:
        sys.exit("error: wrk is not installed; on Debian: sudo apt-get install wrk")
    server = Server(options.options)
    try:
        lines, wrong = load(server, options.clients, options.seconds)
        wrong += end(server)
    finally:
        server.process.kill()
    marked.hand_over("\n".join([*lines, "", _machine()]), "benchmarks.load", options.write)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
