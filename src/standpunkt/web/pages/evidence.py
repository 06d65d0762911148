"""Where a fact is written, for readers: the sentence, the words that it quotes, its offsets."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt.errors import FileError
from standpunkt.ground import DEFINITION, OUTSIDE, Ground
from standpunkt.namespaces import PREFIXES
from standpunkt.page import legible
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.paths import node_path

_LANGUAGE = NamedNode(PREFIXES["dcterms"] + "language")


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that carries a fact.

    `path` leads to its sentence on the page of the article. `text` is the sentence itself, where
    the operator has the text; `is_another` says that the article has another text there.
    """

    passage: Cell
    path: str
    start: int
    end: int
    words: tuple[Cell, ...]
    text: str | None
    language: str | None
    is_another: bool


@dataclass(frozen=True, slots=True)
class Footing:
    """What a triple stands on: `fact` with sources, `outside` with references, `definition`."""

    kind: str
    sources: tuple[Source, ...]
    outside: tuple[Cell, ...]


def of_node(cells: Cells, node: NamedNode) -> Footing:
    """Give what all that is said of a node stands on; without texts where a file is missing."""
    try:
        ground = cells.explorer.grounds.of_fact(node)
    except FileError:
        ground = cells.explorer.grounds_without_texts.of_fact(node)
    return footing(cells, ground)


def footing(cells: Cells, ground: Ground) -> Footing:
    """Write the ground of a fact for readers."""
    if ground.kind == DEFINITION:
        return Footing(DEFINITION, (), ())
    if ground.kind == OUTSIDE:
        return Footing(OUTSIDE, (), tuple(cells.web(source) for source in ground.sources))
    texts = ground.sentences or (None,) * len(ground.citations)
    sources = [
        Source(
            passage=cells.cell(citation.passage),
            path=passage_path(citation.article, citation.passage, citation.number),
            start=citation.start,
            end=citation.end,
            words=tuple(map(cells.quoted, citation.words)),
            text=None if text is None else legible(text),
            language=article_language(cells, citation.article),
            is_another=ground.sentences is not None and text is None,
        )
        for citation, text in zip(ground.citations, texts, strict=True)
    ]
    return Footing(ground.kind, tuple(sources), ())


def article_language(cells: Cells, article: NamedNode | None) -> str | None:
    """Give the language that an article is in, where that is known."""
    found = cells.explorer.store.triples(article, _LANGUAGE) if article else ()
    return next((each.object.value for each in found if isinstance(each.object, Literal)), None)


def passage_path(article: NamedNode | None, passage: NamedNode, number: int) -> str:
    """Give where a reader finds a passage: its sentence on the article's page, else its own."""
    if article is None or number < 0:
        return node_path(passage)
    return f"{node_path(article)}#s{number}"
