"""What OWL 2 forbids for properties with chains or transitivity.

https://www.w3.org/TR/owl2-syntax/#Global_Restrictions_on_Axioms_in_OWL_2_DL calls them composite,
or non-simple, and wants an order of the properties in which no chain leads back.
"""

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from standpunkt.answer import Term
from standpunkt.graph import Graph
from standpunkt.namespaces import OWL, RDFS

_CHAIN = NamedNode(OWL + "propertyChainAxiom")
_BELOW = NamedNode(RDFS + "subPropertyOf")
_SAME = (NamedNode(OWL + "equivalentProperty"), NamedNode(OWL + "inverseOf"))

# From a property to those that it is part of the definition of.
_Steps = dict[Term, set[Term]]


def composite(ontology: Graph) -> set[Term]:
    """Give the properties that are transitive or have a chain, by themselves or from another."""
    heads = {head for head, _ in ontology.pairs(_CHAIN)}
    return _reached(_hierarchy(ontology), heads | set(ontology.of_kind("TransitiveProperty")))


def loops(ontology: Graph) -> Iterator[Term]:
    """Give the properties that a chain of theirs leads back to."""
    steps = _hierarchy(ontology)
    links = list(_links(ontology))
    for link, head in links:
        steps[link].add(head)
    found = {head for link, head in links if link in _reached(steps, {head})}
    yield from sorted(found, key=str)


def _links(ontology: Graph) -> Iterator[tuple[Term, Term]]:
    """Give each property in a chain with the chain's head.

    The head itself may stand alone at the beginning or at the end of its chain, or be the chain
    twice, which makes it transitive.
    """
    for head, cell in ontology.pairs(_CHAIN):
        chain = list(ontology.members(cell))
        if chain == [head, head]:
            continue
        if chain[:1] == [head]:
            chain = chain[1:]
        elif chain[-1:] == [head]:
            chain = chain[:-1]
        yield from ((link, head) for link in chain)


def _hierarchy(ontology: Graph) -> _Steps:
    """Give the steps from a property to those above it, its inverses and its equivalents."""
    steps: _Steps = defaultdict(set)
    for low, high in ontology.pairs(_BELOW):
        steps[low].add(high)
    for predicate in _SAME:
        for one, other in ontology.pairs(predicate):
            steps[one].add(other)
            steps[other].add(one)
    return steps


def _reached(steps: _Steps, begin: set[Term]) -> set[Term]:
    """Give all that steps lead to, the beginning included."""
    reached, ahead = set(begin), list(begin)
    while ahead:
        for node in steps.get(ahead.pop(), ()):
            if node not in reached:
                reached.add(node)
                ahead.append(node)
    return reached
