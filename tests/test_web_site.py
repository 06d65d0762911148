"""The explorer as files: every link leads to a file, also without a server."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse

from conftest import PREFIXES, Run, write_town
from standpunkt import Dossier
from standpunkt.namespaces import ID

pytest.importorskip("starlette", reason="the pages need: pip install 'standpunkt[serve]'")
pytest.importorskip("jinja2", reason="the pages need: pip install 'standpunkt[serve]'")

from standpunkt.web import folder_swap, static_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ATTRIBUTE = re.compile(r'(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'id="([^"]*)"')


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the tiny dossier as a site, with a term whose name differs from another in case."""
    folder = write_town(tmp_path_factory.mktemp("dossier"))
    terms = 'id:odd-Bridge rdfs:label "upper"@en .\nid:odd-bridge rdfs:label "lower"@en .\n'
    terms += "id:person-ada-brook skos:related id:odd-Bridge , id:odd-bridge .\n"
    (folder / "graph" / "odd.ttl").write_text(PREFIXES + terms, encoding="utf-8")
    target = tmp_path_factory.mktemp("site")
    static_site.write(Dossier(folder), target)
    return target


@pytest.mark.parametrize("root", ["/", "/standpunkt/"])
def test_every_link_leads_to_a_file(folder: Path, tmp_path: Path, root: str) -> None:
    """Links lead to files and fragments to what the page has, also below a path of a host.

    All are relative, but those of the page for addresses at which there is nothing: that one is
    shown at any depth.
    """
    site = tmp_path / "public"
    static_site.write(Dossier(folder), site, root=root)
    checked = 0
    for path in site.rglob("*.html"):
        here = "http://host" + root + path.relative_to(site).as_posix()
        text = path.read_text("utf-8")
        for link in _ATTRIBUTE.findall(text):
            if urlsplit(link).scheme:
                assert 'rel="external' in text
                continue
            is_absolute = path.name == "404.html" and not link.startswith("#")
            assert link.startswith("/") == is_absolute, f"{path}: {link}"
            there = urlsplit(urljoin(here, link))
            assert there.path.startswith(root), f"{path}: {link}"
            assert not there.query
            target = site / unquote(there.path.removeprefix(root)) if there.path else path
            assert target.is_file(), f"{path}: {link}"
            if there.fragment:
                assert there.fragment in _ID.findall(target.read_text("utf-8"))
            checked += 1
    assert checked > 1000


def test_pages_are_well_formed(written: Path) -> None:
    """Each page parses strictly."""
    html5lib = pytest.importorskip("html5lib", reason="a strict parser: pip install html5lib")
    for path in written.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text("utf-8"))


def test_no_page_asks_a_server(written: Path) -> None:
    """The one form is the search, whose page is the index of all names; SPARQL needs a server."""
    for path in written.rglob("*.html"):
        for action in re.findall(r'<form[^>]* action="([^"]*)"', path.read_text("utf-8")):
            assert action.endswith("search/index.html")
    assert "standpunkt serve" in (written / "sparql" / "index.html").read_text("utf-8")


def test_the_index_has_all_names_without_a_script(written: Path) -> None:
    """Who has no script finds each node in the order of the alphabet, in either language."""
    for place, name in (("", "The town builds the bridge"), ("de", "Die Stadt baut die Brücke")):
        text = (written / place / "search" / "index.html").read_text("utf-8")
        assert name in text
        assert "position-town-builds-bridge/index.html" in text


def test_the_search_knows_all_names(written: Path) -> None:
    """The script of the search has each name, folded, and the way to its page."""
    text = (written / "de" / "search.js").read_text("utf-8")
    assert '"../../de/id/position-town-builds-bridge/index.html"' in text
    assert '"die stadt baut die brucke"' in text
    assert '"the town builds the bridge"' in text


def test_the_search_works_from_a_disk(written: Path, browser: "Browser") -> None:
    """Accents, the other language and a typing error do not matter; a hit leads to its page."""
    with browser.new_page() as page:
        page.set_default_timeout(5_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((written / "de" / "index.html").as_uri())
        for query in ("BRUCKE baut", "Brücek", "bridge town", "Bruecke"):
            page.locator("input[type=search]").fill(query)
            page.locator("input[type=search]").press("Enter")
            hit = page.locator("#hits a").filter(has_text="Die Stadt baut die Brücke")
            hit.wait_for()
        hit.click()
        assert page.locator("h1").inner_text() == "Die Stadt baut die Brücke"
        page.locator("input[type=search]").fill("xyzzy")
        page.locator("input[type=search]").press("Enter")
        assert page.locator("#none").is_visible()
        page.goto((written / "search" / "index.html").as_uri() + "?q=<img src=x onerror=alert(1)>")
        assert page.locator("#q").input_value().startswith("<img")
        assert page.locator("#hits img").count() == 0
        assert not errors


def test_names_have_documents_beside_their_pages(written: Path) -> None:
    """Each name has its RDF, which speaks of it, and the dossier's own files are there."""
    node = NamedNode(f"{ID}person-ada-brook")
    kinds = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}
    for ending, syntax in kinds.items():
        content = (written / "id" / f"person-ada-brook.{ending}").read_bytes()
        assert any(node in quad.triple for quad in parse(content, format=syntax))
        assert (written / "graph" / f"articles.{ending}").is_file()
        assert (written / f"ns.{ending}").is_file()
        assert (written / f"shapes.{ending}").is_file()
    assert (written / "shapes").is_dir()
    assert "id:person-ada-brook" in (written / "dossier/graph/articles.ttl").read_text("utf-8")


def test_documents_of_a_name_say_the_same(written: Path) -> None:
    """Each JSON-LD, which has a part of the context, has the triples of the N-Triples beside it."""
    documents = list(written.rglob("*.jsonld"))
    assert len(documents) > 40
    for path in documents:
        read = Dataset(parse(path.read_bytes(), format=RdfFormat.JSON_LD))
        read.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        lines = sorted(f"{quad} .\n" for quad in read)
        assert "".join(lines) == path.with_suffix(".nt").read_text("utf-8")


def test_a_question_is_answered_for_each_value(written: Path) -> None:
    """A value that no link of a node leads to has its page, too, and is offered by its name."""
    page = (written / "questions" / "who-demands" / "index.html").read_text("utf-8")
    link = "questions/who-demands/position/position-town-builds-bridge-and-road/index.html"
    assert link in page
    assert "Stadtrat" in (written / "de" / link).read_text("utf-8")


def test_no_two_pages_share_a_file(written: Path) -> None:
    """Names that differ in capitals alone have files that differ to all systems."""
    names = [path.as_posix().casefold() for path in written.rglob("*") if path.is_file()]
    assert len(names) == len(set(names))
    assert len([name for name in names if "odd-bridge" in name and "index" in name]) == 4


def test_answers_are_there_as_data(written: Path) -> None:
    """The CSV of a question lies beside its page."""
    text = (written / "questions" / "who-demands.csv").read_text("utf-8")
    assert text.startswith("actor,date")
    assert "person-ada-brook" in text


def test_the_same_dossier_gives_the_same_files(folder: Path, tmp_path: Path) -> None:
    """A site can be compared with the one before it: nothing in it depends on the run."""
    first, second = tmp_path / "first", tmp_path / "second"
    for target in (first, second):
        static_site.write(Dossier(folder), target)
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_a_folder_with_something_in_it_stays_as_it_is(run: Run, folder: Path) -> None:
    """The command writes into no folder that has other files, and says so in one line."""
    before = sorted(folder.rglob("*"))
    result = run("site", folder, "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr == (
        f"error: {str(folder)!r} is neither empty nor an earlier site; name a new folder\n"
    )
    assert sorted(folder.rglob("*")) == before


def test_an_earlier_site_is_replaced_as_a_whole(run: Run, folder: Path, tmp_path: Path) -> None:
    """What the new site has no more is gone, and what somebody else put there stays."""
    site = tmp_path / "public"
    assert run("site", site, "--dossier", folder).exit_code == 0
    (site / "CNAME").write_text("example.org", encoding="utf-8")
    (site / "id" / "person-gone").mkdir()
    assert run("site", site, "--dossier", folder).exit_code == 0
    assert (site / "CNAME").read_text("utf-8") == "example.org"
    assert not (site / "id" / "person-gone").exists()
    assert [path.name for path in tmp_path.iterdir() if "public" in path.name] == ["public"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_earlier_site_outlives_a_broken_run(
    folder: Path, tmp_path: Path, error: type[KeyboardInterrupt] | OSError
) -> None:
    """Ctrl-C or a full disk half way leaves the earlier site whole, and nothing beside it."""
    site = tmp_path / "public"
    site.mkdir()
    (site / ".standpunkt-site").write_text("index.html\n", encoding="utf-8")
    (site / "index.html").write_text("earlier", encoding="utf-8")

    def step(done: int, whole: int) -> None:
        assert whole >= done
        if done == 20:
            raise error

    with pytest.raises((KeyboardInterrupt, OSError)):
        static_site.write(Dossier(folder), site, progress=step)
    assert (site / "index.html").read_text("utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir() if "public" in path.name] == ["public"]


def test_a_swap_that_fails_brings_the_earlier_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new folder cannot take its place, the old one is put back."""
    site = tmp_path / "public"
    with folder_swap.replacing(site) as stage:
        folder_swap.put(stage / "index.html", "earlier")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.startswith(".public") and not self.name.endswith(".old"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with (
        pytest.raises(Exception, match="Input/output error"),
        folder_swap.replacing(site) as stage,
    ):
        folder_swap.put(stage / "index.html", "later")
    assert (site / "index.html").read_text("utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_the_command_says_where_to_begin(run: Run, folder: Path, tmp_path: Path) -> None:
    """The command writes the site, and nothing to standard output."""
    result = run("site", tmp_path / "public", "--dossier", folder)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"begin with {tmp_path / 'public' / 'index.html'}" in result.stderr


def test_texts_are_there_only_where_they_are_given(run: Run, folder: Path, tmp_path: Path) -> None:
    """A folder of articles that is missing is an error, and no half of a site is left."""
    missing = tmp_path / "nowhere"
    result = run("site", tmp_path / "public", "--dossier", folder, "--articles", missing)
    assert result.exit_code == 2
    assert repr(str(missing)) in result.stderr
    assert not (tmp_path / "public").exists()
