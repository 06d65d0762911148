"""What follows from a dossier, by either engine, and what is left out of it."""

import importlib.util
import re
import tempfile
import threading
from itertools import chain
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from conftest import Run
from standpunkt import Dossier, deduction, nemo, query, reasoning
from standpunkt.dossier import ASSERTED
from standpunkt.errors import InconsistencyError, UnknownNameError
from standpunkt.inference import Closure, entail, infer, plain
from standpunkt.namespaces import ID, OWL, RDF, RDFS, SPK, XSD
from standpunkt.nemo import Inconsistency
from standpunkt.turtle import parse

needs_nemo = pytest.mark.skipif(
    importlib.util.find_spec("nmo_python") is None,
    reason="needs Nemo: pip install -e '.[proof]'",
)
ENGINES = ["owlrl", pytest.param("nemo", marks=needs_nemo)]
SHORTCUTS = {"advocates", "opposes", "memberOf"}
PREFIXES = f"PREFIX : <{ID}>\nPREFIX owl: <{OWL}>\nPREFIX rdf: <{RDF}>\nPREFIX rdfs: <{RDFS}>\n"


def triples(text: str) -> list[Triple]:
    """Read Turtle with the prefixes of these tests."""
    return parse(PREFIXES + text, "a test")


def triple(subject: str, predicate: str, object_: str) -> Triple:
    """Make a triple of data."""
    return Triple(NamedNode(ID + subject), NamedNode(predicate), NamedNode(ID + object_))


@pytest.fixture(scope="module")
def shipped() -> Dossier:
    """Give the dossier that comes with the package."""
    return Dossier.shipped()


def test_both_engines_derive_the_same_of_the_shipped_dossier(shipped: Dossier) -> None:
    """The default engine and the one with proofs agree to the triple."""
    pytest.importorskip("nmo_python", reason="needs Nemo: pip install -e '.[proof]'")
    assert infer(shipped, "nemo") == infer(shipped, "owlrl")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_shortcuts_of_the_shipped_dossier(shipped: Dossier, engine: str) -> None:
    """Who advocates, opposes and belongs is what both articles bear out, and nothing more."""
    found = infer(shipped, engine)
    short = {
        (
            triple.subject.value.removeprefix(ID),
            triple.predicate.value.removeprefix(SPK),
            triple.object.value.removeprefix(ID),
        )
        for triple in found.triples
        if triple.predicate.value.removeprefix(SPK) in SHORTCUTS
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
    }
    assert found.inconsistencies == []
    assert short == {
        tuple(line.split())
        for line in (Path(__file__).parent / "shortcuts.txt").read_text("utf-8").splitlines()
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_empty_is_derived(shipped: Dossier, engine: str) -> None:
    """No reflexive triple, no literal, no blank node, nothing on the terms of OWL itself."""
    asserted = {t for graph in shipped.graphs().values() for t in graph}
    for t in infer(shipped, engine).triples:
        assert isinstance(t.subject, NamedNode)
        assert isinstance(t.object, NamedNode)
        assert t.subject != t.object
        assert t not in asserted
        for term in (t.subject, t.object):
            assert not term.value.startswith((OWL, RDF, RDFS, XSD)), t


@pytest.mark.parametrize("engine", ENGINES)
def test_a_contradiction_names_its_nodes(engine: str) -> None:
    """Who is of two disjoint classes is named, with both classes."""
    found = entail(triples(":A owl:disjointWith :B . :x a :A , :B ."), engine)
    assert [each.rule for each in found.inconsistencies] == ["cax-dw"]
    assert set(found.inconsistencies[0].nodes) == {ID + "A", ID + "B", ID + "x"}
    assert "id:x" in str(found.inconsistencies[0])


CONTRADICTIONS = {
    "eq-diff1": ":x owl:sameAs :y ; owl:differentFrom :y .",
    "prp-irp": ":p a owl:IrreflexiveProperty . :x :p :x .",
    "prp-asyp": ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .",
    "prp-pdw": ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .",
    "prp-npa1": """:n owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y .
                   :x :p :y .""",
    "cls-nothing2": ":x a owl:Nothing .",
    "cls-com": ":A owl:complementOf :B . :x a :A , :B .",
    "cls-maxc1": ":R owl:maxCardinality 0 ; owl:onProperty :p . :x a :R ; :p :y .",
}


@pytest.mark.parametrize("rule", CONTRADICTIONS)
@pytest.mark.parametrize("engine", ENGINES)
def test_contradictions_of_every_kind_have_the_same_name(engine: str, rule: str) -> None:
    """Each kind is found by either engine, under the name that the recommendation gives it."""
    found = entail(triples(CONTRADICTIONS[rule]), engine)
    assert {each.rule for each in found.inconsistencies} == {rule}
    # Nemo names all nodes; owlrl leaves out the one in the middle of cls-com and cls-maxc1.
    assert all(node.startswith(ID) for each in found.inconsistencies for node in each.nodes)
    assert found.inconsistencies[0].nodes
    if engine == "nemo":
        assert any(ID + "x" in each.nodes for each in found.inconsistencies)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_equal_value_makes_nothing_equal(engine: str) -> None:
    """A functional datatype property never copies one node's values to another."""
    given = triples(":p a owl:FunctionalProperty . :x :p 1 , 2 . :y :q 2 .")
    assert entail(given, engine).triples == []


@pytest.mark.parametrize("engine", ENGINES)
def test_ill_typed_literals_do_no_harm(engine: str) -> None:
    """What breaks its datatype is for the shapes; all the rest is inferred as before."""
    broken = Triple(
        NamedNode(ID + "x"),
        NamedNode(ID + "number"),
        Literal("many", datatype=NamedNode(XSD + "integer")),
    )
    given = triples(":p rdfs:subPropertyOf :q . :x :p :y .")
    assert entail([broken, *given], engine).triples == [triple("x", ID + "q", "y")]


def test_a_contradictory_dossier_is_not_asked_for_what_follows(folder: Path) -> None:
    """From a contradiction anything follows, so `query` with inference names it instead."""
    facts = folder / "graph" / "contradiction.ttl"
    facts.write_text(PREFIXES + ":A owl:disjointWith :B . :x a :A , :B .", encoding="utf-8")
    with pytest.raises(InconsistencyError, match="contradicts itself by the rule cax-dw"):
        query(Dossier(folder), "ASK { ?s ?p ?o }", inferred=True)


def test_an_unknown_engine_gets_a_suggestion(shipped: Dossier) -> None:
    """A misspelt engine is one line with the way out."""
    with pytest.raises(UnknownNameError, match=r"no reasoner is called 'nmo'; did you mean 'nemo'"):
        infer(shipped, "nmo")


def test_a_contradiction_without_nodes_is_legible() -> None:
    """The line reads well even where no node is named."""
    assert str(Inconsistency("prp-adp", ())) == (
        "the ontology: contradicts itself by the rule prp-adp"
    )


@needs_nemo
def test_nemo_is_handed_any_iri_blank_node_and_bound_as_text() -> None:
    """Names that only N-Triples can write come back as they went in, and labels stay apart."""
    odd = NamedNode("https://example.org/ä%20(b),'c';d#_:e")
    given = [
        Triple(odd, NamedNode(RDF + "type"), BlankNode("a.b")),
        Triple(BlankNode("a.b"), NamedNode(RDFS + "subClassOf"), NamedNode(ID + "boat")),
        Triple(odd, NamedNode(RDFS + "label"), Literal('a "b" <c> .\n<d> <e> <f> .')),
    ]
    boat = Triple(odd, NamedNode(RDF + "type"), NamedNode(ID + "boat"))
    assert entail(given, "nemo").triples == [boat]


@needs_nemo
def test_auto_is_nemo_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere it is owlrl, which derives the same."""
    given = triples(":boat rdfs:subClassOf :thing . :gull a :boat .")
    by_nemo = entail(given, "auto")
    monkeypatch.setattr(nemo, "is_installed", lambda: False)
    monkeypatch.setattr(deduction, "consequences", None)
    assert entail(given, "auto") == by_nemo
    assert by_nemo.triples


# What may go wrong on the way from Turtle to the engine as text.
ODD = """
:gull a [ rdfs:subClassOf :boat ] ; rdfs:label "a \\"b\\" .\\n<d> <e> <f> .", "x"@de-DE, 01 .
_:a.b :of _:c . <https://example.org/ä%20(b),'c';d#_:e> :of <urn:_:x> , :\U0001f600 .
:of rdfs:subPropertyOf :about ; a owl:TransitiveProperty . <urn:_:x> :of :gull .
:R owl:maxCardinality "+01"^^<http://www.w3.org/2001/XMLSchema#integer> ; owl:onProperty :near .
:S owl:maxQualifiedCardinality 2 ; owl:onProperty :near . :R owl:maxCardinality "one" .
:pier a :R ; :near :quay , :mole . :pier :near :pier . :note :says "~ -- << {|\u2028" .
:a :near :b . :a :near :b . :x owl:sameAs :y ; owl:differentFrom :y .
"""


@needs_nemo
@pytest.mark.parametrize("is_alone", [False, True])
def test_what_goes_to_nemo_as_text_is_what_goes_to_it_as_triples(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, is_alone: bool
) -> None:
    """The same follows, and the same contradictions, whether or not Python held the triples."""
    monkeypatch.setattr(deduction, "_MANY", 0 if is_alone else 1_000)
    (folder / "graph" / "odd.ttl").write_text(PREFIXES + ODD, encoding="utf-8")
    given = list(chain(*Dossier(folder).graphs(*ASSERTED).values()))
    closure = nemo.closure(plain(given))
    expected = sorted(
        f"<{s}> <{p}> <{o}> ."
        for s, p, o in closure.derived
        if s != o
        and not s.startswith(("_:", OWL, RDF, RDFS, XSD))
        and not o.startswith(("_:", OWL, RDF, RDFS, XSD))
    )
    found = infer(Dossier(folder), "nemo")
    assert found.lines == expected
    assert found.inconsistencies
    named = [each for each in closure.inconsistencies if "_:" not in str(each)]
    assert [each for each in found.inconsistencies if "_:" not in str(each)] == named
    assert len(found.inconsistencies) == len(closure.inconsistencies)
    assert [f"{triple} ." for triple in found.triples] == found.lines
    assert triple("mole", OWL + "sameAs", "quay") in found.triples


def _without(names: re.Pattern[str], lines: list[str]) -> list[str]:
    return sorted(names.sub("[]", line) for line in lines)


@needs_nemo
def test_infer_writes_what_follows_as_triples_are_written(run: Run, folder: Path) -> None:
    """N-Triples are written from their lines, other formats from triples; both say the same."""
    text = ODD.replace("owl:differentFrom :y", ":near :z").replace("[ rdfs:", ":Bird . :Bird rdfs:")
    text = PREFIXES + text.replace(":boat ] ; rdfs:label", ":boat ; rdfs:label")
    (folder / "graph" / "articles.ttl").write_text(text, encoding="utf-8")
    for everything in (), ("--all",):
        as_lines = run("infer", *everything, "-f", "ntriples", "--dossier", str(folder)).stdout
        follows = {*infer(Dossier(folder), "nemo").triples}
        if everything:
            follows.update(*Dossier(folder).graphs(*ASSERTED).values())
        listed = as_lines.split("\n")[:-1]
        assert sorted(listed) == listed
        assert len(listed) == len(follows)
        # The nodes of lists have other labels whenever they are read.
        unnamed = re.compile(r"_:[0-9a-f]{8,}")
        assert _without(unnamed, listed) == _without(unnamed, [f"{each} ." for each in follows])
        as_turtle = run("infer", *everything, "-f", "turtle", "--dossier", str(folder)).stdout
        assert len(parse(as_turtle, "what is written")) == len(follows)


@needs_nemo
@pytest.mark.parametrize("is_alone", [False, True])
def test_nothing_follows_from_nothing(monkeypatch: pytest.MonkeyPatch, *, is_alone: bool) -> None:
    """An engine that reads no triple writes none, and no contradiction."""
    monkeypatch.setattr(deduction, "_MANY", -1 if is_alone else 0)
    assert entail([], "nemo") == Closure([], [])


BROKEN = {
    "import os; os.kill(os.getpid(), 9)": "the engine Nemo ran out of memory; give it more",
    "import os; os.abort()": "the engine Nemo ran out of memory; give it more",
    "import no_nmo_python": "ModuleNotFoundError: No module named 'no_nmo_python'",
    "import sys; sys.exit(3)": "the engine Nemo failed: exit code 3",
}


@needs_nemo
@pytest.mark.parametrize("program", BROKEN)
def test_a_process_that_fails_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, run: Run, program: str
) -> None:
    """Whatever becomes of Nemo's process, the command says it and leaves nothing."""
    script = folder / "broken.py"
    script.write_text(program, encoding="utf-8")
    temporary = folder / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(nemo, "_OF_THREAD", threading.local())
    monkeypatch.setattr(deduction, "_MANY", 0)
    monkeypatch.setattr(reasoning, "__file__", str(script))
    ended = run("infer", "--reasoner", "nemo", "--dossier", folder)
    assert ended.exit_code == 2
    assert BROKEN[program] in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not [path for path in temporary.rglob("*") if path.is_file()]
