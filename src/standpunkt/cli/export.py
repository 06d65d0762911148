"""`standpunkt export`."""

from itertools import chain
from typing import Annotated

import typer

from standpunkt.cli import completion, terminal
from standpunkt.cli.options import DossierOption, LanguageOption, OutputOption, open_dossier
from standpunkt.cli.reporting import interruptible, watched


def export(
    *,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="One of turtle, trig, ntriples, nquads, rdfxml, jsonld, context, csv, graphml.",
            autocompletion=completion.export_formats,
        ),
    ] = None,
    parts: Annotated[
        list[str] | None,
        typer.Option(
            "--part",
            "-p",
            metavar="PART",
            help=(
                "Only this part, and others that are named: ontology, articles, links, shapes,"
                " queries, inferred, metadata."
            ),
            autocompletion=completion.parts,
        ),
    ] = None,
    inferred: Annotated[
        bool,
        typer.Option("--inferred", help="Add what follows from the dossier under OWL 2 RL."),
    ] = False,
    network: Annotated[
        str | None,
        typer.Option(
            "--network",
            metavar="NETWORK",
            help="For graphml: statements (the default), congruence or conflict.",
            autocompletion=completion.networks,
        ),
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(
            "--endpoint",
            metavar="URL",
            help="Where the dossier can be asked, for the parts queries and metadata.",
        ),
    ] = None,
    lang: LanguageOption = "en",
    output: OutputOption = None,
    dossier: DossierOption = None,
) -> None:
    """Write the dossier in the formats of other tools.

    trig and nquads have named graphs, one for each part; without --part they have all that stands
    in files. turtle, ntriples, rdfxml and jsonld have one graph; without --part that is what is
    asserted: ontology, articles and links. context is the @context of the JSON-LD. csv has a row
    for each statement with all its variables, graphml is a network.

    The same dossier gives the same bytes.

    Examples:
      standpunkt export --output dossier.trig
      standpunkt export --inferred --output facts.ttl
      standpunkt export --output statements.csv
      standpunkt export --network congruence --output allies.graphml
      standpunkt export --part queries --endpoint https://example.org/sparql
      standpunkt export --part metadata
    """
    from standpunkt import exporting  # noqa: PLC0415  other commands need none

    source = open_dossier(dossier)
    picked = terminal.pick(form, output, exporting.FORMATS, piped="turtle")
    progress = watched("writing", source, language=lang)

    def work() -> None:
        pieces = exporting.stream(
            source,
            picked,
            parts=parts or (),
            inferred=inferred,
            endpoint=endpoint,
            network=network,
            language=lang,
        )
        first = next(pieces, "")
        if progress is not None:
            progress.end()
        terminal.write(chain([first], pieces), output)
        if exporting.is_empty(picked, first):
            terminal.note("no statements" if picked in {"csv", "graphml"} else "no triples")

    interruptible(work, progress)
