"""The dossier as data: its named graphs, what is in each, and where programs find them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import errors
from standpunkt.answer import Term
from standpunkt.errors import InconsistencyError
from standpunkt.exporting import parts
from standpunkt.exporting.metadata import DATASET, TITLES
from standpunkt.namespaces import GRAPH, ONTOLOGY, PREFIXES, RDF, SHAPES
from standpunkt.web.pages.cells import Cell, Cells, grouped
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import data_links, node_path
from standpunkt.web.pages.words import words

_TYPE = RDF + "type"
_DESCRIPTION = NamedNode(PREFIXES["dcterms"] + "description")
# Where readers find what is in a graph.
_READ = {"ontology": node_path(NamedNode(ONTOLOGY)), "shapes": node_path(NamedNode(SHAPES))}
_READ |= {"queries": "/questions", "articles": "/search", "links": "/questions/outside-knowledge"}


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph: how many triples it has, and where it is as a file."""

    cell: Cell
    iri: str
    count: str
    files: tuple[tuple[str, str], ...]


def dossier(explorer: Explorer, language: str) -> Page:
    """Give the page of the dossier, with its graphs."""
    model = {
        "lead": _description(explorer, language),
        "graphs": [_graph(explorer, language, name) for name in parts.PARTS],
        "sources": [
            f"{part}/{path.name}"
            for part in ("ontology", "graph", "shapes", "queries")
            for path in explorer.dossier.files(part)
        ],
        "node": DATASET.value,
        "data_links": data_links(node_path(DATASET)),
    }
    return Page("dossier.html", words(language)["data"], model)


def page(explorer: Explorer, language: str, node: NamedNode) -> Page | None:
    """Give the page of a named graph; `None` where there is no such graph."""
    name = node.value.removeprefix(GRAPH)
    if name not in parts.PARTS:
        return None
    triples = set(_triples(explorer, name))
    cells = Cells(explorer, explorer.wording(language))
    own = words(language)
    kinds: Counter[Term] = Counter(t.object for t in triples if t.predicate.value == _TYPE)
    properties: Counter[Term] = Counter(t.predicate for t in triples)
    model = {
        "graph": _graph(explorer, language, name),
        "is_complete": name != "inferred" or explorer.inferred is not None,
        "counts": [
            (own["graph classes"], _counted(cells, kinds)),
            (own["graph properties"], _counted(cells, properties)),
        ],
        "read": _READ.get(name),
        "node": node.value,
        "data_links": data_links(node_path(node)),
    }
    return Page("graph.html", _title(name, language), model)


def near(language: str, name: str) -> list[Cell]:
    """Give the graphs that have a name near another one."""
    return [
        Cell(_title(each, language), path=node_path(NamedNode(parts.iri(each))))
        for each in errors.near(name, parts.PARTS)
    ]


def _graph(explorer: Explorer, language: str, name: str) -> Graph:
    node = NamedNode(parts.iri(name))
    path = node_path(node)
    count = grouped(str(len(set(_triples(explorer, name)))), language)
    return Graph(
        Cell(_title(name, language), path=path), node.value, count, tuple(data_links(path))
    )


def _title(name: str, language: str) -> str:
    return TITLES[name][0 if language == "de" else 1]


def _triples(explorer: Explorer, name: str) -> list[Triple]:
    try:
        return explorer.site.part(name)
    except InconsistencyError:
        return []


def _counted(cells: Cells, counter: Counter[Term]) -> list[tuple[Cell, str]]:
    """Give what is counted, the most frequent first."""
    language = cells.wording.language
    found = [(cells.cell(term), number) for term, number in counter.items()]
    found.sort(key=lambda pair: (-pair[1], pair[0].text))
    return [(cell, grouped(str(number), language)) for cell, number in found]


def _description(explorer: Explorer, language: str) -> str:
    found = _literals(explorer.site.library.triples(DATASET, _DESCRIPTION))
    found = found or _literals(explorer.store.triples(NamedNode(ONTOLOGY), _DESCRIPTION))
    found.sort(key=lambda each: each.language != language)
    return found[0].value if found else ""


def _literals(triples: Iterable[Triple]) -> list[Literal]:
    return [each.object for each in triples if isinstance(each.object, Literal)]
