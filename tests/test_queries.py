"""Saved questions are answered, and what a user gives as a parameter never becomes syntax."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from standpunkt import Answer, Dossier, ask, queries, query
from standpunkt.dossier import ASSERTED, INFERRED_GRAPH
from standpunkt.errors import ParameterError, QueryError, UnknownNameError
from standpunkt.inference import consequences
from standpunkt.namespaces import ID, XSD
from standpunkt.store import Store


def first_column(answer: object) -> list[str]:
    """Give the first column, IRIs without their namespace."""
    assert isinstance(answer, Answer)
    return [str(row[0]).removeprefix(f"<{ID}").removesuffix(">") for row in answer.rows]


def write_question(dossier: Dossier, text: str) -> None:
    """Save a question `new`."""
    (dossier.folder / "queries" / "new.rq").write_text(text, encoding="utf-8")


def test_a_question_is_answered_with_its_defaults(dossier: Dossier) -> None:
    """Who demands more demands less as well; an optional parameter asks for all."""
    assert first_column(ask(dossier, "who-demands")) == ["org-council", "person-ada-brook"]


def test_parameters_take_the_place_of_defaults(dossier: Dossier) -> None:
    """One parameter and several are set."""
    both = ask(dossier, "who-demands", position="town-builds-bridge-and-road")
    assert first_column(both) == ["org-council"]
    assert first_column(ask(dossier, "who-demands", actor="ada-brook")) == ["person-ada-brook"]
    position = "The town builds bridge and road"
    assert ask(dossier, "who-demands", actor="Ada Brook", position=position).rows == []


def test_the_language_reaches_the_question(dossier: Dossier) -> None:
    """A question with a parameter `language` gets it; one without does not mind."""
    title = ask(dossier, "who-demands", actor="ada-brook", language="de").rows[0][3]
    assert title == Literal("Brook fordert die Brücke", language="de")
    assert ask(dossier, "figures", language="de").rows


@pytest.mark.parametrize(
    ("datatype", "default", "good", "bad"),
    [
        ("integer", "4", "-2", "2.5"),
        ("decimal", "2.5", "3", "3e1"),
        ("date", '"2031-05-04"^^xsd:date', "2024-02-29", "2023-02-29"),
        ("gYear", '"2031"^^xsd:gYear', "2024", "24"),
        ("gYearMonth", '"2031-05"^^xsd:gYearMonth', "2024-11", "2024-13"),
        ("boolean", "true", "false", "perhaps"),
        ("string", '"a"', "2.5", None),
    ],
)
def test_a_literal_is_one_of_the_datatype(
    dossier: Dossier, datatype: str, default: str, good: str, bad: str | None
) -> None:
    """The default's datatype is that of the value, and a value that is none of it is refused."""
    write_question(
        dossier,
        "#+ params:\n#+   - limit: Where to stop.\n"
        f"PREFIX xsd: <{XSD}>\nSELECT ?limit WHERE {{\n  VALUES ?limit {{ {default} }}\n}}\n",
    )
    answer = ask(dossier, "new", limit=good)
    assert answer.rows == [(Literal(good, datatype=NamedNode(XSD + datatype)),)]
    if bad is not None:
        with pytest.raises(ParameterError, match=rf"'limit' takes .* \({datatype}\), not '{bad}'"):
            ask(dossier, "new", limit=bad)


def test_a_text_of_a_language_is_one(dossier: Dossier) -> None:
    """A default with a language tag takes texts of that language."""
    write_question(
        dossier,
        "#+ params:\n#+   - text: A text.\nSELECT ?text WHERE {\n  VALUES ?text { 'a'@de }\n}\n",
    )
    assert ask(dossier, "new", text="Brücke").rows == [(Literal("Brücke", language="de"),)]


def test_defaults_are_read_with_the_prefixes_of_the_file(dossier: Dossier) -> None:
    """A dossier may have prefixes of its own, and a parameter any name."""
    write_question(
        dossier,
        "#+ params:\n#+   - name: Who.\nPREFIX my: <https://w3id.org/standpunkt/id/person->\n"
        "SELECT ?name WHERE {\n  VALUES ?name { my:ada-brook }\n}\n",
    )
    assert first_column(ask(dossier, "new")) == ["person-ada-brook"]
    assert first_column(ask(dossier, "new", name="ben-hill")) == ["person-ben-hill"]


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"positon": "x"},
            "question 'who-demands' has no parameter 'positon'; did you mean 'position'?",
        ),
        (
            {"x": ""},
            "question 'who-demands' has no parameter 'x'; it has position, actor, language",
        ),
        ({"language": "fr"}, "unknown language 'fr'; there are de and en"),
        ({"actor": "ada-brok"}, "unknown actor 'ada-brok'; did you mean 'ada-brook'?"),
        (
            {"position": "org-council"},
            (
                "unknown position 'org-council';"
                " there is town-builds-bridge, town-builds-bridge-and-road"
            ),
        ),
        ({"actor": "council"}, "'council' may be org-council or person-council; say which"),
    ],
)
def test_an_unknown_parameter_or_value_is_named(
    dossier: Dossier, parameters: dict[str, str], message: str
) -> None:
    """The error quotes it and says what there is."""
    with pytest.raises(UnknownNameError) as raised:
        ask(dossier, "who-demands", **parameters)
    assert str(raised.value) == message


def test_a_question_may_have_no_parameters(dossier: Dossier) -> None:
    """Then the error says so; a VALUES that the header does not name is no parameter."""
    write_question(dossier, "SELECT ?x WHERE {\n  VALUES ?x { 1 }\n}\n")
    with pytest.raises(UnknownNameError) as raised:
        ask(dossier, "new", x="2")
    assert str(raised.value) == "question 'new' has no parameter 'x'; it has none"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "the header has a parameter 'x', but the query has no line VALUES ?x { ... }"),
        ("\n  VALUES ?x { x:y }\n", "'x:y' is no default of a parameter"),
    ],
)
def test_a_parameter_needs_a_default(dossier: Dossier, body: str, message: str) -> None:
    """What the header promises and the query lacks is named with the file."""
    write_question(dossier, f"#+ params:\n#+   - x: ''\nSELECT ?x WHERE {{{body}}}\n")
    with pytest.raises(ParameterError) as raised:
        ask(dossier, "new", x="2")
    assert str(raised.value) == f"{dossier.folder / 'queries' / 'new.rq'}: {message}"


def test_a_faulty_question_is_named_with_its_place(dossier: Dossier) -> None:
    """The error of a saved question has the file, the line and the column."""
    write_question(dossier, "SELECT ?x\nWHERE { ?x a ex:Y }\n")
    with pytest.raises(QueryError) as raised:
        ask(dossier, "new")
    path = dossier.folder / "queries" / "new.rq"
    assert str(raised.value) == f"{path}:2:18: the prefix of 'ex:Y' is not declared"


def test_a_question_may_fail_as_a_whole(dossier: Dossier) -> None:
    """An error without a place still has the file."""
    write_question(dossier, "SELECT ?x { ?x ?y ?z FILTER(<https://example.org/f>(?x)) }")
    with pytest.raises(QueryError) as raised:
        ask(dossier, "new")
    path = dossier.folder / "queries" / "new.rq"
    assert str(raised.value).startswith(f"{path}: The custom function <https://example.org/f>")


def test_a_question_of_another_form_is_run(dossier: Dossier) -> None:
    """An ASK has no rows, and runs all the same."""
    write_question(dossier, "ASK { ?x a <https://w3id.org/standpunkt/ns#Law> }")
    with pytest.raises(QueryError, match=r"^the question 'new' has no rows"):
        ask(dossier, "new")
    assert queries.run(dossier, queries.question(dossier, "new"), parameters={}) is False


def test_a_parameter_is_named_like_a_class(dossier: Dossier) -> None:
    """`actor` takes actors; a name that no class has takes any node."""
    store = Store.asserted(dossier)
    assert queries.kind(store, "actor") == NamedNode("https://w3id.org/standpunkt/ns#Actor")
    assert queries.kind(store, "speaker") is None
    assert queries.kind(store, "atLeast") is None


HOSTILE = [
    '"',
    "'",
    "\\",
    "}",
    "{ }",
    "a\nb\r\n\tc",
    "x } UNION { ?s ?p ?o",
    '" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #',
    "SELECT ?s WHERE { ?s ?p ?o }",
    "> } ?s ?p ?o . { <x",
    "\\u0022 . \\u007D",
    "UNDEF",
    "id:a id:b",
    "\x00",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_an_unknown_name(dossier: Dossier, value: str) -> None:
    """What is no name of a node is refused, in one line."""
    with pytest.raises(UnknownNameError) as raised:
        ask(dossier, "who-demands", position=value)
    assert str(raised.value).startswith(f"unknown position {value!r}; ")
    assert "\n" not in str(raised.value)


ECHO = "#+ params:\n#+   - text: ''\nSELECT ?text WHERE {\n  VALUES ?text { '' }\n}\n"


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_that_text(dossier: Dossier, value: str) -> None:
    """A text parameter comes back as it was given."""
    write_question(dossier, ECHO)
    assert ask(dossier, "new", text=value).rows == [(Literal(value),)]


def test_a_text_is_unicode(dossier: Dossier) -> None:
    """A byte of the command line that is no UTF-8 is no text."""
    write_question(dossier, ECHO)
    with pytest.raises(ParameterError) as raised:
        ask(dossier, "new", text="\udcff")
    assert str(raised.value) == "parameter 'text': '\\udcff' is not Unicode"


@given(value=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_that_text(dossier: Dossier, value: str) -> None:
    """Whatever the characters are, they stay characters."""
    write_question(dossier, ECHO)
    assert ask(dossier, "new", text=value).rows == [(Literal(value),)]


def test_a_query_may_see_what_is_inferred(dossier: Dossier) -> None:
    """Shortcuts are in the closure only, which is a graph of its own."""
    text = "SELECT ?a WHERE { GRAPH graph:inferred { ?a spk:advocates ?p } } ORDER BY ?a"
    assert first_column(query(dossier, text)) == []
    assert first_column(query(dossier, text, inferred=True)) == ["org-council", "person-ada-brook"]
    assert query(dossier, "ASK { id:person-ada-brook spk:speaker [] }", inferred=True) is False


EVERYWHERE = [
    "SELECT * WHERE { ?s ?p ?o FILTER(!ISBLANK(?s) && !ISBLANK(?o)) }",
    "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } FILTER(!ISBLANK(?s) && !ISBLANK(?o)) }",
    "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "SELECT * FROM graph:inferred FROM NAMED graph:articles WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("more", ["", "[] spk:of id:person-ada-brook .\n"], ids=["native", "not"])
def test_what_follows_is_in_a_graph_of_its_own_and_in_the_union(folder: Path, more: str) -> None:
    """A store that is filled in native code has what one has that is handed each graph."""
    path = folder / "graph" / "articles.ttl"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    dossier = Dossier(folder)
    handed = Store({**dossier.graphs(*ASSERTED), INFERRED_GRAPH: consequences(dossier)})
    for text in EVERYWHERE:
        filled = queries.source(Dossier(folder), inferred=True)
        for _ in range(2):  # named graphs are made when they are first asked for
            expected, found = handed.query(text), filled.query(text)
            assert isinstance(expected, Answer)
            assert isinstance(found, Answer)
            assert found.columns == expected.columns
            assert sorted(map(str, found.rows)) == sorted(map(str, expected.rows))


def test_a_dossier_is_read_as_it_was(folder: Path) -> None:
    """A second question of the same dossier reads no file again."""
    dossier = Dossier(folder)
    before = ask(dossier, "figures")
    (folder / "graph" / "articles.ttl").unlink()
    assert ask(dossier, "figures") == before
