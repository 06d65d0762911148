"""`standpunkt serve` as a process: it starts, keeps its bounds, and ends as it is told to."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from serving import ENVIRONMENT, ROOT, Reply, Server, request, serving
from standpunkt.web.limits import Limits

LAWS = "SELECT ?law WHERE { ?law a spk:Law } ORDER BY ?law"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
# Some seconds of work at most, on any machine.
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f }"
# A result that begins, and whose rows come slowly.
STALLING = """SELECT * WHERE {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i
  FILTER(STRSTARTS(SHA512(CONCAT(STR(?a), STR(?d), STR(?g))), "0"))
}"""
# A server with bounds that the command line has no option for.
SMALL = """
import sys
from standpunkt import Dossier
from standpunkt.web import app, server
from standpunkt.web.limits import Limits

limits = Limits(slowness=0.5, workers=1, timeout=5)
with server.bind("127.0.0.1", 0) as listening:
    url = server.address(listening)
    application = app.create_app(Dossier.shipped(), address=url, limits=limits)
    server.serve(application, listening, limits, access_log=False,
                 ready=lambda: print(url + "/", file=sys.stderr, flush=True))
"""

posix = pytest.mark.skipif(os.name != "posix", reason="signals are a thing of Unix")
linux = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="Linux lists the children of a process in /proc"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Give a server whose queries have a second."""
    with serving("--timeout", "1") as server:
        yield server


def serve(*options: str) -> subprocess.CompletedProcess[str]:
    """Run `standpunkt serve` where it cannot start."""
    return subprocess.run(
        [sys.executable, "-m", "standpunkt", "serve", *options],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def gone(pid: int) -> bool:
    """Wait for the end of a process; `False` where it does not come."""
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        try:
            if stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


# --- Starting ------------------------------------------------------------------------------------


def test_it_listens_on_loopback_and_says_where(server: Server) -> None:
    """The address is on standard error, and is one of this machine only."""
    assert server.first_line == f"{server.url}/ serves {ROOT}; Ctrl-C stops it\n"
    response = server.get(LAWS)
    assert response.status == 200
    assert json.loads(response.body)["results"]["bindings"]


def test_it_is_ready_in_under_a_second() -> None:
    """It is ready, with an answer, in less than a second where an empty program takes 10 ms.

    That is told as a ratio of times on the processor, since other programs may be running.
    """
    resource = pytest.importorskip("resource", reason="times of processes are a thing of Unix")

    def seconds(task: Callable[[], None]) -> float:
        times: list[float] = []
        for _ in range(3):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            task()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(times)

    def nothing() -> None:
        subprocess.run([sys.executable, "-c", "pass"], check=True)

    def serve_once() -> None:
        with serving("--workers", "1") as server:
            assert server.get("ASK {}").status == 200

    assert seconds(serve_once) < 100 * seconds(nothing)


@linux
def test_options_bound_workers_and_rows() -> None:
    """So many workers run, and so many rows come."""
    with serving("--workers", "3", "--max-rows", "7") as server:
        assert len(server.workers()) == 3
        assert server.get("SELECT * WHERE { ?s ?p ?o } LIMIT 7").status == 200
        response = server.get("SELECT * WHERE { ?s ?p ?o }")
        assert response.body == b"the result has more than 7 rows; ask with a LIMIT\n"


def test_a_port_that_is_taken_is_one_line(server: Server) -> None:
    """Exit code 2, with the port and the way out."""
    result = serve("--port", str(server.port))
    assert result.returncode == 2
    assert result.stderr == (
        f"error: cannot serve at '127.0.0.1', port {server.port}:"
        " Address already in use; give another --port\n"
    )


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may listen anywhere"
)
def test_a_port_that_is_not_allowed_is_one_line() -> None:
    """Exit code 2: ports below 1024 may be the system's."""
    result = serve("--port", "1")
    assert result.returncode == 2
    assert result.stderr.startswith("error: cannot serve at '127.0.0.1', port 1: ")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        (["--host", "nowhere.invalid"], "error: cannot serve at 'nowhere.invalid', port 8000: "),
        (["--host", "192.0.2.1"], "error: cannot serve at '192.0.2.1', port 8000: "),
        (["--port", "70000"], "error: Invalid value for '--port': Input should be less"),
        (["--timeout", "0"], "error: Invalid value for '--timeout': Input should be greater"),
        (["--workers", "0"], "error: Invalid value for '--workers': Input should be greater"),
        (["--max-rows", "0"], "error: Invalid value for '--max-rows': Input should be greater"),
        (["--url", "foo"], "error: 'foo' is no address of a site (https://example.org/path)"),
        (["--articles", "nowhere"], "error: there is no folder 'nowhere' with articles"),
        (["--dossier", "nowhere"], "error: there is no folder 'nowhere'; a dossier is"),
    ],
)
def test_what_cannot_be_served_is_one_line(options: list[str], error: str) -> None:
    """Exit code 2, with the bad value."""
    result = serve(*options)
    assert result.returncode == 2
    assert result.stderr.startswith(error)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "jinja2"])
def test_a_missing_extra_is_one_line(package: str) -> None:
    """Without the extra the line says how to install it."""
    code = f"import sys; sys.modules[{package!r}] = None; from standpunkt.cli import app; app()"
    result = subprocess.run(
        [sys.executable, "-c", code, "serve"],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr == (
        f"error: {package} is not installed; install it with: pip install 'standpunkt[serve]'\n"
    )


def test_a_file_that_cannot_be_read_is_one_line(folder: Path) -> None:
    """A dossier is read before it is served, and its mistakes have file, line and column."""
    path = folder / "graph" / "articles.ttl"
    path.write_text("id:x a spk:Person .\n", encoding="utf-8")
    result = serve("--dossier", str(folder), "--port", "0")
    assert result.returncode == 2
    assert result.stderr.startswith(f"error: {path}:1:1: ")


def test_other_commands_load_no_server() -> None:
    """Who asks on the command line does not pay for the packages of the extra."""
    code = (
        "import standpunkt.cli, sys;"
        "print(*{'h11', 'jinja2', 'starlette', 'standpunkt.web', 'uvicorn'} & sys.modules.keys())"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert found.stdout == "\n"


# --- Bounds --------------------------------------------------------------------------------------


def test_a_query_that_takes_too_long_is_504(server: Server) -> None:
    """Nothing has been sent, so the status says it."""
    response = server.get(ENDLESS)
    assert response.status == 504
    assert response.body == b"the query takes more than 1 seconds\n"


def test_a_result_that_takes_too_long_is_broken_off(server: Server) -> None:
    """What has begun ends without the last chunk: no client takes it for the whole."""
    received = server.raw(request(STALLING))
    assert received.startswith(b"HTTP/1.1 200 ")
    assert b"transfer-encoding: chunked" in received.lower()
    assert len(received) > 65536
    assert not received.endswith(b"\r\n0\r\n\r\n")
    with pytest.raises(http.client.IncompleteRead):
        server.get(STALLING)


def test_a_result_that_takes_too_long_has_its_status_in_http_1_0(server: Server) -> None:
    """HTTP/1.0 has no chunks, so that nothing is sent before the end is known."""
    assert server.raw(request(STALLING, "1.0")).startswith(b"HTTP/1.1 504 ")
    whole = server.raw(request("SELECT * WHERE { ?s ?p ?o }", "1.0"))
    head, _, body = whole.partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head
    json.loads(body)


def test_a_whole_result_has_its_last_chunk(server: Server) -> None:
    """A result of many pieces arrives whole."""
    received = server.raw(request("SELECT * WHERE { ?new ?p ?o }"))  # no other test has asked it
    assert len(received) > 65536
    assert received.endswith(b"\r\n0\r\n\r\n")


def test_no_free_worker_is_429() -> None:
    """When all workers are busy, a client is told to come again, and when."""
    with serving("--timeout", "8") as server:
        begun = [server.begin(ENDLESS) for _ in range(Limits().workers)]
        time.sleep(0.5)
        response = server.get(LAWS)
        assert response.status == 429
        assert int(response.headers["Retry-After"]) > 0
        assert response.body == b"other queries keep the server busy; ask again in a moment\n"
        for connection in begun:
            connection.close()


def test_who_goes_away_frees_the_worker() -> None:
    """A query whose client has gone is not computed on."""
    with serving("--timeout", "60") as server:
        for _ in range(Limits().workers):
            server.begin(ENDLESS).close()
        for _ in range(Limits().workers):
            stalled = server.begin(STALLING)
            stalled.recv(10)
            stalled.close()
        begun = time.monotonic()
        response = server.get(LAWS)
        assert response.status == 200
        assert time.monotonic() - begun < 10


def test_who_does_not_read_is_left() -> None:
    """A client that takes nothing of its result holds a worker no longer than the time-out."""
    with serving("--timeout", "1") as server:
        large = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
        begun = [server.begin(large) for _ in range(Limits().workers)]
        time.sleep(1.5)
        assert server.get(LAWS).status == 200
        for connection in begun:
            connection.close()


@linux
def test_memory_of_the_server_is_bounded(server: Server) -> None:
    """A large result goes through the server in pieces: it does not grow by the result."""

    def resident() -> int:
        status = Path(f"/proc/{server.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) << 10

    assert server.get(LAWS).status == 200
    before = resident()
    response = server.get("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 60000")
    assert len(response.body) > 20 << 20
    assert resident() - before < 10 << 20


def test_slow_and_large_requests_end() -> None:
    """The head and the body of a request have a time, and the head a size; others are answered."""
    server = Server("-c", SMALL)
    try:
        begun = time.monotonic()
        assert server.raw(b"GET / HTTP/1.1\r\nHost: ") == b""
        assert server.raw(b"") == b""
        assert time.monotonic() - begun < 10
        head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        slow = server.raw(head + b"Content-Length: 10\r\n\r\nASK")
        assert slow.startswith(b"HTTP/1.1 408 ")
        large = server.raw(b"GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + b"x" * (300 << 10))
        assert large == b"" or large.startswith(b"HTTP/1.1 4")
        assert server.raw(b"\x16\x03\x01 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        declared = server.raw(head + b"Content-Length: 99999999\r\n\r\n" + b"x" * (200 << 10))
        assert declared == b"" or declared.startswith(b"HTTP/1.1 413 ")
        assert server.get(LAWS).status == 200
    finally:
        assert server.end()[0] == 0


@posix
@pytest.mark.parametrize(
    "request_",
    [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nASK",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HEAD / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        request(STALLING).replace(b"Connection: close", b"Transfer-Encoding: chunked") + b"zz\r\n",
        request("DESCRIBE id:org-nato").replace(b"Connection: close", b"Content-Length: 3")
        + b"ASKx",
    ],
    ids=["no end", "no chunk", "no chunk, no body", "an answer that has begun", "more than all"],
)
def test_what_is_no_http_leaves_no_traceback(request_: bytes) -> None:
    """A request that breaks off or turns into nonsense ends the connection, and no more."""
    with serving("--timeout", "1", "--workers", "1") as server:
        with socket.create_connection((server.host, server.port), 30) as connection:
            connection.sendall(request_)
            if not request_.endswith(b"ASK"):
                assert connection.recv(12) in {b"", b"HTTP/1.1 400", b"HTTP/1.1 200"}
        assert server.get(LAWS).status == 200
        code, errors = server.end()
    assert (code, [line for line in errors.splitlines() if "broken off" not in line]) == (0, [])


# --- Ending --------------------------------------------------------------------------------------


@posix
@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_running_answers_finish(number: int) -> None:
    """The answer that is being computed comes whole, then the server and its workers end with 0.

    The signal goes to the whole group of processes, as a terminal and systemd send it.
    """
    with serving("--timeout", "30") as server:
        workers = server.workers()
        assert len(workers) == Limits().workers
        answers: list[Reply] = []
        asking = threading.Thread(target=lambda: answers.append(server.get(SLOW)))
        asking.start()
        time.sleep(0.3)
        os.killpg(server.process.pid, number)
        asking.join()
        assert answers[0].status == 200
        assert json.loads(answers[0].body)["results"]["bindings"]
        code, errors = server.end()
        assert (code, errors) == (0, "")
        assert all(gone(worker) for worker in workers)
        with pytest.raises(OSError, match="refused"):
            server.get(LAWS)


@posix
def test_a_second_interrupt_does_not_wait() -> None:
    """Who presses Ctrl-C twice does not wait for a query."""
    with serving("--timeout", "60") as server, server.begin(ENDLESS):
        time.sleep(0.5)
        begun = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        code, errors = server.end(signal.SIGINT)
        assert time.monotonic() - begun < 20
        assert (code, errors) == (0, "")


@posix
@linux
def test_workers_do_not_outlive_the_server() -> None:
    """Where the server is killed, its workers end, also amid a query."""
    with serving("--timeout", "60") as server, server.begin(ENDLESS):
        time.sleep(0.5)
        workers = server.workers()
        server.process.kill()
        assert all(gone(worker) for worker in workers)


@posix
@linux
def test_a_worker_that_dies_is_replaced() -> None:
    """Where the system kills workers that idle, the next query gets a new one."""
    with serving() as server:
        before = server.workers()
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.3)
        assert server.get(LAWS).status == 200
        assert not set(before) & set(server.workers())


# --- Logs ----------------------------------------------------------------------------------------


@posix
def test_the_log_has_requests_where_they_are_asked_for() -> None:
    """By default a request leaves no trace; an answer that is broken off does."""
    with serving("--timeout", "1") as silent:
        assert silent.get(LAWS).status == 200
        silent.raw(request(STALLING))
        errors = silent.end()[1]
    assert errors.splitlines()[0].endswith(
        "WARNING an answer was broken off: the query takes more than 1 seconds"
    )
    assert errors.count("\n") == 1
    with serving("--access-log") as telling:
        assert telling.get("ASK {} #\r\n# forged").status == 200
        assert telling.ask("GET", "/health", headers={"X-Forwarded-For": "192.0.2.7"}).status == 200
        errors = telling.end()[1]
    assert re.search(r'INFO 127\.0\.0\.1:\d+ - "GET /sparql\?query=\S+ HTTP/1\.1" 200\n', errors)
    assert re.search(r'INFO 192\.0\.2\.7:\d+ - "GET /health HTTP/1\.1" 200\n', errors)
    assert errors.count("\n") == 2
