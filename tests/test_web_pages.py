"""The pages of the explorer, as a browser without JavaScript and without a network sees them."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode

from browsing import PLACES
from conftest import PREFIXES
from standpunkt import Dossier
from standpunkt.namespaces import ID, SPK, expand
from standpunkt.nodes import Nodes
from standpunkt.queries import questions
from standpunkt.store import Store

pytest.importorskip("starlette", reason="the pages need: pip install 'standpunkt[serve]'")
pytest.importorskip("jinja2", reason="the pages need: pip install 'standpunkt[serve]'")
pytest.importorskip("httpx2", reason="Starlette's test client needs: pip install httpx2")

from starlette.testclient import TestClient  # after the check that it is there

from standpunkt.web.app import create_app

if TYPE_CHECKING:
    from httpx2 import Response

LANGUAGES = ("de", "en")
EDITOR = (
    '<script src="/static/editor.js" defer></script>'  # on the page for SPARQL, where it is built
)
_PLACES = (
    *PLACES,
    "/node?iri=unit:PERCENT",
    "/questions/allies-and-opponents?actor=NATO",
    "/shapes/Statement-speaker",
    "/search?q=xyzzy",
    "/why?subject=donald-trump&property=advocates&object=us-leaves-nato",
)


class Reader(HTMLParser):
    """Collect what a page links, loads, carries inline and says in words."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.words = ""
        self.language: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note where a tag leads."""
        given = dict(attributes)
        self.language = self.language or (given.get("lang") if tag == "html" else None)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in given) else []
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif tag == "form":
            self.links.append(f"{given.get('action')}?lang={self.language}")
        elif given.get("rel") != "alternate":
            self.loads += [given[name] or "" for name in ("href", "src") if given.get(name)]

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        self.words += data


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a client of the shipped dossier."""
    with TestClient(create_app(Dossier.shipped())) as client:
        yield client


def fetch(client: TestClient, path: str, language: str | None = None) -> "Response":
    """Ask as a browser does."""
    if language:
        path += ("&" if "?" in path else "?") + f"lang={language}"
    return client.get(path, headers={"Accept": "text/html,*/*;q=0.8"}, follow_redirects=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", _PLACES)
def test_a_page_is_well_formed_and_safe(client: TestClient, path: str, language: str) -> None:
    """Each page parses strictly, names its language, has no inline code and no foreign host."""
    html5lib = pytest.importorskip("html5lib", reason="a strict parser: pip install html5lib")
    response = fetch(client, path, language)
    assert response.headers["content-type"].startswith("text/html")
    html5lib.HTMLParser(strict=True).parse(response.text)
    page = Reader(response.text)
    assert page.language == language
    assert not page.inline
    assert all(load.startswith("/static/") for load in page.loads)
    assert len(page.ids) == len(set(page.ids))
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("path", _PLACES)
def test_links_have_labels(client: TestClient, path: str) -> None:
    """What a link leads to is called by its label, and not by its IRI."""
    assert not re.search(r"<bdi>(id|spk|https?):", fetch(client, path).text)


def test_all_links_lead_somewhere(client: TestClient) -> None:
    """Whoever follows each link from the first page finds a page, and none has an IRI for a title.

    Of files for programs and of proofs, of which there are hundreds, every fiftieth is followed.
    """
    seen: dict[str, str] = {}
    ahead = ["/?lang=de"]
    many = 0
    while ahead:
        path = ahead.pop()
        response = fetch(client, path)
        assert response.status_code == 200, path
        if not response.headers["content-type"].startswith("text/html"):
            continue
        page = Reader(response.text)
        for link in page.links:
            target, _, fragment = link.partition("#")
            if not target or urlsplit(target).scheme or "lang=en" in target:
                continue
            assert "lang=de" in target or is_file(target), f"{path} loses the language at {link}"
            if fragment and seen.get(target):
                assert f'id="{fragment}"' in seen[target], f"{path} leads to {link}"
            if target in seen:
                continue
            seen[target] = response.text if target == path else ""
            many += (bulk := is_bulk(target))
            if not bulk or many % 50 == 0:
                ahead.append(target)
        seen[path] = response.text
    reached = {urlsplit(path).path for path in seen}
    nodes = Nodes(Store.asserted(Dossier.shipped()))
    for kind in ("Position", "Person", "Statement", "Figure", "Law", "Event", "Article"):
        for node in nodes.instances(kind):
            assert f"/id/{node.value.removeprefix(ID)}" in reached


def is_file(target: str) -> bool:
    """Tell whether a link leads to a file for programs."""
    return target.endswith((".ttl", ".jsonld", ".nt"))


def is_bulk(target: str) -> bool:
    """Tell whether a link leads to a proof, to a file, to a query, or to an answer of one node."""
    parts = urlsplit(target)
    return (
        parts.path.startswith(("/why", "/sparql"))
        or "." in parts.path.rpartition("/")[2]
        or (parts.path.startswith("/questions/") and parts.query.count("=") > 1)
    )


@pytest.mark.parametrize("question", [each.name for each in questions(Dossier.shipped())])
def test_a_question_answers_with_its_defaults(client: TestClient, question: str) -> None:
    """Each shipped question has rows on its page, and the same as CSV and JSON."""
    response = fetch(client, f"/questions/{question}", "de")
    assert response.status_code == 200
    assert "<tbody" in response.text
    assert client.get(f"/questions/{question}.csv").text.count("\r\n") > 1
    assert client.get(f"/questions/{question}.json").json()


@pytest.mark.parametrize("given", ["Austritt der USA aus der NATO", "the us leaves nato"])
def test_a_parameter_is_given_by_name(client: TestClient, given: str) -> None:
    """A label in either language fills a field, whatever the language of the page is."""
    page = Reader(fetch(client, f"/questions/who-advocates?position={given}", "en").text)
    assert "Mike Lee" in page.words


def test_an_unknown_value_is_told_beside_its_field(client: TestClient) -> None:
    """A misspelt value leaves the field filled and names what is near."""
    response = fetch(client, "/questions/who-advocates?position=us-leaves-nat", "en")
    assert response.status_code == 400
    assert 'value="us-leaves-nat"' in response.text
    assert "did you mean" in response.text


def test_the_page_of_a_position_has_all_three_sides(client: TestClient) -> None:
    """Who threatens or considers it stands apart from who is for it, with the condition."""
    text = fetch(client, "/id/position-us-leaves-nato", "en").text
    camps = text[text.index('class="camps"') : text.index('class="utterances"')]
    pro, neither, contra = camps.split("<section")[1:]
    assert "Mike Lee" in pro
    assert "Donald Trump" in neither
    assert "Mark Rutte" in contra
    assert "Donald Trump" not in pro
    assert "unless" in text


def test_a_proof_goes_down_to_the_sentence(client: TestClient) -> None:
    """The page of a proof names the facts that carry it and where they are written."""
    path = "/why?subject=mike-lee&property=advocates&object=us-leaves-nato"
    text = fetch(client, path, "en").text
    assert "Follows from 2 facts" in text
    assert "/id/article-b?lang=en#s7" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_has_a_proof(client: TestClient, language: str) -> None:
    """The proof of a figure names its sentence; of another value it names the one that is there."""
    answer = fetch(client, "/questions/figures", language).text
    link = re.search(r'href="(/why[^"]*figure-us-forces[^"]*)"', answer)
    assert link
    proof = fetch(client, link[1].replace("&amp;", "&")).text
    assert "/id/article-a" in proof
    assert {"de": "So festgehalten", "en": "Recorded like this"}[language] in proof
    wrong = "/why?subject=figure-us-forces&property=value&object=7"
    assert "1,300,000" in fetch(client, wrong, "en").text
    assert "No, this does not hold" in fetch(client, wrong, "en").text


def test_a_value_that_nothing_has_is_told(client: TestClient) -> None:
    """What is no node, and no value of the subject either, is a 404 with the reason."""
    response = fetch(client, "/why?subject=org-nato&property=value&object=7", "en")
    assert response.status_code == 404
    assert "id:org-nato has no value of spk:value" in response.text


def test_a_figure_stands_beside_what_measures_the_same(client: TestClient) -> None:
    """The page of a figure has it as a bar beside others, and says which is its own."""
    text = fetch(client, "/id/figure-us-forces", "en").text
    panel = text[text.index('class="panel"') :]
    assert panel.count('class="bar"') > 1
    assert re.search(r'aria-current="true">\s*<p class="what"><a href="/id/figure-us-forces', panel)
    assert 'class="panel"' not in fetch(client, "/id/law-nato-exit-amendment").text


@pytest.mark.parametrize(
    ("question", "picture"),
    [
        ("allies-and-opponents", "network"),
        ("disputed-positions", "matrix"),
        ("demands-and-conditions", "matrix"),
        ("figures", "bars"),
        ("timeline", "moments"),
    ],
)
def test_a_question_has_a_picture_where_it_says_more(
    client: TestClient, question: str, picture: str
) -> None:
    """Allies are a network, stances a matrix, figures bars, dates a line, beside the table."""
    text = fetch(client, f"/questions/{question}").text
    assert re.search(rf'class="{picture}[ "]', text)
    assert 'class="answer' in text


def test_passages_stand_in_the_order_of_their_numbers(client: TestClient) -> None:
    """Sentence 9 comes before sentence 10, and a number stays on the line of its word."""
    shown = fetch(client, "/figures?lang=en").text
    listed = [
        re.findall(r"article ., \w+\N{NO-BREAK SPACE}(\d+)", detail)
        for detail in re.findall(r'<p class="detail">(.*?)</p>', shown, re.DOTALL)
    ]
    assert ["9", "10"] in [numbers[:2] for numbers in listed]
    assert all(numbers == sorted(numbers, key=int) for numbers in listed)


def test_numbers_of_places_have_no_bars(client: TestClient) -> None:
    """Where a passage begins says nothing about how much."""
    assert 'class="bar"' not in fetch(client, "/questions/quotations").text


def test_without_nemo_the_facts_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra for proofs is missing, the page names the facts, and what is missing."""
    monkeypatch.setitem(sys.modules, "nmo_python", None)
    bare = TestClient(create_app(Dossier.shipped()))
    text = fetch(bare, "/why?subject=mike-lee&property=advocates&object=us-leaves-nato", "de").text
    assert "Folgt aus 2 Fakten" in text
    assert "/id/article-b?lang=de#s7" in text
    assert "standpunkt[proof]" in text


def test_a_contradiction_is_told_on_the_page(folder: Path) -> None:
    """From a contradiction anything follows: the pages say that there is one, and prove nothing."""
    ontology = folder / "ontology" / "town.ttl"
    text = ontology.read_text("utf-8") + "spk:Person owl:disjointWith spk:Position .\n"
    ontology.write_text(text + "id:person-ben-hill a spk:Position .\n", encoding="utf-8")
    bare = TestClient(create_app(Dossier(folder)))
    assert "contradicts itself" in fetch(bare, "/matrix").text
    path = "/why?subject=person-ada-brook&property=advocates&object=town-builds-bridge"
    response = fetch(bare, path)
    assert response.status_code == 500
    assert "contradiction" in response.text
    assert fetch(bare, "/id/person-ada-brook").status_code == 200


def test_what_does_not_hold_names_what_comes_nearest(client: TestClient) -> None:
    """A threat is no advocacy, and the page says so and leads to the threat."""
    path = "/why?subject=donald-trump&property=advocates&object=us-leaves-nato"
    text = fetch(client, path, "de").text
    assert "Nein, das gilt nicht" in text
    assert "/id/statement-trump-threatens-exit" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Musk", "person-elon-musk"),
        ("zelenskyy", "person-volodymyr-zelenskyy"),
        ("Selenskij", "person-volodymyr-zelenskyy"),
        ("Trmup", "person-donald-trump"),
        ("austritt nato", "position-us-leaves-nato"),
        ("leaves NATO", "position-us-leaves-nato"),
        ("Praesident", "office-us-president"),
    ],
)
def test_search_forgives(client: TestClient, query: str, found: str) -> None:
    """Accents, the language of the label and a typing error do not matter."""
    assert f'"/id/{found}"' in fetch(client, f"/search?q={query}").text


def test_what_is_not_there_has_suggestions(client: TestClient) -> None:
    """A page that is not there is a 404 and leads to what has a name near it."""
    response = fetch(client, "/id/person-donald-trumpp")
    assert response.status_code == 404
    assert "/id/person-donald-trump" in response.text


def test_a_mistake_in_sparql_is_shown_at_its_place(client: TestClient) -> None:
    """The page of a query that breaks the grammar marks the word that breaks it."""
    response = fetch(client, "/sparql?query=SELECT ?s WHERE { ?s spkk:a ?o }")
    assert response.status_code == 400
    assert "<mark>spkk:a</mark>" in response.text


def test_sparql_answers_without_a_script(client: TestClient) -> None:
    """The rows of a query stand on the page, with labels."""
    response = fetch(client, "/sparql?query=SELECT ?o WHERE { ?s spk:demands ?o }", "en")
    assert response.status_code == 200
    assert "The US leaves NATO" in response.text
    assert "<script" not in response.text.replace(EDITOR, "")


HOSTILE = """\
id:person-mallory a spk:Person ;
    rdfs:label "<script>alert(1)</script>"@de , "\\"><img src=x onerror=alert(1)> \u202e evil"@en ;
    skos:exactMatch <javascript:alert(1)> , <data:text/html,x> ;
    spk:evidence id:passage-x-1 .
id:statement-mallory a spk:Statement ;
    rdfs:label "{{ 7 * 7 }} ' onclick='x"@de , "{{ 7 * 7 }} ' onclick='x"@en ;
    spk:speaker id:person-mallory ;
    spk:demands id:position-town-builds-bridge ;
    spk:quotation id:quotation-mallory ;
    spk:evidence id:passage-x-1 .
id:quotation-mallory a spk:Quotation ;
    spk:words "</q></blockquote><svg onload=alert(1)>"@en ;
    spk:evidence id:passage-x-1 .
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/matrix",
        "/network",
        "/search",
        "/search?q=<script>alert(1)</script>",
        "/id/person-mallory",
        "/id/statement-mallory",
        "/id/quotation-mallory",
        "/id/<script>alert(1)</script>",
        "/node?iri=javascript:alert(1)",
        "/questions/who-demands?actor=%22><script>alert(1)</script>",
        "/why?subject=<script>alert(1)</script>&property=a&object=b",
        "/sparql?query=<script>alert(1)</script>",
    ],
)
def test_hostile_labels_are_text(folder: Path, path: str, language: str) -> None:
    """No label, quotation, IRI or field becomes a tag, a handler or a link to code."""
    (folder / "graph" / "mallory.ttl").write_text(PREFIXES + HOSTILE, encoding="utf-8")
    response = fetch(TestClient(create_app(Dossier(folder))), path, language)
    page = Reader(response.text)
    assert not page.inline
    text = response.text.replace(EDITOR, "")
    assert not re.search(r"<(script|img|svg onload)", text)
    assert "javascript:" not in "".join(page.links)
    assert "data:" not in "".join(page.links)
    assert "49" not in page.words


def test_the_text_of_an_article_stands_only_where_it_is_at_hand(
    tmp_path: Path, folder: Path
) -> None:
    """With the folder of the articles the sentences stand there, if they have the known hash."""
    import hashlib

    text = "Der Rat tagt. Hill sagt nein."
    own, other = (hashlib.sha256(part.encode()).hexdigest() for part in (text[:13], "x"))
    articles = folder / "graph" / "articles.ttl"
    articles.write_text(
        articles.read_text("utf-8")
        + 'id:article-x a spk:Article ; spk:file "x.txt" .\n'
        + "id:passage-x-1 spk:inArticle id:article-x ; spk:number 1 ; spk:start 0 ;"
        f" spk:end 13 ;"
        f' spk:sha256 "{own}" .\n'
        + f"id:passage-x-2 spk:inArticle id:article-x ; spk:number 2 ; spk:start 14 ;"
        f' spk:end 29 ; spk:sha256 "{other}" .\n',
        encoding="utf-8",
    )
    ontology = folder / "ontology" / "town.ttl"
    ontology.write_text(
        ontology.read_text("utf-8") + 'spk:Article a owl:Class ; rdfs:label "article"@en .\n',
        encoding="utf-8",
    )
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x.txt").write_text(text, encoding="utf-8")
    with_texts = create_app(Dossier(folder), articles=tmp_path / "texts")
    shown = fetch(TestClient(with_texts), "/id/article-x").text
    assert "Der Rat tagt." in shown
    assert "Hill sagt nein" not in shown
    bare = fetch(TestClient(create_app(Dossier(folder))), "/id/article-x").text
    assert "Der Rat tagt." not in bare
    assert "article X, sentence\N{NO-BREAK SPACE}2" in bare


def test_names_of_the_vocabulary_have_pages(client: TestClient) -> None:
    """Each term of the ontology stands in the glossary, where its IRI leads, with a definition."""
    text = fetch(client, "/ns", "en").text
    store = Store.asserted(Dossier.shipped())
    node = NamedNode(expand("spk:advocates") or "")
    assert any(store.triples(node))
    assert 'id="advocates"' in text
    assert f"{SPK}advocates" in fetch(client, "/ns/advocates").text
