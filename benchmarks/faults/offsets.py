"""Faults of place: offsets and checksums of passages and quotations."""

from collections.abc import Iterator
from itertools import pairwise

from pyoxigraph import Literal, Triple

from benchmarks.faults.ground import Fault, Ground, lexical, number, spk
from benchmarks.faults.operators import operator


def _offsets(ground: Ground, kind: str) -> Iterator[Triple]:
    for triple in ground.facts("start", "end"):
        if ground.kind(triple.subject) == kind:
            yield triple


def _moved(ground: Ground, triple: Triple, steps: int) -> Fault:
    return ground.put(triple, number(int(lexical(triple)) + steps))


@operator
def offset_off_by_one(ground: Ground) -> Iterator[Fault]:
    """A passage begins or ends one character too early or too late."""
    for triple in _offsets(ground, "Passage"):
        for steps in (-1, 1):
            if int(lexical(triple)) + steps >= 0:
                yield _moved(ground, triple, steps)


@operator
def offset_into_sentence(ground: Ground) -> Iterator[Fault]:
    """A passage is cut short by some characters at its beginning or end."""
    for triple in _offsets(ground, "Passage"):
        for steps in (4, 11):
            yield _moved(ground, triple, steps if triple.predicate == spk("start") else -steps)


@operator
def offset_past_sentence(ground: Ground) -> Iterator[Fault]:
    """A passage reaches some characters into its neighbour."""
    for triple in _offsets(ground, "Passage"):
        for steps in (4, 11):
            moved = -steps if triple.predicate == spk("start") else steps
            if int(lexical(triple)) + moved >= 0:
                yield _moved(ground, triple, moved)


@operator
def span_past_article(ground: Ground) -> Iterator[Fault]:
    """A passage ends far behind the article's text."""
    for triple in ground.facts("end"):
        if ground.kind(triple.subject) == "Passage":
            yield _moved(ground, triple, 100_000)


@operator
def span_moved(ground: Ground) -> Iterator[Fault]:
    """A passage or quotation keeps its length and stands elsewhere."""
    for each in ground.nodes("Passage", "Quotation"):
        start, end = (ground.about(each, spk(name))[0] for name in ("start", "end"))
        for steps in (-1, 1, 30):
            faults = [_moved(ground, start, steps), _moved(ground, end, steps)]
            if int(lexical(start)) + steps >= 0:
                yield Fault(
                    f"{faults[0].site}, and the end with it",
                    faults[0].file,
                    removed=(start, end),
                    added=faults[0].added + faults[1].added,
                )


@operator
def end_before_start(ground: Ground) -> Iterator[Fault]:
    """Start and end of a passage or quotation are exchanged."""
    for each in ground.nodes("Passage", "Quotation"):
        start, end = (ground.about(each, spk(name))[0] for name in ("start", "end"))
        faults = [ground.put(start, end.object), ground.put(end, start.object)]
        yield Fault(
            faults[0].site,
            faults[0].file,
            removed=(start, end),
            added=faults[0].added + faults[1].added,
        )


@operator
def offset_negative(ground: Ground) -> Iterator[Fault]:
    """An offset counts from the end, as in Python."""
    for triple in (*_offsets(ground, "Passage"), *_offsets(ground, "Quotation")):
        yield ground.put(triple, number(-1 - int(lexical(triple))))


@operator
def checksum_altered(ground: Ground) -> Iterator[Fault]:
    """One digit of a checksum is another."""
    for triple in ground.facts("sha256"):
        first = lexical(triple)[0]
        yield ground.put(triple, Literal(("0" if first != "0" else "1") + lexical(triple)[1:]))


@operator
def checksum_of_another(ground: Ground) -> Iterator[Fault]:
    """A passage has the checksum of the next one, as after a slip of the line."""
    checksums = [t for t in ground.facts("sha256") if ground.kind(t.subject) == "Passage"]
    for triple, other in pairwise(checksums):
        yield ground.put(triple, other.object)


@operator
def checksum_malformed(ground: Ground) -> Iterator[Fault]:
    """A checksum is cut short or written in capitals."""
    for triple in ground.facts("sha256"):
        yield ground.put(triple, Literal(lexical(triple)[:-1]))
        yield ground.put(triple, Literal(lexical(triple).upper()))


@operator
def quotation_shifted(ground: Ground) -> Iterator[Fault]:
    """A quotation begins or ends some characters too early or too late."""
    for triple in _offsets(ground, "Quotation"):
        for steps in (-3, -1, 1, 3):
            yield _moved(ground, triple, steps)


@operator
def quotation_outside_passage(ground: Ground) -> Iterator[Fault]:
    """A quotation stands in another passage of the article than it says."""
    for each in ground.nodes("Quotation"):
        (cited,) = ground.about(each, spk("evidence"))
        here = ground.article(each)
        for other in [p for p in ground.nodes("Passage") if ground.article(p) == here][::8]:
            if other != cited.object:
                yield ground.put(cited, other)


@operator
def quotation_reworded(ground: Ground) -> Iterator[Fault]:
    """The words of a quotation have a letter more, a letter less, or a capital too few."""
    for triple in ground.facts("words"):
        literal = triple.object
        if isinstance(literal, Literal):
            for other in (literal.value + "n", literal.value[:-1], literal.value.swapcase()):
                yield ground.put(triple, Literal(other, language=literal.language))


@operator
def quotation_property_dropped(ground: Ground) -> Iterator[Fault]:
    """A quotation loses its words, start, end, checksum or passage."""
    for each in ground.nodes("Quotation"):
        for name in ("words", "start", "end", "sha256", "evidence"):
            yield ground.drop(*ground.about(each, spk(name)))
