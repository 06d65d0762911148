"""Options that several commands share, and what their values mean."""

from pathlib import Path
from typing import Annotated

import typer

from standpunkt.cli import completion
from standpunkt.dossier import Dossier
from standpunkt.render import ROW_FORMATS, TRIPLE_FORMATS

DossierOption = Annotated[
    Path | None,
    typer.Option(
        "--dossier",
        metavar="DIR",
        help="A dossier in place of the shipped one.",
    ),
]
ArticlesOption = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        metavar="DIR",
        help="A folder with the texts of the articles.",
    ),
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="de|en",
        envvar="STANDPUNKT_LANG",
        help="The language of labels.",
        autocompletion=completion.languages,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file, whose ending picks the format.",
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help=f"For rows {', '.join(ROW_FORMATS)}; for triples {', '.join(TRIPLE_FORMATS)}.",
        autocompletion=completion.formats,
    ),
]
LabelsOption = Annotated[
    bool,
    typer.Option("--labels", help="In CSV, TSV and JSON, add a column with labels beside IRIs."),
]


def open_dossier(folder: Path | None) -> Dossier:
    """Give the dossier in a folder, or the shipped one; raises `DossierError`."""
    return Dossier.shipped() if folder is None else Dossier(folder)
