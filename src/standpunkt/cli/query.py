"""`standpunkt query`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standpunkt import queries, sparql
from standpunkt.cli import results, terminal
from standpunkt.cli.options import (
    DossierOption,
    FormatOption,
    LabelsOption,
    LanguageOption,
    OutputOption,
    open_dossier,
)
from standpunkt.cli.reporting import interruptible, watched
from standpunkt.cli.sources import (
    EndpointOption,
    StoreOption,
    TimeoutOption,
    UserOption,
    open_elsewhere,
)
from standpunkt.settings import TIMEOUT
from standpunkt.store import Store

if TYPE_CHECKING:
    from standpunkt.wording import Wording


def query(
    *,
    text: Annotated[
        str,
        typer.Argument(
            metavar="SPARQL",
            help="A query, a file that holds one, or - for standard input.",
        ),
    ],
    inferred: Annotated[
        bool,
        typer.Option("--inferred", help="Ask what follows from the dossier as well."),
    ] = False,
    lang: LanguageOption = "en",
    form: FormatOption = None,
    output: OutputOption = None,
    labels: LabelsOption = False,
    dossier: DossierOption = None,
    endpoint: EndpointOption = None,
    store: StoreOption = None,
    user: UserOption = None,
    timeout: TimeoutOption = TIMEOUT,
) -> None:
    """Run a SPARQL query. Prefixes such as id: and spk: need no declaration.

    Rows are a table on a terminal and CSV in a pipe, triples are Turtle. The exit code is 1
    where an ASK is false.

    Examples:
      standpunkt query "SELECT ?law WHERE { ?law a spk:Law }"
      standpunkt query queries/who-advocates.rq --format json
      standpunkt query --inferred "ASK { id:person-mike-lee spk:opposes ?any }"
      echo "DESCRIBE id:org-nato" | standpunkt query - --format ntriples
      standpunkt query "ASK { id:org-nato ?p ?o }" --store ~/town.db
    """
    source = open_dossier(dossier)
    language = queries.checked_language(lang)
    query_text = _text(text)
    picked = results.pick_format(query_text, form, output)
    there = open_elsewhere(endpoint, store, user, timeout, inferred=inferred)
    progress = watched("answering", source, language=language)
    if results.is_streamed(picked, labels=labels):

        def pour() -> None:
            store = there or queries.source(source, inferred=inferred)
            found = store.stream(query_text)
            if progress is not None:
                progress.end()
            results.stream(found, picked, output)

        interruptible(pour, progress)
        return
    result = interruptible(
        lambda: queries.query(source, query_text, inferred=inferred, store=there), progress
    )

    def words() -> "Wording":
        from standpunkt.wording import Wording  # noqa: PLC0415  only readers need words

        here = Store.asserted(source)
        return Wording(there or here, language, terms=here)

    results.write(result, picked, words, labels=labels, output=output)


def _text(argument: str) -> str:
    """Tell a query from the name of a file, which has no braces and begins like no query."""
    is_name = len(argument.split()) == 1 or sparql.form(argument) is None
    if argument.strip() and "{" not in argument and is_name:
        return terminal.read(Path(argument))
    return argument
