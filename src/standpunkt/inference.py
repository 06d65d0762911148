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
from functools import cached_property
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from standpunkt import deduction, nemo, turtle
from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.errors import InconsistencyError, UnknownNameError, suggest
from standpunkt.namespaces import OWL, RDF, RDFS, XSD
from standpunkt.nemo import Inconsistency

Plain = tuple[str, str, str]


@dataclass(frozen=True)
class Closure:
    """What follows: triples that nobody asserted, and contradictions.

    `lines` are the triples in N-Triples, without line ends and sorted; `inconsistencies` is sorted
    by rule and nodes.
    """

    lines: list[str]
    inconsistencies: list[Inconsistency]

    @property
    def text(self) -> str:
        """The lines with their ends: N-Triples."""
        return "".join(f"{line}\n" for line in self.lines)

    @cached_property
    def triples(self) -> list[Triple]:
        """The triples, in the order of the lines."""
        return [quad.triple for quad in parse("\n".join(self.lines), format=RdfFormat.N_TRIPLES)]


def infer(dossier: Dossier, reasoner: str = "auto") -> Closure:
    """Derive what follows from the ontology, the articles and the links of a dossier.

    Takes the name of an engine: `owlrl`, `nemo`, or `auto`, which is Nemo where it is installed.
    Raises `UnknownNameError` for another name, `MissingExtraError` where Nemo is not installed,
    and `FileError` and `ParseError` as `turtle.read` does.
    """
    if _engine(reasoner) is _by_nemo:
        return _by_nemo(dossier.ntriples(*ASSERTED))
    return _by_owlrl(chain.from_iterable(map(dossier.stream, ASSERTED)))


def consistent(dossier: Dossier, reasoner: str = "auto") -> Closure:
    """Derive what `infer` does from a dossier which does not contradict itself.

    Raises `InconsistencyError` where it does: from a contradiction anything follows.
    """
    closure = infer(dossier, reasoner)
    for contradiction in closure.inconsistencies:
        raise InconsistencyError(f"{contradiction}; 'standpunkt infer' lists all contradictions")
    return closure


def consequences(dossier: Dossier, reasoner: str = "auto") -> list[Triple]:
    """Give the triples that follow from a dossier; raises what `consistent` does."""
    return consistent(dossier, reasoner).triples


def entail(triples: Iterable[Triple], reasoner: str = "owlrl") -> Closure:
    """Derive what follows from triples; see `infer`.

    Left out is what holds in every graph and says nothing about this one: that a thing is the
    same as itself or an `owl:Thing`, a class below itself, and all about `owl:`, `rdf:`, `rdfs:`
    and `xsd:` terms. So is what has a blank node in it, such as the lists of property chains.
    Triples with a literal are neither read nor derived.
    """
    if _engine(reasoner) is _by_nemo:
        return _by_nemo([turtle.written(triples)])
    return _by_owlrl(triples)


def plain(triples: Iterable[Triple]) -> set[Plain]:
    """Write triples as the engines read them: as texts, and without those that have a literal.

    An IRI is its text, a blank node `_:label`. The 0 or 1 of a cardinality is an IRI instead.
    """
    return {written for triple in triples if (written := _plain(triple)) is not None}


def stated(dossier: Dossier) -> list[str]:
    """Give what a dossier asserts as `plain` does, but as lines of N-Triples without their ends.

    They are in the order of the files, and may come twice. Blank nodes are called as in the store
    of what is asserted, where that is made already. Raises `FileError` and `ParseError` as
    `turtle.read` does.
    """
    return [line for text in dossier.ntriples(*ASSERTED) for line in _without_literals(text)]


def parts(line: str) -> Plain:
    """Give the triple that is a line of `stated`, as `plain` does.

    >>> parts("_:x <https://example.org/p> <https://example.org/o> .")
    ('_:x', 'https://example.org/p', 'https://example.org/o')
    """
    subject, predicate, object_ = (term.strip("<>") for term in line[:-2].split(" "))
    return subject, predicate, object_


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


def _engine(name: str) -> Callable[..., Closure]:
    if name not in _ENGINES:
        raise UnknownNameError(
            f"no reasoner is called {name!r}{suggest(name, _ENGINES)}"
            f" (there are {', '.join(_ENGINES)})",
        )
    return _ENGINES[name] or (_by_nemo if nemo.is_installed() else _by_owlrl)


def _by_nemo(texts: Iterable[str]) -> Closure:
    derived, inconsistencies = deduction.consequences(map(_without_literals, texts))
    return Closure(
        lines=sorted(line for line in derived if not _SAYS_NOTHING.match(line)),
        inconsistencies=sorted(set(inconsistencies)),
    )


def _without_literals(text: str) -> list[str]:
    """Give what `plain` does, from N-Triples as lines of N-Triples."""
    # A literal has quotation marks, and no IRI may have one.
    lines = [line for line in text.split("\n") if line and '"' not in line]
    for subject, predicate, lexical in _BOUND.findall(text) if _BOUND_NAME in text else ():
        if bound := nemo.cardinality(lexical):
            lines.append(f"{subject} {predicate} <{bound}> .")
    return lines


def _by_owlrl(triples: Iterable[Triple]) -> Closure:
    given = plain(triples)
    derived, inconsistencies = close(given)
    return Closure(
        lines=sorted(
            f"<{s}> <{p}> <{o}> ." for s, p, o in derived - given if _says_something(s, o)
        ),
        inconsistencies=sorted(set(inconsistencies)),
    )


def close(given: set[Plain]) -> tuple[set[Plain], list[Inconsistency]]:
    """Give all that owlrl makes of what `plain` gives, unsifted, and the contradictions."""
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


_ENGINES: dict[str, Callable[..., Closure] | None] = {
    "auto": None,
    "owlrl": _by_owlrl,
    "nemo": _by_nemo,
}
_BOUNDS = {OWL + "maxCardinality", OWL + "maxQualifiedCardinality"}
_BUILT_IN = (OWL, RDF, RDFS, XSD)
_BOUND_NAME = f"<{OWL}max"
# Lines of N-Triples: those with a bound, and those that say nothing.
_BOUND = re.compile(
    rf'^(\S+) ({_BOUND_NAME}(?:Qualified)?Cardinality>) "([^"\n]*)"\S* \.$', re.MULTILINE
)
_SAYS_NOTHING = re.compile(rf"(<[^>]*>) \S+ \1 \.|(?:\S+ \S+ )?<(?:{'|'.join(_BUILT_IN)})")
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
