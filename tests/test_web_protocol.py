"""The endpoint speaks the SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/.

Each test names the section of the recommendation whose clause it holds the endpoint to.
"""

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from starlette.testclient import TestClient

from standpunkt import Dossier
from standpunkt.answer import Answer
from standpunkt.namespaces import GRAPH, ID, PREFIXES
from standpunkt.store import Store
from standpunkt.web.app import create_app
from standpunkt.web.limits import Limits

ASSERTED = Store.asserted(Dossier.shipped())
LAWS = "SELECT ?law WHERE { ?law a spk:Law } ORDER BY ?law"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
DECLARATION = f"PREFIX spk: <{PREFIXES['spk']}>\n"
ARTICLES, LINKS, ONTOLOGY = (GRAPH + name for name in ("articles", "links", "ontology"))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a client of the shipped dossier's server."""
    with TestClient(create_app(Dossier.shipped(), limits=Limits(workers=1))) as client:
        yield client


def laws() -> list[str]:
    """List the IRIs that `LAWS` finds, as the library finds them."""
    answer = ASSERTED.query(LAWS)
    assert isinstance(answer, Answer)
    return [str(row["law"]) for row in answer.dicts()]


def found(body: bytes) -> list[str]:
    """List the values of the first column of results in JSON."""
    rows = json.loads(body)["results"]["bindings"]
    return [next(iter(row.values()))["value"] for row in rows]


def number(client: TestClient, query: str, **parameters: str | list[str]) -> int:
    """Give the number that a query counts."""
    response = client.get("/sparql", params={"query": query, **parameters})
    assert response.status_code == 200, response.text
    return int(found(response.content)[0])


def test_2_1_1_a_query_comes_by_get(client: TestClient) -> None:
    """2.1.1: the query string has the percent-encoded parameter `query`; there is no body."""
    response = client.get(f"/sparql?query={quote(LAWS, safe='')}")
    assert response.status_code == 200
    assert found(response.content) == laws()


def test_2_1_1_a_plus_is_a_space(client: TestClient) -> None:
    """2.1.1: parameters may be encoded as forms encode them."""
    assert found(client.get("/sparql?" + urlencode({"query": LAWS})).content) == laws()


def test_2_1_2_a_query_comes_by_post_with_encoded_parameters(client: TestClient) -> None:
    """2.1.2: the body of a form has the parameters, under its content type."""
    response = client.post("/sparql", content=urlencode({"query": LAWS}), headers=FORM)
    assert response.status_code == 200
    assert found(response.content) == laws()


def test_2_1_2_a_form_has_a_charset_or_none(client: TestClient) -> None:
    """2.1.2: the media type counts, in any case and with the charset that browsers send."""
    kinds = (f"{FORM['Content-Type']}; charset=UTF-8", FORM["Content-Type"].upper())
    for kind in kinds:
        response = client.post(
            "/sparql", content=urlencode({"query": LAWS}), headers={"Content-Type": kind}
        )
        assert found(response.content) == laws()


def test_2_1_2_the_graphs_of_a_form_are_in_its_body(client: TestClient) -> None:
    """2.1.2: of a form all parameters are in the body, the dataset too."""
    body = urlencode({"query": COUNT, "default-graph-uri": LINKS})
    in_body = client.post("/sparql", content=body, headers=FORM)
    assert int(found(in_body.content)[0]) == len(Dossier.shipped().graphs(LINKS)[LINKS])


def test_2_1_3_a_query_comes_by_post_directly(client: TestClient) -> None:
    """2.1.3: the body is the query itself, under `application/sparql-query`."""
    response = client.post("/sparql", content=LAWS, headers=DIRECT)
    assert response.status_code == 200
    assert found(response.content) == laws()


def test_2_1_3_a_direct_query_is_in_utf_8(client: TestClient) -> None:
    """2.1.3: the text of a direct query is UTF-8; another charset is refused, and other bytes."""
    ask = 'ASK { BIND("ü" AS ?u) FILTER(STRLEN(?u) = 1) }'
    said = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    assert client.post("/sparql", content=ask.encode(), headers=said).json()["boolean"] is True
    other = {"Content-Type": "application/sparql-query; charset=ISO-8859-1"}
    assert client.post("/sparql", content=ask.encode(), headers=other).status_code == 415
    response = client.post("/sparql", content=ask.encode("latin-1"), headers=DIRECT)
    assert (response.status_code, response.text) == (
        400,
        "the request is not in UTF-8: see byte 12\n",
    )


def test_2_1_3_the_graphs_of_a_direct_query_are_in_the_address(client: TestClient) -> None:
    """2.1.3: what is not the query is a parameter of the query string."""
    path = "/sparql?" + urlencode({"default-graph-uri": LINKS})
    response = client.post(path, content=COUNT, headers=DIRECT)
    assert int(found(response.content)[0]) == len(Dossier.shipped().graphs(LINKS)[LINKS])


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/json", "application/sparql-update", ""]
)
def test_2_1_other_bodies_are_refused(client: TestClient, kind: str) -> None:
    """2.1: a query comes in three ways; another type of body is 415, and what is taken is said."""
    response = client.post("/sparql", content=LAWS, headers={"Content-Type": kind})
    assert response.status_code == 415
    assert "application/sparql-query" in response.headers["Accept-Post"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_2_1_other_methods_are_refused(client: TestClient, method: str) -> None:
    """2.1: a query comes by GET or POST; another method is 405, and `Allow` says which are none."""
    response = client.request(method, "/sparql", params={"query": LAWS})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    "path", [f"/sparql?query={quote(LAWS)}&query={quote(LAWS)}", "/sparql?default-graph-uri=x"]
)
def test_2_1_there_is_exactly_one_query(client: TestClient, path: str) -> None:
    """2.1: `query` is there exactly once."""
    assert client.get(path).status_code == 400


def test_2_1_a_form_has_a_query(client: TestClient) -> None:
    """2.1: a form without one is refused; a POST never asks for the description."""
    response = client.post("/sparql", content="", headers=FORM)
    assert (response.status_code, response.text) == (400, "there is no parameter 'query'\n")


def test_2_1_a_direct_query_is_not_in_the_address_as_well(client: TestClient) -> None:
    """2.1.3: where the body is the query, the address has none."""
    path = "/sparql?" + urlencode({"query": LAWS})
    assert client.post(path, content=LAWS, headers=DIRECT).status_code == 400


def test_2_1_4_a_default_graph_is_chosen(client: TestClient) -> None:
    """2.1.4: `default-graph-uri` names the default graph."""
    graphs = Dossier.shipped().graphs()
    assert number(client, COUNT, **{"default-graph-uri": ARTICLES}) == len(set(graphs[ARTICLES]))


def test_2_1_4_default_graphs_are_merged(client: TestClient) -> None:
    """2.1.4: of several the merge is taken, in which a triple that both have counts once."""
    graphs = Dossier.shipped().graphs()
    both = {*graphs[ARTICLES], *graphs[LINKS]}
    assert number(client, COUNT, **{"default-graph-uri": [ARTICLES, LINKS]}) == len(both)
    assert number(client, COUNT, **{"default-graph-uri": [LINKS, LINKS]}) == len(graphs[LINKS])


def test_2_1_4_named_graphs_are_chosen(client: TestClient) -> None:
    """2.1.4: `named-graph-uri` names what `GRAPH` finds; the default graph is then empty."""
    query = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(client, query, **{"named-graph-uri": [ARTICLES, LINKS]}) == 2
    assert number(client, query, **{"default-graph-uri": ARTICLES}) == 0
    assert number(client, COUNT, **{"named-graph-uri": ARTICLES}) == 0


def test_2_1_4_the_dataset_of_the_request_wins(client: TestClient) -> None:
    """2.1.4: where request and query both describe a dataset, that of the request is taken."""
    query = COUNT.replace("WHERE", "FROM graph:ontology FROM NAMED graph:links WHERE")
    graphs = Dossier.shipped().graphs()
    assert number(client, query, **{"default-graph-uri": LINKS}) == len(graphs[LINKS])
    named = "SELECT (COUNT(*) AS ?n) FROM NAMED graph:links WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(client, named, **{"named-graph-uri": ARTICLES}) == len(graphs[ARTICLES])


def test_2_1_4_the_query_describes_its_dataset(client: TestClient) -> None:
    """2.1.4: without graphs in the request those of the query count, merged likewise."""
    query = "SELECT (COUNT(*) AS ?n) FROM graph:links FROM {} WHERE {{ ?s ?p ?o }}"
    graphs = Dossier.shipped().graphs()
    assert number(client, query.format("graph:links")) == len(graphs[LINKS])
    both = {*graphs[ARTICLES], *graphs[LINKS]}
    assert number(client, query.format(f"<{ARTICLES}>")) == len(both)


def test_2_1_4_without_a_dataset_the_service_chooses(client: TestClient) -> None:
    """2.1.4: this service then asks what is asserted, and has all graphs by name."""
    asserted = {
        t
        for triples in Dossier.shipped().graphs(ARTICLES, LINKS, ONTOLOGY).values()
        for t in triples
    }
    assert number(client, COUNT) == len(asserted)
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    names = ["articles", "inferred", "links", "metadata", "ontology", "queries", "shapes"]
    body = client.get("/sparql", params={"query": query}).content
    assert found(body) == [GRAPH + name for name in names]


def test_2_1_4_a_graph_that_is_not_here_is_refused(client: TestClient) -> None:
    """2.1.4: a service may refuse a dataset; this one fetches no graph, and says what it has."""
    parameters = {"query": COUNT, "default-graph-uri": GRAPH + "article"}
    response = client.get("/sparql", params=parameters)
    assert response.status_code == 400
    assert response.text.startswith(
        f"there is no graph '{GRAPH}article' here; did you mean '{ARTICLES}'"
    )


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
def test_2_1_6_rows_come_in_the_formats_of_sparql(
    client: TestClient, accept: str, kind: QueryResultsFormat
) -> None:
    """2.1.5, 2.1.6: the rows of a SELECT come in the format that the client accepts."""
    response = client.get("/sparql", params={"query": LAWS}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == accept
    assert _read(response.content, kind) == [f"<{iri}>" for iri in laws()]


def _read(result: bytes, kind: QueryResultsFormat) -> list[str]:
    # In a function of its own: the engine's rows may not outlive the thread that they are of.
    solutions = parse_query_results(result, format=kind)
    assert isinstance(solutions, QuerySolutions)
    return [str(row["law"]) for row in solutions]


def test_2_1_6_rows_come_as_csv(client: TestClient) -> None:
    """2.1.5, 2.1.6: CSV ends its lines as its recommendation has it."""
    response = client.get("/sparql", params={"query": LAWS}, headers={"Accept": "text/csv"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.text == "".join(f"{line}\r\n" for line in ["law", *laws()])


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("application/sparql-results+json", '{"head":{},"boolean":true}'),
        (
            "application/sparql-results+xml",
            (
                '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
                "<head></head><boolean>true</boolean></sparql>"
            ),
        ),
        ("text/csv", "true"),
        ("text/tab-separated-values", "true"),
    ],
)
def test_2_1_6_a_verdict_comes_in_the_formats_of_sparql(
    client: TestClient, accept: str, body: str
) -> None:
    """2.1.6: so does the verdict of an ASK."""
    parameters = {"query": "ASK { ?law a spk:Law }"}
    response = client.get("/sparql", params=parameters, headers={"Accept": accept})
    assert response.text.strip() == body


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/trig", RdfFormat.TRIG),
        ("application/n-quads", RdfFormat.N_QUADS),
        ("text/n3", RdfFormat.N3),
    ],
)
@pytest.mark.parametrize("query", ["DESCRIBE id:org-nato", "CONSTRUCT WHERE { id:org-nato ?p ?o }"])
def test_2_1_6_triples_come_in_the_formats_of_rdf(
    client: TestClient, query: str, accept: str, kind: RdfFormat
) -> None:
    """2.1.6: the triples of CONSTRUCT and DESCRIBE come in the syntax that the client accepts."""
    response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == accept
    triples = {quad.triple for quad in parse(response.content, format=kind)}
    assert triples == set(ASSERTED.query(query))  # type: ignore[arg-type]
    assert triples


def test_2_1_5_what_nobody_can_give_is_refused(client: TestClient) -> None:
    """2.1.5: a client that takes nothing of what there is gets 406, and is told what there is."""
    response = client.get("/sparql", params={"query": LAWS}, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "application/sparql-results+json" in response.text
    turtle = client.get("/sparql", params={"query": LAWS}, headers={"Accept": "text/turtle"})
    assert turtle.status_code == 406


def test_2_1_7_a_text_that_is_no_query_is_400(client: TestClient) -> None:
    """2.1.7: 400 where the text is not in the language; the body says where and why."""
    response = client.get("/sparql", params={"query": "SELECT ?x\nWHERE { ?x foo:bar ?y }"})
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("2:19: the prefix of 'foo:bar' is not declared")


def test_2_1_7_an_empty_query_is_400(client: TestClient) -> None:
    """2.1.7: an empty text is no query, and not a request for the description."""
    assert client.get("/sparql?query=").status_code == 400
    assert client.get("/sparql?query=%ff").status_code == 400


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://x/a> <http://x/b> 1 }",
        "DROP ALL",
        "LOAD <http://127.0.0.1:9/x>",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
    ],
)
def test_2_2_and_4_nothing_is_changed_or_called(client: TestClient, text: str) -> None:
    """2.2, 4: there is no update operation, and a query reaches no other host."""
    for response in (
        client.get("/sparql", params={"query": text}),
        client.post("/sparql", content=text, headers=DIRECT),
    ):
        assert response.status_code == 400
        assert "is not allowed" in response.text


def test_2_2_there_is_no_update_operation(client: TestClient) -> None:
    """2.2: an update by form is refused, and says that this endpoint changes nothing."""
    response = client.post("/sparql", content=urlencode({"update": "DROP ALL"}), headers=FORM)
    assert (response.status_code, response.text) == (
        400,
        "this endpoint takes queries; it changes nothing\n",
    )


def test_2_1_6_a_success_is_200(client: TestClient) -> None:
    """2.1.6: an answer of 2xx is the whole result, also one without rows, triples or a yes."""
    for query, kind in (
        ("SELECT ?x WHERE { ?x a spk:Nothing }", "application/sparql-results+json"),
        ("ASK { ?x a spk:Nothing }", "application/sparql-results+json"),
        ("CONSTRUCT WHERE { ?x a spk:Nothing }", "text/turtle"),
    ):
        response = client.get("/sparql", params={"query": query})
        assert response.status_code == 200
        assert response.headers["Content-Type"].partition(";")[0] == kind


def test_2_1_7_a_query_that_is_refused_says_why(client: TestClient) -> None:
    """2.1.7: the body of a failure is a text for people, in the form that they accept."""
    for accept, kind in (("*/*", "text/plain"), ("text/html", "text/html")):
        response = client.get("/sparql", params={"query": "ASK"}, headers={"Accept": accept})
        assert response.status_code == 400
        assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_3_1_a_long_query_comes_by_post(client: TestClient) -> None:
    """3.1: a query that is too long for addresses is sent as a body, in either way."""
    query = f"{LAWS} # {'x' * 15_000}"
    assert found(client.post("/sparql", content=query, headers=DIRECT).content) == laws()
    form = client.post("/sparql", content=urlencode({"query": query}), headers=FORM)
    assert found(form.content) == laws()


@pytest.mark.parametrize("word", ["Grönland", "\u98df\u3079\u7269", "\U0001f426"])
def test_3_1_a_query_has_characters_of_any_script(client: TestClient, word: str) -> None:
    """3.1: percent-encoded UTF-8 in an address, and UTF-8 in a body, are what was meant."""
    query = f'SELECT ?word WHERE {{ BIND("{word}" AS ?word) }}'
    for response in (
        client.get(f"/sparql?query={quote(query, safe='')}"),
        client.post("/sparql", content=urlencode({"query": query}), headers=FORM),
        client.post("/sparql", content=query.encode(), headers=DIRECT),
    ):
        assert found(response.content) == [word]


def test_3_1_the_examples_of_the_recommendation_work(client: TestClient) -> None:
    """3.1: parameters that the protocol does not know are no mistake."""
    response = client.get("/sparql", params={"query": DECLARATION + LAWS, "other": ID})
    assert found(response.content) == laws()
