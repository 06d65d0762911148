"""The rules that facts have to meet: each shape and constraint with its message and its Turtle."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt import errors, layout
from standpunkt.namespaces import RDF, SH, SPK, SPKS
from standpunkt.store import Store
from standpunkt.web.about import names, stated
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.glossary import Entry, Part
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import data_links, node_path
from standpunkt.web.pages.words import words

_KINDS = {
    "NodeShape": ("Regel für Knoten", "rule for nodes"),
    "PropertyShape": ("Regel für Angaben", "rule for values"),
    "SPARQLConstraint": ("Regel in SPARQL", "rule in SPARQL"),
    "PrefixDeclaration": ("Präfix", "prefix"),
}
_SHAPES = (SH + "NodeShape", SH + "PropertyShape")
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_PARTS = ("property", "sparql", "node")
_SEVERITIES = {
    "Violation": ("Verletzung", "violation"),
    "Warning": ("Warnung", "warning"),
    "Info": ("Hinweis", "info"),
}


@dataclass(frozen=True, slots=True)
class Links:
    """What a rule is linked with in one way."""

    label: str
    cells: tuple[Cell, ...]


def near(explorer: Explorer, language: str, name: str) -> list[Cell]:
    """Give the rules that have a name near another one."""
    found = errors.near(name, names(explorer.site.library, SPKS))
    return [_Rules(explorer, language).cell(NamedNode(SPKS + each)) for each in found]


def index(explorer: Explorer, language: str) -> Page:
    """Give the page of all rules, by the class or the kind of statement that they are about."""
    rules = _Rules(explorer, language)
    found: dict[str, list[Entry]] = {}
    for name in names(explorer.site.library, SPKS):
        node = NamedNode(SPKS + name)
        topic = name.partition("-")[0]
        label = explorer.store.label(NamedNode(SPK + topic), language) or topic
        text = rules.text(node, SH + "message") or " · ".join(rules.kinds(node))
        entry = Entry(name, f"spks:{name}", rules.cell(node), text)
        found.setdefault(label, []).append(entry)
    own = words(language)
    parts = [Part(label, tuple(entries)) for label, entries in sorted(found.items(), key=_folded)]
    model = {"lead": own["shapes lead"], "parts": parts, "data_links": data_links("/shapes")}
    return Page("glossary.html", own["shapes"], model)


def page(explorer: Explorer, language: str, node: NamedNode) -> Page:
    """Give the page of a rule that the dossier has."""
    rules = _Rules(explorer, language)
    place = 0 if language == "de" else 1
    severity = next((each.value for each in rules.linked(node, SH + "severity")), f"{SH}Violation")
    is_shape = any(kind.value in _SHAPES for kind in rules.linked(node, RDF + "type"))
    own = words(language)
    model = {
        "kinds": rules.kinds(node),
        "message": rules.text(node, SH + "message"),
        "mend": rules.text(node, f"{SPKS}mend"),
        "severity": _SEVERITIES[severity.removeprefix(SH)][place] if is_shape else "",
        "links": [
            Links(label, rules.cells(nodes))
            for label, nodes in (
                (own["rule is for"], rules.all(node, _TARGETS)),
                (own["rule has"], rules.all(node, _PARTS)),
                (own["rule is part of"], rules.pointing(node)),
            )
            if nodes
        ],
        "turtle": layout.lay_out(stated(explorer.site.library, node), {}),
        "node": node.value,
        "data_links": data_links(node_path(node)),
    }
    return Page("shape.html", rules.cell(node).text, model)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The shapes of a dossier in one language."""

    explorer: Explorer
    language: str

    @property
    def _store(self) -> Store:
        return self.explorer.site.library

    def cell(self, node: NamedNode) -> Cell:
        """Write a rule by its own name, and what else it is linked with by its label."""
        if not node.value.startswith(SPKS):
            return Cells(self.explorer, self.explorer.wording(self.language)).cell(node)
        name = self.text(node, SH + "name") or self._store.label(node, self.language)
        return Cell(name or node.value.removeprefix(SPKS), path=node_path(node))

    def cells(self, nodes: Iterable[NamedNode]) -> tuple[Cell, ...]:
        """Write nodes in the order of the alphabet."""
        return tuple(sorted(map(self.cell, nodes), key=lambda cell: cell.text.casefold()))

    def text(self, node: NamedNode, predicate: str) -> str:
        """Give the text of a property in the language, else in another, else an empty one."""
        found = [
            triple.object
            for triple in self._store.triples(node, NamedNode(predicate))
            if isinstance(triple.object, Literal)
        ]
        found.sort(key=lambda each: (each.language != self.language, str(each)))
        return found[0].value if found else ""

    def kinds(self, node: NamedNode) -> list[str]:
        """Say of which kinds a rule is."""
        found = {kind.value.removeprefix(SH) for kind in self.linked(node, RDF + "type")}
        place = 0 if self.language == "de" else 1
        return [both[place] for kind, both in _KINDS.items() if kind in found]

    def linked(self, node: NamedNode, predicate: str) -> list[NamedNode]:
        """Give the nodes that a property leads to."""
        found = (triple.object for triple in self._store.triples(node, NamedNode(predicate)))
        return sorted((term for term in found if isinstance(term, NamedNode)), key=str)

    def all(self, node: NamedNode, predicates: Iterable[str]) -> list[NamedNode]:
        """Give the nodes that properties of SHACL lead to."""
        return [found for name in predicates for found in self.linked(node, SH + name)]

    def pointing(self, node: NamedNode) -> list[NamedNode]:
        """Give the shapes that a rule is a part of."""
        found = (
            triple.subject
            for name in _PARTS
            for triple in self._store.triples(None, NamedNode(SH + name), node)
        )
        return sorted((term for term in found if isinstance(term, NamedNode)), key=str)


def _folded(item: tuple[str, object]) -> str:
    return item[0].casefold()
