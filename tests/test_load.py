"""`standpunkt load`: one suite for a store in a folder and for each server that takes graphs."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Triple

from conftest import ARTICLES, PREFIXES, Run
from servers import KINDS, OPEN, WRITABLE, Server, StartServer
from standpunkt.connection import Connection, Credentials
from standpunkt.dossier import ARTICLES_GRAPH, LINKS_GRAPH, ONTOLOGY_GRAPH, SHAPES_GRAPH, Dossier
from standpunkt.embedded import Embedded
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.staging import STAGING, Remote
from standpunkt.transfer import PARTS, Target, content

OTHER = "https://example.org/somebody-elses"
NODE = NamedNode("https://example.org/node")
# How a load of the tiny dossier ends: the exit code, and the lines on questions.
ANSWERED = (0, ["questions: 2 of 2 answered as here"])


class Place:
    """A store to load into: what the command line is told, and a second way to look inside."""

    def __init__(self, name: str, folder: Path) -> None:
        """Start it where it is a server."""
        self.name = name
        self.server: Server | None = None if name == "folder" else KINDS[name](folder)
        self.folder = folder / "store"
        self.environment: dict[str, str] = {}
        if self.server and self.server.user and self.server.password:
            self.environment = {
                "STANDPUNKT_USER": self.server.user,
                "STANDPUNKT_PASSWORD": self.server.password,
            }

    @property
    def argument(self) -> str:
        """Give TARGET as a user writes it."""
        return self.server.query_url if self.server else str(self.folder)

    def target(self) -> Target:
        """Open it anew."""
        if self.server is None:
            return Embedded(self.folder)
        credentials = Credentials(self.server.user, self.server.password)
        addresses = Addresses(self.server.query_url, self.server.update_url, self.server.gsp_url)
        return Remote(Endpoint(addresses, Connection(credentials)))


@pytest.fixture(scope="module", params=["folder", *WRITABLE])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """Give each kind of store in turn."""
    if request.param != "folder":
        pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")
    place = Place(request.param, tmp_path_factory.mktemp(request.param) / "server")
    yield place
    if place.server:
        place.server.stop()


Load = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def load(run: Run, place: Place, folder: Path) -> Load:
    """Give a way to load the tiny dossier, which gives the exit code and the lines."""

    def load(*options: object, dossier: Path = folder) -> tuple[int, list[str]]:
        result = run("load", place.argument, "--dossier", dossier, *options, **place.environment)
        return result.exit_code, (result.stdout + result.stderr).splitlines()

    return load


def counts(place: Place, *graphs: str) -> list[int]:
    """Count graphs in a store that nobody has open."""
    target = place.target()
    return [target.count(graph) for graph in graphs]


def test_a_dossier_is_loaded_into_its_graphs(place: Place, load: Load, dossier: Dossier) -> None:
    """Each part is whole in its graph, the questions are answered, and nothing is left staged."""
    code, lines = load()
    sent = content(dossier)
    assert lines[: len(PARTS)] == [
        f"graph:{part}: sent {len(sent[graph]):,}, the store holds {len(sent[graph]):,}"
        for part, graph in PARTS.items()
    ]
    assert (code, lines[len(PARTS) :]) == ANSWERED
    assert counts(place, *PARTS.values()) == [len(sent[graph]) for graph in PARTS.values()]
    assert counts(place, *(STAGING + part for part in PARTS)) == [0] * len(PARTS)


def test_a_second_load_replaces_our_graphs_and_no_other(
    place: Place, load: Load, folder: Path
) -> None:
    """What is gone from the dossier is gone from the store; lists of chains are not doubled."""
    load()
    other = Triple(NODE, NODE, NODE)
    place.target().add({OTHER: [other]})
    before = counts(place, ONTOLOGY_GRAPH, SHAPES_GRAPH)
    (folder / "graph" / "articles.ttl").write_text(
        PREFIXES + ARTICLES + "id:person-new a spk:Person .\n", encoding="utf-8"
    )
    (folder / "graph" / "links.ttl").unlink()
    code, lines = load()
    assert (code, lines[len(PARTS) :]) == ANSWERED
    assert "graph:links: sent 0, the store holds 0" in lines
    assert counts(place, ONTOLOGY_GRAPH, SHAPES_GRAPH) == before
    target = place.target()
    new = NamedNode("https://w3id.org/standpunkt/id/person-new")
    assert new in {triple.subject for triple in target.triples(ARTICLES_GRAPH)}
    assert target.count(LINKS_GRAPH) == 0
    assert target.triples(OTHER) == [other]


def test_parts_are_selected(place: Place, load: Load) -> None:
    """Only the parts that are named are touched."""
    load()
    before = counts(place, *PARTS.values())
    place.target().replace({ARTICLES_GRAPH: [], LINKS_GRAPH: []})
    code, lines = load("--part", "links")
    assert code == 0
    assert [line.partition(":")[0] for line in lines] == ["graph"]
    assert lines[0].startswith("graph:links: sent 2")
    after = counts(place, *PARTS.values())
    assert after == [
        count if part != "articles" else 0 for part, count in zip(PARTS, before, strict=True)
    ]


def test_all_goes_into_one_graph(load: Load, dossier: Dossier) -> None:
    """With --graph there is one graph, in which a triple of two parts is once."""
    one = "https://example.org/one"
    code, lines = load("--graph", one, "--no-inferred")
    [triples] = content(dossier, [part for part in PARTS if part != "inferred"], one).values()
    assert lines[0] == f"{one}: sent {len(triples)}, the store holds {len(triples)}"
    assert (code, lines[1:]) == (0, ["questions: 2 of 2 answered as here"])


def test_adding_keeps_what_is_there(place: Place, load: Load) -> None:
    """With --add the graph has both."""
    stray = Triple(NODE, NODE, NODE)
    place.target().replace({LINKS_GRAPH: [stray]})
    assert load("--add", "--part", "links") == (0, ["graph:links: sent 2, the store holds 3"])
    assert load("--add", "--part", "links") == (0, ["graph:links: sent 2, the store holds 3"])
    assert stray in place.target().triples(LINKS_GRAPH)


def test_adding_twice_doubles_nothing(place: Place, load: Load) -> None:
    """A list is known by what is in it, though its blank nodes are others in the store."""
    options = ("--part", "ontology", "--part", "shapes")
    loaded = load(*options)
    before = place.target().triples(ONTOLOGY_GRAPH)
    assert any(isinstance(term, BlankNode) for triple in before for term in triple)
    assert load("--add", *options) == loaded


def test_the_shipped_questions_are_answered_as_here(load: Load) -> None:
    """Of the shipped dossier all triples arrive, and all questions are answered."""
    dossier = Dossier.shipped()
    code, lines = load(dossier=dossier.folder)
    number = len(dossier.files("queries"))
    assert lines[len(PARTS) :] == [f"questions: {number} of {number} answered as here"]
    assert code == 0
    for line in lines[: len(PARTS)]:
        sent, _, held = line.partition(": sent ")[2].partition(", the store holds ")
        assert sent == held


def test_commands_of_a_dry_run_load_the_same(
    place: Place, load: Load, dossier: Dossier, tmp_path: Path
) -> None:
    """What --dry-run prints holds no secret, changes nothing, and does the same when it is run."""
    path = f"{tmp_path}:{Path(sys.executable).parent}:/usr/bin:/bin"
    needed = "oxigraph" if place.server is None else "curl"
    if not shutil.which(needed, path=path) or not Path("/bin/bash").exists():
        pytest.skip(f"the commands need bash and {needed}: install the extra 'oracles', or curl")
    stray = Triple(NODE, NODE, NODE)
    place.target().replace({graph: [stray] for graph in PARTS.values()})
    code, lines = load("--dry-run")
    assert code == 0
    assert counts(place, *PARTS.values()) == [1] * len(PARTS)
    text = "\n".join(lines)
    assert not place.environment or place.environment["STANDPUNKT_PASSWORD"] not in text
    program = tmp_path / "standpunkt"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m standpunkt "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {
        "PATH": path,
        "PYTHONPATH": str(Path(__file__).parents[1] / "src"),
        **place.environment,
    }
    done = subprocess.run(
        ["/bin/bash", "-c", text], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    sent = content(dossier)
    assert counts(place, *PARTS.values()) == [len(sent[graph]) for graph in PARTS.values()]


@pytest.mark.parametrize("place", [name for name in WRITABLE if KINDS[name].user], indirect=True)
def test_a_wrong_password_is_one_line(place: Place, run: Run, folder: Path) -> None:
    """The line has the user and not the password, and nothing is changed."""
    before = counts(place, *PARTS.values())
    wrong = {**place.environment, "STANDPUNKT_PASSWORD": "wrong-secret"}
    result = run("load", place.argument, "--dossier", folder, **wrong)
    assert result.exit_code == 2
    assert result.stdout == ""
    user = place.environment["STANDPUNKT_USER"]
    assert result.stderr.count("\n") == 1
    assert f"does not accept the user {user!r} with this password" in result.stderr
    assert "wrong-secret" not in result.stderr
    assert counts(place, *PARTS.values()) == before


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.is_read_only])
def test_a_read_only_server_is_one_line(
    kind: str, start_server: StartServer, run: Run, folder: Path
) -> None:
    """It is said that the store takes nothing."""
    pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")
    server = start_server(kind)
    result = run("load", server.query_url, "--dossier", folder, STANDPUNKT_USER="")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: '{server.update_url}' ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("place", OPEN, indirect=True)
def test_other_clients_read_what_was_loaded(place: Place, load: Load, dossier: Dossier) -> None:
    """SPARQLWrapper and rdflib's SPARQLStore find the same number of triples in each graph."""
    assert place.server
    wrapper = pytest.importorskip(
        "SPARQLWrapper", reason="SPARQLWrapper is missing: install the extra 'oracles'"
    )
    from rdflib import Graph, URIRef
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    load()
    sent = content(dossier)
    text = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    client = wrapper.SPARQLWrapper(place.server.query_url, returnFormat=wrapper.JSON)
    client.setQuery(text)
    rows = client.queryAndConvert()["results"]["bindings"]
    found = {row["g"]["value"]: int(row["n"]["value"]) for row in rows}
    graph = Graph(
        SPARQLStore(place.server.query_url, returnFormat="json"), identifier=URIRef(LINKS_GRAPH)
    )
    for name, triples in sent.items():
        assert found[name] == len(triples)
    assert {tuple(map(str, triple)) for triple in graph} == {
        tuple(term.value for term in triple) for triple in sent[LINKS_GRAPH]
    }


@pytest.mark.parametrize("place", WRITABLE, indirect=True)
def test_a_graph_that_was_there_before_its_staging_graph_is_whole(
    place: Place, load: Load, folder: Path
) -> None:
    """TDB2 loses triples when it moves, copies or adds to a graph that somebody put there."""
    older = "https://example.org/older"
    facts = [f"id:person-{number} a spk:Person ." for number in range(2000)]
    (folder / "graph" / "articles.ttl").write_text(PREFIXES + "\n".join(facts), encoding="utf-8")
    target = place.target()
    assert isinstance(target, Remote)
    [triples] = content(Dossier(folder), ["articles"], older).values()
    target.endpoint.put(older, triples)
    for options in ((), ("--add",)):
        code, lines = load("--graph", older, "--part", "articles", *options)
        assert (code, lines) == (0, [f"{older}: sent 2,000, the store holds 2,000"])
