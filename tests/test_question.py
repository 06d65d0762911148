"""A saved question is read with its header, and a broken header is one clear line."""

import shutil
from pathlib import Path

import pytest

from standpunkt import Dossier
from standpunkt.errors import DossierError, ParseError, UnknownNameError
from standpunkt.question import question, questions


def test_a_header_is_read(dossier: Dossier) -> None:
    """Texts are by language, parameters in their order."""
    asked = question(dossier, "who-demands")
    assert asked.name == "who-demands"
    assert asked.path == dossier.folder / "queries" / "who-demands.rq"
    assert asked.text == asked.path.read_text(encoding="utf-8")
    assert asked.summary == {"en": "Who demands a position?", "de": "Wer fordert eine Position?"}
    assert asked.description == {"en": "Those whose statements demand it."}
    assert asked.tags == ("positions", "actors")
    assert list(asked.params) == ["position", "actor", "language"]
    assert asked.own_params() == ["position", "actor"]
    assert asked.params["position"] == {
        "en": "The position asked about.",
        "de": "Die Position, nach der gefragt ist.",
    }
    assert question(dossier, "figures").columns_de == {"halfOfValue": "die Hälfte"}


def test_the_headline_is_in_some_language(dossier: Dossier) -> None:
    """Where a language lacks, the other stands in for it."""
    assert question(dossier, "who-demands").headline("de") == "Wer fordert eine Position?"
    assert question(dossier, "figures").headline("de") == "How large are the figures?"


def test_a_question_needs_no_header(dossier: Dossier) -> None:
    """A file without a header is a question without words."""
    (dossier.folder / "queries" / "bare.rq").write_text("ASK {}", encoding="utf-8")
    bare = question(dossier, "bare")
    assert (bare.summary, bare.tags, bare.params) == ({}, (), {})
    assert bare.headline("en") == ""


def test_all_questions_are_listed_by_name(dossier: Dossier) -> None:
    """The list has every file."""
    assert [each.name for each in questions(dossier)] == ["figures", "who-demands"]


def test_only_the_question_asked_is_read(dossier: Dossier) -> None:
    """A broken header elsewhere does not matter."""
    (dossier.folder / "queries" / "broken.rq").write_text("#+ [", encoding="utf-8")
    assert question(dossier, "figures").tags == ("figures",)
    with pytest.raises(ParseError):
        questions(dossier)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ summary: Who: what?", "1:16: the header is no YAML: mapping values are not allowed"),
        ("# one\n#+ tags: [", "2:3: the header is no YAML: did not find expected node content"),
        ("#+ a: \x01", "1:1: the header is no YAML: "),
        ("#+ - a", "1:1: the header has no keys"),
        ("#+ tags: []\n#+ summary: 4", "2:1: the header's 'summary' is not a text"),
        ("#+ summary_de: 2031-05-04", "1:1: the header's 'summary_de' is not a text"),
        ("#+ tags: figures", "1:1: the header's 'tags' is not a list of texts"),
        ("#+ tags: [4]", "1:1: the header's 'tags' is not a list of texts"),
        ("#+ params: [position]", "1:1: the header's 'params' does not map names to texts"),
        ("#+ params:\n#+   - a: 4", "1:1: the header's 'params' does not map names to texts"),
        ("#+ {columns_de: 4}", "1:1: the header's 'columns_de' does not map names to texts"),
    ],
)
def test_a_broken_header_is_named_with_its_place(
    dossier: Dossier, header: str, message: str
) -> None:
    """The error has the file, the line and the key."""
    path = dossier.folder / "queries" / "broken.rq"
    path.write_text(f"{header}\nASK {{}}\n", encoding="utf-8")
    with pytest.raises(ParseError) as raised:
        question(dossier, "broken")
    assert str(raised.value).startswith(f"{path}:{message}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("who-demand", "unknown question 'who-demand'; did you mean 'who-demands'?"),
        ("../ontology/town", "unknown question '../ontology/town'; 'standpunkt ask' lists them"),
    ],
)
def test_an_unknown_question_gets_a_way_out(dossier: Dossier, name: str, message: str) -> None:
    """The error has what is near, or says where all are listed."""
    with pytest.raises(UnknownNameError) as raised:
        question(dossier, name)
    assert str(raised.value) == message


def test_a_dossier_may_have_no_questions(folder: Path) -> None:
    """Then asking says so."""
    shutil.rmtree(folder / "queries")
    with pytest.raises(DossierError) as raised:
        questions(Dossier(folder))
    assert str(raised.value) == f"{str(folder)!r} has no saved question (queries/*.rq)"
