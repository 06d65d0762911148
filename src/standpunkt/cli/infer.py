"""`standpunkt infer`."""

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from standpunkt import render
from standpunkt.cli import completion, terminal
from standpunkt.cli.options import DossierOption, OutputOption, open_dossier
from standpunkt.cli.reporting import NO, interruptible, watched
from standpunkt.dossier import ASSERTED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from standpunkt.nemo import Inconsistency


def infer(
    *,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Write what is asserted as well, and so the whole closure."),
    ] = False,
    reasoner: Annotated[
        str,
        typer.Option(
            "--reasoner",
            metavar="auto|owlrl|nemo",
            help="The engine; nemo needs the extra 'proof', and is taken where it is there.",
            autocompletion=completion.reasoners,
        ),
    ] = "auto",
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(render.TRIPLE_FORMATS)}.",
        ),
    ] = None,
    output: OutputOption = None,
    dossier: DossierOption = None,
) -> None:
    """Write what follows from the dossier under OWL 2 RL.

    Each contradiction is a line on standard error, and the exit code is then 1.

    Examples:
      standpunkt infer
      standpunkt infer --format ntriples | grep advocates
      standpunkt infer --all --output closure.nt
      standpunkt infer --reasoner owlrl
    """
    from standpunkt import inference  # noqa: PLC0415  other commands need none

    source = open_dossier(dossier)
    picked = terminal.pick(form, output, render.TRIPLE_FORMATS, piped="turtle")

    def work() -> "tuple[Iterable[str], list[Inconsistency]]":
        found = inference.infer(source, reasoner)
        lines = found.lines
        if everything:
            asserted = (text.split("\n")[:-1] for text in source.ntriples(*ASSERTED))
            lines = sorted({*lines, *chain.from_iterable(asserted)})
        return render.written(lines, picked), found.inconsistencies

    text, inconsistencies = interruptible(work, watched("inferring", source))
    terminal.write(text, output)
    for contradiction in inconsistencies:
        terminal.note(str(contradiction))
    if inconsistencies:
        raise typer.Exit(NO)
