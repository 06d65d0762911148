"""Links as a template writes them: of a path of the site, the address that a browser follows."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from standpunkt.question import LANGUAGES
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.words import words

_STATIC = "/static/"


class Addresses(Protocol):
    """Writes paths as addresses."""

    def url(self, path: str) -> str:
        """Give the address of a path, in the language of the page."""

    def url_in(self, language: str) -> str:
        """Give the address of this page in a language."""

    def file(self, path: str) -> str:
        """Give the address of a file for programs, which has no language."""


@dataclass(frozen=True, slots=True)
class Served:
    """Addresses of a server, for the page that was asked for.

    `base` goes before every path. `asked` is the language that the reader asked for in the
    address, which all links keep; without one the browser's preference decides each time.
    """

    base: str
    path: str
    query: str
    asked: str | None

    def url(self, path: str) -> str:
        """Give the address of a path, in the language that was asked for."""
        if self.asked is None or path.startswith(_STATIC):
            return self.base + path
        return self.base + with_language(path, self.asked)

    def url_in(self, language: str) -> str:
        """Give the address of this page in a language."""
        own = f"{self.path}?{self.query}" if self.query else self.path
        return self.base + with_language(own, language)

    def file(self, path: str) -> str:
        """Give the address of a file for programs."""
        return self.base + path


def with_language(path: str, language: str) -> str:
    """Set the language in the query of a path, before its fragment.

    >>> with_language("/why?object=x&lang=en#top", "de")
    '/why?object=x&lang=de#top'
    """
    whole, mark, fragment = path.partition("#")
    bare, _, query = whole.partition("?")
    kept = [
        (name, text) for name, text in parse_qsl(query, keep_blank_values=True) if name != "lang"
    ]
    return f"{bare}?{urlencode([*kept, ('lang', language)])}{mark}{fragment}"


def context(page: Page, language: str, addresses: Addresses, **given: object) -> dict[str, Any]:
    """Give all that the template of a page may name."""
    own = words(language)
    menu = [
        ("/questions", own["questions"]),
        ("/matrix", own["matrix"]),
        ("/network", own["network"]),
        ("/timeline", own["timeline"]),
        ("/figures", own["figures"]),
        ("/sparql", own["sparql"]),
    ]
    return {
        "asked_language": None,
        "base": "",
        "data_links": [],
        "editor": False,
        "file": addresses.file,
        "language": language,
        "languages": LANGUAGES,
        "menu": menu,
        "path": "",
        "static": False,
        "t": own,
        "title": page.title,
        "url": addresses.url,
        "url_in": addresses.url_in,
        "version": _version(),
        **page.model,
        **given,
    }


@cache
def _version() -> str:
    try:
        return version("standpunkt")
    except PackageNotFoundError:  # a bare checkout
        return ""
