"""`standpunkt validate`."""

from pathlib import Path
from typing import Annotated

import typer

from standpunkt.cli import completion, terminal
from standpunkt.cli.options import DossierOption, LanguageOption, OutputOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched
from standpunkt.question import checked_language


def validate(
    *,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Turtle files to judge in the place of the dossier's graph/.",
        ),
    ] = None,
    allow: Annotated[
        str | None,
        typer.Option(
            "--allow",
            metavar="info|warning",
            help="Leave out findings of this severity and of milder ones.",
            autocompletion=completion.severities,
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="auto|pyshacl|shacl|turbo",
            help="Who judges; shacl and turbo need the extra 'fast'.",
            autocompletion=completion.engines,
        ),
    ] = "auto",
    lang: LanguageOption = "en",
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="One of text, json, junit, github, turtle.",
        ),
    ] = None,
    output: OutputOption = None,
    dossier: DossierOption = None,
) -> None:
    """Check facts against the shapes.

    Each finding is a line: file, line, column, severity, the label of the node, and the rule that
    it breaks. Where it is known how to mend it, an indented line says so. The exit code is 1 where
    there is a finding.

    With the extra 'fast', a large dossier is judged in seconds, by the engine shacl.

    Examples:
      standpunkt validate
      standpunkt validate draft.ttl --lang de
      standpunkt validate --allow info
      standpunkt validate --output report.xml
      standpunkt validate --format github
      standpunkt validate --engine pyshacl
    """
    from standpunkt import findings, validation  # noqa: PLC0415  other commands need neither

    source = open_dossier(dossier)
    language = checked_language(lang)
    picked = terminal.pick(form, output, findings.FORMATS, piped="text")
    report = interruptible(
        lambda: validation.validate(source, paths or None, engine=engine),
        watched("checking", source, language=language),
    )
    if allow is not None:
        report = report.allowing(allow)
    terminal.write(findings.write(report, picked, language), output)
    if not report.conforms:
        raise typer.Exit(NO)
    terminal.note(_CONFORMS[language])


_CONFORMS = {"de": "keine Befunde", "en": "nothing found"}
