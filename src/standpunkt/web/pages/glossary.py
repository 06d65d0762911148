"""The terms of the ontology, each with its definition."""

from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from standpunkt.namespaces import OWL, RDF, SKOS, SPK, shorten
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import data_links
from standpunkt.web.pages.words import words

_DEFINITION = NamedNode(SKOS + "definition")
_TYPE = NamedNode(RDF + "type")
_KINDS = {
    "Class": ("Klassen", "Classes"),
    "ObjectProperty": ("Beziehungen", "Relations"),
    "DatatypeProperty": ("Angaben", "Values"),
    "": ("Werte geschlossener Listen", "Members of closed lists"),
    "AllDisjointClasses": ("Axiome", "Axioms"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: `anchor` is the last part of its IRI, `curie` its short form."""

    anchor: str
    curie: str
    term: Cell
    definition: str


@dataclass(frozen=True, slots=True)
class Part:
    """The terms of one kind."""

    title: str
    entries: tuple[Entry, ...]


def page(explorer: Explorer, language: str) -> Page:
    """Give the page of the vocabulary: classes, relations, values, closed lists, and axioms."""
    cells = Cells(explorer, explorer.wording(language))
    found: dict[str, list[Entry]] = {}
    for node in explorer.names:
        if node.value.startswith(SPK):
            found.setdefault(_kind(explorer, node), []).append(_entry(explorer, cells, node))
    place = 0 if language == "de" else 1
    parts = [
        Part(
            _KINDS[kind][place],
            tuple(sorted(found[kind], key=lambda entry: entry.term.text)),
        )
        for kind in _KINDS
        if kind in found
    ]
    own = words(language)
    model = {"lead": own["glossary lead"], "parts": parts, "data_links": data_links("/ns")}
    return Page("glossary.html", own["glossary"], model)


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
    return next((kind for kind in _KINDS if kind and NamedNode(OWL + kind) in kinds), "")


def _entry(explorer: Explorer, cells: Cells, node: NamedNode) -> Entry:
    name = node.value.removeprefix(SPK)
    term = cells.cell(node)
    if not cells.wording.label(node):  # an axiom: it has a name, and no words
        term = replace(term, text=name.replace("-", " "))
    words = definition(explorer, node, cells.wording.language)
    return Entry(name, shorten(node.value), term, words)
