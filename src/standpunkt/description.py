"""All that a graph knows of one node, with the evidence of each fact."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.namespaces import RDF, RDFS, SPK
from standpunkt.nodes import members
from standpunkt.store import Store
from standpunkt.wording import Wording

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_EVIDENCE = NamedNode(SPK + "evidence")
_QUOTATION = NamedNode(SPK + "quotation")
_WORDS = NamedNode(SPK + "words")
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Link:
    """One end of a triple, seen from the other.

    `text` is for readers. `inferred` tells what follows from what is asserted. Where the triple
    is a fact of this end, `evidence` has the labels of the passages that carry it, and
    `quotations` the words that it quotes.
    """

    term: Term
    text: str
    inferred: bool
    evidence: tuple[str, ...]
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The links of a node by one property."""

    predicate: NamedNode
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A node: its title, the labels of its classes, what is said of it, and what points to it.

    `triples` are the asserted ones among all these, in the order of their N-Triples text.
    """

    node: NamedNode
    title: str
    types: tuple[str, ...]
    outgoing: tuple[Group, ...]
    incoming: tuple[Group, ...]
    triples: tuple[Triple, ...]


def describe(
    dossier: Dossier,
    node: NamedNode,
    language: str = "en",
    inferred: Iterable[Triple] = (),
    *,
    store: Store | None = None,
) -> Description:
    """Describe a node of what a dossier asserts, in a language.

    `inferred` are triples that follow from the dossier. Those about the node appear, marked,
    unless an asserted triple links the same two nodes: they would say the same from the other
    side, or in a more general word. Of texts in several languages only that in `language` appears
    where there is one. Groups and links are in the order of the alphabet and of numbers. A
    `store` is asked in place of the dossier's own triples.
    """
    store = store or Store.asserted(dossier)
    asserted = sorted({*store.triples(node), *store.triples(object_=node)}, key=str)
    known = {_ends(triple) for triple in asserted}
    derived = [
        triple for triple in inferred if node in _ends(triple) and _ends(triple) not in known
    ]
    scribe = _Scribe(Wording(store, language), frozenset(derived))
    said = [triple for triple in (*asserted, *derived) if triple.subject == node]
    pointing = [
        triple
        for triple in (*asserted, *derived)
        if triple.object == node and isinstance(triple.subject, NamedNode)
    ]
    types = [triple for triple in said if triple.predicate == _TYPE and triple not in derived]
    in_title = {*types, *store.triples(node, _LABEL)}
    return Description(
        node=node,
        title=scribe.text(node),
        types=tuple(sorted(scribe.text(triple.object) for triple in types)),
        outgoing=scribe.groups((each, each.object) for each in said if each not in in_title),
        incoming=scribe.groups((each, each.subject) for each in pointing),
        triples=tuple(asserted),
    )


class _Scribe:
    """Puts triples into words."""

    def __init__(self, wording: Wording, derived: frozenset[Triple]) -> None:
        """Take the words, and the triples that are to be marked as inferred."""
        self._wording = wording
        self._store = wording.store
        self._derived = derived

    def groups(self, ends: Iterable[tuple[Triple, Term]]) -> tuple[Group, ...]:
        """Group triples by property, each as a link to the end that is given with it."""
        links: dict[NamedNode, list[Link]] = {}
        for triple, end in ends:
            links.setdefault(triple.predicate, []).append(self._link(triple, end))
        groups = [
            Group(predicate, self.text(predicate), tuple(self._legible(found)))
            for predicate, found in links.items()
        ]
        return tuple(sorted(groups, key=lambda group: (group.label, group.predicate.value)))

    def text(self, term: Term) -> str:
        """Write a term for a reader, and a list as its members."""
        if isinstance(term, BlankNode):
            return " / ".join(map(self._wording.term, members(self._store, term))) or str(term)
        return self._wording.term(term)

    def _link(self, triple: Triple, end: Term) -> Link:
        inferred = triple in self._derived
        is_fact_of_end = end == triple.subject and not inferred
        evidence = self._objects(end, _EVIDENCE) if is_fact_of_end else []
        quotations = self._objects(end, _QUOTATION) if is_fact_of_end else []
        words = [words for quoted in (end, *quotations) for words in self._objects(quoted, _WORDS)]
        return Link(
            term=end,
            text=self.text(end),
            inferred=inferred,
            evidence=tuple(sorted(map(self.text, evidence), key=_order)),
            quotations=tuple(sorted(map(self.text, words))),
        )

    def _legible(self, links: list[Link]) -> list[Link]:
        """Sort, and leave out texts that are there in the reader's language as well."""
        tags = {id(link): getattr(link.term, "language", None) for link in links}
        language = self._wording.language
        foreign = set(tags.values()) - {language, None} if language in tags.values() else set()
        legible = [link for link in links if tags[id(link)] not in foreign]
        return sorted(legible, key=lambda link: (_order(link.text), str(link.term)))

    def _objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        return [triple.object for triple in self._store.triples(subject, predicate)]


def _ends(triple: Triple) -> frozenset[Term]:
    return frozenset((triple.subject, triple.object))


def _order(text: str) -> list[tuple[int, str]]:
    """Order texts by the alphabet and the numbers in them by size.

    >>> sorted(["sentence 10", "sentence 9"], key=_order)
    ['sentence 9', 'sentence 10']
    """
    parts = _NUMBER.split(text.casefold())
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
