"""Triples by subject and property, in an order that is always the same."""

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.namespaces import RDF, RDFS, SPK

_TYPE = RDF + "type"
_LABEL = RDFS + "label"


class Facts:
    """What triples say of each node."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Take the triples; one that comes twice counts once."""
        self._objects: dict[tuple[Term, str], list[Term]] = {}
        self._subjects: dict[tuple[str, Term], list[NamedNode]] = {}
        for triple in sorted(set(triples), key=str):
            subject, predicate, term = triple
            if isinstance(subject, NamedNode | BlankNode):
                self._objects.setdefault((subject, predicate.value), []).append(term)
            if isinstance(subject, NamedNode):
                self._subjects.setdefault((predicate.value, term), []).append(subject)

    def objects(self, subject: Term, property_: str) -> list[Term]:
        """Give the values of a property by its IRI, in the order of their N-Triples texts."""
        return self._objects.get((subject, property_), [])

    def iris(self, subject: Term, property_: str) -> list[NamedNode]:
        """Give those values that are IRIs."""
        return [term for term in self.objects(subject, property_) if isinstance(term, NamedNode)]

    def texts(self, subject: Term, property_: str, language: str | None = None) -> list[str]:
        """Give the texts of those values that are literals, of all languages or of one."""
        return [
            term.value
            for term in self.objects(subject, property_)
            if isinstance(term, Literal) and language in {None, term.language}
        ]

    def number(self, subject: Term, property_: str) -> int:
        """Give the whole number that a property has, or -1 where it has none."""
        texts = self.texts(subject, property_)
        return int(texts[0]) if texts and texts[0].isdecimal() else -1

    def subjects(self, property_: str, term: Term) -> list[NamedNode]:
        """Give the nodes with an IRI that have a value, in alphabetical order."""
        return self._subjects.get((property_, term), [])

    def instances(self, kind: str) -> list[NamedNode]:
        """Give the nodes of a class by its IRI, in alphabetical order."""
        return self.subjects(_TYPE, NamedNode(kind))

    def types(self, node: Term) -> list[NamedNode]:
        """Give the classes of the vocabulary that a node has."""
        return [kind for kind in self.iris(node, _TYPE) if kind.value.startswith(SPK)]

    def label(self, node: Term, language: str) -> str:
        """Give the label of a node in a language, else in another, else its IRI."""
        labels = self.texts(node, _LABEL, language) or self.texts(node, _LABEL)
        return labels[0] if labels else getattr(node, "value", "")
