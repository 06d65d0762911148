"""A difference as JSON, for programs.

Terms are as in SPARQL's results (https://www.w3.org/TR/sparql11-results-json/), with a label beside
each IRI.
"""

import json
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.delta import NodeChange
from standpunkt.diff import AnswerChange, Difference, changed_lines
from standpunkt.facts import Fact
from standpunkt.namespaces import GRAPH, RDF, XSD
from standpunkt.sides import Side, Sides

_NO_DATATYPE = {RDF + "langString", XSD + "string"}


def to_json(difference: Difference, sides: Sides) -> str:
    """Write a JSON object with all that differs, in the order of the text for readers."""
    consequences = difference.consequences
    content = {
        "different": bool(difference),
        "nodes": {
            graph.removeprefix(GRAPH): [_node(change, sides) for change in changes]
            for graph, changes in difference.nodes.items()
        },
        "questions": [
            {
                "question": change.name,
                "kind": change.kind,
                "summary": change.headline,
                "lines": changed_lines(change.old, change.new),
            }
            for change in difference.questions
        ],
        "answers": [_answer(change, sides) for change in difference.answers],
        "consequences": {
            "removed": _triples(consequences.removed, sides, "removed"),
            "added": _triples(consequences.added, sides, "added"),
            "contradictionsRemoved": consequences.contradictions_removed,
            "contradictionsAdded": consequences.contradictions_added,
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _node(change: NodeChange, sides: Sides) -> dict[str, object]:
    side: Side = "removed" if change.kind == "removed" else "added"
    return {
        "node": None if change.node is None else _term(change.node, sides, side),
        "kind": change.kind,
        "former": change.former.value if change.former else None,
        "properties": [
            {
                "property": _term(each.predicate, sides, side),
                "language": each.language,
                "removed": [_value(fact, sides, "removed") for fact in each.removed],
                "added": [_value(fact, sides, "added") for fact in each.added],
            }
            for each in change.properties
        ],
    }


def _answer(change: AnswerChange, sides: Sides) -> dict[str, object]:
    def rows(listed: Iterable[tuple[Term | None, ...]], side: Side) -> list[dict[str, object]]:
        return [
            {
                column: _term(term, sides, side)
                for column, term in zip(change.columns, row, strict=True)
                if term is not None
            }
            for row in listed
        ]

    failed, fails = change.failures
    return {
        "question": change.question,
        "columns": change.columns,
        "columnsRemoved": change.columns_removed,
        "columnsAdded": change.columns_added,
        "removed": rows(change.removed, "removed"),
        "added": rows(change.added, "added"),
        "failed": failed,
        "fails": fails,
    }


def _triples(triples: Iterable[Triple], sides: Sides, side: Side) -> list[dict[str, object]]:
    keys = ("subject", "predicate", "object")
    return [
        {key: _term(term, sides, side) for key, term in zip(keys, triple, strict=True)}
        for triple in triples
    ]


def _value(fact: Fact, sides: Sides, side: Side) -> dict[str, object]:
    """Give the value of a fact; a blank node comes with the triples that say what it is."""
    value = _term(fact.triple.object, sides, side)
    return {**value, "triples": [str(each) for each in fact.knot]} if fact.knot else value


def _term(term: Term, sides: Sides, side: Side) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value, "label": sides.label(term, side)}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value not in _NO_DATATYPE:
        found["datatype"] = term.datatype.value
    return found
