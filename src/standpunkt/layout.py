"""The house layout of Turtle: one text for one graph, whatever wrote it down before.

It is rdflib's `longturtle` with subjects in the order of their IRIs, so that a new reference moves
no block, and a test holds it to that serializer. It is not that serializer because its text has to
mean the same triples to the last character: rdflib rewrites numbers (`1.50E0`), loses triples where
two lists share their end, and does not return from a list that ends in itself. Where `longturtle`
breaks every list and pads its brackets, a short list stays on one line.
See https://www.w3.org/TR/turtle/.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from standpunkt.namespaces import NAME_CHARACTER, NAME_START, PREFIXES, RDF, RDFS, XSD

_Term = NamedNode | BlankNode | Literal

_INDENT = "    "
# The longest list on one line, and how deep brackets go before a blank node gets a label instead.
_LIST_WIDTH = 80
_DEEPEST = 40

_TYPE = NamedNode(RDF + "type")
_FIRST = NamedNode(RDF + "first")
_REST = NamedNode(RDF + "rest")
_NIL = NamedNode(RDF + "nil")
_PREDICATES_FIRST = [_TYPE, NamedNode(RDFS + "label")]

# Names that need no escape.
_PLAIN_NAME = re.compile(rf"(?:[{NAME_START}_0-9](?:\.*+[{NAME_CHARACTER}])*+)?")
# Between three quotes a quote needs its backslash before another one and at the end.
_AMBIGUOUS_QUOTE = re.compile(r'"(?="|\Z)')
_BARE = {
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}


def lay_out(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> str:
    """Write triples as Turtle in the house layout, with the registry's prefixes and these.

    Only prefixes that are used are declared; where both name a namespace or a prefix, the
    registry wins. The text is empty for no triples, and otherwise ends with one newline.
    """
    listed = list(dict.fromkeys(triples))
    page = _Page(listed, prefixes)
    text = page.text()
    if not page.has_labels:
        return text
    # The same labels in all texts of a graph: https://www.w3.org/TR/rdf-canon/. It takes long for
    # long lists of equal members, so it is left alone where no label is needed.
    dataset = Dataset(Quad(*triple) for triple in listed)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return _Page((quad.triple for quad in dataset), prefixes).text()


def write(term: _Term) -> str:
    """Write a term as it stands in Turtle, an IRI with the registry's prefix.

    >>> write(Literal("2024-11", datatype=NamedNode(XSD + "gYearMonth")))
    '"2024-11"^^xsd:gYearMonth'
    """
    return _Page((), {}).name(term)


class _Page:
    """One text in the making."""

    def __init__(self, triples: Iterable[Triple], prefixes: Mapping[str, str]) -> None:
        """Take the triples, each once, and the prefixes to be had beside the registry's."""
        self.has_labels = False
        self._facts: dict[_Term, dict[NamedNode, list[_Term]]] = {}
        self._uses: Counter[BlankNode] = Counter()
        for subject, predicate, term in triples:
            self._facts.setdefault(subject, {}).setdefault(predicate, []).append(term)
            if isinstance(term, BlankNode):
                self._uses[term] += 1
        self._written: set[_Term] = set()
        self._namespaces = _namespaces(prefixes)
        self._declared: dict[str, str] = {}
        self._short: dict[str, str] = {}

    def text(self) -> str:
        """Give the whole text."""
        named = [node for node in self._facts if isinstance(node, NamedNode)]
        blocks = [self._block(node) for node in sorted(named, key=_rank)]
        # A blank node that is used once stands where it is used. Those that are left over go in
        # circles or too deep.
        blank = sorted(self._facts.keys() - named, key=self._turn)
        blocks += sorted(self._block(node) for node in blank if node not in self._written)
        head = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(self._declared.items())]
        return "\n".join(["".join(head), *blocks] if head else blocks)

    def _turn(self, node: _Term) -> tuple[bool, str]:
        return self._is_inner(node), node.value

    def _is_inner(self, node: _Term) -> bool:
        return isinstance(node, BlankNode) and self._uses[node] == 1

    def _block(self, subject: _Term) -> str:
        self._written.add(subject)
        nameless = isinstance(subject, BlankNode) and not self._uses[subject]
        name = "[]" if nameless else self.name(subject)
        return f"{name}\n{self._predicates(subject, 1)}.\n"

    def _predicates(self, subject: _Term, depth: int) -> str:
        """Write what is said of a subject: whole lines, indented by the depth."""
        facts = self._facts.get(subject, {})
        first = [predicate for predicate in _PREDICATES_FIRST if predicate in facts]
        others = sorted(facts.keys() - first, key=_rank)
        return "".join(
            f"{_INDENT * depth}{self._predicate(predicate, facts[predicate], depth)} ;\n"
            for predicate in (*first, *others)
        )

    def _predicate(self, predicate: NamedNode, objects: list[_Term], depth: int) -> str:
        verb = "a" if predicate == _TYPE else self.name(predicate)
        if len(objects) == 1:
            return f"{verb} {self._object(objects[0], depth)}"
        line = "\n" + _INDENT * (depth + 1)
        # What is in brackets has no name to be sorted by, so it is sorted by its text.
        listed = sorted((*_rank(each), self._object(each, depth + 1)) for each in objects)
        return verb + line + f" ,{line}".join(text for *_, text in listed)

    def _object(self, term: _Term, depth: int) -> str:
        """Write an object that begins in a line of the depth."""
        if term == _NIL:
            return "()"
        if not self._is_inner(term) or term in self._written or depth > _DEEPEST:
            return self.name(term)
        members = self._members(term)
        if members is not None:
            return self._list([self._object(member, depth + 1) for member in members], depth)
        self._written.add(term)
        inner = self._predicates(term, depth + 1)
        return f"[\n{inner}{_INDENT * depth}]" if inner else "[]"

    def _list(self, members: list[str], depth: int) -> str:
        line = f"( {' '.join(members)} )"
        if len(line) <= _LIST_WIDTH and "\n" not in line:
            return line
        lines = "".join(f"{_INDENT * (depth + 1)}{member}\n" for member in members)
        return f"(\n{lines}{_INDENT * depth})"

    def _members(self, head: _Term) -> list[_Term] | None:
        """Give the members of a list and count its cells as written; `None` if it is no list."""
        cells: list[_Term] = []
        members: list[_Term] = []
        cell = head
        while cell != _NIL:
            facts = self._facts.get(cell, {})
            objects = [*facts.get(_FIRST, ()), *facts.get(_REST, ())]
            is_cell = facts.keys() == {_FIRST, _REST} and len(objects) == 2  # noqa: PLR2004
            if not is_cell or not self._is_inner(cell) or cell in self._written:
                return None
            cells.append(cell)
            members.append(objects[0])
            cell = objects[1]
        self._written.update(cells)
        return members

    def name(self, term: _Term) -> str:
        """Write a term by its name or its text."""
        if isinstance(term, NamedNode):
            return self._short.get(term.value) or self._shorten(term.value)
        if isinstance(term, Literal):
            return self._literal(term)
        self.has_labels = True
        return str(term)

    def _shorten(self, iri: str) -> str:
        short = f"<{iri}>"
        for namespace, prefix in self._namespaces:
            if iri.startswith(namespace) and _PLAIN_NAME.fullmatch(iri, len(namespace)):
                self._declared[prefix] = namespace
                short = f"{prefix}:{iri[len(namespace) :]}"
                break
        self._short[iri] = short
        return short

    def _literal(self, literal: Literal) -> str:
        kind = literal.datatype.value
        if kind in _BARE and _BARE[kind].fullmatch(literal.value):
            return literal.value
        quoted = _quoted(literal.value)
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if kind == XSD + "string" else f"{quoted}^^{self.name(literal.datatype)}"


def _namespaces(prefixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give namespaces with their prefixes, the longest namespace first."""
    own = {iri: prefix for prefix, iri in sorted(prefixes.items()) if prefix not in PREFIXES}
    registered = {iri: prefix for prefix, iri in PREFIXES.items()}
    return sorted((own | registered).items(), key=lambda item: (-len(item[0]), item))


def _rank(term: _Term) -> tuple[int, str, str, str]:
    """Give the key by which terms are in order: blank nodes, IRIs, literals as in rdflib."""
    if isinstance(term, Literal):
        kind = XSD + "string" if term.language else term.datatype.value
        return 2, kind, term.language or "", term.value
    return (1, term.value, "", "") if isinstance(term, NamedNode) else (0, "", "", "")


def _quoted(text: str) -> str:
    """Quote a text: on one line, or with its line breaks between three quotes."""
    if "\n" not in text:
        return str(Literal(text))
    lines = [str(Literal(line))[1:-1].replace(r"\"", '"') for line in text.split("\n")]
    between = _AMBIGUOUS_QUOTE.sub(r"\"", "\n".join(lines))
    return f'"""{between}"""'
