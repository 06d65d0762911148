"""`standpunkt show`."""

from typing import Annotated

import typer
from pyoxigraph import Triple

from standpunkt import naming, outline, render
from standpunkt.cli import completion, terminal
from standpunkt.cli.options import (
    DossierOption,
    LanguageOption,
    OutputOption,
    open_dossier,
)
from standpunkt.cli.sources import (
    EndpointOption,
    StoreOption,
    TimeoutOption,
    UserOption,
    open_elsewhere,
)
from standpunkt.description import describe
from standpunkt.dossier import Dossier
from standpunkt.queries import checked_language
from standpunkt.settings import TIMEOUT
from standpunkt.store import Store

_FORMATS = {"table": (".txt",), "json": (".json",), "turtle": (".ttl",)}


def show(
    *,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A slug, a CURIE, an IRI, or a label in any language.",
            autocompletion=completion.nodes,
        ),
    ],
    asserted: Annotated[
        bool,
        typer.Option("--asserted", help="Leave out what is inferred, which is faster."),
    ] = False,
    lang: LanguageOption = "en",
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(_FORMATS)}. Turtle has what is asserted.",
        ),
    ] = None,
    output: OutputOption = None,
    dossier: DossierOption = None,
    endpoint: EndpointOption = None,
    store: StoreOption = None,
    user: UserOption = None,
    timeout: TimeoutOption = TIMEOUT,
) -> None:
    """Show all that is known of one node, with the evidence.

    With --endpoint or --store, what is inferred is what was loaded there.

    Examples:
      standpunkt show mike-lee
      standpunkt show "The US leaves NATO" --lang de
      standpunkt show spk:advocates
      standpunkt show statement-lee-calls-for-exit --format turtle
      standpunkt show mike-lee --store ~/town.db
    """
    source = open_dossier(dossier)
    language = checked_language(lang)
    picked = terminal.pick(form, output, _FORMATS, piped="table")
    there = open_elsewhere(endpoint, store, user, timeout)
    node = naming.find(there or Store.asserted(source), name)
    if asserted or picked == "turtle":
        inferred = []
    else:
        inferred = there.inferred(node) if there else _inferred(source)
    description = describe(source, node, language, inferred, store=there)
    if picked == "turtle":
        text = render.triples(description.triples, picked)
    elif picked == "json":
        text = outline.to_json(description)
    else:
        text = outline.outline(description, language, terminal.page(output))
    terminal.write(text, output)


def _inferred(dossier: Dossier) -> list[Triple]:
    from standpunkt.inference import infer  # noqa: PLC0415  other commands need none

    return infer(dossier).triples
