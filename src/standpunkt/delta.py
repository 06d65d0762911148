"""What changed between two sets of graphs, node by node and property by property."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import NamedNode, Triple

from standpunkt.facts import Fact, facts
from standpunkt.namespaces import RDF, RDFS

Kind = OneOf["added", "removed", "changed", "renamed"]
Graphs = Mapping[str, list[Triple]]

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """What a property of a node loses and gets; texts go language by language."""

    predicate: NamedNode
    language: str | None
    removed: tuple[Fact, ...]
    added: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class NodeChange:
    """What happened to a node of one graph; `None` is the nodes without a name.

    `former` is the old name of a renamed node, whose facts may have changed as well.
    """

    node: NamedNode | None
    kind: Kind
    properties: tuple[PropertyChange, ...]
    former: NamedNode | None = None


def compare_nodes(
    before: Graphs, after: Graphs, names: Mapping[NamedNode, NamedNode]
) -> dict[str, tuple[NodeChange, ...]]:
    """Compare graphs of the same IRIs, and give for each what happened to its nodes, by name.

    `names` leads from the old name of each renamed node to the new, which stands in both sets. A
    node is added where nothing was said of it in any graph, and removed where nothing is any more.
    """
    known_before, known_after = _subjects(before), _subjects(after)
    former = {new: old for old, new in names.items()}
    found: dict[str, tuple[NodeChange, ...]] = {}
    for graph, triples in after.items():
        was, is_ = facts(before[graph]), facts(triples)
        removed, added = _by_node(was - is_), _by_node(is_ - was)
        # A node that has facts in two graphs is reported as renamed in the first alone.
        here = {node for node in _subjects({graph: triples}) if node in former}
        changes = []
        for node in sorted({*removed, *added, *here}, key=lambda node: node.value if node else ""):
            kind: Kind = "changed"
            if node in here:
                kind = "renamed"
            elif node not in known_before:
                kind = "added"
            elif node not in known_after:
                kind = "removed"
            properties = _properties(removed.get(node, []), added.get(node, []))
            old_name = former.pop(node, None) if node else None
            changes.append(NodeChange(node, kind, properties, old_name))
        found[graph] = tuple(changes)
    return found


def _subjects(graphs: Graphs) -> set[NamedNode | None]:
    """Give the nodes that something is said of; `None`, what has no name, is always among them."""
    named = (each.subject for triples in graphs.values() for each in triples)
    return {None, *(node for node in named if isinstance(node, NamedNode))}


def _by_node(found: Counter[Fact]) -> dict[NamedNode | None, list[Fact]]:
    grouped: dict[NamedNode | None, list[Fact]] = {}
    for fact in sorted(found.elements(), key=str):
        grouped.setdefault(fact.node, []).append(fact)
    return grouped


def _properties(removed: Iterable[Fact], added: Iterable[Fact]) -> tuple[PropertyChange, ...]:
    """Group facts of one node: classes first, then labels, then by the IRI of the property."""
    grouped: dict[tuple[NamedNode, str | None], tuple[list[Fact], list[Fact]]] = {}
    for side, listed in enumerate((removed, added)):
        for fact in listed:
            key = fact.triple.predicate, getattr(fact.triple.object, "language", None)
            grouped.setdefault(key, ([], []))[side].append(fact)

    def order(key: tuple[NamedNode, str | None]) -> tuple[bool, bool, str, str]:
        predicate, language = key
        return predicate != _TYPE, predicate != _LABEL, predicate.value, language or ""

    return tuple(
        PropertyChange(*key, *map(tuple, grouped[key])) for key in sorted(grouped, key=order)
    )
