"""`standpunkt passages`."""

from pathlib import Path
from typing import Annotated

import typer

from standpunkt import render
from standpunkt.cli import terminal
from standpunkt.cli.options import OutputOption

_FORMATS = {"text": (".txt", ".cut"), "turtle": (".ttl",)}


def passages(
    *,
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="A text in UTF-8.")],
    name: Annotated[
        str,
        typer.Option("--name", metavar="NAME", help="What the nodes end in: id:article-NAME."),
    ] = "new",
    cut: Annotated[
        Path | None,
        typer.Option(
            "--cut",
            metavar="FILE",
            help="The article with one passage a line, in place of a guess.",
        ),
    ] = None,
    language: Annotated[
        str,
        typer.Option("--language", metavar="TAG", help="The language of the article."),
    ] = "de",
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"One of {', '.join(_FORMATS)}."),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Cut an article into passages, with offsets and hashes.

    The format text has one passage a line: a guess, to be mended and given back with --cut. The
    format turtle has the article, an author without a name, and the passages.

    Examples:
      standpunkt passages article.txt --format text > article.cut
      standpunkt passages article.txt --cut article.cut --name c -o graph/c.ttl
    """
    from standpunkt import passages as passages_of  # noqa: PLC0415  other commands need none

    picked = terminal.pick(form, output, _FORMATS, piped="turtle")
    text = terminal.read(article)
    if cut is None:
        spans = passages_of.guessed(text)
    else:
        spans = passages_of.along(text, terminal.read(cut), str(cut))
    if picked == "text":
        written = passages_of.lines(text, spans)
    else:
        nodes = passages_of.triples(text, spans, file=article.name, name=name, language=language)
        written = render.triples(nodes, "turtle")
    terminal.write(written, output)
