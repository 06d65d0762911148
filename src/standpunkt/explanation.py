"""Why a triple holds: its evidence where it is asserted, else the facts and rules it follows from.

Nemo gives the proofs. Without it, the facts that carry a triple are found all the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import deduction, inference, nemo
from standpunkt.answer import Term
from standpunkt.derivation import Step, derive
from standpunkt.dossier import Dossier
from standpunkt.errors import InconsistencyError, MissingExtraError
from standpunkt.inference import Plain
from standpunkt.namespaces import OWL, SPK
from standpunkt.nemo import Inconsistency
from standpunkt.nodes import members
from standpunkt.store import Store
from standpunkt.support import Support, Supports

_EVIDENCE = NamedNode(SPK + "evidence")
_IMPLIES = NamedNode(SPK + "implies")
_CHAIN = NamedNode(OWL + "propertyChainAxiom")


@dataclass(frozen=True, slots=True)
class Near:
    """A fact that links the two nodes of a triple in another way.

    `to_subject` and `to_object` are its asserted triples with either; in place of the object there
    may be a proposition that contains it or that it contains.
    """

    fact: NamedNode
    to_subject: tuple[Triple, ...]
    to_object: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a triple holds, or that it does not.

    Of a triple that is `asserted` there is nothing to prove. Where it `holds` otherwise, `supports`
    are the facts that carry it alone, the plainest first; where definitions carry it, or only
    several facts together, there are none, and `proof` is the way. Without Nemo no proof is there,
    and `needs` says so. Where the triple does not hold, `ways` are the chains of properties that
    would lead to it, `instead` are the objects that stand there, and `near` are the facts that come
    nearest.
    """

    triple: Triple
    asserted: bool = False
    holds: bool = True
    supports: tuple[Support, ...] = ()
    proof: Step | None = None
    needs: str | None = None
    ways: tuple[tuple[Term, ...], ...] = ()
    instead: tuple[Term, ...] = ()
    near: tuple[Near, ...] = ()


@dataclass(frozen=True, slots=True)
class _Closed:
    """What follows from a dossier, by Nemo, or by owlrl where `needs` says why not."""

    holds: Callable[[Plain], bool]
    inconsistencies: tuple[Inconsistency, ...]
    engine: nemo.Closure | None
    needs: str | None


class Explainer:
    """Explains triples of one dossier from one closure, in the thread that made the closure."""

    def __init__(self, dossier: Dossier) -> None:
        """Take the dossier; raises `FileError` and `ParseError` as `turtle.read` does."""
        self._store = Store.asserted(dossier)
        self._stated = inference.stated(dossier)

    def explain(self, triple: Triple) -> Explanation:
        """Explain a triple.

        Raises `InconsistencyError` where the triple is not asserted and the dossier contradicts
        itself, and `StandpunktError` for a proof that is too deep to be written.
        """
        if any(self._store.triples(*triple)):
            return Explanation(triple, asserted=True)
        if isinstance(triple.object, Literal):  # none is derived
            return self._refusal(triple)
        for contradiction in self._closed.inconsistencies:
            raise InconsistencyError(
                f"{contradiction}, and from a contradiction anything follows;"
                " 'standpunkt infer' lists all contradictions"
            )
        subject, predicate, object_ = map(_text, triple)
        plain = (subject, predicate, object_)
        if not self._closed.holds(plain):
            return self._refusal(triple)
        engine = self._closed.engine
        found = self._supports.of(plain)
        return Explanation(
            triple,
            supports=tuple(found),
            proof=derive(engine, plain) if engine and not found else None,
            needs=self._closed.needs,
        )

    @cached_property
    def _supports(self) -> Supports:
        return Supports(self._stated, with_proofs=self._closed.engine is not None)

    @cached_property
    def _closed(self) -> _Closed:
        try:
            closure = deduction.closure([self._stated])
        except MissingExtraError as missing:
            derived, inconsistencies = inference.close(set(map(inference.parts, self._stated)))
            return _Closed(derived.__contains__, tuple(inconsistencies), None, str(missing))
        return _Closed(closure.holds, closure.inconsistencies, closure, None)

    def _refusal(self, triple: Triple) -> Explanation:
        subject = triple.subject
        assert not isinstance(subject, Triple)  # noqa: S101  the Turtle reader refuses RDF 1.2
        there = (each.object for each in self._store.triples(subject, triple.predicate))
        return Explanation(
            triple,
            holds=False,
            ways=tuple(sorted(self._ways(triple.predicate), key=str)),
            instead=tuple(sorted(there, key=str)),
            near=tuple(sorted(self._near(triple), key=lambda each: _nearness(each, triple))),
        )

    def _ways(self, predicate: NamedNode) -> Iterator[tuple[Term, ...]]:
        for triple in self._store.triples(predicate, _CHAIN):
            yield tuple(members(self._store, triple.object))

    def _near(self, triple: Triple) -> Iterator[Near]:
        ends = {triple.object, *self._kin(triple.object)}
        facts = {each.subject for each in self._store.triples(None, _EVIDENCE)}
        for fact in facts - {triple.subject, triple.object}:
            if isinstance(fact, NamedNode):
                own = sorted(self._store.triples(fact), key=str)
                to_subject = tuple(each for each in own if each.object == triple.subject)
                to_object = tuple(each for each in own if each.object in ends)
                if to_subject and to_object:
                    yield Near(fact, to_subject, to_object)

    def _kin(self, proposition: Term) -> Iterator[Term]:
        """Give the propositions that contain one, and those that it contains."""
        yield from (each.subject for each in self._store.triples(None, _IMPLIES, proposition))
        if isinstance(proposition, NamedNode | BlankNode):
            yield from (each.object for each in self._store.triples(proposition, _IMPLIES))


def _nearness(near: Near, triple: Triple) -> tuple[bool, str]:
    """Give the key by which facts are in order: those that name the object itself are first."""
    return all(each.object != triple.object for each in near.to_object), near.fact.value


def _text(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
