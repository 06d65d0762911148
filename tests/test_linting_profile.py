"""The linter says without Java what OWLAPI says with it: whether an axiom is in OWL 2 RL."""

import pytest
from pyoxigraph import RdfFormat, parse

from standpunkt.linting.profile import violations
from test_owl_profile import OUTSIDE, SMALL, Judges, judges

__all__ = ["judges"]  # a fixture

NAMES = """
:likes a owl:ObjectProperty . :hates a owl:ObjectProperty . :eve a :Person .
:Town a owl:Class . :City a owl:Class .
"""
DAY = "[ a owl:Restriction ; owl:onProperty :day ; "
KNOWS = "[ a owl:Restriction ; owl:onProperty :knows ; "
LIKES = "[ a owl:Restriction ; owl:onProperty :likes ; "
ALL = f"{KNOWS} owl:allValuesFrom :Person ]"
SOME = f"{KNOWS} owl:someValuesFrom :Person ]"
UNION = "[ a owl:Class ; owl:unionOf ( :Person :Place ) ]"
CHAIN = ":likes owl:propertyChainAxiom ( :knows :hates ) ."
TRANSITIVE = ":likes a owl:TransitiveProperty ."
SEES = ":sees a owl:ObjectProperty , owl:IrreflexiveProperty ."

IN_PROFILE = [
    "",
    f"{SOME} rdfs:subClassOf :Town .",
    f"{KNOWS} owl:someValuesFrom owl:Thing ] rdfs:subClassOf :Town .",
    f"{KNOWS} owl:hasValue :eve ] rdfs:subClassOf :Town .",
    f"{UNION} rdfs:subClassOf :Town .",
    "[ a owl:Class ; owl:oneOf ( :eve ) ] rdfs:subClassOf :Town .",
    f"{DAY} owl:someValuesFrom xsd:string ] rdfs:subClassOf :Town .",
    f":Town rdfs:subClassOf {ALL} .",
    f":Town rdfs:subClassOf {KNOWS} owl:hasValue :eve ] .",
    f":Town rdfs:subClassOf {KNOWS} owl:maxCardinality 1 ] .",
    f':Town rdfs:subClassOf {KNOWS} owl:maxCardinality "0"^^xsd:nonNegativeInteger ] .',
    f":Town rdfs:subClassOf {KNOWS} owl:maxQualifiedCardinality 1 ; owl:onClass :Person ] .",
    ":Town rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :Person :Place ) ] .",
    ":Town rdfs:subClassOf [ a owl:Class ; owl:complementOf :Person ] .",
    f":Town rdfs:subClassOf {DAY} owl:allValuesFrom xsd:string ] .",
    ":Town owl:equivalentClass :City .",
    f":Town owl:equivalentClass {KNOWS} owl:hasValue :eve ] .",
    ":Town owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :Person :City ) ] .",
    "[ a owl:AllDisjointClasses ; owl:members ( :Town :City ) ] .",
    ":knows rdfs:domain :Person ; rdfs:range :Person . :day rdfs:domain :Person .",
    ":day rdfs:range xsd:string .",
    ":day rdfs:range xsd:decimal .",
    ":day rdfs:range xsd:dateTime .",
    ":day rdfs:range rdfs:Literal .",
    ":knows a owl:FunctionalProperty , owl:InverseFunctionalProperty .",
    CHAIN,
    f"{CHAIN} :likes a owl:SymmetricProperty .",
    f"{CHAIN} :hates rdfs:subPropertyOf :knows .",
    f"{CHAIN} :hates owl:inverseOf :knows .",
    f"{CHAIN} :likes owl:inverseOf :liked . :liked a owl:ObjectProperty .",
    ":likes owl:propertyChainAxiom ( :likes :hates ) .",
    ":likes owl:propertyChainAxiom ( :hates :likes ) .",
    ":likes owl:propertyChainAxiom ( :likes :likes ) .",
    ":likes rdfs:subPropertyOf :hates . :hates rdfs:subPropertyOf :likes .",
    ":likes owl:propertyDisjointWith :hates .",
    ":Person owl:hasKey ( :day ) .",
    f":eve a {ALL} .",
]
OUT_OF_PROFILE = [
    *OUTSIDE.values(),
    f"{ALL} rdfs:subClassOf :Town .",
    f"{KNOWS} owl:maxCardinality 1 ] rdfs:subClassOf :Town .",
    "[ a owl:Class ; owl:complementOf :Person ] rdfs:subClassOf :Town .",
    "owl:Thing rdfs:subClassOf :Town .",
    ":Town rdfs:subClassOf owl:Thing .",
    f":Town rdfs:subClassOf {SOME} .",
    f":Town rdfs:subClassOf {UNION} .",
    f":Town rdfs:subClassOf {KNOWS} owl:maxCardinality 2 ] .",
    f":Town rdfs:subClassOf {KNOWS} owl:cardinality 1 ] .",
    f":Town rdfs:subClassOf {KNOWS} owl:hasSelf true ] .",
    f":Town rdfs:subClassOf {KNOWS} owl:maxQualifiedCardinality 1 ; owl:onClass {ALL} ] .",
    f":Town rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :Person {SOME} ) ] .",
    f":Town rdfs:subClassOf [ a owl:Class ; owl:complementOf {ALL} ] .",
    ":Town rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :eve ) ] .",
    f":Town rdfs:subClassOf {DAY} owl:allValuesFrom xsd:date ] .",
    f":Town owl:equivalentClass {SOME} .",
    f":Town owl:equivalentClass {UNION} .",
    ":Town owl:disjointUnionOf ( :Person :City ) .",
    f":Town owl:disjointWith {ALL} .",
    f"[ a owl:AllDisjointClasses ; owl:members ( :Town {ALL} ) ] .",
    f":eve a {SOME} .",
    ":day rdfs:range xsd:gYearMonth .",
    ":day rdfs:range xsd:duration .",
    ':day rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" "b" ) ] .',
    ":likes owl:propertyChainAxiom ( :hates :likes :knows ) .",
    ":likes owl:propertyChainAxiom ( :likes :likes :likes ) .",
    f"{CHAIN} :hates owl:propertyChainAxiom ( :likes :knows ) .",
    f"{CHAIN} :likes rdfs:subPropertyOf :hates .",
    f"{CHAIN} :hates owl:inverseOf :likes .",
    f"{CHAIN} :likes owl:equivalentProperty :hates .",
    f"{CHAIN} :likes a owl:FunctionalProperty .",
    f"{CHAIN} :likes a owl:AsymmetricProperty .",
    f"{CHAIN} :likes rdfs:subPropertyOf :sees . {SEES}",
    f"{CHAIN} :sees owl:inverseOf :likes . {SEES}",
    f"{TRANSITIVE} :Town rdfs:subClassOf {LIKES} owl:maxCardinality 1 ] .",
    f"{TRANSITIVE} :likes owl:propertyDisjointWith :hates .",
    f"{TRANSITIVE} [ a owl:AllDisjointProperties ; owl:members ( :likes :hates ) ] .",
    ":likes rdfs:subPropertyOf :ghost .",
    ":likes owl:inverseOf :ghost .",
    ":eve a :Ghost .",
    f":Town rdfs:subClassOf {KNOWS} owl:allValuesFrom :Ghost ] .",
    "[ a owl:Class ; owl:unionOf ( :Person :Ghost ) ] rdfs:subClassOf :Town .",
    "[ a owl:AllDisjointClasses ; owl:members ( :Town :Ghost ) ] .",
]


def in_profile(axioms: str) -> bool:
    """Judge the small ontology with more axioms."""
    turtle = parse(SMALL + NAMES + axioms, format=RdfFormat.TURTLE)
    return not list(violations(quad.triple for quad in turtle))


@pytest.mark.parametrize("axioms", IN_PROFILE)
def test_what_is_in_the_profile_passes(axioms: str) -> None:
    """OWL 2 RL has these axioms."""
    assert in_profile(axioms)


@pytest.mark.parametrize("axioms", OUT_OF_PROFILE)
def test_what_leaves_the_profile_is_found(axioms: str) -> None:
    """OWL 2 RL refuses these axioms, or OWL 2 does."""
    assert not in_profile(axioms)


def test_owlapi_says_the_same(judges: Judges) -> None:
    """Wherever there is a Java, OWLAPI judges the same axioms."""
    refused = {axioms for axioms in IN_PROFILE if judges.violations(SMALL + NAMES + axioms)}
    passed = {axioms for axioms in OUT_OF_PROFILE if not judges.violations(SMALL + NAMES + axioms)}
    assert (refused, passed) == (set(), set())
