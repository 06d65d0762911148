"""`standpunkt lint`."""

import typer

from standpunkt.cli import terminal
from standpunkt.cli.options import DossierOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched


def lint(*, dossier: DossierOption = None) -> None:
    """Check the saved questions and the ontology against the house rules.

    Each finding is a line: file, line, the name of the rule, and what to mend. The exit code is 1
    where there is one.

    Examples:
      standpunkt lint
      standpunkt lint --dossier ../other-dossier
    """
    from standpunkt import linting  # noqa: PLC0415  other commands need none

    source = open_dossier(dossier)
    found = interruptible(lambda: linting.lint(source), watched("checking", source))
    terminal.write("".join(f"{finding}\n" for finding in found))
    if found:
        raise typer.Exit(NO)
    terminal.note("nothing found")
