"""Faults of relations: memberships, laws, positions, and what leads from one fact to another."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from benchmarks.faults.ground import Fault, Ground, after, spk
from benchmarks.faults.nodes import links
from benchmarks.faults.operators import operator
from benchmarks.faults.statements import stances

_ORDERS = ("becauseOf", "followsFrom", "implies", "includesActor", "partOf", "replaces")


@operator
def member_dropped(ground: Ground) -> Iterator[Fault]:
    """A membership has no member."""
    for triple in ground.facts("member"):
        yield ground.drop(triple)


@operator
def office_and_organisation_dropped(ground: Ground) -> Iterator[Fault]:
    """A membership names neither an organisation nor an office."""
    for each in ground.nodes("Membership"):
        yield ground.drop(*ground.about(each, spk("organisation"), spk("office")))


@operator
def organisation_of_office_dropped(ground: Ground) -> Iterator[Fault]:
    """Whoever holds an office of an organisation is not said to belong to it."""
    for each in ground.nodes("Membership"):
        if all(ground.objects(each, name) for name in ("office", "organisation")):
            (office,) = ground.objects(each, "office")
            if ground.objects(office, "officeOf"):
                yield ground.drop(*ground.about(each, spk("organisation")))


@operator
def member_of_itself(ground: Ground) -> Iterator[Fault]:
    """An organisation is its own member."""
    for triple in ground.facts("organisation"):
        for member in ground.about(triple.subject, spk("member")):
            yield ground.put(member, triple.object)


@operator
def office_without_holder(ground: Ground) -> Iterator[Fault]:
    """The membership of an office's only holder names no office."""
    for triple in ground.facts("office"):
        holders = [t for t in ground.facts("office") if t.object == triple.object]
        if holders == [triple]:
            yield ground.drop(triple)


@operator
def membership_by_other_passage(ground: Ground) -> Iterator[Fault]:
    """Someone holds an office by a passage that does not name the office."""
    for triple in ground.facts("office"):
        named = ground.objects(triple.object, "evidence")
        here = ground.article(triple.subject)
        others = [
            p for p in ground.nodes("Passage") if p not in named and ground.article(p) == here
        ]
        for cited in ground.about(triple.subject, spk("evidence")):
            for other in others[::19]:
                yield ground.put(cited, other)


@operator
def fact_dropped_from_law(ground: Ground) -> Iterator[Fault]:
    """A law loses its body, what it forbids or what lifts that; a majority loses its body."""
    for triple in ground.facts("approvalBy", "forbids", "liftedBy", "passedBy"):
        is_majority = bool(ground.objects(triple.subject, "majority"))
        if triple.predicate != spk("approvalBy") or is_majority:
            yield ground.drop(triple)


@operator
def requirement_elsewhere(ground: Ground) -> Iterator[Fault]:
    """A majority, an approval or a prohibition is said of what is no requirement and no law."""
    for triple in ground.facts("approvalBy", "forbids", "liftedBy", "majority", "passedBy"):
        for other in ground.nodes("Position", "Event")[::8]:
            yield ground.put(triple, subject=other)


@operator
def link_to_itself(ground: Ground) -> Iterator[Fault]:
    """A node relates to itself."""
    for triple, _ in links(ground):
        yield ground.put(triple, triple.subject)


@operator
def circle_of_two(ground: Ground) -> Iterator[Fault]:
    """Of two nodes, each follows from, implies, includes or replaces the other."""
    for triple in ground.facts(*_ORDERS, "contradicts"):
        yield ground.add(triple.object, triple.predicate, triple.subject)
        if triple.predicate == spk("becauseOf"):
            yield ground.add(triple.object, spk("followsFrom"), triple.subject)


@operator
def implied_position_contradicted(ground: Ground) -> Iterator[Fault]:
    """A position contradicts one that it implies or is implied by."""
    for triple in ground.facts("implies"):
        yield ground.add(triple.subject, spk("contradicts"), triple.object)
        yield ground.add(triple.object, spk("contradicts"), triple.subject)
        for further in ground.about(triple.object, spk("implies")):
            yield ground.add(triple.subject, spk("contradicts"), further.object)


@operator
def entailed_triple_asserted(ground: Ground) -> Iterator[Fault]:
    """What follows from statements and memberships is typed in: advocates, opposes, memberOf."""
    shortcut = {"demands": "advocates", "endorses": "advocates", "rejects": "opposes"}
    for triple in stances(ground):
        name = triple.predicate.value.partition("#")[2]
        for speaker in ground.objects(triple.subject, "speaker"):
            if name in shortcut:
                yield ground.add(speaker, spk(shortcut[name]), triple.object)
        yield ground.add(triple.subject, spk("addresses"), triple.object)
    for triple in ground.facts("organisation"):
        for member in ground.objects(triple.subject, "member"):
            yield ground.add(member, spk("memberOf"), triple.object)


@operator
def inverse_asserted(ground: Ground) -> Iterator[Fault]:
    """A fact is stated in the other direction as well."""
    inverse = {"speaker": "isSpeakerOf", "member": "hasMembership"}
    for name, back in inverse.items():
        for triple in ground.facts(name):
            yield ground.add(triple.object, spk(back), triple.subject)


@operator
def stranger_in_a_fact(ground: Ground) -> Iterator[Fault]:
    """A fact names an actor, a place or an office that its article does not mention."""
    names = ("addressee", "doneBy", "figureOf", "member", "office", "participant", "place")
    for triple in ground.facts(*names):
        here = ground.article(triple.subject)
        kind = ground.kind(triple.object)
        strangers = [
            one
            for one in ground.nodes(kind)
            if here not in {ground.article(p) for p in ground.objects(one, "evidence")}
        ]
        for other in strangers[::5]:
            yield ground.put(triple, other)


@operator
def actor_in_no_group(ground: Ground) -> Iterator[Fault]:
    """A person or an organisation includes an actor, as only a group does."""
    for each in ground.nodes("Organisation", "Person", "State", "Place"):
        for other in after(ground.nodes("Person"), each):
            yield ground.add(each, spk("includesActor"), other)


@operator
def reason_for_no_statement(ground: Ground) -> Iterator[Fault]:
    """A reason or a consequence leads to a proposition and not to a statement."""
    for triple in ground.facts("followsFrom", "givesReasonFor", "agreesWith", "accompanies"):
        for stance in stances(ground):
            if stance.subject == triple.object and isinstance(stance.object, NamedNode):
                yield ground.put(triple, stance.object)
