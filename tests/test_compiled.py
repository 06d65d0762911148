"""Engines in Rust judge as pySHACL does, and `auto` takes the one that is right and fast."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from standpunkt import compiled
from standpunkt.dossier import Dossier
from standpunkt.errors import DossierError, MissingExtraError, ParseError, UnknownNameError
from standpunkt.validation import Report, validate

SHIPPED = Dossier.shipped()
TESTS = Path(__file__).parent
COUNCIL = TESTS / "valid" / "council.ttl"
# Of each kind one: Core and SPARQL, a message with a variable, a rule of the whole dossier.
EXAMPLES = [
    COUNCIL,
    *(
        TESTS / "invalid" / f"{name}.ttl"
        for name in ("Dossier-article", "Dossier-untranslated", "Dossier-use", "Statement-speaker")
    ),
]


def needs(engine: str) -> str:
    """Skip the test where an engine is not installed."""
    pytest.importorskip(compiled.ENGINES[engine], reason=f"{engine} is missing: extra 'fast'")
    return engine


@pytest.fixture(params=compiled.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Give each engine that is installed."""
    return needs(str(request.param))


@pytest.fixture(scope="module")
def reference() -> Report:
    """Let pySHACL judge the examples."""
    return validate(SHIPPED, EXAMPLES, engine="pyshacl")


def test_findings_are_those_of_pyshacl(engine: str, reference: Report) -> None:
    """Also message, mend, label and place, with nothing found twice."""
    assert not reference.conforms
    assert validate(SHIPPED, EXAMPLES, engine=engine).findings == reference.findings


def test_auto_leaves_to_pyshacl_what_takes_it_seconds() -> None:
    """It is the reference, and says most about shapes that are broken."""
    needs("shacl")
    assert compiled.report(EXAMPLES, SHIPPED.triples("shapes"), "auto") is None


def test_auto_takes_a_faster_engine_for_what_would_take_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its report is then that of the engine."""
    needs("shacl")
    monkeypatch.setattr(compiled, "_FEW", 0)
    shapes = SHIPPED.triples("shapes")
    found = compiled.report(EXAMPLES, shapes, "auto")
    assert found is not None
    assert not compiled.conforms(found)


def test_a_faster_engine_does_without_pyshacl_where_nothing_is_found() -> None:
    """Neither it nor rdflib is imported, which takes longer than the verdict."""
    needs("shacl")
    program = (
        "import sys; from standpunkt.dossier import Dossier;"
        " from standpunkt.validation import validate;"
        " assert validate(Dossier.shipped(), engine='shacl').conforms;"
        " sys.exit(' '.join({'pyshacl', 'rdflib'} & sys.modules.keys()) or None)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_auto_is_pyshacl_where_nothing_else_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default installation has no engine in Rust."""
    monkeypatch.setattr(compiled, "find_spec", lambda _: None)
    assert compiled.report([COUNCIL], SHIPPED.triples("shapes"), "auto") is None
    with pytest.raises(MissingExtraError, match=r"pip install 'standpunkt\[fast\]'"):
        validate(SHIPPED, [COUNCIL], engine="shacl")


def test_an_unknown_engine_is_refused() -> None:
    """The nearest name is suggested."""
    with pytest.raises(UnknownNameError, match="'shackl'; did you mean 'shacl'"):
        validate(SHIPPED, engine="shackl")


def test_files_are_parsed_one_by_one(tmp_path: Path) -> None:
    """Two files that are a text only together are none: neither do they hide each other's end."""
    needs("shacl")
    first, second = tmp_path / "first.ttl", tmp_path / "second.ttl"
    first.write_text("<urn:a> <urn:b>")
    second.write_text("<urn:c> .")
    with pytest.raises(ParseError, match=r"first\.ttl"):
        validate(SHIPPED, [first, second])


@pytest.mark.skipif(not find_spec("shacl"), reason="shacl is missing: extra 'fast'")
def test_shapes_that_an_engine_cannot_use_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `auto` it is pySHACL that says what is wrong with them, and where."""
    monkeypatch.setattr(compiled, "_FEW", 0)
    for part in ("ontology", "graph", "shapes"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.ttl").write_text("<urn:a> a <urn:A> .")
    (tmp_path / "shapes" / "a.ttl").write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#>\n<urn:s> a sh:NodeShape ;"
        " sh:targetClass <urn:A> ; sh:sparql <urn:c> .\n<urn:c> sh:select 'SELECT' .\n"
    )
    for each in ("shacl", "auto"):
        with pytest.raises(DossierError, match=r"\Athe shapes cannot be used: [^\n]+\Z"):
            validate(Dossier(tmp_path), engine=each)
