"""The command line. Each command is a module: its arguments, its help, and what it calls.

Results go to standard output, all else to standard error; `reporting` has the exit codes. Only the
module of the command that is run is imported: a help text and the shell get by with the summaries.
"""

import inspect
from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from standpunkt.cli import terminal
from standpunkt.cli.reporting import ReportingGroup
from standpunkt.cli.values import QuickCommand, spare

__all__ = ["app"]

# The commands by the names of their functions, with the first sentences of their docstrings.
_COMMANDS = {
    "ask": "Answer a saved question, or list them all.",
    "query": "Run a SPARQL query. Prefixes such as id: and spk: need no declaration.",
    "show": "Show all that is known of one node, with the evidence.",
    "why": "Show why something holds: the rules, the facts, and the sentences they stand in.",
    "validate": "Check facts against the shapes.",
    "passages": "Cut an article into passages, with offsets and hashes.",
    "evidence": "Show what hangs on each sentence, and whether it stands where the dossier says.",
    "diff": "Say what changed between two dossiers, and what that does to the answers.",
    "infer": "Write what follows from the dossier under OWL 2 RL.",
    "export": "Write the dossier in the formats of other tools.",
    "load": "Load the dossier into a triple-store, each part into its named graph, and check it"
    " there.",
    "serve": "Serve the dossier: pages for readers, and a SPARQL endpoint at /sparql.",
    "site": "Write the pages of the explorer as files, for any host of files.",
    "format_": "Bring Turtle files into the house layout.",
    "lint": "Check the saved questions and the ontology against the house rules.",
}


class _Group(ReportingGroup):
    """The commands: each a name and a summary until it is run."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  as they are in typer
        """Take what a group of Typer takes."""
        super().__init__(**attributes)
        for function, summary in _COMMANDS.items():
            self.add_command(TyperCommand(function.rstrip("_"), help=summary))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  the same
        """Read what was typed before the name of a command."""
        spare(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def resolve_command(
        self,
        ctx: Any,  # noqa: ANN401  the same
        args: list[str],
    ) -> tuple[str | None, Any, list[str]]:
        """Give the command that was typed, with its module imported, and what was typed after."""
        name, summary, rest = super().resolve_command(ctx, args)
        return name, summary and _load(summary.name or ""), rest


def _load(name: str) -> Any:  # noqa: ANN401  Typer does not export the class of commands
    """Import a command."""
    module = import_module(f"{__name__}.{name}")
    function = next(getattr(module, each) for each in _COMMANDS if each.rstrip("_") == name)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, cls=QuickCommand, help=_help(function))(function)
    return typer.main.get_command(alone)


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
    cls=_Group,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True, help=_help(standpunkt))(standpunkt)
