"""Coverage and verification of the evidence as text: for readers and for programs."""

import json
from collections.abc import Iterator

from pyoxigraph import NamedNode

from standpunkt.evidence import Coverage, Verification
from standpunkt.wording import Wording

_WORDS = {
    "en": {
        "note": "carries no fact, as a note says",
        "nothing": "carries nothing",
        "without": "has no evidence",
        "sentences": "{} sentences, {} with facts, {} with a note, {} with nothing",
        "facts": "{} facts without evidence",
        "spans": "{} spans checked, {} faults",
    },
    "de": {
        "note": "trägt laut Anmerkung keinen Fakt",
        "nothing": "trägt nichts",
        "without": "hat keinen Beleg",
        "sentences": "{} Sätze, {} mit Fakten, {} mit Anmerkung, {} mit nichts",
        "facts": "{} Fakten ohne Beleg",
        "spans": "{} Stellen geprüft, {} Fehler",
    },
}


def to_text(coverage: Coverage, verification: Verification | None, wording: Wording) -> str:
    """Write each sentence with its facts, then what is wrong, then one line of figures."""
    return "".join(f"{line}\n" for line in _lines(coverage, verification, wording))


def to_json(coverage: Coverage, verification: Verification | None, wording: Wording) -> str:
    """Write the same as JSON, with full IRIs and labels."""

    def named(node: NamedNode) -> dict[str, str]:
        return {"iri": node.value, "label": wording.term(node)}

    content: dict[str, object] = {
        "articles": [
            {
                **named(article),
                "sentences": [
                    {
                        **named(sentence.passage),
                        "number": sentence.number,
                        "facts": [named(fact) for fact in sentence.facts],
                        "carriesNoFact": sentence.carries_no_fact,
                    }
                    for sentence in sentences
                ],
            }
            for article, sentences in coverage.articles.items()
        ],
        "withoutEvidence": [named(node) for node in coverage.without_evidence],
        "brokenSeals": [
            {**named(fault.node), "message": fault.message[wording.language]}
            for fault in coverage.broken_seals
        ],
    }
    if verification is not None:
        content["checked"] = verification.checked
        content["faults"] = [
            {**named(fault.node), "message": fault.message[wording.language]}
            for fault in verification.faults
        ]
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _lines(
    coverage: Coverage, verification: Verification | None, wording: Wording
) -> Iterator[str]:
    words = _WORDS[wording.language]
    for sentence in coverage.sentences:
        nothing = words["note"] if sentence.carries_no_fact else words["nothing"]
        yield f"{wording.term(sentence.passage)}{'' if sentence.facts else ': ' + nothing}"
        yield from (f"  {wording.term(fact)}" for fact in sentence.facts)
    for node in coverage.without_evidence:
        yield f"{wording.term(node)}: {words['without']}"
    for fault in (*coverage.broken_seals, *(verification.faults if verification else ())):
        yield f"{wording.term(fault.node)}: {fault.message[wording.language]}"
    sentences = coverage.sentences
    with_facts = sum(bool(sentence.facts) for sentence in sentences)
    uncovered = len(coverage.uncovered)
    noted = len(sentences) - with_facts - uncovered
    figures = [
        words["sentences"].format(len(sentences), with_facts, noted, uncovered),
        words["facts"].format(len(coverage.without_evidence)),
    ]
    if verification is not None:
        figures.append(words["spans"].format(verification.checked, len(verification.faults)))
    yield "; ".join(figures)
