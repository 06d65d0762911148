"""Faults of nodes: names, classes, and which properties go with them."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from benchmarks.faults.ground import LABEL, TYPE, Fault, Ground, after, lexical, node, shown, spk
from benchmarks.faults.operators import operator
from standpunkt.namespaces import ID, SKOS, SPK

_CLASSES = (
    "Event",
    "Figure",
    "Group",
    "Law",
    "Medium",
    "Membership",
    "Office",
    "Organisation",
    "Passage",
    "Person",
    "Place",
    "Position",
    "Proposition",
    "Quantity",
    "Quotation",
    "Slip",
    "State",
    "Statement",
)


def links(ground: Ground) -> Iterator[tuple[Triple, NamedNode]]:
    """Give the triples between nodes of the dossier, with the node that each points at."""
    for triple in ground.facts():
        if isinstance(triple.object, NamedNode) and lexical(triple).startswith(ID):
            yield triple, triple.object


def _misspelt(term: NamedNode) -> NamedNode:
    """Exchange the last two letters, or double the last where they are the same."""
    one, other = term.value[-2], term.value[-1]
    return NamedNode(term.value[:-2] + (other + one if one != other else one * 3))


@operator
def dangling_link(ground: Ground) -> Iterator[Fault]:
    """A property points at a node that is misspelt, and so does not exist."""
    for triple, there in links(ground):
        yield ground.put(triple, _misspelt(there))


@operator
def misspelt_property(ground: Ground) -> Iterator[Fault]:
    """The name of a property is misspelt."""
    for triple in ground.facts():
        if triple.predicate.value.startswith(SPK):
            yield ground.put(triple, predicate=_misspelt(triple.predicate))


@operator
def misspelt_class(ground: Ground) -> Iterator[Fault]:
    """The name of a class is misspelt."""
    for each in ground.nodes():
        for triple in ground.about(each, TYPE):
            if isinstance(triple.object, NamedNode):
                yield ground.put(triple, _misspelt(triple.object))


@operator
def misspelt_value(ground: Ground) -> Iterator[Fault]:
    """A value of a closed list is misspelt."""
    for triple in ground.facts("certainty", "directness", "hedge", "kind", "status", "unit"):
        if isinstance(triple.object, NamedNode):
            yield ground.put(triple, _misspelt(triple.object))


@operator
def value_of_another_list(ground: Ground) -> Iterator[Fault]:
    """A value is one of another closed list."""
    values = [spk(v) for v in ("Actual", "About", "Heading", "Paraphrase", "Stated")]
    for triple in ground.facts("certainty", "directness", "hedge", "kind", "status"):
        own = [o.object for o in ground.facts(triple.predicate.value.removeprefix(SPK))]
        for other in after([v for v in values if v not in own], triple.object):
            yield ground.put(triple, other)


@operator
def class_dropped(ground: Ground) -> Iterator[Fault]:
    """A node loses its class."""
    for each in ground.nodes():
        yield ground.drop(*ground.about(each, TYPE))


@operator
def class_changed(ground: Ground) -> Iterator[Fault]:
    """A node is said to be of another class of the vocabulary."""
    for each in ground.nodes():
        for triple in ground.about(each, TYPE):
            for other in after(_CLASSES, ground.kind(each), 2):
                yield ground.put(triple, spk(other))


@operator
def class_added(ground: Ground) -> Iterator[Fault]:
    """A node is of a second class that does not go with the first."""
    for each in ground.nodes():
        second = "Statement" if ground.kind(each) != "Statement" else "Position"
        yield ground.add(each, TYPE, spk(second))


@operator
def class_of_nobody(ground: Ground) -> Iterator[Fault]:
    """A node's class is one of another vocabulary."""
    for each in ground.nodes():
        for triple in ground.about(each, TYPE):
            yield ground.put(triple, NamedNode(SKOS + "Concept"))


@operator
def link_to_another_class(ground: Ground) -> Iterator[Fault]:
    """A property points at a node of a class that it is not for."""
    for triple, there in links(ground):
        unfit = "Quantity" if "Passage" in ground.kinds_at(triple.predicate) else "Passage"
        for other in after(ground.nodes(unfit), there):
            yield ground.put(triple, other)


@operator
def property_on_another_class(ground: Ground) -> Iterator[Fault]:
    """A fact is said of a node of another class, which has no such property."""
    for triple in ground.facts():
        if triple.predicate.value.startswith(SPK):
            owners = ground.kinds_with(triple.predicate)
            unfit = next(k for k in ("Quantity", "Slip", "Passage", "Office") if k not in owners)
            yield ground.put(triple, subject=ground.nodes(unfit)[0])


@operator
def text_for_a_node(ground: Ground) -> Iterator[Fault]:
    """A property has the name of a node as a text, in the place of the node."""
    for triple, there in links(ground):
        yield ground.put(triple, Literal(shown(there)))


@operator
def blank_node(ground: Ground) -> Iterator[Fault]:
    """A node has lost its name: what it says is said of a blank node."""
    for each in ground.nodes():
        triples = tuple(ground.about(each))
        nameless = tuple(Triple(BlankNode("x"), t.predicate, t.object) for t in triples)
        fault = ground.drop(*triples)
        yield Fault(f"{shown(each)}: a blank node", fault.file, removed=triples, added=nameless)


@operator
def misnamed_node(ground: Ground) -> Iterator[Fault]:
    """A node's name begins with the word for another class, wherever it is named."""
    for each in ground.nodes():
        kind, _, slug = each.value.removeprefix(ID).partition("-")
        new = node(f"{'law' if kind != 'law' else 'office'}-{slug}")
        said = [*ground.about(each), *(t for t, there in links(ground) if there == each)]
        if any(ground.drop(t).file != ground.drop(said[0]).file for t in said):
            continue
        renamed = tuple(
            Triple(
                new if t.subject == each else t.subject,
                t.predicate,
                new if t.object == each else t.object,
            )
            for t in said
        )
        site = f"{shown(each)}: called {shown(new)}"
        yield Fault(site, ground.drop(said[0]).file, removed=tuple(said), added=renamed)


@operator
def copied_node(ground: Ground) -> Iterator[Fault]:
    """A node is there a second time, under another name."""
    for each in ground.nodes():
        new = NamedNode(each.value + "-again")
        copies = tuple(Triple(new, t.predicate, t.object) for t in ground.about(each))
        file = ground.drop(ground.about(each, TYPE)[0]).file
        yield Fault(f"{shown(each)}: there twice", file, added=copies)


@operator
def unused_node(ground: Ground) -> Iterator[Fault]:
    """There is an actor, a place, a proposition or a quantity that no fact speaks of."""
    for each in ground.nodes("Group", "Office", "Organisation", "Person", "Place", "State"):
        yield from _unused(ground, each)
    for each in ground.nodes("Proposition", "Position", "Quantity", "Medium", "Requirement"):
        yield from _unused(ground, each)


def _unused(ground: Ground, each: NamedNode) -> Iterator[Fault]:
    new = NamedNode(each.value + "-of-nobody")
    kept = [t for t in ground.about(each) if t.predicate in {TYPE, spk("evidence")}]
    labels = [
        Literal(f"{t.object.value} (unbenutzt)", language=t.object.language)
        for t in ground.about(each, LABEL)
        if isinstance(t.object, Literal)
    ]
    said = [Triple(new, t.predicate, t.object) for t in kept if "links" not in ground.drop(t).file]
    said += [Triple(new, LABEL, label) for label in labels]
    yield Fault(f"{shown(new)}: used by nobody", ground.drop(kept[0]).file, added=tuple(said))


@operator
def node_dropped(ground: Ground) -> Iterator[Fault]:
    """A node that others point at is gone."""
    targets = {there for _, there in links(ground)}
    for each in ground.nodes():
        if each in targets and ground.kind(each) != "Passage":
            file = ground.drop(ground.about(each)[0]).file
            said = [t for t in ground.about(each) if ground.drop(t).file == file]
            yield Fault(f"{shown(each)}: gone", file, removed=tuple(said))
