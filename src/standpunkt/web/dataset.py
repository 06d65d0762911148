"""Which graphs a query is asked on: those that the request names, else those that it names itself.

The default graph is the merge of its graphs, in which each triple counts once; the engine has it
as often as graphs state it. See https://www.w3.org/TR/sparql11-protocol/#dataset and
https://www.w3.org/TR/sparql11-query/#specifyingDataset.
"""

from collections.abc import Collection, Sequence

from standpunkt import sparql
from standpunkt.errors import QueryError, suggest
from standpunkt.namespaces import PREFIXES

Dataset = tuple[tuple[str, ...], tuple[str, ...]]


def requested(
    default: Sequence[str], named: Sequence[str], known: Collection[str]
) -> Dataset | None:
    """Give the dataset of a request's `default-graph-uri` and `named-graph-uri`, if it has any.

    Raises `QueryError` for a graph that there is not: the server fetches none.
    """
    for iri in (*default, *named):
        if iri not in known:
            listed = suggest(iri, known) or f"; there are {', '.join(known)}"
            raise QueryError(f"there is no graph {iri!r} here{listed}")
    return (tuple(default), tuple(named)) if default or named else None


def described(text: str) -> Dataset | None:
    """Give the dataset of a query's `FROM` and `FROM NAMED`, if it has any.

    `None` also where it is for the engine to say what they are: a relative IRI, an escaped name,
    a prefix that is not declared.
    """
    read = [token for token in sparql.tokens(text) if token.kind not in {"space", "comment"}]
    words = [token.text.upper() if token.kind == "word" else "" for token in read]
    prefixes = dict(PREFIXES)
    default: list[str] = []
    named: list[str] = []
    for index, word in enumerate(words):
        following = read[index + 1 : index + 3]
        if word == "PREFIX" and [token.kind for token in following] == ["name", "iri"]:
            prefixes[following[0].text.removesuffix(":")] = following[1].text[1:-1]
        if word == "FROM" and following:
            is_named = following[0].text.upper() == "NAMED"
            iri = _iri(following[-1 if is_named else 0], prefixes)
            if iri is None:
                return None
            (named if is_named else default).append(iri)
    return (tuple(default), tuple(named)) if default or named else None


def _iri(token: sparql.Token, prefixes: dict[str, str]) -> str | None:
    if "\\" in token.text:
        return None
    if token.kind == "iri":
        return token.text[1:-1] if "://" in token.text else None
    prefix, _, local = token.text.partition(":")
    if token.kind != "name" or prefix not in prefixes:
        return None
    return prefixes[prefix] + local
