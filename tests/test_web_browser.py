"""The pages in a browser: WCAG 2.2 AA by axe, in both colour schemes, on a phone and on a desk."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from standpunkt import Dossier

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route
    from starlette.testclient import TestClient

_HOST = "https://standpunkt.test"
_STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PLACES = (
    "/",
    "/figures",
    "/id/article-a",
    "/id/law-nato-exit-amendment",
    "/id/person-donald-trump",
    "/id/position-us-leaves-nato",
    "/id/statement-lee-calls-for-exit",
    "/matrix",
    "/network",
    "/nothing",
    "/ns",
    "/questions/timeline",
    "/questions/who-advocates",
    "/questions/who-advocates?position=nothing",
    "/search?q=Musk",
    "/sparql?query=SELECT",
    "/timeline",
    "/why?subject=mike-lee&property=advocates&object=us-leaves-nato",
)


@pytest.fixture(scope="module")
def client() -> "Iterator[TestClient]":
    """Give a client of the shipped dossier."""
    for package in ("starlette", "jinja2", "httpx2"):
        pytest.importorskip(package, reason="needs: pip install 'standpunkt[serve]' httpx2")
    from starlette.testclient import TestClient

    from standpunkt.web.app import create_app

    with TestClient(create_app(Dossier.shipped())) as client:
        yield client


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Give a browser without a window."""
    for package in ("playwright.sync_api", "axe_playwright_python.sync_playwright"):
        pytest.importorskip(package, reason="needs: pip install axe-playwright-python")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Window:
    """A page in a browser without a network: what it asks for comes from a client of the tests.

    `refused` are requests to other hosts, errors of scripts, and what the browser complains of.
    """

    page: "Page"
    client: "TestClient"
    refused: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open a page of the site."""
        self.page.route("**/*", self._answer)
        self.page.on("pageerror", lambda error: self.refused.append(str(error)))
        self.page.on("console", self._note)
        self.page.goto(_HOST + path)

    def _answer(self, route: "Route") -> None:
        request = route.request
        if not request.url.startswith(_HOST):
            self.refused.append(request.url)
            route.abort()
            return
        accept = {"Accept": request.headers["accept"]}
        found = self.client.get(request.url.removeprefix(_HOST), headers=accept)
        headers = {name: text for name, text in found.headers.items() if name != "content-encoding"}
        route.fulfill(status=found.status_code, headers=headers, body=found.content)

    def _note(self, message: "ConsoleMessage") -> None:
        # A browser logs each page whose status is 400 or 404, and such pages are among these.
        if message.type == "error" and "responded with a status of" not in message.text:
            self.refused.append(message.text)


@pytest.fixture
def window(browser: "Browser", client: "TestClient") -> Iterator[Window]:
    """Give a window of its own."""
    context = browser.new_context()
    yield Window(context.new_page(), client)
    context.close()


@pytest.mark.parametrize("path", _PLACES)
def test_a_page_is_for_everybody(window: Window, path: str) -> None:
    """Axe finds nothing, the page is no wider than the window, and nothing is refused."""
    from axe_playwright_python.sync_playwright import Axe

    window.open(path)
    for width, scheme in ((390, "dark"), (1280, "light")):
        window.page.set_viewport_size({"width": width, "height": 900})
        window.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        options = {"runOnly": {"type": "tag", "values": _STANDARD}}
        found = Axe().run(window.page, options=options).response["violations"]
        faults = {fault["id"]: [node["html"] for node in fault["nodes"][:3]] for fault in found}
        assert not faults, f"{width}, {scheme}"
        assert window.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not window.refused


def test_a_question_is_asked_without_javascript(browser: "Browser", client: "TestClient") -> None:
    """A reader who fills a field by name and sends it gets the answer, in the same language."""
    context: BrowserContext = browser.new_context(java_script_enabled=False)
    window = Window(context.new_page(), client)
    window.open("/questions/who-advocates?lang=de")
    window.page.fill("#field-position", "Verbleib der USA in der NATO")
    window.page.click("main button[type=submit]")
    assert "Mark Rutte" in window.page.inner_text("main table")
    assert window.page.get_attribute("html", "lang") == "de"
    context.close()


def test_everything_is_reached_by_keyboard(window: Window) -> None:
    """The first stop leads past the menu, and each stop can be seen."""
    window.open("/id/position-us-leaves-nato")
    page = window.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 10
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
