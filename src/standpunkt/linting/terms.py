"""Rules for the terms of an ontology: what a reader finds with each, and what reasoners would do.

A functional datatype property makes owlrl copy values between nodes that have nothing else in
common; a domain or range turns a wrong link into a wrong type, which then passes validation.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt.dossier import Dossier
from standpunkt.linting.finding import LintFinding
from standpunkt.linting.sources import Source, place, sources
from standpunkt.namespaces import OWL, RDF, RDFS, SKOS, shorten

_LANGUAGES = ("de", "en")
_ONTOLOGY = NamedNode(OWL + "Ontology")
_TYPE = NamedNode(RDF + "type")
_DEFINED_BY = NamedNode(RDFS + "isDefinedBy")
_ONCE = (NamedNode(RDFS + "label"), NamedNode(SKOS + "definition"))
_IN_BOTH = [NamedNode(SKOS + name) for name in ("editorialNote", "example", "note", "scopeNote")]
_UPPER_CAMEL = re.compile("[A-Z][A-Za-z0-9]*")
_LOWER_CAMEL = re.compile("[a-z][A-Za-z0-9]*")
_NAMES = {
    OWL + "Class": _UPPER_CAMEL,
    OWL + "NamedIndividual": _UPPER_CAMEL,
    OWL + "AnnotationProperty": _LOWER_CAMEL,
    OWL + "DatatypeProperty": _LOWER_CAMEL,
    OWL + "ObjectProperty": _LOWER_CAMEL,
}
_REFUSED = {
    RDFS + "domain": "a domain types what is linked by mistake: use schema:domainIncludes",
    RDFS + "range": "a range types what is linked by mistake: use schema:rangeIncludes",
    OWL + "imports": "foreign axioms entail what nobody meant: import nothing",
    OWL + "hasKey": "a key merges nodes over a slip: let a shape check it",
}
_LIMITS = {"cardinality", "maxCardinality", "maxQualifiedCardinality", "qualifiedCardinality"}

# A triple that a rule is broken by or at, the rule, and what to mend.
_Found = Iterator[tuple[Triple, str, str]]


def check(dossier: Dossier) -> Iterator[LintFinding]:
    """Give what is to be mended in the ontology of a dossier."""
    given = sources(dossier, "ontology")
    for (subject, predicate, object_), rule, message in _check(given):
        file, line = place(given, subject, predicate, object_)
        yield LintFinding(file, line, rule, message)


def _check(given: list[Source]) -> _Found:
    triples = [triple for source in given for triple in source.triples]
    of_subject = defaultdict(list)
    for triple in triples:
        of_subject[triple.subject].append(triple)
        if triple.predicate.value in _REFUSED:
            yield triple, "axioms", _REFUSED[triple.predicate.value]
    for ontology in (s.value for s, _, o in triples if o == _ONTOLOGY and isinstance(s, NamedNode)):
        for subject, of_term in of_subject.items():
            if isinstance(subject, NamedNode) and subject.value.startswith(f"{ontology}#"):
                yield from _of_a_term(subject, ontology, of_term)
    yield from _data_limits(triples)


def _of_a_term(term: NamedNode, home: str, triples: list[Triple]) -> _Found:
    name = term.value.removeprefix(f"{home}#")
    typings = [
        (triple, _NAMES[triple.object.value])
        for triple in triples
        if triple.predicate == _TYPE
        and isinstance(triple.object, NamedNode)
        and triple.object.value in _NAMES
    ]
    for typing, pattern in typings:
        if not pattern.fullmatch(name):
            yield typing, "names", f"{name} is not written like the other terms of its kind"
    for typing, _ in typings[:1]:
        if Triple(term, _DEFINED_BY, NamedNode(home)) not in triples:
            yield typing, "annotations", f"{name} does not say that it isDefinedBy <{home}>"
        for predicate in _ONCE:
            if sorted(_languages(triples, predicate)) != list(_LANGUAGES):
                words = shorten(predicate.value)
                yield typing, "annotations", f"{name} needs {words} once in each of de and en"
        for predicate in _IN_BOTH:
            languages = _languages(triples, predicate)
            if languages.count("de") != languages.count("en"):
                words = shorten(predicate.value)
                yield typing, "annotations", f"{name} has {words} in one language only"


def _languages(triples: list[Triple], predicate: NamedNode) -> list[str]:
    return [o.language or "" for _, p, o in triples if p == predicate and isinstance(o, Literal)]


def _data_limits(triples: list[Triple]) -> _Found:
    """Find what lets reasoners equate values: at most one of a datatype property."""
    data = {s for s, p, o in triples if p == _TYPE and o == NamedNode(OWL + "DatatypeProperty")}
    limited = {s for s, p, _ in triples if p.value.removeprefix(OWL) in _LIMITS}
    for triple in triples:
        subject, predicate, object_ = triple
        functional = subject in data and object_ == NamedNode(OWL + "FunctionalProperty")
        restricted = predicate == NamedNode(OWL + "onProperty") and subject in limited
        if functional or (restricted and object_ in data):
            yield triple, "axioms", "owlrl would copy values between nodes: let a shape limit them"
