"""Explanations for programs: what a triple stands on, as JSON."""

import json

from pyoxigraph import NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.derivation import Step
from standpunkt.explanation import Explanation, Near
from standpunkt.ground import Ground, Grounds
from standpunkt.phrasing import Phrasing
from standpunkt.wording import Wording


def to_json(
    explanation: Explanation, wording: Wording, grounds: Grounds, *, every: bool = False
) -> str:
    """Write the object of `to_object` as JSON."""
    content = to_object(explanation, wording, grounds, every=every)
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def to_object(
    explanation: Explanation, wording: Wording, grounds: Grounds, *, every: bool = False
) -> dict[str, object]:
    """Give an explanation as an object for JSON, with full IRIs beside labels.

    A step has its `triple`, and either a `rule` with `premises`, or the `ground` it stands on.
    Raises `FileError` as `Grounds.of` does.
    """
    return _Encoder(wording, grounds).explanation(explanation, every=every)


class _Encoder:
    """Makes objects for JSON."""

    def __init__(self, wording: Wording, grounds: Grounds) -> None:
        self._wording = wording
        self._phrasing = Phrasing(wording)
        self._grounds = grounds

    def explanation(self, explained: Explanation, *, every: bool) -> dict[str, object]:
        """Encode a whole explanation."""
        found = explained.supports if every or explained.needs else explained.supports[:1]
        content: dict[str, object] = {
            "triple": self._triple(explained.triple),
            "holds": explained.holds,
            "asserted": explained.asserted,
        }
        if explained.asserted:
            content["ground"] = self._ground(self._grounds.of(explained.triple))
        elif explained.holds:
            content["supportingFacts"] = len(explained.supports)
            content["supports"] = [
                {
                    **self._named(support.fact),
                    "ground": self._ground(self._grounds.of_fact(support.fact)),
                    "proof": self._step(support.proof),
                }
                for support in found
            ]
            content["proof"] = self._step(explained.proof)
            content["needs"] = explained.needs
        else:
            content["instead"] = [self._named(term) for term in explained.instead]
            content["ways"] = [[self._named(term) for term in way] for way in explained.ways]
            content["near"] = [self._near(near) for near in explained.near]
        return content

    def _near(self, near: Near) -> dict[str, object]:
        return {
            **self._named(near.fact),
            "links": [self._triple(triple) for triple in (*near.to_subject, *near.to_object)],
            "ground": self._ground(self._grounds.of_fact(near.fact)),
        }

    def _step(self, step: Step | None) -> dict[str, object] | None:
        if step is None:
            return None
        triple = step.as_triple()
        if step.rule is None:
            return {
                "triple": self._triple(triple),
                "ground": self._ground(self._grounds.of(triple)),
            }
        return {
            "triple": self._triple(triple),
            "rule": step.rule,
            "premises": [self._step(premise) for premise in step.premises],
        }

    def _ground(self, ground: Ground) -> dict[str, object]:
        sentences = ground.sentences or (None,) * len(ground.citations)
        return {
            "kind": ground.kind,
            "sources": ground.sources,
            "evidence": [
                {
                    **self._named(citation.passage),
                    "article": citation.article.value if citation.article else None,
                    "number": citation.number,
                    "start": citation.start,
                    "end": citation.end,
                    "words": [words.value for words in citation.words],
                    "text": text,
                }
                for citation, text in zip(ground.citations, sentences, strict=True)
            ],
        }

    def _triple(self, triple: Triple) -> dict[str, object]:
        names = ("subject", "predicate", "object")
        return {name: self._named(term) for name, term in zip(names, triple, strict=True)}

    def _named(self, term: Term) -> dict[str, str]:
        if isinstance(term, NamedNode):
            return {"iri": term.value, "label": self._phrasing.term(term)}
        return {"label": self._phrasing.term(term)}
