"""What an asserted triple stands on: an article, a source elsewhere, or a definition."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from standpunkt.citation import Articles, Citation, citations
from standpunkt.dossier import LINKS_GRAPH, Dossier
from standpunkt.namespaces import PREFIXES, SPK
from standpunkt.store import Store

FACT = "fact"
OUTSIDE = "outside"
DEFINITION = "definition"

_ABOUT = NamedNode(SPK + "about")
_SOURCE = NamedNode(PREFIXES["dcterms"] + "source")


@dataclass(frozen=True, slots=True)
class Ground:
    """What an asserted triple stands on.

    `kind` is `FACT` where an article says so, with its `citations`; `OUTSIDE` where it is knowledge
    from elsewhere, with its `sources` as texts; else `DEFINITION`: words of this dossier's own.
    `sentences` has the text of each citation, in their order; it is `None` where no texts are at
    hand, and so is a text that is not what the dossier knows.
    """

    kind: str
    citations: tuple[Citation, ...] = ()
    sentences: tuple[str | None, ...] | None = None
    sources: tuple[str, ...] = ()


class Grounds:
    """The grounds of all that a dossier asserts."""

    def __init__(self, dossier: Dossier, folder: Path | None = None) -> None:
        """Take the dossier, and the folder with the texts of the articles if there is one.

        Raises `DossierError` where there is no such folder.
        """
        self._store = Store.asserted(dossier)
        self._outside = set(dossier.graphs(LINKS_GRAPH)[LINKS_GRAPH])
        self._articles = None if folder is None else Articles(self._store, folder)

    def of(self, triple: Triple) -> Ground:
        """Give the ground of an asserted triple: that of its subject.

        Raises `FileError` where the file of an article is missing or cannot be read.
        """
        if triple in self._outside:
            return Ground(OUTSIDE, sources=tuple(sorted(self._sources(triple))))
        subject = triple.subject
        return self.of_fact(subject) if isinstance(subject, NamedNode) else Ground(DEFINITION)

    def of_fact(self, node: NamedNode) -> Ground:
        """Give the ground of all that is said of a node; raises what `of` does."""
        found = tuple(citations(self._store, node))
        if not found:
            return Ground(DEFINITION)
        articles = self._articles
        sentences = tuple(map(articles.sentence, found)) if articles else None
        return Ground(FACT, found, sentences)

    def _sources(self, triple: Triple) -> Iterator[str]:
        about = [each.subject for each in self._store.triples(None, _ABOUT, triple.subject)]
        for node in (triple.subject, *about):
            if isinstance(node, NamedNode):
                for each in self._store.triples(node, _SOURCE):
                    yield getattr(each.object, "value", str(each.object))
