"""Whether the terms of well-known vocabularies exist.

A reasoner passes over `owl:subClassOf` without a word, because OWL does not have it. The lists are
rdflib's; it has no full one of schema.org, which also grows.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from standpunkt.answer import Term
from standpunkt.dossier import Dossier, Part
from standpunkt.errors import near, offer
from standpunkt.linting.finding import LintFinding
from standpunkt.linting.sources import sources
from standpunkt.namespaces import shorten

_PARTS: tuple[Part, ...] = ("ontology", "graph", "shapes")
_PREFIXES = (
    "dcterms",
    "foaf",
    "org",
    "owl",
    "prov",
    "rdf",
    "rdfs",
    "sh",
    "skos",
    "vann",
    "void",
    "xsd",
)


def check(dossier: Dossier) -> Iterator[LintFinding]:
    """Give the terms in the Turtle files of a dossier that their vocabularies do not have."""
    for part in _PARTS:
        for source in sources(dossier, part):
            for subject, predicate, object_ in source.triples:
                for term in {subject, predicate, object_, _datatype(object_)}:
                    if isinstance(term, NamedNode) and not _exists(term):
                        line = source.line(subject, predicate, object_) or 1
                        curie = shorten(term.value)
                        message = f"there is no {curie}{_way_out(curie)}"
                        yield LintFinding(source.path, line, "vocabularies", message)


def _datatype(term: Term) -> NamedNode | None:
    return term.datatype if isinstance(term, Literal) else None


@cache
def _exists(term: NamedNode) -> bool:
    """Tell whether its vocabulary has a term; the namespace itself names the vocabulary."""
    from rdflib import URIRef

    return term.value.endswith(("#", "/")) or all(
        URIRef(term.value) in vocabulary
        for vocabulary in _vocabularies()
        if term.value.startswith(str(vocabulary))
    )


def _way_out(curie: str) -> str:
    """Suggest the term of that name in another vocabulary, else what is written nearly like it."""
    prefix, _, name = curie.casefold().partition(":")
    same = [each for each in _terms() if each.casefold().partition(":")[2] == name]
    own = [each for each in _terms() if each.startswith(f"{prefix}:")]
    return offer(same or near(curie, own, ratio=0.75))


@cache
def _terms() -> list[str]:
    """Give the CURIEs of the terms of all vocabularies."""
    return [shorten(str(term)) for vocabulary in _vocabularies() for term in dir(vocabulary)]


def _vocabularies() -> list[Any]:
    from rdflib import namespace

    return [getattr(namespace, prefix.upper()) for prefix in _PREFIXES]
