"""Which facts carry a derived triple: each of them is enough, together with the definitions.

A fact is a node that has evidence, such as a statement or a membership, with all its properties.
What links no fact is a definition: the ontology, and what positions imply.

Each fact that is linked with the subject of the triple gets a copy of the subject for itself, and
what follows for a copy follows from that fact. So one closure answers for all facts at once.
"""

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt import inference, nemo
from standpunkt.derivation import Step, derive
from standpunkt.inference import Plain
from standpunkt.namespaces import SPK

_COPY = "https://w3id.org/.well-known/genid/standpunkt-copy/"
_EVIDENCE = SPK + "evidence"


@dataclass(frozen=True, slots=True)
class Support:
    """A fact that carries a triple alone, and how; `proof` is `None` where none is wanted."""

    fact: NamedNode
    proof: Step | None


def supports(asserted: set[Plain], triple: Plain, *, with_proofs: bool) -> list[Support]:
    """List the facts that carry a triple alone.

    First come those that name its object, then those with the shorter proof, then by IRI.

    Takes what `inference.plain` gives. The list is empty where definitions carry the triple, and
    where it takes several facts together. Proofs are Nemo's: raises `MissingExtraError` where they
    are wanted and it is missing.
    """
    subject, predicate, object_ = triple
    facts = {s for s, p, _ in asserted if p == _EVIDENCE} - {subject, object_}
    definitions = {each for each in asserted if each[0] not in facts and each[2] not in facts}
    about_subject = {each for each in definitions if subject in (each[0], each[2])}
    by_fact = _linked(asserted, facts, subject)

    copies = {f"{_COPY}{number}": fact for number, fact in enumerate(sorted(by_fact))}
    given = set(definitions)
    for copy, fact in copies.items():
        given |= {_renamed(each, subject, copy) for each in by_fact[fact] | about_subject}
    wanted = [triple, *((copy, predicate, object_) for copy in copies)]
    proofs = _proved(given, wanted) if with_proofs else _followed(given, wanted)
    if triple in proofs:
        return []
    found = [
        Support(NamedNode(copies[copy]), proof and _back(proof, copy, subject))
        for (copy, _, _), proof in proofs.items()
    ]
    naming = {s for s, _, o in asserted if o == object_}
    return sorted(
        found,
        key=lambda each: (
            each.fact.value not in naming,
            len(each.proof) if each.proof else 0,
            each.fact.value,
        ),
    )


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


def _proved(given: set[Plain], wanted: list[Plain]) -> dict[Plain, Step | None]:
    closure = nemo.closure(given)
    proofs = {triple: derive(closure, triple) for triple in wanted}
    return {triple: proof for triple, proof in proofs.items() if proof}


def _followed(given: set[Plain], wanted: list[Plain]) -> dict[Plain, Step | None]:
    derived, _ = inference.close(given, "owlrl")
    return {triple: None for triple in wanted if triple in derived}


def _back(step: Step, copy: str, subject: str) -> Step:
    """Put the subject back where its copy stands."""
    premises = tuple(_back(premise, copy, subject) for premise in step.premises)
    return Step(_renamed(step.triple, copy, subject), step.rule, premises)


def _renamed(triple: Plain, old: str, new: str) -> Plain:
    s, p, o = (new if term == old else term for term in triple)
    return s, p, o
