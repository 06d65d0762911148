"""Who is on the same side as whom, and who stands against whom, as a drawing and as a table.

The layout is Fruchterman and Reingold's, https://doi.org/10.1002/spe.4380211102, from a circle and
without chance, so that the same dossier has the same picture. That of networkx would bring numpy.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from standpunkt.answer import Answer
from standpunkt.namespaces import SPK
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import question_path
from standpunkt.web.pages.words import words

_QUESTION = "allies-and-opponents"
_OPPOSES = NamedNode(SPK + "opposes")
_ROUNDS = 300
_KEPT = 128  # drawings: one for each actor of a large dossier
_WIDTH, _HEIGHT, _MARGIN = 900, 560, 90
_LINE = 22  # characters of a label in one line

Pair = tuple[NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Edge:
    """That two actors agree or disagree, on which positions; ends in units of the drawing."""

    one: Cell
    other: Cell
    kind: str
    positions: tuple[Cell, ...]
    ends: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor in the drawing, with the lines of the label."""

    actor: Cell
    x: float
    y: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Who is with whom, in a drawing of a size."""

    edges: tuple[Edge, ...]
    dots: tuple[Dot, ...]
    width: int
    height: int


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the network; it is empty where the dossier has no question on allies."""
    question = explorer.questions.get(_QUESTION)
    answer = explorer.run(question, language, {}) if question else None
    cells = Cells(explorer, explorer.wording(language))
    model = {
        "drawing": of_answer(cells, answer) if isinstance(answer, Answer) else None,
        "question_path": question_path(_QUESTION) if question else None,
    }
    return Page("network.html", words(language)["network"], model)


def of_answer(cells: Cells, answer: Answer) -> Drawing | None:
    """Draw an answer on who agrees or disagrees with whom; `None` of any other, and of no rows."""
    ties = _ties(answer)
    actors = sorted({end for pair, _ in ties for end in pair}, key=str)
    places = layout(tuple(actors), tuple(pair for pair, _ in ties))
    edges = [
        Edge(
            cells.cell(pair[0]),
            cells.cell(pair[1]),
            kind,
            tuple(cells.cell(each) for each in sorted(positions, key=str)),
            (*places[pair[0]], *places[pair[1]]),
        )
        for (pair, kind), positions in sorted(ties.items(), key=lambda item: str(item[0]))
    ]
    dots = [_dot(cells.cell(actor), *places[actor]) for actor in actors]
    return Drawing(tuple(edges), tuple(dots), _WIDTH, _HEIGHT) if ties else None


def _ties(answer: Answer) -> dict[tuple[Pair, str], set[NamedNode]]:
    """Give on which positions two actors agree or disagree; who comes first says nothing."""
    found: dict[tuple[Pair, str], set[NamedNode]] = {}
    places = {name: at for at, name in enumerate(answer.columns)}
    if not {"actor", "other", "link"} <= places.keys():
        return {}
    for row in answer.rows:
        one, other = row[places["actor"]], row[places["other"]]
        if isinstance(one, NamedNode) and isinstance(other, NamedNode):
            kind = "against" if row[places["link"]] == _OPPOSES else "with"
            pair = (one, other) if one.value < other.value else (other, one)
            position = row[places["position"]] if "position" in places else None
            found.setdefault((pair, kind), set()).update(
                {position} if isinstance(position, NamedNode) else ()
            )
    return found


@lru_cache(_KEPT)
def layout(
    nodes: tuple[NamedNode, ...], pairs: tuple[Pair, ...]
) -> Mapping[NamedNode, tuple[float, float]]:
    """Place nodes so that those who are linked are near; the places fill the drawing."""
    count = max(len(nodes), 1)
    turn = 2 * math.pi / count
    at = {node: complex(math.cos(turn * n), math.sin(turn * n)) for n, node in enumerate(nodes)}
    ideal = 1.2 / math.sqrt(count)
    for step in range(_ROUNDS):
        reach = 0.3 * (1 - step / _ROUNDS)
        shift = dict.fromkeys(at, 0j)
        for one, here in at.items():
            gaps = [here - there for other, there in at.items() if other != one]
            shift[one] += sum(gap / max(abs(gap), 1e-3) ** 2 * ideal**2 for gap in gaps)
            # A pull to the middle holds groups together that no link does.
            shift[one] -= here * ideal * 0.5
        for one, other in pairs:
            gap = at[one] - at[other]
            pull = gap * abs(gap) / ideal
            shift[one] -= pull
            shift[other] += pull
        for node, move in shift.items():
            at[node] += move / max(abs(move), 1e-9) * min(abs(move), reach)
    return _fitted(at)


def _fitted(at: Mapping[NamedNode, complex]) -> Mapping[NamedNode, tuple[float, float]]:
    def scaled(value: float, values: list[float], room: int) -> float:
        low, high = min(values), max(values)
        share = (value - low) / (high - low) if high > low else 0.5
        return round(_MARGIN + share * (room - 2 * _MARGIN), 1)

    across, down = [each.real for each in at.values()], [each.imag for each in at.values()]
    return {
        node: (scaled(each.real, across, _WIDTH), scaled(each.imag, down, _HEIGHT))
        for node, each in at.items()
    }


def _dot(actor: Cell, x: float, y: float) -> Dot:
    lines = [""]
    for word in actor.text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return Dot(actor, x, y, tuple(lines))
