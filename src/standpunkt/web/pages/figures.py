"""The figures of a dossier as bars, a table for each thing that is measured."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.answer import Answer
from standpunkt.web.pages.answers import Row, Table, table
from standpunkt.web.pages.cells import Cell
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import node_path, question_path
from standpunkt.web.pages.words import words

_QUESTION = "figures"
_APART = ("figure", "value", "unit", "measures", "percentageOf", "passage")


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure: its number beside a bar of `share` per cent, and what else is known of it."""

    figure: Cell
    value: Cell
    share: float
    details: tuple[Cell, ...]
    passages: tuple[Cell, ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class Panel:
    """The figures that measure the same thing in the same unit, the largest first."""

    measures: Cell
    unit: Cell | None
    whole: Cell | None
    bars: tuple[Bar, ...]


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the figures; it is empty where the dossier has no question on them."""
    path = question_path(_QUESTION) if _QUESTION in explorer.questions else None
    model = {"panels": explorer.once(_all, language), "question_path": path}
    return Page("figures.html", words(language)["figures"], model)


def panels_with(explorer: Explorer, language: str, node: NamedNode) -> list[Panel]:
    """Give the figure that a node is as a bar beside all others that measure the same."""
    path = node_path(node)
    return [
        panel
        for panel in explorer.once(_all, language)
        if any(bar.figure.path == path for bar in panel.bars)
    ]


def _all(explorer: Explorer, language: str) -> list[Panel]:
    question = explorer.questions.get(_QUESTION)
    answer = explorer.run(question, language, {}) if question else None
    if question is None or not isinstance(answer, Answer):
        return []
    return of_table(table(explorer, question, answer, {}, language))


def of_table(shown: Table) -> list[Panel]:
    """Give the figures of an answer; none of an answer on anything else."""
    names = [column.name for column in shown.columns]
    if not {"figure", "value", "measures"} <= set(names):
        return []
    return _panels([(dict(zip(names, row.cells, strict=True)), row) for row in shown.rows])


def _panels(rows: list[tuple[dict[str, tuple[Cell, ...]], Row]]) -> list[Panel]:
    grouped: dict[tuple[Cell | None, ...], list[tuple[dict[str, tuple[Cell, ...]], Row]]] = {}
    for by_name, row in rows:
        if _number(by_name) is not None:
            key = tuple(_first(by_name, name) for name in ("measures", "unit", "percentageOf"))
            grouped.setdefault(key, []).append((by_name, row))
    panels = []
    for (measures, unit, whole), members in grouped.items():
        largest = max(abs(_number(by_name) or 0) for by_name, _ in members)
        members.sort(key=lambda member: -(_number(member[0]) or 0))
        bars = tuple(_bar(by_name, row, largest) for by_name, row in members)
        panels.append(Panel(measures or Cell("?"), unit, whole, bars))
    return panels


def _bar(by_name: dict[str, tuple[Cell, ...]], row: Row, largest: float) -> Bar:
    share = 100 * abs(_number(by_name) or 0) / largest if largest else 0
    return Bar(
        figure=_first(by_name, "figure") or Cell("?"),
        value=_first(by_name, "value") or Cell(""),
        share=round(share, 1),
        details=tuple(
            cell for name, cells in by_name.items() if name not in _APART for cell in cells
        ),
        passages=by_name.get("passage", ()),
        why=row.why,
    )


def _number(by_name: dict[str, tuple[Cell, ...]]) -> float | None:
    cell = _first(by_name, "value")
    return cell.number if cell else None


def _first(by_name: dict[str, tuple[Cell, ...]], name: str) -> Cell | None:
    return next(iter(by_name.get(name, ())), None)
