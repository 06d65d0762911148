"""Who stands where on one position: in favour, against, neither; and what was said when."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.web.pages.cells import Cell, Cells, date
from standpunkt.web.pages.discourse import (
    ADVOCATES,
    OPPOSES,
    Said,
    Side,
    newest,
    on_positions,
    sides,
)
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.paths import why_path


@dataclass(frozen=True, slots=True)
class Camp:
    """The actors on one side, each with the path of the proof that it is so."""

    kind: str
    actors: tuple[tuple[Cell, str], ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """That an actor took a stance: when, and what that hangs on."""

    actor: Cell
    stance: Cell
    statement: Cell
    proposition: Cell
    polarity: int
    date: Cell | None
    conditions: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Stances:
    """All that is known on one position, the newest first."""

    camps: tuple[Camp, ...]
    utterances: tuple[Utterance, ...]


def stances(explorer: Explorer, cells: Cells, position: NamedNode) -> Stances:
    """Give who stands where on a position.

    Who advocates or opposes it is what follows; whoever only threatens or considers it is neither.
    """
    taken = [each for each in on_positions(explorer) if each.proposition == position]
    found = [each for each in sides(explorer) if each.position == position]
    pro, contra = (_sorted(cells, found, side) for side in (ADVOCATES, OPPOSES))
    named = {each.actor for each in found}
    neither = {each.speaker for each in taken if not each.polarity} - named
    first = {each.speaker: each for each in reversed(taken) if not each.polarity}
    neutral = [(cells.cell(actor), _path(cells, first[actor])) for actor in neither]
    camps = (
        Camp("advocates", pro),
        Camp("neither", tuple(sorted(neutral, key=lambda pair: pair[0].text))),
        Camp("opposes", contra),
    )
    return Stances(camps, tuple(utterance(cells, each) for each in newest(taken)))


def utterance(cells: Cells, said: Said) -> Utterance:
    """Write what was said for readers."""
    written = date(said.date, cells.wording.language)
    return Utterance(
        cells.cell(said.speaker),
        cells.cell(said.stance),
        cells.cell(said.statement),
        cells.cell(said.proposition),
        said.polarity,
        Cell(written, datetime=said.date) if written else None,
        tuple((cells.text(link), cells.cell(node)) for link, node in said.conditions),
    )


def _sorted(cells: Cells, found: list[Side], side: NamedNode) -> tuple[tuple[Cell, str], ...]:
    pairs = [
        (cells.cell(each.actor), why_path(each.actor, each.side, each.position))
        for each in found
        if each.side == side
    ]
    return tuple(sorted(pairs, key=lambda pair: pair[0].text))


def _path(cells: Cells, said: Said) -> str:
    return cells.cell(said.statement).path or ""
