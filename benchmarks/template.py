"""The shipped graph as a text with marks, where each transcript of it has something of its own.

A corpus is written as text, since that is several times as fast as to lay out triples; the tests
hold it to the house layout.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import layout
from standpunkt.citation import digest, seal
from standpunkt.dossier import ARTICLES_GRAPH, LINKS_GRAPH, ONTOLOGY_GRAPH, Dossier
from standpunkt.namespaces import ID, PREFIXES, RDF, RDFS, SPK

_ACTORS = {"Group", "Organisation", "Person", "State"}
_ITEM = PREFIXES["wd"] + "Q"
# Wikidata has no item of eleven figures: what is made up here is nobody.
_BEYOND_WIKIDATA = 10**10

# The marks: after the name of a node, after that of a well-known one, in a label or name, before a
# file, before a sum, before what is sealed, around nodes and names that are to be put in order. No
# name of a node has two hyphens, and with them nodes are in the same order as with a number.
_OWN, _KNOWN = "--", "---"
_WORD, _FILE, _SUM, _SEAL, _BEGIN, _END = "\ue000\ue001\ue002\ue003\ue004\ue005"
_SUMS = re.compile(f"{_SUM}([0-9a-f]{{64}})")
_SEALS = re.compile(f'{_SEAL}([^"]*)')
_ITEMS = re.compile(rf"wd:Q(\d+){_OWN}")
_KNOWNS = re.compile(rf"id:([a-z0-9-]+?){_KNOWN}")
_MEMBER = r'\n {8}(?:id:[^ \n]+|"[^"\n]+"(?= [,;]))'
_LISTS = re.compile(rf"(?:{_MEMBER} ,)+{_MEMBER}")
_UNORDERED = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_MENTIONS = re.compile(r"(?<=    spk:evidence)[^;]*(?= ;)")
_LABEL = RDFS + "label"


class Template:
    """The shipped graph as marked texts, and what has to be known about it to transcribe it."""

    def __init__(self, dossier: Dossier) -> None:
        """Take the dossier that is shipped."""
        ontology, facts, links = dossier.graphs(
            ONTOLOGY_GRAPH, ARTICLES_GRAPH, LINKS_GRAPH
        ).values()
        self._kinds = {
            s.value: o.value.removeprefix(SPK) for s, p, o in facts if p.value == RDF + "type"
        }
        count = Counter(self._kinds.values())
        self.statements, self.articles = count["Statement"], count["Article"]
        article_of = _values(facts, "inArticle")
        evidence = _values(facts, "evidence")
        self._homes = article_of | {
            node: {article for passage in passages for article in article_of[passage]}
            for node, passages in evidence.items()
        }
        self.evidence = {_name(node): sorted(map(_name, each)) for node, each in evidence.items()}
        self._sealed = _sealed(facts, self._homes)
        self._moved = self._well_known(facts, _stances(ontology))
        self.known = {_name(node) for _, _, node in self._moved}
        self.facts, self.links = self._text(facts), self._text(links)

    def transcribe(self, text: str, number: int, known: Mapping[str, str]) -> list[str]:
        """Write the transcript of a text as blocks, one a subject; that of the number 0 is shipped.

        `known` names, by the name of each well-known node, the one that takes its place.
        """
        text = _SEALS.sub(lambda found: self._seal(found[1], number), text)
        text = _SUMS.sub(lambda found: _sum(found[1], number), text)
        text = _ITEMS.sub(lambda found: f"wd:Q{int(found[1]) + number * _BEYOND_WIKIDATA}", text)
        text = _KNOWNS.sub(lambda found: f"id:{known[found[1]]}", text)
        text = text.replace(_OWN, suffix(number))
        text = text.replace(_WORD, f" {number}" if number else "")
        text = _UNORDERED.sub(lambda found: _in_order(found[1].split(" ,")), text)
        text = text.replace(_FILE, f"{number:05}-" if number else "")
        return text.split("\n\n")

    def _seal(self, article: str, number: int) -> str:
        """Give the seal of an article in a transcript."""
        whole, spans = self._sealed[article]
        return seal(
            _sum(whole, number),
            [(start, end, _sum(each, number) if new else each) for start, end, each, new in spans],
        )

    def _well_known(self, facts: list[Triple], stances: set[str]) -> set[tuple[str, str, str]]:
        """Give the facts whose object may be that of another transcript."""
        sides = defaultdict[str, set[str]](set)
        for subject, predicate, term in facts:
            if predicate.value in stances:
                sides[term.value] |= self._homes[subject.value]
        # What a proposition is about stays, for it has no evidence and so no article: an actor that
        # a proposition is about is still used where all else goes to its more famous likes.
        actors = {
            o.value
            for s, _, o in facts
            if self._kinds.get(o.value) in _ACTORS
            and s.value not in self._homes
            and len(self._homes.get(o.value, ())) > 1
        }
        positions = {
            node
            for node, homes in sides.items()
            if len(homes) > 1 and self._kinds[node] == "Position"
        }
        return {
            (s.value, p.value, o.value)
            for s, p, o in facts
            if (o.value in positions and p.value in stances)
            or (o.value in actors and s.value in self._homes)
        }

    def _text(self, triples: list[Triple]) -> str:
        """Lay out shipped triples with marks where transcripts differ."""
        text = layout.lay_out([self._marked(triple) for triple in triples], {})
        return _LISTS.sub(_put_in_order, text)

    def _marked(self, triple: Triple) -> Triple:
        subject, predicate, term = triple
        if isinstance(term, Literal):
            text = self._marked_text(subject.value, predicate.value, term.value)
            term = (
                Literal(text, language=term.language)
                if term.language
                else Literal(text, datatype=term.datatype)
            )
        elif (subject.value, predicate.value, term.value) in self._moved:
            term = NamedNode(term.value + _KNOWN)
        elif term.value.startswith((ID, _ITEM)):
            term = NamedNode(term.value + _OWN)
        return Triple(NamedNode(subject.value + _OWN), predicate, term)

    def _marked_text(self, subject: str, predicate: str, text: str) -> str:
        kind = self._kinds.get(subject)
        if predicate == _LABEL and kind == "Passage":
            article, comma, place = text.rpartition(",")  # its end has to be its kind and number
            return f"{article}{_WORD}{comma}{place}"
        if predicate in {_LABEL, SPK + "name"}:
            return text + _WORD
        if predicate == SPK + "seal":
            return _SEAL + subject
        if predicate == SPK + "sha256" and kind != "Quotation":
            return _SUM + text
        return _FILE + text if predicate == SPK + "file" else text


# The checksum of an article, and its spans: start, end, checksum, and whether transcripts have
# another one. The words of a quotation stay, and so does their checksum.
_Sealed = tuple[str, list[tuple[int, int, str, bool]]]


def _sealed(facts: list[Triple], homes: dict[str, set[str]]) -> dict[str, _Sealed]:
    numbers = {
        name: {node: int(value) for node, (value,) in _values(facts, name).items()}
        for name in ("start", "end")
    }
    sums = {node: value for node, (value,) in _values(facts, "sha256").items()}
    words = _values(facts, "words")
    sealed: dict[str, _Sealed] = {
        article: (sums[article], []) for article in sums if article not in numbers["start"]
    }
    for node, start in numbers["start"].items():
        (article,) = homes[node]
        sealed[article][1].append((start, numbers["end"][node], sums[node], node not in words))
    return sealed


def _stances(ontology: list[Triple]) -> set[str]:
    return {
        s.value
        for s, p, o in ontology
        if p.value == RDFS + "subPropertyOf" and o.value == SPK + "addresses"
    }


def _values(facts: list[Triple], name: str) -> dict[str, set[str]]:
    values = defaultdict[str, set[str]](set)
    for subject, predicate, term in facts:
        if predicate.value == SPK + name:
            values[subject.value].add(term.value)
    return dict(values)


def _name(node: str) -> str:
    return node.removeprefix(ID)


def suffix(number: int) -> str:
    """Give what the names of a transcript end with."""
    return f"-{number:05}" if number else ""


def _sum(known: str, number: int) -> str:
    return digest(f"{number} {known}") if number else known


def _put_in_order(members: re.Match[str]) -> str:
    changes = _KNOWN in members[0] or _WORD in members[0]
    return f"{_BEGIN}{members[0]}{_END}" if changes else members[0]


def _in_order(members: Iterable[str]) -> str:
    return " ,".join(sorted(members, key=lambda member: member.rstrip('"')))


def with_mentions(block: str, more: list[str]) -> str:
    """Add passages to those that a block has as its evidence; each is a line of Turtle."""

    def merged(found: re.Match[str]) -> str:
        own = (f"\n        {each.strip()}" for each in found[0].split(" ,"))
        return _in_order([*own, *more])

    return _MENTIONS.sub(merged, block)
