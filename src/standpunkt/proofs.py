"""Explanations for readers: what a triple stands on, as a tree."""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from standpunkt.answer import Term
from standpunkt.derivation import Step
from standpunkt.explanation import Explanation, Near
from standpunkt.ground import DEFINITION, FACT, OUTSIDE, Ground, Grounds
from standpunkt.namespaces import SPK
from standpunkt.page import Page
from standpunkt.phrasing import Phrasing
from standpunkt.rulebook import rule
from standpunkt.wording import Wording

_WORDS = {
    "de": {
        "asserted": "so festgehalten:",
        "ours": "so festgelegt: laut Definition",
        "definition": "laut Definition: {}",
        "outside": "Wissen von außerhalb der Artikel, Quelle: {}",
        "span": "{}, Zeichen {} bis {}",
        "another": "der Artikel hat dort einen anderen Text",
        "above": "Beleg wie oben",
        "one": "folgt aus einem Fakt:",
        "another fact": "Ein weiterer Fakt trägt das allein: siehe --all",
        "more": "{} weitere Fakten tragen das, jeder allein: siehe --all",
        "each": "folgt aus {} Fakten, aus jedem allein:",
        "definitions": "folgt aus Definitionen, oder aus mehreren Fakten zusammen:",
        "tree": "der Beweis Schritt für Schritt: {}",
        "not": "gilt nicht: {}",
        "instead": "was da steht: {}",
        "statement": "keine Aussage von {} hat dazu die Haltung {}",
        "way": "auch {} führt nicht hin",
        "nearest": "am nächsten kommt:",
        "or": " oder ",
        "if": "falls {}",
        "unless": "sofern nicht {}",
    },
    "en": {
        "asserted": "asserted:",
        "ours": "asserted by definition",
        "definition": "by definition: {}",
        "outside": "knowledge from outside the articles, source: {}",
        "span": "{}, characters {} to {}",
        "another": "the article has another text there",
        "above": "evidence as above",
        "one": "follows from one fact:",
        "another fact": "One more fact carries this alone: see --all",
        "more": "{} more facts carry this, each alone: see --all",
        "each": "follows from {} facts, from each alone:",
        "definitions": "follows from definitions, or from several facts together:",
        "tree": "the proof step by step: {}",
        "not": "does not hold: {}",
        "instead": "what stands there: {}",
        "statement": "no statement of {} {} it",
        "way": "nor does {} lead there",
        "nearest": "what comes nearest:",
        "or": " or ",
        "if": "if {}",
        "unless": "unless {}",
    },
}
_IS_SPEAKER = NamedNode(SPK + "isSpeakerOf")
_SPEAKER = NamedNode(SPK + "speaker")
_CONDITIONS = {"if": NamedNode(SPK + "if"), "unless": NamedNode(SPK + "unless")}
_INDENT = "  "
# Before a premise, and before the lines below it: where others follow, and for the last.
_BRANCHES = (("├─ ", "│  "), ("└─ ", "   "))


def to_text(
    explanation: Explanation,
    wording: Wording,
    grounds: Grounds,
    page: Page,
    *,
    every: bool = False,
) -> str:
    """Write an explanation for readers: with the plainest proof, or with `every` all of them.

    Raises `FileError` as `Grounds.of` does.
    """
    lines = _Scribe(wording, grounds, page).explanation(explanation, every=every)
    return "".join(f"{line}\n" for line in lines)


class _Scribe:
    """Writes one explanation; evidence that was written once is only pointed at."""

    def __init__(self, wording: Wording, grounds: Grounds, page: Page) -> None:
        self._words = _WORDS[wording.language]
        self._wording = wording
        self._phrasing = Phrasing(wording)
        self._grounds = grounds
        self._page = page
        self._written: set[object] = set()

    def explanation(self, explained: Explanation, *, every: bool) -> Iterator[str]:
        """Give the lines of a whole explanation."""
        triple = explained.triple
        if not explained.holds:
            yield from self._refusal(explained)
            return
        if explained.asserted:
            yield from self._wrapped(self._phrasing.triple(triple))
            ground = self._grounds.of(triple)
            yield self._words["ours" if ground.kind == DEFINITION else "asserted"]
            yield from self._ground(ground, _INDENT)
            return
        if explained.needs:
            yield from self._wrapped(self._phrasing.triple(triple))
            yield from self._facts(explained)
            return
        found = explained.supports
        if not found:
            yield self._words["definitions"]
            yield from self._tree(explained.proof)
        elif every and len(found) > 1:
            yield self._words["each"].format(len(found))
            for number, support in enumerate(found, start=1):
                yield from ("", self._page.bold(f"{number}. {self._wording.term(support.fact)}"))
                self._written.clear()
                yield from self._tree(support.proof)
        else:
            yield from self._tree(found[0].proof)
            if others := len(found) - 1:
                word = "another fact" if others == 1 else "more"
                yield from ("", self._words[word].format(others))

    def _refusal(self, explained: Explanation) -> Iterator[str]:
        """Say that a triple does not hold, what is missing, and what comes nearest."""
        subject, predicate, object_ = explained.triple
        yield from self._wrapped(self._words["not"].format(self._phrasing.triple(explained.triple)))
        if explained.instead:
            listed = self._words["or"].join(map(self._phrasing.term, explained.instead))
            yield from self._wrapped(self._words["instead"].format(listed))
        stances = [way[1] for way in explained.ways if way[0] == _IS_SPEAKER]
        if stances:
            listed = self._words["or"].join(map(self._stance, stances))
            said = self._words["statement"].format(self._wording.term(subject), listed)
            yield from self._wrapped(said)
        for way in explained.ways:
            if way[0] not in (_IS_SPEAKER, predicate):
                yield from self._wrapped(self._words["way"].format(self._phrasing.chain(way)))
        if explained.near:
            yield self._words["nearest"]
        for near in explained.near:
            yield from self._wrapped(self._near(near, object_), _INDENT)
            yield from self._ground(self._grounds.of_fact(near.fact), _INDENT * 2)

    def _stance(self, stance: Term) -> str:
        """Write a stance; in German, where a verb may be in two parts, in quotation marks."""
        written = self._wording.term(stance)
        return self._phrasing.quoted(written) if self._wording.language == "de" else written

    def _near(self, near: Near, object_: Term) -> str:
        """Write a fact with what it has to do with the two nodes, and its conditions."""
        fact = self._wording.term(near.fact)
        links = [
            self._wording.term(link.predicate)
            + (
                f" {self._phrasing.quoted(self._wording.term(link.object))}"
                * (link.object != object_)
            )
            for link in near.to_object
        ]
        links += [
            f"{self._wording.term(link.predicate)} {self._wording.term(link.object)}"
            for link in near.to_subject
            if link.predicate != _SPEAKER
        ]
        conditions = [
            self._words[word].format(self._phrasing.quoted(self._wording.term(triple.object)))
            for word, predicate in _CONDITIONS.items()
            for triple in sorted(self._wording.store.triples(near.fact, predicate), key=str)
        ]
        return f"{', '.join(links)}: {', '.join([fact, *conditions])}"

    def _facts(self, explained: Explanation) -> Iterator[str]:
        """List what carries a triple where there is no proof, and say how to get one."""
        if not explained.supports:
            yield self._words["definitions"]
        elif len(explained.supports) > 1:
            yield self._words["each"].format(len(explained.supports))
        else:
            yield self._words["one"]
        for support in explained.supports:
            yield from self._wrapped(self._wording.term(support.fact), _INDENT)
            yield from self._ground(self._grounds.of_fact(support.fact), _INDENT * 2)
        yield self._words["tree"].format(explained.needs)

    def _tree(self, step: Step | None, first: str = "", rest: str = "") -> Iterator[str]:
        """Write a step and, below it, what it follows from; `first` and `rest` go before lines."""
        if step is None:
            return
        triple = step.as_triple()
        written = self._phrasing.triple(triple)
        if step.rule:
            said = f"{written} ({rule(step.rule, self._wording.language)})"
            yield from self._wrapped(said, first, rest)
        else:
            ground = self._grounds.of(triple)
            said = self._words["definition"].format(written)
            yield from self._wrapped(said if ground.kind == DEFINITION else written, first, rest)
            if ground.kind == FACT and triple.subject in self._written:
                yield f"{rest}{_INDENT}{self._words['above']}"
            else:
                self._written.add(triple.subject)
                yield from self._ground(ground, rest + _INDENT)
        for number, premise in enumerate(step.premises, start=1):
            branch, below = _BRANCHES[number == len(step.premises)]
            yield from self._tree(premise, rest + branch, rest + below)

    def _ground(self, ground: Ground, margin: str) -> Iterator[str]:
        """Write what an asserted triple stands on."""
        if ground.kind == OUTSIDE:
            said = self._words["outside"].format("; ".join(ground.sources) or "?")
            yield from self._wrapped(said, margin)
        for number, citation in enumerate(ground.citations):
            passage = self._wording.term(citation.passage)
            span = self._words["span"].format(passage, citation.start, citation.end)
            yield from self._wrapped(span if citation.start >= 0 else passage, margin)
            for words in citation.words:
                yield from self._wrapped(self._phrasing.quoted(words.value), margin + _INDENT)
            if ground.sentences is not None:
                text = ground.sentences[number] or f"({self._words['another']})"
                yield from self._wrapped(f"> {text}", margin + _INDENT)

    def _wrapped(self, text: str, first: str = "", rest: str | None = None) -> Iterator[str]:
        below = first if rest is None else rest
        start, *others = self._page.wrap(text, len(first), len(_INDENT))
        yield first + start
        yield from (below + line for line in others)
