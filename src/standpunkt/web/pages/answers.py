"""The answer of a saved question as a table for readers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt.answer import Answer, Term
from standpunkt.claims import claims
from standpunkt.queries import Question
from standpunkt.web.pages.cells import Cell, Cells, in_order
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.paths import why_path

# The column of the evidence: rows that differ in nothing else are one row for a reader.
_PASSAGE = "passage"
# Numbers that say where, and not how much.
_PLACES = {"end", "number", "start"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: each cell with the terms that stand in it, and the path of its proof."""

    cells: tuple[tuple[Cell, ...], ...]
    why: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the query, its head, and the largest number where all are numbers."""

    name: str
    head: str
    largest: float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table for readers; `empty` are the heads of columns in which no row has anything."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: tuple[str, ...]

    @property
    def has_proofs(self) -> bool:
        """Tell whether a row has a proof."""
        return any(row.why for row in self.rows)


def table(  # noqa: PLR0913  an answer, and all that it is the answer to
    explorer: Explorer,
    question: Question,
    answer: Answer,
    parameters: Mapping[str, str],
    language: str,
    *,
    without: Sequence[str] = (),
) -> Table:
    """Make a table of an answer to a question with its parameters.

    Rows that differ only in the passage become one with all passages, and columns without a value
    are left out, as are those in `without`. Raises what `claims` does.
    """
    wording = explorer.wording(language, question)
    return tabulate(
        Cells(explorer, wording), answer, _proofs(explorer, question, answer, parameters), without
    )


def tabulate(
    cells: Cells,
    answer: Answer,
    proofs: Sequence[str | None] | None = None,
    without: Sequence[str] = (),
) -> Table:
    """Make a table of any answer; `proofs` has the path to each row's proof, where there is one."""
    whys = proofs or [None] * len(answer.rows)
    used = {
        name for row in answer.rows for name, term in zip(answer.columns, row, strict=True) if term
    }
    shown = [at for at, name in enumerate(answer.columns) if name in used and name not in without]
    merged = [at for at in shown if answer.columns[at] == _PASSAGE]
    groups: dict[tuple[object, ...], list[tuple[Term | None, ...]]] = {}
    for row, why in zip(answer.rows, whys, strict=True):
        key = (*(term for at, term in enumerate(row) if at not in merged), why)
        groups.setdefault(key, []).append(row)
    rows = [
        Row(
            tuple(_cells(cells, [row[at] for row in group]) for at in shown),
            why=key[-1] if isinstance(key[-1], str) else None,
        )
        for key, group in groups.items()
    ]
    columns = [
        Column(
            answer.columns[at],
            cells.wording.column(answer.columns[at]),
            None if answer.columns[at] in _PLACES else _largest(answer.columns, rows, place),
        )
        for place, at in enumerate(shown)
    ]
    empty = [
        cells.wording.column(name)
        for name in answer.columns
        if answer.rows and name not in used and name not in without
    ]
    return Table(tuple(columns), tuple(rows), tuple(empty))


def _cells(cells: Cells, terms: list[Term | None]) -> tuple[Cell, ...]:
    return in_order(cells.cell(term) for term in dict.fromkeys(terms) if term is not None)


def _largest(names: Sequence[str], rows: list[Row], place: int) -> float | None:
    """Give what a bar is relative to; none where a column of units says that numbers differ."""
    found = [cell.number for row in rows for cell in row.cells[place]]
    numbers = [number for number in found if number is not None]
    alike = "unit" not in names and len(numbers) == len(found)
    if not alike or len(set(numbers)) < 2 or min(numbers) < 0:  # noqa: PLR2004  to compare
        return None
    return max(numbers)


def _proofs(
    explorer: Explorer, question: Question, answer: Answer, parameters: Mapping[str, str]
) -> list[str | None] | None:
    if question.claim is None:
        return None
    given = {name: text for name, text in parameters.items() if name in question.params}
    return [_why(each) for each in claims(explorer.store, question, answer, given)]


def _why(claim: Triple | None) -> str | None:
    """Give the path of the proof of a claim; none of one that has no address."""
    if claim is None or not isinstance(claim.subject, NamedNode):
        return None
    if isinstance(claim.object, NamedNode) or (
        isinstance(claim.object, Literal) and claim.object.value.strip()
    ):
        return why_path(claim.subject, claim.predicate, claim.object)
    return None
