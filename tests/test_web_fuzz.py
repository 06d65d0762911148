"""The server and requests that no client would send; `python -m benchmarks.fuzz` sends more."""

import socket
from http.client import HTTPResponse
from threading import Thread

import pytest

from benchmarks import fuzz


def test_no_request_is_a_bug() -> None:
    """Whatever is sent, no answer is 500, nothing of it gets into a header, and the server lives.

    At the end it terminates with 0, and there is no traceback in its log.
    """
    with fuzz.running() as (port, _):
        fuzz.fuzz(port, 60)


def test_a_body_that_ends_midway_holds_no_connection() -> None:
    """Who got an answer before the body was there, and sends only some of it, is hung up on."""
    head = b"PUT /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 150000\r\n\r\n"
    with (
        fuzz.running() as (port, _),
        socket.create_connection(("127.0.0.1", port), timeout=20) as connection,
    ):
        connection.sendall(head)
        answer = HTTPResponse(connection)
        answer.begin()
        answer.read()
        connection.sendall(b"x" * 1000)
        assert (answer.status, connection.recv(1)) == (404, b"")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 500 x\r\nContent-Length: 0\r\n\r\n", "500 to"),
        (b"HTTP/1.1 200 x\r\nContent-Length: 0\r\n\r\n", "no headers of safety"),
        (b"HTTP/1.1 404 x\r\nX-Injected: yes\r\nContent-Length: 0\r\n\r\n", "x-injected"),
        (
            (
                b"HTTP/1.1 200 x\r\nContent-Security-Policy: x\r\nLocation: //evil.example\r\n"
                b"Content-Length: 0\r\n\r\n"
            ),
            "evil",
        ),
    ],
)
def test_a_server_that_fails_is_found(answer: bytes, said: str) -> None:
    """The fuzzer tells an answer that must not be."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        serving = Thread(target=serve)
        serving.start()
        sending = fuzz.Sending((b"GET / HTTP/1.1\r\n\r\n",), ("GET",))
        with pytest.raises(fuzz.FuzzError, match=said):
            fuzz.check("127.0.0.1", listening.getsockname()[1], sending)
        serving.join()
