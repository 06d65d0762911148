"""Saved questions, queries and descriptions give the same elsewhere as in memory.

Each server gets the shipped dossier by plain requests of the Graph Store Protocol, and so does a
folder.
"""

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from conftest import Run
from servers import KINDS, OPEN, WRITABLE, Server
from standpunkt import Answer, ask, naming, questions, sparql
from standpunkt.connection import Credentials
from standpunkt.description import describe
from standpunkt.dossier import ARTICLES_GRAPH, ASSERTED, INFERRED_GRAPH, LINKS_GRAPH
from standpunkt.elsewhere import Elsewhere
from standpunkt.errors import QueryError, StandpunktError, StoreError
from standpunkt.folder import FolderStore
from standpunkt.inference import infer
from standpunkt.namespaces import ID
from standpunkt.outline import outline
from standpunkt.page import Page
from standpunkt.queries import query, run
from standpunkt.remote import EndpointStore
from standpunkt.store import Store
from test_queries_shipped import DOSSIER, QUESTIONS, Table, expected, table

FOLDER = "folder"


class Place:
    """Where the shipped dossier is, with what was inferred: in a folder, or behind a server."""

    def __init__(self, kind: str, folder: Path) -> None:
        """Put it there."""
        self.kind = kind
        self.folder = folder / "store"
        self.server = None if kind == FOLDER else KINDS[kind](folder / "server")
        graphs = DOSSIER.graphs(*ASSERTED) | {INFERRED_GRAPH: inferred()}
        if self.server is None:
            write(self.folder, graphs)
        else:
            put(self.server, graphs)

    def open(self, *graphs: str) -> Elsewhere:
        """Open it for reading; without graphs, those of what is asserted."""
        if self.server is None:
            return FolderStore(self.folder, graphs or ASSERTED)
        who = Credentials(self.server.user, self.server.password)
        return EndpointStore(self.server.query_url, graphs or ASSERTED, credentials=who)

    def run(self, run: Run, *arguments: str) -> str:
        """Give the output of a command that asks there."""
        if self.server is None:
            result = run(*arguments, "--store", self.folder)
        else:
            who = {
                "STANDPUNKT_USER": self.server.user or "",
                "STANDPUNKT_PASSWORD": self.server.password or "",
            }
            result = run(*arguments, "--endpoint", self.server.query_url, **who)
        assert result.exit_code == 0, result.stderr
        return result.stdout


@functools.cache
def inferred() -> list[Triple]:
    """Give what follows from the shipped dossier."""
    return infer(DOSSIER).triples


def write(folder: Path, graphs: dict[str, list[Triple]]) -> None:
    """Make a store in a folder."""
    store = pyoxigraph.Store(folder)
    for graph, triples in graphs.items():
        store.extend(
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
            for triple in triples
        )
    store.flush()


def put(server: Server, graphs: dict[str, list[Triple]]) -> None:
    """Put graphs on a server."""
    for graph, triples in graphs.items():
        text = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
        server.put(graph, (text or b"").decode())


@pytest.fixture(scope="module", params=[FOLDER, *WRITABLE])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """Give each place in turn."""
    if request.param != FOLDER:
        pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")
    place = Place(request.param, tmp_path_factory.mktemp(request.param))
    yield place
    if place.server:
        place.server.stop()


def rows(result: object) -> Table:
    """Give the rows of a result as in CSV."""
    assert isinstance(result, Answer)
    return table(result)


@pytest.mark.parametrize("is_inferred", [False, True])
def test_each_question_has_its_rows(place: Place, is_inferred: bool) -> None:  # noqa: FBT001  a parameter
    """All saved questions give the expected rows, in their order, also beside the closure."""
    store = place.open(*ASSERTED, INFERRED_GRAPH) if is_inferred else place.open()
    wrong = [name for name in QUESTIONS if rows(ask(DOSSIER, name, store)) != expected(name)]
    assert wrong == []


@pytest.mark.parametrize("form", ["table", "csv"])
def test_the_command_line_prints_the_same(place: Place, run: Run, form: str) -> None:
    """Labels, heads of columns and parameters by label are as in memory, in German as well."""
    command = (
        "ask",
        "who-opposes",
        "position=The US leaves NATO",
        "--lang",
        "de",
        "--format",
        form,
    )
    assert place.run(run, *command) == run(*command).stdout


@pytest.mark.parametrize("name", ["org-nato", "spk:advocates", "mike-lee", "passage-b-7"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_node_is_shown_the_same(place: Place, name: str, language: str) -> None:
    """Facts, evidence, lists and what was inferred are as in memory."""
    store = place.open()
    node = naming.find(store, name)
    there = describe(DOSSIER, node, language, store.inferred(node), store=store)
    here = describe(DOSSIER, node, language, inferred())
    assert outline(there, language, Page()) == outline(here, language, Page())
    assert len(there.triples) == len(here.triples)


def test_what_was_inferred_is_seen_on_demand(place: Place, run: Run) -> None:
    """`--inferred` adds the store's graph of inferred triples, and nothing else does."""
    text = "SELECT ?x WHERE { id:person-mike-lee spk:advocates ?x } ORDER BY ?x"
    assert place.run(run, "query", text, "--inferred") == run("query", text, "--inferred").stdout
    assert rows(place.open().query(text)) == [["x"]]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x WHERE { id:person-mike-lee rdfs:label ?x } ORDER BY ?x",
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s rdfs:label ?o } } ORDER BY ?g",
        "SELECT (COUNT(*) AS ?n) FROM graph:links WHERE { ?s ?p ?o }",
        "ASK { id:person-mike-lee a spk:Person }",
        "CONSTRUCT { ?s rdfs:seeAlso ?o } WHERE { ?s skos:exactMatch ?o }",
        "PREFIX spk: <urn:other#> SELECT ?x WHERE { VALUES ?x { spk:a } }",
        'SELECT ?x WHERE { VALUES ?x { 2 0.5 "a\\n\\"b\\"\\\\ ä🌉"@de "2024"^^xsd:gYear } }',
    ],
)
def test_queries_give_the_same(place: Place, text: str) -> None:
    """Prefixes need no declaration, `GRAPH` sees the dossier's graphs, `FROM` picks one."""
    assert place.open().query(text) == query(DOSSIER, text)


def test_a_wrong_query_is_explained_as_in_memory(place: Place) -> None:
    """Syntax errors, updates and calls to other hosts are told in the same words."""
    for text in ("SELECT ?x WHERE { ?x ex:y ?z }", "DROP ALL", "ASK { SERVICE <urn:x> {} }", ""):
        with pytest.raises(QueryError) as here:
            query(DOSSIER, text)
        with pytest.raises(QueryError) as there:
            place.open().query(text)
        assert str(there.value) == str(here.value)


def test_a_name_that_is_not_there_is_unknown(place: Place) -> None:
    """What the store does not have is not found, though the suggestions are as ever."""
    question = QUESTIONS["who-advocates"]
    with pytest.raises(StandpunktError, match=r"unknown position 'us-leaves-nat'; did you mean"):
        run(DOSSIER, question, parameters={"position": "us-leaves-nat"}, store=place.open())


def test_a_graph_that_is_missing_is_named(place: Place) -> None:
    """An answer without rows is no answer where the dossier was not loaded."""
    store = place.open("https://w3id.org/standpunkt/graph/none")
    with pytest.raises(StoreError, match=r"has nothing in the graph 'graph:none'; 'standpunkt lo"):
        store.query("SELECT * WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("place", WRITABLE, indirect=True)
def test_foreign_clients_get_the_rows(place: Place) -> None:
    """SPARQLWrapper gives the expected rows."""
    assert place.server
    sparqlwrapper = pytest.importorskip(
        "SPARQLWrapper", reason="SPARQLWrapper is missing: install the extra 'oracles'"
    )
    client = sparqlwrapper.SPARQLWrapper(place.server.query_url)
    client.setMethod(sparqlwrapper.POST)
    client.setReturnFormat(sparqlwrapper.JSON)
    if place.server.user:
        client.setHTTPAuth(sparqlwrapper.DIGEST if place.server.digest else sparqlwrapper.BASIC)
        client.setCredentials(place.server.user, place.server.password)
    for graph in ASSERTED:
        client.addDefaultGraph(graph)
    assert not differing(lambda text: _by_sparqlwrapper(client, text))


# Virtuoso does not come to an end with some questions whose graphs are named by `FROM`, as here.
@pytest.mark.parametrize("place", [name for name in OPEN if name != "virtuoso"], indirect=True)
def test_rdflib_gets_the_rows(place: Place) -> None:
    """SPARQLStore of rdflib gives the expected rows; it has no Digest and ASCII passwords only."""
    assert place.server
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    store = SPARQLStore(place.server.query_url, method="POST")
    dataset = "".join(f"FROM <{graph}>\n" for graph in ASSERTED)

    def answer(text: str) -> Table:
        result = store.query(text.replace("\nWHERE {", f"\n{dataset}WHERE {{", 1))
        lines = [["" if term is None else str(term) for term in row] for row in result]  # type: ignore[union-attr]  # rows of a SELECT
        return [[str(variable) for variable in result.vars or []], *lines]

    assert not differing(answer)


def differing(answer: Callable[[str], Table]) -> set[str]:
    """Give the questions that a client answers with other rows, or not."""
    wrong = set()
    for name, question in QUESTIONS.items():
        try:
            found = answer(question.text)
        except Exception:  # noqa: BLE001  of whatever library
            found = []
        if found != expected(name):
            wrong.add(name)
    return wrong


def _by_sparqlwrapper(client: object, text: str) -> Table:
    client.setQuery(text)  # type: ignore[attr-defined]  # it has no types
    answer = client.query().convert()  # type: ignore[attr-defined]  # the same
    columns = answer["head"]["vars"]
    cells = [
        [row[column]["value"] if column in row else "" for column in columns]
        for row in answer["results"]["bindings"]
    ]
    return [columns, *cells]


TWICE = Triple(NamedNode(ID + "a"), NamedNode(ID + "b"), NamedNode(ID + "c"))


def test_a_triple_in_two_graphs_is_refused(tmp_path: Path) -> None:
    """Oxigraph counts it twice, so nothing is asked; one graph alone is in order."""
    write(tmp_path, {ARTICLES_GRAPH: [TWICE], LINKS_GRAPH: [TWICE]})
    with pytest.raises(StoreError, match=r"would count 'id:a id:b id:c' twice"):
        FolderStore(tmp_path).query("SELECT * WHERE { ?s ?p ?o }")
    answer = FolderStore(tmp_path, [ARTICLES_GRAPH]).query("SELECT * WHERE { ?s ?p ?o }")
    assert len(rows(answer)) == 2
    assert list(FolderStore(tmp_path).triples()) == [TWICE]


def test_a_triple_in_two_graphs_is_let_through_where_it_does_not_show(tmp_path: Path) -> None:
    """What gives distinct rows gives the same from doubled graphs, and need not look for them.

    A question that counts rows, or has each of them, is refused.
    """
    graphs = DOSSIER.graphs(*ASSERTED)
    write(tmp_path, graphs | {LINKS_GRAPH: [*graphs[ARTICLES_GRAPH], *graphs[LINKS_GRAPH]]})
    distinct = []
    for asked in questions(DOSSIER):
        store = FolderStore(tmp_path)
        if sparql.is_of_distinct_rows(asked.text):
            distinct.append(asked.name)
            assert store.query(asked.text) == Store.asserted(DOSSIER).query(asked.text)
        else:
            with pytest.raises(StoreError, match=r"would count .* twice"):
                store.query(asked.text)
    assert "who-advocates" in distinct
    assert "overview" not in distinct


def test_a_folder_that_is_no_store_is_told(tmp_path: Path) -> None:
    """A missing folder, another folder and a broken store are one line each."""
    with pytest.raises(StoreError, match=r"is no folder; 'standpunkt load' makes one"):
        FolderStore(tmp_path / "none")
    with pytest.raises(StoreError, match=r"is a folder without a store"):
        FolderStore(tmp_path)
    write(tmp_path / "store", {ARTICLES_GRAPH: [TWICE]})
    (tmp_path / "store" / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")
    with pytest.raises(StoreError, match=r"cannot open the store in "):
        FolderStore(tmp_path / "store")


def test_a_folder_that_is_open_elsewhere_is_told(tmp_path: Path) -> None:
    """While another program may write, a reader would see undefined things."""
    write(tmp_path, {ARTICLES_GRAPH: [TWICE]})
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import pyoxigraph, sys\nit = pyoxigraph.Store(sys.argv[1])\nprint(flush=1)\ninput()",
            str(tmp_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with writer:
        assert writer.stdout
        writer.stdout.readline()
        with pytest.raises(StoreError, match=r"is open elsewhere: close it there, or ask its serv"):
            FolderStore(tmp_path)
        writer.communicate(b"\n")
    assert list(FolderStore(tmp_path).triples(NamedNode(ID + "a"))) == [TWICE]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no modes")
def test_reading_a_folder_changes_nothing(tmp_path: Path) -> None:
    """A store on a medium that cannot be written to is read."""
    write(tmp_path, {ARTICLES_GRAPH: [TWICE]})
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    FolderStore(tmp_path, [ARTICLES_GRAPH]).query("ASK { ?s ?p ?o }")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_one_place_is_enough(run: Run, tmp_path: Path) -> None:
    """Two places, or no address, are wrong usage."""
    both = run("ask", "laws", "--endpoint", "http://localhost:1", "--store", tmp_path)
    assert (both.exit_code, both.stderr.count("\n")) == (2, 1)
    assert "--endpoint and --store name two stores" in both.stderr
    assert "no address" in run("ask", "laws", "--endpoint", "localhost:7878").stderr


def test_what_the_store_has_goes_before_what_the_files_have(tmp_path: Path) -> None:
    """Labels are those of the store that is asked."""
    ontology, articles = DOSSIER.graphs(*ASSERTED[:2]).values()
    renamed = [
        Triple(triple.subject, triple.predicate, pyoxigraph.Literal("Changed", language="en"))
        if str(triple.subject).endswith("org-nato>") and "label" in str(triple.predicate)
        else triple
        for triple in articles
    ]
    write(tmp_path, {ASSERTED[0]: ontology, ARTICLES_GRAPH: renamed})
    store = FolderStore(tmp_path)
    assert naming.find(store, "Changed") == NamedNode(ID + "org-nato")
    assert store.label(NamedNode(ID + "org-nato"), "en") == "Changed"
    assert Store.asserted(DOSSIER).label(NamedNode(ID + "org-nato"), "en") != "Changed"
