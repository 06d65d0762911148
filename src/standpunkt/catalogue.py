"""The list of saved questions, for a user who has yet to ask one."""

from collections.abc import Iterable

from pyoxigraph import Literal

from standpunkt.answer import Answer
from standpunkt.page import Page
from standpunkt.queries import Question

_UNTAGGED = "other"
_INDENT = 6


def catalogue(questions: Iterable[Question], language: str, page: Page) -> str:
    """Write the questions for readers of a language, each once, below the first of its tags.

    Tags are in the order of the alphabet. After a name stand the parameters.
    """
    by_tag: dict[str, list[Question]] = {}
    for question in questions:
        by_tag.setdefault((*question.tags, _UNTAGGED)[0], []).append(question)
    return "\n".join(
        f"{page.bold(tag)}\n" + "".join(_entry(question, language, page) for question in listed)
        for tag, listed in sorted(by_tag.items(), key=lambda item: item[0])
    )


def rows(questions: Iterable[Question], language: str) -> Answer:
    """Give the questions as rows; where there are several tags or parameters, by spaces."""
    columns = ("question", "summary", "tags", "parameters")
    return Answer(
        columns,
        [
            (
                Literal(question.name),
                Literal(question.headline(language)),
                Literal(" ".join(question.tags)),
                Literal(" ".join(question.own_params())),
            )
            for question in questions
        ],
    )


def _entry(question: Question, language: str, page: Page) -> str:
    name = " ".join([question.name, *(f"{param}=…" for param in question.own_params())])
    summary = page.wrap(question.headline(language), _INDENT)
    return f"  {name}\n" + "".join(f"{' ' * _INDENT}{line}\n" for line in summary if line)
