"""From what a query gives to what is written."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from standpunkt import render, sparql
from standpunkt.answer import Answer, Rows
from standpunkt.cli import terminal
from standpunkt.cli.reporting import NO
from standpunkt.store import Result, Stream

if TYPE_CHECKING:
    from standpunkt.wording import Wording

Item = TypeVar("Item")


def pick_format(query: str, wanted: str | None, output: Path | None) -> str:
    """Pick the format of a query's result, before it runs.

    Raises `UnknownNameError` for a format or ending that the form of the query does not have.
    """
    if sparql.form(query) in {"construct", "describe"}:
        return terminal.pick(wanted, output, render.TRIPLE_FORMATS, piped="turtle")
    return terminal.pick(wanted, output, render.ROW_FORMATS, piped="csv")


def is_streamed(form: str, *, labels: bool) -> bool:
    """Say whether a format is written as the result comes.

    A column gets its labels where any row has an IRI in it, which shows with the last row.
    """
    return form in render.STREAMED and not labels


def stream(result: Stream, form: str, output: Path | None = None) -> None:
    """Write a result in a streamed format while it comes; exits with 1 for the verdict `false`."""
    if isinstance(result, bool):
        _write_verdict(result, output)
        return
    if isinstance(result, Rows):
        rows = Rows(result.columns, _noting_none(result.rows, "rows"))
        terminal.write(render.row_lines(rows, form), output)
    else:
        terminal.write(render.triple_lines(_noting_none(result, "triples")), output)


def write(
    result: Result,
    form: str,
    words: Callable[[], "Wording"],
    *,
    labels: bool = False,
    output: Path | None = None,
) -> None:
    """Write a result; exits with 1 where it is the verdict `false`.

    `words` gives the wording of what is for readers; what is for programs does without.
    """
    if isinstance(result, bool):
        _write_verdict(result, output)
        return
    if isinstance(result, Answer):
        if is_streamed(form, labels=labels):
            stream(Rows(result.columns, iter(result.rows)), form, output)
            return
        page = terminal.page(output)
        text = render.rows(result, form, words(), labels=labels, page=page)
        empty = not result.rows
    else:
        text = render.triples(result, form)
        empty = not result
    terminal.write(text, output)
    if empty:
        terminal.note("no rows" if isinstance(result, Answer) else "no triples")


def _write_verdict(verdict: bool, output: Path | None) -> None:
    terminal.write(render.verdict(verdict), output)
    if not verdict:
        raise typer.Exit(NO)


def _noting_none(items: Iterable[Item], what: str) -> Iterator[Item]:
    """Give what there is, and tell the user where that is nothing."""
    rest = iter(items)
    first = list(islice(rest, 1))
    yield from chain(first, rest)
    if not first:
        terminal.note(f"no {what}")
