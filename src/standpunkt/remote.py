"""A store behind an endpoint, which is asked and not changed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import sparql
from standpunkt.answer import Answer, Rows, Term
from standpunkt.connection import Connection, Credentials, RefusalError, address
from standpunkt.dossier import ASSERTED, INFERRED_GRAPH
from standpunkt.elsewhere import Elsewhere
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.namespaces import OWL, PREFIXES, RDF, XSD
from standpunkt.settings import TIMEOUT
from standpunkt.store import LABELS, Result, Store, Stream

Outcome = TypeVar("Outcome")

# How many nodes one request asks about.
_BATCH = 300
_BAD_REQUEST = 400
_BOOLEAN = NamedNode(XSD + "boolean")
_TRUTH = {"1": "true", "0": "false"}

# A blank node cannot be asked about later, so its triples come along. Lists of property chains are
# the only ones that a dossier has.
_ABOUT = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?s {{ %(nodes)s }} ?s ?p ?o }}
  UNION
  {{ VALUES ?n {{ %(nodes)s }} ?n <{OWL}propertyChainAxiom>/<{RDF}rest>* ?s . ?s ?p ?o }}
}}
"""
_LABELS_ABOUT = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  VALUES ?s {{ %(nodes)s }}
  VALUES ?p {{ {" ".join(map(str, LABELS))} }}
  ?s ?p ?o
}}
"""


class EndpointStore(Elsewhere):
    """A store that is asked by the SPARQL 1.1 Protocol.

    Labels and descriptions are fetched for many nodes at once: those that answers have had in
    them, the latest first, because a reader of an answer asks about all of them in turn.
    """

    def __init__(
        self,
        url: str,
        graphs: Iterable[str] = ASSERTED,
        *,
        credentials: Credentials | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """Take the address that queries go to, and the graphs whose union is asked.

        `credentials` are those of the environment where none are given; `timeout` is in seconds,
        for one answer. Raises `MissingExtraError` where the HTTP client is not installed.
        """
        super().__init__(graphs)
        self.name = repr(address(url))
        self._endpoint = Endpoint(Addresses(url), Connection(credentials, timeout=timeout))
        self._about = _Cache(lambda nodes: self._fetch(_ABOUT, nodes))
        self._labels = _Cache(lambda nodes: self._fetch(_LABELS_ABOUT, nodes))

    def triples(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
    ) -> Iterator[Triple]:
        """Give the triples of the graphs that match, in no order; `None` matches all.

        The blank nodes that are known are those in triples that were given before.
        """
        if subject is None:
            pattern = f"?s {predicate or '?p'} {object_ or '?o'}"
            found = self._triples(f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}")
            self._about.expect(chain.from_iterable(found))
        elif predicate in LABELS:
            found = self._labels.about(subject)
        else:
            found = self._about.about(subject)
            self._about.expect(chain.from_iterable(found))
        self._labels.expect(chain.from_iterable(found))
        return (
            triple
            for triple in found
            if predicate in {None, triple.predicate} and object_ in {None, triple.object}
        )

    def inferred(self, node: NamedNode) -> list[Triple]:
        """Give the triples about a node that the store's graph of inferred ones has."""
        found = self._endpoint.query(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ ?s ?p ?o FILTER(?s = {node}) }} UNION"
            f" {{ ?s ?p ?o FILTER(?o = {node}) }} }}",
            (INFERRED_GRAPH,),
        )
        return found if isinstance(found, list) else []

    def _result(self, text: str) -> Result:
        result = self._asked(self._endpoint.query, text)
        if isinstance(result, Answer):
            result = Answer(result.columns, [tuple(map(_as_here, row)) for row in result.rows])
            self._labels.expect(chain.from_iterable(result.rows))
        return result

    def _stream(self, text: str) -> Stream:
        stream = self._asked(self._endpoint.stream, text)
        if isinstance(stream, Rows):
            return Rows(stream.columns, (tuple(map(_as_here, row)) for row in stream.rows))
        return stream

    def _asked(self, ask: Callable[[str, Iterable[str]], Outcome], text: str) -> Outcome:
        if sparql.form(text) is None:
            Store({}).query(text)  # Virtuoso takes a text without words for a commit
        graphs = () if sparql.has_dataset(text) else self._graphs
        try:
            return ask(sparql.with_prefixes(text, PREFIXES), graphs)
        except RefusalError as refusal:
            if refusal.status == _BAD_REQUEST:
                Store({}).query(text)  # where the syntax is wrong, it is said better here
            raise

    def _fetch(self, query: str, nodes: Iterable[NamedNode]) -> list[Triple]:
        return self._triples(query % {"nodes": " ".join(map(str, nodes))})

    def _triples(self, text: str) -> list[Triple]:
        result = self._endpoint.query(text, self._graphs)
        return result if isinstance(result, list) else []


class _Cache:
    """Triples by subject, fetched for many subjects at once."""

    def __init__(self, fetch: Callable[[Iterable[NamedNode]], list[Triple]]) -> None:
        """Take what fetches the triples of some nodes."""
        self._fetch = fetch
        self._known: dict[Term, list[Triple]] = {}
        self._expected: dict[NamedNode, None] = {}

    def expect(self, terms: Iterable[Term | None]) -> None:
        """Take terms that are likely to be asked about next."""
        for term in terms:
            if isinstance(term, NamedNode) and term not in self._known:
                self._expected[term] = None

    def about(self, subject: NamedNode | BlankNode) -> list[Triple]:
        """Give the triples of a subject."""
        if subject not in self._known and isinstance(subject, NamedNode):
            self._expected.pop(subject, None)
            latest = islice(reversed(self._expected), _BATCH - 1)
            nodes = [subject, *latest]
            for node in nodes:
                self._expected.pop(node, None)
                self._known[node] = []
            for triple in self._fetch(nodes):
                self._known.setdefault(triple.subject, []).append(triple)
        return self._known.get(subject, [])


def _as_here(term: Term | None) -> Term | None:
    """Write true and false as stores in memory do; Virtuoso writes 1 and 0."""
    if isinstance(term, Literal) and term.datatype == _BOOLEAN:
        return Literal(_TRUTH.get(term.value, term.value), datatype=_BOOLEAN)
    return term
