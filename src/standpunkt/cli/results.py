"""From what a query gives to what is written."""

from pathlib import Path

import typer

from standpunkt import render, sparql
from standpunkt.answer import Answer
from standpunkt.cli import terminal
from standpunkt.cli.reporting import NO
from standpunkt.store import Result
from standpunkt.wording import Wording


def pick_format(query: str, wanted: str | None, output: Path | None) -> str:
    """Pick the format of a query's result, before it runs.

    Raises `UnknownNameError` for a format or ending that the form of the query does not have.
    """
    if sparql.form(query) in {"construct", "describe"}:
        return terminal.pick(wanted, output, render.TRIPLE_FORMATS, piped="turtle")
    return terminal.pick(wanted, output, render.ROW_FORMATS, piped="csv")


def write(
    result: Result,
    form: str,
    wording: Wording,
    *,
    labels: bool = False,
    output: Path | None = None,
) -> None:
    """Write a result; exits with 1 where it is the verdict `false`."""
    if isinstance(result, bool):
        terminal.write(render.verdict(result), output)
        if not result:
            raise typer.Exit(NO)
        return
    if isinstance(result, Answer):
        page = terminal.page(output)
        text = render.rows(result, form, wording, labels=labels, page=page)
        empty = not result.rows
    else:
        text = render.triples(result, form)
        empty = not result
    terminal.write(text, output)
    if empty:
        terminal.note("no rows" if isinstance(result, Answer) else "no triples")
