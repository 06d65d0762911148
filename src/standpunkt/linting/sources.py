"""Turtle files with their texts, so that a finding about a triple knows its line."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import files, places, turtle
from standpunkt.answer import Term
from standpunkt.dossier import Dossier, Part


@dataclass(frozen=True)
class Source:
    """A Turtle file: its path, its text, its triples in the order of the text."""

    path: Path
    text: str
    triples: list[Triple]

    def line(
        self,
        subject: Term,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
    ) -> int | None:
        """Say in which line something stands, or what holds it where it is a blank node.

        `None` where the file does not have it.
        """
        seen = set[Term]()
        while isinstance(subject, BlankNode) and subject in self._holders and subject not in seen:
            seen.add(subject)
            subject, predicate, object_ = self._holders[subject]
        if not isinstance(subject, NamedNode):
            return None
        named = object_ if isinstance(object_, NamedNode | Literal) else None
        place = self._positions.find(subject, predicate, named)
        return place[0] if place else None

    @cached_property
    def _positions(self) -> places.Positions:
        return places.positions(self.text)

    @cached_property
    def _holders(self) -> dict[BlankNode, Triple]:
        return {
            triple.object: triple for triple in self.triples if isinstance(triple.object, BlankNode)
        }


def sources(dossier: Dossier, part: Part) -> list[Source]:
    """Read the Turtle files of a part of a dossier; raises what `turtle.read` does."""
    return [
        Source(path, text, turtle.parse(text, str(path)))
        for path in dossier.reading(dossier.files(part))
        for text in [files.read(path)]
    ]


def place(
    given: Iterable[Source],
    subject: Term,
    predicate: NamedNode | None = None,
    object_: Term | None = None,
) -> tuple[Path, int]:
    """Give the file and line of something that stands in one of the files."""
    found = [
        (source.path, line)
        for source in given
        if (line := source.line(subject, predicate, object_)) is not None
    ]
    # A blank node without a holder stands at the outermost, and has no name to find it by.
    return found[0] if found else (next(iter(given)).path, 1)
