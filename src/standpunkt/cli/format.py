"""`standpunkt format`."""

from pathlib import Path
from typing import Annotated

import typer

from standpunkt import turtle
from standpunkt.cli import terminal
from standpunkt.cli.options import DossierOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched
from standpunkt.dossier import Dossier


def format_(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Turtle files, or - for standard input; none means the whole dossier.",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; list what is not in the layout, and exit 1."),
    ] = False,
    dossier: DossierOption = None,
) -> None:
    """Bring Turtle files into the house layout.

    All files are read before the first is written: a syntax error in one changes none.

    Examples:
      standpunkt format
      standpunkt format graph/articles.ttl
      standpunkt format --check
      standpunkt format - < draft.ttl > tidy.ttl
    """
    texts = {path: terminal.read(path) for path in paths or _files(open_dossier(dossier))}
    progress = watched("formatting")

    def work() -> dict[Path, str]:
        found = {}
        for path, text in texts.items():
            found[path] = turtle.house(text, str(path))
            if progress is not None:
                progress.tell("formatting", "files", len(found), len(texts))
        return found

    houses = interruptible(work, progress)
    changed = [path for path in texts if houses[path] != texts[path]]
    if check:
        terminal.write("".join(f"{path}\n" for path in changed))
        raise typer.Exit(NO if changed else 0)
    for path, house in houses.items():
        if path == terminal.STREAM:
            terminal.write(house)
        elif path in changed:
            terminal.write(house, path)
            terminal.note(f"formatted {path}")


def _files(dossier: Dossier) -> list[Path]:
    return [path for part in ("ontology", "graph", "shapes") for path in dossier.files(part)]
