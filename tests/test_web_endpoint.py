"""What the endpoint does beyond the protocol: bounds, caching, descriptions, names, headers."""

import gzip
import json
import logging
from collections.abc import AsyncGenerator, Callable, Hashable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.testclient import TestClient

from standpunkt import Dossier, exporting
from standpunkt.namespaces import GRAPH, ID, PREFIXES, RDF, SPK
from standpunkt.store import Store
from standpunkt.web import negotiation
from standpunkt.web.app import checked_address, create_app
from standpunkt.web.limits import Limits
from standpunkt.web.pool import Asked, Pool
from standpunkt.web.remembered import Answer as Remembered_
from standpunkt.web.remembered import Remembered

LAWS = "SELECT ?law WHERE { ?law a spk:Law } ORDER BY ?law"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = PREFIXES["void"]
MEGABYTE = 1 << 20
ADDRESS = "https://example.org/standpunkt"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a client of the shipped dossier's server, which has small bounds."""
    limits = Limits(
        timeout=3, workers=1, memory=600 * MEGABYTE, result=MEGABYTE, query=8000, body=24_000
    )
    with TestClient(create_app(Dossier.shipped(), limits=limits)) as client:
        for _ in range(30):  # on a busy machine its worker needs longer to start than a query has
            if client.get("/sparql?query=ASK%7B%7D").status_code == 200:
                break
        yield client


def triples(body: str, kind: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    """Read the triples of a document."""
    return {quad.triple for quad in parse(body, format=kind)}


# --- Negotiation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "picked"),
    [
        (None, "a/x"),
        ("", "a/x"),
        ("*/*", "a/x"),
        ("a/y", "a/y"),
        ("A/Y", "a/y"),
        ("a/*", "a/x"),
        ("b/*", "b/z"),
        ("a/x;q=0.1, b/z;q=0.2", "b/z"),
        ("a/*;q=0.1, a/y;q=0", "a/x"),
        ("*/*, a/x;q=0", "a/y"),
        ("a/y;charset=utf-8;q=0.9, a/x;q=0.8", "a/y"),
        ("a/x;q=2, b/z", "b/z"),
        ("a/x;q=nan, b/z;q=0.1", "b/z"),
        ("a/x;q=0", None),
        ("c/*", None),
        (";;;,,q=1", None),
    ],
)
def test_accept_is_read_as_http_has_it(accept: str | None, picked: str | None) -> None:
    """Weights count, the most specific range decides, nonsense is left out: RFC 9110, 12.5.1."""
    assert negotiation.media_type(accept, ["a/x", "a/y", "b/z"]) == picked


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
    ],
)
def test_format_goes_before_accept(client: TestClient, name: str, content_type: str) -> None:
    """A link names a format by `?format=`, also to a browser; a bare `+` in it is no mistake."""
    path = f"/sparql?query={quote(LAWS)}&format={name}"
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.headers["Content-Type"] == content_type


def test_an_unknown_format_is_a_mistake(client: TestClient) -> None:
    """A format that nobody knows is 400 with what is near, one of other answers is 406."""
    unknown = client.get("/sparql", params={"query": LAWS, "format": "turtel"})
    assert unknown.status_code == 400
    assert unknown.text.startswith("unknown format 'turtel'; did you mean 'turtle'")
    assert client.get("/sparql", params={"query": LAWS, "format": "ttl"}).status_code == 406


def test_a_form_names_its_format_in_the_body(client: TestClient) -> None:
    """The parameters of a form are in its body, and `format` is one of them."""
    body = urlencode({"query": LAWS, "format": "csv"})
    response = client.post("/sparql", content=body, headers=FORM)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_turtle_declares_the_prefixes_that_it_uses(client: TestClient) -> None:
    """Triples are written with the prefixes of the registry, as far as they are needed."""
    text = client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?law a spk:Law }"}).text
    declared = {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")}
    assert declared == {"id:", "rdf:", "spk:"}


@given(
    query=st.text(max_size=60) | st.text("SELECT{}?s.<>'\"# ", max_size=60),
    accept=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    form=st.sampled_from(["", "csv", "ttl", "application/ld+json"]) | st.text(max_size=10),
    graph=st.sampled_from(["", "urn:x", GRAPH + "links"]),
)
@settings(max_examples=100)
def test_no_request_is_a_bug(
    client: TestClient, query: str, accept: str, form: str, graph: str
) -> None:
    """Whatever a client sends, the answer is a result or says what is wrong with the request."""
    parameters = {"query": query, "format": form} | ({"default-graph-uri": graph} if graph else {})
    response = client.get("/sparql", params=parameters, headers={"Accept": accept})
    assert response.status_code in {200, 400, 406}
    assert response.text


# --- Bounds --------------------------------------------------------------------------------------


def test_a_query_that_takes_too_long_is_504(client: TestClient) -> None:
    """The engine cannot be stopped, its process can: 504 with a sentence, and it goes on."""
    response = client.get("/sparql", params={"query": ENDLESS})
    assert (response.status_code, response.text) == (504, "the query takes more than 3 seconds\n")
    assert client.get("/sparql", params={"query": LAWS}).status_code == 200


def test_a_query_that_nests_too_deeply_is_400() -> None:
    """A query that overflows the engine's stack ends a worker and nothing else."""
    limits = Limits(workers=1)
    with TestClient(create_app(Dossier.shipped(), limits=limits)) as patient:
        for _ in range(2):
            query = "SELECT * WHERE {" + "{" * 9000 + "}" * 9000 + "}"
            response = patient.get("/sparql", params={"query": query})
            assert (response.status_code, response.text) == (
                400,
                "the query is nested too deeply\n",
            )
        assert patient.get("/sparql", params={"query": LAWS}).status_code == 200


def test_a_query_that_needs_too_much_memory_is_400() -> None:
    """A query that sorts billions of rows ends a worker before it ends the machine."""
    pytest.importorskip("resource", reason="bounds on memory are a thing of Unix")
    limits = Limits(workers=1, memory=300 * MEGABYTE)
    with TestClient(create_app(Dossier.shipped(), limits=limits)) as small:
        response = small.get("/sparql", params={"query": f"{LARGE} ORDER BY ?f ?a"})
        assert response.status_code == 400
        assert response.text == "the query needs more memory than the 300 MB it may have\n"
        assert small.get("/sparql", params={"query": LAWS}).status_code == 200


def test_a_query_that_is_too_long_is_refused(client: TestClient) -> None:
    """The bound is 414 for an address and 413 for a body."""
    long = {"query": f"{LAWS} # {'x' * 8000}"}
    assert client.get("/sparql", params=long).status_code == 414
    assert client.post("/sparql", content=urlencode(long), headers=FORM).status_code == 413


def test_a_body_that_is_too_large_is_413(client: TestClient) -> None:
    """A body is read to its bound and no further, whatever it is."""
    response = client.post("/sparql", content=b"x" * 25_000, headers={"Content-Type": "image/png"})
    assert response.status_code == 413
    assert response.headers["Connection"] == "close"


def test_too_many_parameters_are_400(client: TestClient) -> None:
    """A flood of parameters is refused before it is sorted."""
    assert client.get("/sparql?" + "&".join(["a=1"] * 101)).status_code == 400


def test_a_page_shows_no_result_that_is_too_large(client: TestClient) -> None:
    """Nothing of a result has been sent when it is for a page: the reader is told to ask less."""
    response = client.get("/sparql", params={"query": LARGE}, headers={"Accept": BROWSER})
    assert response.status_code == 400
    assert "LIMIT" in response.text


# --- Caching -------------------------------------------------------------------------------------


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    """Who has the answer of this query on these graphs in this format gets 304."""
    first = client.get("/sparql", params={"query": LAWS})
    tag = first.headers["ETag"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = client.get("/sparql", params={"query": LAWS}, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == tag
    assert first.headers["Cache-Control"] == "no-cache"


def test_another_answer_has_another_tag(client: TestClient, dossier: Dossier) -> None:
    """The tag tells apart queries, formats, datasets and dossiers."""

    def tag(client: TestClient, **parameters: str) -> str:
        return client.get("/sparql", params={"query": LAWS, **parameters}).headers["ETag"]

    with TestClient(create_app(dossier, limits=Limits(workers=1))) as other:
        tags = [
            tag(client),
            tag(client, format="csv"),
            tag(client, query=f"{LAWS} LIMIT 1"),
            tag(client, **{"default-graph-uri": GRAPH + "links"}),
            tag(other),
        ]
    assert len(set(tags)) == len(tags)


def test_an_answer_that_changes_has_no_tag(client: TestClient) -> None:
    """NOW() and RAND() have another value each time; a word in a string is none of them."""
    changing = client.get("/sparql", params={"query": "SELECT (now() AS ?t) WHERE {}"})
    assert "ETag" not in changing.headers
    same = client.get("/sparql", params={"query": 'SELECT ("now() RAND()" AS ?t) WHERE {}'})
    assert "ETag" in same.headers
    posted = client.post("/sparql", content=urlencode({"query": LAWS}), headers=FORM)
    assert "ETag" not in posted.headers


def test_caches_are_told_what_an_answer_depends_on(client: TestClient) -> None:
    """`Vary` names the headers that decided, also on an error and on a document."""
    for path in (f"/sparql?query={quote(LAWS)}", "/sparql?query=x", "/id/org-nato", "/sparql"):
        assert "Accept" in client.get(path).headers["Vary"].split(", ")


def test_large_answers_are_compressed(client: TestClient) -> None:
    """A client that takes gzip gets it."""
    parameters = {"query": "SELECT * WHERE { ?s ?p ?o } LIMIT 3000"}
    with client.stream("GET", "/sparql", params=parameters) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    plain = client.get("/sparql", params=parameters, headers={"Accept-Encoding": "identity"})
    assert len(json.loads(plain.content)["results"]["bindings"]) == 3000
    assert json.loads(gzip.decompress(raw)) == plain.json()


@pytest.mark.parametrize("path", ["/", "/id/org-nato", "/search?q=nato", "/static/standpunkt.css"])
def test_an_unchanged_page_is_not_sent_again(client: TestClient, path: str) -> None:
    """A page has a tag, the same each time, and who has the page gets 304 without a body."""
    first = client.get(path, headers={"Accept": BROWSER})
    assert first.status_code == 200
    tag = first.headers["ETag"]
    second = client.get(path, headers={"Accept": BROWSER})
    assert (second.content, second.headers) == (first.content, first.headers)
    known = {"Accept": BROWSER, "If-None-Match": tag}
    again = client.get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    head = client.head(path, headers={"Accept": BROWSER})
    assert (head.status_code, head.content, head.headers) == (200, b"", first.headers)


def test_what_is_remembered_is_what_was_asked_for(client: TestClient) -> None:
    """Language, form and compression of a page are those of the request, in any order of them."""
    asked = [
        {"Accept": accept, "Accept-Language": language, "Accept-Encoding": encoding}
        for accept in (BROWSER, "text/turtle")
        for language in ("de", "en")
        for encoding in ("gzip", "identity")
    ]
    for headers in (*asked, *reversed(asked)):
        response = client.get("/id/org-nato", headers=headers)
        is_page = headers["Accept"] == BROWSER
        assert response.headers["Content-Type"].startswith("text/html") == is_page
        assert response.headers.get("Content-Language") == (
            headers["Accept-Language"] if is_page else None
        )
        compressed = response.headers.get("Content-Encoding") == "gzip"
        assert compressed == (headers["Accept-Encoding"] == "gzip")


def test_a_part_of_a_file_is_a_part(client: TestClient) -> None:
    """A range of a file is not taken for the file, nor the file for a range."""
    path = "/static/standpunkt.css"
    for _ in range(2):
        whole = client.get(path)
        part = client.get(path, headers={"Range": "bytes=0-9", "Accept-Encoding": "identity"})
        assert (part.status_code, part.content) == (206, whole.content[:10])


def test_a_result_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks again gets what was asked before, and no worker runs; a POST and NOW() are new."""
    runs: list[str] = []
    answer = Pool.answer

    def noting(self: Pool, asked: Asked) -> AsyncGenerator[tuple[bytes, bool]]:
        runs.append(asked.text)
        return answer(self, asked)

    monkeypatch.setattr(Pool, "answer", noting)
    with TestClient(create_app(Dossier.shipped(), limits=Limits(workers=1))) as client:

        def times(query: str, accept: str = "*/*") -> int:
            before = len(runs)
            headers = {"Accept": accept, "Accept-Encoding": "identity"}
            asked = {"params": {"query": query}, "headers": headers}
            first, second = (client.get("/sparql", **asked) for _ in range(2))  # type: ignore[arg-type]
            assert (second.content, second.status_code) == (first.content, 200)
            assert second.headers["Content-Type"] == first.headers["Content-Type"]
            head = client.head("/sparql", **asked)  # type: ignore[arg-type]
            assert (head.content, head.headers.get("ETag")) == (b"", first.headers.get("ETag"))
            return len(runs) - before

        assert times(LAWS) == 1
        assert times(LAWS, "text/csv") == 1
        assert times(LAWS, "text/tab-separated-values") == 1
        assert times(f"{LAWS} # {{now()}}") == 1
        client.post("/sparql", content=urlencode({"query": LAWS}), headers=FORM)
        assert len(runs) == 5
        assert times("SELECT (STRLEN(STR(NOW())) * 0 AS ?n) WHERE {}") == 3
        assert times("SELECT * WHERE { ?s ?p ?o . ?s a ?c }") == 3  # it is too large


def test_what_is_remembered_is_bounded(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many pages the last are kept, within the room that there is."""
    monkeypatch.setattr("standpunkt.web.remembered._ROOM", 20_000)
    kept: list[Remembered] = []
    monkeypatch.setattr(Remembered, "keep", _noting(Remembered.keep, kept))
    with TestClient(create_app(dossier, limits=Limits(workers=1))) as small:
        for number in range(20):
            page = small.get("/search", params={"q": f"x{number}"}, headers={"Accept": BROWSER})
            assert f"x{number}" in page.text
    remembered = kept[-1]
    answers = remembered._known.values()  # noqa: SLF001  there is no other way to see it
    assert 0 < sum(len(answer.body) for answer in answers) <= 20_000


def _noting(
    keep: Callable[[Remembered, Hashable, Remembered_], None], kept: list[Remembered]
) -> Callable[[Remembered, Hashable, Remembered_], None]:
    def noting(self: Remembered, key: Hashable, answer: Remembered_) -> None:
        kept.append(self)
        keep(self, key, answer)

    return noting


def test_head_is_get_without_the_body(client: TestClient) -> None:
    """HEAD has the status and the headers of GET."""
    for path in (f"/sparql?query={quote(LAWS)}", "/sparql", "/id/org-nato", "/.well-known/void"):
        get, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers["ETag"] == get.headers["ETag"]
        assert head.headers["Content-Type"] == get.headers["Content-Type"]
    assert client.head("/sparql?query=x").status_code == 400


# --- Other hosts and browsers --------------------------------------------------------------------


def test_scripts_of_other_sites_may_ask(client: TestClient) -> None:
    """CORS: every answer may be read, also an error, and a preflight is answered anywhere."""
    for path in (f"/sparql?query={quote(LAWS)}", "/sparql?query=x", "/id/org-nato", "/nowhere"):
        headers = client.get(path, headers={"Origin": "https://example.org"}).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    preflight = client.options("/sparql", headers=asked)
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]


def test_an_operator_may_forbid_it(dossier: Dossier) -> None:
    """Without CORS no answer has its headers, and a preflight is an OPTIONS like any other."""
    app = create_app(dossier, limits=Limits(workers=1), cors=False)
    with TestClient(app) as client:
        asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
        for response in (client.options("/sparql", headers=asked), client.get("/sparql")):
            assert not [name for name in response.headers if name.startswith("access-control")]


def test_options_says_what_there_is(client: TestClient) -> None:
    """OPTIONS without a preflight names methods and types of bodies."""
    response = client.options("/sparql")
    assert response.status_code == 204
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "application/sparql-query" in response.headers["Accept-Post"]


@pytest.mark.parametrize(
    "path",
    ["/", "/sparql", "/sparql?query=x", "/id/org-nato", "/static/standpunkt.css", "/no", "/health"],
)
@pytest.mark.parametrize("accept", ["*/*", BROWSER])
def test_every_answer_has_the_headers_of_safety(client: TestClient, path: str, accept: str) -> None:
    """No script or style of elsewhere or inline, no frame, no sniffing, no referrer, no cookie."""
    headers = client.get(path, headers={"Accept": accept}).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


def test_a_bug_is_500_without_its_traceback(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug of ours has its headers too, and tells the client nothing of the inside."""
    app = create_app(dossier, limits=Limits(workers=1))
    with TestClient(app, raise_server_exceptions=False) as client:
        monkeypatch.setattr("standpunkt.web.endpoint.description", lambda _: 1 / 0)
        response = client.get("/sparql")
    assert response.status_code == 500
    assert response.text == "the server has a bug; its operator finds the traceback in the log\n"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_bug_of_a_worker_is_500_and_logged(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A traceback in a worker goes to the operator; the worker goes on."""
    monkeypatch.setattr("standpunkt.web.pool.Asked.in_json", lambda _: b"{}")
    with caplog.at_level(logging.ERROR, logger="standpunkt"):
        response = client.get("/sparql", params={"query": f"{LAWS} # unheard of"})
    assert response.status_code == 500
    assert "KeyError" in caplog.text
    assert "KeyError" not in response.text
    monkeypatch.undo()
    assert client.get("/sparql", params={"query": LAWS}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example/x", "[", "a b", ""])
@pytest.mark.parametrize("path", ["/sparql", "/sparql/", "/id/org-nato", "/static", "/ns/"])
def test_the_host_of_a_request_is_used_for_nothing(
    client: TestClient, path: str, host: str
) -> None:
    """Neither a redirect nor a document repeats the `Host` that a client sends."""
    response = client.get(path, headers={"Host": host}, follow_redirects=False)
    assert response.status_code in {200, 404}
    assert "evil" not in response.text + str(response.headers)
    assert "Location" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2fetc/passwd",
        "/static/..%5capp.py",
        "/static/%00",
        "/id/..%2f..%2fpyproject.toml",
        "/graph/..%2fontology",
        "/id/%0d%0aX-Injected:%20yes",
        "/id/%ff",
        "/id/%3Cscript%3E",
    ],
)
def test_paths_lead_nowhere_else(client: TestClient, path: str) -> None:
    """A path never reaches a file that is not served, and never becomes a header."""
    for accept in ("*/*", BROWSER):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 404
        assert "X-Injected" not in response.headers
        assert "<script>" not in response.text or "text/plain" in response.headers["Content-Type"]


# --- Descriptions --------------------------------------------------------------------------------


def test_the_endpoint_describes_itself(client: TestClient) -> None:
    """Without a query the endpoint says what it is, in the words of SPARQL 1.1."""
    response = client.get("/sparql")
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    found = triples(response.text)
    endpoint = NamedNode("http://127.0.0.1:8000/sparql")
    assert Triple(endpoint, NamedNode(RDF + "type"), NamedNode(SD + "Service")) in found
    assert Triple(endpoint, NamedNode(SD + "endpoint"), endpoint) in found
    language = NamedNode(SD + "SPARQL11Query")
    assert Triple(endpoint, NamedNode(SD + "supportedLanguage"), language) in found
    names = {str(t.object) for t in found if t.predicate == NamedNode(SD + "name")}
    assert names == {f"<{GRAPH}{name}>" for name in exporting.PARTS}
    assert any(t.predicate == NamedNode(VOID + "classPartition") for t in found)


def test_the_public_address_is_the_operators(dossier: Dossier) -> None:
    """What names the endpoint has the address that was given, also behind a proxy."""
    with TestClient(create_app(dossier, address=ADDRESS, limits=Limits(workers=1))) as client:
        endpoint = NamedNode(f"{ADDRESS}/sparql")
        for path in ("/sparql", "/.well-known/void", "/.well-known/sparql-examples"):
            assert any(t.object == endpoint for t in triples(client.get(path).text)), path
        location = client.get("/id/org-council").headers["Content-Location"]
        assert location == "/standpunkt/id/org-council.ttl"


@pytest.mark.parametrize(("path", "part"), [("void", "metadata"), ("sparql-examples", "queries")])
def test_programs_find_descriptions(client: TestClient, path: str, part: str) -> None:
    """VoID and SIB's examples are where editors look for them, in several syntaxes."""
    endpoint = "http://127.0.0.1:8000/sparql"
    written = exporting.export(Dossier.shipped(), "turtle", parts=[part], endpoint=endpoint)
    assert client.get(f"/.well-known/{path}").text == written
    json_ld = client.get(f"/.well-known/{path}", headers={"Accept": "application/ld+json"})
    assert json_ld.headers["Content-Type"] == "application/ld+json"


def test_saved_questions_are_answered_as_they_are_published(client: TestClient) -> None:
    """What the examples hold can be sent to the endpoint as it stands."""
    found = triples(client.get("/.well-known/sparql-examples").text)
    queries = [
        t.object.value
        for t in found
        if t.predicate.value.endswith("#select") and isinstance(t.object, Literal)
    ]
    assert len(queries) == len(Dossier.shipped().files("queries"))
    for query in queries:
        body = urlencode({"query": query})
        assert client.post("/sparql", content=body, headers=FORM).status_code == 200


def test_health(client: TestClient) -> None:
    """A watcher learns that queries can be answered; no cache keeps that."""
    response = client.get("/health")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Cache-Control"] == "no-store"


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "ending", "kind"),
    [
        ("text/turtle", "ttl", RdfFormat.TURTLE),
        ("application/n-triples", "nt", RdfFormat.N_TRIPLES),
        ("application/ld+json", "jsonld", RdfFormat.JSON_LD),
        ("application/rdf+xml", "rdf", RdfFormat.RDF_XML),
    ],
)
def test_a_name_leads_to_what_is_said_of_it(
    client: TestClient, accept: str, ending: str, kind: RdfFormat
) -> None:
    """By `Accept` with the address of the document, or by its ending: what is asserted."""
    node = NamedNode(ID + "person-mike-lee")
    store = Store.asserted(Dossier.shipped())
    expected = {*store.triples(node), *store.triples(None, None, node)}
    negotiated = client.get("/id/person-mike-lee", headers={"Accept": accept})
    assert negotiated.status_code == 200
    location = negotiated.headers["Content-Location"]
    assert location == f"/id/person-mike-lee.{ending}"
    assert "Accept" in negotiated.headers["Vary"].split(", ")
    direct = client.get(location, headers={"Accept": BROWSER})
    assert direct.content == negotiated.content
    assert "Content-Location" not in direct.headers
    assert triples(negotiated.text, kind) == expected


def test_a_term_is_a_name_too(client: TestClient) -> None:
    """`ns#advocates` is described at /ns/advocates, and the whole ontology at /ns."""
    term = NamedNode(SPK + "advocates")
    found = triples(client.get("/ns/advocates").text)
    assert any(t.subject == term for t in found)
    ontology = exporting.export(Dossier.shipped(), "turtle", parts=["ontology"])
    assert client.get("/ns").text == client.get("/ns.ttl").text == ontology


@pytest.mark.parametrize("part", ["articles", "links", "ontology", "shapes", "inferred"])
def test_a_graph_is_a_name_too(client: TestClient, part: str) -> None:
    """The IRI of a named graph leads to all that is in it."""
    response = client.get(f"/graph/{part}")
    assert response.text == exporting.export(Dossier.shipped(), "turtle", parts=[part])
    assert response.headers["Content-Location"] == f"/graph/{part}.ttl"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/id/mike-lee", "did you mean 'person-mike-lee'"),
        ("/id/person-mike-leee", "person-mike-lee"),
        ("/ns/advocate", "advocates"),
        ("/graph/article", "articles"),
        ("/id/zzzzzz.ttl", "unknown name 'zzzzzz'"),
    ],
)
def test_an_unknown_name_gets_suggestions(client: TestClient, path: str, said: str) -> None:
    """404, and what is near."""
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert said in response.text
    assert client.get(path, headers={"Accept": BROWSER}).status_code == 404


def test_readers_get_pages(client: TestClient) -> None:
    """A browser gets the page of a name, of a query and of an error, with its status."""
    for path, status in (
        ("/id/org-nato", 200),
        ("/sparql", 200),
        (f"/sparql?query={quote(LAWS)}", 200),
        ("/sparql?query=x", 400),
        (f"/sparql?query={quote(ENDLESS)}", 504),
        ("/nowhere", 404),
    ):
        response = client.get(path, headers={"Accept": BROWSER})
        assert response.status_code == status, path
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Accept" in response.headers["Vary"]


# --- Dossiers ------------------------------------------------------------------------------------


def test_a_contradiction_leaves_the_rest_to_be_asked(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where anything would follow, nothing does; the other graphs are there, the log says why."""
    with (folder / "graph" / "articles.ttl").open("a", encoding="utf-8") as file:
        file.write("id:person-ada-brook owl:sameAs id:org-council .\n")
        file.write("id:person-ada-brook owl:differentFrom id:org-council .\n")
    with TestClient(create_app(Dossier(folder), limits=Limits(workers=1))) as client:
        query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
        rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        names = {row["g"]["value"].removeprefix(GRAPH) for row in rows}
        assert names == {"ontology", "articles", "links", "shapes", "queries", "metadata"}
        assert "there is no graph of what follows" in caplog.text
        assert client.get("/graph/inferred").status_code == 500


def test_files_that_change_do_not_change_answers(folder: Path) -> None:
    """A worker that starts later answers from what the server read when it started."""
    limits = Limits(workers=1, timeout=3)
    with TestClient(create_app(Dossier(folder), limits=limits)) as client:
        query = {"query": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"}
        before = client.get("/sparql", params=query).text
        for path in (folder / "graph").iterdir():
            path.unlink()
        endless = ENDLESS.replace("}", ". ?m ?n ?o . ?p ?q ?r . ?s ?t ?u }")
        assert client.get("/sparql", params={"query": endless}).status_code == 504
        assert client.get("/sparql", params=query).text == before


@pytest.mark.parametrize(
    "url", ["foo", "ftp://x", "http://", "http://a b", "http://x?y", "http://x#y", "http://[", ""]
)
def test_an_address_is_an_address(url: str) -> None:
    """What is none is refused, and quoted."""
    with pytest.raises(Exception, match="is no address of a site"):
        checked_address(url)
    assert checked_address("https://example.org/x/") == "https://example.org/x"
