"""Faults of Virtuoso that the rules for SPARQL in CONTRIBUTING.md go round, as small as can be.

The same question stands here twice: as Virtuoso gets it wrong, and as the saved questions put it.
Where a newer version gets the first right, the test fails, and the rule can go. Two more faults
depend on the plan, and so on how much there is: where both ends of a path are known, rows may also
come several times or not at all, and so may those of two paths that meet.
"""

from collections.abc import Callable, Iterator

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, QueryResultsFormat, QuerySolutions, RdfFormat

from servers import Virtuoso

GRAPH = "urn:faults"
PREFIXES = "PREFIX ex: <https://example.org/>\n"
TURTLE = (
    PREFIXES
    + """
ex:a ex:p ex:b , ex:c . ex:b ex:p ex:d . ex:c ex:p ex:d . ex:k ex:p ex:d .
ex:s1 ex:says ex:a ; ex:by ex:x .
ex:s2 ex:says ex:a ; ex:by ex:x .
ex:s3 ex:says ex:b ; ex:by ex:y .
ex:s4 ex:says ex:z ; ex:by ex:y .
ex:s5 ex:denies ex:a ; ex:by ex:y .
ex:x ex:part 23 ; ex:whole 32 ; ex:note "note"@en , "Notiz"@de .
"""
)
FAULTS = {
    "a row for each way along a path": (
        "SELECT ?end WHERE { ex:a ex:p* ?end }",
        "SELECT DISTINCT ?end WHERE { ex:a ex:p* ?end }",
    ),
    "rows that are on no path where both ends of it are known": (
        """SELECT DISTINCT ?s WHERE {
          VALUES ?x { ex:c }
          ?x ex:p* ?y . ?first ex:says|ex:denies ?y . ?s ex:follows* ?first ; ex:by ?who
        }""",
        """SELECT DISTINCT ?s WHERE {
          VALUES ?x { ex:c }
          ?last ex:follows*/(ex:says|ex:denies)/^ex:p* ?x .
          BIND(COALESCE(?last) AS ?s) ?s ex:by ?who
        }""",
    ),
    "nothing for a parameter that is left open and meets a subquery": (
        """SELECT ?s ?who WHERE {
          VALUES ?who { UNDEF } { SELECT DISTINCT ?s ?who WHERE { ?s ex:by ?who } }
        }""",
        """SELECT ?s ?who WHERE {
          VALUES ?who { UNDEF } { SELECT DISTINCT ?s WHERE { ?s ex:by ?any } } ?s ex:by ?who
        }""",
    ),
    "no OPTIONAL where it reads a parameter from outside": (
        """SELECT ?s ?n WHERE {
          VALUES ?language { "en" }
          ?s ex:whole ?w OPTIONAL { ?s ex:note ?n FILTER(LANG(?n) = ?language) }
        }""",
        """SELECT ?s ?n WHERE {
          ?s ex:whole ?w
          OPTIONAL {
            ?s ex:note ?n OPTIONAL { VALUES ?language { "en" } } FILTER(LANG(?n) = ?language)
          }
        }""",
    ),
    "an integer from the division of two": (
        "SELECT (ROUND(100 * ?p / ?w) = 72 AS ?is) WHERE { ?x ex:part ?p ; ex:whole ?w }",
        "SELECT (ROUND(100.0 * ?p / ?w) = 72 AS ?is) WHERE { ?x ex:part ?p ; ex:whole ?w }",
    ),
}

# The rows in an order that does not depend on the engine.
Rows = list[list[str]]


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Rows]]:
    """Give a way to ask Virtuoso."""
    server = Virtuoso(tmp_path_factory.mktemp("virtuoso") / "server")
    server.put(GRAPH, TURTLE)

    def ask(query: str) -> Rows:
        body = server.query(
            PREFIXES + query, "application/sparql-results+json", **{"default-graph-uri": GRAPH}
        )
        return rows(pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON))

    yield ask
    server.stop()


def rows(solutions: object) -> Rows:
    """Write the rows of a SELECT; a truth is 1 in Virtuoso."""
    assert isinstance(solutions, QuerySolutions)
    texts = [
        ["" if term is None else getattr(term, "value", "") for term in row] for row in solutions
    ]
    return sorted([{"true": "1", "false": "0"}.get(text, text) for text in row] for row in texts)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_can_be_asked_otherwise(fault: str, virtuoso: Callable[[str], Rows]) -> None:
    """Both forms mean the same; Virtuoso errs in the first, and not in the second."""
    store = pyoxigraph.Store()
    store.load(TURTLE.encode(), format=RdfFormat.TURTLE, to_graph=DefaultGraph())
    wrong, right = FAULTS[fault]
    here = rows(store.query(PREFIXES + right))
    assert sorted(map(list, {tuple(row) for row in rows(store.query(PREFIXES + wrong))})) == here
    assert virtuoso(wrong) != here
    assert virtuoso(right) == here
