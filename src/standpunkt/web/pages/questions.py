"""A question's page: its fields, its answer with links and proofs, and the SPARQL behind it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from standpunkt import queries, render
from standpunkt.answer import Answer
from standpunkt.errors import ParameterError, StandpunktError, UnknownNameError
from standpunkt.naming import names
from standpunkt.queries import Question
from standpunkt.question import LANGUAGE
from standpunkt.web.pages import figures, matrix, mistakes, network
from standpunkt.web.pages.answers import table
from standpunkt.web.pages.cells import Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Data, Page, Reply
from standpunkt.web.pages.paths import handle, node_path, question_path
from standpunkt.web.pages.search import folded
from standpunkt.web.pages.timeline import moments
from standpunkt.web.pages.words import tag, words

_FORMATS = {"csv": "text/csv", "json": "application/json"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a field, and the path of the question with that value alone."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter that a reader fills in by name; `value` is what the answer is for."""

    name: str
    label: str
    help: str
    value: str
    options: tuple[Option, ...]
    path: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one tag."""

    title: str
    questions: tuple[tuple[str, str], ...]


def groups(explorer: Explorer, language: str) -> list[Group]:
    """Give the questions as paths and sentences, below the first tag of each."""
    found: dict[str, list[tuple[str, str]]] = {}
    for question in explorer.questions.values():
        entry = (question_path(question.name), question.headline(language))
        found.setdefault(next(iter(question.tags), ""), []).append(entry)
    titled = [Group(tag(name, language), tuple(listed)) for name, listed in found.items()]
    return sorted(titled, key=lambda group: folded(group.title))


def index(explorer: Explorer, language: str) -> Page:
    """Give the page that lists all questions."""
    title = words(language)["questions"]
    return Page("questions.html", title, {"groups": groups(explorer, language)})


def page(explorer: Explorer, language: str, name: str, parameters: Mapping[str, str]) -> Reply:
    """Give the page of a question, or its answer as data where the name ends in `.csv` or `.json`.

    Raises `UnknownNameError` where no question has the name.
    """
    stem, _, form = name.rpartition(".")
    if form in _FORMATS and stem in explorer.questions:
        return _data(explorer, language, explorer.questions[stem], parameters, form)
    if name not in explorer.questions:
        queries.question(explorer.dossier, name)  # says what is near
    question = explorer.questions[name]
    given = _given(question, parameters)
    try:
        result = explorer.run(question, language, given)
        rows = _rows(result)
        shown = table(explorer, question, rows, given, language)
    except (UnknownNameError, ParameterError) as error:
        model = _frame(explorer, language, question, given) | {
            "error": mistakes.of_value(language, is_unknown=isinstance(error, UnknownNameError)),
            "reason": str(error),
        }
        return Page("question.html", question.headline(language), model, status=400)
    cells = Cells(explorer, explorer.wording(language, question))
    model = _frame(explorer, language, question, given) | {
        "table": shown,
        "drawing": network.of_answer(cells, rows),
        "grid": matrix.of_answer(cells, rows),
        "panels": [panel for panel in figures.of_table(shown) if len(panel.bars) > 1],
        "moments": moments(shown) if shown.columns and shown.columns[0].name == "date" else None,
        "data": {
            form: question_path(f"{question.name}.{form}", **given)
            for form in (_FORMATS if shown.rows else ())
        },
    }
    return Page("question.html", question.headline(language), model)


def _rows(result: object) -> Answer:
    """Give the rows of a result; of an ASK or a CONSTRUCT there are none to show."""
    if isinstance(result, Answer):
        return result
    if isinstance(result, bool):
        return Answer(("answer",), [(Literal(result),)])
    assert isinstance(result, list)  # noqa: S101  the triples of a CONSTRUCT
    return Answer(("subject", "predicate", "object"), [tuple(triple) for triple in result])


def _data(
    explorer: Explorer,
    language: str,
    question: Question,
    parameters: Mapping[str, str],
    form: str,
) -> Data:
    result = explorer.run(question, language, _given(question, parameters))
    wording = explorer.wording(language, question)
    return Data(_FORMATS[form], render.rows(_rows(result), form, wording))


def _given(question: Question, parameters: Mapping[str, str]) -> dict[str, str]:
    """Give the question's own parameters that are not empty: an empty field asks for the default.

    The language of the page is that of the answer.
    """
    return {
        name: text.strip()
        for name, text in parameters.items()
        if text.strip() and name in question.params and name != LANGUAGE
    }


def _frame(
    explorer: Explorer, language: str, question: Question, given: Mapping[str, str]
) -> dict[str, object]:
    """Give what the page has with and without an answer."""
    text = question.text
    with suppress(StandpunktError):
        text = queries.with_parameters(
            explorer.store, question, language=language, parameters=given
        )
    return {
        "question": question,
        "description": question.description.get(language, ""),
        "fields": [
            _field(explorer, language, question, each, given) for each in question.own_params()
        ],
        "sparql": "\n".join(
            line for line in text.splitlines() if not line.startswith("#+")
        ).strip(),
        "permalink": question_path(question.name, **given),
        "drawing": None,
        "grid": None,
        "panels": [],
        "moments": None,
        "table": None,
        "error": None,
        "data": {},
        "pictures": _pictures(question),
    }


def _field(
    explorer: Explorer, language: str, question: Question, name: str, given: Mapping[str, str]
) -> Field:
    cells = Cells(explorer, explorer.wording(language, question))
    default = queries.default(question, name)
    term = default
    if name in given:
        try:
            term = queries.resolve(explorer.store, question, name, given[name])
        except StandpunktError:
            term = Literal(given[name])
    kind = queries.kind(explorer.store, name)
    return Field(
        name=name,
        label=cells.wording.column(name),
        help=question.params[name].get(language, ""),
        value=cells.wording.term(term) if term is not None else "",
        options=explorer.once(_options, kind, question.name, name, language) if kind else (),
        path=node_path(term) if isinstance(term, NamedNode) else None,
        is_open=default is None,
    )


def all_paths(explorer: Explorer) -> Iterator[str]:
    """Give the paths of all questions: with what they are asked by default, and with each value."""
    for question in explorer.questions.values():
        yield question_path(question.name)
        for name in question.own_params():
            kind = queries.kind(explorer.store, name)
            for node in names(explorer.store, kind) if kind else ():
                yield question_path(question.name, **{name: handle(node.node)})


def _options(
    explorer: Explorer, kind: NamedNode, question: str, parameter: str, language: str
) -> tuple[Option, ...]:
    """Give what a field can be filled with: a label each, or a CURIE where two have the same."""
    labels = [
        (explorer.store.label(name.node, language) or handle(name.node), handle(name.node))
        for name in names(explorer.store, kind)
    ]
    called = Counter(label for label, _ in labels)
    options = [
        Option(
            label if called[label] == 1 else curie,
            question_path(question, **{parameter: curie}),
        )
        for label, curie in labels
    ]
    return tuple(sorted(options, key=lambda option: option.text))


def _pictures(question: Question) -> list[str]:
    """Give the pages that show as a picture what a question gives as a table."""
    by_name = {
        "allies-and-opponents": ["network", "matrix"],
        "disputed-positions": ["matrix"],
        "figures": ["figures"],
        "positions-of-actor": ["matrix"],
        "who-advocates": ["matrix", "network"],
        "who-opposes": ["matrix", "network"],
    }
    return by_name.get(question.name, [])
