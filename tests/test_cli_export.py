"""`export` as a user meets it: files, formats by ending, and one clear line for each mistake."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import cuts
from conftest import PREFIXES, Run
from memory import measured

ROOT = Path(__file__).parents[1]
FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.ttl", "PREFIX id: <https://w3id.org/standpunkt/id/>\n"),
        ("a.trig", "@prefix graph: "),
        ("a.nt", "<http"),
        ("a.nq", "<http"),
        ("a.rdf", '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:id='),
        ("a.XML", '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF '),
        ("a.jsonld", '{\n  "@context": {\n    "@version": 1.1,'),
        ("a.csv", "statement ID,time,document ID,"),
        ("a.graphml", "<?xml version='1.0' encoding='utf-8'?>\n<graphml "),
    ],
)
def test_the_ending_picks_the_format(run: Run, folder: Path, name: str, begins: str) -> None:
    """A file gets the format of its name; nothing else is said."""
    result = run("export", "--dossier", folder, "--output", folder / name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert (folder / name).read_text("utf-8").startswith(begins)


def test_a_pipe_gets_turtle(run: Run, folder: Path) -> None:
    """Without a file and a format it is Turtle; `-` is standard output."""
    piped = run("export", "--dossier", folder)
    assert piped.stdout.startswith("PREFIX id: ")
    assert run("export", "--dossier", folder, "--output", "-").stdout == piped.stdout
    assert run("export", "--dossier", folder, "-f", "nquads", "-o", "-").stdout.startswith("<")


def test_the_options_reach_the_export(run: Run, folder: Path) -> None:
    """Parts, what follows, network, endpoint and language are what they are in Python."""
    into = ("export", "--dossier", folder)
    parts = run(*into, "--part", "links", "-p", "inferred", "--format", "ntriples").stdout
    assert "exactMatch" in parts
    assert "advocates" in parts
    assert "spk:words" not in run(*into, "--part", "links").stdout
    assert "spk:advocates id:" in run(*into, "--inferred").stdout
    assert '<graph id="conflict"' in run(*into, "-f", "graphml", "--network", "conflict").stdout
    queries = run(*into, "--part", "queries", "--endpoint", "https://example.org/sparql").stdout
    assert "schema:target <https://example.org/sparql>" in queries
    assert "Stadtrat" in run(*into, "--format", "csv", "--lang", "de").stdout
    assert "@context" in json.loads(run(*into, "--format", "context").stdout)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "tutle"], "unknown format 'tutle'; did you mean 'turtle'?"),
        (["--format", "gexf"], "unknown format 'gexf'; there are turtle, trig, ntriples, nquads,"),
        (["--output", "a.gexf"], "the ending of 'a.gexf' is of no known format; give --format:"),
        (["--output", "a"], "the ending of 'a' is of no known format; give --format: turtle, trig"),
        (["--output", "none/a.ttl"], "cannot write 'none/a.ttl': No such file or directory"),
        (["--output", "graph", "-f", "csv"], "cannot write 'graph': Is a directory"),
        (["--part", "graph"], "unknown part 'graph'; there are ontology, articles, links, shapes,"),
        (["--part", "query"], "unknown part 'query'; did you mean 'queries'?"),
        (["-f", "csv", "--part", "links"], "the format 'csv' has no parts and nothing inferred;"),
        (["-f", "context", "--inferred"], "the format 'context' has no parts and nothing inferred"),
        (["--network", "conflict"], "the format 'turtle' takes no network; graphml does"),
        (["-f", "graphml", "--network", "peace"], "unknown network 'peace'; there are statements,"),
        (["-p", "metadata", "--endpoint", "ftp://a"], "'ftp://a' is no address of an endpoint"),
        (["--endpoint", "https://a.org/"], "the endpoint 'https://a.org/' goes into the parts"),
        (["--lang", "fr", "-f", "csv"], "unknown language 'fr'; there are de and en"),
        (["--dossier", "none"], "there is no folder 'none'; a dossier is a folder with"),
    ],
)
def test_bad_input_gets_one_line(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    """The line quotes the bad value and says the way out; nothing is written."""
    monkeypatch.chdir(folder)
    before = sorted(folder.rglob("*"))
    result = run("export", "--dossier", folder, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {says}")
    assert result.stderr.count("\n") == 1
    assert sorted(folder.rglob("*")) == before


def test_an_inconsistent_dossier_is_not_inferred_from(run: Run, folder: Path) -> None:
    """One line says so, and a file that was there stays as it was."""
    (folder / "ontology" / "disjoint.ttl").write_text(
        PREFIXES + "spk:Person owl:disjointWith spk:Organisation . id:org-council a spk:Person .",
        encoding="utf-8",
    )
    (folder / "old.ttl").write_text("old", encoding="utf-8")
    result = run("export", "--dossier", folder, "--inferred", "--output", folder / "old.ttl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert result.stderr.endswith("'standpunkt infer' lists all contradictions\n")
    assert (folder / "old.ttl").read_text("utf-8") == "old"


def test_broken_turtle_leaves_the_old_file(run: Run, folder: Path) -> None:
    """A syntax error has its place, and a file that was there stays as it was."""
    (folder / "graph" / "new.ttl").write_text("id:a", encoding="utf-8")
    (folder / "old.nq").write_text("old", encoding="utf-8")
    result = run("export", "--dossier", folder, "--output", folder / "old.nq")
    assert result.exit_code == 2
    assert f"{folder / 'graph' / 'new.ttl'}:1:1: the prefix 'id:' is not declared" in result.stderr
    assert (folder / "old.nq").read_text("utf-8") == "old"


def test_a_disk_that_fills_up_leaves_the_old_file(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is replaced whole or not at all, and no draft of it is left."""
    (folder / "old.ttl").write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    before = sorted(folder.rglob("*"))
    result = run("export", "--dossier", folder, "--output", folder / "old.ttl")
    assert result.exit_code == 2
    assert result.stderr == f"error: cannot write '{folder}/old.ttl': No space left on device\n"
    assert (folder / "old.ttl").read_text("utf-8") == "old"
    assert sorted(folder.rglob("*")) == before


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("form", ["turtle", "csv", "graphml"])
def test_a_full_device_is_an_error(run: Run, folder: Path, form: str) -> None:
    """As a file and as standard output, a full device is one line and exit code 2."""
    result = run("export", "--dossier", folder, "--format", form, "--output", FULL)
    assert result.exit_code == 2
    assert result.stderr == "error: cannot write '/dev/full': No space left on device\n"
    with FULL.open("w", encoding="utf-8") as full:
        process = subprocess.run(
            [sys.executable, "-m", "standpunkt", "export", "--dossier", folder, "--format", form],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert process.returncode == 2
    assert process.stderr == "error: cannot write to standard output: No space left on device\n"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_refuses_is_named(run: Run, folder: Path) -> None:
    """Where nothing may be written, the line says so."""
    folder.chmod(0o500)
    result = run("export", "--dossier", folder, "--output", folder / "a.ttl")
    folder.chmod(0o700)
    assert result.stderr == f"error: cannot write '{folder}/a.ttl': Permission denied\n"


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["--format", "csv"], "no statements"),
        (["--format", "graphml"], "no statements"),
        (["--part", "articles"], "no triples"),
        (["--part", "articles", "--format", "jsonld"], "no triples"),
        (["--part", "queries", "--format", "rdfxml"], "no triples"),
    ],
)
def test_a_dossier_without_articles_gives_a_note(
    run: Run, folder: Path, arguments: list[str], note: str
) -> None:
    """Nothing to write is no failure, and is said."""
    (folder / "graph" / "articles.ttl").unlink()
    for path in (folder / "queries").iterdir():
        path.unlink()
    result = run("export", "--dossier", folder, *arguments)
    assert (result.exit_code, result.stderr) == (0, f"{note}\n")


def test_a_reader_that_leaves_is_no_failure() -> None:
    """`standpunkt export | head -1` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "standpunkt", "export", "--format", "nquads"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"<")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_large_export_takes_little_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """Lines are sorted on disk: objects would take 3 KB for each of the 45,000 triples more."""
    peaks = []
    for copies in (1, 11):
        dossier = cuts.grown(tmp_path / str(copies), copies, "copy")
        done = measured("export", "--format", "ntriples", "--dossier", dossier.folder)
        assert done.code == 0, done.error
        peaks.append(done.peak)
    assert peaks[1] - peaks[0] < 60


def test_the_help_names_every_format_part_and_network(run: Run) -> None:
    """What the help lists is what there is."""
    from standpunkt.exporting import FORMATS, NETWORKS, PARTS

    words = set(run("export", "--help").stdout.replace(",", " ").replace(".", " ").split())
    assert {*FORMATS, *NETWORKS, *PARTS} <= words


def test_the_shell_offers_formats_parts_and_networks() -> None:
    """After the options, the tab key offers their values."""
    from standpunkt.cli import completion
    from standpunkt.exporting import FORMATS, NETWORKS, PARTS

    assert completion.export_formats() == list(FORMATS)
    assert [part for part, _ in completion.parts()] == list(PARTS)
    assert completion.networks() == list(NETWORKS)
