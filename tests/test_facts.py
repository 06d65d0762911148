"""Facts compare by content: labels of blank nodes are no difference, and new names are found."""

import random
import re

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.compare import isomorphic

from conftest import PREFIXES
from standpunkt import turtle
from standpunkt.facts import facts, renames
from standpunkt.namespaces import ID

NAMED = [NamedNode(ID + name) for name in "abc"]
BLANK = [BlankNode(name) for name in "xyz"]
TRIPLES = st.lists(
    st.builds(
        Triple,
        st.sampled_from([*NAMED[:2], *BLANK]),
        st.sampled_from(NAMED[1:]),
        st.sampled_from([*NAMED[:2], *BLANK, Literal("t", language="de")]),
    ),
    max_size=7,
)


def graph(text: str) -> list[Triple]:
    """Read Turtle."""
    return turtle.parse(PREFIXES + text, "test")


def found(old: str, new: str) -> dict[str, str]:
    """Find renames between two graphs, by local names."""
    names = renames({"g": graph(old)}, {"g": graph(new)})
    return {old.value.removeprefix(ID): new.value.removeprefix(ID) for old, new in names.items()}


@given(TRIPLES, st.permutations(range(3)), st.randoms())
def test_labels_and_order_are_no_difference(
    triples: list[Triple], order: list[int], chance: random.Random
) -> None:
    """A graph has the same facts under any labels of its blank nodes, in any order."""
    labels = {BLANK[place]: BlankNode(f"q{number}") for place, number in enumerate(order)}

    def relabelled(triple: Triple) -> Triple:
        subject, predicate, term = triple
        return Triple(labels.get(subject, subject), predicate, labels.get(term, term))

    others = [relabelled(triple) for triple in triples]
    chance.shuffle(others)
    assert facts(others) == facts(triples)


@given(TRIPLES, TRIPLES)
def test_the_same_facts_are_the_same_graph(one: list[Triple], other: list[Triple]) -> None:
    """Facts are equal if and only if rdflib, another implementation, finds graphs isomorphic."""

    def read(triples: list[Triple]) -> rdflib.Graph:
        text = "".join(f"{triple} .\n" for triple in triples)
        return rdflib.Graph().parse(data=text, format="nt")

    assert (facts(one) == facts(other)) == isomorphic(read(one), read(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("id:a id:p ( id:b id:c ) .", "id:a id:p ( id:c id:b ) ."),
        ("id:a id:p [ id:q 1 ] .", "id:a id:p [ id:q 1 ] , [ id:q 1 ] ."),
        ("id:a id:p _:x . id:b id:p _:x .", "id:a id:p _:x . id:b id:p _:y ."),
        ("[] id:p 1 .", ""),
        ("id:a id:p 1 .", "id:a id:p 1.0 ."),
        ("id:a id:p 'x'@de .", "id:a id:p 'x'@en ."),
    ],
)
def test_another_content_is_a_difference(one: str, other: str) -> None:
    """Order in lists, repetition, sharing, datatype and language all count."""
    assert facts(graph(one)) != facts(graph(other))


def test_a_change_in_one_list_touches_no_other() -> None:
    """Each list is labelled on its own."""
    one = facts(graph("id:a id:p ( id:b id:c ) , ( id:b ) ."))
    other = facts(graph("id:a id:p ( id:b id:c ) , ( id:c ) , ( id:a id:a ) ."))
    gone, come = one - other, other - one
    assert [str(m) for fact in gone for m in fact.members() or ()] == [f"<{ID}b>"]
    assert sorted(len(fact.members() or ()) for fact in come) == [1, 2]


@pytest.mark.parametrize("broken", ["[ id:q 1 ]", "_:x . _:x rdf:first 1 ; rdf:rest _:x"])
def test_what_is_no_list_has_no_members(broken: str) -> None:
    """A node without cells, and a list that never ends."""
    prefix = "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
    for fact in facts(graph(f"{prefix}id:a id:p {broken} .")):
        assert fact.members() is None


def test_a_new_name_is_found() -> None:
    """The facts are the same, and other nodes may point to it."""
    old = "id:a id:p 1 ; id:q id:a , id:k . id:k id:r id:a ; id:s 2 ."
    assert found(old, re.sub("id:a", "id:b", old)) == {"a": "b"}


def test_new_names_that_hang_together_are_found() -> None:
    """Two that point to each other, one that points to the pair, and one with a list of them."""
    old = """
    id:a1 id:p id:b1 . id:b1 id:q id:a1 .
    id:c1 id:p id:b1 ; id:q 3 . id:d1 id:p ( id:b1 id:a1 id:a1 ) .
    """
    new = old.replace("1 ", "2 ").replace("1.", "2.")
    assert found(old, new) == {"a1": "a2", "b1": "b2", "c1": "c2", "d1": "d2"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id:a id:p 1 .", "id:b id:p 2 ."),
        ("id:a id:p 1 .", "id:b id:p 1 . id:k id:q id:a ."),
        ("id:a id:p 1 . id:k id:q id:b .", "id:b id:p 1 ."),
        ("id:a id:p 1 .", "id:a id:p 1 . id:b id:p 1 ."),
        ("id:a id:p id:c . id:c id:p 1 .", "id:b id:p id:d . id:d id:p 2 ."),
    ],
)
def test_another_node_is_no_new_name(old: str, new: str) -> None:
    """Other facts, a name that is still or was already known, a neighbour that is another."""
    assert found(old, new) == {}


def test_those_that_are_alike_are_paired_by_name() -> None:
    """Which of two equal nodes became which cannot be told, so the order of names decides."""
    assert found("id:b id:p 1 . id:a id:p 1 .", "id:d id:p 1 . id:c id:p 1 .") == {
        "a": "c",
        "b": "d",
    }
