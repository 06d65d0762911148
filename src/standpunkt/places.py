"""Where terms stand in a Turtle text, for messages that name a line and a column.

pyoxigraph gives triples without their places, so this walks the text a second time. Only text that
pyoxigraph has accepted is walked: the walk checks nothing.
See https://www.w3.org/TR/turtle/#sec-grammar.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from standpunkt.namespaces import LOCAL_NAME, NAME_CHARACTER, NAME_START, RDF, XSD

Node = NamedNode | BlankNode
Term = Node | Literal
Token = re.Match[str]

_SPACE = r"(?:[ \t\r\n]++|#[^\r\n]*+)*+"
_IRI = r"<[^<>]*+>"
_NAME = rf"(?:[{NAME_START}][{NAME_CHARACTER}]*+(?:\.++[{NAME_CHARACTER}]++)*+)?:(?:{LOCAL_NAME})?"
_LABEL = rf"_:[{NAME_START}_0-9][{NAME_CHARACTER}]*+(?:\.++[{NAME_CHARACTER}]++)*+"
_STRING = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\]++|\\.)*+"'
    r"|'(?:[^'\\]++|\\.)*+'"
)
# A match is the space before a token and the token, whose group is named for its kind.
_TOKEN = re.compile(
    rf"{_SPACE}(?:"
    rf"(?P<iri>{_IRI})"
    rf"|(?P<name>{_NAME})"
    rf"|(?P<label>{_LABEL})"
    rf"|(?P<string>{_STRING})"
    rf"(?:{_SPACE}(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|\^\^{_SPACE}(?P<datatype>{_IRI}|{_NAME})))?"
    r"|(?P<double>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+)"
    r"|(?P<decimal>[+-]?[0-9]*\.[0-9]+)"
    r"|(?P<integer>[+-]?[0-9]+)"
    r"|(?P<word>@?[A-Za-z]+)"
    r"|(?P<mark>[][().,;])"
    r"|(?P<end>\Z)"
    r"|(?P<other>.))",
    re.DOTALL,
)
_NEWLINE = re.compile(r"\r\n|\r|\n")
_LOCAL_ESCAPE = re.compile(r"\\(.)")

_SUBJECT, _PREDICATE, _OBJECT = range(3)
_ROLE_AFTER = {".": _SUBJECT, ";": _PREDICATE, ",": _OBJECT}
_TYPE = NamedNode(RDF + "type")
_NIL = NamedNode(RDF + "nil")
_NUMBERS = {kind: NamedNode(XSD + kind) for kind in ("double", "decimal", "integer")}
_BOOLEAN = NamedNode(XSD + "boolean")


class Positions:
    """Where the subjects, predicates and objects of a Turtle text stand."""

    def __init__(self, text: str, found: dict[tuple[Term | None, ...], int]) -> None:
        """Take the text, and the offset of each (s), (s, p) and (s, p, o) that it has."""
        self._lines = [0, *(newline.end() for newline in _NEWLINE.finditer(text))]
        self._found = found

    def find(
        self,
        subject: Node,
        predicate: NamedNode | None = None,
        object: Term | None = None,  # noqa: A002  the word of RDF
    ) -> tuple[int, int] | None:
        """Say where something first stands, as line and column from 1, in characters.

        That is the subject; with a predicate, the predicate where that subject has it; with an
        object too, the object of that triple. `None` where the text does not have it, and for
        blank nodes without a label, which have no name to find them by.
        """
        key: tuple[Term | None, ...] = (subject,)
        if predicate is not None:
            key = (subject, predicate) if object is None else (subject, predicate, object)
        offset = self._found.get(key)
        if offset is None:
            return None
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def positions(text: str) -> Positions:
    """Find the places of all terms in a Turtle text that `turtle.parse` accepts."""
    terms = _Terms()
    walk = _Walk()
    tokens = _TOKEN.finditer(text)
    for token in tokens:
        kind = token.lastgroup
        if kind == "mark":
            walk.mark(token["mark"], token.start("mark"))
        elif kind == "word" and token["word"] not in {"a", "true", "false"}:
            terms.declare(token["word"], tokens)
        elif kind != "end":
            begin = "string" if token["string"] is not None else kind or ""
            walk.node(terms.read(token), token.start(begin))
    return Positions(text, walk.found)


def first_stray(text: str) -> int:
    """Give the offset of the first character in a Turtle text that begins no token of Turtle 1.1.

    All that RDF 1.2 adds begins with one. It is the text's length where there is none.
    """
    strays = (token.start("other") for token in _TOKEN.finditer(text) if token["other"])
    return next(strays, len(text))


class _Walk:
    """The grammar of statements: which term is subject, predicate, object of which."""

    def __init__(self) -> None:
        """Begin before the first statement."""
        self.found: dict[tuple[Term | None, ...], int] = {}
        self._subject: Term | None = None
        self._predicate: Term | None = None
        self._role = _SUBJECT
        # What was going on around each open bracket, and the offset of that bracket.
        self._around: list[tuple[Term | None, Term | None, int, int]] = []
        self._empty = False

    def node(self, term: Term | None, offset: int) -> None:
        """Take a term in the role whose turn it is; `None` is a blank node without a label."""
        self._empty = False
        if self._role == _SUBJECT:
            self._subject = term
            self._role = _PREDICATE
            self._note(offset, term)
        elif self._role == _PREDICATE:
            self._predicate = term
            self._role = _OBJECT
            self._note(offset, self._subject, term)
        else:
            self._note(offset, self._subject, self._predicate, term)

    def mark(self, mark: str, offset: int) -> None:
        """Take a punctuation mark."""
        if mark in "[(":
            self._around.append((self._subject, self._predicate, self._role, offset))
            self._subject = None
            # The members of a list have one role from end to end.
            self._role = _PREDICATE if mark == "[" else _OBJECT
            self._empty = mark == "("
        elif mark in "])":
            term = _NIL if self._empty else None
            self._subject, self._predicate, self._role, offset = self._around.pop()
            self.node(term, offset)
        else:
            self._role = _ROLE_AFTER[mark]

    def _note(self, offset: int, *terms: Term | None) -> None:
        if None not in terms:
            self.found.setdefault(terms, offset)


class _Terms:
    """The terms that tokens stand for, under the base and the prefixes declared so far."""

    def __init__(self) -> None:
        """Begin without a base and without prefixes."""
        self._base: str | None = None
        self._prefixes: dict[str, str] = {}
        self._known: dict[str, NamedNode] = {}

    def declare(self, word: str, tokens: Iterator[Token]) -> None:
        """Take in a directive, whose first word is read and whose others are `tokens`."""
        directive = word.lstrip("@").lower()
        if directive == "prefix":
            prefix = next(tokens)["name"]
            self._prefixes[prefix[:-1]] = self._node(next(tokens)["iri"]).value
        elif directive == "base":
            self._base = self._node(next(tokens)["iri"]).value
        else:
            next(tokens)  # VERSION has a string
        self._known = {}

    def read(self, token: Token) -> Term:
        """Give the term of a token."""
        kind = token.lastgroup or ""
        if token["string"] is not None:
            return self._literal(token)
        if kind in {"iri", "name"}:
            return self._node(token[kind])
        if kind == "label":
            return BlankNode(token["label"].removeprefix("_:"))
        if kind == "word":
            return _TYPE if token["word"] == "a" else Literal(token["word"], datatype=_BOOLEAN)
        return Literal(token[kind], datatype=_NUMBERS[kind])

    def _node(self, written: str) -> NamedNode:
        node = self._known.get(written)
        if node is None:
            node = self._known[written] = self._resolve(written)
        return node

    def _resolve(self, written: str) -> NamedNode:
        if written.startswith("<"):
            try:
                return NamedNode(written[1:-1])
            except ValueError:  # It is relative or has escapes.
                return NamedNode(_parsed(written, self._base).value)
        prefix, _, local = written.partition(":")
        return NamedNode(self._prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local))

    def _literal(self, token: Token) -> Literal:
        written = token["string"]
        if "\\" in written:
            value = _parsed(written).value
        else:
            quotes = 3 if written[:3] in {'"""', "'''"} else 1
            value = written[quotes:-quotes]
        if token["datatype"]:
            return Literal(value, datatype=self._node(token["datatype"]))
        return Literal(value, language=token["language"])


def _parsed(written: str, base: str | None = None) -> Term:
    """Have pyoxigraph read a single term: what is rare needs no second reader of its own."""
    statement = f"<x:> <x:> {written} ."
    term: Term = next(parse(statement, format=RdfFormat.TURTLE, base_iri=base)).object
    return term
