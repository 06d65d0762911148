"""Sends a server requests that no client would send: `python -m benchmarks.fuzz --help`.

Methods, targets, headers and bodies are put together at random from what is near the truth and from
bytes, and are sent over real connections: whole, in pieces, cut off, several at once. Whatever
comes, the answer is no 5xx but the announced 504, has the headers of safety and none of the
client's; the server lives on, and its log has no traceback. A request that breaks this is made
small by Hypothesis.
"""

import argparse
import io
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import cast
from urllib.parse import quote, quote_from_bytes

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from standpunkt.dossier import Dossier
from standpunkt.question import questions

SERVER = """
import sys
from standpunkt import Dossier
from standpunkt.web import app, server
from standpunkt.web.limits import Limits

limits = Limits(slowness=0.3, timeout=0.5, patience=5)
with server.bind("127.0.0.1", 0) as listening:
    url = server.address(listening)
    application = app.create_app(Dossier.shipped(), address=url, limits=limits)
    server.serve(application, listening, limits, access_log=False,
                 ready=lambda: print(listening.getsockname()[1], file=sys.stderr, flush=True))
"""
ALLOWED = {200, 204, 304, 400, 404, 405, 406, 408, 413, 414, 415, 429, 431, 504}
# The HTTP library says it itself of what is no HTTP, and hangs up.
_BAD = 400
_TOLD = 20_000
_PATIENCE = 60.0
_INJECTED = "x-injected"


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent over one connection: pieces with a pause before each, and how many answers."""

    pieces: tuple[bytes, ...]
    methods: tuple[str, ...]
    pause: float = 0.0


class FuzzError(AssertionError):
    """A server has answered what it must not."""


# --- What is sent --------------------------------------------------------------------------------

_INJECTION = "\r\nX-Injected: yes"
_ODD = (
    "",
    "\0",
    "..",
    "../../../../etc/passwd",
    "%00",
    "%",
    "%zz",
    "%ff%fe",
    "%2e%2e%2f%2e%2e%2fpyproject.toml",
    "..%5c..%5cpyproject.toml",
    "%0d%0aX-Injected:%20yes",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "'\"><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "\u202e\u200f",
    "\ud7ff\U0010ffff",
    "id:org-nato",
    "org-nato",
    "_:b0",
    "<urn:x>",
    "a" * 3000,
    "9" * 400,
    "-1",
    "NaN",
    "2026-13-45",
)
_QUERIES = (
    "ASK {}",
    "SELECT * WHERE { ?s ?p ?o } LIMIT 3",
    "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3",
    "DESCRIBE id:org-nato",
    "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "SELECT ?x FROM <urn:none> WHERE { GRAPH ?g { ?x ?p ?o } }",
    "SELECT (1/0 AS ?x) (REPLACE('aaaa', '(a*)*b', '') AS ?y) WHERE {}",
    "SELECT * WHERE {" + "{" * 4000 + "}" * 4000 + "}",
    "PREFIX : <",
    'SELECT ("\\uD800" AS ?x) WHERE {}',
    "\N{BYTE ORDER MARK}ASK {}",
)
_FORMATS = ("", "csv", "json", "ttl", "xml", "application/ld+json", "nothing")
_MEDIA = (
    "text/html",
    "*/*",
    "text/turtle",
    "application/sparql-results+json",
    "application/ld+json;q=0.5, text/csv;q=0.4",
    "text/html;q=1.1, ;;;,, a/b/c;q=",
    "image/png",
    "*",
)
_KINDS = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-query; charset=latin-1",
    "application/sparql-update",
    "multipart/form-data; boundary=x",
    "text/plain; charset=\u00fc",
    ";;;",
)
_METHODS = ("GET", "GET", "GET", "HEAD", "POST", "POST", "OPTIONS", "PUT", "DELETE", "TRACE", "X-Y")
_HEADERS = {
    "Accept-Encoding": ("gzip", "identity;q=0", "br, *;q=0", "gzip;q=nonsense"),
    "Accept-Language": ("de", "en;q=0.1, de;q=0.2", "x" * 500, "*", ";;;"),
    "Access-Control-Request-Method": ("POST", "NONSENSE"),
    "Authorization": ("Basic eDp5", "Bearer x"),
    "Content-Encoding": ("gzip",),
    "Cookie": ("a=b; c",),
    "Expect": ("100-continue", "200-ok"),
    "If-Modified-Since": ("Sat, 01 Jan 2000 00:00:00 GMT", "yesterday"),
    "If-None-Match": ("*", 'W/"x", "y"', '"', "W/"),
    "Origin": ("https://example.org", "null", "\u00fc"),
    "Range": ("bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=0-0,2-3,5-", "lines=1-2", "bytes=x"),
    "Upgrade": ("websocket", "h2c"),
    "X-Forwarded-For": ("1.2.3.4", "nobody, [::1", "\t"),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-Proto": ("javascript",),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Original-URL": ("/etc/passwd",),
}
_HOSTS = ("localhost", "evil.example", "", "[", "a b", "x:y:z", "evil.example/x?y#z", "\u00fc")


@cache
def _values() -> st.SearchStrategy[str]:
    text = st.text(st.characters(codec="utf-8"), max_size=20)
    return st.one_of(st.sampled_from(_ODD), st.sampled_from(_QUERIES), text)


@cache
def _paths() -> st.SearchStrategy[str]:
    asked = [f"/questions/{question.name}" for question in questions(Dossier.shipped())]
    fixed = [
        "/",
        "/sparql",
        "/figures",
        "/matrix",
        "/network",
        "/node",
        "/ns",
        "/ns/advocates",
        "/questions",
        "/search",
        "/timeline",
        "/why",
        "/id/org-nato",
        "/id/person-mike-lee.ttl",
        "/graph/links",
        "/shapes",
        "/health",
        "/nowhere",
        "/.well-known/void",
        "/.well-known/sparql-examples",
        "/static/standpunkt.css",
        "//evil.example/x",
    ]
    folders = ("/id/", "/ns/", "/graph/", "/questions/", "/static/", "/")
    odd = st.builds(
        lambda folder, name, ending: folder + name + ending,
        st.sampled_from(folders),
        st.one_of(st.sampled_from(_ODD), st.text(max_size=8).map(lambda text: quote(text, ""))),
        st.sampled_from(("", ".ttl", ".jsonld", ".csv", "/", "/..", ";x")),
    )
    return st.one_of(st.sampled_from(fixed), st.sampled_from(asked), st.just("/sparql"), odd)


@cache
def _parameters() -> st.SearchStrategy[str]:
    known = {
        name
        for question in questions(Dossier.shipped())
        for described in question.params.values()
        for name in described
    }
    names = [
        "query",
        "format",
        "default-graph-uri",
        "named-graph-uri",
        "update",
        "lang",
        "q",
        "iri",
        "subject",
        "predicate",
        "object",
        "triple",
        "statement",
        "page",
        "limit",
        "language",
    ]
    name = st.sampled_from(sorted({*known, *names})) | st.text(max_size=5)
    pair = st.one_of(
        st.tuples(name, _values()),
        st.tuples(st.just("query"), st.sampled_from(_QUERIES)),
        st.tuples(st.just("format"), st.sampled_from(_FORMATS)),
    )
    written = pair.map(lambda pair: f"{_quoted(pair[0])}={_quoted(pair[1])}")
    raw = st.binary(max_size=12).map(lambda some: quote_from_bytes(some, safe="=&+;"))
    return st.lists(st.one_of(written, written, raw), max_size=4).map("&".join)


def _quoted(text: str) -> str:
    return quote(text, safe="%", errors="surrogatepass")


@cache
def _headers() -> st.SearchStrategy[list[tuple[str, str]]]:
    known = st.sampled_from(sorted(_HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(_HEADERS[name]))
    )
    accept = st.tuples(st.just("Accept"), st.sampled_from(_MEDIA))
    kind = st.tuples(st.just("Content-Type"), st.sampled_from(_KINDS))
    odd = st.tuples(
        st.sampled_from(("X-Odd", "Accept", "Accept-Language", "Content-Type", "If-None-Match")),
        st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=15)
        | st.just(f"x{_INJECTION}"),
    )
    return st.lists(st.one_of(accept, kind, known, odd), max_size=5)


@st.composite
def _requests(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a request: its method, and all its bytes."""
    method = draw(st.sampled_from(_METHODS))
    target = draw(_paths())
    parameters = draw(_parameters())
    if parameters:
        target += f"?{parameters}"
    target = draw(st.sampled_from((target, target, target, f"http://evil.example{target}", "*")))
    version = draw(st.sampled_from(("1.1", "1.1", "1.1", "1.0", "0.9", "2.0")))
    host = draw(st.sampled_from(("localhost", "localhost", *_HOSTS)))
    headers = [("Host", host), *draw(_headers())]
    body = draw(
        st.one_of(
            st.just(b""),
            _parameters().map(str.encode),
            st.sampled_from(_QUERIES).map(lambda text: text.encode("utf-8", "replace")),
            st.binary(max_size=60),
            st.just(b"x" * (150 << 10)),
        )
    )
    framing = draw(st.sampled_from(("right", "right", "right", "long", "twice", "chunked", "bad")))
    if framing == "chunked":
        headers.append(("Transfer-Encoding", "chunked"))
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b"0\r\n\r\n"
    elif framing == "bad":
        headers.append(("Transfer-Encoding", draw(st.sampled_from(("chunked", "gzip", "x")))))
        body = b"zz\r\n" + body
    elif framing == "twice":
        headers += [("Content-Length", str(len(body))), ("Content-Length", str(len(body) + 1))]
    elif body or framing == "long":
        length = len(body) + (framing == "long") * 7
        headers.append(("Content-Length", str(length)))
    head = f"{method} {target} HTTP/{version}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers)
    return method, f"{head}\r\n".encode("latin-1", "replace") + body


@st.composite
def sendings(draw: st.DrawFn) -> Sending:
    """Draw what is sent over one connection."""
    requests = draw(st.lists(_requests(), min_size=1, max_size=3))
    methods = tuple(method for method, _ in requests)
    content = b"".join(content for _, content in requests)
    way = draw(st.sampled_from(("whole", "whole", "whole", "whole", "pieces", "cut", "noise")))
    if way == "pieces":
        places = sorted(draw(st.lists(st.integers(1, len(content)), max_size=3)))
        pieces = tuple(
            content[begin:end]
            for begin, end in zip([0, *places], [*places, len(content)], strict=True)
        )
        return Sending(pieces, methods, draw(st.sampled_from((0.0, 0.02))))
    if way == "cut":
        return Sending((content[: draw(st.integers(1, len(content)))],), methods)
    if way == "noise":
        return Sending((draw(st.binary(min_size=1, max_size=200)), content), methods)
    return Sending((content,), methods)


# --- What comes back -----------------------------------------------------------------------------


class _Wire(io.BufferedReader):
    """The bytes of a connection, of which each answer takes its own."""

    def makefile(self, *_: object) -> "_Wire":
        return self

    def close(self) -> None:
        """Stay open for the next answer."""


def check(host: str, port: int, sending: Sending) -> None:
    """Send, and read the answers; raises `FuzzError` for one that must not be."""
    with closing(socket.create_connection((host, port), _PATIENCE)) as connection:
        try:
            for piece in sending.pieces:
                time.sleep(sending.pause)
                connection.sendall(piece)
        except ConnectionError:
            pass  # the server has heard enough; what it said may still be read
        wire = _Wire(connection.makefile("rb", buffering=0))
        for method in sending.methods:
            answer = HTTPResponse(cast("socket.socket", wire), method=method)
            try:
                answer.begin()
                body = answer.read()
            except TimeoutError:
                raise FuzzError(f"no answer in {_PATIENCE:g} seconds to {sending}") from None
            except (ConnectionError, HTTPException):
                return  # the server has hung up, as it may
            _judge(answer, body, sending)
            if answer.will_close:
                return


def _judge(answer: HTTPResponse, body: bytes, sending: Sending) -> None:
    names = {name.lower() for name, _ in answer.getheaders()}
    if answer.status not in ALLOWED:
        raise FuzzError(f"{answer.status} to {sending}: {body[:200]!r}")
    if _INJECTED in names or "set-cookie" in names:
        raise FuzzError(f"{sorted(names)} in the answer to {sending}")
    if "content-security-policy" not in names and not (answer.status == _BAD and answer.will_close):
        raise FuzzError(f"no headers of safety, {answer.status}, in the answer to {sending}")
    located = [value for name, value in answer.getheaders() if name.lower() == "location"]
    if any("evil" in value for value in located):
        raise FuzzError(f"{located} in the answer to {sending}")


@contextmanager
def running() -> Iterator[tuple[int, list[str]]]:
    """Run a server of the shipped dossier with little patience; give its port, and its log.

    Raises `FuzzError` afterwards where the log has a traceback, or the server ends with a failure.
    """
    root = Path(__file__).parents[1]
    log: list[str] = []
    with subprocess.Popen(  # noqa: S603  it is ours
        [sys.executable, "-c", SERVER],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None  # noqa: S101  it is a pipe
        port = int(process.stderr.readline())
        reading = Thread(target=log.extend, args=(process.stderr,))
        reading.start()
        try:
            yield port, log
        finally:
            process.terminate()
            reading.join()
    if process.returncode or any("Traceback" in line for line in log):
        told = "".join(line for line in log if " WARNING " not in line)
        raise FuzzError(f"exit code {process.returncode}, and the log has: {told[:_TOLD]}")


def alive(port: int) -> None:
    """Raise `FuzzError` where the server does not answer a query."""
    with closing(socket.create_connection(("127.0.0.1", port), _PATIENCE)) as connection:
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
        said = connection.recv(100)
    if not said.startswith(b"HTTP/1.1 200 "):
        raise FuzzError(f"afterwards a query is answered with {said!r}")


def fuzz(port: int, examples: int) -> None:
    """Send so many drawn things to a server; raises `FuzzError` with the smallest that breaks."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(sending=sendings())
    def once(sending: Sending) -> None:
        check("127.0.0.1", port, sending)

    once()
    alive(port)


def main(arguments: Sequence[str] | None = None) -> None:
    """Fuzz a server of the shipped dossier for some time, and say how it went."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=300, help="how long")
    parser.add_argument("--batch", type=int, default=500, help="connections between two reports")
    options = parser.parse_args(arguments)
    end, count = time.monotonic() + options.seconds, 0
    with running() as (port, log):
        while time.monotonic() < end:
            fuzz(port, options.batch)
            count += options.batch
            print(f"{count} connections", flush=True)  # noqa: T201
    print(f"{len(log)} lines in the log")  # noqa: T201
    for line, times in Counter(line.partition(" WARNING ")[2] for line in log).items():
        print(f"{times} times in the log: {line.strip()}")  # noqa: T201


if __name__ == "__main__":
    main()
