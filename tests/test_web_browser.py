"""Every kind of page in a browser: WCAG 2.2 AA by axe, both colour schemes, a phone to a desk."""

import pytest

from browsing import PLACES, Window

_ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What depends on the width of the page, and on its colours; the rest is the same for all of them.
_WIDTH = ["scrollable-region-focusable", "target-size"]
_COLOURS = ["color-contrast", "link-in-text-block"]
_LOOKS = (
    (320, "dark", {"type": "tag", "values": _ALL}),
    (768, "dark", {"type": "rule", "values": _WIDTH}),
    (1280, "light", {"type": "rule", "values": _WIDTH + _COLOURS}),
)
_PLACES = (
    *PLACES,
    "/nothing",
    "/questions/figures",
    "/shapes/Article-author",
    "/sparql?query=SELECT",
    "/sparql?query=SELECT*%7B?law+a+spk:Law%7D",
)


@pytest.mark.parametrize("path", _PLACES)
def test_a_page_is_for_everybody(window: Window, path: str) -> None:
    """Axe finds nothing, the page is no wider than the window, and nothing is refused."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs: pip install axe-playwright-python"
    )
    window.open(path)
    for width, scheme, rules in _LOOKS:
        window.page.set_viewport_size({"width": width, "height": 900})
        window.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert window.page.evaluate("document.documentElement.scrollWidth") <= width
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found = axe.Axe().run(window.page, options=options).response["violations"]
        faults = {fault["id"]: [node["html"] for node in fault["nodes"][:3]] for fault in found}
        assert not faults, f"{width}, {scheme}"
    assert not window.refused
