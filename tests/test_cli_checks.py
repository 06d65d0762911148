"""`validate`, `infer` and `lint` as a user meets them: lines, exit codes, bad input."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from conftest import PREFIXES, Run

INVALID = Path(__file__).parent / "invalid"
CONTRADICTION = """\
PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

id:A owl:disjointWith id:B .
id:x a id:A , id:B .
"""
SPEECHLESS = PREFIXES + "id:statement-mute a spk:Statement ; rdfs:label 'stumm'@de , 'mute'@en ."


@pytest.fixture
def mute(folder: Path) -> Path:
    """Add a statement without a speaker to the tiny dossier, and give the file."""
    path = folder / "graph" / "mute.ttl"
    path.write_text(SPEECHLESS, encoding="utf-8")
    return path


# --- validate ---------------------------------------------------------------------------------


def test_the_shipped_dossier_conforms(run: Run) -> None:
    """Nothing is found, nothing is written, the exit code is 0."""
    result = run("validate")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "nothing found\n", 0)


def test_a_finding_is_a_line_and_the_answer_no(run: Run, folder: Path, mute: Path) -> None:
    """File, line, column, severity, label, rule and mend, in the reader's language."""
    line = f"{mute}:{SPEECHLESS.count(chr(10)) + 1}:1"
    english = run("validate", "--dossier", folder)
    assert english.stdout == (
        f"{line}: violation: mute: A statement has a speaker.\n    add spk:speaker\n"
    )
    assert english.exit_code == 1
    german = run("validate", "--dossier", folder, "--lang", "de")
    assert german.stdout == (
        f"{line}: Verletzung: stumm: Eine Aussage hat jemanden, der spricht.\n"
        "    spk:speaker ergänzen\n"
    )


def test_findings_for_programs(run: Run, folder: Path, mute: Path) -> None:
    """JSON, JUnit, GitHub and Turtle say the same, and the ending of a file picks the format."""
    found = json.loads(run("validate", "--dossier", folder, "--format", "json").stdout)
    assert found["conforms"] is False
    assert found["findings"][0]["file"] == str(mute)
    suite = ET.fromstring(run("validate", "--dossier", folder, "-f", "junit").stdout)  # noqa: S314
    assert suite.get("failures") == "1"
    github = run("validate", "--dossier", folder, "-f", "github").stdout
    assert github.startswith("::error file=")
    assert github.endswith("::A statement has a speaker.%0Aadd spk:speaker\n")
    report = folder / "report.ttl"
    assert run("validate", "--dossier", folder, "--output", report).exit_code == 1
    assert "sh:conforms false" in report.read_text("utf-8")


def test_files_are_judged_in_the_place_of_the_graph(run: Run) -> None:
    """Each example of a fault that lies beside these tests does not conform."""
    for example in sorted(INVALID.glob("*.ttl"))[::80]:
        assert run("validate", example).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["no.ttl"], "cannot read 'no.ttl': no such file or directory"),
        (["--format", "jsn"], "unknown format 'jsn'; did you mean 'json'?"),
        (["--format", "githup"], "unknown format 'githup'; did you mean 'github'?"),
        (["--allow", "warn"], "unknown severity 'warn'; did you mean 'warning'?"),
        (["--lang", "fr"], "unknown language 'fr'; there are de and en"),
    ],
)
def test_what_cannot_be_validated_is_one_line(
    run: Run, folder: Path, arguments: list[str], line: str
) -> None:
    """A bad file, format, severity or language is named, with the way out."""
    result = run("validate", "--dossier", folder, *arguments)
    assert result.exit_code == 2
    assert result.stderr.casefold() == f"error: {line}\n".casefold()


def test_a_dossier_without_shapes_cannot_be_validated(run: Run, folder: Path) -> None:
    """There is nothing to judge by, which is no `yes`."""
    (folder / "shapes" / "statement.ttl").unlink()
    result = run("validate", "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: {str(folder)!r} has no Turtle file (*.ttl) in its folder shapes/\n"
    )


@pytest.mark.parametrize("text", ["id:x a spk:Actor .", PREFIXES + "id:x a ", "\0\1\2", "\ufeff"])
def test_broken_turtle_is_named_with_its_place(run: Run, tmp_path: Path, text: str) -> None:
    """Undeclared prefixes, truncated and binary files and byte-order marks are one line."""
    path = tmp_path / "broken.ttl"
    path.write_text(text, encoding="utf-8")
    result = run("validate", path)
    assert result.exit_code == 2
    assert result.stderr.startswith(("error: ", f"error: {path}:"))
    assert str(path) in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_ill_typed_literal_is_a_finding(run: Run, tmp_path: Path) -> None:
    """A month 13 is read, and then found."""
    path = tmp_path / "month.ttl"
    path.write_text(
        PREFIXES + "id:event-x a spk:Event ; spk:date '2024-13-01'^^xsd:date .", encoding="utf-8"
    )
    result = run("validate", path)
    assert result.exit_code == 1
    assert any("date" in line for line in result.stdout.splitlines())


# --- infer ------------------------------------------------------------------------------------


def test_what_follows_is_written(run: Run, folder: Path) -> None:
    """Only what is new, or all of it, in Turtle or as N-Triples."""
    added = run("infer", "--dossier", folder, "--format", "ntriples")
    assert added.exit_code == 0
    assert "ns#advocates" in added.stdout
    assert "ns#demands" not in added.stdout.replace("ns#demands>)", "")
    everything = run("infer", "--dossier", folder, "--all", "--format", "ntriples")
    assert set(added.stdout.splitlines()) < set(everything.stdout.splitlines())
    assert "PREFIX spk:" in run("infer", "--dossier", folder).stdout


def test_a_contradiction_is_a_line_and_the_answer_no(run: Run, folder: Path) -> None:
    """The nodes are named, and what follows is written all the same."""
    (folder / "graph" / "wrong.ttl").write_text(CONTRADICTION, encoding="utf-8")
    result = run("infer", "--dossier", folder, "--reasoner", "owlrl")
    assert result.exit_code == 1
    assert result.stderr == "id:A, id:B, id:x: contradicts itself by the rule cax-dw\n"
    assert "spk:advocates" in result.stdout


def test_an_unknown_reasoner_gets_a_suggestion(run: Run, folder: Path) -> None:
    """A misspelt engine is one line."""
    result = run("infer", "--dossier", folder, "--reasoner", "owlr")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: no reasoner is called 'owlr'; did you mean 'owlrl'?")


# --- lint -------------------------------------------------------------------------------------


def test_the_shipped_dossier_keeps_the_house_rules(run: Run) -> None:
    """Nothing is found, and the exit code is 0."""
    result = run("lint")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "nothing found\n", 0)


def test_a_breach_of_a_house_rule_is_a_line(run: Run, folder: Path) -> None:
    """File, line, rule and what to mend; the exit code is 1."""
    path = folder / "queries" / "all.rq"
    path.write_text("SELECT * WHERE { ?s ?p ?o }\n", encoding="utf-8")
    result = run("lint", "--dossier", folder)
    assert result.exit_code == 1
    assert f"{path}:1: columns: SELECT * has columns that nobody named\n" in result.stdout
