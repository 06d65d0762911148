"""Finding nodes by what they are called, in any language, also with typing errors."""

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from standpunkt.namespaces import ID, RDF, SKOS, SPK
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.words import words

_OTHER_NAMES = (NamedNode(SKOS + "altLabel"), NamedNode(SPK + "name"))
_TYPE = NamedNode(RDF + "type")
_MOST = 50
_LONGEST = 200  # characters of a search that are read: more are no name
_READ = 8  # different words of a search that count: each is compared with all words that there are
_ALIKE = 0.75  # difflib's ratio from which two words are taken for one
# Passages, quotations and memberships are many, and found from what they belong to.
_LAST = ("Passage", "Quotation", "Membership", "OutsideFact")


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found, and the labels of its classes."""

    node: Cell
    kinds: tuple[str, ...]


def page(explorer: Explorer, language: str, parameters: Mapping[str, str]) -> Page:
    """Give the page with what `q` finds; without it the index of all nodes by class."""
    cells = Cells(explorer, explorer.wording(language))
    title = words(language)["search"]
    wanted = " ".join(parameters.get("q", "").split())[:_LONGEST]
    if not wanted:
        return Page(
            "search.html", title, {"query": "", "hits": [], "index": _index(explorer, cells)}
        )
    hits = [
        Hit(cells.cell(node), tuple(map(cells.text, _kinds(explorer, node))))
        for node in find(explorer, wanted)
    ]
    return Page("search.html", f"{title}: {wanted}", {"query": wanted, "hits": hits, "index": []})


@dataclass(frozen=True, slots=True)
class Found(Hit):
    """A node that can be found, and the folded words of each of its names."""

    names: tuple[str, ...]


def entries(explorer: Explorer, language: str) -> list[Found]:
    """Give all nodes that can be found; those that are found last are last."""
    cells = Cells(explorer, explorer.wording(language))
    known = explorer.once(_names_by_node)
    nodes = sorted(known, key=lambda node: (_is_last(explorer, node), node.value))
    return [
        Found(
            cells.cell(node),
            tuple(map(cells.text, _kinds(explorer, node))),
            tuple(dict.fromkeys(" ".join(name) for name in known[node] if name)),
        )
        for node in nodes
    ]


def find(explorer: Explorer, query: str) -> list[NamedNode]:
    """Give the nodes that are called like that, the nearest first, at most fifty."""
    words = list(dict.fromkeys(_words(query)))[:_READ]
    alike = cache(_likeness)  # most words are in many names
    scored = []
    for node, known in explorer.once(_names_by_node).items():
        score = max((_score(words, name, alike) for name in known), default=0.0)
        if score:
            scored.append((-score, _is_last(explorer, node), node.value, node))
    return [node for *_, node in sorted(scored, key=lambda each: each[:3])[:_MOST]]


def folded(text: str) -> str:
    """Write a text without accents and in lower case, `ä` as `a` and `ß` as `ss`.

    >>> folded("Straße nach Orléans"), folded("Müller") == folded("Mueller")
    ('strasse nach orleans', True)
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    for spelt in ("ae", "oe", "ue"):
        plain = plain.replace(spelt, spelt[0])
    return plain


def _words(text: str) -> list[str]:
    return "".join(each if each.isalnum() else " " for each in folded(text)).split()


def _score(wanted: list[str], name: list[str], alike: Callable[[str, str], float]) -> float:
    """Say how near a name is: 0 is not at all, and each word that is wanted has to be there."""
    if not wanted or not name:
        return 0.0
    if wanted == name:
        return 3.0
    each = [max(alike(word, there) for there in name) for word in wanted]
    if min(each) < _ALIKE:
        return 0.0
    return sum(each) / len(each) + len(wanted) / max(len(name), len(wanted))


def _likeness(wanted: str, there: str) -> float:
    if wanted == there:
        return 1.0
    if there.startswith(wanted):
        return 0.95
    if wanted in there and len(wanted) > 2:  # noqa: PLR2004  one or two letters are in everything
        return 0.85
    if abs(len(wanted) - len(there)) > 2:  # noqa: PLR2004  so far apart is no typing error
        return 0.0
    if sorted(wanted) == sorted(there):  # letters in another order
        return 0.8
    return difflib.SequenceMatcher(None, wanted, there).ratio() * 0.9


def _names_by_node(explorer: Explorer) -> dict[NamedNode, list[list[str]]]:
    """Give the words of all names of all nodes, folded."""
    return {node: list(_names(explorer, node)) for node in _ours(explorer)}


def _names(explorer: Explorer, node: NamedNode) -> Iterable[list[str]]:
    name = explorer.names[node]
    yield _words(name.full)
    yield from map(_words, name.labels)
    for predicate in _OTHER_NAMES:
        for triple in explorer.store.triples(node, predicate):
            if isinstance(triple.object, Literal):
                yield _words(triple.object.value)


def _ours(explorer: Explorer) -> list[NamedNode]:
    return [node for node in explorer.names if node.value.startswith((ID, SPK))]


def _kinds(explorer: Explorer, node: NamedNode) -> list[NamedNode]:
    found = (triple.object for triple in explorer.store.triples(node, _TYPE))
    return sorted((kind for kind in found if isinstance(kind, NamedNode)), key=str)


def _is_last(explorer: Explorer, node: NamedNode) -> bool:
    return any(kind.value.removeprefix(SPK) in _LAST for kind in _kinds(explorer, node))


def _index(explorer: Explorer, cells: Cells) -> list[tuple[Cell, list[Cell]]]:
    """Give all nodes of the data by class, in the order of the alphabet."""
    found: dict[NamedNode, list[Cell]] = {}
    for node in _ours(explorer):
        for kind in _kinds(explorer, node) if node.value.startswith(ID) else ():
            found.setdefault(kind, []).append(cells.cell(node))
    listed = [
        (cells.cell(kind), sorted(nodes, key=lambda cell: folded(cell.text)))
        for kind, nodes in found.items()
        if kind.value.removeprefix(SPK) not in _LAST
    ]
    return sorted(listed, key=lambda each: folded(each[0].text))
