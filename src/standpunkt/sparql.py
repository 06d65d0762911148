"""SPARQL text, token by token: what it asks for, what it may not do, which parameters it has.

A query is refused or filled in without running it, so both look at tokens: a word in a string, an
IRI, a comment, a variable or a prefixed name is never taken for a keyword, and a value never
becomes syntax. See https://www.w3.org/TR/sparql11-query/#sparqlGrammar.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt.errors import ParameterError, QueryError, UnknownNameError, suggest
from standpunkt.namespaces import LOCAL_NAME, NAME_CHARACTER, NAME_START, XSD


class Token(NamedTuple):
    """A piece of SPARQL text: its kind, the text itself, and its offset.

    Kinds are `space`, `comment`, `iri`, `string`, `language` (`@en`), `name` (`ex:a`), `label`
    (`_:a`), `variable`, `number`, `word` (keywords, functions, `a`, `true`), `mark` (punctuation
    and operators, one character each) and `other` (a character that begins nothing, or a string
    that does not end).
    """

    kind: str
    text: str
    start: int


# Oxigraph tries a long string as a short one when it has a fault inside, so a string here is one
# without a fault. Prefixes are of a bounded length, and a string without an end is one token, so
# that hostile text takes no more than linear time.
_ESCAPE = (
    r"""\\(?:[tbnrf"'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"""
    r"|U(?!0000[dD][89a-fA-F])00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4})"
)
_PREFIX = rf"[{NAME_START}][{NAME_CHARACTER}]{{0,63}}+(?:\.++[{NAME_CHARACTER}]{{1,63}}+){{0,8}}+"
_SINGLE = rf"'(?:[^'\\\r\n]|{_ESCAPE})*+"
_DOUBLE = rf'"(?:[^"\\\r\n]|{_ESCAPE})*+'
_TOKEN = (
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<comment>#[^\r\n]*)"
    r'|(?P<iri><(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})*+>)'
    rf"|(?P<name>(?:{_PREFIX})?:(?:{LOCAL_NAME})?)"
    rf"|(?P<label>_:[{NAME_START}_0-9](?:\.*+[{NAME_CHARACTER}])*+)"
    rf'|(?P<string>"""(?:"{{0,2}}+(?:[^"\\]|{_ESCAPE}))*+"""'
    rf"|'''(?:'{{0,2}}+(?:[^'\\]|{_ESCAPE}))*+'''"
    rf"""|{_DOUBLE}"|{_SINGLE}')"""
    r"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    rf"|(?P<variable>[?$](?:(?!-)[{NAME_CHARACTER}])+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<mark>[][{}().;,*/+<>=!&|^?~-])"
    rf"|(?P<other>{_DOUBLE}|{_SINGLE}|.)"
)
_IN_ASCII = _TOKEN.replace(NAME_CHARACTER, r"A-Za-z_0-9\-").replace(NAME_START, "A-Za-z")
_KEPT = 128  # texts whose parameters are known: all that a dossier saves, and some of users
_NEWLINE = re.compile(r"\r\n|\r|\n")

# `<` and then one of these can be a comparison and then a string, a comment or a bracket.
_AMBIGUOUS_IRI = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://)[^'#()]*['#()]")
_TO_ESCAPE = re.compile(r'\\[uU]|[\\"\x00-\x1f\x7f]')
_SHORT_ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_NO_IRI_CHARACTER = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LONGEST_QUOTE = 80
_STRING = NamedNode(XSD + "string")

_PROLOGUE = {"BASE", "PREFIX", "VERSION"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
# What depends on how often a row comes: what counts rows, cuts them off, or is another in each.
_PER_ROW = {
    *("AVG", "BNODE", "COUNT", "GROUP", "GROUP_CONCAT", "HAVING", "LIMIT", "MAX", "MIN", "OFFSET"),
    *("RAND", "SAMPLE", "STRUUID", "SUM", "UUID"),
}
_BEFORE_A_GRAPH = {"GRAPH", "FROM", "NAMED"}


def tokens(text: str) -> list[Token]:
    """Cut any text into tokens; put together again they are the text.

    To compile the classes of all letters takes longer than a question does, and few names have
    others than those of ASCII. One that has is cut off there, so that a token begins with a letter
    which begins none: then the text is read with all letters.
    """
    read = _cut(_IN_ASCII, text)
    if any(token.kind == "other" and not token.text[0].isascii() for token in read):
        return _cut(_TOKEN, text)
    return read


def form(text: str) -> str | None:
    """Say what a text is: `select`, `ask`, `construct`, `describe`, `update`, `None` if neither."""
    for token in tokens(text):
        word = token.text.upper()
        if token.kind == "word" and word not in _PROLOGUE:
            return word.lower() if word in _FORMS else "update" if word in _UPDATES else None
    return None


def refuse(text: str) -> None:
    """Raise `QueryError` for a text that is an update or that would call another host.

    The line begins with `line:column:` and quotes the word. Oxigraph reads SPARQL without tokens,
    and so finds `SERVICE` also in `SERVICESILENT` and `trueSERVICE`, and where a faulty name or a
    comparison lets it begin anew. Hence where a text has the word at all, each piece that can be
    read in two ways is refused, too.
    """
    read = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    has_service = "service" in text.lower()
    for index, token in enumerate(read):
        reason = _fault(token)
        if has_service and not reason:
            before = read[index - 1].text.upper() if index else ""
            reason = _disguise(before, token, read[index + 1 : index + 3])
        if reason:
            lines = _NEWLINE.split(text[: token.start])
            quoted = repr(token.text[:_LONGEST_QUOTE])
            raise QueryError(f"{len(lines)}:{len(lines[-1]) + 1}: {quoted} {reason}")


def parameters(text: str) -> dict[str, str]:
    """Give the parameters of a query with the texts of their defaults, in the order of the query.

    A parameter is `VALUES ?name { default }` on a line of its own; a comment may follow there.
    Where a name comes twice, the first default counts.
    """
    found: dict[str, str] = {}
    for name, start, end in _slots(text):
        found.setdefault(name, text[start:end].strip())
    return found


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put terms in the place of the defaults of parameters, wherever each is.

    A term is a pyoxigraph `NamedNode` or `Literal` and is written so that it is read as that term,
    whatever characters it has. Raises `UnknownNameError` for a name that is no parameter, and
    `ParameterError` for a value that is neither.
    """
    slots = list(_slots(text))
    known = {name for name, _, _ in slots}
    for name in values:
        if name not in known:
            raise UnknownNameError(f"the query has no parameter {name!r}{suggest(name, known)}")
    for name, start, end in reversed(slots):
        if name in values:
            text = f"{text[:start]} {_written(name, values[name])} {text[end:]}"
    return text


def insertion(graphs: Mapping[str, Iterable[Triple]]) -> str:
    """Write the update that adds triples to named graphs, whose blank nodes are new ones there."""
    lines = []
    for graph, triples in graphs.items():
        lines += [f"GRAPH <{graph}> {{", *(f"{triple} ." for triple in triples), "}"]
    return "\n".join(["INSERT DATA {", *lines, "}"])


def has_dataset(text: str) -> bool:
    """Say whether a query names its graphs itself, by `FROM`."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(text))


def names_a_graph(text: str) -> bool:
    """Say whether a query has `GRAPH` or `FROM` in it, elsewhere than in its comments."""
    words = {token.text.upper() for token in tokens(text) if token.kind == "word"}
    return not words.isdisjoint({"GRAPH", "FROM"})


def is_of_distinct_rows(text: str) -> bool:
    """Say whether a query surely gives the same where triples of its dataset count twice.

    That is a `SELECT DISTINCT` or an `ASK` in which nothing depends on how often a row comes.
    """
    read = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    words = [token.text.upper() if token.kind == "word" else "" for token in read]
    if not _PER_ROW.isdisjoint(words):
        return False
    first = next((index for index, word in enumerate(words) if word in _FORMS), len(words))
    return words[first : first + 1] == ["ASK"] or words[first : first + 2] == ["SELECT", "DISTINCT"]


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare prefixes that a query uses without declaring them, on its first line.

    >>> with_prefixes("ASK { ex:a a ?b }", {"ex": "http://a.example/", "no": "http://b.example/"})
    'PREFIX ex: <http://a.example/> ASK { ex:a a ?b }'
    """
    read = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    names = [
        (before.text.upper() == "PREFIX", token.text.partition(":")[0])
        for before, token in pairwise([Token("", "", 0), *read])
        if token.kind == "name"
    ]
    declared = {prefix for is_declaration, prefix in names if is_declaration}
    used = dict.fromkeys(prefix for is_declaration, prefix in names if not is_declaration)
    needed = [prefix for prefix in used if prefix in prefixes and prefix not in declared]
    return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in needed) + text


def _cut(pattern: str, text: str) -> list[Token]:
    matches = re.compile(pattern, re.DOTALL).finditer(text)  # `re` keeps what it has compiled
    return [Token(match.lastgroup or "", match[0], match.start()) for match in matches]


def _fault(token: Token) -> str:
    """Say what is wrong with a token wherever it stands; the empty text for nothing."""
    word = token.text.upper()
    if token.kind == "word" and ("SERVICE" in word or word == "SILENT"):
        return "is not allowed: a query calls no other host"
    if token.kind == "word" and word in _UPDATES:
        return "is not allowed: a query changes nothing"
    if token.kind == "other" and token.text == "\\":
        return "is not allowed outside of strings and IRIs: write the character itself"
    return ""


def _disguise(before: str, token: Token, after: list[Token]) -> str:
    """Say how a token may hide `SERVICE` from a reader of tokens; the empty text for not."""
    if token.kind == "other":
        return "begins nothing in SPARQL"
    if token.kind == "iri" and _AMBIGUOUS_IRI.match(token.text):
        return "may also be a comparison: write a space after '<', or the IRI in full"
    if token.kind == "name" and "service" in token.text.lower() and _opens(before, after):
        return "may also be SERVICE here: write a '.' or WHERE before the brace"
    return ""


def _opens(before: str, after: list[Token]) -> bool:
    """Say whether a group can begin after a name as it begins after SERVICE."""
    texts = [token.text for token in after]
    if texts[:1] == ["{"]:
        return before not in _BEFORE_A_GRAPH
    return texts[1:] == ["{"] and after[0].kind in {"iri", "name", "variable"}


@lru_cache(_KEPT)
def _slots(text: str) -> tuple[tuple[str, int, int], ...]:
    """Give the parameters in the order of the text: the name, and where its braces' inside is."""
    return tuple(_found_slots(text))


def _found_slots(text: str) -> Iterator[tuple[str, int, int]]:
    read = [token for token in tokens(text) if token.kind != "space"]
    for index in range(len(read) - 3):
        values, variable, opening = read[index : index + 3]
        if (values.kind, values.text.upper()) != ("word", "VALUES") or opening.text != "{":
            continue
        closing = next((token for token in read[index + 3 :] if token.text == "}"), None)
        if variable.kind == "variable" and closing:
            before = _NEWLINE.split(text[: values.start])[-1]
            behind = _NEWLINE.split(text[closing.start + 1 :])[0].lstrip(" \t")
            is_one_line = not _NEWLINE.search(text, values.start, closing.start)
            if not before.strip(" \t") and behind[:1] in {"", "#"} and is_one_line:
                yield variable.text[1:], opening.start + 1, closing.start


def _written(name: str, term: object) -> str:
    """Write a term so that SPARQL reads nothing else."""
    if isinstance(term, NamedNode):
        return f"<{_NO_IRI_CHARACTER.sub(_code_point, term.value)}>"
    if not isinstance(term, Literal) or term.direction is not None:
        raise ParameterError(f"parameter {name!r} takes an IRI or a literal, not {str(term)!r}")
    quoted = f'"{_TO_ESCAPE.sub(_escape, term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == _STRING else f"{quoted}^^{_written(name, term.datatype)}"


def _escape(match: re.Match[str]) -> str:
    text = match[0]
    if len(text) > 1:
        # Engines that replace code points before they parse take `\\u0022` for a backslash and a
        # quote, so that no `u` may stand behind a backslash.
        return rf"\\\u{ord(text[1]):04X}"
    return _SHORT_ESCAPES.get(text) or _code_point(match)


def _code_point(match: re.Match[str]) -> str:
    return rf"\u{ord(match[0]):04X}"
