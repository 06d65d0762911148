"""`standpunkt serve` as a process, and what is sent to it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from email.message import Message
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}


class Reply(NamedTuple):
    """An answer, read to its end."""

    status: int
    headers: Message
    body: bytes


class Server:
    """A running server."""

    def __init__(self, *arguments: str) -> None:
        """Start a server and wait until it is ready."""
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        assert self.process.stderr is not None
        self.first_line = self.process.stderr.readline()
        found = re.match(r"http://(127\.0\.0\.1):(\d+)/", self.first_line)
        assert found, self.first_line
        self.host, self.port = found[1], int(found[2])
        self.url = f"http://{self.host}:{self.port}"

    def get(self, query: str) -> Reply:
        """Send a query and read the answer to its end."""
        return self.ask("GET", f"/sparql?query={quote(query)}")

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a request and read the answer to its end."""
        with closing(http.client.HTTPConnection(self.host, self.port, timeout=30)) as connection:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())

    def raw(self, request: bytes, timeout: float = 30) -> bytes:
        """Send bytes, and give all that comes until the server hangs up."""
        with socket.create_connection((self.host, self.port), timeout) as connection:
            received = b""
            with suppress(ConnectionError):  # what the server does not read, it resets
                connection.sendall(request)
                while piece := connection.recv(65536):
                    received += piece
            return received

    def begin(self, query: str) -> socket.socket:
        """Send a query and do not wait for the answer."""
        connection = socket.create_connection((self.host, self.port), 30)
        connection.sendall(request(query))
        return connection

    def workers(self) -> list[int]:
        """List the processes that the server has started."""
        pid = self.process.pid
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Send a signal, and give the exit code and what was written to standard error."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=30)
        assert output == ""
        return self.process.returncode, errors


def request(query: str, version: str = "1.1") -> bytes:
    """Write a request."""
    path = f"/sparql?query={quote(query)}"
    return f"GET {path} HTTP/{version}\r\nHost: x\r\nConnection: close\r\n\r\n".encode()


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Run `standpunkt serve` at a free port."""
    server = Server("-m", "standpunkt", "serve", "--port", "0", *options)
    try:
        yield server
    finally:
        server.end()
