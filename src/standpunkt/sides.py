"""The words for what is in two dossiers: each side by its own labels, else by the other's."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.facts import Fact
from standpunkt.namespaces import ID, RDF, RDFS, SH, shorten
from standpunkt.store import Store
from standpunkt.wording import Wording

Side = OneOf["removed", "added"]

_LABEL = NamedNode(RDFS + "label")
_NAME = NamedNode(SH + "name")
_BUILT_IN = {
    "de": {RDF + "type": "Klasse", RDFS + "label": "Bezeichnung"},
    "en": {RDF + "type": "class", RDFS + "label": "label"},
}
_QUOTED = {"de": "„{}“", "en": "“{}”"}


class Sides:
    """The words of an old dossier and a new one, in one language."""

    def __init__(self, old: Dossier, new: Dossier, language: str) -> None:
        """Take both dossiers; raises `FileError` and `ParseError` as `turtle.read` does."""
        self.language = language
        before, after = (Wording(_named(each), language) for each in (old, new))
        self._order = {"removed": (before, after), "added": (after, before)}
        self._alike = _alike((before.store, after.store), language)

    def label(self, node: NamedNode, side: Side = "added") -> str | None:
        """Give what a node is called; `None` where it has no label on either side."""
        own, other = self._order[side]
        return own.label(node) or other.label(node)

    def term(self, term: Term | None, side: Side = "added") -> str:
        """Write a term for a reader: a number to its last digit, two of one label with CURIEs."""
        if isinstance(term, BlankNode):
            return "[]"
        if not isinstance(term, NamedNode):
            return term.value if isinstance(term, Literal) else str(term or "")
        curie = shorten(term.value)
        label = self.label(term, side) or _BUILT_IN[self.language].get(term.value, curie)
        return f"{label} ({curie})" if term in self._alike else label

    def value(self, fact: Fact, side: Side) -> str:
        """Write the value of a fact: a text in quotation marks, a list by its members."""
        members = fact.members() if fact.knot else None
        if members is not None:
            return f"( {', '.join(self._quoted(member, side) for member in members)} )"
        node = fact.triple.object
        if isinstance(node, BlankNode):
            said = [each for each in fact.knot if each.subject == node]
            inner = (
                f"{self.term(each.predicate, side)}: {self._quoted(each.object, side)}"
                for each in said
            )
            return f"[ {'; '.join(inner)} ]"
        return self._quoted(node, side)

    def values(self, removed: Iterable[Fact], added: Iterable[Fact]) -> tuple[list[str], list[str]]:
        """Write values so that no two are alike: where words do not tell them apart, by terms."""
        gone = [(self.value(fact, "removed"), _exact(fact)) for fact in removed]
        come = [(self.value(fact, "added"), _exact(fact)) for fact in added]
        return _told_apart(gone, come)

    def rows(
        self, removed: Iterable[tuple[Term | None, ...]], added: Iterable[tuple[Term | None, ...]]
    ) -> tuple[list[str], list[str]]:
        """Write rows of answers likewise: their cells with commas, without the empty ones."""
        gone = [(self._row(row, "removed"), _exact_row(row)) for row in removed]
        come = [(self._row(row, "added"), _exact_row(row)) for row in added]
        return _told_apart(gone, come)

    def triple(self, triple: Triple, side: Side) -> str:
        """Write a triple as a sentence of its three labels."""
        return " ".join(self.term(term, side) for term in triple)

    def _row(self, row: tuple[Term | None, ...], side: Side) -> str:
        return ", ".join(filter(None, (self.term(term, side) for term in row)))

    def _quoted(self, term: Term, side: Side) -> str:
        text = self.term(term, side)
        is_text = isinstance(term, Literal) and term.language
        return _QUOTED[self.language].format(text) if is_text else text


def _named(dossier: Dossier) -> Store:
    """Give all that a dossier holds; a shape is called by its `sh:name`."""
    graphs = dossier.graphs()
    names = [
        Triple(each.subject, _LABEL, each.object)
        for each in (triple for triples in graphs.values() for triple in triples)
        if each.predicate == _NAME
    ]
    return Store({**graphs, _NAME.value: names})


def _alike(stores: Iterable[Store], language: str) -> set[Term]:
    """Give the nodes of the data that share a label with another one of either dossier."""
    called: dict[Term, set[Term]] = {}
    for store in stores:
        for each in store.triples(predicate=_LABEL):
            is_ours = isinstance(each.subject, NamedNode) and each.subject.value.startswith(ID)
            if is_ours and getattr(each.object, "language", None) == language:
                called.setdefault(each.object, set()).add(each.subject)
    return {node for nodes in called.values() if len(nodes) > 1 for node in nodes}


def _exact(fact: Fact) -> str:
    if isinstance(fact.triple.object, BlankNode):
        return " ".join(_exact_term(each.object) for each in fact.knot)
    return _exact_term(fact.triple.object)


def _exact_term(term: Term | None) -> str:
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Literal):
        kind = f"@{term.language}" if term.language else f"^^{shorten(term.datatype.value)}"
        return f'"{term.value}"{kind}'
    return str(term or "")


def _exact_row(row: tuple[Term | None, ...]) -> str:
    return ", ".join(filter(None, map(_exact_term, row)))


def _told_apart(*sides: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    uses = Counter(words for side in sides for words, _ in side)
    gone, come = ([words if uses[words] == 1 else exact for words, exact in side] for side in sides)
    return gone, come
