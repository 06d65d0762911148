"""Turtle files: read, with errors that name line and column, and laid out in the house layout.

pyoxigraph parses; what it says of an error is put into this project's words. Turtle here is
Turtle 1.1 (https://www.w3.org/TR/turtle/): what RDF 1.2 adds, pyoxigraph reads and the tools for
SHACL and OWL do not, so it is refused where it stands.
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path

from pyoxigraph import Literal, Quad, RdfFormat, Store, Triple, serialize
from pyoxigraph import parse as parse_rdf

from standpunkt import files
from standpunkt.errors import FileError, ParseError
from standpunkt.namespaces import PREFIXES

__all__ = ["house", "load", "ntriples", "parse", "pieces", "quads", "read", "stream"]

_BYTE_ORDER_MARK = "\ufeff"
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_WHERE = re.compile(r"Parser error (?:at|between) line [^:]*: ")
_LONGEST_QUOTE = 40
_PIECE = 1 << 20
_TRIPLES = 10_000
# One of these is in every text that has something of RDF 1.2 in it.
_SIGNS_OF_RDF_1_2 = ("<<", "{|", "~", "--")
_SIGNS_IN_NTRIPLES = (b"<<", b"--")
# What a store must not have to be the same as what the parser gives to Python.
_IS_CHANGED = """
ASK { ?s ?p ?o FILTER(isBLANK(?s) || isBLANK(?o) || isTRIPLE(?o) || hasLANGDIR(?o)) }
"""
# What pyoxigraph says, and what is said here of the piece of text that it points at.
_IN_OUR_WORDS = (
    (r".* is not a valid subject or graph name", "{text!r} cannot be a subject"),
    (r".* is not a valid predicate", "{text!r} cannot be a predicate"),
    (r".* is not a valid RDF object", "{text!r} cannot be an object"),
    (r"A dot is expected at the end of statements", "'.', ';' or ',' is missing before {text!r}"),
    (r"No scheme found in an absolute IRI", "{text!r} is relative, and no BASE is declared"),
    (r"Invalid IRI code point (.*)", "{text!r} is no IRI, for it has {0} in it"),
    (r"Line jumps are not allowed.*", "a string cannot go on in the next line; use three quotes"),
    (r".* is not allowed at the beginning of a prefix name", "{text!r} begins no term"),
    (r"Unexpected character .*", "{text!r} begins no term"),
)


def read(path: str | os.PathLike[str]) -> list[Triple]:
    """Give the triples of a Turtle file, in the order of its text; none for an empty file.

    Raises `FileError` where there is no such file or it is not UTF-8 text, and `ParseError`.
    """
    return [quad.triple for quad in quads(path)]


def quads(path: str | os.PathLike[str]) -> list[Quad]:
    """Give what `read` does as the parser and the store have it: in the default graph."""
    if not os.fspath(path):
        raise FileError("the name of the file is empty")
    return _parse(files.read(Path(path)), os.fspath(path))[0]


def ntriples(path: Path) -> str:
    """Give what `read` does as lines of N-Triples, without holding a Python object for each triple.

    Raises what `read` does.
    """
    text, name = files.read(path), os.fspath(path)
    found: Iterable[Quad] = parse_rdf(text, format=RdfFormat.TURTLE)
    if "\0" in text or text.startswith(_BYTE_ORDER_MARK) or _may_be_rdf_1_2(text):
        found, _ = _parse(text, name)
    try:
        return written(found)
    except (SyntaxError, MemoryError):
        _parse(text, name)  # it says better what is wrong
        raise


def written(triples: Iterable[Triple] | Iterable[Quad]) -> str:
    """Write triples as lines of N-Triples."""
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def stream(path: str | os.PathLike[str]) -> Iterator[Triple]:
    """Give the triples of a file as `read` does, and hold none of them.

    Raises what `read` does, when it comes to what is wrong.
    """
    if not _is_text(Path(path)):
        read(path)
    try:
        for quad in parse_rdf(path=path, format=RdfFormat.TURTLE):
            if _is_of_rdf_1_2(quad):
                read(path)
            yield quad.triple
    except (SyntaxError, MemoryError, OSError):
        read(path)  # it says better what is wrong
        raise


def pieces(path: str | os.PathLike[str]) -> Iterator[bytes]:
    """Give what `stream` does as pieces of N-Triples, without a look at each triple in Python.

    Raises what `stream` does.
    """
    if not _is_text(Path(path)):
        read(path)
    try:
        triples = parse_rdf(path=path, format=RdfFormat.TURTLE)
        while text := serialize(islice(triples, _TRIPLES), format=RdfFormat.N_TRIPLES):
            if any(sign in text for sign in _SIGNS_IN_NTRIPLES) and any(
                map(_is_of_rdf_1_2, parse_rdf(text, format=RdfFormat.N_TRIPLES))
            ):
                read(path)
            yield text
    except (SyntaxError, MemoryError, OSError):
        read(path)  # it says better what is wrong
        raise


def load(paths: Iterable[Path], store: Store) -> bool:
    """Put files into the default graph of an empty store, in native code.

    Says whether the store then has what `quads` gives. Otherwise it is to be thrown away: a file
    is wrong, and `quads` says how, or has blank nodes, which a store gives other labels.
    """
    try:
        for path in paths:
            data = path.read_bytes()
            data.decode("utf-8")
            if data.startswith(_BYTE_ORDER_MARK.encode()) or b"\0" in data:
                return False
            store.load(data, RdfFormat.TURTLE)
    except (SyntaxError, ValueError, MemoryError, OSError):
        return False
    return not store.query(_IS_CHANGED)


def parse(text: str, name: str) -> list[Triple]:
    """Give the triples of a Turtle text, in its order; errors call the text by the name.

    A literal whose text is none of its datatype (`"abc"^^xsd:integer`) is let through: shapes
    find it. Raises `ParseError` for a syntax error, and `FileError` for what is no text at all.
    """
    return [quad.triple for quad in _parse(text, name)[0]]


def house(text: str, name: str) -> str:
    """Give a Turtle text in the house layout; comments are lost.

    It has the same triples, and laying it out once more changes nothing. Raises what `parse`
    does.
    """
    from standpunkt import layout  # noqa: PLC0415  only what is written needs it

    found, prefixes = _parse(text, name)
    return layout.lay_out(map(attrgetter("triple"), found), prefixes)


def _parse(text: str, name: str) -> tuple[list[Quad], dict[str, str]]:
    _check(text, name)
    parser = parse_rdf(text, format=RdfFormat.TURTLE)
    try:
        found = list(parser)
    except SyntaxError as error:
        raise _in_our_words(error, text, name) from None
    except MemoryError:  # It has a limit of 16 MiB.
        raise FileError(f"{name!r} has a string or an IRI that is too long to be read") from None
    if _may_be_rdf_1_2(text) and any(map(_is_of_rdf_1_2, found)):
        from standpunkt.places import first_stray  # noqa: PLC0415  slow, and few files need it

        raise ParseError(
            name,
            *_place(text, first_stray(text)),
            "this is RDF 1.2, which tools for SHACL and OWL cannot read; use a node of its own",
        )
    return found, parser.prefixes


def _check(text: str, name: str) -> None:
    if text.startswith(_BYTE_ORDER_MARK):
        raise FileError(f"{name!r} begins with a byte-order mark; save it as UTF-8 without one")
    found = _NO_TEXT.search(text)
    if found:
        line, column = _place(text, found.start())
        raise FileError(f"{name!r} is not text: see line {line}, column {column}; save it as UTF-8")


def _is_text(path: Path) -> bool:
    """Say whether a file may be text; what is not in UTF-8 the parser finds."""
    with suppress(OSError), path.open("rb") as file:
        begin = file.read(_PIECE)
        pieces = chain([begin], iter(partial(file.read, _PIECE), b""))
        return not begin.startswith(_BYTE_ORDER_MARK.encode()) and not any(
            b"\0" in piece for piece in pieces
        )
    return False


def _may_be_rdf_1_2(text: str) -> bool:
    return any(sign in text for sign in _SIGNS_OF_RDF_1_2)


def _is_of_rdf_1_2(quad: Quad) -> bool:
    term = quad.object
    return isinstance(term, Triple) or (isinstance(term, Literal) and term.direction is not None)


def _place(text: str, offset: int) -> tuple[int, int]:
    lines = _NEWLINE.split(text[:offset])
    return len(lines), len(lines[-1]) + 1


def _in_our_words(error: SyntaxError, text: str, name: str) -> ParseError:
    line, column = error.lineno or 1, error.offset or 1
    end = error.end_offset if error.end_lineno == line else None
    faulty = _NEWLINE.split(text)[line - 1][column - 1 : end and end - 1]
    said = _WHERE.sub("", error.msg)
    return ParseError(name, line, column, _reason(said, faulty))


def _reason(said: str, faulty: str) -> str:
    if len(faulty) > _LONGEST_QUOTE:
        faulty = faulty[: _LONGEST_QUOTE - 1] + "…"
    undeclared = re.fullmatch(r"The prefix (.*:) has not been declared", said)
    if undeclared:
        prefix = undeclared[1]
        iri = PREFIXES.get(prefix[:-1], "...")
        return f"the prefix {prefix!r} is not declared; declare it: PREFIX {prefix} <{iri}>"
    if said.startswith("Unexpected end"):
        begun = {'"': "a string", "'": "a string", "<": "an IRI"}.get(faulty[:1])
        if begun:
            return f"{begun} begins here and does not end"
        return "the text ends within a statement; is the file cut off?"
    for pattern, words in _IN_OUR_WORDS:
        found = re.fullmatch(pattern, said, re.DOTALL)
        if found:
            return words.format(*found.groups(), text=faulty)
    # What else pyoxigraph says is clear enough, but quotes characters that may be invisible.
    printable = "".join(each if each.isprintable() else repr(each)[1:-1] for each in said)
    return printable[0].lower() + printable[1:]
