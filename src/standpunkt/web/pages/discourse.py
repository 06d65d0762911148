"""The statements of a dossier as who says what of which proposition, for pictures of them all."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt.answer import Term
from standpunkt.namespaces import RDF, RDFS, SPK
from standpunkt.store import Store
from standpunkt.web.pages.explorer import Explorer

ADVOCATES = NamedNode(SPK + "advocates")
OPPOSES = NamedNode(SPK + "opposes")
_ADDRESSES = NamedNode(SPK + "addresses")
_POSITION = NamedNode(SPK + "Position")
_STATEMENT = NamedNode(SPK + "Statement")
_SUBPROPERTY = NamedNode(RDFS + "subPropertyOf")
_TYPE = NamedNode(RDF + "type")
_CONDITIONS = ("if", "unless", "ifUnderstood")
_POLARITIES = {"1": 1, "-1": -1}


@dataclass(frozen=True, slots=True)
class Said:
    """That a speaker takes a stance on a proposition; `polarity` is 1, -1 or 0.

    `date` is that of the statement, else that of its article, in ISO 8601, else empty.
    `conditions` are what the statement hangs on.
    """

    statement: NamedNode
    speaker: NamedNode
    stance: NamedNode
    polarity: int
    proposition: NamedNode
    date: str
    conditions: tuple[tuple[NamedNode, NamedNode], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """That an actor advocates or opposes a position as follows from statements."""

    actor: NamedNode
    side: NamedNode
    position: NamedNode


def said(explorer: Explorer) -> list[Said]:
    """Give what is said, in the order of the articles and of their texts."""
    return explorer.once(_said)


def on_positions(explorer: Explorer) -> list[Said]:
    """Give what is said of positions: of what one can be for or against."""
    return explorer.once(_on_positions)


def sides(explorer: Explorer) -> list[Side]:
    """Give who advocates or opposes what, as far as that follows from what is asserted."""
    return explorer.once(_sides)


def newest(items: Iterable[Said]) -> list[Said]:
    """Put what is said into the order of time, the newest first and the undated last."""
    return sorted(items, key=lambda each: each.date, reverse=True)


def _said(explorer: Explorer) -> list[Said]:
    values = _Values(explorer.store)
    found: list[Said] = []
    for statement in values.statements():
        for stance, polarity in values.stances.items():
            found.extend(
                Said(
                    statement,
                    speaker,
                    stance,
                    polarity,
                    proposition,
                    values.date(statement),
                    tuple(
                        (NamedNode(SPK + name), node)
                        for name in _CONDITIONS
                        for node in values.iris(statement, name)
                    ),
                )
                for proposition in values.iris(statement, stance.value.removeprefix(SPK))
                for speaker in values.iris(statement, "speaker")
            )
    return found


def _on_positions(explorer: Explorer) -> list[Said]:
    positions = {each.subject for each in explorer.store.triples(None, None, _POSITION)}
    return [each for each in said(explorer) if each.proposition in positions]


def _sides(explorer: Explorer) -> list[Side]:
    return [
        Side(each.subject, each.predicate, each.object)
        for each in explorer.inferred or ()
        if each.predicate in (ADVOCATES, OPPOSES)
        and isinstance(each.subject, NamedNode)
        and isinstance(each.object, NamedNode)
    ]


class _Values:
    """The values of the few properties that are read here: to index all takes six times as long."""

    def __init__(self, store: Store) -> None:
        """Take the store."""
        self._store = store
        self._read: dict[str, dict[Term, list[Term]]] = {}
        below = (each.subject for each in store.triples(None, _SUBPROPERTY, _ADDRESSES))
        stances = [each for each in below if isinstance(each, NamedNode)]
        self.stances = {
            each: next((_POLARITIES.get(text, 0) for text in self._texts(each, "polarity")), 0)
            for each in sorted(stances, key=str)
            if each.value.startswith(SPK)
        }

    def statements(self) -> list[NamedNode]:
        """Give the statements in the order of the articles and of their texts."""
        found = (each.subject for each in self._store.triples(None, _TYPE, _STATEMENT))
        named = sorted((each for each in found if isinstance(each, NamedNode)), key=str)
        return sorted(named, key=lambda each: sorted(map(self._place, self.iris(each, "evidence"))))

    def date(self, statement: NamedNode) -> str:
        """Give the date of a statement, else that of its article, else an empty text."""
        passages = self.iris(statement, "evidence")
        articles = [each for passage in passages for each in self.iris(passage, "inArticle")]
        dates = (text for node in (statement, *articles) for text in self._texts(node, "date"))
        return next(dates, "")

    def iris(self, node: Term, name: str) -> list[NamedNode]:
        """Give the values that are IRIs, in the order of these."""
        return [value for value in self._of(node, name) if isinstance(value, NamedNode)]

    def _texts(self, node: Term, name: str) -> list[str]:
        return [value.value for value in self._of(node, name) if isinstance(value, Literal)]

    def _of(self, node: Term, name: str) -> list[Term]:
        if name not in self._read:
            read: dict[Term, list[Term]] = {}
            for each in self._store.triples(None, NamedNode(SPK + name)):
                read.setdefault(each.subject, []).append(each.object)
            self._read[name] = {node: sorted(values, key=str) for node, values in read.items()}
        return self._read[name].get(node, [])

    def _place(self, passage: NamedNode) -> tuple[str, int]:
        article = next(iter(self.iris(passage, "inArticle")), None)
        number = next(iter(self._texts(passage, "number")), "")
        return (article.value if article else "", int(number) if number.isdecimal() else -1)
