"""The shipped shapes: the shipped dossier meets them, and they meet the rules of their house."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import turtle
from standpunkt.dossier import Dossier
from standpunkt.namespaces import OWL, RDF, RDFS, SH, SPK, SPKS, XSD
from standpunkt.validation import validate

SHIPPED = Dossier.shipped()
SHAPES = SHIPPED.triples("shapes")
ONTOLOGY = SHIPPED.triples("ontology")
ENTAILED = {"addresses", "advocates", "hasMembership", "isSpeakerOf", "memberOf", "opposes"}

FIRST = NamedNode(RDF + "first")
REST = NamedNode(RDF + "rest")
TYPE = NamedNode(RDF + "type")
TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
DOMAIN = NamedNode("https://schema.org/domainIncludes")


def sh(name: str) -> NamedNode:
    """Give a term of SHACL."""
    return NamedNode(SH + name)


def objects(triples: list[Triple], subject: object, predicate: NamedNode) -> Iterator[Any]:
    """Give the objects of a subject's property."""
    for triple in triples:
        if triple.subject == subject and triple.predicate == predicate:
            yield triple.object


def subjects(triples: list[Triple], predicate: NamedNode, term: NamedNode | Literal) -> set[Any]:
    """Give the subjects that have an object."""
    return {t.subject for t in triples if t.predicate == predicate and t.object == term}


def members(head: NamedNode | BlankNode) -> list[Any]:
    """Give the members of a list in the shapes."""
    found: list[Any] = []
    while head.value != RDF + "nil":
        found += objects(SHAPES, head, FIRST)
        (head,) = objects(SHAPES, head, REST)
    return found


def ancestors(kind: NamedNode) -> set[Any]:
    """Give a class with all its superclasses."""
    above = objects(ONTOLOGY, kind, NamedNode(RDFS + "subClassOf"))
    return {kind}.union(*map(ancestors, above))


def own_properties() -> set[Any]:
    """Give the properties of the ontology that facts may have."""
    kinds = [NamedNode(OWL + kind) for kind in ("ObjectProperty", "DatatypeProperty")]
    declared = set().union(*(subjects(ONTOLOGY, TYPE, kind) for kind in kinds))
    entailed = {NamedNode(SPK + name) for name in ENTAILED}
    return {prop for prop in declared - entailed if prop.value.startswith(SPK)}


def test_the_shipped_dossier_has_no_findings() -> None:
    """Graph and ontology meet all shapes, and the shapes meet SHACL's own."""
    assert validate(SHIPPED, check_shapes=True).findings == ()


def test_the_ontology_meets_its_shapes() -> None:
    """The ontology is without fault where there are no facts."""
    assert validate(SHIPPED, []).findings == ()


def test_another_engine_s_way_of_adding_the_ontology_gives_the_same() -> None:
    """A user of pySHACL, which adds only the ontology's axioms to the facts, sees no findings."""
    pyshacl = pytest.importorskip("pyshacl")
    rdflib = pytest.importorskip("rdflib")

    def read(*paths: Path) -> object:
        graph = rdflib.Graph()
        for path in paths:
            graph.parse(path)
        return graph

    conforms, _, text = pyshacl.validate(
        read(*SHIPPED.files("graph")),
        shacl_graph=read(*SHIPPED.files("shapes")),
        ont_graph=read(*SHIPPED.files("ontology")),
    )
    assert conforms, text


def test_the_stances_of_the_shapes_are_those_of_the_ontology() -> None:
    """The closed list of the shapes is what stands below `spk:addresses`."""
    (path,) = objects(SHAPES, NamedNode(SPKS + "Statement-proposition"), sh("path"))
    (listed,) = objects(SHAPES, path, sh("alternativePath"))
    below = subjects(ONTOLOGY, NamedNode(RDFS + "subPropertyOf"), NamedNode(SPK + "addresses"))
    assert set(members(listed)) == below


def test_closed_shapes_let_a_class_have_what_the_ontology_says() -> None:
    """A class may have each property whose domain it is, but for what is entailed."""
    allowed: dict[Any, set[Any]] = {}
    for shape in subjects(SHAPES, sh("closed"), TRUE):
        paths = {
            path
            for part in objects(SHAPES, shape, sh("property"))
            for path in objects(SHAPES, part, sh("path"))
        }
        for kind in objects(SHAPES, shape, sh("targetClass")):
            allowed[kind] = paths
    for prop in own_properties():
        for kind in objects(ONTOLOGY, prop, DOMAIN):
            assert any(prop in allowed.get(above, ()) for above in ancestors(kind)), (prop, kind)


def test_every_property_of_facts_makes_its_subject_a_node() -> None:
    """A node without a class is found by whichever property it has."""
    targets = set(objects(SHAPES, NamedNode(SPKS + "Subject"), sh("targetSubjectsOf")))
    assert own_properties() <= targets


def test_only_lists_and_paths_are_without_a_name() -> None:
    """Every shape and every SPARQL constraint has an IRI, so that reports can point to it."""
    parts = {sh(name) for name in ("alternativePath", "inversePath", "zeroOrMorePath")}
    for triple in SHAPES:
        if isinstance(triple.subject, BlankNode):
            assert triple.predicate in {FIRST, REST} | parts
        else:
            assert isinstance(triple.subject, NamedNode)
            assert triple.subject.value.startswith(SPKS.removesuffix("#"))


def texts(subject: NamedNode, predicate: str) -> list[str]:
    """Give the languages of the texts of a shape, in order."""
    return sorted(text.language or "" for text in objects(SHAPES, subject, sh(predicate)))


def of_type(kind: str) -> list[NamedNode]:
    """Give the nodes of a class of SHACL, in the order of their IRIs."""
    return sorted(subjects(SHAPES, TYPE, sh(kind)), key=str)


@pytest.mark.parametrize(
    "shape", of_type("PropertyShape"), ids=lambda node: node.value[len(SPKS) :]
)
def test_a_property_shape_has_a_name_in_both_languages(shape: NamedNode) -> None:
    """A form that is made of shapes has a label for each field."""
    assert texts(shape, "name") == ["de", "en"]


@pytest.mark.parametrize(
    "constraint", of_type("SPARQLConstraint"), ids=lambda node: node.value[len(SPKS) :]
)
def test_a_sparql_constraint_runs_anywhere(constraint: NamedNode) -> None:
    """It has nothing that SHACL forbids, and declares its prefixes on the shapes."""
    (select,) = objects(SHAPES, constraint, sh("select"))
    assert not re.search(r"\b(VALUES|MINUS|SERVICE)\b|\$shapesGraph", select.value)
    assert list(objects(SHAPES, constraint, sh("prefixes"))) == [NamedNode(SPKS.removesuffix("#"))]
    declared = {
        prefix.value
        for declaration in objects(SHAPES, NamedNode(SPKS.removesuffix("#")), sh("declare"))
        for prefix in objects(SHAPES, declaration, sh("prefix"))
    }
    without_strings = re.sub(r'"[^"]*"', "", select.value)
    assert set(re.findall(r"\b([a-z]+):", without_strings)) <= declared
    assert max(map(len, select.value.splitlines())) <= 100


@pytest.mark.parametrize("path", SHIPPED.files("shapes"), ids=lambda path: path.name)
def test_a_shape_file_is_in_the_house_layout(path: Path) -> None:
    """`standpunkt format` would change nothing."""
    text = path.read_text(encoding="utf-8")
    assert turtle.house(text, str(path)) == text
