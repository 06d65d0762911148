"""Requests a second: each server with the same dossier, and the same eight clients of `wrk`.

The clients run on the machine of the server, which is the same for all.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from benchmarks import peers
from benchmarks.contest import Command, Place, environment
from benchmarks.measure import Started, Taken

_CLIENTS = 8
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
# A few rows about one node.
_NODE = "<https://w3id.org/standpunkt/id/person-mike-lee>"
_QUERY = f"SELECT ?s ?p WHERE {{ ?s ?p {_NODE} }} ORDER BY ?s ?p LIMIT 20"


@dataclass(frozen=True)
class Server:
    """A server in a contest: how it is started, and the path that is asked."""

    name: str
    role: str
    command: Callable[[Place, int], Command]
    path: str
    needs: str = ""
    note: str = ""
    accept: str = "application/sparql-results+json"

    @property
    def is_there(self) -> bool:
        """Tell whether the server and `wrk` are installed."""
        needed = ("wrk", self.needs) if self.needs else ("wrk",)
        return all(os.path.exists(each) or shutil.which(each) for each in needed)  # noqa: PTH110


def _standpunkt(place: Place, port: int) -> Command:
    return [
        sys.executable, "-m", "standpunkt", "serve",
        "--port", str(port), "--dossier", place.dossier,
    ]  # fmt: skip


_ASKED = f"?query={quote(_QUERY)}"
SERVERS = {
    "sparql": (
        Server("standpunkt serve", "ours", _standpunkt, f"/sparql{_ASKED}"),
        Server(
            "oxigraph serve",
            "floor",
            lambda p, port: [
                peers.OXIGRAPH, "serve-read-only", "--location", p.store,
                "--bind", f"127.0.0.1:{port}", "--union-default-graph",
            ],
            f"/query{_ASKED}",
            str(peers.OXIGRAPH),
            "the same engine, in Rust, without a limit on what a query may take",
        ),
        Server(
            "Fuseki",
            "peer",
            lambda p, port: [
                "java", "-jar", peers.JENA, "--localhost", "--port", str(port),
                "--file", p.text, "/ds",
            ],
            f"/ds/query{_ASKED}",
            str(peers.JENA),
        ),
        Server(
            "rdflib-endpoint",
            "peer",
            lambda p, port: [
                peers.PYTHON.with_name("rdflib-endpoint"), "serve", p.text,
                "--host", "127.0.0.1", "--port", str(port),
            ],
            f"/{_ASKED}",
            str(peers.PYTHON.with_name("rdflib-endpoint")),
        ),
    ),
    "pages": (
        Server(
            "standpunkt serve", "ours", _standpunkt, "/id/person-mike-lee",
            accept="text/html,application/xhtml+xml,*/*;q=0.8",
        ),
    ),
}  # fmt: skip


def load(server: Server, place: Place, seconds: float, patience: float) -> Taken:
    """Start a server, ask it as fast as it answers, and give the seconds for one request.

    `patience` is how long it may take until it answers for the first time.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}{server.path}"
    with TemporaryDirectory(prefix="benchmarks-") as folder:
        started = Started(server.command(place, port), Path(folder), environment())
        try:
            if not _answers(url, server.accept, started, patience):
                over = started.is_alive
                return Taken(patience, 0, 0, is_over=over, error="" if over else "it ended")
            _wrk(url, server.accept, 1)
            said = _wrk(url, server.accept, seconds)
        finally:
            started.end(10)
        report = started.report
    rate, refused = _RATE.search(said), _REFUSED.search(said)
    if rate is None or refused or not float(rate[1]):
        return Taken(0, 0, 0, error=refused[0] if refused else "no answer")
    return Taken(1 / float(rate[1]), report.get("cpu", 0), report.get("memory", 0))


def _wrk(url: str, accept: str, seconds: float) -> str:
    done = subprocess.run(  # noqa: S603  the harness's own
        ["wrk", "-t1", f"-c{_CLIENTS}", f"-d{seconds:g}s", "-H", f"Accept: {accept}", url],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def _answers(url: str, accept: str, started: Started, patience: float) -> bool:
    begun = time.monotonic()
    request = urllib.request.Request(url, headers={"Accept": accept})  # noqa: S310  it is local
    while time.monotonic() - begun < patience and started.is_alive:
        try:
            with urllib.request.urlopen(request, timeout=patience) as answer:  # noqa: S310
                answer.read()
                return True
        except OSError:
            time.sleep(0.2)
    return False


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
