"""How people name a node: by IRI, CURIE, slug, or label in any language."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from standpunkt.answer import Answer, Term
from standpunkt.errors import UnknownNameError, offer, suggest
from standpunkt.namespaces import ID, OWL, RDF, SPK, expand, shorten
from standpunkt.store import Store

_NODES = """
SELECT DISTINCT ?node ?label WHERE {{
  {pattern} .
  FILTER(ISIRI(?node))
  OPTIONAL {{ ?node rdfs:label|skos:prefLabel ?label }}
}}
ORDER BY ?node ?label
"""
# Whoever has exactly this name is among them: the last part of an IRI may be a slug.
_CALLED = """
SELECT DISTINCT ?node ?label WHERE {{
  {{ ?node ?predicate ?object FILTER(STRENDS(STR(?node), {end}) || STRENDS(STR(?node), {name})) }}
  UNION {{ ?node rdfs:label|skos:prefLabel ?label FILTER(STR(?label) = {name}) }}
  FILTER(ISIRI(?node))
}}
ORDER BY ?node ?label
"""
_EVERY = "?node ?predicate ?object"
_PROPERTY = """
  VALUES ?kind { owl:AnnotationProperty owl:DatatypeProperty owl:ObjectProperty rdf:Property }
  ?node a ?kind
"""
_TYPE = NamedNode(RDF + "type")
_VALUED = NamedNode(OWL + "DatatypeProperty")
_OFFERED = 3
_KNOWN: WeakKeyDictionary[Store, dict[str, list["Name"]]] = WeakKeyDictionary()
_FEW = 5


@dataclass(frozen=True, slots=True)
class Name:
    """What a node may be called.

    `full` is the last part of the IRI (`position-us-leaves-nato`), `slug` that part without the
    kind before it (`us-leaves-nato`); both are the CURIE where the namespace is another's.
    """

    node: NamedNode
    full: str
    slug: str
    labels: list[str] = field(default_factory=list)


def names(store: Store, kind: NamedNode | None = None) -> list[Name]:
    """List what the nodes of a store are called, in the order of their IRIs.

    Takes a class for its instances and those of its subclasses, as far as they are asserted;
    without one, gives every node that something is said of.
    """
    pattern = f"?node a/rdfs:subClassOf* {kind}" if kind else _EVERY
    return _names(store, pattern)


def _names(store: Store, pattern: str) -> list[Name]:
    """Give the names that a pattern finds, which are asked for once: a store does not change."""
    known = _KNOWN.setdefault(store, {})
    if pattern not in known:
        known[pattern] = _asked(store, pattern)
    return known[pattern]


def _called(store: Store, name: str) -> list[Name]:
    """Give the nodes that a name means by the strictest reading that finds one.

    There are none where none has exactly this name, and where all names are known already: to look
    for one takes a small part of the time that it takes to list them all.
    """
    wanted = " ".join(name.split())
    if not wanted or _EVERY in _KNOWN.get(store, {}):
        return []
    try:
        texts = {"end": str(Literal(_iri(wanted))), "name": str(Literal(wanted))}
    except ValueError:  # it is no Unicode
        return []
    found = _answered(store, _CALLED.format(**texts))
    return next(filter(None, _matches(wanted, found, (str,))), [])


def _asked(store: Store, pattern: str) -> list[Name]:
    return _answered(store, _NODES.format(pattern=pattern))


def _answered(store: Store, query: str) -> list[Name]:
    answer = store.query(query)
    assert isinstance(answer, Answer)  # noqa: S101  a SELECT
    found: dict[NamedNode, Name] = {}
    for node, label in answer.rows:
        if isinstance(node, NamedNode):
            name = found.setdefault(node, _name(node))
            if isinstance(label, Literal):
                name.labels.append(label.value)
    return list(found.values())


def find(store: Store, name: str, kind: NamedNode | None = None) -> NamedNode:
    """Find the node that a user means.

    Takes an IRI (with or without `<>`), a CURIE with a prefix of the registry, the last part of
    an IRI with or without its kind, or a label in any language. What is written exactly like
    that goes before what differs in upper and lower case. `kind` is a class: of that only
    instances are found.

    Raises `UnknownNameError` where nothing has the name, with what is near, and where several
    nodes have it, with all of them.
    """
    if kind is None:
        return _find(name, _called(store, name) or names(store), "name")
    return _find(name, names(store, kind), store.label(kind, "en") or shorten(kind.value))


def find_property(store: Store, name: str) -> NamedNode:
    """Find the property that a user means, as `find` does; `a` is `rdf:type`, as in Turtle.

    An IRI or CURIE is taken as it stands where a triple of the store has it as its predicate.
    """
    iri = RDF + "type" if name == "a" else _iri(name)
    with suppress(ValueError):
        if any(store.triples(None, NamedNode(iri))):
            return NamedNode(iri)
    return _find(name, properties(store), "property")


def find_object(store: Store, subject: NamedNode, predicate: NamedNode, name: str) -> Term:
    """Find the object that a user means: what the subject has, else a node, else a value.

    Raises `UnknownNameError` where it is no node, and the subject has no values there.
    """
    found = sorted((triple.object for triple in store.triples(subject, predicate)), key=str)
    values = [term for term in found if isinstance(term, Literal)]
    iri = _iri(name)
    for term in found:
        if str(term) == name or getattr(term, "value", "") in (name, iri):
            return term
    try:
        return find(store, name)
    except UnknownNameError as error:
        if values:
            like = values[0]
            if like.language:
                return Literal(name, language=like.language)
            return Literal(name, datatype=like.datatype)
        if name.startswith('"') or any(store.triples(predicate, _TYPE, _VALUED)):
            reason = f"{shorten(subject.value)} has no value of {shorten(predicate.value)}"
            raise UnknownNameError(f"{name!r} is no node, and {reason}") from None
        raise error from None


def properties(store: Store) -> list[Name]:
    """List what the properties of a store's ontology are called, in the order of their IRIs."""
    return _names(store, _PROPERTY)


def _find(name: str, known: list[Name], noun: str) -> NamedNode:
    wanted = " ".join(name.split())
    for candidates in _matches(wanted, known):
        if len(candidates) == 1:
            return candidates[0].node
        if candidates:
            listed = " or ".join(candidate.full for candidate in candidates)
            raise UnknownNameError(f"{name!r} may be {listed}; say which")
    raise UnknownNameError(f"unknown {noun} {name!r}{_way_out(wanted, known)}")


def shortest(known: Iterable[Name]) -> list[tuple[str, Name]]:
    """Pair each name with the shortest text that means no other: the slug where it can be."""
    listed = list(known)
    uses = Counter(name.slug for name in listed)
    return [(name.slug if uses[name.slug] == 1 else name.full, name) for name in listed]


def _name(node: NamedNode) -> Name:
    for namespace in (ID, SPK):
        if node.value.startswith(namespace):
            full = node.value.removeprefix(namespace)
            slug = full.partition("-")[2] if namespace == ID else ""
            return Name(node, full, slug or full)
    curie = shorten(node.value)
    return Name(node, curie, curie)


def _iri(name: str) -> str:
    """Give the IRI that a name is, where it is an IRI or a CURIE."""
    return expand(name) or name.removeprefix("<").removesuffix(">")


def _matches(
    wanted: str, known: list[Name], folds: Iterable[Callable[[str], str]] = (str, str.casefold)
) -> Iterator[list[Name]]:
    """Give the nodes that have a name, from the strictest reading of the name to the loosest."""
    iri = _iri(wanted)
    yield [name for name in known if name.node.value == iri]
    for fold in folds:
        yield [name for name in known if fold(name.full) == fold(wanted)]
        yield [name for name in known if fold(name.slug) == fold(wanted)]
        yield [name for name in known if fold(wanted) in map(fold, name.labels)]


def _way_out(wanted: str, known: list[Name]) -> str:
    """Say what is near, else what there is."""
    shown = [text for text, _ in shortest(known)]
    labels = [label for name in known for label in name.labels]
    last_part = shorten(wanted).rpartition(":")[2]
    near = offer(_with_word(wanted, shown)) or suggest(last_part, shown) or suggest(wanted, labels)
    if near or not shown:
        return near or "; there is none"
    more = f" and {len(shown) - _FEW} more" if len(shown) > _FEW else ""
    return f"; there is {', '.join(shown[:_FEW])}{more}"


def _with_word(wanted: str, shown: list[str]) -> list[str]:
    """Give names that have a word in them: at the end first, where surnames are, and short ones."""
    word = wanted.casefold()
    having = [text for text in shown if word in text.casefold().split("-")]
    having.sort(key=lambda text: (not text.casefold().endswith(word), len(text), text))
    return having[:_OFFERED]
