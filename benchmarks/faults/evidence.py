"""Faults of evidence: what a fact stands on, and what hangs on a passage."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from benchmarks.faults.ground import TYPE, Fault, Ground, after, lexical, node, number, spk
from benchmarks.faults.operators import operator
from standpunkt.evidence import FACTS


def passages(ground: Ground, article: object) -> list[NamedNode]:
    """Give the passages of an article, or of the others where it is no article."""
    return [each for each in ground.nodes("Passage") if ground.article(each) == article]


@operator
def evidence_dropped(ground: Ground) -> Iterator[Fault]:
    """A fact, an actor, a place or a medium loses all of its evidence."""
    for each in ground.nodes():
        cited = ground.about(each, spk("evidence"))
        if cited:
            yield ground.drop(*cited)


@operator
def evidence_of_other_article(ground: Ground) -> Iterator[Fault]:
    """A fact's evidence becomes the passage of the same number in the other article."""
    for each in ground.nodes(*FACTS):
        for triple in ground.about(each, spk("evidence")):
            here = ground.article(triple.object)
            there = [p for p in ground.nodes("Passage") if ground.article(p) != here]
            same = ground.objects(triple.object, "number")
            found = [p for p in there if ground.objects(p, "number") == same] or there[:1]
            yield ground.put(triple, found[0])


@operator
def evidence_without_passage(ground: Ground) -> Iterator[Fault]:
    """Evidence points at a passage that does not exist."""
    for triple in ground.facts("evidence"):
        if isinstance(triple.object, NamedNode):
            yield ground.put(triple, NamedNode(lexical(triple) + "00"))


@operator
def evidence_in_no_passage(ground: Ground) -> Iterator[Fault]:
    """Evidence points at the article and not at a passage of it."""
    for triple in ground.facts("evidence"):
        article = ground.article(triple.object)
        if article != triple.subject:
            yield ground.put(triple, article)


@operator
def passage_dropped(ground: Ground) -> Iterator[Fault]:
    """A passage is left out, although facts hang on it."""
    for each in ground.nodes("Passage"):
        yield ground.drop(*ground.about(each))


@operator
def passage_in_other_article(ground: Ground) -> Iterator[Fault]:
    """A passage is moved to the other article."""
    for triple in ground.facts("inArticle"):
        for other in after(ground.nodes("Article"), triple.object):
            yield ground.put(triple, other)


@operator
def passage_renumbered(ground: Ground) -> Iterator[Fault]:
    """A passage has the number of the next one."""
    for triple in ground.facts("number"):
        yield ground.put(triple, number(int(lexical(triple)) + 1))


@operator
def passage_of_other_kind(ground: Ground) -> Iterator[Fault]:
    """A sentence is called a heading, a heading a caption, and so on."""
    kinds = sorted({triple.object for triple in ground.facts("kind")}, key=str)
    for triple in ground.facts("kind"):
        for other in after(kinds, triple.object):
            yield ground.put(triple, other)


@operator
def passage_property_dropped(ground: Ground) -> Iterator[Fault]:
    """A passage loses its start, end, number, kind, checksum or article."""
    for triple in ground.facts("start", "end", "number", "kind", "sha256", "inArticle"):
        yield ground.drop(triple)


@operator
def fact_denied(ground: Ground) -> Iterator[Fault]:
    """A passage that facts hang on is said to carry none."""
    known = ground.about(node("passage-b-23"), spk("carriesNoFact"))
    for each in ground.nodes("Passage"):
        if not ground.about(each, spk("carriesNoFact")):
            fault = ground.add(each, spk("carriesNoFact"), known[0].object)
            both = tuple(type(t)(each, t.predicate, t.object) for t in known)
            yield Fault(fault.site, fault.file, added=both)


@operator
def picture_on_sentence(ground: Ground) -> Iterator[Fault]:
    """Something that is no caption depicts an actor or gives a credit."""
    sentences = [p for p in ground.nodes("Passage") if spk("Sentence") in ground.objects(p, "kind")]
    for triple in ground.facts("credits", "depicts"):
        for other in sentences[::9]:
            yield ground.put(triple, subject=other)


@operator
def mention_of_another_class(ground: Ground) -> Iterator[Fault]:
    """A caption depicts or credits something that is no actor."""
    pool = ground.nodes("Place", "Position", "Quantity")
    for triple in ground.facts("credits", "depicts"):
        for other in pool[::9]:
            yield ground.put(triple, other)


@operator
def evidence_for_a_proposition(ground: Ground) -> Iterator[Fault]:
    """A proposition, which is nobody's fact, gets the evidence of a statement on it."""
    for triple in ground.facts("evidence"):
        if ground.kind(triple.subject) == "Statement":
            for said in ground.about(triple.subject):
                if ground.kind(said.object) in {"Position", "Proposition"}:
                    yield ground.put(triple, subject=said.object)


@operator
def class_of_evidence_dropped(ground: Ground) -> Iterator[Fault]:
    """A passage is no longer said to be one."""
    for each in ground.nodes("Passage", "Quotation"):
        yield ground.drop(*ground.about(each, TYPE))
