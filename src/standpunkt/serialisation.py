"""RDF in the syntaxes beside Turtle: one text for one dataset, whatever the order it comes in.

N-Triples and N-Quads are canonical (https://www.w3.org/TR/rdf-canon/): sorted lines, in which blank
nodes have the labels of RDFC-1.0. TriG and RDF/XML are pyoxigraph's, with blank nodes labelled the
same way and namespaces in alphabetical order, which pyoxigraph leaves to chance.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    Quad,
    RdfFormat,
    parse,
    serialize,
)

from standpunkt.errors import FileError
from standpunkt.lines import in_order
from standpunkt.namespaces import NAME_CHARACTER, NAME_START, PREFIXES

# What XML 1.0 has no way to write, not even escaped: https://www.w3.org/TR/xml/#charsets.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_BLANK = "_:"  # is in what has a blank node, and maybe in a literal
_PIECE = 1_000  # lines
_XML_NAME_AT_END = re.compile(rf"[{NAME_START}_][{NAME_CHARACTER}.]*\Z")
_XML_NAMESPACE = re.compile(rb' xmlns:[^=\s]+="[^"]*"')


def canonical(quads: Iterable[Quad]) -> list[Quad]:
    """Give each quad once, sorted by its N-Quads text, with canonical labels of blank nodes."""
    known = {str(quad): quad for quad in quads}
    blank = [quad for text, quad in known.items() if _BLANK in text]
    if blank:
        known = {text: quad for text, quad in known.items() if _BLANK not in text}
        known |= {str(quad): quad for quad in _relabelled(blank)}
    return [known[text] for text in sorted(known)]


def lines(quads: Iterable[Quad]) -> str:
    """Write N-Quads: https://www.w3.org/TR/n-quads/; N-Triples, where no quad names a graph."""
    return "".join(sorted_lines([(serialize(quads, format=RdfFormat.N_QUADS) or b"").decode()]))


def sorted_lines(texts: Iterable[str]) -> Iterator[str]:
    """Write what `lines` does, in pieces, from texts in N-Triples or N-Quads as pyoxigraph writes.

    However much that is, it does not have to fit into memory: see `lines.in_order`.
    """
    found = in_order(_labelled(texts))
    while piece := b"".join(islice(found, _PIECE)):
        yield piece.decode()


def trig(quads: Iterable[Quad]) -> str:
    """Write TriG: https://www.w3.org/TR/trig/."""
    sorted_quads = canonical(quads)
    written = serialize(sorted_quads, format=RdfFormat.TRIG, prefixes=_used(sorted_quads)) or b""
    head, body = [], written.decode().splitlines(keepends=True)
    while body and body[0].startswith("@prefix "):
        head.append(body.pop(0))
    return "".join([*sorted(head), *body])


def rdfxml(quads: Iterable[Quad]) -> str:
    """Write RDF/XML: https://www.w3.org/TR/rdf-syntax-grammar/; names of graphs are lost.

    Raises `FileError` for what that syntax has no way to write: some control characters, and a
    property whose IRI does not end in a name of XML.
    """
    triples = [quad.triple for quad in canonical(quads)]
    for triple in triples:
        term = triple.object
        stray = NOT_IN_XML.search(term.value) if isinstance(term, Literal) else None
        if stray:
            raise FileError(f"RDF/XML cannot hold the character {stray[0]!r}; write Turtle")
        if not _XML_NAME_AT_END.search(triple.predicate.value):
            raise FileError(f"RDF/XML cannot hold the property {triple.predicate}; write Turtle")
    used = _used(triples)
    written = serialize(triples, format=RdfFormat.RDF_XML, prefixes=used) or b""
    # XML parsers take a bare carriage return for a line feed.
    written = written.replace(b"\r", b"&#xD;")
    start = written.index(b"<rdf:RDF")
    end = written.index(b">", start)
    namespaces = b"".join(sorted(_XML_NAMESPACE.findall(written, start, end)))
    return (written[:start] + b"<rdf:RDF" + namespaces + written[end:] + b"\n").decode()


def _labelled(texts: Iterable[str]) -> Iterator[bytes]:
    """Give the lines of texts, with canonical labels of blank nodes."""
    blank: list[bytes] = []
    for text in texts:
        found = text.encode().splitlines(keepends=True)
        if _BLANK in text:
            blank += [line for line in found if _BLANK.encode() in line]
            found = [line for line in found if _BLANK.encode() not in line]
        yield from found
    quads = parse(b"".join(blank), format=RdfFormat.N_QUADS)
    yield from (f"{quad} .\n".encode() for quad in _relabelled(quads))


def _relabelled(blank: Iterable[Quad]) -> Iterable[Quad]:
    """Give all quads that have blank nodes, with canonical labels.

    A label depends on nothing else: https://www.w3.org/TR/rdf-canon/#canon-algorithm.
    """
    dataset = Dataset(blank)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def _used(statements: Iterable[object]) -> dict[str, str]:
    text = "".join(map(str, statements))
    return {prefix: iri for prefix, iri in PREFIXES.items() if f"<{iri}" in text}
