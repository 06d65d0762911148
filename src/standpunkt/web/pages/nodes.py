"""The page of a node: what it is, what is known of it, where that is written, what is asked of it.

One page for all classes: a saved question that takes a parameter of the node's class is answered
for the node, so that an actor's page has offices, statements and allies, and a law's the ways out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt import queries
from standpunkt.answer import Answer
from standpunkt.description import Description, Group, Link, describe
from standpunkt.namespaces import RDF, RDFS, SKOS, SPK, shorten
from standpunkt.queries import Question
from standpunkt.web.pages.answers import Table, table
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.evidence import of_node
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.figures import panels_with
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import data_links, handle, node_path, question_path, why_path
from standpunkt.web.pages.stances import Stances, stances

# The order in which a reader wants to know; all else follows in the order of the alphabet.
_FIRST = (
    "definition scopeNote name memberOf exactMatch advocates opposes speaker possibleSpeaker"
    " reportedBy spokenAs demands endorses rejects threatens considers asserts denies questions"
    " predicts fears leavesOpen if unless ifUnderstood certainty directness addressee date timeNote"
    " place medium occasion value hedge unit measures percentageOf figureOf period status partOf"
    " passedBy forbids liftedBy participant becauseOf implies contradicts about inArticle number"
    " kind start end author"
    " language file sha256 editorialNote"
)
# Which questions come first on a page; all others follow by name.
_FIRST_ASKED = (
    "who-advocates",
    "who-opposes",
    "office-holders",
    "positions-of-actor",
    "statements-by-actor",
    "quotations",
)
_RANKS = {name: rank for rank, name in enumerate(_FIRST.split())}
# What stands elsewhere on the page.
_ELSEWHERE = {SPK + "evidence", SPK + "quotation", RDFS + "label", SKOS + "prefLabel"}
_TYPE = RDF + "type"
_FACT_PARAMETER = "fact"


@dataclass(frozen=True, slots=True)
class Item:
    """The other end of a link; `why` leads to the proof of what is inferred."""

    cell: Cell
    why: str | None
    evidence: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """The other ends of the links by one property."""

    label: Cell
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A saved question, answered for the node."""

    name: str
    title: str
    path: str
    table: Table


def page(explorer: Explorer, language: str, node: NamedNode) -> Page:
    """Give the page of a node that the dossier knows."""
    cells = Cells(explorer, explorer.wording(language))
    described = describe(explorer.dossier, node, language, explorer.inferred_about(node))
    title = cells.cell(node).text
    sections = _sections(explorer, language, node)
    is_position = NamedNode(SPK + "Position") in explorer.classes(node)
    camps: Stances | None = stances(explorer, cells, node) if is_position else None
    model = {
        "node": node.value,
        "curie": shorten(node.value),
        "kinds": _kinds(explorer, cells, node),
        "names": _other_language(explorer, node, title),
        "relations": _relations(cells, described, _outgoing(described.outgoing), outward=True),
        "words": [cells.quoted(words) for words in _words(explorer, node)],
        "footing": of_node(cells, node),
        "own_path": node_path(node),
        "panels": panels_with(explorer, language, node),
        "sections": sections,
        "stances": camps,
        "incoming": _relations(cells, described, described.incoming, outward=False),
        "data_links": data_links(node_path(node)),
    }
    return Page("node.html", title, model)


def _kinds(explorer: Explorer, cells: Cells, node: NamedNode) -> list[Cell]:
    types = (triple.object for triple in explorer.store.triples(node, NamedNode(_TYPE)))
    return sorted(map(cells.cell, types), key=lambda cell: cell.text)


def _other_language(explorer: Explorer, node: NamedNode, title: str) -> list[Cell]:
    """Give the labels that the title is not, each with its language."""
    labels = (
        triple.object
        for name in (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel")
        for triple in explorer.store.triples(node, NamedNode(name))
    )
    found = {
        Cell(label.value, language=label.language)
        for label in labels
        if isinstance(label, Literal) and label.value != title
    }
    return sorted(found, key=lambda cell: (cell.language or "", cell.text))


def _outgoing(groups: Iterable[Group]) -> list[Group]:
    kept = [group for group in groups if group.predicate.value not in _ELSEWHERE]
    return sorted(kept, key=lambda group: _RANKS.get(_local(group), len(_RANKS)))


def _local(group: Group) -> str:
    return group.predicate.value.replace("/", "#").rpartition("#")[2]


def _relations(
    cells: Cells, described: Description, groups: Sequence[Group], *, outward: bool
) -> list[Relation]:
    """Write groups of links, but for the classes of the node: they stand above its title."""
    return [
        Relation(
            cells.cell(group.predicate),
            tuple(_item(cells, described, group, link, outward=outward) for link in group.links),
        )
        for group in groups
        if not (outward and group.predicate.value == _TYPE)
    ]


def _item(cells: Cells, described: Description, group: Group, link: Link, *, outward: bool) -> Item:
    why = None
    if link.inferred and isinstance(link.term, NamedNode):
        ends = (described.node, link.term) if outward else (link.term, described.node)
        why = why_path(ends[0], group.predicate, ends[1])
    return Item(cells.cell(link.term), why, link.evidence, link.quotations)


def _words(explorer: Explorer, node: NamedNode) -> list[Literal]:
    """Give the words that a fact quotes, or that a quotation is."""
    quotations = explorer.store.triples(node, NamedNode(SPK + "quotation"))
    quoted = [node, *(triple.object for triple in quotations)]
    return [
        triple.object
        for each in quoted
        if isinstance(each, NamedNode)
        for triple in explorer.store.triples(each, NamedNode(SPK + "words"))
        if isinstance(triple.object, Literal)
    ]


def _sections(explorer: Explorer, language: str, node: NamedNode) -> list[Section]:
    """Answer the saved questions that take a node of such a class."""
    classes = set(explorer.classes(node))
    found = []
    for question in explorer.questions.values():
        for name in question.own_params():
            if name != _FACT_PARAMETER and queries.kind(explorer.store, name) in classes:
                section = _section(explorer, language, question, name, node)
                if section is not None:
                    found.append(section)
    return sorted(found, key=_rank)


def _rank(section: Section) -> tuple[int, str]:
    first = section.name in _FIRST_ASKED
    return (_FIRST_ASKED.index(section.name) if first else len(_FIRST_ASKED), section.name)


def _section(
    explorer: Explorer, language: str, question: Question, name: str, node: NamedNode
) -> Section | None:
    given = {name: handle(node)}
    answer = explorer.run(question, language, given)
    if not isinstance(answer, Answer) or not answer.rows:
        return None
    # A column that has the node in all rows says no more than the title of the page.
    same = [
        column
        for at, column in enumerate(answer.columns)
        if all(row[at] == node for row in answer.rows)
    ]
    shown = table(explorer, question, answer, given, language, without=same)
    path = question_path(question.name, **given)
    return Section(question.name, question.headline(language), path, shown)
