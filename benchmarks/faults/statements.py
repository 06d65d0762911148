"""Faults of statements: who speaks, how, and what the statement hangs on."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from benchmarks.faults.ground import Fault, Ground, after, spk
from benchmarks.faults.operators import operator

STANCES = (
    "asserts",
    "considers",
    "demands",
    "denies",
    "endorses",
    "fears",
    "leavesOpen",
    "predicts",
    "questions",
    "rejects",
    "threatens",
)
_OF_POSITIONS = ("considers", "demands", "endorses", "rejects", "threatens")
_ACTORS = ("Group", "Organisation", "Person", "State")


def stances(ground: Ground) -> Iterator[Triple]:
    """Give the triples that say which stance a statement takes."""
    return ground.facts(*STANCES)


def _statements(ground: Ground, *directness: str) -> Iterator[Triple]:
    """Give how each statement is rendered, where it is rendered so."""
    wanted = {spk(name) for name in directness}
    for triple in ground.facts("directness"):
        if triple.object in wanted:
            yield triple


@operator
def speaker_dropped(ground: Ground) -> Iterator[Fault]:
    """A statement has no speaker."""
    for triple in ground.facts("speaker"):
        yield ground.drop(triple)


@operator
def speaker_doubled(ground: Ground) -> Iterator[Fault]:
    """A statement has a second speaker."""
    for triple in ground.facts("speaker"):
        for other in after(ground.nodes(*_ACTORS), triple.object):
            yield ground.add(triple.subject, spk("speaker"), other)


@operator
def speaker_is_a_position(ground: Ground) -> Iterator[Fault]:
    """Speaker and proposition are exchanged: a position speaks."""
    for triple in ground.facts("speaker"):
        for stance in STANCES:
            for proposition in ground.objects(triple.subject, stance):
                yield ground.put(triple, proposition)


@operator
def speaker_of_other_article(ground: Ground) -> Iterator[Fault]:
    """The speaker is an actor that only the other article mentions."""
    for triple in ground.facts("speaker"):
        here = ground.article(triple.subject)
        strangers = [
            actor
            for actor in ground.nodes(*_ACTORS)
            if here not in {ground.article(p) for p in ground.objects(actor, "evidence")}
        ]
        for other in strangers[::11]:
            yield ground.put(triple, other)


@operator
def own_voice_of_a_speaker(ground: Ground) -> Iterator[Fault]:
    """What a speaker says is taken for the article's own voice."""
    for triple in _statements(ground, "FullQuote", "PartQuote", "ReportedSpeech", "Paraphrase"):
        yield ground.put(triple, spk("OwnVoice"))


@operator
def own_voice_denied(ground: Ground) -> Iterator[Fault]:
    """What the article says itself is taken for somebody's speech."""
    for triple in _statements(ground, "OwnVoice"):
        for other in ("ReportedSpeech", "Paraphrase", "FullQuote"):
            yield ground.put(triple, spk(other))


@operator
def own_voice_of_named_speaker(ground: Ground) -> Iterator[Fault]:
    """An actor of the article speaks in the article's own voice."""
    for triple in _statements(ground, "OwnVoice"):
        (speaker,) = ground.about(triple.subject, spk("speaker"))
        for other in after(ground.nodes("Person"), speaker.object, 2):
            yield ground.put(speaker, other)


@operator
def quote_without_quotation(ground: Ground) -> Iterator[Fault]:
    """A full or part quote has no quotation."""
    for triple in ground.facts("quotation"):
        yield ground.drop(triple)
    for triple in _statements(ground, "ReportedSpeech", "Paraphrase"):
        if not ground.objects(triple.subject, "quotation"):
            yield ground.put(triple, spk("FullQuote"))


@operator
def quotation_of_another(ground: Ground) -> Iterator[Fault]:
    """A statement has the quotation of another passage."""
    for triple in ground.facts("quotation"):
        own = set(ground.objects(triple.subject, "evidence"))
        for other in ground.nodes("Quotation"):
            if not own & set(ground.objects(other, "evidence")):
                yield ground.put(triple, other)


@operator
def stance_dropped(ground: Ground) -> Iterator[Fault]:
    """A statement takes no stance."""
    for triple in stances(ground):
        yield ground.drop(triple)


@operator
def stance_doubled(ground: Ground) -> Iterator[Fault]:
    """A statement takes a second stance, on the same proposition or on another."""
    for triple in stances(ground):
        for other in after(STANCES, triple.predicate.value.partition("#")[2]):
            yield ground.add(triple.subject, spk(other), triple.object)
        for position in after(ground.nodes("Position"), triple.object):
            yield ground.add(triple.subject, triple.predicate, position)


@operator
def stance_for_positions_only(ground: Ground) -> Iterator[Fault]:
    """Somebody demands, rejects or threatens what is no course of action."""
    for triple in stances(ground):
        if ground.kind(triple.object) == "Proposition":
            for name in _OF_POSITIONS[:3]:
                yield ground.put(triple, predicate=spk(name))


@operator
def condition_of_threat_dropped(ground: Ground) -> Iterator[Fault]:
    """A threat loses what it hangs on."""
    for triple in ground.facts("threatens"):
        yield ground.drop(*ground.about(triple.subject, spk("if"), spk("unless")))


@operator
def threat_without_condition(ground: Ground) -> Iterator[Fault]:
    """A stance that hangs on nothing becomes a threat."""
    for triple in ground.facts("considers", "demands", "endorses", "rejects", "questions"):
        if not ground.about(triple.subject, spk("if"), spk("unless")):
            yield ground.put(triple, predicate=spk("threatens"))


@operator
def condition_on_a_demand(ground: Ground) -> Iterator[Fault]:
    """An endorsement or a demand gets a condition."""
    for triple in ground.facts("demands", "endorses"):
        for name in ("if", "unless", "ifUnderstood"):
            for other in after(ground.nodes("Position"), triple.object):
                yield ground.add(triple.subject, spk(name), other)


@operator
def condition_becomes_demand(ground: Ground) -> Iterator[Fault]:
    """What is said under a condition is taken for a demand."""
    for triple in stances(ground):
        conditions = (spk("if"), spk("unless"), spk("ifUnderstood"))
        if ground.about(triple.subject, *conditions) and ground.kind(triple.object) == "Position":
            for name in ("demands", "endorses"):
                yield ground.put(triple, predicate=spk(name))


@operator
def condition_is_the_proposition(ground: Ground) -> Iterator[Fault]:
    """What a statement says is its own condition as well."""
    for triple in stances(ground):
        for name in ("if", "ifUnderstood"):
            yield ground.add(triple.subject, spk(name), triple.object)


@operator
def condition_doubled(ground: Ground) -> Iterator[Fault]:
    """A statement hangs on a second condition of the same kind."""
    for triple in ground.facts("if", "ifUnderstood", "unless"):
        for other in after(ground.nodes("Position"), triple.object, 2):
            yield ground.add(triple.subject, triple.predicate, other)


@operator
def how_it_was_said_dropped(ground: Ground) -> Iterator[Fault]:
    """A statement loses its certainty or its directness."""
    for triple in ground.facts("certainty", "directness"):
        if ground.kind(triple.subject) == "Statement":
            yield ground.drop(triple)


@operator
def openness_of_a_stance(ground: Ground) -> Iterator[Fault]:
    """A statement that takes a stance is open, or one that leaves it open is certain."""
    for triple in ground.facts("certainty"):
        if ground.kind(triple.subject) == "Statement":
            is_open = bool(ground.about(triple.subject, spk("leavesOpen")))
            yield ground.put(triple, spk("Likely") if is_open else spk("Open"))


@operator
def agreement_with_oneself(ground: Ground) -> Iterator[Fault]:
    """Somebody agrees with or shares a statement of their own."""
    for triple in ground.facts("speaker"):
        own = [t.subject for t in ground.facts("speaker") if t.object == triple.object]
        for other in after(own, triple.subject):
            for name in ("agreesWith", "sharesStatement"):
                yield ground.add(triple.subject, spk(name), other)


@operator
def office_that_is_not_held(ground: Ground) -> Iterator[Fault]:
    """A speaker speaks in an office that somebody else holds."""
    for triple in ground.facts("speaker"):
        held = {
            office
            for membership in ground.facts("member")
            if membership.object == triple.object
            for office in ground.objects(membership.subject, "office")
        }
        foreign = [office for office in ground.nodes("Office") if office not in held]
        for office in foreign[:1]:
            yield ground.add(triple.subject, spk("spokenAs"), office)


@operator
def second_role_of_the_speaker(ground: Ground) -> Iterator[Fault]:
    """The speaker is also the addressee, the reporter or another possible speaker."""
    for triple in ground.facts("speaker"):
        for name in ("addressee", "reportedBy", "possibleSpeaker"):
            yield ground.add(triple.subject, spk(name), triple.object)


@operator
def company_of_another_speaker(ground: Ground) -> Iterator[Fault]:
    """A statement accompanies one of another speaker."""
    for triple in ground.facts("speaker"):
        others = [t.subject for t in ground.facts("speaker") if t.object != triple.object]
        for other in others[::35]:
            if isinstance(other, NamedNode):
                yield ground.add(triple.subject, spk("accompanies"), other)
