"""Where a command gets its triples: from the dossier's files, from a folder, from an endpoint."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standpunkt.dossier import ASSERTED, INFERRED_GRAPH
from standpunkt.errors import ParameterError
from standpunkt.settings import PASSWORD, TIMEOUT, TOKEN, USER

if TYPE_CHECKING:
    from standpunkt.connection import Credentials
    from standpunkt.elsewhere import Elsewhere

EndpointOption = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        metavar="URL",
        help="Ask a triple-store that has the dossier: the address of its queries.",
    ),
]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Ask a store of Oxigraph in a folder that has the dossier.",
    ),
]
UserOption = Annotated[
    str | None,
    typer.Option(
        "--user",
        metavar="NAME",
        envvar=USER,
        help=f"Who asks the endpoint; the password is {PASSWORD}, or is asked for.",
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0.1,
        help="How long the endpoint may take for an answer, or for the next piece of rows.",
    ),
]


def open_elsewhere(
    endpoint: str | None,
    folder: Path | None,
    user: str | None = None,
    timeout: float = TIMEOUT,
    *,
    inferred: bool = False,
) -> "Elsewhere | None":
    """Give the store that the options name; `None` for the dossier's own files.

    `inferred` adds the graph of what is inferred. Raises `ParameterError` for an unusable
    combination, and what the stores do when they are opened.
    """
    graphs = (*ASSERTED, INFERRED_GRAPH) if inferred else ASSERTED
    if endpoint is None:
        if folder is None:
            return None
        from standpunkt.folder import FolderStore  # noqa: PLC0415  the files need none

        return FolderStore(folder.expanduser(), graphs)
    if folder is not None:
        raise ParameterError("--endpoint and --store name two stores; give one of them")
    who = credentials(user)
    from standpunkt.remote import EndpointStore  # noqa: PLC0415  the same

    return EndpointStore(public(endpoint), graphs, credentials=who, timeout=timeout)


def credentials(user: str | None, *, ask: bool = True) -> "Credentials":
    """Take a password or token from the environment, or ask at the terminal for a password.

    Raises `ParameterError` where there is none to be had.
    """
    token, password = os.environ.get(TOKEN), os.environ.get(PASSWORD)
    if user and password is None and not token and ask:
        if not sys.stdin.isatty():
            raise ParameterError(f"the user {user!r} needs a password: set {PASSWORD}")
        password = typer.prompt("Password", hide_input=True, err=True)
    from standpunkt.connection import Credentials  # noqa: PLC0415  the files need none

    return Credentials(user, password, token or None)


def public(url: str) -> str:
    """Give a URL of HTTP without a password in it; raises `ParameterError` for another."""
    if not url.lower().startswith(("http://", "https://")):
        raise ParameterError(f"{url!r} is no address of a store: write http:// or https://")
    if "@" in url.partition("://")[2].partition("/")[0]:
        from standpunkt.connection import address  # noqa: PLC0415  the same

        raise ParameterError(
            f"{address(url)!r} was given with a password in it, which others can see: use --user"
        )
    return url
