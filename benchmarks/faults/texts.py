"""Faults of texts for readers: labels, notes and their languages."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from benchmarks.faults.ground import LABEL, Fault, Ground, after, lexical, shown
from benchmarks.faults.operators import operator
from standpunkt.namespaces import SKOS, SPK

_OTHER = {"de": "en", "en": "de"}
_NOTES = (
    NamedNode(SKOS + "editorialNote"),
    NamedNode(SKOS + "note"),
    NamedNode(SPK + "timeNote"),
    NamedNode(SPK + "carriesNoFact"),
)


def texts(ground: Ground, *predicates: NamedNode) -> Iterator[tuple[Triple, Literal]]:
    """Give the texts with a language: of these properties, or labels and notes."""
    for triple in ground.facts():
        literal = triple.object
        if (
            triple.predicate in (predicates or (LABEL, *_NOTES))
            and isinstance(literal, Literal)
            and literal.language
        ):
            yield triple, literal


@operator
def labels_dropped(ground: Ground) -> Iterator[Fault]:
    """A node loses its labels."""
    for each in ground.nodes():
        yield ground.drop(*ground.about(each, LABEL))


@operator
def language_missing(ground: Ground) -> Iterator[Fault]:
    """A label or note is there in one language only."""
    for triple, _ in texts(ground):
        yield ground.drop(triple)


@operator
def language_doubled(ground: Ground) -> Iterator[Fault]:
    """A label or note is there twice in a language."""
    for triple, literal in texts(ground):
        more = Literal(literal.value + " (2)", language=literal.language)
        yield ground.add(triple.subject, triple.predicate, more)


@operator
def language_lost(ground: Ground) -> Iterator[Fault]:
    """A label or note has lost the tag of its language."""
    for triple, literal in texts(ground):
        yield ground.put(triple, Literal(literal.value))


@operator
def language_unknown(ground: Ground) -> Iterator[Fault]:
    """A label or note says that it is in a third language."""
    for triple, literal in texts(ground):
        yield ground.put(triple, Literal(literal.value, language="fr"))


@operator
def text_copied_between_languages(ground: Ground) -> Iterator[Fault]:
    """The English text is the German one once more, or the other way round."""
    for triple, literal in texts(ground):
        for other in ground.about(triple.subject, triple.predicate):
            if isinstance(other.object, Literal) and other.object.language != literal.language:
                yield ground.put(other, Literal(literal.value, language=other.object.language))


@operator
def label_empty(ground: Ground) -> Iterator[Fault]:
    """A label or note is empty, or nothing but a space."""
    for triple, literal in texts(ground):
        for text in ("", " "):
            yield ground.put(triple, Literal(text, language=literal.language))


@operator
def label_padded(ground: Ground) -> Iterator[Fault]:
    """A label begins or ends with a space."""
    for triple, literal in texts(ground, LABEL):
        for text in (f" {literal.value}", f"{literal.value} "):
            yield ground.put(triple, Literal(text, language=literal.language))


@operator
def label_of_another_node(ground: Ground) -> Iterator[Fault]:
    """A node has the label of the next node of its class, so that nobody can tell them apart."""
    for each in ground.nodes():
        others = after([n for n in ground.nodes() if ground.kind(n) == ground.kind(each)], each)
        for other in others:
            own, taken = ground.about(each, LABEL), ground.about(other, LABEL)
            faults = [
                ground.put(t, o.object)
                for t, o in zip(own, taken, strict=True)
                if isinstance(t.object, Literal)
            ]
            yield Fault(
                f"{shown(each)}: labels of {shown(other)}",
                faults[0].file,
                removed=tuple(own),
                added=tuple(triple for fault in faults for triple in fault.added),
            )


@operator
def words_in_another_language(ground: Ground) -> Iterator[Fault]:
    """The words of a quotation or a slip have another language than the article, or none."""
    for triple in ground.facts("isMeant", "standsThere", "words"):
        if isinstance(triple.object, Literal):
            yield ground.put(triple, Literal(lexical(triple), language="en"))
            yield ground.put(triple, Literal(lexical(triple)))
