"""Each OWL 2 RL rule of `owl2rl.rls` does what the recommendation says, and does it fast.

`rules/<rule>.ttl` is a graph on which the rule fires, and `rules/<rule>.expected.nt` has what the
rule adds to it; a contradiction is a line `# inconsistent: <rule> <node> …`. In the graphs, `id:`
is data and `:` is schema. The second opinion is owlrl.
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

import math
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from standpunkt import nemo
from standpunkt.errors import MissingExtraError, StandpunktError
from standpunkt.namespaces import ID, OWL, RDF, RDFS, XSD

pytest.importorskip("nmo_python", reason="needs Nemo: pip install -e '.[proof]'")

Triple = tuple[str, str, str]

EXAMPLES = Path(__file__).parent / "rules"
NS = "https://example.org/"

# Statements of the rule file, and the rule that each of them belongs to: none for a helper.
STATEMENTS = re.split(r"(?<= \.)\n", re.sub(r"(?m)^%.*\n", "", nemo.rules()).strip())
NAMES = {
    statement: found[1] if (found := re.search(r'#\[name\("(.+)"\)\]', statement)) else None
    for statement in STATEMENTS
}
RULES = sorted({name for name in NAMES.values() if name is not None})

# What these say is of use to one of these other rules only.
SHOWN_BY = {
    "cls-nothing1": "scm-avf1",
    "cls-thing": "scm-svf1",
    "scm-cls": "scm-svf1",
    "scm-dp": "scm-svf2",
    "scm-op": "scm-hv",
}
# A nameless fact each: Nemo gives no name to a fact.
AXIOMS = {"cls-nothing1", "cls-thing"}

# owlrl 7.6.2 takes the length of a list for the index of its last member, and so leaves that out.
OWLRL_DIFFERS = {
    "eq-diff2": "it does not compare the last individual with the others",
    "eq-diff3": "it does not compare the last individual with the others",
    "prp-adp": "it does not compare the last property with the others",
    "prp-key": "it does not compare the last value: with half a key in common they are the same",
}


def example(name: str) -> list[Triple]:
    """Read the graph of a rule."""
    return list(plain((EXAMPLES / f"{name}.ttl").read_text(encoding="utf-8")))


def expected(name: str) -> tuple[set[Triple], set[nemo.Inconsistency]]:
    """Read what a rule adds: triples and contradictions."""
    text = (EXAMPLES / f"{name}.expected.nt").read_text(encoding="utf-8")
    rows = [line.split() for line in re.findall(r"^# inconsistent: (.+)", text, re.MULTILINE)]
    return set(plain(text)), {nemo.Inconsistency(rule, tuple(nodes)) for rule, *nodes in rows}


def plain(turtle: str) -> Iterator[Triple]:
    """Give the triples of a Turtle text as plain text, as they are handed to Nemo."""

    def text(term: object) -> str:
        if isinstance(term, Literal):
            return nemo.cardinality(term.value) or term.value
        return str(term) if isinstance(term, BlankNode) else str(term)[1:-1]

    for quad in parse(turtle, format=RdfFormat.TURTLE):
        yield text(quad.subject), text(quad.predicate), text(quad.object)


def alone(name: str) -> str:
    """Give the rule file with a single rule, or with the one beside it that shows what it does."""
    kept = {None, name, SHOWN_BY.get(name)}
    return "\n".join(statement for statement, rule in NAMES.items() if rule in kept)


@pytest.mark.parametrize("name", RULES)
def test_has_example(name: str) -> None:
    """Every rule of the file has an example."""
    assert (EXAMPLES / f"{name}.ttl").is_file()
    assert any(expected(name))


def test_examples_have_rules() -> None:
    """Every example belongs to a rule of the file or to an axiom in it."""
    assert {path.stem for path in EXAMPLES.glob("*.ttl")} == {*RULES, *AXIOMS}


@pytest.mark.parametrize("name", sorted({*RULES, *AXIOMS}))
def test_rule(name: str) -> None:
    """A rule by itself adds what is expected and nothing else; all rules together add it too."""
    triples, inconsistencies = expected(name)
    by_itself = nemo.closure(example(name), alone(name))
    assert by_itself.derived == triples
    assert set(by_itself.inconsistencies) == inconsistencies
    for triple in triples:
        proof = by_itself.trace(triple)
        assert proof is not None
        assert proof["name"] == SHOWN_BY.get(name, name)
    by_all = nemo.closure(example(name))
    assert by_all.derived >= triples
    assert set(by_all.inconsistencies) >= inconsistencies


# --- A second opinion ---------------------------------------------------------------------------


def by_owlrl(triples: list[Triple]) -> tuple[set[Triple], bool]:
    """Give the closure that owlrl derives, and whether it found a contradiction."""
    import rdflib
    from owlrl.OWLRL import OWLRL_Semantics

    bounds = {nemo.cardinality(number): rdflib.Literal(int(number)) for number in ("0", "1")}

    def term(text: str) -> rdflib.term.Node:
        if text.startswith("_:"):
            return rdflib.BNode(text[2:])
        return bounds[text] if text in bounds else rdflib.URIRef(text)

    graph = rdflib.Graph()
    for s, p, o in triples:
        graph.add((term(s), term(p), term(o)))
    engine = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    engine.closure()
    derived = {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef)
    }
    return derived - set(triples), bool(engine.error_messages)


def useful(triples: set[Triple] | frozenset[Triple]) -> set[Triple]:
    """Leave out blank nodes, axioms about built-in terms, `owl:Thing` and what is reflexive."""
    reflexive = {
        OWL + "equivalentClass",
        OWL + "equivalentProperty",
        OWL + "sameAs",
        RDFS + "subClassOf",
        RDFS + "subPropertyOf",
    }
    return {
        (s, p, o)
        for s, p, o in triples
        if not s.startswith(("_:", OWL, RDF, RDFS, XSD))
        and not o.startswith(("_:", OWL + "Thing", OWL + "Nothing"))
        and not (s == o and p in reflexive)
    }


@pytest.mark.parametrize("name", sorted({*RULES, *AXIOMS}))
def test_owlrl_agrees(name: str) -> None:
    """On the example of a rule, owlrl derives the same as Nemo, or there is a known reason."""
    assert agree(example(name)) == (name not in OWLRL_DIFFERS), OWLRL_DIFFERS.get(name)


def agree(triples: list[Triple]) -> bool:
    """Tell whether owlrl and Nemo derive the same and both find a contradiction or none."""
    by_nemo = nemo.closure(triples)
    derived, is_inconsistent = by_owlrl(triples)
    same = useful(derived) == useful(by_nemo.derived)
    return same and is_inconsistent == bool(by_nemo.inconsistencies)


# What the random graphs are about: lists and restrictions are fixed, all else is drawn.
BACKGROUND = """
PREFIX : <https://example.org/>
PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

:A a owl:Class . :B a owl:Class . :p a owl:ObjectProperty . :q a owl:ObjectProperty .
:some owl:onProperty :p ; owl:someValuesFrom :A .
:any owl:onProperty :p ; owl:someValuesFrom owl:Thing .
:all owl:onProperty :q ; owl:allValuesFrom :B .
:has owl:onProperty :p ; owl:hasValue id:x .
:none owl:onProperty :q ; owl:maxCardinality 0 . :one owl:onProperty :p ; owl:maxCardinality 1 .
:oneB owl:onProperty :q ; owl:maxQualifiedCardinality 1 ; owl:onClass :B .
:AB rdf:first :A ; rdf:rest ( :B ) . :C-some rdf:first :C ; rdf:rest ( :some ) .
:pq rdf:first :p ; rdf:rest ( :q ) . :qqp rdf:first :q ; rdf:rest ( :q :p ) .
:xy rdf:first id:x ; rdf:rest ( id:y ) .
"""
CLASSES = [
    NS + name for name in ("A", "B", "C", "D", "some", "any", "all", "has", "none", "one", "oneB")
]
PROPERTIES = [NS + name for name in ("p", "q", "r", "s")]
THINGS = [ID + name for name in ("x", "y", "z")]
KINDS = [
    OWL + kind + "Property"
    for kind in ("Asymmetric", "Functional", "InverseFunctional", "Irreflexive", "Symmetric")
] + [OWL + "TransitiveProperty"]
SENTENCES = [
    (CLASSES, [RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith"], CLASSES),
    (CLASSES, [OWL + "complementOf"], CLASSES),
    (CLASSES, [OWL + "intersectionOf", OWL + "unionOf"], [NS + "AB", NS + "C-some"]),
    (CLASSES, [OWL + "oneOf"], [NS + "xy"]),
    (PROPERTIES, [RDFS + "subPropertyOf", OWL + "equivalentProperty"], PROPERTIES),
    (PROPERTIES, [OWL + "inverseOf", OWL + "propertyDisjointWith"], PROPERTIES),
    (PROPERTIES, [OWL + "propertyChainAxiom"], [NS + "pq", NS + "qqp"]),
    (PROPERTIES, [RDFS + "domain", RDFS + "range"], CLASSES),
    (PROPERTIES, [RDF + "type"], KINDS),
    (THINGS, [OWL + "sameAs", OWL + "differentFrom"], THINGS),
    (THINGS, [RDF + "type"], CLASSES),
    (THINGS, PROPERTIES, THINGS),
    (THINGS, PROPERTIES, THINGS),
]


@settings(max_examples=25, derandomize=True)
@given(
    st.lists(
        st.one_of([st.tuples(*map(st.sampled_from, sentence)) for sentence in SENTENCES]),
        min_size=4,
        max_size=16,
    )
)
def test_owlrl_agrees_on_random_graphs(triples: list[Triple]) -> None:
    """Where rules feed each other, owlrl derives the same as Nemo."""
    assert agree([*plain(BACKGROUND), *triples])


# --- Growth -------------------------------------------------------------------------------------

SIZES = (1_000, 10_000, 100_000)
LIST_SIZES = (300, 3_000, 30_000)
NOISE = 3
FLOOR = 0.1  # seconds; a run below this is mostly the parsing of the rule file


def grown(facts: set[Triple], size: int) -> set[Triple]:
    """Scale a graph: a third is copies of it, a third more data under its schema, a third a crowd.

    The crowd are triples that have nothing to do with the graph but begin or end at its nodes. A
    rule that joins them before it looks at their predicates is quadratic.
    """
    own = {term for fact in facts for term in fact if not term.startswith(BUILT_IN)}
    data = {term for term in own if term.startswith(f"<{ID}")}
    part = size // 3
    graph = set(facts)
    for source, nodes in ((facts, own), ({fact for fact in facts if data & {*fact}}, data)):
        for number in range(part // len(source) if source else 0):
            name = {node: f"{node[:-1]}-{number}>" for node in nodes}
            graph.update((name.get(s, s), name.get(p, p), name.get(o, o)) for s, p, o in source)
    for number in range(part // (2 * len(own))):
        stranger = f"<{NS}stranger-{number}>"
        graph.update((node, f"<{NS}near>", stranger) for node in own)
        graph.update((stranger, f"<{NS}near>", node) for node in own)
    return graph


def lengthened(facts: set[Triple], size: int) -> set[Triple]:
    """Append cells to the list in a graph, which ends with `rdf:nil`."""
    first, rest, nil = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
    end = next(fact for fact in facts if fact[2] == nil)
    cells = [f"<{ID}cell-{number}>" for number in range(size // 2)]
    items = {(cell, first, f"<{ID}item-{number}>") for number, cell in enumerate(cells)}
    links = zip([end[0], *cells], [*cells, nil], strict=True)
    return facts - {end} | items | {(cell, rest, following) for cell, following in links}


def assert_linear(
    scale: Callable[[set[Triple], int], set[Triple]], name: str, sizes: Sequence[int]
) -> None:
    """Hold the time for the graph of a rule to n log n, from each size to the next."""
    facts = {(angled(s), angled(p), angled(o)) for s, p, o in example(name)}
    limit = math.inf
    for size, larger in pairwise([*sizes, 10 * sizes[-1]]):
        graph = scale(facts, size)
        start = time.process_time()
        nemo.run(graph, nemo.rules())
        seconds = time.process_time() - start
        assert seconds < limit, size
        growth = larger * math.log(larger) / (size * math.log(size))
        limit = NOISE * growth * max(seconds, FLOOR)


def angled(term: str) -> str:
    """Write a term as the engine takes it."""
    return f"<{nemo.BLANK}{term[2:]}>" if term.startswith("_:") else f"<{term}>"


BUILT_IN = tuple(f"<{namespace}" for namespace in (OWL, RDF, RDFS, XSD, nemo.CARDINALITY))


@pytest.mark.parametrize("name", RULES)
def test_growth(name: str) -> None:
    """Ten times as many triples for a rule take ten times as long, with a log for sorting."""
    assert_linear(grown, name, SIZES)


@pytest.mark.parametrize("name", ["cax-adc", "cls-oo", "eq-diff2", "scm-uni"])
def test_growth_of_list(name: str) -> None:
    """So does a list that is ten times as long."""
    assert_linear(lengthened, name, LIST_SIZES)


# --- What goes in and what comes out ------------------------------------------------------------

NO_TERMS = [
    "",
    "no-scheme",
    "1",
    '"text"',
    '"ill-typed"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "<https://example.org/x>",
    "https://example.org/a b",
    "https://example.org/a\nb",
    "https://example.org/\u0085",
    "https://example.org/\ud800",
    *(f"https://example.org/{character}" for character in '<>"{}|^`\\'),
    "https://example.org/x>, <https://example.org/y",
    "_:",
    "_:a b",
    "_:a>",
    nemo.BLANK + "x",
]


@pytest.mark.parametrize("term", NO_TERMS, ids=ascii)
@pytest.mark.parametrize("position", range(3))
def test_refuses_what_is_no_term(term: str, position: int) -> None:
    """What is neither an IRI nor a blank node never becomes N-Triples or rule text."""
    terms = [NS + "s", NS + "p", NS + "o"]
    triple = (terms[0], terms[1], terms[2])
    closure = nemo.closure([triple])
    terms[position] = term
    message = re.escape(f"neither an IRI nor a blank node: {term!r}")
    with pytest.raises(StandpunktError, match=message):
        nemo.closure([(terms[0], terms[1], terms[2])])
    with pytest.raises(StandpunktError, match=message):
        closure.trace((terms[0], terms[1], terms[2]))


@pytest.mark.parametrize(
    "fault",
    [
        ("<https://example.org/s>", "<https://example.org/p>", '"a"^^<' + XSD + "integer>"),
        ("<https://example.org/s>", "<https://example.org/p>", '"01"^^<' + XSD + "integer>"),
        ("<https://example.org/s>", "<https://example.org/p>", "no syntax"),
        ("<https://example.org/s>", "<relative>", "<https://example.org/o>"),
        ("<https://example.org/s>", "<https://[/>", "<https://example.org/o>"),
    ],
    ids=["ill-typed", "rewritten", "syntax", "relative", "host"],
)
def test_counts_what_the_engine_read(fault: Triple) -> None:
    """Were a fault to reach the engine, which says nothing, it would be seen in what it read."""
    sound = {(f"<{NS}{number}>", f"<{NS}p>", f"<{NS}o>") for number in range(9)}
    with pytest.raises(StandpunktError, match="the engine Nemo misread a triple: "):
        nemo.run({*sound, fault}, nemo.rules())


@settings(max_examples=200, derandomize=True)
@given(st.text(min_size=1, max_size=8))
def test_iris_come_back_as_they_went_in(text: str) -> None:
    """Any IRI that the Turtle reader takes goes through the engine unchanged."""
    iri = NS + text
    try:
        NamedNode(iri)
    except ValueError:
        return
    program = "@output asserted . @output t . t(?o, ?p, ?s) :- asserted(?s, ?p, ?o) ."
    closure = nemo.closure([(iri, NS + "p", NS)], program)
    assert closure.derived == {(NS, NS + "p", iri)}


def test_nothing() -> None:
    """Nothing follows from nothing."""
    closure = nemo.closure([])
    assert closure.derived == frozenset()
    assert closure.inconsistencies == ()


def test_blank_nodes() -> None:
    """A blank node comes back with its label, but not where RDF has no blank nodes."""
    closure = nemo.closure(
        [
            ("_:every-1", OWL + "inverseOf", NS + "speaker"),
            ("_:every-1", RDFS + "domain", "_:class.1"),
            (ID + "statement", NS + "speaker", ID + "lee"),
        ]
    )
    assert closure.derived == {(ID + "lee", RDF + "type", "_:class.1")}


@pytest.mark.parametrize(
    ("rule", "turtle"),
    [
        ("eq-diff1", "id:x owl:differentFrom id:x ."),
        ("eq-diff2", "[] a owl:AllDifferent ; owl:members ( id:x id:y id:x ) ."),
        ("eq-diff3", "[] a owl:AllDifferent ; owl:distinctMembers ( id:x id:x ) ."),
    ],
)
def test_same_as_itself(rule: str, turtle: str) -> None:
    """What eq-ref would add is not needed: a thing that differs from itself is found without."""
    closure = nemo.closure(plain(BACKGROUND.split("\n\n", maxsplit=1)[0] + turtle))
    assert closure.derived == frozenset()
    assert closure.inconsistencies == (nemo.Inconsistency(rule, (ID + "x",)),)


def test_proof() -> None:
    """A proof names the rule, and ends in what was asserted; what is false or unknown has none."""
    asserted = example("prp-spo2")
    (derived,) = expected("prp-spo2")[0]
    closure = nemo.closure(asserted)
    proof = closure.trace(derived)
    assert proof is not None
    assert proof["name"] == "prp-spo2"
    assert proof["assignment"]["?x"] == f"<{derived[0]}>"
    facts = {f"asserted({', '.join(map(angled, triple))})" for triple in asserted}
    assert set(leaves(proof)) == facts
    assert closure.trace((derived[2], derived[1], derived[0])) is None
    assert closure.trace((NS + "unknown", NS + "unknown", NS + "unknown")) is None


def leaves(proof: dict[str, Any]) -> Iterator[str]:
    """Give the facts that a proof rests on."""
    if "fact" in proof:
        yield proof["fact"]
    for step in proof.get("subtraces", ()):
        yield from leaves(step)


@pytest.mark.parametrize(
    ("lexical", "name"),
    [("0", "zero"), ("1", "one"), ("+01", "one"), ("00", "zero"), (" 1 ", "one")],
)
def test_cardinality(lexical: str, name: str) -> None:
    """Each way to write 0 or 1 has the IRI that the rules know."""
    assert nemo.cardinality(lexical) == nemo.CARDINALITY + name
    assert f"card:{name}" in nemo.rules()


@pytest.mark.parametrize("lexical", ["", "2", "10", "-1", "1.0", "one", "\u0661"])
def test_no_cardinality(lexical: str) -> None:
    """The rules of OWL 2 RL read no other cardinality."""
    assert nemo.cardinality(lexical) is None


def test_engine_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the engine, the error says what to install."""
    monkeypatch.setitem(sys.modules, "nmo_python", None)
    with pytest.raises(MissingExtraError, match=re.escape("pip install 'standpunkt[proof]'")):
        nemo.closure([])
