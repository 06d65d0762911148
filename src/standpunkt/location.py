"""Where the nodes of several Turtle files stand, with their values and without."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import files, places
from standpunkt.answer import Term


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column count from 1, in characters."""

    file: Path
    line: int
    column: int

    def __str__(self) -> str:
        """Write the place as compilers do.

        >>> print(Place(Path("graph/links.ttl"), 3, 1))
        graph/links.ttl:3:1
        """
        return f"{self.file}:{self.line}:{self.column}"


class Location:
    """Where terms stand in some files, which are walked when they are first needed."""

    def __init__(self, sources: Mapping[Path, list[Triple]]) -> None:
        """Take the triples of each file."""
        self._sources = sources
        self._positions: dict[Path, places.Positions] = {}

    def find(
        self, focus: Term, path: NamedNode | None = None, value: Term | None = None
    ) -> Place | None:
        """Find the value, else the property, else the node, else what points to the node."""
        if isinstance(focus, Literal | Triple) or isinstance(value, Triple):
            return None
        place = self._find(focus, path, value) if path and value is not None else None
        place = place or (self._find(focus, path) if path else None) or self._find(focus)
        return place or next(chain(self._pointing(focus), self._holding(focus)), None)

    def _find(
        self,
        subject: places.Node,
        predicate: NamedNode | None = None,
        term: places.Term | None = None,
    ) -> Place | None:
        for file in self._sources:
            position = self._of(file).find(subject, predicate, term)
            if position:
                return Place(file, *position)
        return None

    def _pointing(self, node: Term) -> Iterator[Place]:
        """Give the places of properties whose object is a node without a name of its own."""
        for triples in self._sources.values():
            for subject, predicate, term in triples:
                if term == node and not isinstance(subject, Triple):
                    place = self._find(subject, predicate)
                    if place:
                        yield place

    def _holding(self, node: Term) -> Iterator[Place]:
        """Give the beginnings of files that say something of a node."""
        for file, triples in self._sources.items():
            if any(triple.subject == node for triple in triples):
                yield Place(file, 1, 1)

    def _of(self, file: Path) -> places.Positions:
        if file not in self._positions:
            self._positions[file] = places.positions(files.read(file))
        return self._positions[file]
