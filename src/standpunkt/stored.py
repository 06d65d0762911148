"""A dossier whose triples a store has: its graphs come from there, its questions from files."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, Store, Triple

from standpunkt import turtle
from standpunkt.dossier import (
    ARTICLES_GRAPH,
    LINKS_GRAPH,
    ONTOLOGY_GRAPH,
    SHAPES_GRAPH,
    Dossier,
    Part,
)
from standpunkt.folder import FolderStore

_GRAPHS: dict[Part, tuple[str, ...]] = {
    "ontology": (ONTOLOGY_GRAPH,),
    "graph": (ARTICLES_GRAPH, LINKS_GRAPH),
    "shapes": (SHAPES_GRAPH,),
    "queries": (),
}


class StoredDossier(Dossier):
    """A store in a folder, as a dossier; each graph is read from it once."""

    def __init__(self, store: FolderStore, questions: Dossier) -> None:
        """Take the store, and the dossier whose saved questions are asked.

        Raises `StoreError` where the store lacks a graph that a dossier needs, and where two of
        its graphs state the same.
        """
        store.check()
        self.folder = store.folder
        self.store = store
        self._questions = questions
        self._graphs: dict[str, list[Triple]] = {}

    def files(self, part: Part) -> list[Path]:
        """List the files of the saved questions; other parts have none."""
        return self._questions.files(part) if part == "queries" else []

    def triples(self, part: Part) -> list[Triple]:
        """Give the triples of a part, sorted by their N-Triples text."""
        return [triple for name in _GRAPHS[part] for triple in self._graph(name)]

    def graphs(self, *names: str) -> dict[str, list[Triple]]:
        """Give the named graphs, by IRI, as `Dossier.graphs`; also others that the store has."""
        known = [name for graphs in _GRAPHS.values() for name in graphs]
        return {name: self._graph(name) for name in names or known}

    def quads(self, *names: str) -> dict[str, list[Quad]]:
        """Give the named graphs as `Dossier.quads`."""
        graphs = self.graphs(*names).items()
        return {name: [Quad(*triple) for triple in triples] for name, triples in graphs}

    def ntriples(self, *names: str) -> Iterator[str]:
        """Give the named graphs as N-Triples, one by one."""
        return (turtle.written(self._graph(name)) for name in names)

    def load(self, name: str, store: Store) -> bool:  # noqa: ARG002  as `Dossier.load`
        """Say no, since no file has the triples."""
        return False

    def stream(self, name: str) -> Iterator[Triple]:
        """Give the triples of a named graph; it is read whole."""
        return iter(self._graph(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give a named graph as N-Triples, in one piece."""
        return (text.encode() for text in self.ntriples(name))

    def _graph(self, name: str) -> list[Triple]:
        if name not in self._graphs:
            self._graphs[name] = self.store.graph(name)
        return self._graphs[name]
