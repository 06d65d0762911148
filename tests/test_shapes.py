"""Each constraint of the shapes is tripped by its example, and each example trips nothing else.

`tests/invalid/<name>.ttl` has the faults that the shape or SPARQL constraint `spks:<name>` is
there for, one node a constraint component; its label says what is wrong with it. All examples
stand beside `tests/valid/council.ttl`, which has what they point to. They are judged together:
each names its nodes for itself, and that one spares another.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from standpunkt.dossier import Dossier
from standpunkt.namespaces import SH, SPKS
from standpunkt.validation import Finding, Report, validate

TESTS = Path(__file__).parent
COUNCIL = TESTS / "valid" / "council.ttl"
EXAMPLES = sorted((TESTS / "invalid").glob("*.ttl"))
SHIPPED = Dossier.shipped()

# What makes a constraint of a shape, by the component that reports it. `sh:qualifiedValueShape`
# and `sh:ignoredProperties` are parameters beside these.
COMPONENTS = {
    "class": "ClassConstraintComponent",
    "closed": "ClosedConstraintComponent",
    "datatype": "DatatypeConstraintComponent",
    "disjoint": "DisjointConstraintComponent",
    "equals": "EqualsConstraintComponent",
    "hasValue": "HasValueConstraintComponent",
    "in": "InConstraintComponent",
    "languageIn": "LanguageInConstraintComponent",
    "lessThan": "LessThanConstraintComponent",
    "maxCount": "MaxCountConstraintComponent",
    "minCount": "MinCountConstraintComponent",
    "nodeKind": "NodeKindConstraintComponent",
    "not": "NotConstraintComponent",
    "or": "OrConstraintComponent",
    "pattern": "PatternConstraintComponent",
    "qualifiedMinCount": "QualifiedMinCountConstraintComponent",
    "sparql": "SPARQLConstraintComponent",
    "uniqueLang": "UniqueLangConstraintComponent",
}
# What else a shape may say.
OTHERS = {
    "ignoredProperties",
    "message",
    "name",
    "path",
    "property",
    "qualifiedValueShape",
    "severity",
    "targetClass",
    "targetNode",
    "targetSubjectsOf",
}

Constraint = tuple[str, str]


def said(predicate: str) -> Iterator[Any]:
    """Give subject and object of all triples of the shapes with a predicate of SHACL."""
    for triple in SHIPPED.triples("shapes"):
        if triple.predicate.value == SH + predicate:
            yield triple.subject, triple.object


def judging() -> set[NamedNode]:
    """Give the shapes that results come from: with a target, or a property of such a one.

    Shapes inside `sh:or` and its like only decide whether another one is met.
    """
    found = {
        shape
        for target in ("targetClass", "targetNode", "targetSubjectsOf")
        for shape, _ in said(target)
    }
    return found | {part for shape, part in said("property") if shape in found}


def name(node: NamedNode) -> str:
    """Give the local name of a shape."""
    return node.value.removeprefix(SPKS)


def constraints() -> set[Constraint]:
    """List all constraints: the name of the shape, or of its SPARQL constraint, and component."""
    shapes = judging()
    return {
        (name(value if parameter == "sparql" else shape), component)
        for parameter, component in COMPONENTS.items()
        for shape, value in said(parameter)
        if shape in shapes
    }


def tripped(finding: Finding) -> Constraint:
    """Give the constraint that made a finding."""
    assert isinstance(finding.constraint, NamedNode)
    return name(finding.constraint), finding.component


@pytest.fixture(scope="module")
def report() -> Report:
    """Judge all examples beside what they point to."""
    return validate(SHIPPED, [COUNCIL, *EXAMPLES])


def test_all_that_shapes_say_is_known_here() -> None:
    """No shape uses a part of SHACL that this test would overlook."""
    shapes = judging()
    used = {
        triple.predicate.value.removeprefix(SH)
        for triple in SHIPPED.triples("shapes")
        if triple.subject in shapes and triple.predicate.value.startswith(SH)
    }
    assert used <= COMPONENTS.keys() | OTHERS


def test_each_constraint_has_an_example_and_each_example_a_constraint() -> None:
    """There is a file of the name of each shape or SPARQL constraint that gives results."""
    assert {path.stem for path in EXAMPLES} == {shape for shape, _ in constraints()}


def test_the_council_conforms() -> None:
    """What the examples point to has no fault of its own."""
    assert validate(SHIPPED, [COUNCIL]).findings == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_trips_its_constraints_once_each(example: Path, report: Report) -> None:
    """Each component of the constraint has one result in its example, and no other has any."""
    findings = [each for each in report.findings if each.place and each.place.file == example]
    expected = Counter(each for each in constraints() if each[0] == example.stem)
    assert Counter(map(tripped, findings)) == expected


def test_each_rule_is_stated_in_both_languages(report: Report) -> None:
    """All that can be found has a German and an English message, and a label in some language."""
    for finding in report.findings:
        assert finding.message.keys() == {"de", "en"}
        assert all(finding.message.values())
        assert "{" not in "".join(finding.message.values())
        assert all(finding.label.values())


# Where the mend is to be read off an article, or no more than what the rule says already.
WITHOUT_MEND = {
    "Article-language": {"Pattern"},
    "Article-sha256": {"Pattern"},
    "Class-iri": {"Or"},
    "Definition-type": {"In"},
    "Dossier-class": {"SPARQL"},
    "Dossier-untyped": {"SPARQL"},
    "Node-about": {"Or"},
    "Node-closeMatch": {"Pattern"},
    "Node-exactMatch": {"Pattern"},
    "Ontology-version": {"Pattern"},
    "Order-circle": {"SPARQL"},
    "Passage-number": {"Pattern"},
    "Passage-sha256": {"Pattern"},
    "Passage-start": {"Pattern"},
    "Property-iri": {"Or"},
    "Proposition-majority": {"Pattern"},
    "Proposition-use": {"MinCount"},
    "Quotation-language": {"SPARQL"},
    "Slip-language": {"SPARQL"},
}


def test_findings_say_how_they_are_mended(report: Report) -> None:
    """All do so in both languages, but for those whose mend is not known."""
    without: dict[str, set[str]] = {}
    for finding in report.findings:
        assert finding.mend.keys() in ({"de", "en"}, set())
        assert all(finding.mend.values())
        assert not re.search(r"\{[?$]", "".join(finding.mend.values()))
        if not finding.mend:
            constraint, component = tripped(finding)
            parts = without.setdefault(constraint, set())
            parts.add(component.removesuffix("ConstraintComponent"))
    assert without == WITHOUT_MEND


def test_no_other_file_has_findings(report: Report) -> None:
    """What the examples point to stays without fault."""
    assert {each.place.file if each.place else None for each in report.findings} == set(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES[::60], ids=lambda path: path.stem)
def test_an_example_alone_does_not_conform(example: Path) -> None:
    """An example is invalid also without what it points to."""
    assert not validate(SHIPPED, [example]).conforms
