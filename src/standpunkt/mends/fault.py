"""What broke a constraint, and what the shape and the data say around it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt import layout
from standpunkt.answer import Term
from standpunkt.graph import Graph
from standpunkt.namespaces import RDF, SH

_INDIVIDUAL = "NamedIndividual"
_LONGEST_LIST = 6
_LONGEST_TEXT = 40
_TYPE = NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Fault:
    """What broke a constraint: as in a finding, with what the variables of its message mean."""

    focus: Term
    path: NamedNode | None
    value: Term | None
    constraint: Term
    component: str
    named: Mapping[str, Term]


class Shape:
    """The parameters of the shape that a fault breaks."""

    def __init__(self, shapes: Graph, node: Term) -> None:
        """Take all shapes, and the one."""
        self._shapes = shapes
        self.node = node

    def objects(self, name: str) -> list[Term]:
        """Give the values of a parameter, by its local name in SHACL.

        What `sh:class` asks, a path from `rdf:type` and its value may ask instead.
        """
        if name == "class" and self.members("path")[:1] == [_TYPE]:
            name = "hasValue"
        return self._shapes.objects(self.node, NamedNode(SH + name))

    def text(self, name: str) -> str:
        """Give the text of a parameter, empty where it is not set."""
        return next((term.value for term in self.objects(name) if isinstance(term, Literal)), "")

    def members(self, name: str) -> list[Term]:
        """Give the members of the lists that a parameter has."""
        return [each for cell in self.objects(name) for each in self._shapes.members(cell)]

    def inner(self, name: str) -> list["Shape"]:
        """Give the shapes that a parameter names, singly or in a list."""
        nodes = self.members(name) or self.objects(name)
        return [Shape(self._shapes, node) for node in nodes]

    @property
    def alternatives(self) -> list["Shape"]:
        """Give the shapes of which a value has to meet one: those of `sh:or`, else this one."""
        return self.inner("or") or [self]

    def wanted(self, name: str) -> list[NamedNode]:
        """Give the IRIs that a parameter has in one of the alternatives."""
        found = (term for shape in self.alternatives for term in shape.objects(name))
        return [term for term in found if isinstance(term, NamedNode)]

    @property
    def tags(self) -> list[str]:
        """Give the tags of the languages that texts may have."""
        return [term.value for term in self.members("languageIn") if isinstance(term, Literal)]

    @property
    def paths(self) -> list[NamedNode]:
        """Give the property that is judged, or all that are alternatives; none of other paths."""
        paths = self.objects("path")
        for path in self.objects("path"):
            for cell in self._shapes.objects(path, NamedNode(SH + "alternativePath")):
                paths = list(self._shapes.members(cell))
        found = [path for path in paths if isinstance(path, NamedNode)]
        return found if len(found) == len(paths) else []

    @property
    def inverse(self) -> NamedNode | None:
        """Give the property that is judged backwards, if there is such a one."""
        inverse = NamedNode(SH + "inversePath")
        found = (o for path in self.objects("path") for o in self._shapes.objects(path, inverse))
        return next((path for path in found if isinstance(path, NamedNode)), None)

    def choices(self, data: Graph) -> list[NamedNode | Literal]:
        """Give the few terms that may stand as a value, as far as shape and ontology list them."""
        listed = self.members("in")
        kinds, pattern = set(self.wanted("class")), self.text("pattern")
        if not listed and kinds:
            named = (node for node in data.of_kind(_INDIVIDUAL) if kinds & data.classes(node))
            listed = [n for n in named if isinstance(n, NamedNode) and re.search(pattern, n.value)]
        found = sorted(listed, key=str) if len(listed) <= _LONGEST_LIST else []
        return [term for term in found if isinstance(term, NamedNode | Literal)]


def write(term: Term) -> str:
    """Write a term as in Turtle; a long text only from its beginning."""
    if isinstance(term, Literal) and len(term.value) > _LONGEST_TEXT:
        text = f"{term.value[:_LONGEST_TEXT].rstrip()}…"
        plain = Literal(text, language=term.language) if term.language else None
        term = plain or Literal(text, datatype=term.datatype)
    return layout.write(term) if isinstance(term, NamedNode | Literal) else "[]"


def held(data: Graph, focus: Term, paths: list[NamedNode]) -> Iterator[tuple[NamedNode, Term]]:
    """Give what a node has by some properties: property and value, in the order of the text."""
    for path in dict.fromkeys(paths):
        for value in dict.fromkeys(data.objects(focus, path)):
            yield path, value
