"""Rules for saved questions: what grlc would drop, and what engines would read differently.

grlc drops a query over an undeclared prefix; engines differ in the order of rows that ORDER BY
leaves open, in dates of mixed precision, and in all that is not SPARQL 1.1. The rules look at
tokens, so that a word in a string or a comment is never taken for syntax.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from standpunkt import files, sparql
from standpunkt.dossier import Dossier
from standpunkt.errors import QueryError
from standpunkt.linting import headers
from standpunkt.linting.finding import LintFinding
from standpunkt.linting.tokenised import Query
from standpunkt.linting.words import AGGREGATES, IN_LOWER_CASE, SPARQL_1_1
from standpunkt.namespaces import PREFIXES
from standpunkt.store import Store

# An offset, the name of a rule, and what to mend.
_Found = Iterator[tuple[int, str, str]]

_FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.rq")
_LOWER_CAMEL = re.compile(r"\?[a-z][A-Za-z0-9]*")
_TIME = re.compile(r"\?(date|period|\w*(Date|Period))")
_LINE_AND_REASON = re.compile(r"(\d+):\d+: (.*)", re.DOTALL)
_WIDTH = 100
_RUN_BY_GRLC = {"select", "construct"}
_NAMED_GRAPHS = {"FROM", "GRAPH"}
_BEFORE_COLUMNS = {"SELECT", "DISTINCT", "REDUCED"}


def check(dossier: Dossier) -> Iterator[LintFinding]:
    """Give what is to be mended in the saved questions of a dossier."""
    for path in dossier.files("queries"):
        text = files.read(path)
        query = Query(text)
        for line, rule, message in headers.check(dossier, path.stem, query):
            yield LintFinding(path, line, rule, message)
        for line, rule, message in (*_of_the_file(path, text), *_of_the_text(text)):
            yield LintFinding(path, line, rule, message)
        for check_tokens in _RULES:
            for offset, rule, message in check_tokens(query):
                yield LintFinding(path, query.line(offset), rule, message)


def _of_the_file(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    if not _FILE_NAME.fullmatch(path.name):
        yield 1, "file-name", f"{path.name!r} is not words in lower case with hyphens"
    for number, line in enumerate(text.splitlines(), start=1):
        # A header stays on one line for the tools that read no other.
        if len(line) > _WIDTH and not line.startswith(headers.MARK):
            yield number, "width", f"the line has {len(line)} characters, more than {_WIDTH}"


def _of_the_text(text: str) -> Iterator[tuple[int, str, str]]:
    if sparql.form(text) not in _RUN_BY_GRLC:
        yield 1, "form", "only SELECT and CONSTRUCT are answered by grlc"
    try:
        Store({}).query(text)
    except QueryError as error:
        found = _LINE_AND_REASON.fullmatch(str(error))
        yield int(found[1]) if found else 1, "syntax", found[2] if found else str(error)


def _prefixes(query: Query) -> _Found:
    declared: dict[str, int] = {}
    used: dict[str, int] = {}
    for before, token in pairwise(query.tokens):
        if token.kind == "name":
            is_declaration = before.text.upper() == "PREFIX"
            prefix = token.text.partition(":")[0]
            if is_declaration and prefix in declared:
                yield token.start, "prefixes", f"{prefix}: is declared twice"
            (declared if is_declaration else used).setdefault(prefix, token.start)
        if token.kind == "iri" and before.kind == "name" and before.start in declared.values():
            prefix = before.text.partition(":")[0]
            known = PREFIXES.get(prefix)
            if known != token.text[1:-1]:
                meant = f"stands for <{known}>" if known else "is not in the registry"
                yield before.start, "prefixes", f"{prefix}: {meant}"
    for prefix in used.keys() - declared.keys():
        yield used[prefix], "prefixes", f"{prefix}: is not declared"
    for prefix in declared.keys() - used.keys():
        yield declared[prefix], "prefixes", f"{prefix}: is declared and not used"


def _words(query: Query) -> _Found:
    for token in query.tokens:
        word = token.text.upper()
        if token.kind != "word" or token.text in IN_LOWER_CASE:
            continue
        if word not in SPARQL_1_1:
            yield token.start, "portable", f"{token.text} is not SPARQL 1.1"
        elif word != token.text:
            yield token.start, "capitals", f"{token.text} is written {word}"
        elif word in _NAMED_GRAPHS:
            yield token.start, "portable", f"{word} asks for graphs that a store may name otherwise"


def _marks(query: Query) -> _Found:
    for before, token in pairwise(query.tokens):
        if token.text == "*" and before.text.upper() in _BEFORE_COLUMNS:
            yield token.start, "columns", "SELECT * has columns that nobody named"
        if token.text == before.text == "<":
            yield before.start, "portable", "a triple term is not SPARQL 1.1"
        # A list as an object stands apart from its property.
        is_call = token.text == "(" and token.start == before.start + len(before.text)
        if is_call and before.kind in {"iri", "name"} and not before.text.startswith("xsd:"):
            yield before.start, "portable", f"{before.text} is no function of SPARQL 1.1"


def _variables(query: Query) -> _Found:
    variables = [token for token in query.tokens if token.kind == "variable"]
    first = {token.text: token.start for token in reversed(variables)}
    for variable, start in first.items():
        if not _LOWER_CAMEL.fullmatch(variable):
            yield start, "names", f"{variable} is not ? and words in lowerCamelCase"
    for name in sparql.parameters(query.text):
        for other in sparql.parameters(query.text):
            if other != name and other.startswith(name):
                yield first[f"?{other}"], "names", f"?{other} begins like ?{name}, a parameter too"


def _order(query: Query) -> _Found:
    if sparql.form(query.text) != "select":
        return
    if not query.order:
        yield query.start, "order", "there is no ORDER BY"
        return
    start = query.order[0].start
    named = {token.text for token in query.order if token.kind == "variable"}
    for column, expression in query.columns.items():
        is_aggregate = any(token.text.upper() in AGGREGATES for token in expression)
        if column not in named and not is_aggregate:
            yield start, "order", f"ORDER BY leaves out {column}"
    for index, token in enumerate(query.order):
        before = [each.text.upper() for each in query.order[max(index - 2, 0) : index]]
        is_bare = before[-1:] != ["("] or before[:1] in (["ASC"], ["DESC"])
        if _TIME.fullmatch(token.text) and is_bare:
            reason = "engines put years among days differently"
            yield token.start, "order", f"{reason}: order by STR({token.text})"


_RULES: tuple[Callable[[Query], _Found], ...] = (_prefixes, _words, _marks, _variables, _order)
