"""The command line. Each command is a module: its arguments, its help, and what it calls.

Results go to standard output, all else to standard error; `reporting` has the exit codes.
"""

import inspect
from collections.abc import Callable
from typing import Annotated

import typer

from standpunkt.cli import terminal
from standpunkt.cli.ask import ask
from standpunkt.cli.diff import diff
from standpunkt.cli.evidence import evidence
from standpunkt.cli.export import export
from standpunkt.cli.format import format_
from standpunkt.cli.infer import infer
from standpunkt.cli.lint import lint
from standpunkt.cli.load import load
from standpunkt.cli.passages import passages
from standpunkt.cli.query import query
from standpunkt.cli.reporting import ReportingGroup
from standpunkt.cli.serve import serve
from standpunkt.cli.show import show
from standpunkt.cli.site import site
from standpunkt.cli.validate import validate
from standpunkt.cli.why import why

__all__ = ["app"]

_COMMANDS: tuple[Callable[..., None], ...] = (
    ask,
    query,
    show,
    why,
    validate,
    passages,
    evidence,
    diff,
    infer,
    export,
    load,
    serve,
    site,
    format_,
    lint,
)


def _help(function: Callable[..., None]) -> str:
    """Give a docstring as a help text, with the lines of its examples kept apart."""
    return inspect.cleandoc(function.__doc__ or "").replace("Examples:", "\b\nExamples:")


def standpunkt(
    *,
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Who said what about a question, how firmly, and in which sentence it is written.

    Examples:
      standpunkt ask
      standpunkt ask who-advocates position=us-leaves-nato
      standpunkt show mike-lee --lang de
    """
    if version:
        terminal.write(f"standpunkt {_version()}\n")
    elif context.invoked_subcommand is None:
        terminal.write(f"{context.get_help()}\n")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  slow

    try:
        return version("standpunkt")
    except PackageNotFoundError:
        return "in a folder that is not installed"


app = typer.Typer(
    cls=ReportingGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True, help=_help(standpunkt))(standpunkt)
for command in _COMMANDS:
    app.command(command.__name__.rstrip("_"), help=_help(command))(command)
