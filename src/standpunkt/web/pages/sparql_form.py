"""The page on which a reader writes SPARQL: a text, examples, the rows, or where the mistake is."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from standpunkt.answer import Answer
from standpunkt.store import Result
from standpunkt.web.pages import mistakes
from standpunkt.web.pages.answers import tabulate
from standpunkt.web.pages.cells import Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page

_FIRST = "who-advocates"
_SHOWN = 1000  # rows: a browser has no use for more, and CSV has them all
_LAST_WORD = re.compile(r"(\S+)\s*\Z")
_PLACE = re.compile(r"(\d+):(\d+): ")
_OF_ROWS = {"CSV": "csv", "TSV": "tsv", "JSON": "json", "XML": "xml"}
_OF_TRIPLES = {"Turtle": "ttl", "JSON-LD": "jsonld", "N-Triples": "nt"}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a query: our sentence, and the words of the parser.

    Where it is known, also the number of the line and its text in three parts, of which the one in
    the middle is the word before the place at which the query cannot go on.
    """

    sentence: str
    reason: str
    line: int = 0
    parts: tuple[str, str, str] = ("", "", "")


def page(
    explorer: Explorer,
    language: str,
    query: str = "",
    result: Result | None = None,
    error: tuple[int, str] | None = None,
) -> Page:
    """Give the page with a query, and its result or its error: the status of HTTP, the words."""
    cells = Cells(explorer, explorer.wording(language))
    examples = [
        (question.headline(language), _body(question.text))
        for question in explorer.questions.values()
    ]
    first = explorer.questions.get(_FIRST)
    answer = _answer(result)
    model = {
        "query": query or (_body(first.text) if first else ""),
        "examples": examples,
        "table": tabulate(cells, Answer(answer.columns, answer.rows[:_SHOWN])) if answer else None,
        "count": len(answer.rows) if answer else 0,
        "verdict": result if isinstance(result, bool) else None,
        "mistake": _mistake(query, *error, language) if error else None,
        "data": _data(query, result),
    }
    return Page("sparql.html", "SPARQL", model, error[0] if error else 200)


def _data(query: str, result: Result | None) -> dict[str, str]:
    """Give where the whole result comes as a file, by the name of its format."""
    if result is None:
        return {}
    names = _OF_TRIPLES if isinstance(result, list) else _OF_ROWS
    return {
        title: "/sparql?" + urlencode({"query": query, "format": name})
        for title, name in names.items()
    }


def _answer(result: Result | None) -> Answer | None:
    if isinstance(result, list):
        return Answer(("subject", "predicate", "object"), [tuple(each) for each in result])
    return result if isinstance(result, Answer) else None


def _mistake(query: str, status: int, error: str, language: str) -> Mistake:
    found = _PLACE.match(error)
    lines = query.split("\n")
    if found is None or not 0 < int(found[1]) <= len(lines):
        return Mistake(mistakes.of_status(status, language), error)
    number, column = int(found[1]), int(found[2])
    line = lines[number - 1].rstrip("\r")
    end = min(column - 1, len(line))
    word = _LAST_WORD.search(line[:end])
    start, end = word.span(1) if word else (end, end)
    parts = (line[:start], line[start:end], line[end:])
    sentence = mistakes.of_place(number, column, language)
    return Mistake(sentence, error[found.end() :], number, parts)


def _body(text: str) -> str:
    lines = (line for line in text.splitlines() if not line.startswith("#+"))
    return "\n".join(lines).strip()
