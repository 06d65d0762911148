"""Results that are written while they arrive: in constant memory, and never cut off in silence."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pyoxigraph import NamedNode, Triple

from conftest import Run
from loopback import Loopback, Quiet
from memory import SOURCES, measured
from standpunkt.dossier import ARTICLES_GRAPH, ONTOLOGY_GRAPH
from standpunkt.embedded import Embedded

pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
NTRIPLES = "application/n-triples"
MANY, FEW = 200_000, 200
# A text of MANY rows alone is larger than that, and the objects of Python even more.
ROOM_MB = 24
SELECT = "SELECT ?x ?y WHERE { ?x spk:value ?y }"
CONSTRUCT = "CONSTRUCT WHERE { ?x spk:value ?y }"
NO_ROWS = b'{"head": {"vars": []}, "results": {"bindings": []}}'


class Source(Loopback):
    """A server that answers queries for `spk:value` in chunks, and that nothing is there twice.

    A chunk that is `None` ends the connection as it is.
    """

    def __init__(self, kind: str, chunks: Callable[[], Iterator[bytes | None]]) -> None:
        """Start it."""
        self.left = threading.Event()
        source = self

        class Handler(Quiet, BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                is_meant = "value" in parse_qs(body)["query"][0]
                self.send_response(200)
                self.send_header("Content-Type", kind if is_meant else JSON)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                try:
                    for chunk in chunks() if is_meant else [NO_ROWS]:
                        if chunk is None:
                            self.close_connection = True
                            return
                        self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                    self.wfile.write(b"0\r\n\r\n")
                except OSError:
                    self.close_connection = True
                    source.left.set()

        super().__init__(Handler)


Start = Callable[[str, Callable[[], Iterator[bytes | None]]], Source]


@pytest.fixture
def start() -> Iterator[Start]:
    """Give a way to start such servers."""
    with ExitStack() as stack:
        yield lambda kind, chunks: stack.enter_context(Source(kind, chunks))


def json_rows(count: int, end: bytes | None = b"]}}") -> Iterator[bytes | None]:
    """Give rows, a hundred a chunk."""
    yield b'{"head": {"vars": ["x", "y"]}, "results": {"bindings": ['
    for first in range(0, count, 100):
        rows = (
            b'{"x": {"type": "uri", "value": "urn:%d"}, "y": {"type": "literal", "value": "%s"}}'
            % (number, b"a text of some length")
            for number in range(first, first + 100)
        )
        yield (b"," if first else b"") + b",".join(rows)
    yield end


def xml_rows(end: bytes) -> Iterator[bytes]:
    """Give one row of XML."""
    yield (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>'
        b'<results><result><binding name="x"><literal>a</literal></binding></result>'
    )
    yield end


def triples(count: int, end: bytes | None = b"") -> Iterator[bytes | None]:
    """Give triples, a hundred a chunk, of which each comes twice."""
    for first in range(0, 2 * count, 100):
        yield b"".join(
            b'<urn:%07d> <urn:p> "a text of some length" .\n' % (number * 7 % count)
            for number in range(first, first + 100)
        )
    if end is None:
        yield None


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_many_rows_take_no_more_memory_than_few(start: Start, form: str) -> None:
    """Rows go from the connection to the output."""
    peaks = []
    for count in (FEW, MANY):
        source = start(JSON, partial(json_rows, count))
        done = measured("query", SELECT, "--endpoint", source.url, "--format", form)
        assert (done.code, done.error) == (0, "")
        assert done.out.count(b"a text of some length") == count
        peaks.append(done.peak)
    assert peaks[1] - peaks[0] < ROOM_MB


def test_many_triples_take_no_more_memory_than_few(start: Start) -> None:
    """They are sorted on disk, and those that come twice are written once."""
    peaks = []
    for count in (FEW, MANY // 2):
        source = start(NTRIPLES, partial(triples, count))
        done = measured("query", CONSTRUCT, "--endpoint", source.url, "--format", "ntriples")
        assert (done.code, done.error) == (0, "")
        lines = done.out.splitlines()
        assert len(lines) == count
        assert lines == sorted(set(lines))
        peaks.append(done.peak)
    assert peaks[1] - peaks[0] < ROOM_MB


def test_many_rows_of_a_folder_take_no_more_memory_than_few(tmp_path: Path) -> None:
    """The engine gives row for row."""
    folder = tmp_path / "store"
    nodes = [NamedNode(f"urn:{number}") for number in range(450)]
    store = Embedded(folder)
    store.replace(
        {
            ONTOLOGY_GRAPH: [Triple(nodes[0], nodes[0], nodes[0])],
            ARTICLES_GRAPH: [Triple(node, NamedNode("urn:p"), node) for node in nodes],
        }
    )
    del store
    pairs = "SELECT ?x ?y WHERE { ?x <urn:p> ?a . ?y <urn:p> ?b }"
    peaks = []
    for text, count in ((f"{pairs} LIMIT 9", 9), (pairs, 450 * 450)):
        done = measured("query", text, "--store", folder)
        assert (done.code, done.error) == (0, "")
        assert done.out.count(b"\r\n") == count + 1
        peaks.append(done.peak)
    assert peaks[1] - peaks[0] < ROOM_MB


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (None, "the connection to '{url}' broke: "),
        (b"", "the answer of '{url}' is cut off or garbled: "),
        (b', The operation has been cancelled"', "the answer of '{url}' is cut off or garbled: "),
    ],
    ids=["connection", "end", "error"],
)
def test_rows_that_are_cut_off_are_an_error(
    start: Start, run: Run, tmp_path: Path, end: bytes | None, words: str
) -> None:
    """What has come may have been written; a file stays as it was."""
    source = start(JSON, lambda: json_rows(10_000, end))
    line = f"error: {words.format(url=source.url)}"
    result = run("query", SELECT, "--endpoint", source.url)
    assert result.exit_code == 2
    assert result.stdout.startswith("x,y\nurn:0,a text of some length\n")
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    file = tmp_path / "rows.csv"
    file.write_text("old", encoding="utf-8")
    result = run("query", SELECT, "--endpoint", source.url, "--output", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(line)
    assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
    assert file.read_text(encoding="utf-8") == "old"


def test_triples_that_are_cut_off_are_an_error(start: Start, run: Run) -> None:
    """Nothing is written, since they are in no order before the last has come."""
    source = start(NTRIPLES, lambda: triples(1_000, None))
    result = run("query", CONSTRUCT, "--endpoint", source.url, "--format", "ntriples")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: the connection to '{source.url}' broke: ")


@pytest.mark.parametrize("form", ["csv", "table"])
@pytest.mark.parametrize("end", [b"", b"</results>", b"<result>"])
def test_xml_that_is_cut_off_is_an_error(start: Start, run: Run, form: str, end: bytes) -> None:
    """The parser takes it for the end; a whole answer is taken."""
    command = ("query", SELECT, "--format", form, "--endpoint")
    source = start(XML, lambda: xml_rows(end))
    result = run(*command, source.url)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: the answer of '{source.url}' is cut off or garbled: it ends too early\n"
    )
    whole = start(XML, lambda: xml_rows(b"</results></sparql>\n"))
    assert run(*command, whole.url).exit_code == 0


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, b'{"head": {}, "boolean": true'),
        (XML, b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true'),
    ],
)
def test_a_verdict_that_is_cut_off_is_an_error(
    start: Start, run: Run, kind: str, body: bytes
) -> None:
    """A verdict is one only with its end."""
    source = start(kind, lambda: iter([body]))
    result = run("query", "ASK { ?x spk:value ?y }", "--endpoint", source.url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is cut off or garbled: " in result.stderr


def test_a_reader_who_leaves_ends_it(start: Start) -> None:
    """The program ends quietly, and so does its connection: the server need not send the rest."""
    source = start(JSON, lambda: json_rows(100 * MANY))
    process = subprocess.Popen(
        [sys.executable, "-m", "standpunkt", "query", SELECT, "--endpoint", source.url],
        env={**os.environ, "PYTHONPATH": SOURCES},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline() == b"x,y\r\n"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(30) == 0
    process.stderr.close()
    assert source.left.wait(10)
