"""Asking: saved questions with their parameters, and SPARQL of one's own."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from standpunkt import sparql
from standpunkt.answer import Answer, Term
from standpunkt.dossier import Dossier
from standpunkt.errors import (
    ParameterError,
    QueryError,
    UnknownNameError,
    suggest,
)
from standpunkt.namespaces import OWL, RDF, SPK, XSD
from standpunkt.question import LANGUAGE, LANGUAGES, Question, checked_language, question, questions
from standpunkt.store import Result, Store, Stream

__all__ = [
    "LANGUAGES",
    "Question",
    "ask",
    "checked_language",
    "default",
    "kind",
    "query",
    "question",
    "questions",
    "resolve",
    "run",
    "source",
    "stream",
    "with_parameters",
]

_KEPT = 256  # defaults that are read once
_PROLOGUE = re.compile(r"^[ \t]*(?:BASE|PREFIX)\b.*$", re.IGNORECASE | re.MULTILINE)
# A cast knows of each datatype what is one.
_CAST = """
ASK {
  VALUES ?text { UNDEF }
  BIND(<%s>(?text) AS ?value)
  FILTER(BOUND(?value))
}
"""


def ask(
    dossier: Dossier,
    name: str,
    store: Store | None = None,
    /,
    *,
    language: str = "en",
    **parameters: str,
) -> Answer:
    """Answer a saved question from what the dossier asserts.

    Takes the question's name, and parameters as a user writes them (see `resolve`); those left
    out keep the default of the file. A `store` is asked in place of the dossier's own triples.

    Raises what `question` and `run` do, and `QueryError` where the question is no SELECT.
    """
    asked = question(dossier, name)
    result = run(dossier, asked, language=language, parameters=parameters, store=store)
    if not isinstance(result, Answer):
        raise QueryError(f"the question {name!r} has no rows for an answer: use 'run' instead")
    return result


def query(
    dossier: Dossier,
    text: str,
    *,
    inferred: bool = False,
    store: Store | None = None,
) -> Result:
    """Run a SPARQL query on what the dossier asserts, or with `inferred` on its closure as well.

    A `store` is asked in place of the dossier, and then has what was inferred, or has it not.
    Gives and raises what `Store.query` does, and raises what `inference.consequences` does.
    """
    return (store or source(dossier, inferred=inferred)).query(text)


def source(dossier: Dossier, *, inferred: bool = False) -> Store:
    """Give the store that has what a dossier asserts, and with `inferred` its closure as well.

    Raises what reading the files and `inference.consequences` raise.
    """
    if not inferred:
        return Store.asserted(dossier)
    from standpunkt.entailed import Entailed  # noqa: PLC0415  what is asserted needs none
    from standpunkt.inference import consistent  # noqa: PLC0415  likewise

    return Entailed(dossier, consistent(dossier).text)


def run(
    dossier: Dossier,
    question: Question,
    *,
    language: str = "en",
    parameters: Mapping[str, str],
    store: Store | None = None,
) -> Result:
    """Run a saved question of any form with its parameters as a user writes them.

    A `store` is asked in place of the dossier's own triples, also for what parameters name.
    Raises what `with_parameters` does, and `QueryError`, which names the file, as `Store.query`.
    """
    store = store or Store.asserted(dossier)
    text = with_parameters(store, question, language=language, parameters=parameters)
    with _named(question):
        return store.query(text)


def stream(
    dossier: Dossier,
    question: Question,
    *,
    language: str = "en",
    parameters: Mapping[str, str],
    store: Store | None = None,
) -> Stream:
    """Run a saved question as `run` does, and give what comes of it while it is found."""
    store = store or Store.asserted(dossier)
    text = with_parameters(store, question, language=language, parameters=parameters)
    with _named(question):
        return store.stream(text)


def with_parameters(
    store: Store,
    question: Question,
    *,
    language: str = "en",
    parameters: Mapping[str, str],
) -> str:
    """Give the SPARQL text of a question with its parameters set.

    The language is set where the question has a parameter of that name. Raises what `resolve`
    does.
    """
    values = dict(parameters)
    if LANGUAGE in sparql.parameters(question.text):
        values.setdefault(LANGUAGE, language)
    terms = {name: resolve(store, question, name, value) for name, value in values.items()}
    return sparql.fill(question.text, terms)


def resolve(store: Store, question: Question, name: str, value: str) -> Term:
    """Give the term that a user means by the value of a parameter.

    The file's default decides what is meant. Where that is a literal, the value is one of the
    same datatype or language; otherwise it names a node as `naming.find` takes it. The parameter
    `position` takes instances of `spk:Position` alone, and so does every parameter that is named
    like a class of the ontology.

    Raises `UnknownNameError` for an unknown parameter, language or node, and `ParameterError`
    for a value that is none of the datatype, or where the file has no default.
    """
    defaults = sparql.parameters(question.text)
    if name == LANGUAGE and name in defaults:
        return Literal(checked_language(value))
    if name not in question.params:
        raise UnknownNameError(
            f"question {question.name!r} has no parameter {name!r}"
            f"{suggest(name, question.params) or _listed(question.params)}"
        )
    if name not in defaults:
        raise ParameterError(
            f"{question.path}: the header has a parameter {name!r}, but the query has no line"
            f" VALUES ?{name} {{ ... }}"
        )
    default = _default(question, defaults[name])
    if isinstance(default, Literal):
        return _literal(name, value, default)
    from standpunkt import naming  # noqa: PLC0415  only names of nodes need it

    return naming.find(store, value, kind(store, name))


def default(question: Question, name: str) -> Term | None:
    """Give what a parameter is where nobody sets it; `None` for UNDEF, and where there is none.

    Raises `ParameterError` where the file's default cannot be read.
    """
    text = sparql.parameters(question.text).get(name)
    return None if text is None else _default(question, text)


def kind(store: Store, parameter: str) -> NamedNode | None:
    """Give the class of the ontology that a parameter is named like, if there is one.

    `position` is named like `spk:Position`.
    """
    if not parameter.isidentifier():
        return None
    term = NamedNode(SPK + parameter[:1].upper() + parameter[1:])
    is_class = any(store.triples(term, NamedNode(RDF + "type"), NamedNode(OWL + "Class")))
    return term if is_class else None


@contextmanager
def _named(question: Question) -> Iterator[None]:
    """Put the file of a question before what is wrong with its query."""
    try:
        yield
    except QueryError as error:
        gap = "" if str(error)[:1].isdecimal() else " "  # where it begins with line and column
        raise QueryError(f"{question.path}:{gap}{error}") from None


def _listed(params: Mapping[str, object]) -> str:
    return f"; it has {', '.join(params)}" if params else "; it has none"


def _default(question: Question, text: str) -> Term | None:
    """Read the text of a default with the prefixes of its file; `None` is UNDEF."""
    try:
        return _term("\n".join(_PROLOGUE.findall(question.text)), text)
    except QueryError:
        raise ParameterError(f"{question.path}: {text!r} is no default of a parameter") from None


@lru_cache(_KEPT)
def _term(prologue: str, text: str) -> Term | None:
    answer = Store({}).query(f"{prologue} SELECT ?value WHERE {{ VALUES ?value {{ {text} }} }}")
    return answer.rows[0][0] if isinstance(answer, Answer) and answer.rows else None


def _literal(name: str, value: str, default: Literal) -> Literal:
    try:
        if default.language:
            return Literal(value, language=default.language)
        literal = Literal(value, datatype=default.datatype)
    except UnicodeEncodeError:
        raise ParameterError(f"parameter {name!r}: {value!r} is not Unicode") from None
    datatype = default.datatype.value
    if datatype.startswith(XSD):
        cast = sparql.fill(_CAST % datatype, {"text": Literal(value)})
        if not Store({}).query(cast):
            raise ParameterError(
                f"parameter {name!r} takes a value like {default.value!r}"
                f" ({datatype.removeprefix(XSD)}), not {value!r}"
            )
    return literal
