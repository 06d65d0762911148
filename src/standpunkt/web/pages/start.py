"""The first page: what this is, the questions as sentences, what is new and what is disputed."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.answer import Answer, Term
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.discourse import ADVOCATES, newest, on_positions
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.questions import groups
from standpunkt.web.pages.stances import utterance

_DISPUTED = "disputed-positions"
_OVERVIEW = "overview"
_NEWEST = 6


@dataclass(frozen=True, slots=True)
class Dispute:
    """A position with somebody on either side."""

    position: Cell
    advocates: tuple[Cell, ...]
    opposes: tuple[Cell, ...]


def page(explorer: Explorer, language: str) -> Page:
    """Give the first page."""
    cells = Cells(explorer, explorer.wording(language))
    recent = newest(on_positions(explorer))[:_NEWEST]
    model = {
        "groups": groups(explorer, language),
        "disputes": _disputes(explorer, cells),
        "newest": [utterance(cells, each) for each in recent],
        "counts": _counts(explorer, cells),
    }
    return Page("start.html", "Standpunkt", model)


def _disputes(explorer: Explorer, cells: Cells) -> list[Dispute]:
    """Give the disputed positions, those with the most actors first."""
    sides: dict[NamedNode, dict[bool, set[NamedNode]]] = {}
    for row in _rows(explorer, _DISPUTED, cells.wording.language, "position", "side", "actor"):
        position, side, actor = row
        if isinstance(position, NamedNode) and isinstance(actor, NamedNode):
            both = sides.setdefault(position, {True: set(), False: set()})
            both[side == ADVOCATES].add(actor)
    found = [
        Dispute(cells.cell(position), _sorted(cells, both[True]), _sorted(cells, both[False]))
        for position, both in sides.items()
    ]
    return sorted(found, key=lambda each: (-len(each.advocates + each.opposes), each.position.text))


def _counts(explorer: Explorer, cells: Cells) -> list[tuple[Cell, str]]:
    rows = _rows(explorer, _OVERVIEW, cells.wording.language, "kind", "count")
    return [(cells.cell(kind), cells.text(count)) for kind, count in rows]


def _rows(
    explorer: Explorer, name: str, language: str, *columns: str
) -> list[tuple[Term | None, ...]]:
    """Give columns of the answer to a question; none where the dossier has no such question."""
    question = explorer.questions.get(name)
    answer = explorer.run(question, language, {}) if question else None
    if not isinstance(answer, Answer) or not set(columns) <= set(answer.columns):
        return []
    places = [answer.columns.index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in answer.rows]


def _sorted(cells: Cells, nodes: set[NamedNode]) -> tuple[Cell, ...]:
    return tuple(sorted(map(cells.cell, nodes), key=lambda cell: cell.text))
