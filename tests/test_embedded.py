"""A store in a folder: what is no such folder, what goes wrong, and that nothing is lost then."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from conftest import Run
from standpunkt.embedded import Embedded
from standpunkt.errors import StoreError

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
