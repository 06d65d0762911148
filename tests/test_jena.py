"""Tools that nobody here wrote read what `export` writes: Jena's command line, and Raptor's."""

import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import QueryResultsFormat

from servers import JARS
from standpunkt.answer import Answer
from standpunkt.exporting import export
from test_queries_shipped import DOSSIER, QUESTIONS, expected, table

JENA = JARS / "jena-fuseki-server.jar"
# Formats of RDF with the ending that tells Jena, and the name by which Raptor knows them.
SYNTAXES = {
    "turtle": ("ttl", "turtle"),
    "trig": ("trig", "trig"),
    "ntriples": ("nt", "ntriples"),
    "nquads": ("nq", "nquads"),
    "rdfxml": ("rdf", "rdfxml"),
    "jsonld": ("jsonld", None),
}


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the shipped dossier in each syntax, with what follows from it."""
    folder = tmp_path_factory.mktemp("exported")
    for form, (ending, _) in SYNTAXES.items():
        text = export(DOSSIER, form, inferred=form in {"trig", "nquads"})
        (folder / f"dossier.{ending}").write_text(text, encoding="utf-8", newline="")
    return folder


def jena(tool: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run a tool of Jena; skip where it is missing."""
    java = shutil.which("java")
    if java is None or not JENA.exists():
        pytest.skip("Jena is missing: run tests/stores/install")
    command = [java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", str(JENA), tool]
    return subprocess.run([*command, *map(str, arguments)], capture_output=True, check=False)


@pytest.mark.parametrize("form", SYNTAXES)
def test_riot_finds_nothing_wrong(form: str, exported: Path) -> None:
    """Jena's strict reader has neither an error nor a warning on any syntax."""
    done = jena("riotcmd.riot", "--validate", "--strict", exported / f"dossier.{SYNTAXES[form][0]}")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_riot_finds_a_fault(exported: Path, tmp_path: Path) -> None:
    """A file that is cut off is refused, so that the test above can fail."""
    text = (exported / "dossier.ttl").read_bytes()
    (tmp_path / "cut.ttl").write_bytes(text[: len(text) // 2])
    assert jena("riotcmd.riot", "--validate", tmp_path / "cut.ttl").returncode != 0


@pytest.mark.parametrize("form", [form for form, (_, name) in SYNTAXES.items() if name])
def test_rapper_counts_the_same_triples(form: str, exported: Path) -> None:
    """Raptor reads each syntax that it knows, without a warning, and finds all triples."""
    ending, name = SYNTAXES[form]
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is missing: run tests/stores/install")
    path = exported / f"dossier.{ending}"
    command = [rapper, "--input", str(name), "--count", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Error" not in done.stderr
    assert "Warning" not in done.stderr
    number = sum(1 for _ in pyoxigraph.parse(path=path))
    assert f"returned {number} triples" in done.stderr


@pytest.mark.parametrize("name", QUESTIONS)
def test_arq_gives_the_expected_rows(name: str, exported: Path) -> None:
    """Each saved question runs as it lies in `queries/` over the exported file."""
    question = QUESTIONS[name]
    file = exported / "dossier.ttl"
    done = jena("arq.arq", "--data", file, "--query", question.path, "--results", "JSON")
    assert done.returncode == 0, done.stderr
    found = pyoxigraph.parse_query_results(done.stdout, format=QueryResultsFormat.JSON)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    rows = [tuple(row[column] for column in columns) for row in found]
    assert table(Answer(columns, rows)) == expected(name)
