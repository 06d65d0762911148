"""Answers become text: for readers with labels, for programs to the letter of the standards."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from standpunkt import Answer, Dossier, ask, queries, query, render, turtle
from standpunkt.answer import Term
from standpunkt.namespaces import ID, PREFIXES, XSD
from standpunkt.page import Page
from standpunkt.store import Store
from standpunkt.wording import Wording

BRIDGE = NamedNode(ID + "position-town-builds-bridge")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def number(text: str, datatype: str) -> Literal:
    """Make a literal of an XML Schema datatype."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


# One term a row of all kinds that there are, and nothing.
TERMS: list[Term | None] = [
    BRIDGE,
    Literal('quotes " and, commas'),
    Literal("two\nlines\r\nand a\ttab"),
    Literal("Brücke", language="de"),
    Literal("|"),
    Literal(""),
    Literal(4),
    number("2.5", "decimal"),
    number("3", "decimal"),
    number("150", "double"),
    number("INF", "double"),
    number("true", "boolean"),
    number("2031-05", "gYearMonth"),
    number("abc", "integer"),
    None,
]
ANSWER = Answer(("term", "other"), [(term, Literal("x")) for term in TERMS])


@pytest.fixture
def english(dossier: Dossier) -> Wording:
    """Give the English words of the tiny dossier."""
    return Wording(Store.asserted(dossier), "en")


@pytest.fixture
def german(dossier: Dossier) -> Wording:
    """Give the German words of the tiny dossier and of the question `figures`."""
    columns = queries.question(dossier, "figures").columns_de
    return Wording(Store.asserted(dossier), "de", columns)


def by_oxigraph(form: QueryResultsFormat) -> bytes:
    """Write the terms as Oxigraph does."""
    values = " ".join("UNDEF" if term is None else str(term) for term in TERMS)
    result = pyoxigraph.Store().query(
        f"SELECT ?term ('x' AS ?other) {{ VALUES ?term {{ {values} }} }}"
    )
    assert isinstance(result, QuerySolutions)
    return result.serialize(format=form) or b""


def test_csv_is_that_of_sparql_endpoints(english: Wording) -> None:
    """CSV is byte for byte what Oxigraph writes, with the line ends of RFC 4180."""
    text = render.rows(ANSWER, "csv", english)
    assert text.encode() == by_oxigraph(QueryResultsFormat.CSV)
    assert text.startswith(f"term,other\r\n{BRIDGE.value},x\r\n")


def test_tsv_is_that_of_sparql_endpoints(english: Wording) -> None:
    """TSV is byte for byte what Oxigraph writes, and has every term to the letter."""
    text = render.rows(ANSWER, "tsv", english)
    assert text.encode() == by_oxigraph(QueryResultsFormat.TSV)
    solutions = parse_query_results(text, format=QueryResultsFormat.TSV)
    assert isinstance(solutions, QuerySolutions)
    assert [solution["term"] for solution in solutions] == TERMS


@given(texts=st.lists(TEXTS, min_size=1))
def test_any_text_survives_csv(texts: list[str]) -> None:
    """A reader of CSV gets back each text."""
    answer = Answer(("a", "b"), [(Literal(text), Literal("x")) for text in texts])
    read = csv.reader(io.StringIO(render.rows(answer, "csv", WORDLESS), newline=""))
    assert [row[0] for row in read] == ["a", *texts]


@given(texts=st.lists(TEXTS))
def test_any_text_survives_json(texts: list[str]) -> None:
    """A reader of JSON gets back each text."""
    answer = Answer(("a",), [(Literal(text),) for text in texts])
    assert json.loads(render.rows(answer, "json", WORDLESS)) == [{"a": text} for text in texts]


@given(text=TEXTS)
def test_any_text_survives_tsv(text: str) -> None:
    """A reader of TSV gets back each text."""
    answer = Answer(("a",), [(Literal(text),)])
    written = render.rows(answer, "tsv", WORDLESS)
    solutions = parse_query_results(written, format=QueryResultsFormat.TSV)
    assert isinstance(solutions, QuerySolutions)
    assert [solution["a"] for solution in solutions] == [Literal(text)]


WORDLESS = Wording(Store({}), "en")


def test_json_has_plain_values(english: Wording) -> None:
    """Numbers and booleans are such, IRIs are in full, nothing is null."""
    text = render.rows(ANSWER, "json", english)
    read = [row["term"] for row in json.loads(text, parse_float=Decimal)]
    assert read == [
        BRIDGE.value,
        'quotes " and, commas',
        "two\nlines\r\nand a\ttab",
        "Brücke",
        "|",
        "",
        4,
        Decimal("2.5"),
        3,
        Decimal("150.0"),
        "INF",
        True,
        "2031-05",
        "abc",
        None,
    ]
    assert "Brücke" in text


def test_json_keeps_every_digit(english: Wording) -> None:
    """A decimal has the digits that it has in the graph."""
    digits = "0.123456789012345678"
    text = render.rows(Answer(("a",), [(number(digits, "decimal"),)]), "json", english)
    assert text == f'[\n  {{"a": {digits}}}\n]\n'


@pytest.mark.parametrize(
    ("form", "text"),
    [("csv", "a,b\r\n"), ("tsv", "?a\t?b\n"), ("json", "[\n\n]\n"), ("markdown", None)],
)
def test_no_rows_are_an_empty_answer(english: Wording, form: str, text: str | None) -> None:
    """A program gets the columns, or an empty list."""
    written = render.rows(Answer(("a", "b"), []), form, english)
    assert written == (text or "| a | b |\n| --- | --- |\n")


def test_labels_are_columns_beside_iris(dossier: Dossier, english: Wording) -> None:
    """Each column that has an IRI gets its labels; one that is there already stays."""
    answer = query(dossier, "SELECT ?a ('b' AS ?b) WHERE { VALUES ?a { id:org-council id:x } }")
    assert isinstance(answer, Answer)
    assert render.rows(answer, "csv", english, labels=True) == (
        "a,aLabel,b\r\n"
        "https://w3id.org/standpunkt/id/org-council,town council,b\r\n"
        "https://w3id.org/standpunkt/id/x,,b\r\n"
    )
    labelled = Answer(("a", "aLabel"), [(BRIDGE, Literal("mine"))])
    assert render.rows(labelled, "csv", english, labels=True).startswith("a,aLabel\r\n")
    assert render.rows(labelled, "json", english, labels=True).count("aLabel") == 1


def test_a_table_has_words(dossier: Dossier, german: Wording) -> None:
    """Heads are of the ontology, the question or the name; cells are labels and short numbers."""
    assert render.rows(ask(dossier, "figures"), "table", german) == (
        "Zahl    Wert  die Hälfte\n"
        "────────────────────────\n"
        "Kosten   2.5        1.25\n"
        "Spuren     4           2\n"
    )


def test_markdown_has_words_and_escapes(english: Wording) -> None:
    """Bars and line breaks do not break the table."""
    answer = Answer(("figure", "halfOfValue"), [(BRIDGE, Literal("a|b\nc\\|d"))])
    assert render.rows(answer, "markdown", english) == (
        "| figure | half of value |\n"
        "| --- | --- |\n"
        "| The town builds the bridge | a\\|b<br>c\\\\\\|d |\n"
    )


def test_words_for_what_has_no_label(english: Wording) -> None:
    """An IRI without a label is a CURIE, a blank node its label, nothing is empty."""
    assert english.term(NamedNode(ID + "x")) == "id:x"
    assert english.term(NamedNode("https://example.org/x")) == "https://example.org/x"
    assert english.term(BlankNode("b")) == "_:b"
    assert english.term(None) == ""
    assert english.term(number("INF", "double")) == "INF"
    assert english.term(number("2031-05", "gYearMonth")) == "2031-05"
    assert english.label(Literal("x")) is None


def test_a_verdict_is_true_or_false() -> None:
    """In every format."""
    assert (render.verdict(True), render.verdict(False)) == ("true\n", "false\n")  # noqa: FBT003


TRIPLES = [
    Triple(BRIDGE, NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), Literal("b")),
    Triple(BRIDGE, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), BRIDGE),
]


@pytest.mark.parametrize(
    ("form", "reader"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdfxml", RdfFormat.RDF_XML),
    ],
)
def test_triples_come_back(form: str, reader: RdfFormat) -> None:
    """Each format has the same triples, ends with a newline, and has no prefix in vain."""
    text = render.triples(TRIPLES, form)
    assert {quad.triple for quad in parse(text, format=reader)} == set(TRIPLES)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert PREFIXES["wd"] not in text
    assert {render.triples(reversed(TRIPLES), form) for _ in range(9)} == {text}


def test_turtle_is_in_the_house_layout() -> None:
    """A result can go into a file of a dossier as it is."""
    text = render.triples(TRIPLES, "turtle")
    assert turtle.house(text, "result") == text


def draw(answer: Answer, width: int, *, colour: bool = False) -> str:
    """Draw a table without words of a dossier."""
    return render.rows(answer, "table", WORDLESS, page=Page(width, colour))


def test_a_table_breaks_lines_to_fit() -> None:
    """Long cells are broken between words, and then rows stand apart."""
    first, second = (Literal("some words in a row"), Literal("end")), (Literal("short"), None)
    assert draw(Answer(("a", "b"), [first, second]), 16) == (
        "a            b\n────────────────\nsome words   end\nin a row\n\nshort\n"
    )


def test_a_row_that_is_too_wide_is_a_block() -> None:
    """Where columns would be too narrow, each cell has a line, and empty ones have none."""
    columns = tuple(f"column{n}" for n in range(9))
    wide = [Literal("some words " * 9)] * 7
    first, second = Literal("incomprehensibilities"), Literal("short")
    rows: list[tuple[Term | None, ...]] = [(first, None, *wide), (None, second, *wide)]
    drawn = draw(Answer(columns, rows), 80)
    assert max(map(len, drawn.splitlines())) <= 80
    blocks = drawn.split("\n\n")
    assert blocks[0].startswith("column0  incomprehensibilities\ncolumn2  some words some")
    assert blocks[1].startswith("column1  short\ncolumn2  some words some")


def test_a_table_leaves_out_columns_that_hold_nothing() -> None:
    """They are named below, in the reader's language; a table without any cell keeps its heads."""
    answer = Answer(("a", "b"), [(Literal("x"), None), (Literal("y"), Literal(""))])
    assert draw(answer, 80) == "a\n─\nx\ny\n\nleft out, as they hold nothing: b\n"
    assert draw(Answer(("a", "b"), []), 80) == "a  b\n────\n"
    assert draw(Answer(("a", "b"), [(None, None)]), 80).startswith("a  b\n────\n")
    german = replace(WORDLESS, language="de")
    drawn = render.rows(answer, "table", german, page=Page(80))
    assert drawn.endswith("\n\nohne Angaben, daher weggelassen: b\n")


def test_a_number_stays_on_the_line_of_its_word() -> None:
    """A place in an article is not torn: a column is as wide as the word and its number."""
    cells = (Literal("article B, sentence 14"), Literal("many words"))
    assert draw(Answer(("a", "b"), [cells]), 18) == (
        "a            b\n──────────────────\narticle B,   many\nsentence 14  words\n"
    )


@pytest.mark.parametrize("columns", [1, 9])
def test_a_table_has_colour_on_demand_alone(columns: int) -> None:
    """Heads are bold where the page has colours, and a cell never steers a terminal."""
    cell = Literal("[bold]\x1b[31mred:smile: words" * 3)
    answer = Answer(tuple(f"a{n}" for n in range(columns)), [(cell,) * columns])
    assert "\x1b" not in draw(answer, 80)
    assert "[bold]?[31mred:smile:" in draw(answer, 80)
    assert "\x1b[1m" in draw(answer, 80, colour=True)
    assert "\x1b[31m" not in draw(answer, 80, colour=True)


def test_a_table_can_be_empty() -> None:
    """No rows and no columns are drawn as well."""
    assert draw(Answer(("a", "b"), []), 80) == "a  b\n────\n"
    assert draw(Answer((), [()]), 80).strip() == ""
    assert draw(Answer(("a",), [(Literal(" "),)]), 3)
