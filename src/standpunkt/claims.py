"""What the rows of a saved question claim, and why it holds.

A row claims the triple that the header declares: `claim: "?actor spk:advocates ?position"` names
columns, parameters, and CURIEs of the registry.
"""

from collections.abc import Mapping
from dataclasses import replace

from pyoxigraph import BlankNode, NamedNode, Triple

from standpunkt import queries
from standpunkt.answer import Answer, Term
from standpunkt.dossier import Dossier
from standpunkt.errors import QueryError
from standpunkt.explanation import Explainer, Explanation
from standpunkt.namespaces import RDF, expand
from standpunkt.question import Question
from standpunkt.store import Store


def claims(
    store: Store, question: Question, answer: Answer, parameters: Mapping[str, str]
) -> list[Triple | None]:
    """Give what each row claims, in their order; `None` where a part of it is unbound.

    Takes the parameters as a user wrote them. Raises `QueryError` where the question declares no
    claim, and what `queries.resolve` does.
    """
    if question.claim is None:
        raise QueryError(f"the rows of {question.name!r} claim nothing that could be proven")
    set_ = {
        name: queries.resolve(store, question, name, parameters[name])
        if name in parameters
        else queries.default(question, name)
        for name in question.params
    }
    rows = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    return [_triple([_term(part, {**set_, **row}) for part in question.claim]) for row in rows]


def explain(
    dossier: Dossier, question: Question, answer: Answer, parameters: Mapping[str, str]
) -> list[Explanation | None]:
    """Explain what each row claims; `None` where a part of the claim is unbound.

    Where a row names one of the facts that carry its claim, the others are left out. Raises what
    `claims` and `Explainer.explain` do.
    """
    explainer = Explainer(dossier)
    claimed = claims(Store.asserted(dossier), question, answer, parameters)
    found = {triple: explainer.explain(triple) for triple in claimed if triple is not None}
    explained: list[Explanation | None] = []
    for triple, row in zip(claimed, answer.rows, strict=True):
        whole = None if triple is None else found[triple]
        own = tuple(support for support in whole.supports if support.fact in row) if whole else ()
        explained.append(replace(whole, supports=own) if whole and own else whole)
    return explained


def _term(part: str, bound: Mapping[str, Term | None]) -> Term | None:
    if part.startswith("?"):
        return bound.get(part[1:])
    iri = RDF + "type" if part == "a" else expand(part)
    return NamedNode(iri) if iri else None


def _triple(terms: list[Term | None]) -> Triple | None:
    subject, predicate, object_ = terms
    if (
        not isinstance(subject, NamedNode | BlankNode)
        or not isinstance(predicate, NamedNode)
        or object_ is None
    ):
        return None
    return Triple(subject, predicate, object_)
