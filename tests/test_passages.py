"""An article is cut into passages whose offsets and hashes hold."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from standpunkt import Dossier, turtle
from standpunkt.errors import ParameterError, ParseError
from standpunkt.evidence import verify
from standpunkt.passages import along, guessed, lines, triples

TEXT = "Die Brücke\r\n\r\nSie kommt. „Baut sie!“ Brook rief das am 3. Mai.\n  Mehr  morgen 🌉.\n"
CUT = ["Die Brücke", "Sie kommt.", "„Baut sie!“", "Brook rief das am 3. Mai.", "Mehr  morgen 🌉."]


def words(text: str, cut: str | None = None) -> list[str]:
    """Give the passages of a text."""
    spans = guessed(text) if cut is None else along(text, cut, "x.cut")
    return [text[span.start : span.end] for span in spans]


def test_sentences_and_headings_are_guessed() -> None:
    """A heading is a line; quotation marks end a sentence, a day of a month does not."""
    assert words(TEXT) == CUT


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. A. B. Zet und Prof. Ypsilon zahlen ca. 3 Mio. Euro.",
        "Am 12. Mai kam z. B. Frau Ix (St. Georg).",
        "Er sagt: „Ja“ und geht.",
        "Es waren 2.5 Meter.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str) -> None:
    """Neither do initials, ordinals and numbers; a year does."""
    assert words(f"{sentence} Das war 2031. Ende.") == [sentence, "Das war 2031.", "Ende."]


@given(st.text("aA. !“\n\r3", max_size=40))
def test_a_guess_leaves_nothing_out(text: str) -> None:
    """Between passages there are blanks alone, and a guess is a cut of the same passages."""
    spans = guessed(text)
    assert "".join("".join(words(text)).split()) == "".join(text.split())
    assert along(text, lines(text, spans), "x.cut") == spans


def test_a_cut_decides() -> None:
    """Lines may be joined and parted, over line ends of the article as well."""
    cut = "Die Brücke Sie\n\n  kommt.\n„Baut sie!“ Brook rief das am 3. Mai.\nMehr morgen 🌉."
    assert words(TEXT, cut) == [
        "Die Brücke\r\n\r\nSie",
        "kommt.",
        "„Baut sie!“ Brook rief das am 3. Mai.",
        "Mehr  morgen 🌉.",
    ]


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        ("Die Brücke\nEr kommt.", "x.cut:2:1: the article goes on with 'Sie kommt. „Baut sie!“"),
        ("Die Brücke", "x.cut:2:1: the article goes on with 'Sie kommt."),
        ("", "x.cut:1:1: the article goes on with 'Die Brücke Sie"),
        ("\n".join([*CUT, "Ende."]), "x.cut:6:1: the article has ended here"),
        ("Die Brück", "x.cut:2:1: the article goes on with 'e Sie kommt."),
    ],
)
def test_a_cut_of_another_text_is_refused(cut: str, message: str) -> None:
    """The line where it leaves the article is named, with what stands there."""
    with pytest.raises(ParseError) as raised:
        along(TEXT, cut, "x.cut")
    assert str(raised.value).startswith(message)


def test_every_span_holds(folder: Path, tmp_path: Path, run: Run) -> None:
    """What is written is what `evidence` checks, and is in the house layout."""
    article = tmp_path / "bridge.txt"
    article.write_text(TEXT, encoding="utf-8", newline="")
    facts = folder / "graph" / "y.ttl"
    assert run("passages", article, "--name", "y", "--output", facts).exit_code == 0
    text = facts.read_text("utf-8")
    assert turtle.house(text, "y.ttl") == text
    for part in (
        '"article Y, heading 1"@en',
        '"Artikel Y, Satz 5"@de',
        '"article Y, quotation 1"@en',
        'spk:words "Baut sie!"@de',
    ):
        assert part in text
    found = verify(Dossier(folder), tmp_path)
    assert (found.checked, found.faults) == (6, [])


def test_the_shapes_find_what_is_left_to_do(tmp_path: Path, run: Run) -> None:
    """In a dossier of its own, a cut has no other findings than passages without facts."""
    for part in ("ontology", "shapes"):
        shutil.copytree(Dossier.shipped().folder / part, tmp_path / part)
    (tmp_path / "graph").mkdir()
    article = tmp_path / "a.txt"
    article.write_text("Titel\nSatz eins. Satz zwei.", encoding="utf-8")
    assert run("passages", article, "-o", tmp_path / "graph" / "new.ttl").exit_code == 0
    written = run("validate", "--dossier", tmp_path).stdout.splitlines()
    found = [line for line in written if not line.startswith(" ")]
    assert len(found) == 3
    assert all(line.endswith("says why none follows from it.") for line in found)


def test_the_text_is_for_the_curator(tmp_path: Path, run: Run) -> None:
    """One passage a line, which comes back by --cut; a program gets Turtle."""
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8", newline="")
    cut = tmp_path / "a.cut"
    assert run("passages", article, "--output", cut).exit_code == 0
    assert cut.read_text("utf-8").splitlines()[4] == "Mehr morgen 🌉."
    again = run("passages", article, "--cut", cut)
    assert again.stdout == run("passages", article).stdout
    assert again.stdout.startswith("PREFIX dcterms:")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no.txt"], "cannot read 'no.txt'"),
        (["a.txt", "--name", "Ä b"], "'Ä b' cannot be part of an IRI"),
        (["a.txt", "--language", "a b"], "'a b' is no tag of a language"),
        (["a.txt", "--cut", "no.cut"], "cannot read 'no.cut'"),
        (["a.txt", "--format", "csv"], "unknown format 'csv'"),
    ],
)
def test_bad_input_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, arguments: list[str], said: str
) -> None:
    """With exit code 2."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = run("passages", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {said}")


def test_a_name_that_no_node_can_have_is_refused() -> None:
    """It is quoted, with what a name may have."""
    with pytest.raises(ParameterError, match="'a/b' cannot be part of an IRI; take lower-case"):
        triples(TEXT, [], file="a.txt", name="a/b", language="de")
