"""What readers do in a browser, from the first page to the source: in German and in English."""

import pytest

from browsing import OpenWindow, Window

LANGUAGES = {
    "de": {
        "ask": "Wer vertritt eine Position?",
        "stay": "Verbleib der USA in der NATO",
        "why": "Warum?",
        "source": "Artikel A, Satz",
    },
    "en": {
        "ask": "Who advocates a position?",
        "stay": "The US stays in NATO",
        "why": "Why?",
        "source": "article A, sentence",
    },
}
both = pytest.mark.parametrize("language", LANGUAGES)


@both
def test_an_analyst_gets_from_a_question_to_its_source(window: Window, language: str) -> None:
    """A question is chosen, asked of another position by name, proven, and led to its sentence."""
    words, page = LANGUAGES[language], window.page
    window.open(f"/?lang={language}")
    page.get_by_role("link", name=words["ask"]).click()
    page.locator("#field-position").fill(words["stay"])
    page.locator("main button[type=submit]").click()
    row = page.locator("main tbody tr", has_text="Mark Rutte").first
    row.get_by_role("link", name=words["why"]).click()
    assert window.path.startswith("/why?")
    page.locator("main").get_by_role("link", name=words["source"]).first.click()
    assert window.path.startswith("/id/article-a")
    assert page.locator("html").get_attribute("lang") == language
    assert words["source"] in page.locator("li:target").inner_text()
    assert not window.refused


@both
def test_a_question_is_asked_without_javascript(open_window: OpenWindow, language: str) -> None:
    """A reader who fills a field by name and sends it gets the answer, in the same language."""
    window = open_window(java_script_enabled=False)
    window.open(f"/questions/who-advocates?lang={language}")
    window.page.fill("#field-position", LANGUAGES[language]["stay"])
    window.page.click("main button[type=submit]")
    assert "Mark Rutte" in window.page.inner_text("main table")
    assert window.page.get_attribute("html", "lang") == language


def test_sparql_is_written_without_javascript(open_window: OpenWindow) -> None:
    """The text area takes a query, and the page says in the reader's language where it fails."""
    window = open_window(java_script_enabled=False)
    window.open("/sparql?lang=de")
    window.page.fill("#query", "SELECT ?law\nWHERE { ?law a spk:Law ")
    window.page.click("main button[type=submit]")
    assert "Zeile 2, Spalte" in window.page.inner_text("#mistake .sentence")
    assert window.page.get_attribute("#mistake .reason", "lang") == "en"
    window.page.fill("#query", "SELECT ?law\nWHERE { ?law a spk:Law }")
    window.page.click("main button[type=submit]")
    assert window.page.locator("main tbody tr").count() == 1


@both
def test_a_question_is_asked_by_keyboard(window: Window, language: str) -> None:
    """From the first page to an answer with Tab, Enter and typing; each stop can be seen."""
    words, page = LANGUAGES[language], window.page
    window.open(f"/?lang={language}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().width") > 10
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    _tab_to(window, f"document.activeElement.textContent.trim() === {words['ask']!r}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/who-advocates*")
    _tab_to(window, "document.activeElement.id === 'field-position'")
    page.keyboard.press("Control+A")
    page.keyboard.type(words["stay"])
    page.keyboard.press("Enter")
    page.wait_for_url("**position=*")
    assert "Mark Rutte" in page.inner_text("main table")
    assert not window.refused


def _tab_to(window: Window, condition: str) -> None:
    """Press Tab until a condition holds; each stop on the way has a ring around it."""
    for _ in range(80):
        window.page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement).outlineStyle"
        assert window.page.evaluate(style) == "solid", window.page.evaluate(
            "document.activeElement.outerHTML"
        )
        if window.page.evaluate(condition):
            return
    pytest.fail(f"80 times Tab do not lead to {condition}")
