"""A dossier: the folder that holds one knowledge graph.

Four folders make it up: `ontology/`, `graph/` and `shapes/` with Turtle files, `queries/` with
saved questions. A dossier knows its files and their triples, and reads each file once.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, Self

from pyoxigraph import Quad, Store, Triple

from standpunkt import turtle
from standpunkt.errors import DossierError
from standpunkt.namespaces import GRAPH

Part = Literal["ontology", "graph", "shapes", "queries"]

ONTOLOGY_GRAPH = GRAPH + "ontology"
ARTICLES_GRAPH = GRAPH + "articles"
LINKS_GRAPH = GRAPH + "links"
SHAPES_GRAPH = GRAPH + "shapes"
INFERRED_GRAPH = GRAPH + "inferred"
# What somebody stated: all that saved questions read.
ASSERTED = (ONTOLOGY_GRAPH, ARTICLES_GRAPH, LINKS_GRAPH)

_SUFFIX: dict[Part, str] = {
    "ontology": ".ttl",
    "graph": ".ttl",
    "shapes": ".ttl",
    "queries": ".rq",
}
_NEEDED: tuple[Part, ...] = ("ontology", "graph")
_LINKS_FILE = "links.ttl"


class Dossier:
    """The files of one knowledge graph, and their triples."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        """Take the folder of a dossier.

        Raises `DossierError` where there is no such folder, or where `ontology/` or `graph/`
        is missing in it or holds no Turtle file. A dossier without shapes or questions is one.
        """
        self.folder = Path(folder)
        # Told how many files of how many are read, each time that some are.
        self.progress: Callable[[int, int], None] | None = None
        self._read: dict[Path, list[Quad]] = {}
        self._check()

    def __repr__(self) -> str:
        """Write the dossier as the call that makes it."""
        return f"Dossier({str(self.folder)!r})"

    @classmethod
    def shipped(cls) -> Self:
        """Give the dossier that comes with the package.

        A wheel carries it inside the package; a checkout has it in its top-level folders.
        Raises `DossierError` where it is in neither place.
        """
        packaged = Path(__file__).with_name("shipped")
        return cls(packaged if packaged.is_dir() else Path(__file__).parents[2])

    def files(self, part: Part) -> list[Path]:
        """List the files of a part by name: `*.rq` of the queries, `*.ttl` of the others.

        Editors' lock and backup files (`.#x.ttl`) are left out.
        """
        return sorted(
            path
            for path in (self.folder / part).glob(f"*{_SUFFIX[part]}")
            if not path.name.startswith(".")
        )

    def triples(self, part: Part) -> list[Triple]:
        """Give the triples of a part's Turtle files, in the order of files and text.

        Raises `FileError` and `ParseError` as `turtle.read` does.
        """
        return self._triples(self.files(part))

    def graphs(self, *names: str) -> dict[str, list[Triple]]:
        """Give the named graphs, by IRI: those asked for, or all four.

        They are `graph:ontology`, `graph:articles` (what articles say: `graph/` but
        `links.ttl`), `graph:links` (outside knowledge: `graph/links.ttl`) and `graph:shapes`.
        Raises `FileError` and `ParseError` as `turtle.read` does.
        """
        sources = self.sources()
        return {name: self._triples(sources[name]) for name in names or sources}

    def stream(self, name: str) -> Iterator[Triple]:
        """Give the triples of a named graph as `graphs` does, without keeping them."""
        return (
            triple
            for path in self.reading(self.sources()[name])
            for triple in (self._triples([path]) if path in self._read else turtle.stream(path))
        )

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give what `stream` does as pieces of N-Triples, each triple in one line."""
        for path in self.reading(self.sources()[name]):
            known = self._read.get(path)
            yield from turtle.pieces(path) if known is None else [turtle.written(known).encode()]

    def ntriples(self, *names: str) -> Iterator[str]:
        """Give the triples of named graphs as N-Triples, file by file, without keeping them."""
        sources = self.sources()
        for path in self.reading([path for name in names for path in sources[name]]):
            known = self._read.get(path)
            yield turtle.ntriples(path) if known is None else turtle.written(known)

    def quads(self, *names: str) -> dict[str, list[Quad]]:
        """Give what `graphs` does as a store takes it: in the default graph, as it was parsed."""
        sources = self.sources()
        return {name: self._quads(sources[name]) for name in names or sources}

    def load(self, name: str, store: Store) -> bool:
        """Put a named graph into the default graph of an empty store, as `turtle.load` does.

        Says no, too, where the triples of a file are known already: `quads` then costs less.
        """
        paths = self.sources()[name]
        return self._read.keys().isdisjoint(paths) and turtle.load(self.reading(paths), store)

    def sources(self) -> dict[str, list[Path]]:
        """Give the files of each named graph, by IRI."""
        facts = self.files("graph")
        return {
            ONTOLOGY_GRAPH: self.files("ontology"),
            ARTICLES_GRAPH: [path for path in facts if path.name != _LINKS_FILE],
            LINKS_GRAPH: [path for path in facts if path.name == _LINKS_FILE],
            SHAPES_GRAPH: self.files("shapes"),
        }

    def reading(self, paths: Sequence[Path]) -> Iterator[Path]:
        """Give paths on to who reads their files, and tell `progress` how many are read."""
        for done, path in enumerate(paths, start=1):
            yield path
            if self.progress is not None:
                self.progress(done, len(paths))

    def _triples(self, paths: list[Path]) -> list[Triple]:
        return [quad.triple for quad in self._quads(paths)]

    def _quads(self, paths: list[Path]) -> list[Quad]:
        for path in self.reading([path for path in paths if path not in self._read]):
            self._read[path] = turtle.quads(path)
        return [quad for path in paths for quad in self._read[path]]

    def _check(self) -> None:
        name = str(self.folder)
        if not self.folder.exists():
            raise DossierError(
                f"there is no folder {name!r}; a dossier is a folder with ontology/ and graph/",
            )
        if not self.folder.is_dir():
            raise DossierError(
                f"{name!r} is a file; a dossier is a folder with ontology/ and graph/",
            )
        missing = [part for part in _NEEDED if not (self.folder / part).is_dir()]
        if missing:
            raise DossierError(
                f"{name!r} is no dossier: it has no folder {'/ and no folder '.join(missing)}/",
            )
        for part in _NEEDED:
            if not self.files(part):
                raise DossierError(f"{name!r} has no Turtle file (*.ttl) in its folder {part}/")
