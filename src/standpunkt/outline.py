"""The description of a node as an outline for readers, or as JSON."""

import json
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from standpunkt.description import Description, Group, Link
from standpunkt.page import Page

_INFERRED = {"de": "abgeleitet", "en": "inferred"}
_INCOMING = {"de": "Was darauf verweist", "en": "What points to it"}
_QUOTED = {"de": "„{}“", "en": "“{}”"}
_WIDEST_MARGIN = 24
_INDENT = 2


def outline(description: Description, language: str, page: Page) -> str:
    """Write a description for readers of a language.

    Below each link stand the passages that are its evidence, and the words that it quotes.
    """
    types = f" ({', '.join(description.types)})" if description.types else ""
    lines = [page.bold(description.title) + types, description.node.value]
    if description.outgoing:
        lines += ["", *_lines(description.outgoing, language, page)]
    if description.incoming:
        lines += ["", page.bold(_INCOMING[language])]
        lines += ["", *_lines(description.incoming, language, page)]
    return "".join(f"{line}\n" for line in lines)


def to_json(description: Description) -> str:
    """Write a description as a JSON object; IRIs are in full."""
    content = {
        "iri": description.node.value,
        "title": description.title,
        "types": description.types,
        "outgoing": [_group(group) for group in description.outgoing],
        "incoming": [_group(group) for group in description.incoming],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _lines(groups: tuple[Group, ...], language: str, page: Page) -> Iterator[str]:
    margin = min(max(len(group.label) for group in groups), _WIDEST_MARGIN) + _INDENT
    for group in groups:
        head = group.label
        for link in group.links:
            first, *others = _entry(link, language, page, margin)
            yield f"{head:<{margin - 1}} {first}"
            yield from (" " * margin + line for line in others)
            head = ""


def _entry(link: Link, language: str, page: Page, margin: int) -> Iterator[str]:
    mark = f" ({_INFERRED[language]})" if link.inferred else ""
    yield from page.wrap(link.text + mark, margin, _INDENT)
    below = ["; ".join(link.evidence), *map(_QUOTED[language].format, link.quotations)]
    for text in filter(None, below):
        for line in page.wrap(text, margin + _INDENT, _INDENT):
            yield " " * _INDENT + line


def _group(group: Group) -> dict[str, object]:
    return {
        "property": group.predicate.value,
        "label": group.label,
        "links": [_link(link) for link in group.links],
    }


def _link(link: Link) -> dict[str, object]:
    term = link.term
    return {
        "value": term.value if isinstance(term, NamedNode | Literal) else str(term),
        "label": link.text,
        "inferred": link.inferred,
        "evidence": link.evidence,
        "quotations": link.quotations,
    }
