"""Whether the evidence holds: what hangs on each sentence, and whether it stands where it says.

A passage is a span of an article's text, by offsets and by the SHA-256 of its UTF-8 bytes; the
text itself is not in the dossier. Whoever has the articles can check every span against them.
Whoever has none sees by the seal of an article whether its spans are still those that were checked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standpunkt.citation import Articles, has_hash, seal
from standpunkt.dossier import Dossier
from standpunkt.errors import FileError
from standpunkt.nodes import Nodes
from standpunkt.store import Store

# What is no fact without a passage: the classes that the articles fill.
FACTS = (
    "Event",
    "Figure",
    "Law",
    "Membership",
    "Office",
    "Quotation",
    "Requirement",
    "Slip",
    "Statement",
)
# What is wrong with an article's file, without Windows line ends and with them.
_ANOTHER_TEXT = (
    {
        "de": "die Datei ist nicht der Text, den das Dossier kennt",
        "en": "its file is not the text that the dossier knows",
    },
    {
        "de": "die Datei ist nicht der Text, den das Dossier kennt; sie hat Windows-Zeilenenden",
        "en": "its file is not the text that the dossier knows; it has Windows line ends",
    },
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage of an article, and what hangs on it: facts by IRI, in alphabetical order."""

    passage: NamedNode
    number: int
    facts: tuple[NamedNode, ...]
    carries_no_fact: bool

    @property
    def is_covered(self) -> bool:
        """Tell whether a fact hangs on it, or a note says why none does."""
        return bool(self.facts) or self.carries_no_fact


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of each article in the order of the text, and the facts without evidence.

    `broken_seals` are the articles whose spans are others than those that were sealed.
    """

    articles: dict[NamedNode, list[Sentence]]
    without_evidence: list[NamedNode]
    broken_seals: list["Fault"]

    @property
    def sentences(self) -> list[Sentence]:
        """Give the sentences of all articles."""
        return [sentence for article in self.articles.values() for sentence in article]

    @property
    def uncovered(self) -> list[Sentence]:
        """Give the sentences on which neither a fact hangs nor a note."""
        return [sentence for sentence in self.sentences if not sentence.is_covered]

    @property
    def holds(self) -> bool:
        """Tell whether every sentence is covered, every fact has evidence, and the seals hold."""
        return not (self.uncovered or self.without_evidence or self.broken_seals)


@dataclass(frozen=True, slots=True)
class Fault:
    """A span that is not what the dossier says: the node, and a line on it in each language."""

    node: NamedNode
    message: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verification:
    """How many spans were compared with the articles, and what is wrong."""

    checked: int
    faults: list[Fault]


def coverage(dossier: Dossier) -> Coverage:
    """List each article sentence by sentence with what hangs on it.

    Raises `FileError` and `ParseError` as `turtle.read` does.
    """
    nodes = Nodes(Store.asserted(dossier))
    articles: dict[NamedNode, list[Sentence]] = {
        article: [] for article in nodes.instances("Article")
    }
    for passage in nodes.instances("Passage"):
        article = nodes.get(passage, "inArticle")
        if isinstance(article, NamedNode):
            facts = {*nodes.pointing("evidence", passage)}
            facts |= {*nodes.named(passage, "depicts"), *nodes.named(passage, "credits")}
            articles.setdefault(article, []).append(
                Sentence(
                    passage,
                    nodes.number(passage, "number"),
                    tuple(sorted(facts, key=str)),
                    nodes.get(passage, "carriesNoFact") is not None,
                )
            )
    for sentences in articles.values():
        sentences.sort(key=lambda sentence: (sentence.number, str(sentence.passage)))
    facts_of_all = (node for kind in FACTS for node in nodes.instances(kind))
    without = [node for node in facts_of_all if nodes.get(node, "evidence") is None]
    return Coverage(articles, without, list(_broken_seals(nodes)))


def verify(dossier: Dossier, folder: Path) -> Verification:
    """Compare each passage and quotation with the texts of the articles in a folder.

    An article's file is the one that `spk:file` names. Nothing is moved: a span that does not
    hold is a fault, which names where its text does stand, if anywhere. An article whose file is
    missing, unreadable or not the text that the dossier knows is one fault more; its spans are
    compared wherever there is a text.

    Raises `DossierError` where there is no such folder.
    """
    store = Store.asserted(dossier)
    articles = Articles(store, folder)
    nodes = Nodes(store)
    faults: list[Fault] = []
    texts: dict[object, str] = {}
    for article in nodes.instances("Article"):
        try:
            texts[article] = articles.text(article)
        except FileError as error:
            faults.append(Fault(article, {"de": str(error), "en": str(error)}))
            continue
        if not has_hash(nodes.get(article, "sha256"), texts[article]):
            faults.append(Fault(article, _ANOTHER_TEXT["\r\n" in texts[article]]))
    checked = 0
    for node, home in _spans(nodes):
        if home in texts:
            checked += 1
            fault = _fault(nodes, node, texts[home])
            faults += [Fault(node, fault)] if fault else []
    return Verification(checked, faults)


def _broken_seals(nodes: Nodes) -> Iterator[Fault]:
    """Find the articles whose spans make another seal than `spk:seal` says."""
    spans = list(_spans(nodes))
    for article in nodes.instances("Article"):
        known = nodes.get(article, "seal")
        inside = (_span(nodes, node) for node, home in spans if home == article)
        now = seal(nodes.text(article, "sha256"), inside)
        if isinstance(known, Literal) and known.value != now:
            yield Fault(
                article,
                {
                    "de": "andere Textstellen als die, die versiegelt wurden; mit --articles DIR"
                    f" prüfen und dann spk:seal {now!r} eintragen",
                    "en": "its spans are others than those that were sealed; check them with"
                    f" --articles DIR, and then enter spk:seal {now!r}",
                },
            )


def _spans(nodes: Nodes) -> Iterator[tuple[NamedNode, NamedNode | Literal | None]]:
    """Give the passages, then the quotations, each with the article that it stands in."""
    for node in (*nodes.instances("Passage"), *nodes.instances("Quotation")):
        passage = nodes.get(node, "evidence") or node
        yield node, nodes.get(passage, "inArticle") if isinstance(passage, NamedNode) else None


def _span(nodes: Nodes, node: NamedNode) -> tuple[int, int, str]:
    """Give start, end and hash of a passage or a quotation."""
    return nodes.number(node, "start"), nodes.number(node, "end"), nodes.text(node, "sha256")


def _fault(nodes: Nodes, node: NamedNode, text: str) -> dict[str, str] | None:
    """Say by language what is wrong with a span, or nothing."""
    start, end = nodes.number(node, "start"), nodes.number(node, "end")
    known, words = nodes.get(node, "sha256"), nodes.get(node, "words")
    there = text[start:end] if 0 <= start < end <= len(text) else ""
    if has_hash(known, there):
        if isinstance(words, Literal) and words.value != there:
            return {
                "de": f"die Worte bei {start} bis {end} sind andere als in spk:words",
                "en": f"the words at {start} to {end} are others than spk:words has",
            }
        return None
    place, length = -1, end - start
    if isinstance(words, Literal):
        place, length = text.find(words.value), len(words.value)
    elif length > 0:
        places = range(len(text) - length + 1)
        place = next((at for at in places if has_hash(known, text[at : at + length])), -1)
    german, english = "steht nicht im Artikel", "is not in the article"
    if place >= 0:
        german = f"steht bei {place} bis {place + length}"
        english = f"stands at {place} to {place + length}"
    return {
        "de": f"der Text bei {start} bis {end} ist ein anderer; was gemeint ist, {german}",
        "en": f"the text at {start} to {end} is another; what is meant {english}",
    }
