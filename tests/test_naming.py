"""A node is found by whatever a user calls it, and never a wrong one."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from conftest import PREFIXES
from standpunkt import Dossier, naming
from standpunkt.errors import UnknownNameError
from standpunkt.namespaces import ID, SPK
from standpunkt.store import Store

BRIDGE = NamedNode(ID + "position-town-builds-bridge")
POSITION, ACTOR, PERSON = (NamedNode(SPK + name) for name in ("Position", "Actor", "Person"))


@pytest.fixture
def store(dossier: Dossier) -> Store:
    """Give the store of the tiny dossier."""
    return Store.asserted(dossier)


@pytest.mark.parametrize(
    "name",
    [
        "town-builds-bridge",
        "Town-Builds-BRIDGE",
        "position-town-builds-bridge",
        "id:position-town-builds-bridge",
        BRIDGE.value,
        f"<{BRIDGE.value}>",
        "The town builds the bridge",
        "the town builds the bridge",
        "Die Stadt baut die Brücke",
        "DIE STADT BAUT DIE BRÜCKE",
        "  The town  builds the bridge ",
    ],
)
def test_a_node_has_many_names(store: Store, name: str) -> None:
    """Slug, CURIE, IRI and label find the node, with and without its class."""
    assert naming.find(store, name) == BRIDGE
    assert naming.find(store, name, POSITION) == BRIDGE


def test_case_decides_where_it_can(store: Store) -> None:
    """A class and a property whose names differ in case alone are told apart."""
    assert naming.find(store, "quotation") == NamedNode(SPK + "quotation")
    assert naming.find(store, "Quotation") == NamedNode(SPK + "Quotation")


def test_a_class_finds_instances_of_its_subclasses(store: Store) -> None:
    """People and organisations are actors."""
    assert naming.find(store, "ben-hill", ACTOR) == NamedNode(ID + "person-ben-hill")
    assert naming.find(store, "town council", ACTOR) == NamedNode(ID + "org-council")
    assert [name.full for name in naming.names(store, PERSON)] == [
        "person-ada-brook",
        "person-ben-hill",
        "person-council",
    ]


def test_a_class_can_make_a_name_unambiguous(store: Store) -> None:
    """Two nodes of one slug are told apart by the class, the kind or the label."""
    person = NamedNode(ID + "person-council")
    assert naming.find(store, "council", PERSON) == person
    assert naming.find(store, "person-council", ACTOR) == person
    with pytest.raises(UnknownNameError) as raised:
        naming.find(store, "council", ACTOR)
    assert str(raised.value) == "'council' may be org-council or person-council; say which"


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        (
            "town-build-bridge",
            POSITION,
            (
                "unknown position 'town-build-bridge';"
                " did you mean 'town-builds-bridge' or 'town-builds-bridge-and-road'?"
            ),
        ),
        (
            "id:position-town-build-bridge",
            POSITION,
            (
                "unknown position 'id:position-town-build-bridge';"
                " did you mean 'town-builds-bridge' or 'town-builds-bridge-and-road'?"
            ),
        ),
        (
            "Die Stadt baut Brücken",
            POSITION,
            (
                "unknown position 'Die Stadt baut Brücken'; did you mean"
                " 'Die Stadt baut die Brücke' or 'Die Stadt baut Brücke und Straße'?"
            ),
        ),
        (
            "ada-brook",
            POSITION,
            (
                "unknown position 'ada-brook';"
                " there is town-builds-bridge, town-builds-bridge-and-road"
            ),
        ),
        ("", NamedNode(SPK + "Figure"), "unknown figure ''; there is cost, lanes"),
        ("x", NamedNode(SPK + "Law"), "unknown spk:Law 'x'; there is none"),
        ("ada-brok", None, "unknown name 'ada-brok'; did you mean 'ada-brook'?"),
        ("Hill", None, "unknown name 'Hill'; did you mean 'ben-hill' or 'hill-against-bridge'?"),
        (
            "https://example.org/x",
            None,
            (
                "unknown name 'https://example.org/x';"
                " there is cost, lanes, org-council, x-1, x-2 and 30 more"
            ),
        ),
    ],
)
def test_an_unknown_name_gets_a_way_out(
    store: Store, name: str, kind: NamedNode | None, message: str
) -> None:
    """The error has what is near, or else what there is."""
    with pytest.raises(UnknownNameError) as raised:
        naming.find(store, name, kind)
    assert str(raised.value) == message


def found(store: Store, name: str) -> NamedNode | str:
    """Give the node that a name means, or why it means none."""
    try:
        return naming.find(store, name)
    except UnknownNameError as error:
        return str(error)


def test_one_name_means_what_it_means_among_all(folder: Path) -> None:
    """Whether the names of all nodes are known or one is looked for, the answer is the same."""
    more = """
    id:org-ada-brook a spk:Organisation ; rdfs:label "town council", 'a {b}\\"c', "demands" .
    <https://example.org/bridge> a spk:Organisation ; skos:prefLabel "ada-brook"@fr .
    """
    (folder / "graph" / "more.ttl").write_text(PREFIXES + more, encoding="utf-8")
    knowing = Store.asserted(Dossier(folder))
    known = naming.names(knowing)
    texts = {text for each in known for text in (each.full, each.slug, each.node.value)}
    texts |= {label for each in known for label in each.labels}
    texts |= {f"<{text}>" for text in texts} | {text.upper() for text in texts}
    texts |= {"", " ", "brook", "-brook", "spk:", "id:person-ada-brook", "\ud800", '"', "a\\", "{"}
    assert len(texts) > 100
    store = Store.asserted(Dossier(folder))
    for text in sorted(texts):
        naming._KNOWN.pop(store, None)  # noqa: SLF001  a new store each time takes longer
        assert found(store, text) == found(knowing, text), text
