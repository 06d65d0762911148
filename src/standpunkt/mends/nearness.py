"""Which node of a graph was meant: by a misspelt name, by its label, by what a property takes."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from standpunkt.answer import Term
from standpunkt.errors import near
from standpunkt.graph import Graph
from standpunkt.namespaces import ID, OWL, RDF, RDFS, SPK

# A wrong suggestion is worse than none: `price` is not to lead to `place`.
_RATIO = 0.75
_FEW = 3

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_DOMAIN = NamedNode("https://schema.org/domainIncludes")
_RANGE = NamedNode("https://schema.org/rangeIncludes")
_CHAIN = NamedNode(OWL + "propertyChainAxiom")
_INVERSE = NamedNode(OWL + "inverseOf")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")


class Nearness:
    """What is near to what in the facts and their ontology."""

    def __init__(self, data: Graph, elsewhere: Iterable[Term] = ()) -> None:
        """Take the triples of both, and nodes of which others say something."""
        self._data = data
        self._elsewhere = sorted((n for n in elsewhere if isinstance(n, NamedNode)), key=str)
        typed = {node for node, _ in data.pairs(_TYPE) if isinstance(node, NamedNode)}
        self._typed = sorted(typed, key=str)
        self._instances: dict[frozenset[Term], list[NamedNode]] = {}
        self.inferred = {prop for prop, _ in data.pairs(_CHAIN)}
        for predicate in (_INVERSE, _SUBPROPERTY):
            self.inferred |= {prop for _, prop in data.pairs(predicate)}

    def is_unknown(self, term: Term | None) -> bool:
        """Tell whether a term is of a namespace of the dossier, and nothing tells what it is."""
        return (
            isinstance(term, NamedNode)
            and term.value.startswith((SPK, ID))
            and not self._data.objects(term, _TYPE)
        )

    def instances(self, kinds: Iterable[Term]) -> list[NamedNode]:
        """Give the instances of some classes, in the order of their IRIs."""
        wanted = frozenset(kinds)
        if wanted not in self._instances:
            self._instances[wanted] = [n for n in self._typed if wanted & self._data.classes(n)]
        return self._instances[wanted]

    def by_name(self, term: NamedNode, kinds: Iterable[Term] = ()) -> list[NamedNode]:
        """Give the nodes that are called nearly like a term, nearest first and three at most.

        They are instances of the classes, if there are any; else terms of the ontology whose name
        begins as big or small as this one's (so a property does not lead to a class), or facts;
        and where there is none, nodes of which others say something.
        """
        known = self.instances(kinds) if kinds else self._like(term)
        return _nearest(term, known) or _nearest(term, self._elsewhere)

    def by_label(self, text: str, kinds: Iterable[Term]) -> list[NamedNode]:
        """Give the instances of classes that have nearly this label, in whatever language."""
        by_label = {
            label.value: node
            for node in self.instances(kinds)
            for label in self._data.objects(node, _LABEL)
            if isinstance(label, Literal)
        }
        return list(dict.fromkeys(by_label[label] for label in near(text, by_label, _RATIO)))

    def fitting(self, subject: Term, value: Term) -> list[NamedNode]:
        """Give the properties by which the ontology relates two such nodes, three at most.

        What is inferred and what takes nearly everything is none of them; where there are more
        than three, none says enough.
        """
        classes, kinds = self._data.classes(subject), self._data.classes(value)
        found = {
            prop
            for prop, range_ in self._data.pairs(_RANGE)
            if range_ in kinds
            and prop not in self.inferred
            and len(self._data.objects(prop, _RANGE)) <= _FEW
            and isinstance(prop, NamedNode)
            and classes.intersection(self._data.objects(prop, _DOMAIN))
        }
        return sorted(found, key=str) if len(found) <= _FEW else []

    def _like(self, term: NamedNode) -> list[NamedNode]:
        namespace = SPK if term.value.startswith(SPK) else ID
        found = [node for node in self._typed if node.value.startswith(namespace)]
        if namespace == SPK:
            is_big = _name(term)[:1].isupper()
            found = [node for node in found if _name(node)[:1].isupper() == is_big]
        return sorted(found, key=lambda node: _kind(node) != _kind(term))


def _nearest(term: NamedNode, known: Iterable[NamedNode]) -> list[NamedNode]:
    by_name: dict[str, NamedNode] = {}
    for node in known:
        if node != term:
            by_name.setdefault(_name(node), node)
    return [by_name[name] for name in near(_name(term), by_name, _RATIO)]


def _kind(node: NamedNode) -> str:
    return node.value.removeprefix(ID).partition("-")[0]


def _name(node: NamedNode) -> str:
    """Give a name without its kind: in `person-kern` and `person-vogt` most letters are equal."""
    if node.value.startswith(ID):
        full = node.value.removeprefix(ID)
        return full.partition("-")[2] or full
    return node.value.removeprefix(SPK)
