"""A difference in words: for readers, and for a comment on a pull request."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from standpunkt.answer import Term
from standpunkt.delta import Kind, NodeChange, PropertyChange
from standpunkt.diff import AnswerChange, Difference, QuestionChange, changed_lines
from standpunkt.namespaces import GRAPH, shorten
from standpunkt.page import Page, legible
from standpunkt.sides import Side, Sides

_WORDS = {
    "en": {
        "articles": "Facts",
        "links": "Outside knowledge",
        "ontology": "Ontology",
        "shapes": "Shapes",
        "questions": "Saved questions",
        "answers": "Answers",
        "consequences": "What follows",
        "added": "added",
        "removed": "removed",
        "changed": "changed",
        "renamed": "renamed",
        "nameless": "nodes without a name",
        "failed": "failed before",
        "fails": "fails now",
        "columns": "columns",
        "contradiction": "contradiction",
    },
    "de": {
        "articles": "Fakten",
        "links": "Wissen von außen",
        "ontology": "Ontologie",
        "shapes": "Shapes",
        "questions": "Gespeicherte Fragen",
        "answers": "Antworten",
        "consequences": "Was folgt",
        "added": "neu",
        "removed": "entfernt",
        "changed": "geändert",
        "renamed": "umbenannt",
        "nameless": "Knoten ohne Namen",
        "failed": "scheiterte bisher",
        "fails": "scheitert jetzt",
        "columns": "Spalten",
        "contradiction": "Widerspruch",
    },
}
_GRAPHS = ("articles", "links", "ontology", "shapes")
_KINDS: tuple[Kind, ...] = ("added", "removed", "changed", "renamed")
_INDENT = 4
# How much of a text is enough where all facts of a node are told in short.
_SHORT = 200
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")


@dataclass(frozen=True, slots=True)
class _Item:
    """A line with its mark and a name behind it, and what stands below it."""

    mark: str
    text: str
    name: str = ""
    items: tuple["_Item", ...] = ()
    code: tuple[str, ...] = ()


def to_text(difference: Difference, sides: Sides, page: Page) -> str:
    """Write sections with a block for each node, question and answer; "" for no difference."""

    def lines(item: _Item, depth: int) -> Iterator[str]:
        margin = " " * (_INDENT * depth)
        name = f" ({item.name})" if item.name else ""
        text = " ".join(filter(None, [item.mark, item.text])) + name
        yield from (margin + line for line in page.wrap(text, len(margin), _INDENT))
        yield from (margin + " " * _INDENT + legible(line) for line in item.code)
        for inner in item.items:
            yield from lines(inner, depth + 1)

    return "\n".join(
        "".join(
            f"{line}\n"
            for line in (page.bold(title), *(line for item in items for line in lines(item, 0)))
        )
        for title, items in _sections(difference, sides)
    )


def to_markdown(difference: Difference, sides: Sides) -> str:
    """Write sections with nested lists in CommonMark; "" for no difference.

    Nothing that stands in a dossier can become markup.
    """

    def lines(item: _Item, depth: int) -> Iterator[str]:
        margin = "  " * depth
        parts = [f"**{item.mark}**" if item.mark else "", _escaped(item.text)]
        parts.append(f"`{item.name}`" if item.name else "")
        yield f"{margin}- {' '.join(filter(None, parts))}"
        if item.code:
            longest = max(map(len, re.findall("`+", "\n".join(item.code))), default=0)
            fence = "`" * max(3, longest + 1)
            code = (f"{fence}diff", *map(legible, item.code), fence)
            yield from (f"{margin}  {line}" for line in code)
        for inner in item.items:
            yield from lines(inner, depth + 1)

    return "\n".join(
        f"### {title}\n\n" + "".join(f"{line}\n" for item in items for line in lines(item, 0))
        for title, items in _sections(difference, sides)
    )


def _sections(difference: Difference, sides: Sides) -> Iterator[tuple[str, list[_Item]]]:
    words = _WORDS[sides.language]

    def title(section: str, changes: Iterable[NodeChange | QuestionChange]) -> str:
        counts = Counter(change.kind for change in changes)
        listed = [f"{counts[kind]} {words[kind]}" for kind in _KINDS if kind in counts]
        return f"{words[section]}: {', '.join(listed)}"

    for graph in _GRAPHS:
        if changes := difference.nodes[GRAPH + graph]:
            yield title(graph, changes), [_node(change, sides) for change in changes]
    if difference.questions:
        items = [_question(change, words) for change in difference.questions]
        yield title("questions", difference.questions), items
    if difference.answers:
        yield words["answers"], [_answer(change, sides) for change in difference.answers]
    if consequences := [*_consequences(difference, sides)]:
        yield words["consequences"], consequences


def _node(change: NodeChange, sides: Sides) -> _Item:
    words = _WORDS[sides.language]
    mark = f"{words[change.kind]}:"
    if change.node is None:
        return _Item(mark, words["nameless"], items=_properties(change, sides))
    name = shorten(change.node.value)
    label = sides.label(change.node, "removed" if change.kind == "removed" else "added")
    if change.former is not None:
        name = f"{shorten(change.former.value)} → {name}"
    text, name = (label, name) if label else (name, "")
    if change.kind in {"added", "removed"}:
        items = (_Item("", _in_short(change, label, sides)),)
        return _Item(mark, text, name, items)
    return _Item(mark, text, name, _properties(change, sides))


def _in_short(change: NodeChange, title: str | None, sides: Sides) -> str:
    """Give all facts of a node in one line, but for the label that is its title."""
    side: Side = "removed" if change.kind == "removed" else "added"
    told = []
    for each in change.properties:
        values = [sides.value(fact, side) for fact in getattr(each, side)]
        if each.language == sides.language and [
            fact.triple.object for fact in getattr(each, side)
        ] == [Literal(title or "", language=each.language)]:
            continue
        cut = [text if len(text) <= _SHORT else text[: _SHORT - 1] + "…" for text in values]
        told.append(f"{_head(each, sides, side)}: {' / '.join(cut)}")
    return "; ".join(told)


def _properties(change: NodeChange, sides: Sides) -> tuple[_Item, ...]:
    return tuple(item for each in change.properties for item in _property(each, sides))


def _property(change: PropertyChange, sides: Sides) -> Iterator[_Item]:
    removed, added = sides.values(change.removed, change.added)
    side: Side = "added" if added else "removed"
    head = _head(change, sides, side)
    if len(removed) == len(added) == 1:
        code = _lines(change.removed[0].triple.object, change.added[0].triple.object)
        arrow = "" if code else f" {removed[0]} → {added[0]}"
        yield _Item("", f"{head}:{arrow}", code=code)
        return
    for sign, values in (("-", removed), ("+", added)):
        yield from (_Item(sign, f"{head}: {text}") for text in values)


def _lines(was: Term, is_: Term) -> tuple[str, ...]:
    """Compare texts of many lines line by line; nothing for other terms."""
    if isinstance(was, Literal) and isinstance(is_, Literal) and "\n" in was.value + is_.value:
        return changed_lines(was.value, is_.value)
    return ()


def _head(change: PropertyChange, sides: Sides, side: Side) -> str:
    language = f" ({change.language})" if change.language else ""
    return sides.term(change.predicate, side) + language


def _question(change: QuestionChange, words: Mapping[str, str]) -> _Item:
    code = changed_lines(change.old, change.new) if change.kind == "changed" else ()
    return _Item(f"{words[change.kind]}:", change.headline, change.name, code=code)


def _answer(change: AnswerChange, sides: Sides) -> _Item:
    words = _WORDS[sides.language]
    items = [
        _Item(f"{words[word]}:", failure)
        for word, failure in zip(("failed", "fails"), change.failures, strict=True)
        if failure
    ]
    for sign, columns in (("-", change.columns_removed), ("+", change.columns_added)):
        if columns:
            items.append(_Item(sign, f"{words['columns']}: {', '.join(columns)}"))
    removed, added = sides.rows(change.removed, change.added)
    items += [_Item("-", row) for row in removed] + [_Item("+", row) for row in added]
    return _Item("", change.question, items=tuple(items))


def _consequences(difference: Difference, sides: Sides) -> Iterator[_Item]:
    found = difference.consequences
    word = _WORDS[sides.language]["contradiction"]
    yield from (_Item("-", sides.triple(triple, "removed")) for triple in found.removed)
    yield from (_Item("+", sides.triple(triple, "added")) for triple in found.added)
    yield from (_Item("-", f"{word}: {text}") for text in found.contradictions_removed)
    yield from (_Item("+", f"{word}: {text}") for text in found.contradictions_added)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(legible(text).split()))
