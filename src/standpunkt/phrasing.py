"""Triples in words: a fact as an arrow from node to node, an axiom of OWL as a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.namespaces import OWL, RDF, RDFS
from standpunkt.nodes import members
from standpunkt.wording import Wording

_TYPE = NamedNode(RDF + "type")
_QUOTED = {"de": "„{}“", "en": "“{}”"}
_IS_A = {"de": "ist", "en": "is a"}
_THEN = {"de": " und dann ", "en": " and then "}
_AXIOMS = {
    "de": {
        OWL + "propertyChainAxiom": "{} folgt aus {}",
        OWL + "inverseOf": "{} ist die Umkehrung von {}",
        RDFS + "subClassOf": "{} ist eine Art von {}",
        RDFS + "subPropertyOf": "{} ist eine Art von {}",
        OWL + "SymmetricProperty": "{} gilt in beide Richtungen",
        OWL + "TransitiveProperty": "{} setzt sich fort",
    },
    "en": {
        OWL + "propertyChainAxiom": "{} follows from {}",
        OWL + "inverseOf": "{} is the inverse of {}",
        RDFS + "subClassOf": "{} is a kind of {}",
        RDFS + "subPropertyOf": "{} is a kind of {}",
        OWL + "SymmetricProperty": "{} holds both ways",
        OWL + "TransitiveProperty": "{} carries on",
    },
}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """How triples read in the language of a wording."""

    wording: Wording

    def triple(self, triple: Triple) -> str:
        """Write a triple: an axiom as a sentence, all else as `Mike Lee → advocates → …`."""
        axioms = _AXIOMS[self.wording.language]
        subject, predicate, object_ = triple
        if predicate == _TYPE and (sentence := axioms.get(_iri(object_))):
            return sentence.format(self._named(subject))
        if sentence := axioms.get(predicate.value):
            return sentence.format(self._named(subject), self._named(object_))
        return " → ".join(map(self.term, triple))

    def term(self, term: Term) -> str:
        """Write a term, text in quotation marks, and a list as its members one after the other."""
        language = self.wording.language
        if term == _TYPE:
            return _IS_A[language]
        if isinstance(term, BlankNode):
            return self.chain(members(self.wording.store, term)) or str(term)
        written = self.wording.term(term)
        return self.quoted(written) if isinstance(term, Literal) and term.language else written

    def chain(self, properties: Iterable[Term]) -> str:
        """Write properties that are followed one after the other."""
        return _THEN[self.wording.language].join(map(self._named, properties))

    def quoted(self, text: str) -> str:
        """Put a text in the quotation marks of the language."""
        return _QUOTED[self.wording.language].format(text)

    def _named(self, term: Term) -> str:
        return self.term(term) if isinstance(term, BlankNode) else self.quoted(self.term(term))


def _iri(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else ""
