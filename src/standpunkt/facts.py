"""Facts that compare: triples whose blank nodes are known by what is said of them, not by a label.

Two graphs are the same where they differ in labels of blank nodes alone
(https://www.w3.org/TR/rdf11-concepts/#graph-isomorphism). Canonical labels for a whole graph would
not do for a difference: one list more, and all other lists are labelled anew. So each knot of blank
nodes that hang together is labelled on its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    Triple,
)

from standpunkt.answer import Term
from standpunkt.namespaces import RDF

_FIRST = NamedNode(RDF + "first")
_REST = NamedNode(RDF + "rest")
_NIL = NamedNode(RDF + "nil")
_SOME = BlankNode("some")


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple, and with a blank node in it the knot of triples that says what that node is."""

    triple: Triple
    knot: tuple[Triple, ...] = ()

    @property
    def node(self) -> NamedNode | None:
        """Give what it is a fact about; `None` for a node without a name."""
        subject = self.triple.subject
        return subject if isinstance(subject, NamedNode) else None

    def members(self) -> list[Term] | None:
        """Give the members where its object is a list (https://www.w3.org/TR/rdf-schema/#ch_list).

        `None` where it is none, or one that is not well formed.
        """
        cells: dict[tuple[Term, NamedNode], Term] = {
            (each.subject, each.predicate): each.object for each in self.knot
        }
        found: list[Term] = []
        cell = self.triple.object
        while cell != _NIL:
            first, rest = cells.pop((cell, _FIRST), None), cells.pop((cell, _REST), None)
            if first is None or rest is None:
                return None
            found.append(first)
            cell = rest
        return found


def facts(triples: Iterable[Triple]) -> Counter[Fact]:
    """Give the facts of a graph, each with the number of its occurrences.

    Without blank nodes that is one. Two graphs have the same facts if and only if they are
    isomorphic. A fact is one triple with a named subject; what is said of a blank node that named
    nodes point to is in the knots of these, and of one that none points to, in facts of its own.
    """
    distinct = set(triples)
    blank = [triple for triple in distinct if any(_blank_ends(triple))]
    found = Counter(Fact(triple) for triple in distinct.difference(blank))
    for knot in _knots(blank):
        canonical = _canonical(knot)
        tied = [triple for triple in canonical if isinstance(triple.subject, NamedNode)]
        found.update(Fact(triple, canonical) for triple in tied or canonical)
    return found


def known_knots(triples: Iterable[Triple], graph: Callable[[], Iterable[Triple]]) -> set[Triple]:
    """Give those triples whose knot of blank nodes a graph has too: adding them would double it.

    The graph is read only where there are such knots.
    """
    blank = [triple for triple in triples if any(_blank_ends(triple))]
    if not blank:
        return set()
    there = (triple for triple in graph() if any(_blank_ends(triple)))
    known = {_canonical(knot) for knot in _knots(there)}
    return {triple for knot in _knots(blank) if _canonical(knot) in known for triple in knot}


def renames(
    old: Mapping[str, Iterable[Triple]], new: Mapping[str, Iterable[Triple]]
) -> dict[NamedNode, NamedNode]:
    """Find nodes that are the same in all but their name: from the old name to the new.

    Takes two sets of graphs by IRI. Such a node is not mentioned in the new graphs by its old name,
    nor in the old by its new; and the facts about it are the same in each graph, but for its name
    and for names that are exchanged with it. Where several are alike, they are paired by name.
    """
    known_before, known_after = _mentioned(old), _mentioned(new)
    gone, come = _about(old, known_after), _about(new, known_before)
    looks: dict[NamedNode, NamedNode] = dict.fromkeys([*gone, *come], _look(0))
    kinds = 0
    # Two nodes look alike where what is said of them looks alike; each round tells more apart
    # (colour refinement).
    while kinds < len(set(looks.values())):
        kinds = len(set(looks.values()))
        numbers: dict[frozenset[tuple[str, Fact, int]], int] = {}
        looks = {
            node: _look(numbers.setdefault(_seen(graphs, looks), len(numbers) + 1))
            for node, graphs in (*gone.items(), *come.items())
        }
    alike: dict[NamedNode, tuple[list[NamedNode], list[NamedNode]]] = {}
    for side, nodes in enumerate((gone, come)):
        for node in sorted(nodes, key=str):
            alike.setdefault(looks[node], ([], []))[side].append(node)
    return {
        before: after
        for pair in alike.values()
        for before, after in zip(*pair, strict=False)  # of some there may be more on one side
    }


def exchanged(triple: Triple, names: Mapping[NamedNode, NamedNode]) -> Triple:
    """Give a triple with names exchanged for others, wherever they stand in it."""
    subject, predicate, term = triple
    return Triple(
        names.get(subject, subject) if isinstance(subject, NamedNode) else subject,
        names.get(predicate, predicate),
        names.get(term, term) if isinstance(term, NamedNode) else term,
    )


def _blank_ends(triple: Triple) -> Iterator[BlankNode]:
    for end in (triple.subject, triple.object):
        if isinstance(end, BlankNode):
            yield end


def _knots(triples: Iterable[Triple]) -> Iterator[list[Triple]]:
    """Part triples with blank nodes into those that hang together by them."""
    touching: dict[BlankNode, list[Triple]] = {}
    for triple in triples:
        for node in _blank_ends(triple):
            touching.setdefault(node, []).append(triple)
    while touching:
        knot: set[Triple] = set()
        pending = [next(iter(touching))]
        while pending:
            for triple in touching.pop(pending.pop(), ()):
                knot.add(triple)
                pending += _blank_ends(triple)
        yield [*knot]


def _canonical(knot: Iterable[Triple]) -> tuple[Triple, ...]:
    """Label the blank nodes of a knot by its content: https://www.w3.org/TR/rdf-canon/."""
    dataset = Dataset(Quad(*triple) for triple in knot)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in dataset), key=str))


def _mentioned(graphs: Mapping[str, Iterable[Triple]]) -> set[Term]:
    return {term for triples in graphs.values() for triple in triples for term in triple}


def _about(
    graphs: Mapping[str, Iterable[Triple]], known: set[Term]
) -> dict[NamedNode, dict[str, Counter[Fact]]]:
    """Give what is said in each graph of the named nodes that are not known."""
    found: dict[NamedNode, dict[str, Counter[Fact]]] = {}
    for graph, triples in graphs.items():
        for fact, count in facts(triples).items():
            if (node := fact.node) is not None and node not in known:
                found.setdefault(node, {}).setdefault(graph, Counter())[fact] = count
    return found


def _look(number: int) -> NamedNode:
    return NamedNode(f"look:{number}")


def _seen(
    graphs: Mapping[str, Counter[Fact]], looks: Mapping[NamedNode, NamedNode]
) -> frozenset[tuple[str, Fact, int]]:
    """Give what is said of a node, with looks in the place of names."""
    seen: Counter[tuple[str, Fact]] = Counter()
    for graph, said in graphs.items():
        for fact, count in said.items():
            triple = exchanged(fact.triple, looks)
            if fact.knot:  # With other names in it, it gets other labels.
                triple = Triple(triple.subject, triple.predicate, _SOME)
            knot = _canonical(exchanged(each, looks) for each in fact.knot)
            seen[graph, Fact(triple, knot)] += count
    return frozenset((graph, fact, count) for (graph, fact), count in seen.items())
