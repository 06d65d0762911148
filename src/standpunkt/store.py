"""Where triples are asked: named graphs in memory, and their union as the default graph.

The engine is Oxigraph. Its own union has a triple once for each graph that states it, and is deaf
to `FROM`; here the default graph has each triple once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast
from weakref import WeakKeyDictionary

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from standpunkt import sparql
from standpunkt.answer import Answer, Rows, Term
from standpunkt.dossier import ARTICLES_GRAPH, ASSERTED, LINKS_GRAPH, ONTOLOGY_GRAPH, Dossier
from standpunkt.errors import QueryError, StoreError, suggest
from standpunkt.namespaces import PREFIXES, RDFS, SKOS

if TYPE_CHECKING:
    from standpunkt.spool import Spool

# The rows of a SELECT, the verdict of an ASK, the triples of a CONSTRUCT or DESCRIBE.
Result = Answer | bool | list[Triple]
# The same while it is found; the triples are in no order, and some may come twice.
Stream = Rows | bool | Iterator[Triple]
# The same from the engine.
Lazy = QuerySolutions | QueryBoolean | QueryTriples

Item = TypeVar("Item")

LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))
_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# What the parser says in words stands in a list of all the characters that it would accept.
_IN_WORDS = re.compile(r"(?:expected|one of|,) ([A-Z]\w* [\w ]+)")
_NAMES_A_GRAPH = re.compile(r"\b(GRAPH|FROM)\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"(<[^<>\n]*>|\S+)\s*\Z")


class Store:
    """Triples in named graphs: to be asked, and not to be changed."""

    def __init__(
        self, graphs: Mapping[str, Iterable[Triple]], default: Iterable[Triple] | None = None
    ) -> None:
        """Take the named graphs, by IRI, and the default graph where it is not their union."""
        self._store = pyoxigraph.Store()
        self._to_name: dict[NamedNode, list[Triple] | list[Quad]] = {
            NamedNode(name): list(triples) for name, triples in graphs.items()
        }
        self._known_labels: dict[tuple[NamedNode, str], str] = {}
        self._names: list[NamedNode | BlankNode] = [*self._to_name]
        for triples in self._to_name.values() if default is None else [default]:
            self._add(triples, DefaultGraph())

    @staticmethod
    def of_spools(
        graphs: "Mapping[str, Spool]", folder: Path | None = None, *, with_names: bool = True
    ) -> "Store":
        """Give a store of graphs in memory or in a new folder; `GRAPH` finds those with names.

        Raises `StoreError` where there is no room for them.
        """
        from standpunkt.spool import fill  # noqa: PLC0415  a question of files needs none

        store = Store({})
        store._names = [*map(NamedNode, graphs)]
        try:
            store._store = pyoxigraph.Store(folder)
            fill(store._store, ((None, spool) for spool in graphs.values()))
            if with_names:
                fill(store._store, graphs.items())
            store._store.optimize()
        except OSError as error:
            raise StoreError(f"cannot write a store in {str(folder)!r}: {error}") from None
        return store

    @staticmethod
    def asserted(dossier: Dossier) -> "Store":
        """Give the store of what a dossier asserts: its ontology, articles and links.

        It is made once for a dossier. Raises `FileError` and `ParseError` as `turtle.read` does.
        """
        if dossier not in _ASSERTED:
            _ASSERTED[dossier] = Asserted(dossier)
        return _ASSERTED[dossier]

    def query(self, text: str) -> Result:
        """Run a SPARQL query; the prefixes of the registry need no declaration.

        Gives an `Answer` for SELECT, a `bool` for ASK, and for CONSTRUCT and DESCRIBE triples
        sorted by their N-Triples text. Raises `QueryError` for an update, for a query that would
        call another host, for a syntax error (as `line:column: ...`), and for an unknown function.
        """
        return whole(self.stream(text))

    def stream(self, text: str) -> Stream:
        """Run a SPARQL query as `query` does, and give what comes of it while it is computed.

        It is to be read in the thread that asked. To read on raises `QueryError`.
        """
        result = self.evaluate(text)
        if isinstance(result, QueryBoolean):
            return bool(result)
        if isinstance(result, QuerySolutions):
            columns = tuple(variable.value for variable in result.variables)
            return Rows(columns, _each(map(tuple, result)))
        return _each(plain(result))

    def evaluate(self, text: str, *, own_dataset: bool = False) -> Lazy:
        """Run a SPARQL query as `query` does, and give what comes of it while it is computed.

        With `own_dataset`, what the query says with `FROM` does not count. Raises what `query`
        does, as far as it shows before the first row; each later row may raise `RuntimeError`.
        """
        sparql.refuse(text)
        try:
            return self._evaluate(text, own_dataset=own_dataset)
        except SyntaxError as error:
            raise _in_short(error, text) from None
        except UnicodeEncodeError as error:
            raise QueryError(f"character {error.start + 1} of the query is not Unicode") from None
        except RuntimeError as error:
            raise QueryError(str(error)) from None

    def triples(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object_: Term | None = None,
    ) -> Iterator[Triple]:
        """Give the triples of the default graph that match, in no order; `None` matches all."""
        quads = self._store.quads_for_pattern(subject, predicate, object_, DefaultGraph())
        return (quad.triple for quad in quads)

    def size(self) -> int:
        """Count the triples of the default graph."""
        return counted(self._store, DefaultGraph())

    def label(self, iri: NamedNode, language: str) -> str | None:
        """Give what an IRI is called: its `rdfs:label`, else its `skos:prefLabel`.

        Prefers the language asked for, then the one whose tag comes first in the alphabet;
        `None` where there is no label at all.
        """
        if (iri, language) in self._known_labels:
            return self._known_labels[iri, language]
        for predicate in LABELS:
            labels = sorted(
                (term.language != language, term.language or "", term.value)
                for triple in self.triples(iri, predicate)
                if isinstance(term := triple.object, Literal)
            )
            if labels:
                self._known_labels[iri, language] = labels[0][2]
                return labels[0][2]
        return None

    def _evaluate(self, text: str, *, own_dataset: bool) -> Lazy:
        if names_a_graph(text):
            self._fill_named_graphs()
        if not own_dataset:
            return self._store.query(text, prefixes=PREFIXES)
        return self._store.query(
            text, prefixes=PREFIXES, default_graph=DefaultGraph(), named_graphs=self._names
        )

    def _fill_named_graphs(self) -> None:
        for graph, triples in self._to_name.items():
            self._add(triples, graph)
        self._to_name = {}

    def _add(self, triples: Iterable[Triple | Quad], graph: NamedNode | DefaultGraph) -> None:
        self._store.extend(
            Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples
        )


class Asserted(Store):
    """What a dossier asserts.

    The articles, which are most of it, go into the store without passing through Python. The other
    graphs, and articles that cannot go that way, are taken as they were parsed.
    """

    def __init__(self, dossier: Dossier) -> None:
        """Take the dossier."""
        super().__init__({})
        self._is_native = dossier.load(ARTICLES_GRAPH, self._store)
        if not self._is_native:
            self._store = pyoxigraph.Store()
        graphs = dossier.quads(*((ONTOLOGY_GRAPH, LINKS_GRAPH) if self._is_native else ASSERTED))
        self._names = [*map(NamedNode, ASSERTED)]
        self._to_name = {NamedNode(name): quads for name, quads in graphs.items()}
        # What no article states: all the rest of the default graph is the articles' graph.
        self._beside = [
            quad
            for quads in (graphs.values() if self._is_native else ())
            for quad in quads
            if quad not in self._store
        ]
        for quads in graphs.values():
            self._store.extend(quads)

    def _fill_named_graphs(self) -> None:
        if self._is_native:
            articles = NamedNode(ARTICLES_GRAPH)
            self._store.update(f"INSERT {{ GRAPH {articles} {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}")
            for subject, predicate, object_, _ in self._beside:
                self._store.remove(Quad(subject, predicate, object_, articles))
            self._is_native = False
        super()._fill_named_graphs()


def counted(store: pyoxigraph.Store, graph: NamedNode | DefaultGraph) -> int:
    """Count the triples of a graph in native code."""
    found = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", default_graph=graph)
    return sum(int(row[0].value) for row in cast("QuerySolutions", found))


def table(result: Lazy) -> bytes | None:
    """Give rows as the engine writes them, which makes no objects; `None` for what has no rows."""
    if isinstance(result, QuerySolutions):
        return result.serialize(format=QueryResultsFormat.TSV)
    return None


def whole(stream: Stream) -> Result:
    """Read a result to its end."""
    if isinstance(stream, bool):
        return stream
    if isinstance(stream, Rows):
        return Answer(stream.columns, list(stream.rows))
    return sorted(set(stream), key=str)


def names_a_graph(text: str) -> bool:
    """Say whether a query may name a graph; most do not, and need not wait for the named ones."""
    return _NAMES_A_GRAPH.search(text) is not None and sparql.names_a_graph(text)


def plain(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Give triples on; raises `QueryError` for triples about triples, which are RDF 1.2."""
    for triple in triples:
        if isinstance(triple.object, Triple):
            raise QueryError("the query gives triples about triples, which is RDF 1.2")
        yield triple


def _each(items: Iterable[Item]) -> Iterator[Item]:
    try:
        yield from items
    except RuntimeError as error:
        raise QueryError(str(error)) from None


_ASSERTED: WeakKeyDictionary[Dossier, Store] = WeakKeyDictionary()


def _in_short(error: SyntaxError, text: str) -> QueryError:
    """Say in one line what the parser says in ten."""
    found = _SYNTAX_ERROR.match(str(error))
    if found is None:
        return QueryError(str(error))
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    before = "\n".join([*lines[: line - 1], lines[line - 1][: column - 1]])
    last_word = _LAST_WORD.search(before)
    reason = _reason(found[3], last_word[1] if last_word else "")
    hint = "" if sparql.form(text) else "; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return QueryError(f"{line}:{column}: {reason}{hint}")


def _reason(expected: str, word: str) -> str:
    in_words = _IN_WORDS.search(expected)
    if not word:
        return "there is nothing"
    if in_words is None:
        return f"the query cannot go on like that after {word!r}"
    if in_words[1] == "Prefix not found":
        prefix = word.partition(":")[0]
        return f"the prefix of {word!r} is not declared{suggest(prefix, PREFIXES)}"
    if in_words[1] == "IRI parsing failed":
        return f"{word!r} is no absolute IRI"
    return in_words[1][0].lower() + in_words[1][1:]
