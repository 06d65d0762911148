"""Triples by subject and predicate: lists, classes and labels in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.namespaces import OWL, RDF, RDFS, shorten

_TYPE = NamedNode(RDF + "type")
_FIRST = NamedNode(RDF + "first")
_REST = NamedNode(RDF + "rest")
_LABEL = NamedNode(RDFS + "label")
_SUBCLASS = NamedNode(RDFS + "subClassOf")


class Graph:
    """Triples that can be asked for; kinds are local names of OWL."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Take the triples."""
        self.triples = list(triples)
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        self._pairs: dict[NamedNode, list[tuple[Term, Term]]] = defaultdict(list)
        self._predicates: dict[Term, set[NamedNode]] = defaultdict(set)
        for subject, predicate, object_ in self.triples:
            self._objects[subject, predicate].append(object_)
            self._pairs[predicate].append((subject, object_))
            self._predicates[subject].add(predicate)

    def __contains__(self, subject: Term) -> bool:
        """Tell whether something is said of a node."""
        return subject in self._predicates

    def subjects(self) -> Iterator[Term]:
        """Give the nodes that something is said of, in the order of the triples."""
        yield from self._predicates

    def predicates(self, subject: Term) -> list[NamedNode]:
        """Give the properties that a node has, in the order of their IRIs."""
        return sorted(self._predicates.get(subject, ()), key=str)

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Give the objects of a subject and a predicate, in the order of the triples."""
        return self._objects.get((subject, predicate), [])

    def pairs(self, predicate: NamedNode) -> list[tuple[Term, Term]]:
        """Give the subjects and objects of a predicate, in the order of the triples."""
        return self._pairs.get(predicate, [])

    def kinds(self, node: Term) -> set[str]:
        """Give the local names of the classes of OWL that a node is in."""
        return {
            kind.value.removeprefix(OWL)
            for kind in self.objects(node, _TYPE)
            if isinstance(kind, NamedNode) and kind.value.startswith(OWL)
        }

    def of_kind(self, kind: str) -> list[Term]:
        """Give the nodes in a class of OWL."""
        return [s for s, o in self.pairs(_TYPE) if o == NamedNode(OWL + kind)]

    def classes(self, node: Term) -> set[Term]:
        """Give the classes that a node is said to be in, and the classes above them."""
        ahead = list(self.objects(node, _TYPE))
        found = set[Term]()
        while ahead:
            kind = ahead.pop()
            if kind not in found:
                found.add(kind)
                ahead += self.objects(kind, _SUBCLASS)
        return found

    def members(self, cell: Term) -> Iterator[Term]:
        """Give the members of a list, in order; a list that runs into itself ends there."""
        seen = set[Term]()
        while cell not in seen:
            seen.add(cell)
            yield from self.objects(cell, _FIRST)
            cell = next(iter(self.objects(cell, _REST)), cell)

    def called(self, term: Term, language: str) -> str:
        """Give a term's label, in another language where there is none in this; else its CURIE.

        A literal gives its text.
        """
        if isinstance(term, Literal):
            return term.value
        labels = [label for label in self.objects(term, _LABEL) if isinstance(label, Literal)]
        labels.sort(key=lambda label: label.language != language)
        if labels:
            return labels[0].value
        return shorten(term.value) if isinstance(term, NamedNode) else str(term)
