"""Rules for Turtle files: what would not survive each triple-store.

Stores rewrite some literals, and a store that is loaded twice has each blank node twice.
"""

import re
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal

from standpunkt import literals
from standpunkt.dossier import Dossier, Part
from standpunkt.linting.finding import LintFinding
from standpunkt.linting.sources import Source, sources
from standpunkt.namespaces import PREFIXES, RDF, shorten

_PARTS: tuple[Part, ...] = ("ontology", "graph", "shapes")
_WITHOUT_BLANK_NODES = {"ontology", "graph"}
_PREFIX = re.compile(r"[ \t]*(?:@prefix|PREFIX)[ \t]+([^\s:]*):[ \t]*<([^>]*)>", re.IGNORECASE)
_TAG_WITH_CAPITALS = re.compile(r'(?<=")@[a-z-]*[A-Z][A-Za-z0-9-]*')
_LIST_CELL = {RDF + "first", RDF + "rest"}


def check(dossier: Dossier) -> Iterator[LintFinding]:
    """Give what is to be mended in the Turtle files of a dossier."""
    for part in _PARTS:
        for source in sources(dossier, part):
            yield from _prefixes(source)
            yield from _literals(source)
            if part in _WITHOUT_BLANK_NODES:
                yield from _blank_nodes(source)


def _prefixes(source: Source) -> Iterator[LintFinding]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        found = _PREFIX.match(line)
        if found and PREFIXES.get(found[1]) != found[2]:
            known = PREFIXES.get(found[1])
            meant = f"stands for <{known}>" if known else "is not in the registry"
            yield LintFinding(source.path, number, "prefixes", f"{found[1]}: {meant}")


def _literals(source: Source) -> Iterator[LintFinding]:
    for subject, predicate, literal in source.triples:
        if not isinstance(literal, Literal):
            continue
        if not literals.is_kept(literal.value, literal.datatype.value):
            line = source.line(subject, predicate, literal) or 1
            shown = f'"{literal.value}"^^{shorten(literal.datatype.value)}'
            yield LintFinding(source.path, line, "literals", f"not every store keeps {shown}")
    # The parser has put tags into lower case already.
    for number, row in enumerate(source.text.splitlines(), start=1):
        for tag in _TAG_WITH_CAPITALS.findall(row):
            yield LintFinding(source.path, number, "literals", f"not every store keeps {tag}")


def _blank_nodes(source: Source) -> Iterator[LintFinding]:
    for subject, predicate, _ in source.triples:
        if isinstance(subject, BlankNode) and predicate.value not in _LIST_CELL:
            message = f"a blank node has {shorten(predicate.value)}: give it an IRI"
            yield LintFinding(source.path, source.line(subject) or 1, "blank-nodes", message)
