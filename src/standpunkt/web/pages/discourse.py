"""The statements of a dossier as who says what of which proposition, for pictures of them all."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.exporting.statements import Reader
from standpunkt.namespaces import SPK
from standpunkt.web.pages.explorer import Explorer

ADVOCATES = NamedNode(SPK + "advocates")
OPPOSES = NamedNode(SPK + "opposes")
_POSITION = NamedNode(SPK + "Position")


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
    reader = Reader(explorer.dossier, "en")
    found: list[Said] = []
    for statement in reader.statements():
        for stance in reader.stances(statement):
            polarity = next(iter(reader.facts.texts(stance, SPK + "polarity")), "0")
            for proposition in reader.facts.iris(statement, stance.value):
                found.extend(
                    Said(
                        statement,
                        speaker,
                        stance,
                        int(polarity) if polarity in {"1", "-1"} else 0,
                        proposition,
                        _date(reader, statement),
                        _conditions(reader, statement),
                    )
                    for speaker in reader.along([statement], "speaker")
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


def _date(reader: Reader, statement: NamedNode) -> str:
    for nodes in ([statement], reader.articles(statement)):
        for node in nodes:
            if texts := reader.facts.texts(node, SPK + "date"):
                return texts[0]
    return ""


def _conditions(reader: Reader, statement: NamedNode) -> tuple[tuple[NamedNode, NamedNode], ...]:
    return tuple(
        (NamedNode(SPK + name), node)
        for name in ("if", "unless", "ifUnderstood")
        for node in reader.facts.iris(statement, SPK + name)
    )
