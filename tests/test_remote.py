"""An endpoint that goes wrong, seen from the commands: one line, and no word of a secret."""

import json
from io import BytesIO
from urllib.parse import parse_qs

import pytest
from pyoxigraph import NamedNode

from conftest import Run
from servers import free_port
from standpunkt.answer import Answer
from standpunkt.connection import Credentials
from standpunkt.dossier import ARTICLES_GRAPH
from standpunkt.errors import StoreError
from standpunkt.remote import EndpointStore
from standpunkt.reply import Reply
from test_connection import HTML, JSON, Fake, Serve, serve

pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")

__all__ = ["serve"]  # a fixture

NO = (200, {"Content-Type": JSON}, b'{"head": {}, "boolean": false}')
NO_ROWS = (200, {"Content-Type": JSON}, b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}')
LAWS = "SELECT ?law WHERE { ?law a spk:Law }"


def selected(name: str, *values: str) -> tuple[int, dict[str, str], bytes]:
    """Give the answer of a server that has rows of one column."""
    rows = [{name: {"type": "literal", "value": value}} for value in values]
    result = {"head": {"vars": [name]}, "results": {"bindings": rows}}
    return 200, {"Content-Type": JSON}, json.dumps(result).encode()


def failing(run: Run, *arguments: str, **environment: str) -> str:
    """Give the one line that a command fails with."""
    result = run(*arguments, **environment)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.mark.parametrize("command", [("ask", "laws"), ("query", LAWS), ("show", "org-nato")])
@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((401, {}, b""), "does not accept the user 'anna' with this password (HTTP 401)"),
        ((403, {}, b""), "refuses this (HTTP 403)"),
        ((404, {}, b""), "knows no such address (HTTP 404)"),
        ((405, {}, b""), "does not allow this"),
        ((413, {}, b""), "takes no request as large as this (HTTP 413)"),
        ((500, {"Content-Type": "text/html"}, HTML), "(HTTP 500): Oh no & no"),
        ((301, {"Location": "/ds"}, b""), "redirects to '/ds'"),
        ((200, {"Content-Type": "text/html"}, HTML), "answers with 'text/html'"),
        ((200, {"Content-Type": JSON}, b'{"head":{"vars":["s"]},"results":{"bi'), "is cut off or"),
        ((200, {"Content-Type": JSON, "Content-Length": "999"}, b"{"), "broke: "),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_a_failure_is_one_line(
    run: Run,
    serve: Serve,
    command: tuple[str, ...],
    answer: tuple[int, dict[str, str], bytes],
    words: str,
) -> None:
    """Each command says what the server did, and never the password."""
    who = {"STANDPUNKT_USER": "anna", "STANDPUNKT_PASSWORD": "s3cret"}
    line = failing(run, *command, "--endpoint", serve(answer).url, **who)
    assert words in line
    assert "s3cret" not in line


def test_no_server_is_one_line(run: Run) -> None:
    """A port where nobody listens is named."""
    url = f"http://127.0.0.1:{free_port()}/query"
    assert f"no server answers at '{url}'" in failing(run, "ask", "laws", "--endpoint", url)


def test_a_user_without_a_password_is_told(run: Run) -> None:
    """Where nobody can be asked for the password, the line names the variable."""
    command = ("ask", "laws", "--endpoint", "http://localhost:1", "--user", "anna")
    assert "set STANDPUNKT_PASSWORD" in failing(run, *command)


def test_a_password_in_the_address_is_refused(run: Run) -> None:
    """Others see it in the list of processes; the line does not repeat it."""
    line = failing(run, "ask", "laws", "--endpoint", "http://anna:s3cret@localhost:1/ds")
    assert "use --user" in line
    assert "s3cret" not in line


def test_no_rows_from_a_store_without_the_dossier_are_an_error(run: Run, serve: Serve) -> None:
    """Not "no rows": the question was never answered."""
    line = failing(run, "query", LAWS, "--endpoint", serve(NO_ROWS, NO_ROWS, NO).url)
    assert "has nothing in the graph 'graph:ontology'; 'standpunkt load' puts it there" in line


def test_the_graphs_are_named_in_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a store takes for its default graph does not matter."""
    sent: list[dict[str, list[str]]] = []

    def send(*_: object, body: bytes, **__: object) -> Reply:
        sent.append(parse_qs(body.decode()))
        return Reply(200, {"content-type": JSON}, BytesIO(NO[2]))

    monkeypatch.setattr("standpunkt.connection.Connection.send", send)
    store = EndpointStore("http://localhost/ds", ["urn:g", "urn:h"], credentials=Credentials())
    store._is_checked = True  # noqa: SLF001  one request is enough to see
    with pytest.raises(StoreError):
        store.query("ASK { id:a ?p ?o }")
    assert sent[0] == {
        "query": ["PREFIX id: <https://w3id.org/standpunkt/id/> ASK { id:a ?p ?o }"],
        "default-graph-uri": ["urn:g", "urn:h"],
        "named-graph-uri": ["urn:g", "urn:h"],
    }


def test_labels_of_all_rows_are_one_request(serve: Serve) -> None:
    """A table with a hundred nodes does not ask a hundred times."""
    rows = [{"x": {"type": "uri", "value": f"urn:{number}"}} for number in range(100)]
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
    label = b'<urn:1> <http://www.w3.org/2000/01/rdf-schema#label> "one"@en .\n'
    fake: Fake = serve(
        (200, {"Content-Type": JSON}, body), (200, {"Content-Type": "application/n-triples"}, label)
    )
    store = EndpointStore(fake.url, [ARTICLES_GRAPH], credentials=Credentials())
    answer = store.query("SELECT ?x WHERE { ?x ?p ?o }")
    assert isinstance(answer, Answer)
    labels = [store.label(row[0], "en") for row in answer.rows if isinstance(row[0], NamedNode)]
    assert labels == [None, "one", *[None] * 98]
    assert len(fake.requests) == 2


def test_true_and_false_are_written_as_in_memory(serve: Serve) -> None:
    """Virtuoso writes 1 and 0."""
    boolean = "http://www.w3.org/2001/XMLSchema#boolean"
    rows = [{"x": {"type": "literal", "datatype": boolean, "value": value}} for value in "10"]
    body = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
    store = EndpointStore(serve((200, {"Content-Type": JSON}, body)).url, [ARTICLES_GRAPH])
    answer = store.query("SELECT ?x WHERE { ?s ?p ?x }")
    assert isinstance(answer, Answer)
    assert [row["x"] for row in answer.dicts()] == [True, False]
    assert [getattr(row[0], "value", "") for row in answer.rows] == ["true", "false"]
