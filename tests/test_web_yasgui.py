"""YASGUI, with which most endpoints are asked, reads ours from a page of another origin."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loopback import Loopback, Quiet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
CLIENTS = Path(os.environ.get("STANDPUNKT_CLIENTS", Path.home() / ".cache/standpunkt/clients"))
YASGUI = CLIENTS / "node_modules/@triply/yasgui/build"
PAGE = """<!doctype html>
<meta charset="utf-8"><title>YASGUI</title>
<link rel="stylesheet" href="yasgui.min.css"><script src="yasgui.min.js"></script>
<div id="yasgui"></div>
"""
ASK = """async ([endpoint, query]) => {
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    persistenceId: null, requestConfig: { endpoint },
  })
  const yasqe = yasgui.getTab().getYasqe()
  yasqe.setValue(query)
  await yasqe.query().catch(() => undefined)
}"""
LAWS = "SELECT ?law ?label { ?law a spk:Law ; rdfs:label ?label } ORDER BY ?label"


class Files(Quiet, SimpleHTTPRequestHandler):
    """Serves files."""


@pytest.fixture
def elsewhere(browser: "Browser", tmp_path: Path) -> "Iterator[Page]":
    """Give a page of another origin that has YASGUI, and reaches this machine only."""
    if not (YASGUI / "yasgui.min.js").is_file():
        pytest.skip("YASGUI is missing: run tests/clients/install")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        (tmp_path / name).symlink_to(YASGUI / name)
    with Loopback(partial(Files, directory=str(tmp_path))) as files:
        context = browser.new_context()
        page = context.new_page()
        page.route(lambda url: not url.startswith("http://127.0.0.1:"), lambda route: route.abort())
        page.goto(f"{files.address}/index.html")
        yield page
        context.close()


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run `standpunkt serve` at a free port, and give its address."""
    pytest.importorskip("uvicorn", reason="needs: pip install 'standpunkt[serve]'")
    process = subprocess.Popen(
        [sys.executable, "-m", "standpunkt", "serve", "--port", "0", *options],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert process.stderr is not None
        yield process.stderr.readline().partition(" ")[0]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_yasgui_shows_the_rows_of_our_endpoint(elsewhere: "Page") -> None:
    """A query from there is answered, and YASGUI shows its rows as a table."""
    with serving() as url:
        elsewhere.evaluate(ASK, [f"{url}sparql", LAWS])
        elsewhere.locator(".yasr table tbody tr").first.wait_for()
        assert "US amendment of 2023 on leaving NATO" in elsewhere.inner_text(".yasr table")


def test_yasgui_reads_nothing_where_other_sites_may_not(elsewhere: "Page") -> None:
    """With `--no-cors` the browser keeps the answer from it, and it shows an error."""
    with serving("--no-cors") as url:
        elsewhere.evaluate(ASK, [f"{url}sparql", LAWS])
        elsewhere.locator(".yasr .errorResult").wait_for()
        assert elsewhere.locator(".yasr table tbody tr").count() == 0
