"""What happened when: the saved question on time as a line of moments."""

from dataclasses import dataclass

from standpunkt.answer import Answer
from standpunkt.web.pages.answers import Row, Table, table
from standpunkt.web.pages.cells import Cell
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import question_path
from standpunkt.web.pages.words import words

_QUESTION = "timeline"
# Columns that are about the moment itself, and not the thing that happened.
_OF_MOMENT = ("date", "timeNote")


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened: the thing, its kind, a note on the time, and all else by the column's head."""

    what: tuple[Cell, ...]
    kind: tuple[Cell, ...]
    note: tuple[Cell, ...]
    details: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, as exact as it is known, and what happened then; no date where none is known."""

    date: Cell | None
    entries: tuple[Entry, ...]


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the timeline; it is empty where the dossier has no question on time."""
    question = explorer.questions.get(_QUESTION)
    listed: list[Moment] = []
    if question is not None:
        answer = explorer.run(question, language, {})
        if isinstance(answer, Answer):
            listed = moments(table(explorer, question, answer, {}, language))
    title = words(language)["timeline"]
    path = question_path(_QUESTION) if question else None
    return Page("timeline.html", title, {"moments": listed, "question_path": path})


def moments(shown: Table) -> list[Moment]:
    """Group the rows of a table by date, in the order of the rows; those without one are last."""
    found: dict[Cell | None, list[Entry]] = {}
    for row in shown.rows:
        by_name = _by_name(shown, row)
        date = next(iter(by_name.get("date", ())), None)
        found.setdefault(date, []).append(_entry(shown, by_name))
    dated = [Moment(date, tuple(entries)) for date, entries in found.items() if date]
    return [*dated, *(Moment(None, tuple(entries)) for date, entries in found.items() if not date)]


def _by_name(shown: Table, row: Row) -> dict[str, tuple[Cell, ...]]:
    return {column.name: cells for column, cells in zip(shown.columns, row.cells, strict=True)}


def _entry(shown: Table, by_name: dict[str, tuple[Cell, ...]]) -> Entry:
    heads = {column.name: column.head for column in shown.columns}
    what = "fact" if "fact" in by_name else "statement"
    apart = {*_OF_MOMENT, "kind", what}
    return Entry(
        what=by_name.get(what, ()),
        kind=by_name.get("kind", ()),
        note=by_name.get("timeNote", ()),
        details=tuple(
            (heads[name], cells) for name, cells in by_name.items() if name not in apart and cells
        ),
    )
