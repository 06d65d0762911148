"""The server under load, for two seconds: `python -m benchmarks.load` takes a minute."""

import shutil
from pathlib import Path

import pytest

from benchmarks import load

linux = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="Linux has the memory of a process in /proc"
)


@linux
def test_a_server_under_load_gives_no_other_answer_than_announced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pages and queries are answered as announced, and SIGTERM lets a running query finish."""
    if shutil.which("wrk") is None:
        pytest.skip("wrk is missing: apt-get install wrk")
    # Each is asked once before, and most pages then wait for what follows.
    monkeypatch.setattr(load, "PAGES", ("/search", "/static/standpunkt.css"))
    monkeypatch.setattr(load, "questions", lambda _: [])
    monkeypatch.setattr(load, "HEAVY", "SELECT (COUNT(*) AS ?n) WHERE { ?a a ?b . ?d ?e ?f }")
    server = load.Server(["--workers", "3"])
    try:
        lines, wrong = load.load(server, clients=4, seconds=2)
        wrong += load.end(server)
    finally:
        server.process.kill()
    assert [fault for fault in wrong if "grows" not in fault] == []  # two seconds tell nothing
    kinds = [line.split("|")[1].strip() for line in lines if line]
    assert {"pages", "queries", "heavy queries", "server", "worker"} <= set(kinds)
    assert all(" 200" in line for line in lines if line.startswith(("| pages", "| queries")))


def test_what_was_not_announced_is_told() -> None:
    """A status beside the announced ones, and a connection that breaks, are no success."""
    wrong: list[str] = []
    statuses = {"200": 5, "304": 1, "429": 1, "500": 2, "broken": 3, "504": 1}
    line = load.row("pages", load.Figures(1000, 2000, 2, statuses), wrong)
    assert line == ("| pages | 6 | 1 ms | 2 ms | 5 200, 1 304, 1 429, 2 500, 1 504, 3 broken |")
    assert wrong == ["pages: 2 answers are 500", "pages: 3 answers are broken"]


def test_memory_that_grows_is_told() -> None:
    """A tenth more than in the second quarter of the time is too much."""
    wrong: list[str] = []
    sizes = [{"server": 10**8 + 10**6 * second, "worker": 5 * 10**7} for second in range(60)]
    lines = list(load.memory_rows(sizes, wrong))
    assert lines[2:] == ["| server | 122 MB | 152 MB |", "| worker | 50 MB | 50 MB |"]
    assert wrong == ["the server grows from 122 MB to 152 MB"]
