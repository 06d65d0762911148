"""`validate` says what is wrong with a dossier, and where; `findings` writes that down."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from standpunkt import findings, turtle
from standpunkt.dossier import Dossier
from standpunkt.errors import DossierError, FileError, ParseError, UnknownNameError
from standpunkt.namespaces import ID, RDFS, SH, SPK, SPKS
from standpunkt.validation import Place, Report, validate

TESTS = Path(__file__).parent
COUNCIL = TESTS / "valid" / "council.ttl"
INVALID = TESTS / "invalid"
SHIPPED = Dossier.shipped()

# A dossier that takes no time: one class, and shapes for it.
ONTOLOGY = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
spk:Boat a owl:Class ; rdfs:label "Boot"@de , "boat"@en .
"""
GRAPH = """
PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
id:boat-gull a spk:Boat ;
    rdfs:label "die Möwe"@de , "the Gull"@en ;
    spk:length 3 , "abc"^^xsd:integer ;
    spk:towedBy id:boat-heron .
id:boat-heron a spk:Boat .
"""
SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX spks: <https://w3id.org/standpunkt/shapes#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
spks:Boat a sh:NodeShape ; sh:targetClass spk:Boat .
"""
LENGTH = """
spks:Boat sh:property spks:Boat-length .
spks:Boat-length a sh:PropertyShape ; sh:path spk:length ; sh:datatype xsd:integer ;
    sh:message "Eine Länge ist eine ganze Zahl."@de , "A length is a whole number."@en .
"""
TOWING = """
spks:Boat sh:sparql spks:Boat-towing .
spks:Boat-towing a sh:SPARQLConstraint ;
    sh:message "{?tug} zieht {$this}."@de , "{?tug} tows {$this}."@en ;
    sh:select "SELECT $this ?tug WHERE { $this <https://w3id.org/standpunkt/ns#towedBy> ?tug }" .
"""

Harbour = Callable[..., Dossier]


@pytest.fixture
def harbour(tmp_path: Path) -> Harbour:
    """Give a function that makes the small dossier, of its rules and its facts."""

    def make(*rules: str, graph: str = GRAPH) -> Dossier:
        for folder, text in (("ontology", ONTOLOGY), ("graph", graph), ("shapes", SHAPES)):
            (tmp_path / folder).mkdir(exist_ok=True)
            more = "".join(rules) if folder == "shapes" else ""
            (tmp_path / folder / "boats.ttl").write_text(text + more, encoding="utf-8")
        return Dossier(tmp_path)

    return make


def example(name: str) -> Path:
    """Give the file of an example."""
    return INVALID / f"{name}.ttl"


@pytest.fixture(scope="module")
def report() -> Report:
    """Judge some examples of the shipped shapes."""
    names = ("Dossier-article", "Dossier-untranslated", "Dossier-use", "Statement-speaker")
    return validate(SHIPPED, [COUNCIL, *map(example, names)])


def line(path: Path, text: str) -> int:
    """Give the number of the first line that has a text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, each in enumerate(lines, 1) if text in each)


# --- Findings ----------------------------------------------------------------------------------


def test_a_finding_says_all_about_a_wrong_value(report: Report) -> None:
    """It names severity, node, property, value, rule and place, in both languages."""
    path = example("Statement-speaker")
    found = next(each for each in report.findings if each.component.startswith("Class"))
    assert found.severity == "violation"
    assert found.focus == NamedNode(ID + "statement-spoken-by-position")
    assert found.label == {
        "de": "Aussage, deren Sprecher eine Position ist",
        "en": "statement whose speaker is a position",
    }
    assert found.path == NamedNode(SPK + "speaker")
    assert found.value == NamedNode(ID + "position-dredge-harbour")
    assert found.message == {
        "de": "Eine Aussage hat genau einen Sprecher, und der ist ein Akteur.",
        "en": "A statement has exactly one speaker, and the speaker is an actor.",
    }
    assert found.constraint == NamedNode(SPKS + "Statement-speaker")
    assert found.component == "ClassConstraintComponent"
    assert found.place == Place(path, line(path, "spk:speaker id:position"), 17)


def test_what_is_missing_stands_where_its_node_begins(report: Report) -> None:
    """A node without a speaker is found at its name."""
    path = example("Statement-speaker")
    found = next(each for each in report.findings if each.component.startswith("MinCount"))
    assert found.value is None
    assert found.place == Place(path, line(path, "id:statement-without-speaker"), 1)


def test_what_there_is_too_much_of_stands_at_the_property(report: Report) -> None:
    """Two speakers are found where the property stands."""
    path = example("Statement-speaker")
    found = next(each for each in report.findings if each.component.startswith("MaxCount"))
    assert found.place is not None
    assert found.place.line == line(path, "id:person-kern ,") - 1


def test_a_rule_of_the_whole_dossier_finds_the_node_at_fault(report: Report) -> None:
    """Not the dossier is the focus but the fact, and what it names stands in the message."""
    path = example("Dossier-article")
    (found,) = [each for each in report.findings if each.place and each.place.file == path]
    assert found.focus == NamedNode(ID + "statement-to-lund")
    assert found.path == NamedNode(SPK + "addressee")
    assert found.message["en"].endswith("a passage of the same article: Lund.")
    assert found.constraint == NamedNode(SPKS + "Dossier-article")
    assert found.place is not None
    assert found.place.line == line(path, "spk:addressee")


def test_findings_are_in_the_order_of_files_and_lines(report: Report) -> None:
    """The order is that in which someone mends them."""
    places = [each.place for each in report.findings if each.place]
    assert len(places) == len(report.findings)
    assert places == sorted(places, key=lambda place: (str(place.file), place.line, place.column))


def test_each_severity_can_be_allowed_with_the_milder_ones(report: Report) -> None:
    """A report conforms where nothing is left, of whatever severity."""
    severities = {each.severity for each in report.findings}
    assert severities == {"info", "violation", "warning"}
    assert {each.severity for each in report.allowing("info").findings} == {"violation", "warning"}
    assert {each.severity for each in report.allowing("warning").findings} == {"violation"}
    assert report.allowing("violation").conforms
    assert not report.conforms


def test_an_unknown_severity_is_refused(report: Report) -> None:
    """The error quotes it and says what there is."""
    with pytest.raises(UnknownNameError, match=r"'warnings'; did you mean 'warning'\?"):
        report.allowing("warnings")
    with pytest.raises(UnknownNameError, match="'x'; there are info, warning, violation"):
        report.allowing("x")


def test_an_ill_typed_literal_is_a_finding_and_nothing_is_logged(
    harbour: Harbour, capfd: pytest.CaptureFixture[str]
) -> None:
    """`"abc"^^xsd:integer` survives the reading, is found, and rdflib keeps quiet."""
    dossier = harbour(LENGTH)
    (found,) = validate(dossier).findings
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert found.value == Literal("abc", datatype=integer)
    assert found.place == Place(dossier.files("graph")[0], 8, 20)
    assert capfd.readouterr() == ("", "")


def test_variables_of_a_message_become_labels(harbour: Harbour) -> None:
    """A label in the message's language, or the CURIE where there is none."""
    (found,) = validate(harbour(TOWING)).findings
    assert found.message == {
        "de": "id:boat-heron zieht die Möwe.",
        "en": "id:boat-heron tows the Gull.",
    }


def test_shapes_without_a_message_give_that_of_pyshacl(harbour: Harbour) -> None:
    """Foreign shapes are of use as well."""
    rule = (
        "spks:Boat sh:property spks:Boat-name . spks:Boat-name sh:path spk:name ; sh:minCount 1 ."
    )
    found = validate(harbour(rule)).findings
    assert [each.message.keys() for each in found] == [{"en"}, {"en"}]
    assert found[0].message["en"].startswith("Less than 1 values")


def test_a_severity_of_one_s_own_is_kept_and_never_allowed(harbour: Harbour) -> None:
    """SHACL lets a shape have any severity."""
    rule = "spks:Boat sh:nodeKind sh:Literal ; sh:severity spk:Disaster ."
    report = validate(harbour(rule))
    assert {each.severity for each in report.allowing("violation").findings} == {
        f"{SPK}Disaster".lower()
    }


def test_a_path_of_several_steps_is_no_property(harbour: Harbour) -> None:
    """The finding then stands at the node."""
    rule = """
    spks:Boat sh:property spks:Boat-towed .
    spks:Boat-towed sh:path ( spk:towedBy spk:length ) ; sh:minCount 1 ."""
    gull, heron = validate(harbour(rule)).findings
    assert (gull.path, heron.path) == (None, None)
    assert gull.place is not None
    assert (gull.place.line, gull.place.column) == (6, 1)


def test_nodes_without_a_name_are_found_at_what_points_to_them(harbour: Harbour) -> None:
    """A blank node has no place of its own; one that nothing points to has that of its file."""
    rule = "spks:Boat sh:nodeKind sh:IRI ."
    graph = GRAPH + "id:boat-gull spk:tows [ a spk:Boat ] .\n[] a spk:Boat .\n"
    dossier = harbour(rule, graph=graph)
    alone, towed = validate(dossier).findings
    assert isinstance(alone.focus, BlankNode)
    assert alone.place == Place(dossier.files("graph")[0], 1, 1)
    assert towed.place == Place(dossier.files("graph")[0], 11, 14)


# --- What is judged ----------------------------------------------------------------------------


def test_files_stand_in_the_place_of_the_graph(harbour: Harbour, tmp_path: Path) -> None:
    """What the dossier's own facts do wrong is then no matter, and neither is what they supply."""
    dossier = harbour(LENGTH)
    other = tmp_path / "other.ttl"
    other.write_text(GRAPH.replace('3 , "abc"^^xsd:integer', "3"), encoding="utf-8")
    assert not validate(dossier).conforms
    assert validate(dossier, [other]).conforms
    assert validate(dossier, []).conforms


def test_the_ontology_is_judged_too(tmp_path: Path) -> None:
    """A term without a definition is a finding in the ontology's file."""
    shutil.copytree(SHIPPED.folder / "shapes", tmp_path / "shapes")
    shutil.copytree(SHIPPED.folder / "ontology", tmp_path / "ontology")
    (tmp_path / "graph").mkdir()
    shutil.copy(COUNCIL, tmp_path / "graph")
    path = tmp_path / "ontology" / "standpunkt.ttl"
    text = path.read_text(encoding="utf-8")
    broken = text.replace(
        '\n    skos:definition\n        "Ein Ort', '\n    skos:note\n        "Ein Ort'
    )
    assert broken != text
    path.write_text(broken, encoding="utf-8")
    found = validate(Dossier(tmp_path)).findings
    assert {each.focus for each in found} == {NamedNode(SPK + "Place")}
    assert {each.place.file for each in found if each.place} == {path}
    assert NamedNode(SPKS + "Ontology-definition") in {each.constraint for each in found}


# --- Bad input ---------------------------------------------------------------------------------


def test_a_dossier_without_shapes_is_refused(harbour: Harbour) -> None:
    """One line says what is missing."""
    dossier = harbour()
    dossier.files("shapes")[0].unlink()
    with pytest.raises(
        DossierError, match=r"has no Turtle file \(\*\.ttl\) in its folder shapes/$"
    ):
        validate(dossier)


SELECT = "spks:Boat sh:sparql spks:Query . spks:Query a sh:SPARQLConstraint ; sh:select "


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (
            "spks:Boat sh:property spks:Length . spks:Length sh:minCount 1 .",
            "Length' exists but is not a well-formed SHACL PropertyShape",
        ),
        # pySHACL returns this one in the place of a report.
        (SELECT + '"SELECT $this WHERE { VALUES ?x { 1 } }" .', "must not contain a VALUES clause"),
        (SELECT + '"SELECT $this WHERE { oops" .', "Expected SelectQuery, found 'oops'"),
        (SELECT + '"SELECT $this WHERE { $this a nope:x }" .', "Unknown namespace prefix : nope"),
        (SELECT + '"SELECT $this WHERE { GRAPH $shapesGraph { $this a ?x } }" .', "shapesGraph"),
        ('spks:Boat sh:pattern "(" .', "unterminated subpattern"),
        ('spks:Boat sh:class "Boat" .', ""),
    ],
)
def test_shapes_that_cannot_be_used_are_one_line(
    harbour: Harbour, rule: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever pySHACL does about a broken shape becomes one clear error, and nothing else."""
    with pytest.raises(DossierError) as error:
        validate(harbour(rule), check_shapes="class" in rule)
    message = str(error.value)
    assert message.startswith("the shapes cannot be used: ")
    assert reason in message
    assert "\n" not in message
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("rule", "shape", "place"),
    [
        (SELECT + '"SELECT $this WHERE { oops" .', "Query", "7:34"),
        (SELECT + '"SELECT $this WHERE { VALUES ?x { 1 } }" .', "Query", "7:34"),
        ('spks:Boat sh:pattern "(" .', "Boat", "6:1"),
        (
            "spks:Boat sh:property spks:Mast . spks:Mast sh:path spk:mast ; sh:pattern '(' .",
            "Mast",
            "7:35",
        ),
    ],
)
def test_a_broken_shape_is_named_with_its_place(
    harbour: Harbour, rule: str, shape: str, place: str
) -> None:
    """The error has file, line and column of the shape or SPARQL constraint, and its name."""
    dossier = harbour(rule, graph=GRAPH + "id:boat-gull spk:mast 'high' .\n")
    with pytest.raises(DossierError) as error:
        validate(dossier)
    path = dossier.files("shapes")[0]
    assert str(error.value).startswith(f"the shapes cannot be used: {path}:{place}: spks:{shape}: ")


def test_broken_and_missing_files_are_refused(harbour: Harbour, tmp_path: Path) -> None:
    """They are refused with their name, and the place of the fault."""
    dossier = harbour()
    with pytest.raises(FileError, match=r"missing\.ttl"):
        validate(dossier, [tmp_path / "missing.ttl"])
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a:b> <c:d>", encoding="utf-8")
    with pytest.raises(ParseError, match=r"broken\.ttl:1:\d+: "):
        validate(dossier, [broken])
    dossier = harbour("spks:Boat")
    with pytest.raises(ParseError, match=r"shapes.boats\.ttl:\d+:\d+: "):
        validate(dossier)


# --- Writing -----------------------------------------------------------------------------------


def test_text_is_one_line_a_finding_and_one_a_mend(report: Report) -> None:
    """`file:line:column: severity: label: message`, and indented what to do about it."""
    path = example("Statement-speaker")
    number = line(path, "id:statement-without-speaker")
    english = findings.to_text(report).splitlines()
    mends = [each.mend["en"] for each in report.findings if each.mend]
    assert [text.strip() for text in english if text.startswith("    ")] == mends
    assert len(english) == len(report.findings) + len(mends)
    assert (
        f"{path}:{number}:1: violation: statement without a speaker:"
        " A statement has exactly one speaker, and the speaker is an actor.\n"
        "    add spk:speaker (actor)\n"
    ) in findings.to_text(report)
    assert (
        f"{path}:{number}:1: Verletzung: Aussage ohne Sprecher:"
        " Eine Aussage hat genau einen Sprecher, und der ist ein Akteur.\n"
        "    spk:speaker ergänzen (Akteur)\n"
    ) in findings.to_text(report, "de")


def test_text_falls_back_on_another_language_and_leaves_out_no_place(harbour: Harbour) -> None:
    """A message in English alone is better than none."""
    rule = "spks:Boat sh:property spks:Name . spks:Name sh:path spk:name ; sh:minCount 1 ."
    report = validate(harbour(rule))
    assert ": Verletzung: die Möwe: Less than 1 values" in findings.to_text(report, "de")


def test_json_has_every_field_in_both_languages(report: Report) -> None:
    """It is an object with full IRIs; what there is not is null."""
    content = json.loads(findings.to_json(report))
    assert content["conforms"] is False
    assert len(content["findings"]) == len(report.findings)
    path = example("Statement-speaker")
    found = next(each for each in content["findings"] if each["component"].startswith("MinCount"))
    assert found == {
        "severity": "violation",
        "focus": f"{ID}statement-without-speaker",
        "label": {"de": "Aussage ohne Sprecher", "en": "statement without a speaker"},
        "path": f"{SPK}speaker",
        "value": None,
        "message": {
            "de": "Eine Aussage hat genau einen Sprecher, und der ist ein Akteur.",
            "en": "A statement has exactly one speaker, and the speaker is an actor.",
        },
        "mend": {"de": "spk:speaker ergänzen (Akteur)", "en": "add spk:speaker (actor)"},
        "constraint": f"{SPKS}Statement-speaker",
        "component": "MinCountConstraintComponent",
        "file": str(path),
        "line": line(path, "id:statement-without-speaker"),
        "column": 1,
    }


def test_junit_has_a_failed_case_a_finding(report: Report) -> None:
    """Its counts are right and its failures say what the text says."""
    suite = ET.fromstring(findings.to_junit(report, "de"))  # noqa: S314  it is our own
    count = len(report.findings)
    assert (suite.tag, suite.get("tests"), suite.get("failures")) == (
        "testsuite",
        str(count),
        str(count),
    )
    lines = [failure.text or "" for failure in suite.iter("failure")]
    assert "".join(f"{text}\n" for text in lines) == findings.to_text(report, "de")
    assert {case.get("classname") for case in suite} >= {"spks:Statement-speaker"}
    places = [f"{case.get('file')}:{case.get('line')}:" for case in suite]
    assert all(map(str.startswith, lines, places))


def test_junit_has_one_case_that_passes_where_all_conforms(harbour: Harbour) -> None:
    """A suite without cases counts as a mistake in some servers."""
    suite = ET.fromstring(findings.to_junit(validate(harbour())))  # noqa: S314  it is our own
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")
    assert len(suite) == 1


def test_junit_is_read_by_a_parser_of_others(report: Report, tmp_path: Path) -> None:
    """The package junitparser finds each failure with its message."""
    junitparser = pytest.importorskip(
        "junitparser", reason="junitparser is missing: install the extra 'oracles'"
    )
    path = tmp_path / "report.xml"
    path.write_text(findings.to_junit(report), encoding="utf-8")
    suites = junitparser.JUnitXml.fromfile(str(path))
    assert (suites.tests, suites.failures) == (len(report.findings), len(report.findings))
    messages = [found.message for suite in suites for case in suite for found in case.result]
    assert messages == [each.message["en"] for each in report.findings]


COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\r\n]*)")


def unescaped(text: str) -> str:
    """Read what a workflow command has in place of some characters, as GitHub does."""
    for code, character in (("0D", "\r"), ("0A", "\n"), ("3A", ":"), ("2C", ","), ("25", "%")):
        text = text.replace(f"%{code}", character)
    return text


def test_github_gets_a_command_a_finding(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Severity, place, label, rule and mend come back from the command as they are."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(TESTS))
    written = findings.to_github(report, "de").splitlines()
    assert len(written) == len(report.findings)
    kinds = {"violation": "error", "warning": "warning", "info": "notice"}
    for text, finding in zip(written, report.findings, strict=True):
        command = COMMAND.fullmatch(text)
        assert command is not None
        assert finding.place is not None
        assert command[1] == kinds[finding.severity]
        properties = dict(each.split("=", 1) for each in command[2].split(","))
        assert {name: unescaped(each) for name, each in properties.items()} == {
            "file": finding.place.file.relative_to(TESTS).as_posix(),
            "line": str(finding.place.line),
            "col": str(finding.place.column),
            "title": finding.label["de"],
        }
        message = "\n".join(filter(None, (finding.message["de"], finding.mend.get("de"))))
        assert unescaped(command[3]) == message


def test_github_s_special_characters_are_escaped(
    harbour: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Per cent everywhere, colon and comma in properties; paths start at the current folder."""
    graph = GRAPH.replace("the Gull", "100 %: a, b").replace('3 , "abc"^^xsd:integer', '"x%0Ay"')
    dossier = harbour(LENGTH, graph=graph)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(dossier.folder)
    assert findings.to_github(validate(dossier)) == (
        "::error file=graph/boats.ttl,line=8,col=16,title=100 %25%3A a%2C b"
        "::A length is a whole number.%0Awrite something like 12\n"
    )
    monkeypatch.chdir("/")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(dossier.folder / "shapes"))
    path = dossier.files("graph")[0].resolve().as_posix()
    assert f" file={path}," in findings.to_github(validate(dossier))


def test_turtle_is_the_report_of_shacl_with_languages(report: Report) -> None:
    """Each result has its message in German and in English, SPARQL constraints too."""
    text = findings.to_turtle(report)
    triples = turtle.parse(text, "report")
    assert turtle.house(text, "report") == text
    results = [each.object for each in triples if each.predicate == NamedNode(SH + "result")]
    assert len(results) == len(report.findings)
    for result in results:
        languages = {
            each.object.language
            for each in triples
            if each.subject == result
            and each.predicate == NamedNode(SH + "resultMessage")
            and isinstance(each.object, Literal)
        }
        assert languages == {"de", "en"}


def test_each_format_can_be_asked_for_by_name(harbour: Harbour) -> None:
    """`write` gives what the function of the format gives."""
    report = validate(harbour(LENGTH))
    written = {form: findings.write(report, form, "de") for form in findings.FORMATS}
    assert written == {
        "text": findings.to_text(report, "de"),
        "json": findings.to_json(report),
        "junit": findings.to_junit(report, "de"),
        "github": findings.to_github(report, "de"),
        "turtle": findings.to_turtle(report),
    }


def test_a_node_without_a_label_is_called_by_its_curie(harbour: Harbour) -> None:
    """And a label without a language, or in another one, is better than that."""
    rule = "spks:Boat sh:property spks:Name . spks:Name sh:path spk:name ; sh:minCount 1 ."
    graph = GRAPH + f'id:boat-tern a spk:Boat ; <{RDFS}label> "Tern" .\n'
    labels = [each.label for each in validate(harbour(rule, graph=graph)).findings]
    assert labels == [
        {"de": "die Möwe", "en": "the Gull"},
        {"de": "id:boat-heron", "en": "id:boat-heron"},
        {"de": "Tern", "en": "Tern"},
    ]
