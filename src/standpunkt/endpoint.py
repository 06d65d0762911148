"""A triple-store behind HTTP: asked and written to by the W3C's two protocols.

See https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from standpunkt import sparql
from standpunkt.answer import Answer
from standpunkt.connection import Connection, RefusalError, Reply, address
from standpunkt.errors import StoreError
from standpunkt.store import Result

_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_FORM = "application/x-www-form-urlencoded"
_NOT_FOUND = 404
_GRAPH_FORMS = {"construct", "describe"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store is asked, updated, and written to graph by graph; `None` is nowhere."""

    query: str
    update: str | None = None
    graphs: str | None = None


class Endpoint:
    """A store that is asked over HTTP and, where it has the addresses for it, written to.

    Every method raises `StoreError` as `Connection.send` does.
    """

    def __init__(self, addresses: Addresses, connection: Connection) -> None:
        """Take the addresses of the store, and the client that calls them."""
        self.addresses = addresses
        self.connection = connection

    def query(self, text: str, graphs: Iterable[str] = ()) -> Result:
        """Run a SPARQL query on some named graphs, if any is given; the default is their union.

        The text is sent as it is, and so declares its prefixes. Gives what `Store.query` does.
        Raises `StoreError` also where the answer is no result of a query.
        """
        fields = [("query", text)]
        for graph in graphs:
            fields += [("default-graph-uri", graph), ("named-graph-uri", graph)]
        gives_triples = sparql.form(text) in _GRAPH_FORMS
        headers = {"Accept": _TRIPLES if gives_triples else _ROWS, "Content-Type": _FORM}
        url = self.addresses.query
        reply = self.connection.send("POST", url, body=urlencode(fields).encode(), headers=headers)
        return _triples(url, reply) if gives_triples else _rows(url, reply)

    def update(self, text: str, *, again: bool = True) -> None:
        """Run a SPARQL update; with `again` false it is sent once, whatever happens."""
        headers = {"Content-Type": "application/sparql-update"}
        url = _known(self.addresses.update, "--update")
        self.connection.send("POST", url, body=text.encode(), headers=headers, again=again)

    def put(self, graph: str, triples: Iterable[Triple]) -> None:
        """Make triples the content of a named graph, in place of what it had."""
        self._write("PUT", graph, triples)

    def post(self, graph: str, triples: Iterable[Triple]) -> None:
        """Add triples to a named graph; what is sent twice adds its blank nodes twice."""
        self._write("POST", graph, triples)

    def count(self, graph: str) -> int:
        """Count the triples of a named graph."""
        answer = self.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        if isinstance(answer, Answer) and answer.rows and isinstance(answer.rows[0][0], Literal):
            return int(answer.rows[0][0].value)
        raise StoreError(f"{address(self.addresses.query)!r} does not count what it holds")

    def triples(self, graph: str) -> list[Triple]:
        """Give the triples of a named graph, in no order."""
        if self.addresses.graphs is None:
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
            result = self.query(text)
            return result if isinstance(result, list) else []
        url = graph_address(self.addresses.graphs, graph)
        try:
            return _triples(url, self.connection.send("GET", url, headers={"Accept": _TRIPLES}))
        except RefusalError as refusal:
            if refusal.status != _NOT_FOUND:
                raise
            return []

    def _write(self, method: str, graph: str, triples: Iterable[Triple]) -> None:
        # N-Triples is Turtle, and Turtle is what every store takes.
        self.connection.send(
            method,
            graph_address(_known(self.addresses.graphs, "--gsp"), graph),
            body=serialize(triples, format=RdfFormat.N_TRIPLES),
            headers={"Content-Type": "text/turtle"},
        )


def graph_address(graphs: str, graph: str) -> str:
    """Give the address of a named graph in the Graph Store Protocol."""
    return f"{graphs}{'&' if '?' in graphs else '?'}{urlencode({'graph': graph})}"


def _known(url: str | None, option: str) -> str:
    if url is None:
        raise StoreError(f"it is not known where the store is written to; give {option} URL")
    return url


def _rows(url: str, reply: Reply) -> Answer | bool:
    form = QueryResultsFormat.from_media_type(reply.kind)
    # Virtuoso names a blank node `nodeID://b1`, which is no label of one.
    body = reply.body.replace(b'"nodeID://', b'"')
    try:
        if form is None:
            raise _stray(url, reply, "a result of SPARQL")
        result = parse_query_results(body, format=form)
        if isinstance(result, QueryBoolean):
            return bool(result)
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns, [tuple(row[name] for name in columns) for row in result])
    except (SyntaxError, ValueError) as error:
        raise _garbled(url, error) from None


def _triples(url: str, reply: Reply) -> list[Triple]:
    form = RdfFormat.from_media_type(reply.kind)
    try:
        if form is None:
            raise _stray(url, reply, "RDF")
        return sorted({quad.triple for quad in parse(reply.body, format=form)}, key=str)
    except (SyntaxError, ValueError) as error:
        raise _garbled(url, error) from None


def _stray(url: str, reply: Reply, wanted: str) -> StoreError:
    found = reply.kind or "no media type"
    return StoreError(
        f"{address(url)!r} answers with {found!r}, not with {wanted}: is it the store?"
    )


def _garbled(url: str, error: Exception) -> StoreError:
    return StoreError(f"the answer of {address(url)!r} is cut off or garbled: {error}")
