"""What follows from a dossier under OWL 2 RL.

Two engines derive the same: owlrl, in pure Python and always installed, and Nemo, which is
faster and can prove each step. Both are handed triples without literals. owlrl would make equal
what has an equal literal and then copy values between nodes that have nothing else in common;
Nemo's reader loses its place at a literal that breaks its datatype.

The rules: https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import nemo
from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.errors import InconsistencyError, UnknownNameError, suggest
from standpunkt.namespaces import OWL, RDF, RDFS, XSD
from standpunkt.nemo import Inconsistency

Plain = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows: triples that nobody asserted, and contradictions.

    `triples` is sorted by the N-Triples text, `inconsistencies` by rule and nodes.
    """

    triples: list[Triple]
    inconsistencies: list[Inconsistency]


def infer(dossier: Dossier, reasoner: str = "owlrl") -> Closure:
    """Derive what follows from the ontology, the articles and the links of a dossier.

    Takes the name of an engine, `owlrl` or `nemo`. Raises `UnknownNameError` for another name,
    `MissingExtraError` where Nemo is not installed, and `FileError` and `ParseError` as
    `turtle.read` does.
    """
    graphs = dossier.graphs(*ASSERTED)
    return entail((triple for triples in graphs.values() for triple in triples), reasoner)


def consequences(dossier: Dossier, reasoner: str = "owlrl") -> list[Triple]:
    """Give the triples that follow from a dossier which does not contradict itself; see `infer`.

    Raises `InconsistencyError` where it does: from a contradiction anything follows.
    """
    closure = infer(dossier, reasoner)
    for contradiction in closure.inconsistencies:
        raise InconsistencyError(f"{contradiction}; 'standpunkt infer' lists all contradictions")
    return closure.triples


def entail(triples: Iterable[Triple], reasoner: str = "owlrl") -> Closure:
    """Derive what follows from triples; see `infer`.

    Left out is what holds in every graph and says nothing about this one: that a thing is the
    same as itself or an `owl:Thing`, a class below itself, and all about `owl:`, `rdf:`, `rdfs:`
    and `xsd:` terms. So is what has a blank node in it, such as the lists of property chains.
    Triples with a literal are neither read nor derived.
    """
    given = plain(triples)
    derived, inconsistencies = close(given, reasoner)
    return Closure(
        triples=sorted(
            (
                Triple(NamedNode(s), NamedNode(p), NamedNode(o))
                for s, p, o in derived - given
                if _says_something(s, o)
            ),
            key=str,
        ),
        inconsistencies=sorted(set(inconsistencies)),
    )


def close(given: set[Plain], reasoner: str) -> tuple[set[Plain], list[Inconsistency]]:
    """Give all that an engine makes of triples, unsifted, and the contradictions.

    Takes what `plain` gives. Raises what `infer` does for the engine.
    """
    if reasoner not in _ENGINES:
        raise UnknownNameError(
            f"no reasoner is called {reasoner!r}{suggest(reasoner, _ENGINES)}"
            f" (there are {', '.join(_ENGINES)})",
        )
    return _ENGINES[reasoner](given)


def plain(triples: Iterable[Triple]) -> set[Plain]:
    """Write triples as the engines read them: as texts, and without those that have a literal.

    An IRI is its text, a blank node `_:label`. The 0 or 1 of a cardinality is an IRI instead.
    """
    return {written for triple in triples if (written := _plain(triple)) is not None}


def _plain(triple: Triple) -> Plain | None:
    subject, predicate, object_ = triple
    if isinstance(object_, Literal):
        bound = nemo.cardinality(object_.value) if predicate.value in _BOUNDS else None
        return None if bound is None else (_text(subject), predicate.value, bound)
    return _text(subject), predicate.value, _text(object_)


def _text(term: object) -> str:
    if isinstance(term, NamedNode | BlankNode):
        return str(term) if isinstance(term, BlankNode) else term.value
    raise TypeError(term)  # quoted triples are RDF 1.2, which the Turtle reader refuses


def _says_something(subject: str, object_: str) -> bool:
    if subject == object_ or "_:" in (subject[:2], object_[:2]):
        return False
    return not (subject.startswith(_BUILT_IN) or object_.startswith(_BUILT_IN))


def _by_nemo(given: set[Plain]) -> tuple[set[Plain], list[Inconsistency]]:
    found = nemo.closure(given)
    return set(found.derived), list(found.inconsistencies)


def _by_owlrl(given: set[Plain]) -> tuple[set[Plain], list[Inconsistency]]:
    import rdflib
    from owlrl.OWLRL import OWLRL_Semantics

    bounds = {nemo.CARDINALITY + name: rdflib.Literal(n) for n, name in enumerate(("zero", "one"))}

    def term(text: str) -> rdflib.BNode | rdflib.Literal | rdflib.URIRef:
        if text.startswith("_:"):
            return rdflib.BNode(text[2:])
        # The literal 0 counts as false, so that `or` would not do.
        return bounds[text] if text in bounds else rdflib.URIRef(text)

    graph = rdflib.Graph()
    for s, p, o in given:
        graph.add((term(s), rdflib.URIRef(p), term(o)))
    engine = OWLRL_Semantics(graph, axioms=False, daxioms=False)
    engine.closure()
    derived = {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef)
    }
    return derived, [_contradiction(message) for message in engine.error_messages]


def _contradiction(message: str) -> Inconsistency:
    """Read owlrl's sentence: which rule it stands for, and which IRIs it names."""
    rule = next((rule for words, rule in _MESSAGES if words in message), "unnamed")
    return Inconsistency(rule, tuple(_IRI.findall(message)))


_ENGINES: dict[str, Callable[[set[Plain]], tuple[set[Plain], list[Inconsistency]]]] = {
    "owlrl": _by_owlrl,
    "nemo": _by_nemo,
}
_BOUNDS = {OWL + "maxCardinality", OWL + "maxQualifiedCardinality"}
_BUILT_IN = (OWL, RDF, RDFS, XSD)
_IRI = re.compile(r"\w+:/[^\s',()]+")
# owlrl has sentences where the recommendation has names.
_MESSAGES = (
    ("'sameAs' and 'differentFrom'", "eq-diff1"),
    ("'sameAs' and 'AllDifferent'", "eq-diff2"),
    ("Irreflexive property", "prp-irp"),
    ("asymmetric property", "prp-asyp"),
    ("'AllDisjointProperties'", "prp-adp"),
    ("disjoint properties", "prp-pdw"),
    ("Negative (object)", "prp-npa1"),
    ("'Nothing'", "cls-nothing2"),
    ("complementarity", "cls-com"),
    ("maximum cardinality", "cls-maxc1"),
    ("maximum qualified cardinality", "cls-maxqc1"),
    ("Disjoint classes", "cax-dw"),
)
