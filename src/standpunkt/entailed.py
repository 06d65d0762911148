"""The store of what a dossier asserts and of what follows from it."""

from pyoxigraph import NamedNode, RdfFormat

from standpunkt.dossier import ARTICLES_GRAPH, INFERRED_GRAPH, Dossier
from standpunkt.store import Asserted

_ARTICLES = NamedNode(ARTICLES_GRAPH)
_INFERRED = NamedNode(INFERRED_GRAPH)
_TO_ARTICLES_ALONE = f"""
DELETE {{ GRAPH {_ARTICLES} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {_INFERRED} {{ ?s ?p ?o }} }}
"""


class Entailed(Asserted):
    """What a dossier asserts, and in a graph of its own what follows, which nobody asserts."""

    def __init__(self, dossier: Dossier, inferred: str) -> None:
        """Take the dossier, and what follows as N-Triples without blank nodes.

        Raises `FileError` and `ParseError` as `turtle.read` does.
        """
        super().__init__(dossier)
        self._names.append(_INFERRED)
        self._inferred = inferred.encode()
        self._store.load(self._inferred, RdfFormat.N_TRIPLES)

    def _fill_named_graphs(self) -> None:
        # The graph of the articles is made of the default graph, where what follows is by now.
        has_more = self._is_native
        super()._fill_named_graphs()
        if self._inferred:
            self._store.load(self._inferred, RdfFormat.N_TRIPLES, to_graph=_INFERRED)
            self._inferred = b""
        if has_more:
            self._store.update(_TO_ARTICLES_ALONE)
