"""SHACL engines of others say of the dossier what pySHACL says: so what is judged is the shapes.

An error of one engine could hide a fault in the facts, or an error in the shapes. Verdicts are
compared whole: focus, path, value, component, shape, SPARQL constraint and severity of each result.
"""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from benchmarks.engines import ENGINES, Verdict, judge
from standpunkt import turtle
from standpunkt.dossier import Dossier

TESTS = Path(__file__).parent
EXAMPLES = [TESTS / "valid" / "council.ttl", *sorted((TESTS / "invalid").glob("*.ttl"))]
SHIPPED = Dossier.shipped()
ONTOLOGY = SHIPPED.triples("ontology")
SHAPES = SHIPPED.triples("shapes")

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
