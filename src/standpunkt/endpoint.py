"""A triple-store behind HTTP: asked and written to by the W3C's two protocols.

See https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, TypeVar
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
from standpunkt.answer import Answer, Rows
from standpunkt.connection import Connection, RefusalError, address
from standpunkt.errors import StoreError
from standpunkt.reply import Reply, arriving
from standpunkt.store import Result, Stream, whole

_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_FORM = "application/x-www-form-urlencoded"
_NOT_FOUND = 404
_GRAPH_FORMS = {"construct", "describe"}
_ENDS = {QueryResultsFormat.JSON: b"}", QueryResultsFormat.XML: b"sparql>"}
_PIECE = 1 << 16
_WRITTEN = 1_000
_LAST = 64

Item = TypeVar("Item")


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
        body, headers = _question(text, graphs)
        reply = self.connection.send("POST", self.addresses.query, body=body, headers=headers)
        return whole(self._result(text, reply))

    def stream(self, text: str, graphs: Iterable[str] = ()) -> Stream:
        """Run a query as `query` does, and give what comes of it while it arrives.

        Triples may come twice. To read on raises `StoreError` where the rest does not arrive.
        """
        body, headers = _question(text, graphs)
        reply = self.connection.open("POST", self.addresses.query, body=body, headers=headers)
        return self._result(text, reply)

    def _result(self, text: str, reply: Reply) -> Stream:
        read = _triples if sparql.form(text) in _GRAPH_FORMS else _rows
        return read(self.addresses.query, reply)

    def update(self, text: str, *, again: bool = True) -> None:
        """Run a SPARQL update; with `again` false it is sent once, whatever happens."""
        headers = {"Content-Type": "application/sparql-update"}
        url = _known(self.addresses.update, "--update")
        self.connection.send("POST", url, body=text.encode(), headers=headers, again=again)

    def put(self, graph: str, triples: Collection[Triple]) -> None:
        """Make triples the content of a named graph, in place of what it had, in one request."""
        self._write("PUT", graph, triples)

    def post(self, graph: str, triples: Collection[Triple]) -> None:
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
            reply = self.connection.send("GET", url, headers={"Accept": _TRIPLES})
            return list(dict.fromkeys(_triples(url, reply)))
        except RefusalError as refusal:
            if refusal.status != _NOT_FOUND:
                raise
            return []

    def _write(self, method: str, graph: str, triples: Collection[Triple]) -> None:
        # N-Triples is Turtle, and Turtle is what every store takes. By its length a server notices
        # that a request is cut off.
        body = _Written(triples)
        self.connection.send(
            method,
            graph_address(_known(self.addresses.graphs, "--gsp"), graph),
            body=body,
            headers={"Content-Type": "text/turtle", "Content-Length": str(sum(map(len, body)))},
        )


class _Written:
    """Triples as the pieces of a body, which are written anew whenever it is sent."""

    def __init__(self, triples: Collection[Triple]) -> None:
        self._triples = triples

    def __iter__(self) -> Iterator[bytes]:
        rest = iter(self._triples)
        while piece := list(islice(rest, _WRITTEN)):
            yield serialize(piece, format=RdfFormat.N_TRIPLES) or b""


def graph_address(graphs: str, graph: str) -> str:
    """Give the address of a named graph in the Graph Store Protocol."""
    return f"{graphs}{'&' if '?' in graphs else '?'}{urlencode({'graph': graph})}"


def _known(url: str | None, option: str) -> str:
    if url is None:
        raise StoreError(f"it is not known where the store is written to; give {option} URL")
    return url


def _question(text: str, graphs: Iterable[str]) -> tuple[bytes, dict[str, str]]:
    """Give the body and the headers of a request that asks."""
    fields = [("query", text)]
    for graph in graphs:
        fields += [("default-graph-uri", graph), ("named-graph-uri", graph)]
    accepted = _TRIPLES if sparql.form(text) in _GRAPH_FORMS else _ROWS
    return urlencode(fields).encode(), {"Accept": accepted, "Content-Type": _FORM}


def _rows(url: str, reply: Reply) -> Rows | bool:
    form = QueryResultsFormat.from_media_type(reply.kind)
    if form is None:
        raise _stray(url, reply, "a result of SPARQL")
    body = arriving(_repaired(reply.body, _ENDS.get(form, b"")), reply.body.close)
    try:
        result = parse_query_results(body, format=form)
        if isinstance(result, QueryBoolean):
            with body:
                body.read()
            return bool(result)
    except (SyntaxError, ValueError) as error:
        body.close()
        raise _garbled(url, error) from None
    columns = tuple(variable.value for variable in result.variables)
    return Rows(columns, _each(url, body, map(tuple, result)))


def _repaired(body: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Give a result on; raises `SyntaxError` where it does not end as its syntax has it.

    Virtuoso names a blank node `nodeID://b1`, which is no label of one. The parser takes XML and
    verdicts that are cut off for whole ones.
    """
    last = b""
    while piece := body.read(_PIECE):
        text = (last + piece).replace(b'"nodeID://', b'"')
        last = text[-_LAST:]
        yield text[:-_LAST]
    if not last.rstrip().endswith(end):
        raise SyntaxError("it ends too early")
    yield last


def _triples(url: str, reply: Reply) -> Iterator[Triple]:
    form = RdfFormat.from_media_type(reply.kind)
    if form is None:
        raise _stray(url, reply, "RDF")
    quads = parse(reply.body, format=form)
    return _each(url, reply.body, (quad.triple for quad in quads))


def _each(url: str, body: IO[bytes], items: Iterable[Item]) -> Iterator[Item]:
    """Give what a parser reads from a body, and close that in the end."""
    with body:
        try:
            yield from items
        except (SyntaxError, ValueError) as error:
            raise _garbled(url, error) from None


def _stray(url: str, reply: Reply, wanted: str) -> StoreError:
    found = reply.kind or "no media type"
    return StoreError(
        f"{address(url)!r} answers with {found!r}, not with {wanted}: is it the store?"
    )


def _garbled(url: str, error: Exception) -> StoreError:
    return StoreError(f"the answer of {address(url)!r} is cut off or garbled: {error}")
