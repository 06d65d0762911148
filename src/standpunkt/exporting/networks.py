"""Networks of a dossier as GraphML, for Gephi, visone, networkx and igraph.

GraphML is written here, by the standard library: the format is small, and a library of networks
would be asked to write what it did not compute. http://graphml.graphdrawing.org is the format;
Gephi reads no more of it than typed keys on nodes and edges, so there is nothing else.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, product
from xml.etree import ElementTree as ET

from pyoxigraph import NamedNode

from standpunkt.dossier import Dossier
from standpunkt.exporting.statements import BETWEEN, Reader, rows
from standpunkt.namespaces import SPK, shorten
from standpunkt.question import LANGUAGES
from standpunkt.serialisation import NOT_IN_XML

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
# Attributes that are numbers; all others are texts. Gephi reads no `1` as a boolean.
_INTEGERS = {"agreement", "polarity", "weight"}
_SIDES = ("1", "-1")

Attributes = dict[str, str]
Edge = tuple[str, NamedNode, NamedNode, Attributes]


def to_graphml(dossier: Dossier, network: str, language: str = "en") -> str:
    """Write a network of `NETWORKS` as GraphML; without a node, where there is no statement.

    `statements` is directed, with an edge from the actor to the proposition for each statement
    and all its variables on the edge. `congruence` and `conflict` are undirected, between actors:
    the weight of an edge is how often the two take the same side, or opposite sides, where a side
    of a proposition counts once for an actor, and a stance with polarity 0 takes none. That is
    what Discourse Network Analyzer computes without duplicates and without normalisation. The
    language is that of the attribute `label`.
    """
    reader = Reader(dossier, language)
    edges = list(NETWORKS[network](reader))
    nodes: dict[NamedNode, Attributes] = {}
    for statement in reader.statements():
        for actor in reader.along([statement], "speaker"):
            nodes[actor] = _node(reader, actor, "actor")
        for proposition in reader.propositions(statement) if network == "statements" else ():
            nodes[proposition] = _node(reader, proposition, "proposition")
    root = ET.Element("graphml", xmlns=_NAMESPACE)
    sorted_nodes = sorted(nodes.items(), key=lambda item: item[0].value)
    keys = _keys(root, "node", (attributes for _, attributes in sorted_nodes), 0)
    keys |= _keys(root, "edge", (attributes for *_, attributes in edges), len(keys))
    direction = "directed" if network == "statements" else "undirected"
    graph = ET.SubElement(root, "graph", id=network, edgedefault=direction)
    for node, attributes in sorted_nodes:
        element = ET.SubElement(graph, "node", id=shorten(node.value))
        _write(element, "node", attributes, keys)
    for name, source, target, attributes in edges:
        ends = {"source": shorten(source.value), "target": shorten(target.value)}
        _write(ET.SubElement(graph, "edge", {"id": name, **ends}), "edge", attributes, keys)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    # XML parsers take a bare carriage return for a line feed.
    return written.replace(b"\r", b"&#xD;").decode() + "\n"


def _statements(reader: Reader) -> Iterator[Edge]:
    for statement, row in zip(reader.statements(), rows(reader), strict=True):
        ends = product(reader.along([statement], "speaker"), reader.propositions(statement))
        label = {"label": reader.labels([statement])[0]}
        for number, (speaker, proposition) in enumerate(ends, start=1):
            name = shorten(statement.value) + (f"-{number}" if number > 1 else "")
            yield name, speaker, proposition, label | row


def _congruence(reader: Reader) -> Iterator[Edge]:
    return _between_actors(reader, lambda one, other: len(one & other))


def _conflict(reader: Reader) -> Iterator[Edge]:
    return _between_actors(
        reader, lambda one, other: sum(mine != theirs for mine, theirs in product(one, other))
    )


NETWORKS: dict[str, Callable[[Reader], Iterator[Edge]]] = {
    "statements": _statements,
    "congruence": _congruence,
    "conflict": _conflict,
}


def _between_actors(reader: Reader, ties: Callable[[set[str], set[str]], int]) -> Iterator[Edge]:
    sides: dict[NamedNode, dict[NamedNode, set[str]]] = {}
    for statement in reader.statements():
        taken = {polarity for polarity in reader.polarities(statement) if polarity in _SIDES}
        if taken:
            ends = product(reader.along([statement], "speaker"), reader.propositions(statement))
            for speaker, proposition in ends:
                sides.setdefault(speaker, {}).setdefault(proposition, set()).update(taken)
    for one, other in combinations(sorted(sides, key=str), 2):
        weights = {
            proposition: ties(sides[one][proposition], sides[other][proposition])
            for proposition in sorted(sides[one].keys() & sides[other].keys(), key=str)
        }
        shared = [proposition for proposition, weight in weights.items() if weight]
        if shared:
            attributes = {
                "weight": str(sum(weights.values())),
                "propositions": BETWEEN.join(each.value for each in shared),
                **{
                    f"propositions_{language}": BETWEEN.join(reader.labels(shared, language))
                    for language in LANGUAGES
                },
            }
            yield f"{shorten(one.value)}--{shorten(other.value)}", one, other, attributes


def _node(reader: Reader, node: NamedNode, mode: str) -> Attributes:
    types = [kind.value.removeprefix(SPK) for kind in reader.facts.types(node)]
    return {
        "label": reader.labels([node])[0],
        "iri": node.value,
        "mode": mode,
        "type": BETWEEN.join(types),
        **{f"label_{language}": reader.labels([node], language)[0] for language in LANGUAGES},
    }


def _keys(
    root: ET.Element, domain: str, all_attributes: Iterator[Attributes], first: int
) -> dict[tuple[str, str], str]:
    """Declare the attributes that are there, in their order, and give the id of each."""
    names = dict.fromkeys(name for attributes in all_attributes for name in attributes)
    keys = {(domain, name): f"d{number}" for number, name in enumerate(names, start=first)}
    for (_, name), key in keys.items():
        kind = "int" if name in _INTEGERS else "string"
        ET.SubElement(root, "key", {"id": key, "for": domain, "attr.name": name, "attr.type": kind})
    return keys


def _write(
    element: ET.Element, domain: str, attributes: Attributes, keys: dict[tuple[str, str], str]
) -> None:
    for name, text in attributes.items():
        if text and not (name in _INTEGERS and BETWEEN in text):
            data = ET.SubElement(element, "data", key=keys[domain, name])
            data.text = NOT_IN_XML.sub("\ufffd", text)
