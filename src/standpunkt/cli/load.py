"""`standpunkt load`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from pyoxigraph import NamedNode

from standpunkt import transfer
from standpunkt.cli import completion, terminal
from standpunkt.cli.options import DossierOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched
from standpunkt.cli.sources import credentials, public
from standpunkt.connection import Connection
from standpunkt.curl import for_folder, for_server
from standpunkt.dossier import Dossier
from standpunkt.embedded import Embedded
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.errors import ParameterError
from standpunkt.facts import known_knots
from standpunkt.profiles import AUTO, NAMES, find
from standpunkt.receipt import Receipt, check
from standpunkt.settings import TIMEOUT, USER
from standpunkt.spool import Spool
from standpunkt.staging import MOVE, Exchange, Progress, Remote
from standpunkt.transfer import PARTS, Target

_SCHEMES = ("http://", "https://")


def load(
    *,
    target: Annotated[
        str,
        typer.Argument(metavar="TARGET", help="A folder for a store of Oxigraph, or a URL."),
    ],
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="|".join(NAMES),
            help="The kind of store that the URL leads to.",
            autocompletion=completion.stores,
        ),
    ] = AUTO,
    parts: Annotated[
        list[str] | None,
        typer.Option(
            "--part",
            metavar="NAME",
            help=f"A part to load, several times for several: {', '.join(PARTS)}.",
            autocompletion=completion.loaded_parts,
        ),
    ] = None,
    graph: Annotated[
        str | None,
        typer.Option("--graph", metavar="IRI", help="Load all into this one named graph."),
    ] = None,
    inferred: Annotated[
        bool, typer.Option("--inferred/--no-inferred", help="Load what follows, too.")
    ] = True,
    add: Annotated[
        bool, typer.Option("--add/--replace", help="Keep what the graphs had, or replace it.")
    ] = False,
    update: Annotated[
        str | None,
        typer.Option("--update", metavar="URL", help="Where a store takes SPARQL Update."),
    ] = None,
    gsp: Annotated[
        str | None,
        typer.Option("--gsp", metavar="URL", help="Where it has the Graph Store Protocol."),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option("--user", metavar="NAME", envvar=USER, help="Who loads."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="How long to wait.")
    ] = TIMEOUT,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print commands that do the same, and do nothing.")
    ] = False,
    dossier: DossierOption = None,
) -> None:
    """Load the dossier into a triple-store, each part into its named graph, and check it there.

    A load that is cut off leaves the graphs as they were. Other graphs are left alone. The exit
    code is 1 where the store then holds or answers something else. A password is taken from
    STANDPUNKT_PASSWORD or asked for, a token is taken from STANDPUNKT_TOKEN.

    With --update or --gsp, TARGET is the address for queries. With --gsp alone, each graph is
    replaced in its place by one request: nothing is staged, and what a load that is cut off leaves
    is up to the store.

    Examples:
      standpunkt load ~/town.db
      standpunkt load http://localhost:3030/ds --part articles --part ontology
      standpunkt load http://localhost:8890 --user dba
      standpunkt load http://db:9999/query --update http://db:9999/update
      standpunkt load http://localhost:3030/ds --dry-run | bash
    """
    source = open_dossier(dossier)
    chosen = [
        part for part in transfer.checked_parts(parts or PARTS) if inferred or part != "inferred"
    ]
    one = _checked_graph(graph)
    places = {PARTS[part]: one or PARTS[part] for part in chosen}
    if not target.startswith(_SCHEMES):
        folder = _folder(target)
        if dry_run:
            _print_commands(for_folder(source, folder, places, is_added=add))
            return
        receipt = _load(source, lambda step: Embedded(folder, step), chosen, one, add)
    else:
        connection = Connection(credentials(user, ask=not dry_run), timeout=timeout)
        endpoint, exchange = _endpoint(connection, public(target), store, update, gsp)
        remote = partial(Remote, endpoint, exchange)
        if dry_run:
            _print_commands(for_server(source, remote(), places, is_added=add))
            return
        receipt = _load(source, lambda step: remote(progress=step), chosen, one, add)
    terminal.write("".join(f"{line}\n" for line in (*receipt.lines, *receipt.differences)))
    if receipt.differences:
        raise typer.Exit(NO)


def _load(
    source: Dossier,
    open_target: Callable[[Progress], Target],
    parts: list[str],
    graph: str | None,
    add: bool,
) -> Receipt:
    is_whole = {"ontology", "articles", "links"} <= set(parts)
    progress = watched("loading", source)

    def work() -> Receipt:
        graphs = transfer.content(source, parts, graph)
        whole = sum(spool.lines for spool in graphs.values())
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress.tell("loading", "triples", done, whole)

        target = open_target(step)
        if add:
            target.add({name: _news(triples, target, name) for name, triples in graphs.items()})
        else:
            target.replace(graphs)
        return check(source, target, graphs, is_added=add, is_whole=is_whole)

    return interruptible(work, progress)


def _news(triples: Spool, target: Target, graph: str) -> Spool:
    """Give what adding would not double: a list that is there has other blank nodes there."""
    known = known_knots(triples, lambda: target.triples(graph))
    return Spool(triple for triple in triples if triple not in known) if known else triples


def _endpoint(
    connection: Connection, url: str, store: str, update: str | None, gsp: str | None
) -> tuple[Endpoint, Exchange]:
    """Give the store behind a URL, and how staged graphs come to their places there."""
    if update or gsp:
        addresses = Addresses(url, update and public(update), gsp and public(gsp))
        return Endpoint(addresses, connection), MOVE
    profile = find(connection, url, store)
    return Endpoint(profile.addresses(url), connection), profile.exchange


def _folder(target: str) -> Path:
    if "://" in target:
        raise ParameterError(f"{target!r} is no address of a store: write http:// or https://")
    return Path(target).expanduser()


def _checked_graph(iri: str | None) -> str | None:
    try:
        return iri and NamedNode(iri).value
    except ValueError:
        raise ParameterError(f"{iri!r} is no absolute IRI, and so names no graph") from None


def _print_commands(commands: list[str]) -> None:
    """Print commands of which each runs where the one before has succeeded."""
    terminal.write(" &&\n".join(commands) + "\n")
