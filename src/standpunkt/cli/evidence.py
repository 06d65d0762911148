"""`standpunkt evidence`."""

from pathlib import Path
from typing import Annotated

import typer

from standpunkt.cli import terminal
from standpunkt.cli.options import DossierOption, LanguageOption, OutputOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched
from standpunkt.question import checked_language
from standpunkt.store import Store
from standpunkt.wording import Wording

_FORMATS = {"text": (".txt",), "json": (".json",)}


def evidence(
    *,
    articles: Annotated[
        Path | None,
        typer.Option(
            "--articles",
            metavar="DIR",
            help="A folder with the texts: each offset, hash and quotation is checked.",
        ),
    ] = None,
    lang: LanguageOption = "en",
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="One of text, json."),
    ] = None,
    output: OutputOption = None,
    dossier: DossierOption = None,
) -> None:
    """Show what hangs on each sentence, and whether it stands where the dossier says.

    The exit code is 1 where a sentence carries nothing, a fact has no evidence, the spans of an
    article are others than those that were sealed, or a span is not what the article has there.

    Examples:
      standpunkt evidence
      standpunkt evidence --articles ~/articles
      standpunkt evidence --lang de --format json
    """
    from standpunkt import evidence as evidence_of  # noqa: PLC0415  other commands need none
    from standpunkt import sentences  # noqa: PLC0415  likewise

    source = open_dossier(dossier)
    language = checked_language(lang)
    picked = terminal.pick(form, output, _FORMATS, piped="text")
    write = sentences.to_json if picked == "json" else sentences.to_text

    def work() -> tuple[str, bool]:
        wording = Wording(Store.asserted(source), language)
        found = evidence_of.coverage(source)
        checked = evidence_of.verify(source, articles) if articles is not None else None
        holds = found.holds and not (checked and checked.faults)
        return write(found, checked, wording), holds

    text, holds = interruptible(work, watched("checking", source, language=language))
    terminal.write(text, output)
    if not holds:
        raise typer.Exit(NO)
