"""Tables for readers, as wide as a page.

Where a row would need narrow, high columns it becomes a block with a line for each cell, as in
the shells of databases.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from standpunkt.page import Page, legible

_GAP = 2
# A column is wide enough when it breaks no word up to this length and no cell is higher than this.
_WORD = 16
_LINES = 6
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

Cells = Sequence[str]


def draw(heads: Cells, rows: Sequence[Cells], page: Page) -> str:
    """Draw a table of the heads of columns and the cells of rows; the text ends a line."""
    legible_rows = [[legible(cell) for cell in row] for row in rows]
    columns = list(zip(heads, *legible_rows, strict=True))
    widths = _widths(columns, page.width - _GAP * (len(columns) - 1))
    if widths is None:
        return _blocks(heads, legible_rows, page)
    return _grid(heads, legible_rows, widths, page)


def _widths(columns: Sequence[Cells], room: int) -> list[int] | None:
    """Share out the characters of a line, so that cells become equally high; or give it up."""
    longest = [max(map(len, column)) for column in columns]
    widths = [_narrowest(column) for column in columns]
    if sum(widths) > room:
        return None
    while sum(widths) < room:
        heights = [length / width for length, width in zip(longest, widths, strict=True)]
        highest = max(heights, default=0)
        if highest <= 1:
            break
        widths[heights.index(highest)] += 1
    return widths


def _narrowest(column: Cells) -> int:
    longest_word = max(len(word) for cell in column for word in cell.split() or [""])
    return max(1, min(longest_word, _WORD), *(len(cell) // _LINES for cell in column))


def _grid(heads: Cells, rows: Sequence[Cells], widths: Sequence[int], page: Page) -> str:
    numeric = [_is_numeric(column) for column in zip(*rows, strict=True)] or [False] * len(heads)
    drawn = [_row(row, widths, numeric) for row in rows]
    between = [""] if any(len(lines) > 1 for lines in drawn) else []
    ruler = "─" * (sum(widths) + _GAP * (len(widths) - 1))
    lines = [*map(page.bold, _row(heads, widths, numeric)), ruler]
    for number, row in enumerate(drawn):
        lines += [*(between if number else []), *row]
    return "".join(f"{line}\n" for line in lines)


def _row(cells: Cells, widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    wrapped = [Page(width).wrap(cell) for cell, width in zip(cells, widths, strict=True)]
    return [
        (" " * _GAP)
        .join(
            part.rjust(width) if is_number else part.ljust(width)
            for part, width, is_number in zip(parts, widths, numeric, strict=True)
        )
        .rstrip()
        for parts in zip_longest(*wrapped, fillvalue="")
    ]


def _is_numeric(column: Cells) -> bool:
    cells = [cell for cell in column if cell]
    return bool(cells) and all(map(_NUMBER.fullmatch, cells))


def _blocks(heads: Cells, rows: Sequence[Cells], page: Page) -> str:
    margin = max(map(len, heads)) + _GAP
    return "\n".join(
        "".join(
            _entry(head, cell, margin, page)
            for head, cell in zip(heads, row, strict=True)
            if cell.strip()
        )
        for row in rows
    )


def _entry(head: str, cell: str, margin: int, page: Page) -> str:
    first, *others = page.wrap(cell, margin)
    lines = [page.bold(head) + " " * (margin - len(head)) + first]
    return "".join(f"{line}\n" for line in [*lines, *(" " * margin + line for line in others)])
