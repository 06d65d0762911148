"""Actors and positions as a matrix: who stands where."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.discourse import ADVOCATES, OPPOSES, on_positions, sides
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import node_path, why_path
from standpunkt.web.pages.words import words

_MINUS = "\N{MINUS SIGN}"
_SIGNS = {1: "+", -1: _MINUS, 0: "○"}
_KINDS = {1: "pro", -1: "contra", 0: "open"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign in a field: what it says in words, and the page behind it."""

    sign: str
    kind: str
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """A position, and what each actor has on it."""

    position: Cell
    fields: tuple[tuple[Mark, ...], ...]


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the matrix: positions down, those with most marks first, actors across."""
    cells = Cells(explorer, explorer.wording(language))
    marks = _marks(explorer, cells)
    positions = _by_number([position for position, _ in marks])
    actors = _by_number([actor for _, actor in marks])
    lines = [
        Line(
            cells.cell(position),
            tuple(tuple(marks.get((position, actor), ())) for actor in actors),
        )
        for position in positions
    ]
    title = words(language)["matrix"]
    model = {
        "actors": [cells.cell(actor) for actor in actors],
        "lines": lines,
        "signs": _legend(language),
        "is_complete": explorer.inferred is not None,
    }
    return Page("matrix.html", title, model)


def _marks(explorer: Explorer, cells: Cells) -> dict[tuple[NamedNode, NamedNode], list[Mark]]:
    found: dict[tuple[NamedNode, NamedNode], list[Mark]] = {}
    stated = set()
    for each in on_positions(explorer):
        words = f"{cells.text(each.stance)}: {cells.text(each.statement)}"
        mark = Mark(_SIGNS[each.polarity], _KINDS[each.polarity], words, node_path(each.statement))
        found.setdefault((each.proposition, each.speaker), []).append(mark)
        stated.add((each.speaker, each.polarity, each.proposition))
    for side in sides(explorer):
        polarity = {ADVOCATES: 1, OPPOSES: -1}[side.side]
        if (side.actor, polarity, side.position) not in stated:
            mark = Mark(
                f"({_SIGNS[polarity]})",
                f"{_KINDS[polarity]} derived",
                f"{cells.text(side.actor)} {cells.text(side.side)}: {cells.text(side.position)}",
                why_path(side.actor, side.side, side.position),
            )
            found.setdefault((side.position, side.actor), []).append(mark)
    return found


def _by_number(nodes: list[NamedNode]) -> list[NamedNode]:
    return sorted(set(nodes), key=lambda node: (-nodes.count(node), node.value))


def _legend(language: str) -> Mapping[str, str]:
    if language == "de":
        return {
            "+": "ist dafür",
            _MINUS: "ist dagegen",
            "○": "weder noch: droht damit, erwägt oder bezweifelt es",
            "(+)": "folgt aus anderen Aussagen",
        }
    return {
        "+": "is for it",
        _MINUS: "is against it",
        "○": "neither: threatens, considers or doubts it",
        "(+)": "follows from other statements",
    }
