"""`standpunkt why`."""

from typing import Annotated

import typer
from pyoxigraph import Triple

from standpunkt import naming
from standpunkt.cli import completion, terminal
from standpunkt.cli.options import (
    ArticlesOption,
    DossierOption,
    LanguageOption,
    OutputOption,
    open_dossier,
)
from standpunkt.cli.reporting import NO, interruptible
from standpunkt.question import checked_language
from standpunkt.store import Store
from standpunkt.wording import Wording

_FORMATS = {"text": (".txt",), "json": (".json",)}


def why(
    *,
    subject: Annotated[
        str,
        typer.Argument(
            help="A slug, a CURIE, an IRI, or a label in any language.",
            autocompletion=completion.nodes,
        ),
    ],
    predicate: Annotated[
        str,
        typer.Argument(
            metavar="PROPERTY",
            help="A property, named likewise.",
            autocompletion=completion.properties,
        ),
    ],
    object_: Annotated[
        str,
        typer.Argument(
            metavar="OBJECT",
            help="A node, or a value that the subject has.",
            autocompletion=completion.nodes,
        ),
    ],
    every: Annotated[
        bool,
        typer.Option("--all", help="Prove it from each fact that carries it."),
    ] = False,
    articles: ArticlesOption = None,
    lang: LanguageOption = "en",
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(_FORMATS)}."),
    ] = None,
    output: OutputOption = None,
    dossier: DossierOption = None,
) -> None:
    """Show why something holds: the rules, the facts, and the sentences they stand in.

    What is asserted has its evidence; what follows has a proof, for which the extra 'proof' is
    needed. The exit code is 1 where it does not hold; then what comes nearest is named.

    Examples:
      standpunkt why mike-lee advocates us-leaves-nato
      standpunkt why elon-musk opposes "US stays in NATO" --all --lang de
      standpunkt why donald-trump advocates us-leaves-nato
      standpunkt why mike-lee spk:advocates us-leaves-nato --articles ~/articles
    """
    from standpunkt import proof_json, proofs  # noqa: PLC0415  other commands need none
    from standpunkt.explanation import Explainer  # noqa: PLC0415  likewise
    from standpunkt.ground import Grounds  # noqa: PLC0415  likewise

    source = open_dossier(dossier)
    store = Store.asserted(source)
    wording = Wording(store, checked_language(lang))
    picked = terminal.pick(form, output, _FORMATS, piped="text")
    grounds = Grounds(source, articles)
    property_ = naming.find_property(store, predicate)
    node = naming.find(store, subject)
    triple = Triple(node, property_, naming.find_object(store, node, property_, object_))
    explanation = interruptible(lambda: Explainer(source).explain(triple))
    if picked == "json":
        text = proof_json.to_json(explanation, wording, grounds, every=every)
    else:
        page = terminal.page(output)
        text = proofs.to_text(explanation, wording, grounds, page, every=every)
    terminal.write(text, output)
    if not explanation.holds:
        raise typer.Exit(NO)
