"""`standpunkt ask`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standpunkt import queries, render
from standpunkt.cli import completion, results, terminal
from standpunkt.cli.options import (
    ArticlesOption,
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
from standpunkt.dossier import Dossier
from standpunkt.errors import ParameterError
from standpunkt.settings import TIMEOUT
from standpunkt.store import Store

if TYPE_CHECKING:
    from standpunkt.wording import Wording

_WITH_REASONS = {form: render.ROW_FORMATS[form] for form in ("table", "json")}


def ask(
    *,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION",
            help="A saved question; without one, all are listed.",
            autocompletion=completion.saved_questions,
        ),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME=VALUE",
            help="Its parameters; a value is a slug, a CURIE, an IRI, or a label in any language.",
            autocompletion=completion.parameters,
        ),
    ] = None,
    lang: LanguageOption = "en",
    form: FormatOption = None,
    output: OutputOption = None,
    labels: LabelsOption = False,
    why: Annotated[
        bool,
        typer.Option("--why", help="Prove what each row claims, below a table or in JSON."),
    ] = False,
    articles: ArticlesOption = None,
    dossier: DossierOption = None,
    endpoint: EndpointOption = None,
    store: StoreOption = None,
    user: UserOption = None,
    timeout: TimeoutOption = TIMEOUT,
) -> None:
    """Answer a saved question, or list them all.

    Rows are a table on a terminal and CSV in a pipe.

    Examples:
      standpunkt ask
      standpunkt ask who-advocates position=us-leaves-un
      standpunkt ask who-advocates "position=The US leaves NATO" --lang de
      standpunkt ask who-advocates --labels --output advocates.csv
      standpunkt ask who-opposes --why --articles ~/articles
      standpunkt ask who-advocates --endpoint http://localhost:3030/ds
    """
    source = open_dossier(dossier)
    language = queries.checked_language(lang)
    if name is None:
        _list(source, language, form, output)
        return
    question = queries.question(source, name)
    if why:
        picked = terminal.pick(form, output, _WITH_REASONS, piped="table")
    else:
        picked = results.pick_format(question.text, form, output)
    values = _values(parameters or [])
    there = open_elsewhere(endpoint, store, user, timeout)
    if why and there:
        raise ParameterError("--why proves from the files of a dossier; leave out the store")
    progress = watched("answering", source, language=language)
    if not why and results.is_streamed(picked, labels=labels):

        def pour() -> None:
            found = queries.stream(
                source, question, language=language, parameters=values, store=there
            )
            if progress is not None:
                progress.end()
            results.stream(found, picked, output)

        interruptible(pour, progress)
        return
    result = interruptible(
        lambda: queries.run(source, question, language=language, parameters=values, store=there),
        progress,
    )

    def words() -> "Wording":
        from standpunkt.wording import Wording  # noqa: PLC0415  only readers need words

        here = Store.asserted(source)
        return Wording(there or here, language, question.columns_de, terms=here)

    if not why:
        results.write(result, picked, words, labels=labels, output=output)
        return
    from standpunkt.cli.reasons import write  # noqa: PLC0415  only what is proven needs it

    write(
        source, question, result, values, picked, wording=words(), articles=articles, output=output
    )


def _list(source: Dossier, language: str, form: str | None, output: Path | None) -> None:
    from standpunkt import catalogue  # noqa: PLC0415  only the list needs it

    picked = terminal.pick(form, output, render.ROW_FORMATS, piped="table")
    questions = queries.questions(source)
    if picked == "table":
        text = catalogue.catalogue(questions, language, terminal.page(output))
        terminal.write(text, output)
        return

    def words() -> "Wording":
        from standpunkt.wording import Wording  # noqa: PLC0415  only readers need words

        return Wording(Store.asserted(source), language)

    results.write(catalogue.rows(questions, language), picked, words, output=output)


def _values(parameters: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for parameter in parameters:
        name, equals, value = parameter.partition("=")
        if not equals:
            raise ParameterError(f"{parameter!r} is no parameter; write it as NAME=VALUE")
        if name in values:
            raise ParameterError(f"parameter {name!r} is given twice")
        values[name] = value
    return values
