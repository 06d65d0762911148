"""What a store says of one node, whole: as a document about it has it."""

from pyoxigraph import BlankNode, NamedNode, Triple

from standpunkt.exporting import parts
from standpunkt.namespaces import GRAPH, ONTOLOGY, RDF, SHAPES
from standpunkt.store import Store
from standpunkt.web.site import Site

_TYPE = NamedNode(RDF + "type")
_PARTS = {ONTOLOGY: "ontology", SHAPES: "shapes"}


def document(site: Site, iri: str) -> list[Triple] | None:
    """Give what a document about an IRI of ours has; `None` where nothing is known of it.

    Of a graph, of the ontology (and the version of it that is at hand) and of the shapes it is all
    that is in them. Of a node, what is asserted goes before what shapes, questions and metadata
    have: of a term they have no more than that they use it. Raises what `Site.part` does.
    """
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    part = _PARTS.get(iri) or iri.removeprefix(GRAPH)
    if part in parts.PARTS:
        return site.part(part)
    found = about(site.store, node) or about(site.library, node)
    if found and iri.startswith(f"{ONTOLOGY}/"):
        return site.part("ontology")
    return found or None


def about(store: Store, node: NamedNode) -> list[Triple]:
    """Give the triples with a node as subject or object, in the order of their N-Triples text.

    A blank node says nothing without its own triples, so that those come along: of a list that
    names the node the whole list, and whose it is. It is the concise bounded description
    (https://www.w3.org/submissions/CBD/) in both directions.
    """
    found: set[Triple] = set()
    ahead = [*store.triples(node), *store.triples(None, None, node)]
    while ahead:
        triple = ahead.pop()
        if triple not in found:
            found.add(triple)
            for end in (triple.subject, triple.object):
                if isinstance(end, BlankNode):
                    ahead += [*store.triples(end), *store.triples(None, None, end)]
    return sorted(found, key=str)


def stated(store: Store, node: NamedNode) -> list[Triple]:
    """Give the triples with a node as subject, with the blank nodes below it, in that order."""
    found: set[Triple] = set()
    ahead = [*store.triples(node)]
    while ahead:
        triple = ahead.pop()
        if triple not in found:
            found.add(triple)
            if isinstance(triple.object, BlankNode):
                ahead += store.triples(triple.object)
    return sorted(found, key=str)


def names(store: Store, namespace: str) -> list[str]:
    """Give what follows a namespace in the IRIs of the nodes that have a class, in order."""
    nodes = {triple.subject for triple in store.triples(None, _TYPE)}
    iris = (node.value for node in nodes if isinstance(node, NamedNode))
    return sorted(iri.removeprefix(namespace) for iri in iris if iri.startswith(namespace))
