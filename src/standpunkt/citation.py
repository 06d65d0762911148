"""Where a fact is written: the article, the sentence, the offsets, the words that it quotes.

The text of an article is not in a dossier. Whoever has it in a folder gets the sentence itself,
if what stands at the offsets has the hash that the dossier knows.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standpunkt import files
from standpunkt.errors import DossierError, FileError
from standpunkt.nodes import Nodes
from standpunkt.store import Store


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that carries a fact.

    `start` and `end` are offsets in characters, the end exclusive, and -1 where the dossier has
    none. `words` are those that the fact quotes from this passage, in the order of the text.
    """

    passage: NamedNode
    article: NamedNode | None
    number: int
    start: int
    end: int
    words: tuple[Literal, ...]


def citations(store: Store, node: NamedNode) -> list[Citation]:
    """Give the passages that carry a node, in the order of articles and sentences."""
    nodes = Nodes(store)
    found = []
    for passage in nodes.named(node, "evidence"):
        article = nodes.get(passage, "inArticle")
        found.append(
            Citation(
                passage,
                article if isinstance(article, NamedNode) else None,
                nodes.number(passage, "number"),
                nodes.number(passage, "start"),
                nodes.number(passage, "end"),
                _words(nodes, node, passage),
            )
        )
    return sorted(found, key=lambda each: (str(each.article), each.number, str(each.passage)))


class Articles:
    """The texts of the articles, in a folder."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Take the store that knows the articles; raises `DossierError` without such a folder."""
        if not folder.is_dir():
            raise DossierError(f"there is no folder {str(folder)!r} with the texts of the articles")
        self._nodes = Nodes(store)
        self._folder = folder

    def text(self, article: NamedNode) -> str:
        """Give the text of an article, from the file that `spk:file` names.

        Raises `FileError` where there is none, or it cannot be read or is not in UTF-8.
        """
        name = self._nodes.get(article, "file")
        # A name with a folder in it could lead anywhere.
        if not isinstance(name, Literal) or Path(name.value).name != name.value:
            raise FileError("spk:file names no file in the folder")
        return files.read(self._folder / name.value)

    def sentence(self, citation: Citation) -> str | None:
        """Give the text of a passage; `None` where the article has another text there.

        Raises `FileError` as `text` does.
        """
        if citation.article is None or not 0 <= citation.start < citation.end:
            return None
        found = self.text(citation.article)[citation.start : citation.end]
        return found if has_hash(self._nodes.get(citation.passage, "sha256"), found) else None


def has_hash(known: NamedNode | Literal | None, text: str) -> bool:
    """Tell whether the SHA-256 of a text's UTF-8 bytes is the one that is known of it."""
    return isinstance(known, Literal) and known.value == digest(text)


def seal(article: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """Give the seal of an article: the SHA-256 over its checksum and its spans.

    Takes the checksum, and start, end and checksum of each passage and quotation, in any order.
    What is hashed are lines that each end in a line feed: the checksum of the article, then the
    three details of each span with spaces between them, in the order of the numbers.
    """
    lines = [article, *(" ".join(map(str, span)) for span in sorted(spans))]
    return digest("".join(f"{line}\n" for line in lines))


def digest(text: str) -> str:
    """Give the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _words(nodes: Nodes, node: NamedNode, passage: NamedNode) -> tuple[Literal, ...]:
    quotations = [
        quotation
        for quotation in nodes.named(node, "quotation")
        if passage in nodes.named(quotation, "evidence")
    ]
    quotations.sort(key=lambda quotation: (nodes.number(quotation, "start"), str(quotation)))
    words = (nodes.get(quotation, "words") for quotation in (node, *quotations))
    return tuple(term for term in words if isinstance(term, Literal))
