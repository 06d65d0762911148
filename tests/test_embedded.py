"""A store in a folder: what is no such folder, what goes wrong, and that nothing is lost then."""

import resource
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

import cuts
from conftest import Run
from memory import measured
from standpunkt import Dossier
from standpunkt.dossier import ARTICLES_GRAPH
from standpunkt.embedded import Embedded
from standpunkt.errors import StoreError
from standpunkt.receipt import check
from standpunkt.transfer import content

GRAPH = "https://example.org/graph"
NODE = NamedNode("https://example.org/node")


def numbered(count: int) -> list[Triple]:
    """Give as many triples."""
    return [Triple(NODE, NODE, Literal(f"number {number}")) for number in range(count)]


def test_a_folder_with_other_things_is_left_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    """A folder that is no store is not written into, and a file is not replaced."""
    before = sorted(folder.rglob("*"))
    result = run("load", folder, "--dossier", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: '{folder}' is a folder with other things in it;"
        " give one that is new or empty, or a store of Oxigraph\n"
    )
    assert sorted(folder.rglob("*")) == before
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    result = run("load", file, "--dossier", folder)
    assert result.stderr == f"error: '{file}' is a file; a store is a folder\n"
    assert file.read_text(encoding="utf-8") == "x"


def test_a_store_that_is_open_elsewhere_is_said_to_be(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    """A second writer gets one line, in the same process and from another."""
    path = tmp_path / "store"
    held = pyoxigraph.Store(path)
    result = run("load", path, "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr == (f"error: '{path}' is open elsewhere: close it there, and try again\n")
    other = subprocess.run(
        [sys.executable, "-m", "standpunkt", "load", path, "--dossier", folder],
        env={"PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert other.stderr == result.stderr
    assert not list(held)


def test_a_broken_store_is_one_line(tmp_path: Path) -> None:
    """A folder that looks like a store and is none cannot be opened."""
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("MANIFEST-000099\n", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot open the store in ") as raised:
        Embedded(tmp_path / "store")
    assert "\n" not in str(raised.value)


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file of this process become large, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """What does not fit changes nothing, and a smaller load then succeeds."""
    store = Embedded(tmp_path / "store")
    store.replace({GRAPH: numbered(10)})
    with pytest.raises(StoreError, match="cannot write to the store in "):
        store.replace({GRAPH: numbered(50_000)})
    assert store.count(GRAPH) == 10
    del store
    store = Embedded(tmp_path / "store")
    assert store.count(GRAPH) == 10
    store.replace({GRAPH: numbered(20)})
    assert store.count(GRAPH) == 20


@pytest.fixture
def rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each change write the store anew, in many pieces."""
    monkeypatch.setattr("standpunkt.embedded._SMALL", 0)
    monkeypatch.setattr("standpunkt.embedded._PIECE", 7)
    monkeypatch.setattr("standpunkt.spool._PIECE", 100)
    monkeypatch.setattr("standpunkt.spool._LOADED", 1000)


@pytest.mark.usefixtures("rewritten")
def test_what_is_not_ours_is_written_anew_as_it_was(tmp_path: Path) -> None:
    """Other graphs, the default graph, blank nodes, empty graphs, and the mode of the folder."""
    folder = tmp_path / "store"
    others = {
        Quad(NODE, NODE, BlankNode("a"), NamedNode("urn:other")),
        Quad(BlankNode("a"), NODE, Literal("x", language="de"), NamedNode("urn:other")),
        Quad(NODE, NODE, Triple(NODE, NODE, NODE), BlankNode("graph")),
        *(Quad(NODE, NODE, Literal(number)) for number in range(20)),
    }
    store = pyoxigraph.Store(folder)
    store.extend(others)
    store.add_graph(NamedNode("urn:empty"))
    del store
    folder.chmod(0o750)
    before = folder.stat()
    target = Embedded(folder)
    target.replace({GRAPH: numbered(30)})
    target.replace({GRAPH: numbered(20)})
    target.add({GRAPH: numbered(25)})
    assert target.count(GRAPH) == 25
    del target
    found = pyoxigraph.Store.read_only(str(folder))
    assert {quad for quad in found if quad.graph_name != NamedNode(GRAPH)} == others
    assert found.contains_named_graph(NamedNode("urn:empty"))
    after = folder.stat()
    assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)
    assert after.st_ino != before.st_ino
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.usefixtures("rewritten")
def test_where_folders_cannot_be_exchanged_a_change_is_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder stays the same, and so does what comes of it."""

    def refuse(*_: Path) -> None:
        raise OSError("no")

    monkeypatch.setattr("standpunkt.swap.exchange", refuse)
    target = Embedded(tmp_path / "store")
    inode = (tmp_path / "store").stat().st_ino
    target.replace({GRAPH: numbered(30)})
    target.replace({GRAPH: numbered(20)})
    assert target.count(GRAPH) == 20
    assert (tmp_path / "store").stat().st_ino == inode
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.usefixtures("rewritten")
@pytest.mark.parametrize("obstacle", ["name", "working folder"])
def test_nothing_of_others_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    """A folder that happens to have the name stays, and so does the one that a program works in."""
    target = Embedded(tmp_path / "store")
    inode = (tmp_path / "store").stat().st_ino
    if obstacle == "name":
        (tmp_path / ".store.loading").mkdir()
        (tmp_path / ".store.loading" / "letter.txt").write_text("Dear", encoding="utf-8")
    else:
        monkeypatch.chdir(tmp_path / "store")
    before = {path for path in tmp_path.rglob("*") if "store/" not in str(path)}
    target.replace({GRAPH: numbered(30)})
    assert target.count(GRAPH) == 30
    assert (tmp_path / "store").stat().st_ino == inode
    assert {path for path in tmp_path.rglob("*") if "store/" not in str(path)} == before


_KILLED = """
import os, sys
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from standpunkt import embedded, swap
embedded._SMALL, exchange = 0, swap.exchange
def killed(one, other):
    if one.name != "a":  # else it is a trial
        if sys.argv[2] == "after":
            exchange(one, other)
        os._exit(9)
    exchange(one, other)
swap.exchange = killed
node = NamedNode("https://example.org/node")
embedded.Embedded(embedded.Path(sys.argv[1])).replace(
    {"https://example.org/graph": [Triple(node, node, Literal(str(n))) for n in range(30)]}
)
"""


@pytest.mark.usefixtures("rewritten")
@pytest.mark.parametrize(("moment", "count"), [("before", 10), ("after", 30)])
def test_a_kill_beside_the_exchange_leaves_the_old_or_the_new(
    tmp_path: Path, moment: str, count: int
) -> None:
    """The folder that is left beside it is taken away by the next change."""
    folder = tmp_path / "store"
    Embedded(folder).replace({GRAPH: numbered(10)})
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), moment],
        env={"PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        check=False,
    )
    assert done.returncode == 9
    assert sorted(path.name for path in tmp_path.iterdir()) == [".store.loading", "store"]
    assert Embedded(folder).count(GRAPH) == count
    Embedded(folder).replace({GRAPH: numbered(20)})
    assert Embedded(folder).count(GRAPH) == 20
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems exchange no folders")
def test_a_large_load_takes_little_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """A transaction would take 5 KB for each of the 45,000 triples more."""
    peaks = []
    for copies in (1, 11):
        dossier = cuts.grown(tmp_path / str(copies), copies, "copy")
        done = measured(*("load", tmp_path / "store", "--dossier", dossier.folder, "--no-inferred"))
        assert done.code == 0, done.error
        peaks.append(done.peak)
    assert peaks[1] - peaks[0] < 100


def test_a_contradiction_is_not_loaded(run: Run, folder: Path, tmp_path: Path) -> None:
    """From a contradiction anything follows, so that the line offers to load without."""
    path = folder / "graph" / "articles.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"{text}spk:Person owl:disjointWith spk:Position . id:person-ada-brook a spk:Position .\n",
        encoding="utf-8",
    )
    result = run("load", tmp_path / "store", "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr.endswith("lists all contradictions, and --no-inferred loads none\n")
    assert not (tmp_path / "store").exists()
    assert run("load", tmp_path / "store", "--dossier", folder, "--no-inferred").exit_code == 0


def test_a_literal_that_is_rewritten_is_itemised(run: Run, folder: Path, tmp_path: Path) -> None:
    """Oxigraph writes 2.10 as 2.1; where that makes two triples one, the line shows it."""
    path = folder / "graph" / "articles.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}id:figure-cost spk:value 2.50 .\n", encoding="utf-8")
    result = run("load", tmp_path / "store", "--dossier", folder, "--part", "articles")
    assert result.exit_code == 1
    sent, item = result.stdout.splitlines()
    assert sent.startswith("graph:articles: sent ")
    assert item.startswith(
        "graph:articles: rewritten: <https://w3id.org/standpunkt/id/figure-cost>"
    )
    assert '"2.50"' in item
    assert ' as "2.5"' in item


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--part", "article"), "unknown part 'article'; did you mean 'articles'?"),
        (("--graph", "no iri"), "'no iri' is no absolute IRI, and so names no graph"),
    ],
)
def test_a_wrong_option_is_one_line(
    run: Run, folder: Path, tmp_path: Path, arguments: tuple[str, str], line: str
) -> None:
    """The line quotes the value, and no store is made."""
    result = run("load", tmp_path / "store", "--dossier", folder, *arguments)
    assert (result.exit_code, result.stderr) == (2, f"error: {line}\n")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("url", ["ftp://host/store", "file:///tmp/store"])
def test_an_address_of_another_kind_is_refused(run: Run, folder: Path, url: str) -> None:
    """It is not taken for a folder."""
    result = run("load", url, "--dossier", folder)
    assert result.stderr == f"error: {url!r} is no address of a store: write http:// or https://\n"


def test_other_tools_read_the_files(folder: Path) -> None:
    """What goes into a store is Turtle that rapper reads, with the same number of triples."""
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is missing: run tests/stores/install")
    path = folder / "graph" / "articles.ttl"
    done = subprocess.run(
        [rapper, "-q", "-c", "-i", "turtle", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("is_there", [False, True])
def test_a_first_change_that_fails_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    """A folder that is new is gone again, and one that was empty is empty."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "store"
    if is_there:
        folder.mkdir()
    target = Embedded(folder)
    monkeypatch.setattr("standpunkt.embedded.sparql.insertion", interrupt)
    with pytest.raises(KeyboardInterrupt):
        target.replace({GRAPH: numbered(1)})
    assert [*tmp_path.rglob("*")] == ([folder] if is_there else [])


def test_a_triple_of_two_files_is_sent_once(run: Run, folder: Path, tmp_path: Path) -> None:
    """The store has it once, too, and the questions are answered as here."""
    facts = folder / "graph" / "articles.ttl"
    (folder / "graph" / "again.ttl").write_bytes(facts.read_bytes())
    result = run("load", tmp_path / "store", "--dossier", folder, "--no-inferred")
    assert (result.exit_code, result.stderr) == (0, "")
    sent = len(set(Dossier(folder).graphs(ARTICLES_GRAPH)[ARTICLES_GRAPH]))
    assert f"graph:articles: sent {sent}, the store holds {sent}\n" in result.stdout
    assert result.stdout.endswith("questions: 2 of 2 answered as here\n")


@pytest.mark.parametrize("in_memory", [100_000, 0])
def test_a_folder_that_answers_otherwise_is_itemised(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    """Each question whose rows differ is named with how many do, and the triples are."""
    monkeypatch.setattr("standpunkt.receipt._IN_MEMORY", in_memory)
    dossier = Dossier(folder)
    graphs = content(dossier, ["ontology", "articles", "links"])
    target = Embedded(tmp_path / "store")
    target.replace(graphs)
    assert check(dossier, target, graphs).differences == []
    speaks = NamedNode("https://w3id.org/standpunkt/ns#speaker")
    kept = [triple for triple in graphs[ARTICLES_GRAPH] if triple.predicate != speaks]
    target.replace({ARTICLES_GRAPH: kept})
    receipt = check(dossier, target, graphs)
    assert receipt.lines[-1] == "questions: 1 of 2 answered as here"
    question, *items = receipt.differences
    assert question == ("question who-demands: 2 of 2 rows are missing there, and 0 are there only")
    assert {item.partition(": <")[0] for item in items} == {"graph:articles: missing"}


def test_rows_in_another_order_are_the_same(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the engine writes otherwise there is compared by what it means."""
    for path in (folder / "queries").glob("*.rq"):
        path.unlink()
    (folder / "queries" / "all.rq").write_text(
        "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY RAND()", encoding="utf-8"
    )
    dossier = Dossier(folder)
    graphs = content(dossier, ["ontology", "articles", "links"])
    target = Embedded(tmp_path / "store")
    target.replace(graphs)
    assert check(dossier, target, graphs).differences == []
    monkeypatch.setattr("standpunkt.receipt._plain", lambda _: Counter([object()]))
    assert check(dossier, target, graphs).differences  # rows were looked at
