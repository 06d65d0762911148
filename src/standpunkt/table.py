"""Tables for readers, as wide as a page.

Where rows would need narrow, high columns they become blocks with a line for each cell, as in the
shells of databases; so they do where that is shorter.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from math import ceil

from standpunkt.page import Page, legible

_GAP = 2
_HEAD = 2  # lines, with the ruler
# A column is wide enough when it breaks no word up to this length and no cell is higher than this.
_WORD = 16
_LINES = 6
# A number at the end of a cell stays on the line of the word before it: sentence 7.
_ENDING, _JOINED = re.compile(r" (\d+)\Z"), "\N{NO-BREAK SPACE}"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")

Cells = Sequence[str]


def draw(heads: Cells, rows: Sequence[Cells], page: Page) -> str:
    """Draw a table of the heads of columns and the cells of rows; the text ends a line."""
    legible_rows = [[_ENDING.sub(f"{_JOINED}\\1", legible(cell)) for cell in row] for row in rows]
    columns = list(zip(heads, *legible_rows, strict=True))
    widths = _widths(columns, page.width - _GAP * (len(columns) - 1))
    drawn = "" if widths is None else _grid(heads, legible_rows, widths, page)
    if widths is None or drawn.count("\n") - _HEAD > _height(heads, legible_rows, page):
        drawn = _blocks(heads, legible_rows, page)
    return drawn.replace(_JOINED, " ")


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
    longest_word = max(len(word) for cell in column for word in cell.split(" "))
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


def _height(heads: Cells, rows: Sequence[Cells], page: Page) -> int:
    """Give about how many lines the blocks of rows would have, and a line between them."""
    room = max(1, page.width - _margin(heads))
    return sum(sum(ceil(len(cell) / room) for cell in row) + 1 for row in rows)


def _margin(heads: Cells) -> int:
    return max(map(len, heads), default=0) + _GAP


def _blocks(heads: Cells, rows: Sequence[Cells], page: Page) -> str:
    margin = _margin(heads)
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
