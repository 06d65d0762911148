"""The table of statements: one row each, every variable, and the names that others have for it."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from conftest import PREFIXES
from standpunkt import Dossier
from standpunkt.dossier import ARTICLES_GRAPH
from standpunkt.exporting import export
from standpunkt.exporting.statements import COLUMNS
from standpunkt.namespaces import ID, RDF, SPK, shorten

ROOT = Path(__file__).parents[1]
# The header of the event list that Discourse Network Analyzer 3 writes, then the variables of its
# own statement type, without what a dossier does not have: source, section and type.
EVENT_LIST = [
    "statement ID",
    "time",
    "document ID",
    "document title",
    "author",
    "text",
    "person",
    "organization",
    "concept",
    "agreement",
]

Row = dict[str, str]


@pytest.fixture
def council(tmp_path: Path) -> Dossier:
    """Give a dossier of the shipped ontology and of facts about a harbour."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    (tmp_path / "graph").mkdir()
    shutil.copy(ROOT / "tests" / "valid" / "council.ttl", tmp_path / "graph" / "articles.ttl")
    return Dossier(tmp_path)


def rows(dossier: Dossier, language: str = "en") -> dict[str, Row]:
    """Give the rows of the table by the names of the statements."""
    text = export(dossier, "csv", language=language)
    found = csv.DictReader(io.StringIO(text, newline=""))
    return {row["statement ID"].removeprefix(ID): row for row in found}


def add(dossier: Dossier, facts: str) -> Dossier:
    """Give the dossier with a few facts more."""
    path = dossier.folder / "graph" / "more.ttl"
    path.write_text(PREFIXES + facts, encoding="utf-8", newline="")
    return Dossier(dossier.folder)


def test_a_statement_has_all_its_variables(council: Dossier) -> None:
    """Each cell is what the facts say; empty cells are what they leave open."""
    row = rows(council)["statement-vogt-demands-dredging"]
    assert {name: shorten(cell) for name, cell in row.items() if cell} == {
        "statement ID": "id:statement-vogt-demands-dredging",
        "time": "2030-05",
        "document ID": "id:article-gazette",
        "document title": "Harbour Gazette",
        "author": "author: Harbour Gazette",
        "text": "tiefer als je zuvor",
        "person": "Ada Vogt",
        "organization": "town council of Neustrand",
        "concept": "Harbour and river are dredged",
        "agreement": "1",
        "statement_de": "Vogt fordert das Ausbaggern",
        "statement_en": "Vogt demands dredging",
        "speaker": "id:person-vogt",
        "speaker_de": "Ada Vogt",
        "speaker_en": "Ada Vogt",
        "speakerType": "spk:Person",
        "speakerType_de": "Person",
        "speakerType_en": "person",
        "speakerName": "Ada Vogt",
        "membership": "id:membership-vogt-mayor",
        "membership_de": "Vogt als Bürgermeisterin",
        "membership_en": "Vogt as mayor",
        "organisation": "id:org-council",
        "organisation_de": "Stadtrat von Neustrand",
        "organisation_en": "town council of Neustrand",
        "office": "id:office-mayor",
        "office_de": "Bürgermeisterin",
        "office_en": "mayor",
        "spokenAs": "id:office-mayor",
        "spokenAs_de": "Bürgermeisterin",
        "spokenAs_en": "mayor",
        "stance": "spk:demands",
        "stance_de": "fordert",
        "stance_en": "demands",
        "polarity": "1",
        "proposition": "id:position-dredge-all",
        "proposition_de": "Hafen und Fluss werden ausgebaggert",
        "proposition_en": "Harbour and river are dredged",
        "propositionType": "spk:Position",
        "propositionType_de": "Position",
        "propositionType_en": "position",
        "certainty": "spk:Stated",
        "certainty_de": "ausgesagt",
        "certainty_en": "stated",
        "directness": "spk:PartQuote",
        "directness_de": "Teilzitat",
        "directness_en": "part quote",
        "date": "2030-05-02",
        "datePrecision": "day",
        "place": "id:place-quay",
        "place_de": "Kai von Neustrand",
        "place_en": "quay of Neustrand",
        "medium": "id:medium-radio",
        "medium_de": "Lokalradio",
        "medium_en": "local radio",
        "occasion": "id:event-council-meets",
        "occasion_de": "Der Stadtrat tagt",
        "occasion_en": "The council meets",
        "addressee": "id:org-council",
        "addressee_de": "Stadtrat von Neustrand",
        "addressee_en": "town council of Neustrand",
        "quotation": "id:quotation-vogt-deeper",
        "textLanguage": "de",
        "textStart": "40",
        "textEnd": "59",
        "textSha256": "3d963af8416c2d33690ae890baad400b83ed813e0ddca899a85aa400e2f6179f",
        "passage": "id:passage-gazette-1",
        "sentence": "1",
        "passageKind": "spk:Sentence",
        "passageKind_de": "Satz",
        "passageKind_en": "sentence",
        "start": "11",
        "end": "150",
        "sha256": "4d1324c70ddec987dbb4233ad602eb9c7dcb057ab7907c446d2b6a1bf061d83d",
        "article_de": "Hafenblatt",
        "article_en": "Harbour Gazette",
        "timePrecision": "month",
        "articleLanguage": "de",
        "articleFile": "gazette.txt",
        "articleSha256": "62f0bcd925fb756bd0a370d8d0b61bbdd9d89aa55166c59e2629fa040cd3e3ca",
    }


def test_the_first_columns_are_those_of_the_event_list() -> None:
    """A script for the event list of Discourse Network Analyzer finds its columns."""
    assert list(COLUMNS)[: len(EVENT_LIST)] == EVENT_LIST


def test_every_fact_about_a_statement_is_in_its_row() -> None:
    """Whatever the shipped dossier says of a statement is in a cell: nothing is left behind."""
    table = rows(Dossier.shipped())
    facts = Dossier.shipped().graphs(ARTICLES_GRAPH)[ARTICLES_GRAPH]
    said = [fact for fact in facts if str(fact.subject)[1:-1].removeprefix(ID) in table]
    assert len(said) > 500
    for fact in said:
        row = table[str(fact.subject)[1:-1].removeprefix(ID)]
        cells = {value for cell in row.values() for value in (cell, *cell.split(" | "))}
        is_class = fact.predicate == NamedNode(RDF + "type")
        assert is_class or str(getattr(fact.object, "value", "")) in cells, fact
        if fact.predicate.value.startswith(SPK) and isinstance(fact.object, NamedNode):
            stance = row["stance"] == fact.predicate.value
            name = "proposition" if stance else fact.predicate.value.removeprefix(SPK)
            name = "passage" if name == "evidence" else name
            assert fact.object.value in row[name].split(" | "), fact


def test_passages_go_together(council: Dossier) -> None:
    """Sentences, offsets and hashes are in the order of the passages, which is the text's."""
    dossier = add(
        council,
        "id:statement-kern-agrees spk:evidence id:passage-herald-1 , id:passage-gazette-0 .",
    )
    row = rows(dossier)["statement-kern-agrees"]
    passages = [
        ID + name for name in ("passage-gazette-0", "passage-gazette-1", "passage-herald-1")
    ]
    assert row["passage"].split(" | ") == passages
    facts = {
        (triple.subject.value, triple.predicate.value): triple.object.value
        for triple in dossier.triples("graph")
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal)
    }
    for column, name in {
        "sentence": "number",
        "start": "start",
        "end": "end",
        "sha256": "sha256",
    }.items():
        assert row[column].split(" | ") == [facts[passage, SPK + name] for passage in passages]
    assert row["document title"] == "Harbour Gazette | Coast Herald"
    assert row["time"] == "2030-05 | "


def test_rows_are_in_the_order_of_the_text(council: Dossier) -> None:
    """Articles come one after the other, sentences by number and not by name."""
    listed = [
        (row["document ID"], [int(number) for number in row["sentence"].split(" | ")])
        for row in rows(Dossier.shipped()).values()
    ]
    assert listed == sorted(listed)
    assert list(rows(council))[-1] == "statement-herald-denies"


@pytest.mark.parametrize(
    ("stance", "polarity", "agreement"),
    [("endorses", "1", "1"), ("rejects", "-1", "0"), ("threatens", "0", ""), ("denies", "-1", "0")],
)
def test_a_stance_is_a_number(council: Dossier, stance: str, polarity: str, agreement: str) -> None:
    """Polarity is three-valued; agreement is a yes or no as in DNA, and empty where it is none."""
    dossier = add(
        council,
        f"id:statement-x a spk:Statement ; spk:{stance} id:position-dredge-all ;"
        " spk:speaker id:person-kern .",
    )
    row = rows(dossier)["statement-x"]
    assert (row["stance"], row["polarity"]) == (SPK + stance, polarity)
    assert row["agreement"] == agreement


def test_a_membership_counts_in_its_article_only(council: Dossier) -> None:
    """Who sits where is what the statement's own article says."""
    dossier = add(
        council,
        "id:statement-x a spk:Statement ; spk:speaker id:person-vogt ;"
        " spk:evidence id:passage-herald-1 .",
    )
    table = rows(dossier)
    assert table["statement-vogt-demands-dredging"]["organisation"] == ID + "org-council"
    assert table["statement-vogt-demands-dredging"]["office_en"] == "mayor"
    assert table["statement-x"]["organisation"] == table["statement-x"]["office"] == ""


def test_who_speaks_is_a_person_or_an_organization(council: Dossier) -> None:
    """A speaker that is a body stands where DNA has organizations, any other is a person."""
    table = rows(council)
    assert table["statement-anglers-share"]["person"] == ""
    assert table["statement-anglers-share"]["organization"] == "some anglers"
    assert table["statement-gazette-predicts"]["person"] == "author: Harbour Gazette"


def test_labels_are_in_the_language_asked_for(council: Dossier) -> None:
    """The columns of the event list are in one language, all others in each."""
    german, english = (rows(council, language) for language in ("de", "en"))
    name = "statement-vogt-demands-dredging"
    assert german[name]["concept"] == german[name]["proposition_de"]
    assert english[name]["concept"] == english[name]["proposition_en"] != german[name]["concept"]
    rest = list(COLUMNS)[len(EVENT_LIST) :]
    assert [german[name][each] for each in rest] == [english[name][each] for each in rest]


def test_dates_say_how_exact_they_are(council: Dossier) -> None:
    """A day, a month or a year: as the text has it, and no more."""
    dossier = add(
        council,
        'id:statement-x a spk:Statement ; spk:date "2029"^^xsd:gYear ;'
        " spk:evidence id:passage-gazette-1 .",
    )
    table = rows(dossier)
    row = table["statement-vogt-demands-dredging"]
    assert (row["date"], row["datePrecision"]) == ("2030-05-02", "day")
    assert (row["time"], row["timePrecision"]) == ("2030-05", "month")
    assert (table["statement-x"]["date"], table["statement-x"]["datePrecision"]) == ("2029", "year")


def test_any_text_is_a_cell(council: Dossier) -> None:
    """Commas, quotes and line breaks come back as they went in."""
    note = 'a, "b";\r\nc\nd'
    facts = f"id:statement-kern-agrees spk:timeNote {Literal(note, language='en')} ."
    assert rows(add(council, facts))["statement-kern-agrees"]["timeNote_en"] == note


def test_pandas_reads_the_table() -> None:
    """One row a statement, numbers as numbers."""
    pandas = pytest.importorskip("pandas", reason="pandas is missing: install the extra 'frames'")
    frame = pandas.read_csv(io.StringIO(export(Dossier.shipped(), "csv")))
    assert list(frame.columns) == list(COLUMNS)
    assert set(frame["polarity"]) <= {-1, 0, 1}
    assert frame["statement ID"].is_unique


def test_the_page_explains_every_column() -> None:
    """docs/exporting.md has a row for each column, in the order of the table."""
    page = (ROOT / "docs" / "exporting.md").read_text(encoding="utf-8")
    table = page.partition("| column |")[2].partition("\n\n")[0]
    explained = [
        name
        for line in table.splitlines()[2:]
        for cell in [line.split("|")[1]]
        for name in re.findall(r"`([^`]+)`", cell)
    ]
    labelled = [f"{name}_{language}" for name in explained for language in ("de", "en")]
    assert explained == [name for name in COLUMNS if name in explained]
    assert set(COLUMNS) - set(explained) <= set(labelled)
