"""Which facts carry a derived triple: each of them is enough, together with the definitions.

A fact is a node that has evidence, such as a statement or a membership, with all its properties.
What links no fact is a definition: the ontology, and what positions imply.

Each fact that is linked with the subject of the triple gets a copy of the subject for itself, and
what follows for a copy follows from that fact. So one closure answers for all facts at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt import deduction, inference
from standpunkt.derivation import Step, derive
from standpunkt.inference import Plain
from standpunkt.namespaces import SPK

_COPY = "https://w3id.org/.well-known/genid/standpunkt-copy/"
_EVIDENCE = f"<{SPK}evidence>"
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

    def __init__(self, stated: list[str], *, with_proofs: bool) -> None:
        """Take what `inference.stated` gives, and whether proofs are wanted, which are Nemo's."""
        self._stated = stated
        terms = (line.split(" ", 2) for line in stated)
        self._facts = {s for s, p, _ in terms if p == _EVIDENCE and s.startswith("<")}
        self._close: Callable[[list[str]], _Prover] = _by_nemo if with_proofs else _by_owlrl
        self._copied: dict[tuple[str, str], _Copies] = {}

    def of(self, triple: Plain) -> list[Support]:
        """List the facts that carry a triple alone.

        First come those that name its object, then those with the shorter proof, then by IRI. The
        list is empty where definitions carry the triple, and where it takes several facts together.
        Raises `MissingExtraError` where proofs are wanted and Nemo is missing.
        """
        subject, predicate, object_ = triple
        copies, prove = self._of_subject(_term(subject), _term(object_))
        if prove(triple):
            return []
        found = [
            Support(NamedNode(fact[1:-1]), proof and _back(proof, copy, subject))
            for copy, fact in copies.items()
            for proof in prove((copy, predicate, object_))
        ]
        naming = {s[1:-1] for s, o in map(_ends, self._stated) if o == _term(object_)}
        return sorted(
            found,
            key=lambda each: (
                each.fact.value not in naming,
                len(each.proof) if each.proof else 0,
                each.fact.value,
            ),
        )

    def _of_subject(self, subject: str, object_: str) -> _Copies:
        """Give what `_copy` does; the last few are kept.

        `lru_cache` would make a circle, which any thread may break up: Nemo's engine forbids it.
        """
        key = (subject, object_ if object_ in self._facts else "")
        if key not in self._copied:
            if len(self._copied) >= _KEPT:
                del self._copied[next(iter(self._copied))]
            self._copied[key] = self._copy(*key)
        return self._copied[key]

    def _copy(self, subject: str, object_: str) -> _Copies:
        """Give the copies of a subject with the fact of each, and what follows for them."""
        facts = self._facts - {subject, object_}
        linked = {
            end
            for ends in map(_ends, self._stated)
            if subject in ends
            for end in facts.intersection(ends)
        }
        definitions, of_fact = list[str](), defaultdict[str, list[str]](list)
        for line in self._stated:
            ends = _ends(line)
            if facts.isdisjoint(ends):
                definitions.append(line)
            for end in linked.intersection(ends):
                of_fact[end].append(line)
        about_subject = [line for line in definitions if subject in _ends(line)]
        copies = {f"{_COPY}{number}": fact for number, fact in enumerate(sorted(linked))}
        given = definitions + [
            " ".join(_renamed(line.split(" "), subject, f"<{copy}>"))
            for copy, fact in copies.items()
            for line in of_fact[fact] + about_subject
        ]
        return copies, self._close(given)


def _ends(line: str) -> tuple[str, str]:
    """Give the subject and the object of a line."""
    subject, _, object_, _ = line.split(" ")
    return subject, object_


def _term(text: str) -> str:
    """Write a term of a `Plain` as in a line."""
    return text if text.startswith("_:") else f"<{text}>"


def _by_nemo(given: list[str]) -> _Prover:
    closure = deduction.closure([given])
    return lambda triple: [proof] if (proof := derive(closure, triple)) else []


def _by_owlrl(given: list[str]) -> _Prover:
    derived, _ = inference.close(set(map(inference.parts, given)))
    return lambda triple: [None] if triple in derived else []


def _back(step: Step, copy: str, subject: str) -> Step:
    """Put the subject back where its copy stands."""
    premises = tuple(_back(premise, copy, subject) for premise in step.premises)
    s, p, o = _renamed(step.triple, copy, subject)
    return Step((s, p, o), step.rule, premises)


def _renamed(terms: Iterable[str], old: str, new: str) -> Iterator[str]:
    return (new if term == old else term for term in terms)
