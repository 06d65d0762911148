"""`standpunkt serve --store`: a store in a folder is served, and kept; and bounds on rows."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
)
from pyoxigraph import Store as Oxigraph
from starlette.applications import Starlette
from starlette.testclient import TestClient

from conftest import Run
from serving import ENVIRONMENT
from standpunkt import Dossier
from standpunkt.embedded import Embedded
from standpunkt.errors import StoreError
from standpunkt.folder import FolderStore, kept
from standpunkt.namespaces import GRAPH, ID, RDFS
from standpunkt.stored import StoredDossier
from standpunkt.transfer import PARTS, content
from standpunkt.web.app import create_app
from standpunkt.web.limits import Limits
from standpunkt.web.rows import Rows

BROWSER = {"Accept": "text/html"}
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


LIMITS = Limits(workers=1, timeout=5)


@pytest.fixture(scope="module")
def files() -> Starlette:
    """Give a server of the files of the shipped dossier."""
    return create_app(Dossier.shipped(), limits=LIMITS)


@pytest.fixture(scope="module")
def shipped(files: Starlette, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load the shipped dossier into a store, and give its folder."""
    folder = tmp_path_factory.mktemp("stores") / "shipped"
    parts = [part for part in PARTS if part != "inferred"]
    inferred = files.state.site.inferred  # derived once for both
    Embedded(folder).replace({**content(Dossier.shipped(), parts), PARTS["inferred"]: inferred})
    return folder


@pytest.fixture(scope="module")
def clients(files: Starlette, shipped: Path) -> Iterator[tuple[TestClient, TestClient]]:
    """Give clients of two servers: one of the files, one of the store."""
    stored = StoredDossier(FolderStore(shipped), Dossier.shipped())
    with ExitStack() as running:
        yield (
            running.enter_context(TestClient(files)),
            running.enter_context(TestClient(create_app(stored, limits=LIMITS))),
        )


@pytest.fixture
def bridge(dossier: Dossier, tmp_path: Path) -> Path:
    """Load the tiny dossier into a store without its links, and give its folder."""
    folder = tmp_path / "bridge.db"
    graphs = content(dossier, ["ontology", "articles"])
    Embedded(folder).replace(graphs)
    return folder


def stored_client(folder: Path, dossier: Dossier) -> TestClient:
    """Give a client of a server of a store."""
    stored = StoredDossier(FolderStore(folder), dossier)
    return TestClient(create_app(stored, limits=Limits(workers=1)))


def values(client: TestClient, query: str, **parameters: str | list[str]) -> list[str]:
    """Give the first column of an answer."""
    response = client.get("/sparql", params={"query": query, **parameters})
    assert response.status_code == 200, response.text
    rows = response.json()["results"]["bindings"]
    return [next(iter(row.values()))["value"] for row in rows]


# --- What is served ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/figures",
        "/id/article-a",
        "/id/org-nato",
        "/id/person-mike-lee",
        "/matrix",
        "/network",
        "/ns",
        "/ns/advocates",
        "/questions/who-advocates",
        "/search?q=nato",
        "/timeline",
    ],
)
def test_pages_are_those_of_the_files(clients: tuple[TestClient, TestClient], path: str) -> None:
    """A store that was loaded from files gives the pages of the files, to the letter."""
    files, store = (client.get(path, headers=BROWSER) for client in clients)
    assert (files.status_code, store.status_code) == (200, 200)
    assert store.text == files.text


@pytest.mark.parametrize("path", ["/id/org-nato.ttl", "/ns.ttl", "/graph/articles", "/graph/links"])
def test_documents_are_those_of_the_files(
    clients: tuple[TestClient, TestClient], path: str
) -> None:
    """So are the documents, also in their order."""
    files, store = (client.get(path) for client in clients)
    assert store.status_code == 200
    assert store.text == files.text


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        (COUNT, {}),
        (COUNT, {"default-graph-uri": GRAPH + "links"}),
        (COUNT, {"default-graph-uri": [GRAPH + "links", GRAPH + "ontology"]}),
        (COUNT, {"default-graph-uri": [GRAPH + "links", GRAPH + "links"]}),
        (COUNT, {"named-graph-uri": GRAPH + "links"}),
        (COUNT.replace("WHERE", "FROM graph:inferred WHERE"), {}),
        (COUNT.replace("WHERE", "FROM graph:inferred FROM graph:articles WHERE"), {}),
        (GRAPHS, {"named-graph-uri": [GRAPH + "links", GRAPH + "inferred"]}),
        (GRAPHS, {"default-graph-uri": GRAPH + "links"}),
        (GRAPHS.replace("WHERE", "FROM NAMED graph:links WHERE"), {}),
    ],
)
def test_datasets_are_those_of_the_files(
    clients: tuple[TestClient, TestClient], query: str, parameters: dict[str, str | list[str]]
) -> None:
    """What a query sees is the same: asserted triples once each, graphs by name, merges."""
    files, store = (values(client, query, **parameters) for client in clients)
    assert store == files


def test_all_graphs_of_the_store_have_a_name(clients: tuple[TestClient, TestClient]) -> None:
    """Those that it holds, and no other; one that it lacks is refused."""
    held = ["articles", "inferred", "links", "ontology", "queries", "shapes"]
    _, store = clients
    assert values(store, GRAPHS) == [GRAPH + name for name in held]
    lacking = {"query": COUNT, "default-graph-uri": GRAPH + "metadata"}
    assert store.get("/sparql", params=lacking).status_code == 400


def test_time_is_up_for_a_store_too(shipped: Path) -> None:
    """A worker that is killed amid a query leaves the store as it was, and another opens it."""
    stored = StoredDossier(FolderStore(shipped), Dossier.shipped())
    with TestClient(create_app(stored, limits=Limits(workers=1, timeout=0.7))) as client:
        before = values(client, COUNT)
        assert client.get("/sparql", params={"query": ENDLESS}).status_code == 504
        assert values(client, COUNT) == before


def test_what_a_store_lacks_is_left_out(bridge: Path, dossier: Dossier) -> None:
    """Without links and inferences there are none; questions are those of the dossier's files."""
    with stored_client(bridge, dossier) as client:
        assert values(client, GRAPHS) == [GRAPH + "articles", GRAPH + "ontology"]
        assert client.get("/graph/inferred").text.strip() == ""
        page = client.get("/questions/who-demands", headers=BROWSER)
        assert page.status_code == 200
        assert "Brook" in page.text


def test_a_graph_of_others_is_asked_and_never_mixed_in(bridge: Path, dossier: Dossier) -> None:
    """The store may hold more than the dossier: by name only."""
    other = Oxigraph(bridge)
    other.add(Quad(NamedNode("urn:x"), NamedNode("urn:y"), Literal("z"), NamedNode("urn:g")))
    other.flush()
    del other
    with stored_client(bridge, dossier) as client:
        assert values(client, "SELECT ?z WHERE { GRAPH <urn:g> { <urn:x> <urn:y> ?z } }") == ["z"]
        assert values(client, "SELECT ?z WHERE { <urn:x> <urn:y> ?z }") == []
        assert values(client, COUNT, **{"default-graph-uri": "urn:g"}) == ["1"]


def test_another_load_is_another_tag(bridge: Path, dossier: Dossier) -> None:
    """A client that has the answer of the store before gets the new one."""
    path = f"/sparql?query={quote(COUNT)}"
    with stored_client(bridge, dossier) as client:
        before = client.get(path).headers["ETag"]
    with stored_client(bridge, dossier) as client:
        assert client.get(path).headers["ETag"] == before
    Embedded(bridge).add(content(dossier, ["shapes"]))
    with stored_client(bridge, dossier) as client:
        after = client.get(path, headers={"If-None-Match": before})
        assert after.status_code == 200
        assert after.headers["ETag"] != before


# --- Who may open it -----------------------------------------------------------------------------


def test_a_folder_that_cannot_be_served_is_one_line(run: Run, tmp_path: Path) -> None:
    """Exit code 2, with the folder and the way out."""
    result = run("serve", "--store", tmp_path / "nowhere", "--port", 0)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: '{tmp_path / 'nowhere'}' is no folder; 'standpunkt load' makes one\n"
    )


def test_a_store_without_a_dossier_is_refused(tmp_path: Path, dossier: Dossier) -> None:
    """A store of other things is no dossier, and it says what is missing."""
    Embedded(tmp_path / "db").replace({})
    with pytest.raises(StoreError, match="has nothing in the graph 'graph:ontology'"):
        StoredDossier(FolderStore(tmp_path / "db"), dossier)


def test_what_two_graphs_state_is_refused(tmp_path: Path, dossier: Dossier) -> None:
    """Numbers would be wrong: the error names the triple, as it does for `ask --store`."""
    graphs = content(dossier, ["ontology", "articles"])
    triples = {**graphs, GRAPH + "links": list(graphs[GRAPH + "articles"])[:1]}
    Embedded(tmp_path / "db").replace(triples)
    with pytest.raises(StoreError, match=r"would count .* twice"):
        StoredDossier(FolderStore(tmp_path / "db"), dossier)


def test_readers_are_let_in_and_writers_kept_out(bridge: Path, dossier: Dossier) -> None:
    """While it is served others may read the store, and a load is turned away in one line."""
    pytest.importorskip("fcntl", reason="locks of files are a thing of Unix")
    command = [sys.executable, "-m", "standpunkt"]
    given_dossier = ["--dossier", str(dossier.folder)]
    server = subprocess.Popen(
        [*command, "serve", "--port", "0", "--store", str(bridge), *given_dossier],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert server.stderr is not None
        first = server.stderr.readline()
        assert f"/ serves {bridge}; Ctrl-C stops it" in first, first
        asked = subprocess.run(
            [*command, "ask", "figures", "--store", str(bridge), *given_dossier],
            env=ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert "lanes" in asked.stdout
        load = [*command, "load", str(bridge), "--no-inferred", *given_dossier]
        refused = subprocess.run(
            load, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
        )
        assert refused.returncode == 2
        assert refused.stderr.endswith(
            f"error: '{bridge}' is open elsewhere: close it there, and try again\n"
        )
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert server.returncode == 0
    subprocess.run(load, env=ENVIRONMENT, capture_output=True, check=True)


def test_a_store_that_is_written_to_is_not_opened(bridge: Path) -> None:
    """What a reader would see is undefined while a program has the store open for writing."""
    pytest.importorskip("fcntl", reason="locks of files are a thing of Unix")
    code = (
        "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); print(1, flush=True); input()"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(bridge)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(StoreError, match="is open elsewhere"):
            FolderStore(bridge)
    finally:
        writer.communicate(b"\n")


def test_a_store_on_a_disk_that_is_only_read_is_served(bridge: Path) -> None:
    """Where there is no file to lock, there is nobody to keep out."""
    (bridge / "LOCK").unlink()
    with kept(bridge):
        assert FolderStore(bridge).names() == [GRAPH + "articles", GRAPH + "ontology"]


def test_nothing_is_written(shipped: Path, tmp_path: Path) -> None:
    """A store that is served has the same files with the same bytes afterwards."""
    folder = tmp_path / "copy"
    shutil.copytree(shipped, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with stored_client(folder, Dossier.shipped()) as client:
        values(client, COUNT)
        client.get("/", headers=BROWSER)
        time.sleep(0.1)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# --- Bounds on rows ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bounded() -> Iterator[TestClient]:
    """Give a client of a server whose results have a hundred rows at most."""
    limits = Limits(workers=1, rows=100)
    with TestClient(create_app(Dossier.shipped(), limits=limits)) as client:
        yield client


@pytest.mark.parametrize(
    ("what", "asks", "form"),
    [
        *(("rows", "SELECT *", form) for form in ("json", "xml", "csv", "tsv")),
        *(
            ("triples", "CONSTRUCT", form)
            for form in ("ttl", "jsonld", "nt", "rdf", "trig", "nq", "n3")
        ),
    ],
)
def test_a_result_that_is_too_long_is_refused(
    bounded: TestClient, what: str, asks: str, form: str
) -> None:
    """All of the bound comes; one row more, and nothing does: no client takes a part for all."""
    query = asks + " WHERE {{ ?s ?p ?o }} LIMIT {}"
    assert bounded.get("/sparql", params={"query": query.format(100), "format": form}).is_success
    response = bounded.get("/sparql", params={"query": query.format(101), "format": form})
    assert (response.status_code, response.text) == (
        400,
        f"the result has more than 100 {what}; ask with a LIMIT\n",
    )


def test_a_long_result_that_has_begun_is_broken_off() -> None:
    """Where the rows before the bound are on their way, the answer has no end."""
    limits = Limits(workers=1, rows=2000)
    with TestClient(create_app(Dossier.shipped(), limits=limits)) as client:
        parameters = {"query": "SELECT * WHERE { ?s ?p ?o }"}
        with client.stream("GET", "/sparql", params=parameters) as response:
            body = b"".join(response.iter_bytes())
        assert response.status_code == 200
        with pytest.raises(json.JSONDecodeError):
            json.loads(body)
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


_TEXTS = st.text(st.sampled_from('a"\\\n\r,:{}[]<>&\t') | st.characters(codec="utf-8"), max_size=9)


@given(
    rows=st.lists(st.tuples(_TEXTS, st.none() | _TEXTS), max_size=6),
    cuts=st.lists(st.integers(0, 400), max_size=8),
    form=st.sampled_from(["JSON", "XML", "CSV", "TSV"]),
)
def test_rows_are_counted_whatever_is_in_them(
    rows: list[tuple[str, str | None]], cuts: list[int], form: str
) -> None:
    """The count is right for every text in the rows, and wherever the writer cuts the result."""
    listed = " ".join(
        f"({Literal(one)} {'UNDEF' if two is None else Literal(two)})" for one, two in rows
    )
    result = Oxigraph().query(f"SELECT * WHERE {{ VALUES (?a ?b) {{ {listed} }} }}")
    assert isinstance(result, QuerySolutions)
    kind = getattr(QueryResultsFormat, form)
    body = result.serialize(format=kind)
    assert body is not None
    places = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]
    counted = Rows(kind)
    for begin, end in pairwise(places):
        number = counted.count(body[begin:end])
    assert number == (len(rows) or (form == "JSON"))


def test_a_result_without_bindings_has_rows_too(bounded: TestClient) -> None:
    """Rows that bind nothing are no loop-hole of XML, CSV and TSV; in JSON the bytes bound them."""
    query = f"SELECT ?none WHERE {{ ?s <{RDFS}label> ?o FILTER(STRSTARTS(STR(?s), '{ID}')) }}"
    for form in ("xml", "csv", "tsv"):
        response = bounded.get("/sparql", params={"query": query, "format": form})
        assert response.status_code == 400
