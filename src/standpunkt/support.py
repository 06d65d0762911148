"""Which facts carry a derived triple: each of them is enough, together with the definitions.

A fact is a node that has evidence, such as a statement or a membership, with all its properties.
What links no fact is a definition: the ontology, and what positions imply.

Each fact that is linked with the subject of the triple gets a copy of the subject for itself, and
what follows for a copy follows from that fact. So one closure answers for all facts at once.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt import inference, nemo
from standpunkt.derivation import Step, derive
from standpunkt.inference import Plain
from standpunkt.namespaces import SPK

_COPY = "https://w3id.org/.well-known/genid/standpunkt-copy/"
_EVIDENCE = SPK + "evidence"
_KEPT = 4  # closures: who asks for one triple often asks for another one of the same subject

# Gives the proof of a triple that follows, `None` in place of a proof by owlrl, nothing otherwise.
_Prover = Callable[[Plain], list[Step | None]]
_Copies = tuple[dict[str, str], _Prover]


@dataclass(frozen=True, slots=True)
class Support:
    """A fact that carries a triple alone, and how; `proof` is `None` where none is wanted."""

    fact: NamedNode
    proof: Step | None


class Supports:
    """Finds the facts that carry triples; for triples with the same subject by one closure."""

    def __init__(self, asserted: set[Plain], *, with_proofs: bool) -> None:
        """Take what `inference.plain` gives, and whether proofs are wanted, which are Nemo's."""
        self._asserted = asserted
        self._facts = {s for s, p, _ in asserted if p == _EVIDENCE}
        self._close: Callable[[set[Plain]], _Prover] = _by_nemo if with_proofs else _by_owlrl
        self._copied: dict[tuple[str, str | None], _Copies] = {}

    def of(self, triple: Plain) -> list[Support]:
        """List the facts that carry a triple alone.

        First come those that name its object, then those with the shorter proof, then by IRI. The
        list is empty where definitions carry the triple, and where it takes several facts together.
        Raises `MissingExtraError` where proofs are wanted and Nemo is missing.
        """
        subject, predicate, object_ = triple
        copies, prove = self._of_subject(subject, object_ if object_ in self._facts else None)
        if prove(triple):
            return []
        found = [
            Support(NamedNode(fact), proof and _back(proof, copy, subject))
            for copy, fact in copies.items()
            for proof in prove((copy, predicate, object_))
        ]
        naming = {s for s, _, o in self._asserted if o == object_}
        return sorted(
            found,
            key=lambda each: (
                each.fact.value not in naming,
                len(each.proof) if each.proof else 0,
                each.fact.value,
            ),
        )

    def _of_subject(self, subject: str, object_: str | None) -> _Copies:
        """Give what `_copy` does; the last few are kept.

        `lru_cache` would make a circle, which any thread may break up: Nemo's engine forbids it.
        """
        key = (subject, object_)
        if key not in self._copied:
            if len(self._copied) >= _KEPT:
                del self._copied[next(iter(self._copied))]
            self._copied[key] = self._copy(subject, object_)
        return self._copied[key]

    def _copy(self, subject: str, object_: str | None) -> _Copies:
        """Give the copies of a subject with the fact of each, and what follows for them."""
        facts = self._facts - {subject, object_}
        definitions = {
            each for each in self._asserted if each[0] not in facts and each[2] not in facts
        }
        about_subject = {each for each in definitions if subject in (each[0], each[2])}
        by_fact = _linked(self._asserted, facts, subject)
        copies = {f"{_COPY}{number}": fact for number, fact in enumerate(sorted(by_fact))}
        given = set(definitions)
        for copy, fact in copies.items():
            given |= {_renamed(each, subject, copy) for each in by_fact[fact] | about_subject}
        return copies, self._close(given)


def _linked(asserted: set[Plain], facts: set[str], subject: str) -> dict[str, set[Plain]]:
    """Give the triples of each fact that is linked with the subject, in either direction."""
    by_end = defaultdict(set)
    for each in asserted:
        for end in facts & {each[0], each[2]}:
            by_end[end].add(each)
    return {
        fact: triples
        for fact, triples in by_end.items()
        if any(subject in (s, o) for s, _, o in triples)
    }


def _by_nemo(given: set[Plain]) -> _Prover:
    closure = nemo.closure(given)
    return lambda triple: [proof] if (proof := derive(closure, triple)) else []


def _by_owlrl(given: set[Plain]) -> _Prover:
    derived, _ = inference.close(given)
    return lambda triple: [None] if triple in derived else []


def _back(step: Step, copy: str, subject: str) -> Step:
    """Put the subject back where its copy stands."""
    premises = tuple(_back(premise, copy, subject) for premise in step.premises)
    return Step(_renamed(step.triple, copy, subject), step.rule, premises)


def _renamed(triple: Plain, old: str, new: str) -> Plain:
    s, p, o = (new if term == old else term for term in triple)
    return s, p, o
