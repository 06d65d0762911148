"""`standpunkt serve`."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from standpunkt.cli import terminal
from standpunkt.cli.options import DossierOption, open_dossier
from standpunkt.errors import FileError, MissingExtraError
from standpunkt.folder import FolderStore, kept
from standpunkt.stored import StoredDossier

_NEEDED = {"h11", "jinja2", "starlette", "uvicorn"}


def serve(
    *,
    host: Annotated[
        str,
        typer.Option("--host", metavar="HOST", help="Where to listen; 0.0.0.0 is everywhere."),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="PORT", min=0, max=65535, help="0 is any that is free."),
    ] = 8000,
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="URL",
            help="Where readers reach the site, if that is a reverse proxy.",
        ),
    ] = None,
    open_: Annotated[
        bool,
        typer.Option("--open", help="Show the site in the browser."),
    ] = False,
    articles: Annotated[
        Path | None,
        typer.Option(
            "--articles",
            metavar="DIR",
            help="A folder with the texts of the articles, of which pages show the sentences.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            max=64,
            help="How many queries run at a time; by default one for each processor, 2 to 4.",
            show_default=False,
        ),
    ] = None,
    max_rows: Annotated[
        int,
        typer.Option(
            "--max-rows", metavar="N", min=1, help="How many rows or triples a result may have."
        ),
    ] = 200_000,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", metavar="SECONDS", min=0.1, max=3600, help="How long a query may take."
        ),
    ] = 20.0,
    cors: Annotated[
        bool,
        typer.Option("--cors/--no-cors", help="Let the scripts of other sites read answers."),
    ] = True,
    access_log: Annotated[
        bool,
        typer.Option("--access-log", help="Write a line for each request on standard error."),
    ] = False,
    store: Annotated[
        Path | None,
        typer.Option(
            "--store",
            metavar="DIR",
            help="Serve what a store of Oxigraph in a folder has, in place of the files.",
        ),
    ] = None,
    dossier: DossierOption = None,
) -> None:
    """Serve the dossier: pages for readers, and a SPARQL endpoint at /sparql.

    It changes nothing and calls no other host. Ctrl-C stops it when the answers that have begun
    are given. With --store the saved questions are still those of the dossier.

    Examples:
      standpunkt serve --open
      standpunkt serve --port 8080 --timeout 5
      standpunkt serve --url https://example.org/standpunkt --access-log
      standpunkt serve --store ~/town.db
    """
    try:
        from standpunkt.web import app, server  # noqa: PLC0415  other commands need none
        from standpunkt.web.limits import Limits  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        package = (missing.name or "").partition(".")[0]
        if package not in _NEEDED:
            raise
        raise MissingExtraError(
            f"{package} is not installed; install it with: pip install 'standpunkt[serve]'"
        ) from None
    if articles is not None and not articles.is_dir():
        raise FileError(f"there is no folder {str(articles)!r} with articles")
    source = open_dossier(dossier)
    limits = replace(Limits(), timeout=timeout, rows=max_rows)
    if workers is not None:
        limits = replace(limits, workers=workers)
    with ExitStack() as held:
        if store is not None:
            folder = store.expanduser()
            source = StoredDossier(FolderStore(folder), source)
            held.enter_context(kept(folder))
        listening = held.enter_context(server.bind(host, port))
        own = server.address(listening)
        application = app.create_app(
            source,
            articles=articles,
            address=app.checked_address(url) if url else own,
            limits=limits,
            cors=cors,
        )

        def ready() -> None:
            terminal.note(f"{own}/ serves {source.folder}; Ctrl-C stops it")
            if open_:
                Thread(target=typer.launch, args=(f"{own}/",), daemon=True).start()

        server.serve(application, listening, limits, access_log=access_log, ready=ready)
