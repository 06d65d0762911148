"""Triples by subject and predicate, and the lists in them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.namespaces import OWL, RDF

_TYPE = NamedNode(RDF + "type")
_FIRST = NamedNode(RDF + "first")
_REST = NamedNode(RDF + "rest")


class Graph:
    """Triples that can be asked for; predicates and kinds are local names of OWL."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Take the triples."""
        self.triples = list(triples)
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        self._pairs: dict[NamedNode, list[tuple[Term, Term]]] = defaultdict(list)
        for subject, predicate, object_ in self.triples:
            self._objects[subject, predicate].append(object_)
            self._pairs[predicate].append((subject, object_))

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

    def members(self, cell: Term) -> Iterator[Term]:
        """Give the members of a list, in order; a list that runs into itself ends there."""
        seen = set[Term]()
        while cell not in seen:
            seen.add(cell)
            yield from self.objects(cell, _FIRST)
            cell = next(iter(self.objects(cell, _REST)), cell)
