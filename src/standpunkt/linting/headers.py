"""Rules for the header of a saved question.

grlc drops a whole header over one colon in a value without quotation marks. What it does not
know, such as the German texts, it leaves alone. See https://github.com/CLARIAH/grlc#decorator-syntax.
"""

import re
from collections.abc import Iterator

from pyoxigraph import NamedNode

from standpunkt import question, sparql
from standpunkt.dossier import Dossier
from standpunkt.errors import ParseError
from standpunkt.linting.tokenised import Query
from standpunkt.namespaces import expand
from standpunkt.store import Store
from standpunkt.wording import column_term

MARK = "#+"

# A line, the name of a rule, and what to mend.
_Found = Iterator[tuple[int, str, str]]

_TEXTS = ("summary", "summary_de", "description", "description_de", "claim")
_LISTS = ("tags", "params", "params_de", "columns_de")
_KEY = re.compile(r"#\+ (\w+):")
_QUOTED = r'"(?:[^"\\]|\\.)+"'
_LINE = re.compile(
    rf"#\+ (?:{'|'.join(_TEXTS)}): {_QUOTED}"
    rf"|#\+ (?:{'|'.join(_LISTS)}):"
    rf"|#\+   - (?:[a-z][a-zA-Z0-9]*: {_QUOTED}|[a-z]+)"
)
_LANGUAGE = "language"


def check(dossier: Dossier, name: str, query: Query) -> _Found:
    """Give what is to be mended in the header of a question, given its name and text."""
    lines = query.text.splitlines()
    yield from _lines(lines)
    try:
        asked = question.question(dossier, name)
    except ParseError as error:
        yield error.line, "header", error.message
        return
    for key, texts in (("summary", asked.summary), ("description", asked.description)):
        for language in question.LANGUAGES:
            if language not in texts:
                yield 1, "header", f"the {key} is missing in the language {language!r}"
    if not asked.tags:
        yield 1, "header", "there are no tags"
    yield from _parameters(asked, lines)
    yield from _columns(dossier, asked, query)
    yield from _claim(dossier, asked, query)


def _lines(lines: list[str]) -> _Found:
    header = [number for number, line in enumerate(lines, start=1) if line.startswith(MARK)]
    keys = set()
    for number in header:
        line = lines[number - 1]
        if not _LINE.fullmatch(line):
            yield number, "header", 'a line is "#+ key:", a known key and a text in "", or an item'
        key = _KEY.match(line)
        if key and key[1] in keys:
            yield number, "header", f"{key[1]} stands there twice"
        keys |= {key[1]} if key else set()
    if header != list(range(1, len(header) + 1)):
        yield header[0], "header", "the header is not one block at the top"


def _parameters(asked: question.Question, lines: list[str]) -> _Found:
    slots = sparql.parameters(asked.text)
    for name in slots.keys() - asked.params.keys():
        yield 1, "parameters", f"?{name} is a parameter that the header does not describe"
    for name, texts in asked.params.items():
        line = _line_of(f"#+   - {name}:", lines)
        if name not in slots:
            yield line, "parameters", f"no line VALUES ?{name} {{ ... }} has this parameter"
        for language in question.LANGUAGES:
            if language not in texts:
                yield line, "parameters", f"{name} is not described in the language {language!r}"
    if _LANGUAGE in slots and slots[_LANGUAGE] != '"en"':
        yield 1, "parameters", 'the language is "en" unless another is asked for'


def _columns(dossier: Dossier, asked: question.Question, query: Query) -> _Found:
    """Say which columns lack a German head, or have one that the ontology gives as well."""
    columns = [column.removeprefix("?") for column in query.columns]
    store = Store.asserted(dossier)
    named = {column for column in columns if column_term(store, column)}
    for column in columns:
        if column not in named and column not in asked.columns_de:
            yield 1, "columns", f"{column} has no German head: see columns_de"
    for column in asked.columns_de:
        if column not in columns or column in named:
            reason = "the ontology has one" if column in named else "there is no such column"
            line = _line_of(f"#+   - {column}:", query.text.splitlines())
            yield line, "columns", f"{column} needs no German head: {reason}"


def _claim(dossier: Dossier, asked: question.Question, query: Query) -> _Found:
    """Say which parts of the claim are neither columns nor parameters nor known properties."""
    line = _line_of("#+ claim:", query.text.splitlines())
    for part in asked.claim or ():
        if part.startswith("?"):
            if part not in query.columns and part[1:] not in asked.params:
                yield line, "claim", f"{part} is neither a column nor a parameter"
        elif part != "a" and not _is_known(dossier, part):
            yield line, "claim", f"{part} is no term that the dossier knows"


def _is_known(dossier: Dossier, curie: str) -> bool:
    iri = expand(curie)
    return iri is not None and any(Store.asserted(dossier).triples(NamedNode(iri)))


def _line_of(beginning: str, lines: list[str]) -> int:
    numbers = (number for number, line in enumerate(lines, 1) if line.startswith(beginning))
    return next(numbers, 1)
