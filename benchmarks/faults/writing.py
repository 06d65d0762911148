"""Faults of writing: syntax, prefixes, the ontology's own texts, and saved questions."""

import re
from collections.abc import Iterator

from benchmarks.faults.ground import ARTICLES, Fault, Ground
from benchmarks.faults.operators import operator

_ONTOLOGY = "ontology/standpunkt.ttl"
# A term of the ontology, from its name to the full stop that ends it.
_TERM = re.compile(r"^spk:\w+\n(?:.+\n)+?\.\n", re.MULTILINE)


def _turtle(ground: Ground) -> Iterator[tuple[str, str]]:
    for file, text in ground.texts.items():
        if file.endswith(".ttl"):
            yield file, text


def _questions(ground: Ground) -> Iterator[tuple[str, str]]:
    for file, text in ground.texts.items():
        if file.endswith(".rq"):
            yield file, text


def _each(ground: Ground, file: str, pattern: str, new: str) -> Iterator[Fault]:
    """Replace each match of a pattern, one at a time."""
    for match in re.finditer(pattern, ground.texts[file], re.MULTILINE):
        yield ground.write(file, *match.span(), match.expand(new))


@operator
def full_stop_dropped(ground: Ground) -> Iterator[Fault]:
    """The full stop after what is said of a node is missing."""
    for file, _ in _turtle(ground):
        yield from _each(ground, file, r"^\.\n", "")


@operator
def quotation_mark_dropped(ground: Ground) -> Iterator[Fault]:
    """A string does not end."""
    for file, _ in _turtle(ground):
        yield from _each(ground, file, r'"(@de|@en)', r"\1")


@operator
def prefix_dropped(ground: Ground) -> Iterator[Fault]:
    """A prefix that the file uses is not declared."""
    for file, _ in (*_turtle(ground), *_questions(ground)):
        yield from _each(ground, file, r"^PREFIX .*\n", "")


@operator
def prefix_for_another_namespace(ground: Ground) -> Iterator[Fault]:
    """A prefix stands for a namespace with a letter less, or is one that nobody knows."""
    for file, _ in (*_turtle(ground), *_questions(ground)):
        yield from _each(ground, file, r"^PREFIX (\S+) <(.*).>", r"PREFIX \1 <\2>")


@operator
def language_in_capitals(ground: Ground) -> Iterator[Fault]:
    """The tag of a language is in capitals, which not every store keeps."""
    for file, _ in _turtle(ground):
        yield from _each(ground, file, r'"@de', '"@DE')


@operator
def term_without_text(ground: Ground) -> Iterator[Fault]:
    """A term of the ontology lacks a label or definition in one language."""
    for match in _TERM.finditer(ground.texts[_ONTOLOGY]):
        for text in re.finditer(r'(?<=\n)        "[^"\n]*"@de ,\n', match[0]):
            begin = match.start()
            yield ground.write(_ONTOLOGY, begin + text.start(), begin + text.end(), "")


@operator
def term_without_home(ground: Ground) -> Iterator[Fault]:
    """A term of the ontology does not say where it is defined."""
    yield from _each(ground, _ONTOLOGY, r"^    rdfs:isDefinedBy .*\n", "")


@operator
def term_with_domain(ground: Ground) -> Iterator[Fault]:
    """A property has a domain or range from which reasoners would derive wrong classes."""
    yield from _each(ground, _ONTOLOGY, r"schema:(domain|range)Includes", r"rdfs:\1")


@operator
def term_undeclared(ground: Ground) -> Iterator[Fault]:
    """A class or property of the ontology is no longer declared as one."""
    yield from _each(
        ground, _ONTOLOGY, r"(?<=\n    )a owl:(Class|DatatypeProperty|ObjectProperty) ;\n    ", ""
    )


@operator
def value_functional(ground: Ground) -> Iterator[Fault]:
    """A datatype property is functional, so that reasoners copy values between nodes."""
    yield from _each(
        ground,
        _ONTOLOGY,
        r"a owl:DatatypeProperty ;",
        "a owl:DatatypeProperty , owl:FunctionalProperty ;",
    )


@operator
def header_unquoted(ground: Ground) -> Iterator[Fault]:
    """A text in the header of a saved question stands without quotation marks."""
    for file, _ in _questions(ground):
        yield from _each(ground, file, r'^(#\+ (?:  - )?\w+): "(.*)"$', r"\1: \2")


@operator
def header_line_dropped(ground: Ground) -> Iterator[Fault]:
    """A saved question lacks its summary, its description or that of a parameter."""
    for file, _ in _questions(ground):
        yield from _each(ground, file, r'^#\+ (?:  - )?\w+: ".*"\n', "")


@operator
def order_incomplete(ground: Ground) -> Iterator[Fault]:
    """The rows of a saved question come in an order that each engine chooses for itself."""
    for file, _ in _questions(ground):
        yield from _each(ground, file, r"^ORDER BY .*\n?", "")
        yield from _each(ground, file, r"^(ORDER BY \S+) .*", r"\1")


@operator
def triple_in_wrong_place(ground: Ground) -> Iterator[Fault]:
    """A semicolon is a full stop, so that what follows is said of nothing."""
    yield from _each(ground, ARTICLES, r" ;(?=\n    spk:)", " .")
