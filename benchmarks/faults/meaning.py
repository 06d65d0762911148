"""Faults of meaning: another fact that could be true as well. Only the article can tell."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from benchmarks.faults.ground import LABEL, Fault, Ground, after, lexical, number, spk, typed
from benchmarks.faults.operators import semantic
from benchmarks.faults.outside import identities
from benchmarks.faults.statements import stances
from benchmarks.faults.texts import texts
from standpunkt.namespaces import PREFIXES, XSD

_LIKE_ANOTHER = {
    "asserts": "denies",
    "considers": "questions",
    "demands": "endorses",
    "endorses": "demands",
    "fears": "predicts",
    "predicts": "fears",
    "questions": "asserts",
    "rejects": "questions",
}
# What a fact may have, and need not.
_DETAILS = (
    "about",
    "addressee",
    "agreesWith",
    "becauseOf",
    "contradicts",
    "date",
    "doneBy",
    "followsFrom",
    "givesReasonFor",
    "implies",
    "medium",
    "occasion",
    "participant",
    "place",
    "possibleSpeaker",
    "reportedBy",
    "spokenAs",
)


@semantic
def speaker_exchanged(ground: Ground) -> Iterator[Fault]:
    """Another actor of the same article speaks."""
    for triple in ground.facts("speaker"):
        here = ground.article(triple.subject)
        kind = ground.kind(triple.object)
        present = [
            actor
            for actor in ground.nodes(kind)
            if here in {ground.article(p) for p in ground.objects(actor, "evidence")}
        ]
        for other in after(present, triple.object):
            yield ground.put(triple, other)


@semantic
def stance_exchanged(ground: Ground) -> Iterator[Fault]:
    """The speaker takes another stance that the proposition allows."""
    for triple in stances(ground):
        name = triple.predicate.value.partition("#")[2]
        if name in _LIKE_ANOTHER:
            yield ground.put(triple, predicate=spk(_LIKE_ANOTHER[name]))


@semantic
def proposition_exchanged(ground: Ground) -> Iterator[Fault]:
    """The speaker takes the stance on another proposition of the same kind."""
    for triple in stances(ground):
        for other in after(ground.nodes(ground.kind(triple.object)), triple.object, 2):
            yield ground.put(triple, other)


@semantic
def condition_turned(ground: Ground) -> Iterator[Fault]:
    """An "if" becomes an "unless", or the other way round."""
    for triple in ground.facts("if", "unless"):
        other = "unless" if triple.predicate == spk("if") else "if"
        yield ground.put(triple, predicate=spk(other))


@semantic
def condition_of_prediction_dropped(ground: Ground) -> Iterator[Fault]:
    """A prediction, a consideration or a fear loses its condition, and stands without."""
    for triple in ground.facts("if", "ifUnderstood", "unless"):
        if not ground.objects(triple.subject, "threatens"):
            yield ground.drop(triple)


@semantic
def certainty_exchanged(ground: Ground) -> Iterator[Fault]:
    """What is possible is stated, what is stated is only likely."""
    for triple in ground.facts("certainty"):
        for other in ("Likely", "Possible", "Stated"):
            if triple.object != spk("Open"):
                yield ground.put(triple, spk(other))


@semantic
def directness_exchanged(ground: Ground) -> Iterator[Fault]:
    """A paraphrase is taken for reported speech, a full quote for a part quote."""
    pairs = {"FullQuote": "PartQuote", "Paraphrase": "ReportedSpeech"}
    pairs |= {other: one for one, other in pairs.items()}
    for triple in ground.facts("directness"):
        for one, other in pairs.items():
            if triple.object == spk(one):
                yield ground.put(triple, spk(other))


@semantic
def evidence_of_the_next_sentence(ground: Ground) -> Iterator[Fault]:
    """A fact's evidence is the next sentence of the same article."""
    for triple in ground.facts("evidence"):
        here = ground.article(triple.object)
        passages = [p for p in ground.nodes("Passage") if ground.article(p) == here]
        for other in after(passages, triple.object):
            yield ground.put(triple, other)


@semantic
def evidence_thinned(ground: Ground) -> Iterator[Fault]:
    """Of several passages that a fact stands on, one is left out."""
    for triple in ground.facts("evidence"):
        if len(ground.objects(triple.subject, "evidence")) > 1:
            yield ground.drop(triple)


@semantic
def value_miscopied(ground: Ground) -> Iterator[Fault]:
    """A figure is off by a digit, and still possible."""
    for triple in ground.facts("value"):
        literal = triple.object
        if isinstance(literal, Literal):
            changed = ("2" if literal.value[0] == "1" else "1") + literal.value[1:]
            yield ground.put(triple, typed(changed, literal.datatype.value[len(XSD) :]))
    for triple in ground.facts("date", "period"):
        literal = triple.object
        if isinstance(literal, Literal):
            earlier = f"{int(literal.value[:4]) - 1}{literal.value[4:]}"
            yield ground.put(triple, typed(earlier, literal.datatype.value[len(XSD) :]))


@semantic
def office_exchanged(ground: Ground) -> Iterator[Fault]:
    """A member holds another office of the same article, or belongs to another organisation."""
    for triple in ground.facts("office", "organisation"):
        for other in after(ground.nodes(ground.kind(triple.object)), triple.object):
            yield ground.put(triple, other)


@semantic
def detail_dropped(ground: Ground) -> Iterator[Fault]:
    """A fact loses what it may have but need not: a date, a place, a topic, a reason."""
    for triple in ground.facts(*_DETAILS):
        if ground.kind(triple.subject) != "OutsideFact":
            yield ground.drop(triple)


@semantic
def statement_dropped(ground: Ground) -> Iterator[Fault]:
    """A statement is left out; another fact of its passage hides the gap."""
    for each in ground.nodes("Statement"):
        yield ground.drop(*ground.about(each))


@semantic
def languages_exchanged(ground: Ground) -> Iterator[Fault]:
    """The German text is tagged as English, and the English one as German."""
    for triple, literal in texts(ground):
        if literal.language == "de":
            for other in ground.about(triple.subject, triple.predicate):
                english = other.object
                if isinstance(english, Literal) and english.language == "en":
                    german = Literal(english.value, language="de")
                    fault = ground.put(triple, german)
                    back = Literal(literal.value, language="en")
                    yield Fault(
                        f"{fault.site} (languages exchanged)",
                        fault.file,
                        removed=(triple, other),
                        added=(*fault.added, Triple(other.subject, other.predicate, back)),
                    )


@semantic
def label_reworded(ground: Ground) -> Iterator[Fault]:
    """A label says something else than the node is."""
    for each in ground.nodes("Statement", "Proposition", "Position", "Event"):
        for triple in ground.about(each, LABEL):
            literal = triple.object
            if isinstance(literal, Literal):
                other = " ".join(reversed(literal.value.split(" ")))
                yield ground.put(triple, Literal(other, language=literal.language))


@semantic
def identity_exchanged(ground: Ground) -> Iterator[Fault]:
    """A node is the same as another item of Wikidata."""
    for triple in identities(ground):
        item = int(lexical(triple).rpartition("Q")[2])
        yield ground.put(triple, NamedNode(f"{PREFIXES['wd']}Q{item + 1}"))


@semantic
def name_misspelt(ground: Ground) -> Iterator[Fault]:
    """A name has a letter less, or an article's file another name."""
    for triple in ground.facts("name", "file"):
        if isinstance(triple.object, Literal):
            yield ground.put(triple, Literal(lexical(triple)[:-1]))


@semantic
def passage_count_shifted(ground: Ground) -> Iterator[Fault]:
    """An article's first passage has the number 0 and not 1."""
    for triple in ground.facts("number"):
        if triple.object == number(1):
            yield ground.put(triple, number(0))
