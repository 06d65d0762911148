"""Loading into stores that go wrong: one clear line each."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from pyoxigraph import RdfFormat, parse

from conftest import Run
from loopback import Loopback, Quiet
from standpunkt.dossier import Dossier
from standpunkt.transfer import PARTS, content
from test_connection import DROP, HTML, JSON, YES, Answer, Serve, pauses, serve

pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")

__all__ = ["pauses", "serve"]  # fixtures

NO_RESULT = (200, {"Content-Type": JSON}, b'{"head": {"vars": []}, "results": {"bindings": [The qu')


def failing(run: Run, folder: Path, *arguments: object, **environment: str) -> str:
    """Give the one line that a load fails with."""
    result = run("load", *arguments, "--dossier", folder, "--no-inferred", **environment)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, {}, b""), "does not accept the user 'anna' with this password (HTTP 401)"),
        ((403, {}, b"no\nwrites"), "refuses this (HTTP 403): no writes"),
        ((404, {}, b""), "knows no such address (HTTP 404)"),
        ((405, {}, b""), "does not allow this: it may be read-only (HTTP 405)"),
        ((413, {}, b""), "takes no request as large as this (HTTP 413)"),
        ((429, {}, b""), "has too much to do (HTTP 429)"),
        (
            (500, {"Content-Type": "text/html"}, HTML),
            "answers with an error (HTTP 500): Oh no & no",
        ),
        ((302, {"Location": "/ds"}, b""), "redirects to '/ds': give that address"),
        ((200, {"Content-Length": "999"}, b"cut"), "broke: "),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("pauses")
def test_a_store_that_refuses_is_one_line(
    run: Run, serve: Serve, folder: Path, answer: Answer, words: str
) -> None:
    """The line has what the server says, and never the password."""
    url = serve(answer).url
    who = {"STANDPUNKT_USER": "anna", "STANDPUNKT_PASSWORD": "s3cret"}
    line = failing(run, folder, url, "--update", url, "--gsp", url, **who)
    assert words in line
    assert "s3cret" not in line


@pytest.mark.usefixtures("pauses")
def test_an_error_in_the_body_of_a_success_is_one_line(
    run: Run, serve: Serve, folder: Path
) -> None:
    """What is staged cannot be counted, and so nothing is moved."""
    fake = serve(NO_RESULT)
    line = failing(run, folder, fake.url, "--update", fake.url)
    assert f"the answer of '{fake.url}' is cut off or garbled: " in line


def test_a_loop_of_redirects_is_not_gone_through(run: Run, serve: Serve, folder: Path) -> None:
    """Each address is asked once."""
    fake = serve((307, {"Location": "/ds"}, b""))
    assert "redirects to '/ds'" in failing(run, folder, fake.url, "--update", fake.url)
    assert len(fake.requests) == 1


def test_a_certificate_of_nobody_is_one_line(run: Run, serve: Serve, folder: Path) -> None:
    """Nothing is sent to who cannot show who it is."""
    trustme = pytest.importorskip(
        "trustme", reason="trustme is missing: install the extra 'oracles'"
    )
    fake = serve(YES)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    fake.server.socket = context.wrap_socket(fake.server.socket, server_side=True)
    url = fake.url.replace("http:", "https:")
    assert f"'{url}' cannot be trusted: " in failing(run, folder, url, "--update", url)
    assert fake.requests == []


@pytest.mark.parametrize("kind", ["oxigraph", "fuseki", "virtuoso", "rdf4j"])
def test_a_store_that_is_gone_is_one_line(
    run: Run, serve: Serve, folder: Path, kind: str, pauses: list[float]
) -> None:
    """Who never answers is not asked again."""
    line = failing(run, folder, serve(DROP).url, "--store", kind)
    assert "the connection to " in line
    assert pauses == []


class Graphs(Loopback):
    """A store with the Graph Store Protocol alone, which loses the first tries of each graph."""

    def __init__(self, losses: int) -> None:
        """Start it."""
        self.held: dict[str, int] = {}
        self.lost: dict[str, int] = {}
        graphs = self

        class Handler(Quiet, BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                [graph] = parse_qs(urlsplit(self.path).query)["graph"]
                assert "Transfer-Encoding" not in self.headers
                size = int(self.headers["Content-Length"])
                if graphs.lost.setdefault(graph, 0) < losses:
                    graphs.lost[graph] += 1
                    self.rfile.read(size // 2)
                    self.close_connection = True
                    return
                body = self.rfile.read(size)
                graphs.held[graph] = len({*parse(body, format=RdfFormat.TURTLE)})
                self._answer(b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                text = parse_qs(body)["query"][0]
                graph = text.partition("<")[2].partition(">")[0]
                number = str(graphs.held.get(graph, 0)).encode()
                self._answer(
                    b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal",'
                    b'"datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "%s"}}]}}'
                    % number
                )

            def _answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", JSON)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        super().__init__(Handler)


@pytest.fixture
def graphs() -> Iterator[Callable[[int], Graphs]]:
    """Give a way to start such a store."""
    with ExitStack() as stack:
        yield lambda losses: stack.enter_context(Graphs(losses))


def test_a_put_that_is_cut_off_is_sent_again(
    run: Run, folder: Path, graphs: Callable[[int], Graphs], pauses: list[float]
) -> None:
    """By its length the store notices that it lacks the rest, and gets the whole in the end."""
    store = graphs(2)
    parts = [name for part in ("ontology", "articles", "links") for name in ("--part", part)]
    result = run("load", store.url, "--gsp", store.url, "--dossier", folder, *parts[:4])
    assert "shapes" not in store.held
    sent = content(Dossier(folder), ["ontology", "articles"])
    assert store.held == {name: len(triples) for name, triples in sent.items()}
    assert (result.exit_code, result.stderr) == (0, "")
    assert pauses == [0.5, 1.0] * 2


def test_a_put_that_is_always_cut_off_is_told(
    run: Run, folder: Path, graphs: Callable[[int], Graphs], pauses: list[float]
) -> None:
    """The line says which graph may lack something."""
    store = graphs(9)
    line = failing(run, folder, store.url, "--gsp", store.url, "--part", "links")
    assert f"; <{PARTS['links']}> may lack triples: load again" in line
    assert len(pauses) == 4
