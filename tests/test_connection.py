"""HTTP that goes wrong: a server of the standard library that answers badly, one line for each."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

import pytest

from conftest import Run
from loopback import Loopback, Quiet
from servers import free_port
from standpunkt.connection import Connection, Credentials
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.errors import StoreError

pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")

JSON = "application/sparql-results+json"
YES = (200, {"Content-Type": JSON}, b'{"head": {}, "boolean": true}')
# A status, headers and a body; the text "drop" closes the connection without an answer.
Answer = tuple[int, dict[str, str], bytes]


class Fake(Loopback):
    """A server that gives prepared answers, one after the other, and the last one for ever."""

    def __init__(self, answers: list[Answer]) -> None:
        """Start it."""
        self.requests: list[tuple[str, dict[str, str]]] = []
        fake = self

        class Handler(Quiet, BaseHTTPRequestHandler):
            timeout: ClassVar[float] = 10

            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fake.requests.append((self.command, dict(self.headers)))
                status, headers, body = answers[min(len(fake.requests), len(answers)) - 1]
                if not status:
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                self.close_connection = "Content-Length" in headers

            do_GET = do_POST = do_PUT = answer  # noqa: N815  as the standard library names them

        super().__init__(Handler)


Serve = Callable[..., Fake]
DROP: Answer = (0, {}, b"")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Give a way to start such servers."""
    with ExitStack() as stack:
        yield lambda *answers: stack.enter_context(Fake(list(answers)))


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Collect the pauses in place of making them."""
    made: list[float] = []
    monkeypatch.setattr("standpunkt.connection.time.sleep", made.append)
    return made


def ask(url: str, credentials: Credentials | None = None, timeout: float = 5) -> object:
    """Ask a store whether it is there."""
    connection = Connection(credentials or Credentials(), timeout=timeout)
    return Endpoint(Addresses(url), connection).query("ASK {}")


def failure(url: str, credentials: Credentials | None = None, timeout: float = 5) -> str:
    """Give the line that such a question ends with."""
    with pytest.raises(StoreError) as raised:
        ask(url, credentials, timeout)
    return str(raised.value)


HTML = b"<html><head><title>x</title></head><body><h1>Oh</h1><p>no &amp; no</p></body></html>"


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ((403, {}, b""), "'{url}' refuses this (HTTP 403)"),
        (
            (404, {}, b"no such dataset"),
            "'{url}' knows no such address (HTTP 404): no such dataset",
        ),
        ((405, {}, b""), "'{url}' does not allow this: it may be read-only (HTTP 405)"),
        ((413, {}, b""), "'{url}' takes no request as large as this (HTTP 413)"),
        (
            (500, {"Content-Type": "text/html"}, HTML),
            "'{url}' answers with an error (HTTP 500): Oh no & no",
        ),
        (
            (302, {"Location": "http://anna:secret@127.0.0.1/?x=y"}, b""),
            "'{url}' redirects to 'http://127.0.0.1/': give that address, if it is the store's",
        ),
        (
            (200, {"Content-Type": "text/html"}, HTML),
            "'{url}' answers with 'text/html', not with a result of SPARQL: is it the store?",
        ),
        (
            (200, {}, b"hello"),
            "'{url}' answers with 'no media type', not with a result of SPARQL: is it the store?",
        ),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_a_refusal_is_one_line(serve: Serve, answer: Answer, line: str) -> None:
    """The line has the address, the status and what the server says, without its HTML."""
    fake = serve(answer)
    assert failure(fake.url) == line.format(url=fake.url)


def test_an_error_in_the_body_of_a_success_is_found(serve: Serve) -> None:
    """A result that ends in the words of an error is no result."""
    body = b'{"head": {"vars": ["s"]}, "results": {"bindings": [The operation has been cancelled'
    line = failure(serve((200, {"Content-Type": JSON}, body)).url)
    assert "is cut off or garbled: " in line


def test_an_answer_that_is_cut_off_is_found(serve: Serve) -> None:
    """Fewer bytes than promised are no answer."""
    fake = serve((200, {"Content-Type": JSON, "Content-Length": "999"}, b'{"head": {}'))
    assert failure(fake.url).startswith(f"the connection to '{fake.url}' broke: ")


def test_an_answer_that_does_not_come_is_given_up(serve: Serve) -> None:
    """The time is that for the whole answer."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/ds"
        assert failure(url, timeout=0.3) == (
            f"'{url}' gave no whole answer within 0.3 s; --timeout waits longer"
        )
    assert serve(YES).requests == []


def test_a_port_where_nobody_listens_is_named_at_once(pauses: list[float]) -> None:
    """An address that never answered is not tried again."""
    url = f"http://127.0.0.1:{free_port()}/ds"
    assert failure(url).startswith(f"no server answers at '{url}': ")
    assert pauses == []


@pytest.mark.parametrize("url", ["http://", "http://no host/", "http://[::1", "http://h:99999/"])
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    """A malformed URL is an error of the user, not a bug."""
    assert url.partition("?")[0] in failure(url)


def test_a_name_that_nobody_has_is_one_line() -> None:
    """`.invalid` has no hosts."""
    assert failure("http://store.invalid/ds").startswith("no server answers at ")


def test_plain_http_where_tls_is_asked_for_is_one_line(serve: Serve) -> None:
    """A server without TLS cannot be trusted with it."""
    url = serve(YES).url.replace("http:", "https:")
    assert failure(url).startswith(f"'{url}' cannot be trusted: ")


def test_who_asks_is_asked_for(serve: Serve) -> None:
    """Without a user the line names the variables; with a wrong one it names the user only."""
    challenge = (401, {"WWW-Authenticate": 'Basic realm="x"'}, b"")
    url = serve(challenge).url
    assert failure(url) == (
        f"'{url}' asks who you are (HTTP 401):"
        " set STANDPUNKT_USER and STANDPUNKT_PASSWORD, or STANDPUNKT_TOKEN"
    )
    line = failure(url, Credentials("anna", "secret"))
    assert line == f"'{url}' does not accept the user 'anna' with this password (HTTP 401)"
    line = failure(url, Credentials(None, None, "secret"))
    assert line == f"'{url}' does not accept the token in STANDPUNKT_TOKEN (HTTP 401)"
    assert "secret" not in repr(Credentials("anna", "secret", "secret"))


def test_a_password_is_sent_only_to_who_asks(serve: Serve) -> None:
    """The first request has none; the answer to a challenge and what follows have one."""
    fake = serve((401, {"WWW-Authenticate": 'Basic realm="x"'}, b""), YES)
    assert ask(fake.url, Credentials("anna", "geh eim:ß")) is True
    first, second = (headers for _, headers in fake.requests)
    assert "Authorization" not in first
    assert second["Authorization"] == "Basic YW5uYTpnZWggZWltOsOf"


def test_a_token_is_sent_as_a_bearer_does(serve: Serve) -> None:
    """See RFC 6750."""
    fake = serve(YES)
    assert ask(fake.url, Credentials(None, None, "abc")) is True
    assert fake.requests[0][1]["Authorization"] == "Bearer abc"


def test_a_busy_server_is_asked_again_when_it_says(serve: Serve, pauses: list[float]) -> None:
    """`Retry-After` is heeded, up to a minute; without it the pauses double."""
    fake = serve(
        (429, {"Retry-After": "3"}, b""),
        (503, {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}, b""),
        (503, {}, b""),
        YES,
    )
    assert ask(fake.url) is True
    assert pauses == [3.0, 60.0, 2.0]


def test_a_server_that_stays_busy_is_given_up(serve: Serve, pauses: list[float]) -> None:
    """After five attempts the line has the status."""
    fake = serve((503, {}, b""))
    assert failure(fake.url).endswith("has too much to do, or is starting (HTTP 503)")
    assert (len(fake.requests), pauses) == (5, [0.5, 1.0, 2.0, 4.0])


def test_a_connection_that_breaks_is_made_again(serve: Serve, pauses: list[float]) -> None:
    """Once a server has answered, its silence is taken for a hitch."""
    fake = serve(YES, DROP, YES)
    endpoint = Endpoint(Addresses(fake.url), Connection(Credentials(), timeout=5))
    assert endpoint.query("ASK {}") is True
    assert endpoint.query("ASK {}") is True
    assert pauses == [0.5]


def test_an_update_that_must_not_be_sent_twice_is_not(serve: Serve, pauses: list[float]) -> None:
    """A busy answer and a lost one both end it."""
    for answer in (DROP, (503, {}, b"")):
        fake = serve(YES, answer)
        endpoint = Endpoint(Addresses(fake.url, fake.url), Connection(Credentials(), timeout=5))
        endpoint.query("ASK {}")
        with pytest.raises(StoreError):
            endpoint.update("MOVE <urn:a> TO <urn:b>", again=False)
        assert len(fake.requests) == 2
    assert pauses == []


def test_a_certificate_that_nobody_vouches_for_is_one_line() -> None:
    """A self-signed certificate is refused, and the line says why."""
    trustme = pytest.importorskip(
        "trustme", reason="trustme is missing: install the extra 'oracles'"
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def shake() -> None:
            client, _ = listener.accept()
            try:
                context.wrap_socket(client, server_side=True).close()
            except OSError:
                client.close()

        threading.Thread(target=shake, daemon=True).start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/ds"
        assert failure(url).startswith(f"'{url}' cannot be trusted: ")


def test_no_password_comes_from_an_address(run: Run, folder: Path) -> None:
    """It would be in the shell's history and in the list of processes."""
    result = run("load", "http://anna:secret@localhost/ds", "--dossier", folder)
    assert result.exit_code == 2
    assert "secret" not in result.stderr
    assert "'http://localhost/ds' was given with a password in it" in result.stderr
