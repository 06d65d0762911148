"""Loading a dossier into a triple-store, and comparing what is there then with what was sent."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Protocol

from pyoxigraph import Triple

from standpunkt.dossier import Dossier
from standpunkt.errors import InconsistencyError, UnknownNameError, suggest
from standpunkt.namespaces import GRAPH
from standpunkt.spool import Spool
from standpunkt.store import Result

# The parts of a dossier that are loaded, each with its named graph, in the order of loading.
PARTS = {
    part: GRAPH + part
    for part in ("ontology", "articles", "links", "shapes", "queries", "inferred")
}


class Target(Protocol):
    """A triple-store that is loaded into; each method may raise `StoreError`."""

    def replace(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        """Make triples the content of named graphs; others stay untouched."""

    def add(self, graphs: Mapping[str, Collection[Triple]]) -> None:
        """Add triples to named graphs."""

    def count(self, graph: str) -> int:
        """Count the triples of a named graph."""

    def triples(self, graph: str) -> list[Triple]:
        """Give the triples of a named graph, in no order."""

    def query(self, text: str, graphs: Iterable[str] = ()) -> Result:
        """Run a query with the union of some named graphs as its default graph."""


def content(
    dossier: Dossier, parts: Iterable[str] = PARTS, graph: str | None = None
) -> dict[str, Spool]:
    """Give the named graphs that parts of a dossier are, or all in the one graph named.

    They are on disk. Raises `UnknownNameError` for an unknown part, `FileError` and `ParseError` as
    `turtle.read`, and `InconsistencyError` where what follows contradicts itself.
    """
    from standpunkt.exporting import parts as exported  # noqa: PLC0415  slow, for a start

    texts: dict[str, list[Iterable[bytes]]] = {}
    in_files = dossier.sources()
    for part in checked_parts(parts):
        found = texts.setdefault(graph or PARTS[part], [])
        try:
            if PARTS[part] in in_files:
                found.append(dossier.pieces(PARTS[part]))
            else:
                found.append([text.encode() for _, text in exported.texts(dossier, [part])])
        except InconsistencyError as error:
            raise InconsistencyError(f"{error}, and --no-inferred loads none") from None
    return {name: Spool(texts=chain.from_iterable(found)) for name, found in texts.items()}


def checked_parts(parts: Iterable[str]) -> list[str]:
    """Give parts in the order of loading; raises `UnknownNameError` for one that is none."""
    wanted = set(parts)
    for part in sorted(wanted - PARTS.keys()):
        way_out = suggest(part, PARTS) or f"; there are {', '.join(PARTS)}"
        raise UnknownNameError(f"unknown part {part!r}{way_out}")
    return [part for part in PARTS if part in wanted]
