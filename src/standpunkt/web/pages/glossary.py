"""The terms of the ontology, each with its definition."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt.namespaces import OWL, RDF, SKOS, SPK
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.words import words

_DEFINITION = NamedNode(SKOS + "definition")
_TYPE = NamedNode(RDF + "type")
_KINDS = {
    "Class": ("Klassen", "Classes"),
    "ObjectProperty": ("Beziehungen", "Relations"),
    "DatatypeProperty": ("Angaben", "Values"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: `anchor` is the last part of its IRI."""

    anchor: str
    term: Cell
    definition: str


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the vocabulary: classes, relations, values, and members of closed lists."""
    cells = Cells(explorer, explorer.wording(language))
    found: dict[str, list[Entry]] = {}
    for node, name in explorer.names.items():
        if node.value.startswith(SPK) and name.labels:  # axioms have names, and no words
            found.setdefault(_kind(explorer, node), []).append(_entry(explorer, cells, node))
    place = 0 if language == "de" else 1
    rest = ("Werte geschlossener Listen", "Members of closed lists")[place]
    parts = [
        (_KINDS[kind][place] if kind else rest, sorted(found[kind], key=lambda e: e.term.text))
        for kind in (*_KINDS, "")
        if kind in found
    ]
    title = words(language)["glossary"]
    return Page("glossary.html", title, {"parts": parts})


def definition(explorer: Explorer, node: NamedNode, language: str) -> str:
    """Give the definition of a term, in another language where there is none in this one."""
    found = [
        triple.object
        for triple in explorer.store.triples(node, _DEFINITION)
        if isinstance(triple.object, Literal)
    ]
    found.sort(key=lambda each: each.language != language)
    return found[0].value if found else ""


def _kind(explorer: Explorer, node: NamedNode) -> str:
    kinds = {triple.object for triple in explorer.store.triples(node, _TYPE)}
    return next((kind for kind in _KINDS if NamedNode(OWL + kind) in kinds), "")


def _entry(explorer: Explorer, cells: Cells, node: NamedNode) -> Entry:
    words = definition(explorer, node, cells.wording.language)
    return Entry(node.value.removeprefix(SPK), cells.cell(node), words)
