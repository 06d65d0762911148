"""Three SHACL engines behind one door: whether triples conform to shapes, says each of them.

pySHACL is the project's reference, and is run here as `standpunkt validate` runs it. `shacl` is an
engine of its own; `pyshacl-turbo` is written anew after pySHACL, and held to its reports. Both are
in Rust. They get N-Triples, which say each term as it is written, and a report has literals as they
went in: `"01"^^xsd:integer` and `"abc"^^xsd:integer` too. Labels of blank nodes do not come back.
What each engine does otherwise, tests/test_engines.py states.
"""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from standpunkt import compiled
from standpunkt import shacl as reference
from standpunkt.namespaces import RDF, SH

# The name on PyPI, and the module that it installs.
ENGINES = {"pyshacl": "pyshacl", "shacl": "shacl", "pyshacl-turbo": "pyshacl_turbo"}

Term = NamedNode | BlankNode | Literal | Triple
Index = dict[tuple[Term, str], list[Term]]

_NAMED_PATHS = {
    "inversePath": "^{}",
    "zeroOrMorePath": "({})*",
    "oneOrMorePath": "({})+",
    "zeroOrOnePath": "({})?",
}


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One result of a report, as texts that do not depend on the engine.

    `focus`, `value`, `shape` and `constraint` are terms in N-Triples syntax, where a blank node
    is `[]`; `path` is a property path in SPARQL syntax; `component` and `severity` are local names
    in SHACL's namespace. `constraint` is the SPARQL constraint where there is one. What a result
    does not have is an empty text. Messages are left out: pySHACL drops the language of a
    SPARQL constraint's.
    """

    focus: str
    path: str
    value: str
    component: str
    shape: str
    constraint: str
    severity: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an engine says: whether the data conforms, and its results in order."""

    conforms: bool
    results: tuple[Result, ...]


def judge(engine: str, data: Iterable[Triple], shapes: Iterable[Triple]) -> Verdict:
    """Let an engine of `ENGINES` judge data, with the ontology in it, by shapes.

    Nothing is inferred. Shapes that an engine can compile are compiled once, however often they
    are used. Raises what `report` raises.
    """
    return verdict(report(engine, data, shapes))


def verdict(report: Iterable[Triple], root: Term | None = None) -> Verdict:
    """Read a report; its root has to be named where its graph has more in it than the report."""
    index: Index = {}
    for subject, predicate, term in report:
        index.setdefault((subject, predicate.value), []).append(term)
        if predicate.value == SH + "conforms":
            root = root or subject
    if root is None:
        raise ValueError("the graph has no report: no node has sh:conforms")
    (conforms,) = index[root, SH + "conforms"]
    results = index.get((root, SH + "result"), [])
    return Verdict(
        conforms=isinstance(conforms, Literal) and conforms.value == "true",
        results=tuple(sorted(_result(index, result) for result in results)),
    )


def report(engine: str, data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Triple]:
    """Let an engine of `ENGINES` judge data by shapes, and give its report as it writes it.

    Raises `MissingExtraError` where the engine is not installed, and the engine's own error
    where it cannot use the shapes.
    See https://www.w3.org/TR/shacl/#validation-report.
    """
    return _REPORTS[engine](data, shapes)


def _by_compiled(engine: str, data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Triple]:
    return compiled.judge(engine, _text(data), shapes)


_REPORTS: dict[str, Callable[[Iterable[Triple], Iterable[Triple]], list[Triple]]] = {
    "pyshacl": reference.report,
    "shacl": functools.partial(_by_compiled, "shacl"),
    "pyshacl-turbo": functools.partial(_by_compiled, "turbo"),
}


def _text(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


def _result(index: Index, result: Term) -> Result:
    def get(name: str) -> Term | None:
        return next(iter(index.get((result, SH + name), [])), None)

    path = get("resultPath")
    return Result(
        focus=_written(get("focusNode")),
        path=_path(index, path) if path else "",
        value=_written(get("value")),
        component=_local_name(get("sourceConstraintComponent")),
        shape=_written(get("sourceShape")),
        constraint=_written(get("sourceConstraint")),
        severity=_local_name(get("resultSeverity")),
    )


def _written(term: Term | None) -> str:
    if term is None:
        return ""
    return "[]" if isinstance(term, BlankNode) else str(term)


def _local_name(term: Term | None) -> str:
    return term.value.removeprefix(SH) if isinstance(term, NamedNode) else ""


def _path(index: Index, path: Term) -> str:
    """Write a path of SHACL as SPARQL does; the report has a copy of it.

    See https://www.w3.org/TR/shacl/#property-paths.
    """
    if isinstance(path, NamedNode):
        return str(path)
    for name, template in _NAMED_PATHS.items():
        for inner in index.get((path, SH + name), []):
            return template.format(_path(index, inner))
    for alternatives in index.get((path, SH + "alternativePath"), []):
        return "(" + "|".join(_steps(index, alternatives)) + ")"
    return "(" + "/".join(_steps(index, path)) + ")"


def _steps(index: Index, head: Term) -> list[str]:
    """Write the members of a list of paths."""
    steps = []
    while head != NamedNode(RDF + "nil"):
        (first,) = index[head, RDF + "first"]
        steps.append(_path(index, first))
        (head,) = index[head, RDF + "rest"]
    return steps
