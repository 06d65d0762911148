"""SHACL engines of others say of the dossier what pySHACL says: so what is judged is the shapes.

An error of one engine could hide a fault in the facts, or an error in the shapes. Verdicts are
compared whole: focus, path, value, component, shape, SPARQL constraint and severity of each result.

Where engines differ, a test states it to the result. A difference that goes away with a newer
version of an engine fails that test, and its line in docs/quality.md goes too.
"""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from benchmarks import w3c
from benchmarks.engines import ENGINES, Verdict, judge, report
from standpunkt import turtle
from standpunkt.dossier import Dossier
from standpunkt.namespaces import RDFS, SH, XSD

TESTS = Path(__file__).parent
EXAMPLES = [TESTS / "valid" / "council.ttl", *sorted((TESTS / "invalid").glob("*.ttl"))]
SHIPPED = Dossier.shipped()
ONTOLOGY = SHIPPED.triples("ontology")
SHAPES = SHIPPED.triples("shapes")
LABEL = RDFS + "label"
VALUE = NamedNode("https://example.org/value")

PREFIXES = """\
PREFIX ex: <https://example.org/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def engine_or_skip(name: str) -> str:
    """Skip the test where an engine is not installed."""
    pytest.importorskip(ENGINES[name], reason=f"{name} is missing: install the extra 'oracles'")
    return name


@pytest.fixture(scope="module", params=sorted(ENGINES.keys() - {"pyshacl"}))
def engine(request: pytest.FixtureRequest) -> str:
    """Give each engine beside pySHACL that is installed."""
    return engine_or_skip(request.param)


@pytest.fixture(scope="module")
def invalid() -> list[Triple]:
    """Give all examples of faults, with what they point to and the ontology."""
    return [*ONTOLOGY, *(triple for path in EXAMPLES for triple in turtle.read(path))]


@pytest.fixture(scope="module")
def expected(invalid: list[Triple]) -> Verdict:
    """Let pySHACL judge all examples together, once: alone they would take it minutes."""
    return judge("pyshacl", invalid, SHAPES)


def read(text: str) -> list[Triple]:
    """Read Turtle as it is written."""
    quads = parse(PREFIXES + text, format=RdfFormat.TURTLE)
    return [quad.triple for quad in quads]


def test_the_shipped_dossier_conforms(engine: str) -> None:
    """No engine finds anything in the facts and the ontology."""
    assert judge(engine, [*ONTOLOGY, *SHIPPED.triples("graph")], SHAPES) == Verdict(
        conforms=True, results=()
    )


def test_the_examples_of_faults_have_the_same_results(
    engine: str, invalid: list[Triple], expected: Verdict
) -> None:
    """Each fault that pySHACL finds is found, with all that is said of it, and no other."""
    assert not expected.conforms
    assert len(expected.results) >= len(EXAMPLES) - 1
    assert judge(engine, invalid, SHAPES) == expected


@pytest.mark.parametrize("severity", ["Info", "Warning", "Violation"])
@pytest.mark.parametrize("name", ENGINES)
def test_a_result_of_any_severity_is_no_conformance(name: str, severity: str) -> None:
    """Warnings and infos count, as SHACL says."""
    shapes = read(f"""
        ex:Named a sh:PropertyShape ;
            sh:targetNode ex:ada ;
            sh:path rdfs:label ;
            sh:minCount 1 ;
            sh:severity sh:{severity} .
    """)
    verdict = judge(engine_or_skip(name), [], shapes)
    assert not verdict.conforms
    assert [(each.path, each.severity) for each in verdict.results] == [(f"<{LABEL}>", severity)]


PATHS = {
    "ex:a": "<https://example.org/a>",
    "[ sh:inversePath ex:a ]": "^<https://example.org/a>",
    "( ex:a [ sh:zeroOrMorePath ex:b ] )": "(<https://example.org/a>/(<https://example.org/b>)*)",
    "[ sh:alternativePath ( ex:a ex:b ) ]": "(<https://example.org/a>|<https://example.org/b>)",
    "( [ sh:oneOrMorePath ex:a ] ex:b )": "((<https://example.org/a>)+/<https://example.org/b>)",
    "( [ sh:zeroOrOnePath ex:a ] ex:b )": "((<https://example.org/a>)?/<https://example.org/b>)",
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", ENGINES)
def test_a_path_is_written_as_in_sparql(name: str, path: str) -> None:
    """However an engine copies a path into its report, it reads the same."""
    shapes = read(
        f"ex:S a sh:PropertyShape ; sh:targetNode ex:n ; sh:minCount 9 ; sh:path {path} ."
    )
    (result,) = judge(engine_or_skip(name), [], shapes).results
    assert result.path == PATHS[path]


@pytest.mark.parametrize("name", ENGINES)
def test_terms_come_back_as_they_went_in(name: str) -> None:
    """No engine rewrites a literal, be it ill-typed; blank nodes lose their labels only."""
    values = [
        '"01"^^xsd:integer',
        '"2.10"^^xsd:decimal',
        '"abc"^^xsd:integer',
        '"1"^^xsd:boolean',
        '"2031-13"^^xsd:gYearMonth',
        '"Brücke\\n\\u0001\\U0001F309"@de-ch',
        "ex:b",
    ]
    data = read("".join(f"ex:n ex:a {value} . " for value in [*values, "_:label"]))
    shapes = read("ex:S a sh:PropertyShape ; sh:targetNode ex:n ; sh:path ex:a ; sh:in () .")
    written = {str(triple.object) for triple in data if not isinstance(triple.object, BlankNode)}
    found = judge(engine_or_skip(name), data, shapes).results
    assert {result.value for result in found} == written | {"[]"}
    assert len(found) == len(values) + 1


# --- Where they differ ------------------------------------------------------------------------

# Texts that XML Schema 1.1 takes for values of a datatype, and texts that it does not. They are
# those that a hand or a program would write; the datatypes are those of the house.
WELL_TYPED = {
    "boolean": ["true", "1"],
    "date": ["2031-02-28", "2031-02-28Z", "-0044-03-15", "12031-01-01"],
    "dateTime": ["2031-05-01T10:00:00", "2031-05-01T10:00:00.5Z", "2031-05-01T24:00:00"],
    "decimal": ["1", "+.5", "1."],
    "gYear": ["2031", "-0044", "12031", "2031Z"],
    "gYearMonth": ["2031-05", "2031-05Z"],
    "integer": ["1", "+1", "-0", "01"],
}
ILL_TYPED = {
    "boolean": ["TRUE", "yes", ""],
    "date": ["2031-02-30", "2031-2-3", "2031-02", "2031-W01-1", "2031-02-03T00:00:00"],
    "dateTime": ["2031-05-01T10:00", "2031-05-01 10:00:00", "2031-05-01", "2031-05-01T25:00:00"],
    "decimal": ["1e3", "NaN", "Infinity", " 1.5", "1_0.5", "1,5"],
    "gYear": ["31", "02031", "2031-01", "abcd"],
    "gYearMonth": ["2031-13", "2031-5", "2031-05-01", "abcd"],
    "integer": [" 1", "1_000", "\u0661", "1.0", "1e3"],
}
# Which of these an engine takes for the contrary, in the same order. rdflib asks functions of
# Python, which read no year before 1 or after 9999; of what else they read pySHACL is told that it
# is ill-typed. For years and months shacl has no such function.
MISJUDGED = {
    "pyshacl": {
        "date": ["-0044-03-15", "12031-01-01"],
        "dateTime": ["2031-05-01T24:00:00"],
    },
    "shacl": {"gYear": ILL_TYPED["gYear"], "gYearMonth": ILL_TYPED["gYearMonth"]},
    "pyshacl-turbo": {},
}


@pytest.mark.parametrize("datatype", WELL_TYPED)
@pytest.mark.parametrize("name", ENGINES)
def test_which_texts_an_engine_takes_for_a_datatype_s(name: str, datatype: str) -> None:
    """An engine errs where it is known to err, and nowhere else: shapes add a pattern there."""
    iri = NamedNode(XSD + datatype)
    texts = [*WELL_TYPED[datatype], *ILL_TYPED[datatype]]
    nodes = {text: NamedNode(f"https://example.org/{turn}") for turn, text in enumerate(texts)}
    data = [Triple(nodes[text], VALUE, Literal(text, datatype=iri)) for text in texts]
    shapes = read(f"""
        ex:S a sh:PropertyShape ;
            sh:targetSubjectsOf ex:value ;
            sh:path ex:value ;
            sh:datatype xsd:{datatype} .
    """)
    refused = {result.focus for result in judge(engine_or_skip(name), data, shapes).results}
    misjudged = [
        text for text in texts if (str(nodes[text]) in refused) == (text in WELL_TYPED[datatype])
    ]
    assert misjudged == MISJUDGED[name].get(datatype, [])


def test_a_decimal_that_is_no_number_is_out_of_range(engine: str) -> None:
    """`"NaN"^^xsd:decimal` is ill-typed, and compares with nothing; each engine finds that."""
    data = read('ex:n ex:value "NaN"^^xsd:decimal .')
    shapes = read("""
        ex:S a sh:PropertyShape ;
            sh:targetNode ex:n ;
            sh:path ex:value ;
            sh:minInclusive 0 .
    """)
    assert judge(engine, data, shapes) == judge("pyshacl", data, shapes)
    assert not judge(engine, data, shapes).conforms


SPARQL = """
    ex:S a sh:NodeShape ; sh:targetNode ex:n ; sh:sparql ex:C .
    ex:C sh:message "No."@en ; sh:select "SELECT $this ?value WHERE { $this ex:value ?v BODY }" .
""".replace("ex:value", "<https://example.org/value>")


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ('"+1"^^xsd:integer', "1"),
        ('"2.10"^^xsd:decimal', "2.1"),
        ('"1"^^xsd:boolean', "true"),
        ('"2031-05-01T10:00:00.50Z"^^xsd:dateTime', "2031-05-01T10:00:00.5Z"),
    ],
)
@pytest.mark.parametrize("name", ENGINES)
def test_shacl_rewrites_literals_inside_a_query(name: str, written: str, rewritten: str) -> None:
    """`STR` gives what is written, and with shacl the canonical form: shapes rely on neither."""
    data = read(f"ex:n <{VALUE.value}> {written} .")
    shapes = read(SPARQL.replace("BODY", f"FILTER (STR(?v) = '{rewritten}')"))
    found = judge(engine_or_skip(name), data, shapes).results
    assert len(found) == (1 if name == "shacl" else 0)


@pytest.mark.parametrize("name", ENGINES)
def test_only_shacl_has_a_result_for_each_of_equal_solutions(name: str) -> None:
    """SHACL has a result for each solution, and pySHACL one for all that say the same."""
    data = read("ex:n ex:value ex:one , ex:two .")
    found = judge(engine_or_skip(name), data, read(SPARQL.replace("BODY", ""))).results
    assert len(found) == (2 if name == "shacl" else 1)
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("facts", "constraint", "missed_by"),
    [
        ('ex:value 1 ; ex:limit "x"^^xsd:integer', "sh:lessThan ex:limit", {"pyshacl"}),
        ("ex:value 1 ; ex:limit ex:none", "sh:lessThan ex:limit", set()),
        ('ex:value "x"^^xsd:integer', "sh:minInclusive 0", set()),
        ('ex:value "2031-05"^^xsd:gYearMonth', "sh:maxInclusive 5", {"pyshacl"}),
    ],
)
@pytest.mark.parametrize("name", ENGINES)
def test_pyshacl_puts_in_order_what_has_none(
    name: str, facts: str, constraint: str, missed_by: set[str]
) -> None:
    """What cannot be compared is a fault; rdflib has an order for some of it, and pySHACL asks it.

    See https://www.w3.org/TR/shacl/#LessThanConstraintComponent.
    """
    data = read(f"ex:n {facts} .")
    shapes = read(
        f"ex:S a sh:PropertyShape ; sh:targetNode ex:n ; sh:path ex:value ; {constraint} ."
    )
    assert judge(engine_or_skip(name), data, shapes).conforms == (name in missed_by)


@pytest.mark.parametrize("name", ENGINES)
def test_shacl_has_no_order_of_months(name: str) -> None:
    """It takes 2031-05 and 2031-06 for what cannot be compared."""
    data = read('ex:n ex:value "2031-05"^^xsd:gYearMonth ; ex:limit "2031-06"^^xsd:gYearMonth .')
    shapes = read("""
        ex:S a sh:PropertyShape ;
            sh:targetNode ex:n ;
            sh:path ex:value ;
            sh:lessThan ex:limit .
    """)
    assert judge(engine_or_skip(name), data, shapes).conforms == (name != "shacl")


@pytest.mark.parametrize("name", ENGINES)
def test_pyshacl_compares_numbers_with_what_is_none(name: str) -> None:
    """SPARQL makes an error of `1 != "x"^^xsd:decimal`; rdflib, which pySHACL asks, makes it true.

    See https://www.w3.org/TR/sparql11-query/#func-RDFterm-equal.
    """
    data = read('ex:n ex:value "x"^^xsd:decimal .')
    shapes = read(SPARQL.replace("BODY", "FILTER (1 != ?v)"))
    assert judge(engine_or_skip(name), data, shapes).conforms == (name != "pyshacl")


@pytest.mark.parametrize("name", ENGINES)
def test_shacl_loses_a_value_that_a_query_makes(name: str) -> None:
    """What is in no graph, shacl leaves out of its report; shapes give terms of the data only."""
    data = read("ex:n ex:value ex:one .")
    shapes = read(SPARQL.replace("BODY", "BIND (CONCAT('a', 'b') AS ?value)"))
    (result,) = judge(engine_or_skip(name), data, shapes).results
    assert result.value == ("" if name == "shacl" else '"ab"')


@pytest.mark.parametrize(
    ("name", "language"), [("pyshacl", None), ("shacl", "en"), ("pyshacl-turbo", None)]
)
def test_who_keeps_the_language_of_a_sparql_constraint_s_message(
    name: str, language: str | None
) -> None:
    """It is dropped by pySHACL, and by pyshacl-turbo, which does as pySHACL does."""
    data = read("ex:n ex:value ex:one .")
    said = report(engine_or_skip(name), data, read(SPARQL.replace("BODY", "")))
    (message,) = (t.object for t in said if t.predicate.value == SH + "resultMessage")
    assert message == Literal("No.", language=language)


# --- The suite of the W3C ---------------------------------------------------------------------

SUITE = """\
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX sht: <http://www.w3.org/ns/shacl-test#>

<bridge> a sht:Validate ;
    mf:action [ sht:dataGraph <> ; sht:shapesGraph <bridge-shapes.ttl> ] ;
    mf:result RESULT ;
    mf:status sht:STATUS .
ex:bridge rdfs:label "bridge"@en .
"""
SUITE_SHAPES = """\
ex:Bridge a sh:NodeShape ; sh:targetNode ex:bridge ; sh:message "It is open."@en ; sh:in () .
"""
FOUND = """\
[ a sh:ValidationReport ; sh:conforms false ; sh:result [ a sh:ValidationResult ;
    sh:focusNode ex:bridge ; sh:value ex:bridge ; sh:sourceShape ex:Bridge ;
    sh:sourceConstraintComponent sh:InConstraintComponent ;
    sh:resultMessage "It is open."@en ; sh:resultSeverity sh:Violation ] ]
"""


@pytest.mark.parametrize(
    ("result", "shapes", "passed"),
    [
        (FOUND, SUITE_SHAPES, 1),
        (FOUND.replace("sh:Violation ]", "sh:Warning ]"), SUITE_SHAPES, 0),
        (FOUND.replace("It is open.", "It is closed."), SUITE_SHAPES, 0),
        ("[ a sh:ValidationReport ; sh:conforms true ]", SUITE_SHAPES, 0),
        ("[ a sh:ValidationReport ; sh:conforms true ]", "", 1),
        ("sht:Failure", SUITE_SHAPES, 0),
        ("sht:Failure", SUITE_SHAPES.replace("sh:in ()", "sh:minLength ex:x"), 1),
    ],
    ids=["same", "severity", "message", "unexpected", "nothing", "no failure", "failure"],
)
def test_a_test_of_the_suite_passes_when_the_report_is_the_expected_one(
    result: str, shapes: str, passed: int, tmp_path: Path
) -> None:
    """Results and stated messages are compared, and a failure has to be a failure."""
    folder = tmp_path / "core" / "town"
    folder.mkdir(parents=True)
    test = SUITE.replace("RESULT", result).replace("STATUS", "approved")
    (folder / "bridge.ttl").write_text(PREFIXES + test, encoding="utf-8")
    (folder / "bridge-shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    proposed = SUITE.replace("RESULT", result).replace("STATUS", "proposed")
    (folder / "tunnel.ttl").write_text(PREFIXES + proposed, encoding="utf-8")
    (case,) = w3c.cases(tmp_path)
    failed = {"pyshacl": [] if case.passes("pyshacl") else [case]}
    assert w3c.table([case], failed) == (
        "| section | tests | `pyshacl` |\n"
        "| --- | ---: | ---: |\n"
        f"| `core/town` | 1 | {passed} |\n"
        f"| all | 1 | {passed} |\n"
        "\n"
        f"- `pyshacl` fails {'none' if passed else '`core/town/bridge`'}.\n"
    )
