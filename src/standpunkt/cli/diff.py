"""`standpunkt diff`."""

from contextlib import ExitStack
from typing import Annotated

import typer

from standpunkt.cli import terminal
from standpunkt.cli.options import DossierOption, LanguageOption, OutputOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched
from standpunkt.question import checked_language

_FORMATS = {"text": (".txt",), "json": (".json",), "markdown": (".md", ".markdown")}
_SAME = {"de": "keine Unterschiede", "en": "no differences"}


def diff(
    *,
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="A folder with a dossier, or a git revision of the dossier at hand.",
        ),
    ],
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW",
            help="The same; without it the dossier at hand as it is.",
        ),
    ] = None,
    asserted: Annotated[
        bool,
        typer.Option("--asserted", help="Leave out what is inferred, which is faster."),
    ] = False,
    lang: LanguageOption = "en",
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(_FORMATS)}."),
    ] = None,
    output: OutputOption = None,
    dossier: DossierOption = None,
) -> None:
    """Say what changed between two dossiers, and what that does to the answers.

    Facts are compared as graphs: layout and order are no difference. Each saved question is asked
    of both. The exit code is 1 where there are differences.

    Examples:
      standpunkt diff HEAD~1
      standpunkt diff main HEAD --lang de
      standpunkt diff old-dossier/ new-dossier/
      standpunkt diff origin/main --format markdown --output comment.md
    """
    from standpunkt import changes, changeset, revisions  # noqa: PLC0415  other commands need none
    from standpunkt.diff import compare  # noqa: PLC0415  likewise
    from standpunkt.sides import Sides  # noqa: PLC0415  likewise

    at_hand = open_dossier(dossier)
    language = checked_language(lang)
    picked = terminal.pick(form, output, _FORMATS, piped="text")
    with ExitStack() as opened:
        before = opened.enter_context(revisions.opened(old, at_hand.folder))
        after = at_hand
        if new is not None:
            after = opened.enter_context(revisions.opened(new, at_hand.folder))
        found = interruptible(
            lambda: compare(before, after, language=language, inferred=not asserted),
            watched("comparing", before, after, language=language),
        )
        sides = Sides(before, after, language)
    if picked == "json":
        text = changeset.to_json(found, sides)
    elif picked == "markdown":
        text = changes.to_markdown(found, sides)
    else:
        text = changes.to_text(found, sides, terminal.page(output))
    terminal.write(text, output)
    if found:
        raise typer.Exit(NO)
    terminal.note(_SAME[language])
