"""Actors and positions as a matrix: who stands where."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.answer import Answer
from standpunkt.nodes import Nodes
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.discourse import ADVOCATES, OPPOSES, on_positions, sides
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import node_path, why_path
from standpunkt.web.pages.words import words

_MINUS = "\N{MINUS SIGN}"
_SIGNS = {1: "+", -1: _MINUS, 0: "○"}
_DERIVED = "(+)"  # in the legend for either side
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


@dataclass(frozen=True, slots=True)
class Grid:
    """Positions down, those with most marks first, and actors across; and what the signs mean."""

    actors: tuple[Cell, ...]
    lines: tuple[Line, ...]
    signs: Mapping[str, str]


_Marks = dict[tuple[NamedNode, NamedNode], list[Mark]]


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the matrix."""
    cells = Cells(explorer, explorer.wording(language))
    model = {
        "grid": _grid(cells, _marks(explorer, cells)),
        "is_complete": explorer.inferred is not None,
    }
    return Page("matrix.html", words(language)["matrix"], model)


def of_answer(cells: Cells, answer: Answer) -> Grid | None:
    """Give an answer on who takes which stance on what; `None` of any other, and of a single field.

    A sign leads to the statement.
    """
    places = {name: at for at, name in enumerate(answer.columns)}
    stance = "stance" if "stance" in places else "side"
    if not {"actor", "position", "statement", stance} <= places.keys():
        return None
    marks: _Marks = {}
    for row in answer.rows:
        actor, position, statement, taken = (
            row[places[name]] for name in ("actor", "position", "statement", stance)
        )
        if (
            isinstance(actor, NamedNode)
            and isinstance(position, NamedNode)
            and isinstance(statement, NamedNode)
            and isinstance(taken, NamedNode)
        ):
            polarity = {ADVOCATES: 1, OPPOSES: -1}.get(taken, _polarity(cells, taken))
            mark = _mark(cells, polarity, taken, statement)
            field = marks.setdefault((position, actor), [])
            if mark not in field:  # one for each passage
                field.append(mark)
    grid = _grid(cells, marks)
    return grid if len(grid.actors) > 1 and len(grid.lines) > 1 else None


def _grid(cells: Cells, marks: _Marks) -> Grid:
    positions = _by_number([position for position, _ in marks])
    actors = _by_number([actor for _, actor in marks])
    lines = [
        Line(
            cells.cell(position),
            tuple(tuple(marks.get((position, actor), ())) for actor in actors),
        )
        for position in positions
    ]
    used = "".join(mark.sign for field in marks.values() for mark in field)
    signs = {
        sign: meaning
        for sign, meaning in _legend(cells.wording.language).items()
        if sign in used or (sign == _DERIVED and "(" in used)
    }
    return Grid(tuple(map(cells.cell, actors)), tuple(lines), signs)


def _mark(cells: Cells, polarity: int, stance: NamedNode, statement: NamedNode) -> Mark:
    said = f"{cells.text(stance)}: {cells.text(statement)}"
    return Mark(_SIGNS[polarity], _KINDS[polarity], said, node_path(statement))


def _polarity(cells: Cells, stance: NamedNode) -> int:
    found = Nodes(cells.explorer.store).text(stance, "polarity")
    return int(found) if found in {"1", "-1"} else 0


def _marks(explorer: Explorer, cells: Cells) -> _Marks:
    found: _Marks = {}
    stated = set()
    for each in on_positions(explorer):
        mark = _mark(cells, each.polarity, each.stance, each.statement)
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
            _DERIVED: "folgt aus anderen Aussagen",
        }
    return {
        "+": "is for it",
        _MINUS: "is against it",
        "○": "neither: threatens, considers or doubts it",
        _DERIVED: "follows from other statements",
    }
