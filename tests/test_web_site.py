"""The explorer as files: every link leads to a file, also without a server."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from conftest import PREFIXES, Run
from standpunkt import Dossier

pytest.importorskip("starlette", reason="the pages need: pip install 'standpunkt[serve]'")
pytest.importorskip("jinja2", reason="the pages need: pip install 'standpunkt[serve]'")

from standpunkt.web import static_site

_ATTRIBUTE = re.compile(r'(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'id="([^"]*)"')


@pytest.fixture
def written(folder: Path, tmp_path: Path) -> Path:
    """Write the tiny dossier as a site, with a term whose name differs from another in case."""
    terms = 'id:odd-Bridge rdfs:label "upper"@en .\nid:odd-bridge rdfs:label "lower"@en .\n'
    terms += "id:person-ada-brook skos:related id:odd-Bridge , id:odd-bridge .\n"
    (folder / "graph" / "odd.ttl").write_text(PREFIXES + terms, encoding="utf-8")
    target = tmp_path / "public"
    static_site.write(Dossier(folder), target)
    return target


def test_every_link_leads_to_a_file(written: Path) -> None:
    """Links are relative and lead to files, and fragments to what the page has."""
    pages = {path.relative_to(written).as_posix(): path for path in written.rglob("*.html")}
    checked = 0
    for name, path in pages.items():
        for link in _ATTRIBUTE.findall(path.read_text("utf-8")):
            parts = urlsplit(link)
            if parts.scheme:
                assert 'rel="external' in path.read_text("utf-8")
                continue
            assert not link.startswith("/"), f"{name}: {link}"
            assert not parts.query, f"{name}: {link}"
            there = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path)))
            target = path if not parts.path else written / there
            assert target.is_file(), f"{name}: {link}"
            if parts.fragment:
                assert parts.fragment in _ID.findall(target.read_text("utf-8"))
            checked += 1
    assert checked > 1000
    assert "index.html" in pages
    assert "de/index.html" in pages


def test_no_page_asks_a_server(written: Path) -> None:
    """There are no forms, and no link to SPARQL: nothing would answer."""
    for path in written.rglob("*.html"):
        assert "<form" not in path.read_text("utf-8")
    assert not (written / "sparql").exists()


def test_no_two_pages_share_a_file(written: Path) -> None:
    """Names that differ in capitals alone have files that differ to all systems."""
    names = [path.as_posix().casefold() for path in written.rglob("*") if path.is_file()]
    assert len(names) == len(set(names))
    assert len([name for name in names if "odd-bridge" in name]) == 4


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
    """The command writes into no folder that has files, and says so in one line."""
    result = run("site", folder, "--dossier", folder)
    assert result.exit_code == 2
    assert result.stderr == f"error: {str(folder)!r} is not an empty folder; name a new one\n"


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
