"""Whether an ontology is in the profile OWL 2 RL.

Each construct that the profile refuses is looked for: class expressions on the side of a rule
where no rule can carry them out, datatypes and axioms that it leaves out, undeclared terms, and
what OWL 2 forbids for properties with chains. Facts about individuals are not judged.
See https://www.w3.org/TR/owl2-profiles/#OWL_2_RL.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.graph import Graph
from standpunkt.linting.chains import composite, loops
from standpunkt.linting.finding import LintFinding
from standpunkt.linting.sources import place, sources
from standpunkt.namespaces import OWL, RDF, RDFS, XSD, shorten

# The node at fault, and why.
Violation = tuple[Term, str]

_THING = NamedNode(OWL + "Thing")
_BUILT_IN = (OWL, RDF, RDFS, XSD)
_PROPERTIES = {"AnnotationProperty", "DatatypeProperty", "ObjectProperty"}
_OF_XSD = """
    anyURI base64Binary boolean byte dateTime dateTimeStamp decimal double float hexBinary int
    integer language long Name NCName negativeInteger NMTOKEN nonNegativeInteger nonPositiveInteger
    normalizedString positiveInteger short string token unsignedByte unsignedInt unsignedLong
    unsignedShort
"""
_DATATYPES = {
    RDF + "PlainLiteral",
    RDF + "XMLLiteral",
    RDFS + "Literal",
    *(XSD + name for name in _OF_XSD.split()),
}
# Predicates with a class on their left or right, and what may stand there: what a rule can ask
# for (left), what it can conclude (right), or what it can do both with.
_LEFT, _RIGHT, _BOTH = ("subclass", "superclass", "equivalent class")
_AXIOMS = (
    (RDFS + "subClassOf", _LEFT, _RIGHT),
    (OWL + "disjointWith", _LEFT, _LEFT),
    (OWL + "equivalentClass", _BOTH, _BOTH),
    (RDFS + "domain", "", _RIGHT),
    (RDFS + "range", "", _RIGHT),
    (RDF + "type", "", _RIGHT),
    (OWL + "hasKey", _LEFT, ""),
)
_ALLOWED = {
    _LEFT: {"hasValue", "intersectionOf", "oneOf", "someValuesFrom", "unionOf"},
    _RIGHT: {
        "allValuesFrom",
        "complementOf",
        "hasValue",
        "intersectionOf",
        "maxCardinality",
        "maxQualifiedCardinality",
        "onClass",
    },
    _BOTH: {"hasValue", "intersectionOf"},
}
_COUNTS = {
    "cardinality",
    "hasSelf",
    "maxCardinality",
    "maxQualifiedCardinality",
    "minCardinality",
    "minQualifiedCardinality",
    "qualifiedCardinality",
}
_CONSTRUCTORS = sorted(_COUNTS.union(*_ALLOWED.values()))
_AT_MOST = {"0", "1"}
_OF_SIMPLE_PROPERTIES = (
    "AsymmetricProperty",
    "FunctionalProperty",
    "InverseFunctionalProperty",
    "IrreflexiveProperty",
)

# What stands on the left and on the right of a predicate, in a list or by itself.
_CLASS, _PROPERTY = ("class", "property")
_NAMES = {
    RDF + "type": ("", _CLASS),
    RDFS + "domain": (_PROPERTY, _CLASS),
    RDFS + "range": (_PROPERTY, _CLASS),
    RDFS + "subClassOf": (_CLASS, _CLASS),
    RDFS + "subPropertyOf": (_PROPERTY, _PROPERTY),
    OWL + "allValuesFrom": ("", _CLASS),
    OWL + "complementOf": ("", _CLASS),
    OWL + "disjointWith": (_CLASS, _CLASS),
    OWL + "equivalentClass": (_CLASS, _CLASS),
    OWL + "equivalentProperty": (_PROPERTY, _PROPERTY),
    OWL + "intersectionOf": ("", _CLASS),
    OWL + "inverseOf": (_PROPERTY, _PROPERTY),
    OWL + "onClass": ("", _CLASS),
    OWL + "onProperty": ("", _PROPERTY),
    OWL + "propertyChainAxiom": (_PROPERTY, _PROPERTY),
    OWL + "propertyDisjointWith": (_PROPERTY, _PROPERTY),
    OWL + "someValuesFrom": ("", _CLASS),
    OWL + "unionOf": ("", _CLASS),
}


def check(dossier: Dossier) -> Iterator[LintFinding]:
    """Give what takes the ontology of a dossier out of the profile."""
    given = sources(dossier, "ontology")
    for node, message in violations(triple for source in given for triple in source.triples):
        file, line = place(given, node)
        yield LintFinding(file, line, "profile", message)


def violations(triples: Iterable[Triple]) -> Iterator[Violation]:
    """Give what takes an ontology out of OWL 2 RL: the node at fault, and why."""
    ontology = Graph(triples)
    for rule in (_refused, _datatypes, _expressions, _chains, _undeclared):
        yield from rule(ontology)


def _refused(ontology: Graph) -> Iterator[Violation]:
    for node, _ in ontology.pairs(_owl("disjointUnionOf")):
        yield node, "a disjoint union is not in OWL 2 RL"
    for node in ontology.of_kind("ReflexiveProperty"):
        yield node, "a reflexive property is not in OWL 2 RL"


def _datatypes(ontology: Graph) -> Iterator[Violation]:
    """Judge the ranges of datatype properties; those of others are class expressions."""
    for node, range_ in ontology.pairs(NamedNode(RDFS + "range")):
        if "DatatypeProperty" in ontology.kinds(node):
            yield from _datatype(node, range_)


def _datatype(node: Term, datatype: Term) -> Iterator[Violation]:
    if not (isinstance(datatype, NamedNode) and datatype.value in _DATATYPES):
        yield node, f"the datatype {_shown(datatype)} is not in OWL 2 RL"


def _expressions(ontology: Graph) -> Iterator[Violation]:
    """Judge class expressions by the side of an axiom that they stand on, and what is in them."""
    ahead = list(_axioms(ontology))
    seen = set[tuple[Term, str]]()
    while ahead:
        node, side = ahead.pop()
        if (node, side) in seen:
            continue
        seen.add((node, side))
        if node == _THING:
            yield node, f"owl:Thing is no {side} in OWL 2 RL"
        for name in _CONSTRUCTORS if isinstance(node, BlankNode) else ():
            for inner in ontology.objects(node, _owl(name)):
                most = isinstance(inner, Literal) and inner.value in _AT_MOST
                if name not in _ALLOWED[side] or (name in _COUNTS and not most):
                    yield node, f"{name} is no {side} in OWL 2 RL"
                elif isinstance(inner, NamedNode) and inner.value.startswith(XSD):
                    yield from _datatype(node, inner)
                else:
                    ahead += _parts(ontology, name, inner, side)


def _axioms(ontology: Graph) -> Iterator[tuple[Term, str]]:
    data = set(ontology.of_kind("DatatypeProperty"))
    for predicate, left, right in _AXIOMS:
        for subject, object_ in ontology.pairs(NamedNode(predicate)):
            if predicate != RDFS + "range" or subject not in data:
                yield from (
                    (node, side) for node, side in ((subject, left), (object_, right)) if side
                )
    for axiom in ontology.of_kind("AllDisjointClasses"):
        yield from ((member, _LEFT) for member in _listed(ontology, axiom, "members"))


def _parts(ontology: Graph, name: str, inner: Term, side: str) -> Iterator[tuple[Term, str]]:
    """Give what a class expression is made of, and the side that it counts as."""
    if name in {"intersectionOf", "unionOf"}:
        yield from ((member, side) for member in ontology.members(inner))
    elif name == "complementOf" or (name == "onClass" and inner != _THING):
        yield inner, _LEFT
    elif name == "allValuesFrom" or (name == "someValuesFrom" and inner != _THING):
        yield inner, side


def _chains(ontology: Graph) -> Iterator[Violation]:
    why = "which has a chain or is transitive, cannot be"
    not_simple = composite(ontology)
    for node in loops(ontology):
        yield node, f"a chain of {_shown(node)} leads back to it"
    for node in sorted(not_simple, key=str):
        for kind in ontology.kinds(node).intersection(_OF_SIMPLE_PROPERTIES):
            yield node, f"{_shown(node)}, {why} an {kind}"
    for restriction, node in ontology.pairs(_owl("onProperty")):
        counted = any(ontology.objects(restriction, _owl(name)) for name in _COUNTS)
        if node in not_simple and counted:
            yield restriction, f"{_shown(node)}, {why} counted"
    pairs = ontology.pairs(_owl("propertyDisjointWith"))
    disjoint = [node for pair in pairs for node in pair]
    for axiom in ontology.of_kind("AllDisjointProperties"):
        disjoint += _listed(ontology, axiom, "members")
    for node in disjoint:
        if node in not_simple:
            yield node, f"{_shown(node)}, {why} disjoint with another"


def _undeclared(ontology: Graph) -> Iterator[Violation]:
    declared = {
        _CLASS: set(ontology.of_kind("Class")),
        _PROPERTY: {node for kind in _PROPERTIES for node in ontology.of_kind(kind)},
    }
    for node, term, kind in _used(ontology):
        is_known = not isinstance(term, NamedNode) or term.value.startswith(_BUILT_IN)
        if kind and not is_known and term not in declared[kind]:
            yield node, f"{_shown(term)} is used and not declared as a {kind}"


def _used(ontology: Graph) -> Iterator[tuple[Term, Term, str]]:
    """Give each name with the node that it is used at, and as what."""
    for subject, predicate, object_ in ontology.triples:
        left, right = _NAMES.get(predicate.value, ("", ""))
        is_data = predicate.value == RDFS + "range" and "DatatypeProperty" in ontology.kinds(
            subject
        )
        yield subject, predicate, _PROPERTY
        yield subject, subject, left
        for name in list(ontology.members(object_)) or [object_]:
            yield subject, name, "" if is_data else right
    for axiom, kind in (("AllDisjointClasses", _CLASS), ("AllDisjointProperties", _PROPERTY)):
        for node in ontology.of_kind(axiom):
            for member in _listed(ontology, node, "members"):
                yield node, member, kind


def _listed(ontology: Graph, node: Term, name: str) -> list[Term]:
    cells = ontology.objects(node, _owl(name))
    return [member for cell in cells for member in ontology.members(cell)]


def _owl(name: str) -> NamedNode:
    return NamedNode(OWL + name)


def _shown(term: Term) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else "without a name"
