"""A browser for the tests: Debian's Chromium, steered by Playwright, and the site beside it.

What a page asks for is answered by a client of the application; nothing leaves the process.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from standpunkt import Dossier

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Route
    from starlette.testclient import TestClient

HOST = "https://standpunkt.test"
# Pages of most kinds; a test has some of its own beside them.
PLACES = (
    "/",
    "/figures",
    "/graph/articles",
    "/id/article-a",
    "/id/dossier",
    "/id/event-palm-beach-talk",
    "/id/figure-us-spending-2023",
    "/id/law-nato-exit-amendment",
    "/id/passage-a-12",
    "/id/person-donald-trump",
    "/id/position-us-leaves-nato",
    "/id/statement-lee-calls-for-exit",
    "/matrix",
    "/network",
    "/ns",
    "/ns/advocates",
    "/questions",
    "/questions/timeline",
    "/questions/who-advocates",
    "/questions/who-advocates?position=nothing",
    "/search",
    "/search?q=Musk",
    "/shapes",
    "/sparql",
    "/timeline",
    "/why",
    "/why?subject=mike-lee&property=advocates&object=us-leaves-nato",
)


@pytest.fixture(scope="module")
def site() -> "Iterator[TestClient]":
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
    pytest.importorskip("playwright.sync_api", reason="needs: pip install playwright")
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

    `refused` are requests to other hosts, errors of scripts, and what the browser complains of,
    such as what the Content-Security-Policy forbids. `missing` is a path that is not answered.
    """

    page: "Page"
    site: "TestClient"
    missing: str | None = None
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Answer what the page asks for, and note what it should not do."""
        self.page.route("**/*", self._answer)
        self.page.on("pageerror", lambda error: self.refused.append(str(error)))
        self.page.on("console", self._note)

    def open(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(HOST + path)

    @property
    def path(self) -> str:
        """Give the path of the page that is shown, with its query."""
        return self.page.url.removeprefix(HOST)

    def _answer(self, route: "Route") -> None:
        request = route.request
        path = request.url.removeprefix(HOST)
        if path == request.url:
            self.refused.append(path)
        if path in {request.url, self.missing}:
            route.abort()
            return
        accept = {"Accept": request.headers["accept"]}
        found = self.site.get(path, headers=accept)
        headers = {name: text for name, text in found.headers.items() if name != "content-encoding"}
        route.fulfill(status=found.status_code, headers=headers, body=found.content)

    def _note(self, message: "ConsoleMessage") -> None:
        # A browser logs each page whose status is 400 or 404, and such pages are among these.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.refused.append(message.text)


OpenWindow = Callable[..., Window]


@pytest.fixture
def open_window(browser: "Browser", site: "TestClient") -> Iterator[OpenWindow]:
    """Give a way to open windows; options are Playwright's `new_context`."""
    contexts = []

    def open_(missing: str | None = None, **options: Any) -> Window:  # noqa: ANN401  as there
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return Window(page, site, missing)

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    """Give a window."""
    return open_window()
