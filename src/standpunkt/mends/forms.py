"""Texts and names in the form that a shape wants, where little changes them into it."""

import re
from collections.abc import Callable, Iterable

from pyoxigraph import Literal, NamedNode

from standpunkt import literals
from standpunkt.graph import Graph
from standpunkt.mends.fault import Shape
from standpunkt.namespaces import ID, RDF, SH, XSD

# What a literal of a datatype looks like.
EXAMPLES = {
    NamedNode(XSD + "date"): "2025-07-14",
    NamedNode(XSD + "decimal"): "2.5",
    NamedNode(XSD + "gYear"): "2025",
    NamedNode(XSD + "gYearMonth"): "2025-07",
    NamedNode(XSD + "integer"): "12",
}
# How one is written that needs no name.
FORMS = {
    NamedNode(XSD + "string"): '"…"',
    NamedNode(RDF + "langString"): '"…"@de',
}
LANG_STRING = NamedNode(RDF + "langString")

_WIKIDATA = re.compile(r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/")
# What brings many a text into the form that is wanted: nothing, then the least.
_TIDIED: tuple[Callable[[str], str], ...] = (
    str,
    str.strip,
    str.lower,
    lambda text: f"{text}.",
    lambda text: text.rstrip("0").rstrip(".") if "." in text else text,
    lambda text: re.split(r"[/\\]", text)[-1],
    lambda text: _WIKIDATA.sub("http://www.wikidata.org/entity/", text),
)
_PLAIN = re.compile(r"\^((?:[^][(){}^$*+?|\\](?![*+?{]))*)")
_CHOICE = re.compile(r"\((\w+)\|[^()]*\)")
_SEPARATORS = re.compile("[^a-z0-9]+")


def start(pattern: str) -> str:
    """Give a text that texts of a pattern begin with, as far as it stands there plainly.

    >>> start("^https://w3id.org/standpunkt/id/(medium|org)-[a-z0-9]+$")
    'https://w3id.org/standpunkt/id/medium-'
    """
    found = _PLAIN.match(_CHOICE.sub(r"\1", pattern))
    return found[1] if found else ""


def tidied(value: NamedNode | Literal, shape: Shape) -> NamedNode | Literal | None:
    """Give the value in a form that one of the shape's alternatives takes; `None` if none is."""
    for alternative in shape.alternatives:
        pattern = alternative.text("pattern")
        kinds = [kind for kind in alternative.objects("datatype") if isinstance(kind, NamedNode)]
        for tidy in _TIDIED:
            written = _written(value, tidy(value.value), kinds)
            if written not in {value, None} and re.search(pattern, tidy(value.value)):
                return written
    return None


def _written(
    value: NamedNode | Literal, text: str, kinds: Iterable[NamedNode]
) -> NamedNode | Literal | None:
    """Write a text in the place of a value, of a datatype where one is asked for."""
    if isinstance(value, NamedNode):
        return NamedNode(text) if ":" in text else None
    for kind in kinds:
        if kind == LANG_STRING:
            return Literal(text, language=value.language) if value.language else None
        return Literal(text, datatype=kind) if literals.is_kept(text, kind.value) else None
    if value.language:
        return Literal(text, language=value.language)
    return Literal(text, datatype=value.datatype)


def renamed(node: NamedNode, pattern: str, data: Graph) -> NamedNode | None:
    """Give a node a name of a pattern that no node has yet, or none.

    The beginning of its name is replaced where other nodes have it too, so that it is a kind.
    """
    beginning = start(pattern)
    if not beginning.startswith(ID):
        return None
    local = re.split("[/#]", node.value)[-1]
    kind, _, rest = local.partition("-")
    is_kind = rest and any(
        each != node and isinstance(each, NamedNode) and each.value.startswith(f"{ID}{kind}-")
        for each in data.subjects()
    )
    slug = _SEPARATORS.sub("-", (rest if is_kind else local).casefold()).strip("-")
    name = NamedNode(beginning + slug)
    return name if re.search(pattern, name.value) and name not in data else None


def kinds_of(node: NamedNode, shapes: Graph) -> list[NamedNode]:
    """Give the classes whose nodes the shapes want to be called like this one."""
    return [
        kind
        for each, kind in shapes.pairs(NamedNode(SH + "targetClass"))
        for pattern in (Shape(shapes, each).text("pattern"),)
        if start(pattern).startswith(ID) and re.search(pattern, node.value)
        if isinstance(kind, NamedNode)
    ]
