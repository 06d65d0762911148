"""`standpunkt site`."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from standpunkt.cli import terminal
from standpunkt.cli.options import ArticlesOption, DossierOption, open_dossier
from standpunkt.cli.reporting import interruptible, watched
from standpunkt.errors import MissingExtraError

_NEEDED = {"jinja2", "starlette"}


def site(
    *,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A new or an empty folder, or an earlier site."),
    ],
    articles: ArticlesOption = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Where readers will find it, for its 404.html."),
    ] = None,
    dossier: DossierOption = None,
) -> None:
    """Write the pages of the explorer as files, for any host of files.

    English pages stand at the top, German ones in 'de'. All links are relative, so that the
    pages also open from a disk. With --articles the sentences of the articles are on the pages:
    whoever gets the site gets the texts. An earlier site in the folder is replaced when the new
    one is whole; what else stands there, such as '.git', stays.

    Examples:
      standpunkt site public
      standpunkt site public --url https://example.org/standpunkt
      standpunkt site public --dossier my-dossier
    """
    try:
        from standpunkt.web import app, static_site  # noqa: PLC0415  other commands need none
    except ModuleNotFoundError as missing:
        if missing.name not in _NEEDED:
            raise
        raise MissingExtraError(
            f"{missing.name} is not installed; install it with: pip install 'standpunkt[serve]'"
        ) from None
    root = urlsplit(app.checked_address(url)).path if url else ""
    source = open_dossier(dossier)
    progress = watched("reading", source)

    def told(done: int, whole: int) -> None:
        if progress is not None:
            progress.tell("writing", "pages", done, whole)

    count = interruptible(
        lambda: static_site.write(
            source, folder, articles=articles, root=f"{root}/", progress=told
        ),
        progress,
    )
    terminal.note(f"{folder} has {count} files; begin with {folder / 'index.html'}")
