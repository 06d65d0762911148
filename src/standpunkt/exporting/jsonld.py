"""JSON-LD that a programmer reads without knowing RDF, by a context that the ontology gives.

Keys are the names of the ontology's properties; a link is a short name, a text in several languages
a map, a whole number a number. Nothing is lost: a processor of JSON-LD 1.1
(https://www.w3.org/TR/json-ld11/) reads back the same triples, to the last character.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from standpunkt.answer import Term
from standpunkt.dossier import ONTOLOGY_GRAPH, Dossier
from standpunkt.exporting.facts import Facts
from standpunkt.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, SPK, XSD

Json = bool | float | str | list["Json"] | dict[str, "Json"]
Context = dict[str, float | str | dict[str, str]]

_TYPE = RDF + "type"
_FIRST, _REST, _NIL = (RDF + name for name in ("first", "rest", "nil"))
_TEXTS = {"@container": "@language"}
_LINK = {"@type": "@id"}
# Terms of others that dossiers use, by the names that they get.
_FOREIGN: dict[str, tuple[str, dict[str, str]]] = {
    "label": (RDFS, _TEXTS),
    "isDefinedBy": (RDFS, _LINK),
    "subClassOf": (RDFS, _LINK),
    "subPropertyOf": (RDFS, _LINK),
    "definition": (SKOS, _TEXTS),
    "editorialNote": (SKOS, _TEXTS),
    "example": (SKOS, _TEXTS),
    "note": (SKOS, _TEXTS),
    "scopeNote": (SKOS, _TEXTS),
    "closeMatch": (SKOS, _LINK),
    "exactMatch": (SKOS, _LINK),
}
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_NATIVE_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # exact in every language that has doubles


def context(dossier: Dossier) -> Context:
    """Give the context that the ontology of a dossier makes: what `@context` has.

    A property gets a type where `schema:rangeIncludes` leaves one choice: a link, a member of a
    closed list (which then is its name alone), a text in languages, a whole number. Dates of
    several precisions are days where nothing else is said.
    """
    facts = Facts(dossier.graphs(ONTOLOGY_GRAPH)[ONTOLOGY_GRAPH])
    properties = {
        node.value.removeprefix(SPK): _definition(facts, node)
        for kind in ("ObjectProperty", "DatatypeProperty")
        for node in facts.instances(OWL + kind)
        if node.value.startswith(SPK) and _PLAIN_NAME.fullmatch(node.value.removeprefix(SPK))
    }
    terms = {name: {"@id": iri + name, **how} for name, (iri, how) in _FOREIGN.items()}
    terms |= properties
    prefixes = {name: iri for name, iri in PREFIXES.items() if name not in terms}
    return {
        "@version": 1.1,
        "@vocab": SPK,
        **dict(sorted(prefixes.items())),
        **dict(sorted(terms.items())),
    }


def context_document(dossier: Dossier) -> str:
    """Write the context of a dossier as a document of its own."""
    return json.dumps({"@context": context(dossier)}, ensure_ascii=False, indent=2) + "\n"


def document(context: Context, quads: Iterable[Quad], *, is_short: bool = False) -> str:
    """Write triples, whose blank nodes have canonical labels, as JSON-LD with its context in it.

    A short document has no more of the context than it uses.
    """
    return _Document(context, quads).text(is_short=is_short)


def _definition(facts: Facts, property_: NamedNode) -> dict[str, str]:
    ranges = facts.iris(property_, PREFIXES["schema"] + "rangeIncludes")
    values = {each.value for each in ranges}
    how: dict[str, str] = {}
    if property_ in facts.instances(OWL + "ObjectProperty"):
        members = set(facts.instances(OWL + "NamedIndividual"))
        is_closed_list = [not members.isdisjoint(facts.instances(kind)) for kind in values]
        how = {"@type": "@vocab"} if is_closed_list and all(is_closed_list) else _LINK
    elif values == {RDF + "langString"}:
        how = _TEXTS
    elif XSD + "date" in values:
        how = {"@type": XSD + "date"}
    elif values == {XSD + "integer"}:
        how = {"@type": XSD + "integer"}
    return {"@id": property_.value, **how}


class _Document:
    """One document in the making."""

    def __init__(self, context: Context, quads: Iterable[Quad]) -> None:
        """Take the context and the triples."""
        self._facts: dict[Term, dict[str, list[Term]]] = {}
        self._uses: Counter[Term] = Counter()
        schemes: set[str] = set()
        for quad in quads:
            facts = self._facts.setdefault(quad.subject, {})
            facts.setdefault(quad.predicate.value, []).append(quad.object)
            self._uses[quad.object] += 1
            for term in (quad.subject, quad.predicate, quad.object):
                if isinstance(term, NamedNode):
                    schemes.add(term.value.partition(":")[0])
        # An IRI whose scheme is a prefix (`org:x`) would be taken for a short name.
        self._context = {name: how for name, how in context.items() if name not in schemes}
        self._terms = {
            how["@id"]: (name, how) for name, how in self._context.items() if isinstance(how, dict)
        }
        self._prefixes = sorted(
            (
                (iri, name)
                for name, iri in self._context.items()
                if isinstance(iri, str) and not name.startswith("@")
            ),
            key=lambda item: -len(item[0]),
        )
        self._lists = self._whole_lists()
        self._used = {"@version", "@vocab"}

    def text(self, *, is_short: bool) -> str:
        """Give the whole text, with the whole context or with what of it is used."""
        inside = {cell for head in self._lists for cell in self._cells(head)}
        nodes = [
            self._node(subject, properties)
            for subject, properties in sorted(self._facts.items(), key=lambda item: str(item[0]))
            if subject not in inside
        ]
        used = {name: how for name, how in self._context.items() if name in self._used}
        whole = {"@context": used if is_short else self._context, "@graph": nodes}
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"

    def _node(self, subject: Term, properties: Mapping[str, list[Term]]) -> dict[str, Json]:
        node: dict[str, Json] = {"@id": self._short(subject)}
        types = properties.get(_TYPE, [])
        if types and not any(isinstance(each, Literal) for each in types):
            node["@type"] = _one_or_all([self._in_vocabulary(each) for each in types])
        for property_, terms in sorted(properties.items()):
            if property_ != _TYPE or "@type" not in node:
                name, how = self._terms.get(property_) or (self._short(NamedNode(property_)), {})
                self._used.add(name)
                node[name] = self._values(how, terms)
        return node

    def _values(self, how: Mapping[str, str], terms: list[Term]) -> Json:
        if "@container" not in how:
            return _one_or_all([self._value(how.get("@type"), term) for term in terms])
        by_language: dict[str, list[str]] = {}
        for term in terms:
            if not isinstance(term, Literal) or not term.language or term.direction:
                # In a list, values are what they are everywhere else.
                return [self._value(None, each) for each in terms]
            by_language.setdefault(term.language, []).append(term.value)
        return {
            language: _one_or_all(sorted(texts)) for language, texts in sorted(by_language.items())
        }

    def _value(self, coerced: str | None, term: Term) -> Json:
        if isinstance(term, Literal):
            return self._literal(coerced, term)
        if term in self._lists:
            return {"@list": [self._value(coerced, member) for member in self._lists[term]]}
        if coerced == "@vocab":
            return self._in_vocabulary(term)
        return self._short(term) if coerced == "@id" else {"@id": self._short(term)}

    def _literal(self, coerced: str | None, literal: Literal) -> Json:
        text, kind = literal.value, literal.datatype.value
        if literal.language:
            return {"@language": literal.language, "@value": text}
        native: Json = text
        if kind == XSD + "integer" and _NATIVE_INTEGER.fullmatch(text):
            native = int(text)
        elif kind == XSD + "boolean" and text in {"true", "false"}:
            native = text == "true"
        if coerced == kind or (coerced is None and (native is not text or kind == XSD + "string")):
            return native
        if kind == XSD + "string":
            return {"@value": text}
        return {"@type": self._in_vocabulary(literal.datatype), "@value": text}

    def _in_vocabulary(self, term: Term) -> str:
        """Write what is read relative to the vocabulary: its terms by their names alone."""
        if isinstance(term, NamedNode) and term.value.startswith(SPK):
            name = term.value.removeprefix(SPK)
            if _PLAIN_NAME.fullmatch(name) and name not in self._context:
                return name
        return self._short(term)

    def _short(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            for iri, prefix in self._prefixes:
                name = term.value[len(iri) :]
                if term.value.startswith(iri) and _PLAIN_NAME.fullmatch(name):
                    self._used.add(prefix)
                    return f"{prefix}:{name}"
            return term.value
        return str(term)

    def _whole_lists(self) -> dict[Term, list[Term]]:
        """Give the lists that have no list in them, by the cell that each begins with.

        What goes in circles is thereby none.
        """
        tails = {term for facts in self._facts.values() for term in facts.get(_REST, ())}
        heads = self._facts.keys() - tails
        found = {head: members for head in heads if (members := self._members(head))}
        return {
            head: members for head, members in found.items() if found.keys().isdisjoint(members)
        }

    def _members(self, head: Term) -> list[Term] | None:
        """Give the members of a list that JSON-LD can write as one; `None` for all else."""
        members: list[Term] = []
        cell = head
        while cell != NamedNode(_NIL):
            facts = self._facts.get(cell, {})
            objects = [*facts.get(_FIRST, ()), *facts.get(_REST, ())]
            is_cell = isinstance(cell, BlankNode) and facts.keys() == {_FIRST, _REST}
            # Once: whatever else points at a cell needs it to have a name.
            if not is_cell or len(objects) != 2 or self._uses[cell] != 1:  # noqa: PLR2004
                return None
            members.append(objects[0])
            cell = objects[1]
        return members

    def _cells(self, head: Term) -> Iterable[Term]:
        while head in self._facts:
            yield head
            head = self._facts[head][_REST][0]


def _one_or_all(values: Sequence[Json]) -> Json:
    return values[0] if len(values) == 1 else list(values)
