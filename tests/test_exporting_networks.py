"""Networks in GraphML: what their nodes and edges are, and that other tools read them."""

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from conftest import PREFIXES
from standpunkt import Dossier
from standpunkt.exporting import NETWORKS, export

ROOT = Path(__file__).parents[1]
XMLNS = "{http://graphml.graphdrawing.org/xmlns}"
STANCES = """
spk:endorses rdfs:subPropertyOf spk:addresses ; spk:polarity 1 .
spk:demands rdfs:subPropertyOf spk:addresses ; spk:polarity 1 .
spk:rejects rdfs:subPropertyOf spk:addresses ; spk:polarity -1 .
spk:threatens rdfs:subPropertyOf spk:addresses ; spk:polarity 0 .
"""
QUARREL = """
id:person-cy a spk:Person ; rdfs:label "Cy"@en .
id:person-di a spk:Person ; rdfs:label "Di"@en .
id:position-ferry a spk:Position ; rdfs:label "A ferry"@en .
id:statement-1 a spk:Statement ; spk:speaker id:person-cy ; spk:endorses id:position-ferry .
id:statement-2 a spk:Statement ; spk:speaker id:person-cy ; spk:rejects id:position-ferry .
id:statement-3 a spk:Statement ; spk:speaker id:person-ben-hill ; spk:endorses id:position-ferry .
id:statement-4 a spk:Statement ; spk:speaker id:person-cy ; spk:demands id:position-ferry .
id:statement-5 a spk:Statement ;
    spk:speaker id:person-cy ;
    spk:rejects id:position-town-builds-bridge .
id:statement-6 a spk:Statement ; spk:speaker id:person-di ; spk:threatens id:position-ferry .
id:statement-7 a spk:Statement ; spk:speaker id:person-ed ; spk:endorses id:position-ferry .
id:statement-8 a spk:Statement ; spk:speaker id:person-ed ; spk:rejects id:position-ferry .
"""


@pytest.fixture
def quarrel(folder: Path) -> Dossier:
    """Give the tiny dossier with more who speak about bridge and ferry."""
    (folder / "ontology" / "stances.ttl").write_text(PREFIXES + STANCES, encoding="utf-8")
    (folder / "graph" / "quarrel.ttl").write_text(PREFIXES + QUARREL, encoding="utf-8")
    return Dossier(folder)


def read(text: str) -> Any:  # noqa: ANN401  networkx has no types
    """Read GraphML as networkx does; labels are what nodes are called by."""
    networkx = pytest.importorskip(
        "networkx", reason="networkx is missing: install the extra 'oracles'"
    )
    return networkx.parse_graphml(text)


def ties(network: Any) -> dict[tuple[str, str], int]:  # noqa: ANN401  networkx has no types
    """Give the weights of a network between actors, by the names of both."""
    return {
        (one.partition("-")[2], other.partition("-")[2]): data["weight"]
        for one, other, data in network.edges(data=True)
    }


def test_each_statement_is_an_edge() -> None:
    """From the actor to the proposition, with all that the table has in its row."""
    dossier = Dossier.shipped()
    network = read(export(dossier, "graphml"))
    assert network.is_directed()
    assert network.is_multigraph()
    table = {
        row["statement ID"]: row
        for row in csv.DictReader(io.StringIO(export(dossier, "csv"), newline=""))
    }
    assert network.number_of_edges() == len(table)
    for actor, proposition, data in network.edges(data=True):
        row = table[data["statement ID"]]
        assert network.nodes[actor]["iri"] == row["speaker"]
        assert network.nodes[proposition]["iri"] == row["proposition"]
        label = data.pop("label")
        assert label == row["statement_en"]
        assert {name: str(value) for name, value in data.items()} == {
            name: cell for name, cell in row.items() if cell
        }


def test_numbers_are_numbers_and_nodes_have_labels() -> None:
    """Polarity can be weighed; each node says what it is, in the language asked for."""
    network = read(export(Dossier.shipped(), "graphml", language="de"))
    assert {data["polarity"] for *_, data in network.edges(data=True)} == {-1, 0, 1}
    assert network.nodes["id:person-mike-lee"] == {
        "label": "Mike Lee",
        "iri": "https://w3id.org/standpunkt/id/person-mike-lee",
        "mode": "actor",
        "type": "Person",
        "label_de": "Mike Lee",
        "label_en": "Mike Lee",
    }
    position = network.nodes["id:position-us-leaves-nato"]
    assert (position["mode"], position["type"]) == ("proposition", "Position")
    assert position["label"] == position["label_de"] != position["label_en"]


def test_congruence_counts_common_sides(quarrel: Dossier) -> None:
    """A side of a proposition counts once, however often it is taken; a threat takes none."""
    network = read(export(quarrel, "graphml", network="congruence"))
    assert not network.is_directed()
    assert ties(network) == {("ben-hill", "cy"): 2, ("ben-hill", "ed"): 1, ("cy", "ed"): 2}
    assert "id:person-di" in network
    assert "id:position-ferry" not in network


def test_conflict_counts_opposite_sides(quarrel: Dossier) -> None:
    """Who is on both sides of a proposition is in conflict and in congruence."""
    network = read(export(quarrel, "graphml", network="conflict"))
    assert ties(network) == {
        ("ada-brook", "ben-hill"): 1,
        ("ada-brook", "cy"): 1,
        ("ben-hill", "cy"): 1,
        ("ben-hill", "ed"): 1,
        ("cy", "ed"): 2,
    }
    data = network.edges["id:person-ada-brook", "id:person-cy"]
    assert data["propositions"].endswith("id/position-town-builds-bridge")
    assert data["propositions_de"] == "Die Stadt baut die Brücke"


@pytest.mark.parametrize("shipped", [False, True])
def test_the_networks_are_those_of_discourse_network_analyzer(
    quarrel: Dossier, *, shipped: bool
) -> None:
    """Its sums over concepts and levels of agreement give the same weights.

    They are those of `computeOneModeMatrix` in its `Exporter.java`, for a yes-or-no qualifier,
    without duplicates across the range and without normalisation.
    """
    dossier = Dossier.shipped() if shipped else quarrel
    table = csv.DictReader(io.StringIO(export(dossier, "csv"), newline=""))
    said = {
        (row["speaker"], row["concept"], int(row["agreement"])) for row in table if row["agreement"]
    }
    actors = sorted({actor for actor, _, _ in said})
    concepts = {concept for _, concept, _ in said}
    congruence: Counter[tuple[str, str]] = Counter()
    conflict: Counter[tuple[str, str]] = Counter()
    for one, other in combinations(actors, 2):
        for concept, first, second in product(concepts, (0, 1), (0, 1)):
            both = ((one, concept, first) in said) * ((other, concept, second) in said)
            pair = (one.partition("-")[2], other.partition("-")[2])
            congruence[pair] += both * (1 - abs(first - second))
            conflict[pair] += both * abs(first - second)
    for network, expected in {"congruence": congruence, "conflict": conflict}.items():
        assert ties(read(export(dossier, "graphml", network=network))) == +expected


def elements(text: str, name: str) -> Iterator[ET.Element]:
    """Give the elements of a name in a GraphML text."""
    return ET.fromstring(text).iter(XMLNS + name)  # noqa: S314  it is our own text


@pytest.mark.parametrize("network", NETWORKS)
def test_gephi_can_read_it(network: str, quarrel: Dossier) -> None:
    """What Gephi complains of is not there.

    Its importer knows keys with a name and a type, for nodes and edges, of the types below; it
    reports attributes without a key, and attributes of the graph.
    """
    text = export(quarrel, "graphml", network=network)
    keys = {key.get("id"): key for key in elements(text, "key")}
    assert {key.get("attr.type") for key in keys.values()} <= {"string", "int"}
    names = [(key.get("for"), key.get("attr.name")) for key in keys.values()]
    assert len(names) == len(set(names))
    assert ("node", "label") in names
    assert {kind for kind, _ in names} == {"node", "edge"}
    for graph in elements(text, "graph"):
        assert graph.findall(XMLNS + "data") == []
    nodes = [node.get("id") for node in elements(text, "node")]
    edges = list(elements(text, "edge"))
    assert len(nodes) == len(set(nodes))
    assert len(edges) == len({edge.get("id") for edge in edges})
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(nodes)
    for element in (*elements(text, "node"), *edges):
        for data in element:
            assert keys[data.get("key")].get("for") == element.tag.removeprefix(XMLNS)


def test_any_text_is_an_attribute(quarrel: Dossier) -> None:
    """Markup and line breaks come back; what XML cannot write is replaced."""
    (quarrel.folder / "graph" / "more.ttl").write_text(
        PREFIXES + r'id:statement-1 spk:timeNote "<a> & \"b\"\r\nc \u0007"@en .', encoding="utf-8"
    )
    network = read(export(Dossier(quarrel.folder), "graphml"))
    (note,) = [
        data["timeNote_en"] for *_, data in network.edges(data=True) if "timeNote_en" in data
    ]
    assert note == '<a> & "b"\r\nc \ufffd'


def test_a_proposition_twice_is_two_edges(tmp_path: Path) -> None:
    """A statement that breaks the rule of one speaker still has edges of different names."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "articles.ttl").write_text(
        PREFIXES + "id:statement-1 a spk:Statement ; spk:speaker id:a , id:b ; spk:endorses id:c ;"
        " spk:rejects id:d .",
        encoding="utf-8",
    )
    edges = list(elements(export(Dossier(tmp_path), "graphml"), "edge"))
    assert [edge.get("id") for edge in edges] == [
        "id:statement-1",
        "id:statement-1-2",
        "id:statement-1-3",
        "id:statement-1-4",
    ]
