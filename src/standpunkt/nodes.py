"""What a store says of single nodes, by local names of the ontology's terms; and lists."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from standpunkt.answer import Term, value
from standpunkt.namespaces import RDF, SPK
from standpunkt.store import Store

_FIRST = NamedNode(RDF + "first")
_REST = NamedNode(RDF + "rest")


def members(store: Store, cell: Term) -> Iterator[Term]:
    """Give the members of the list that begins with a cell, in its order; none of no list."""
    seen: set[Term] = set()
    while isinstance(cell, NamedNode | BlankNode) and cell not in seen:
        seen.add(cell)
        yield from (triple.object for triple in store.triples(cell, _FIRST))
        cell = next((triple.object for triple in store.triples(cell, _REST)), cell)


class Nodes:
    """The nodes of a store, seen through properties of the namespace `spk:`."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store

    def instances(self, kind: str) -> list[NamedNode]:
        """Give the instances of a class, in alphabetical order."""
        found = self._store.triples(None, NamedNode(RDF + "type"), NamedNode(SPK + kind))
        return sorted((t.subject for t in found if isinstance(t.subject, NamedNode)), key=str)

    def pointing(self, name: str, node: NamedNode) -> Iterator[NamedNode]:
        """Give the nodes that point to a node by a property, in no order."""
        for triple in self._store.triples(None, NamedNode(SPK + name), node):
            if isinstance(triple.subject, NamedNode):
                yield triple.subject

    def named(self, node: NamedNode, name: str) -> Iterator[NamedNode]:
        """Give the nodes that a node points to by a property, in no order."""
        for triple in self._store.triples(node, NamedNode(SPK + name)):
            if isinstance(triple.object, NamedNode):
                yield triple.object

    def get(self, node: NamedNode, name: str) -> NamedNode | Literal | None:
        """Give the first value of a property in alphabetical order."""
        found = (triple.object for triple in self._store.triples(node, NamedNode(SPK + name)))
        terms = [term for term in found if isinstance(term, NamedNode | Literal)]
        return min(terms, key=str, default=None)

    def text(self, node: NamedNode, name: str) -> str:
        """Give the text of a literal, or an empty one where there is none."""
        term = self.get(node, name)
        return term.value if isinstance(term, Literal) else ""

    def number(self, node: NamedNode, name: str) -> int:
        """Give a whole number, or -1 where there is none: no span begins there."""
        term = self.get(node, name)
        number = value(term) if isinstance(term, Literal) else None
        return number if isinstance(number, int) else -1
