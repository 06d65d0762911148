"""pySHACL at work: triples and shapes go in, the validation report of SHACL comes out.

Nothing is inferred. Terms go over as they are written: rdflib would normalise `"01"^^xsd:integer`,
and make nothing of `"abc"^^xsd:integer`, which is for the shapes to find.
See https://www.w3.org/TR/shacl/#validation-report.
"""

import functools
import logging
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import literals
from standpunkt.namespaces import XSD

if TYPE_CHECKING:
    from rdflib import Graph

Node = NamedNode | BlankNode

_STRING = NamedNode(XSD + "string")


class BrokenShapeError(Exception):
    """Shapes cannot be used: the reason in one line, and the shape where it is known."""

    def __init__(self, reason: str, shape: NamedNode | None) -> None:
        """Take the reason and the shape, or its SPARQL constraint."""
        super().__init__(reason)
        self.reason = reason
        self.shape = shape


def report(
    data: Iterable[Triple], shapes: Iterable[Triple], *, check_shapes: bool = False
) -> list[Triple]:
    """Judge data by shapes, and give the report; the data has the ontology in it.

    `check_shapes` judges the shapes first, by SHACL's own. Raises `BrokenShapeError` where they
    cannot be used.
    """
    from pyshacl import validate
    from rdflib import Graph

    found: Any
    with _quiet():
        try:
            _, found, _ = validate(
                _filled(_asked_often(), data),
                shacl_graph=_filled(Graph(), shapes),
                inference="none",
                advanced=False,
                meta_shacl=check_shapes,
            )
        except Exception as error:  # noqa: BLE001  each fault of a shape has another class
            found = error
    # pySHACL gives some faults of shapes in the place of a report.
    if not isinstance(found, Graph):
        raise BrokenShapeError(_reason(found), _shape(found))
    return [Triple(_back(s), _back(p), _back(o)) for s, p, o in found]


def _shape(fault: object) -> NamedNode | None:
    """Give the shape or SPARQL constraint that pySHACL was at: its errors do not name it."""
    constraints, shapes = [], []
    for frame, _ in traceback.walk_tb(getattr(fault, "__traceback__", None)):
        given = frame.f_locals
        own = given.get("self")
        constraints += [given.get("sparql_constraint"), given.get("query_helper")]
        shapes += [own, getattr(own, "shape", None)]
    nodes = [getattr(each, "node", None) for each in (*shapes, *constraints)]
    innermost = next(filter(None, reversed(nodes)), None)
    back = _back(innermost) if innermost else None
    return back if isinstance(back, NamedNode) else None


def _reason(fault: object) -> str:
    """Say in one line what pySHACL or rdflib says, without a place in a text nobody sees."""
    said = str(getattr(fault, "message", fault)).partition("\n")[0]
    return said.partition("(at char")[0].strip() or type(fault).__name__


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib and pySHACL from logging what becomes a finding or an error here."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        yield
    finally:
        logging.disable(before)


def _asked_often() -> "Graph":
    """Give an empty graph that parses each query once.

    pySHACL puts the query of a constraint to the graph anew for each node, as text, and rdflib
    takes longer to parse it than to answer it.
    """
    from rdflib import Graph
    from rdflib.plugins.sparql import prepareQuery

    prepared = functools.cache(prepareQuery)

    class AskedOften(Graph):
        def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            if isinstance(query_object, str):
                query_object = prepared(query_object)
            return super().query(query_object, *args, **kwargs)

    return AskedOften()


def _filled(graph: "Graph", triples: Iterable[Triple]) -> "Graph":
    from rdflib import BNode, URIRef
    from rdflib import Literal as Written

    def there(term: Any) -> Any:  # noqa: ANN401  of either library
        if isinstance(term, NamedNode):
            return URIRef(term.value)
        if isinstance(term, BlankNode):
            return BNode(term.value)
        if term.language or term.datatype == _STRING:
            return Written(term.value, lang=term.language)
        written = Written(term.value, datatype=URIRef(term.datatype.value), normalize=False)
        if not literals.is_written_like(term.value, term.datatype.value):
            # rdflib asks functions of Python, which read more: 1_000, NaN, the date 2031-W01-1.
            written._value, written._ill_typed = None, True  # noqa: SLF001  there is no other way
        return written

    for triple in triples:
        graph.add((there(triple.subject), there(triple.predicate), there(triple.object)))
    return graph


def _back(term: Any) -> Any:  # noqa: ANN401  of either library
    from rdflib import BNode, URIRef

    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, BNode):
        return BlankNode(str(term))
    datatype = NamedNode(str(term.datatype)) if term.datatype else None
    return Literal(str(term), language=term.language, datatype=datatype)
