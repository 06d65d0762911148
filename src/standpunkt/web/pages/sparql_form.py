"""The page on which a reader writes SPARQL: a text, examples, the rows, or where the mistake is."""

import re
from dataclasses import dataclass

from standpunkt.answer import Answer
from standpunkt.store import Result
from standpunkt.web.pages.answers import tabulate
from standpunkt.web.pages.cells import Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page

_FIRST = "who-advocates"
_SHOWN = 1000  # rows: a browser has no use for more, and CSV has them all
_LAST_WORD = re.compile(r"\S+\s*\Z")
_PLACE = re.compile(r"(\d+):(\d+): ")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a query; where it is known, the place and the line, in three parts.

    The one in the middle is the word before the place at which the query cannot go on.
    """

    message: str
    place: str = ""
    line: tuple[str, str, str] | None = None


def page(
    explorer: Explorer,
    language: str,
    query: str = "",
    result: Result | None = None,
    error: str | None = None,
) -> Page:
    """Give the page with a query, and its result or the error that it gave."""
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
        "mistake": _mistake(query, error) if error else None,
    }
    return Page("sparql.html", "SPARQL", model, status=400 if error else 200)


def _answer(result: Result | None) -> Answer | None:
    if isinstance(result, list):
        return Answer(("subject", "predicate", "object"), [tuple(each) for each in result])
    return result if isinstance(result, Answer) else None


def _mistake(query: str, error: str) -> Mistake:
    found = _PLACE.match(error)
    lines = query.splitlines()
    if found is None or not 0 < int(found[1]) <= len(lines):
        return Mistake(error)
    line = lines[int(found[1]) - 1]
    end = min(int(found[2]) - 1, len(line))
    word = _LAST_WORD.search(line[:end])
    start = word.start() if word else end
    parts = (line[:start], line[start:end], line[end:])
    return Mistake(error[found.end() :], f"{found[1]}:{found[2]}", parts)


def _body(text: str) -> str:
    lines = (line for line in text.splitlines() if not line.startswith("#+"))
    return "\n".join(lines).strip()
