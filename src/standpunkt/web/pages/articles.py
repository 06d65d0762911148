"""An article's page: its sentences by number, and the facts that hang on each.

The text itself is there only where the operator has it, and only where it is the one that the
dossier knows.
"""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from standpunkt.citation import Articles, Citation
from standpunkt.errors import FileError
from standpunkt.evidence import Coverage, Sentence, coverage
from standpunkt.namespaces import SPK
from standpunkt.nodes import Nodes
from standpunkt.page import legible
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.evidence import article_language
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.nodes import page as node_page
from standpunkt.web.pages.page import Page

_ORDER = ({"Statement"}, {"Event", "Figure", "Law", "Quotation", "Slip"}, {"Membership"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, heading or caption with its facts; `text` where it is at hand."""

    number: int
    passage: Cell
    facts: tuple[Cell, ...]
    carries_no_fact: bool
    text: str | None


def is_article(explorer: Explorer, node: NamedNode) -> bool:
    """Tell whether a node is an article."""
    return NamedNode(SPK + "Article") in explorer.classes(node)


def page(explorer: Explorer, language: str, article: NamedNode) -> Page:
    """Give the page of an article that the dossier knows."""
    described = node_page(explorer, language, article)
    cells = Cells(explorer, explorer.wording(language))
    sentences = explorer.once(_coverage).articles.get(article, [])
    units = [_unit(explorer, cells, article, sentence) for sentence in sentences]
    model = {
        **described.model,
        "units": units,
        "text_language": article_language(cells, article),
        "has_text": any(unit.text for unit in units),
    }
    return Page("article.html", described.title, model)


def _coverage(explorer: Explorer) -> Coverage:
    return coverage(explorer.dossier)


def _unit(explorer: Explorer, cells: Cells, article: NamedNode, sentence: Sentence) -> Unit:
    nodes = Nodes(explorer.store)
    facts = sorted(sentence.facts, key=lambda fact: (_rank(explorer, fact), cells.text(fact)))
    return Unit(
        number=sentence.number,
        passage=cells.cell(sentence.passage),
        facts=tuple(map(cells.cell, facts)),
        carries_no_fact=sentence.carries_no_fact,
        text=_text(explorer, nodes, article, sentence),
    )


def _rank(explorer: Explorer, fact: NamedNode) -> int:
    """Put what is said before what happened and was counted, and whom it names last."""
    kinds = {kind.value.removeprefix(SPK) for kind in explorer.classes(fact)}
    return next((rank for rank, named in enumerate(_ORDER) if named & kinds), len(_ORDER))


def _text(explorer: Explorer, nodes: Nodes, article: NamedNode, sentence: Sentence) -> str | None:
    """Give the text of a sentence; `None` without a folder, a file, or where it is another."""
    if explorer.articles is None:
        return None
    start, end = (nodes.number(sentence.passage, name) for name in ("start", "end"))
    citation = Citation(sentence.passage, article, sentence.number, start, end, words=())
    try:
        text = Articles(explorer.store, explorer.articles).sentence(citation)
    except FileError:
        return None
    return None if text is None else legible(text)
