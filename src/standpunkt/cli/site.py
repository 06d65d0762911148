"""`standpunkt site`."""

from pathlib import Path
from typing import Annotated

import typer

from standpunkt.cli import terminal
from standpunkt.cli.options import ArticlesOption, DossierOption, open_dossier
from standpunkt.cli.reporting import interruptible
from standpunkt.errors import MissingExtraError

_NEEDED = {"jinja2", "starlette"}


def site(
    *,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A new or an empty folder."),
    ],
    articles: ArticlesOption = None,
    dossier: DossierOption = None,
) -> None:
    """Write the pages of the explorer as files, for any host of files.

    English pages stand at the top, German ones in 'de'. All links are relative, so that the
    pages also open from a disk. With --articles the sentences of the articles are on the pages:
    whoever gets the site gets the texts.

    Examples:
      standpunkt site public
      standpunkt site public --dossier my-dossier
    """
    try:
        from standpunkt.web import static_site  # noqa: PLC0415  other commands need none
    except ModuleNotFoundError as missing:
        if missing.name not in _NEEDED:
            raise
        raise MissingExtraError(
            f"{missing.name} is not installed; install it with: pip install 'standpunkt[serve]'"
        ) from None
    source = open_dossier(dossier)
    count = interruptible(lambda: static_site.write(source, folder, articles=articles))
    terminal.note(f"{folder} has {count} files; begin with {folder / 'index.html'}")
