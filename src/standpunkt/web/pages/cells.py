"""Terms as readers see them: a label with a link, a date in words, a number in groups."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode

from standpunkt.answer import Term, value
from standpunkt.namespaces import HOME, XSD
from standpunkt.nodes import members
from standpunkt.page import legible
from standpunkt.web.pages import foreign
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.paths import external, node_path
from standpunkt.wording import Wording

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_DATES = {XSD + "date", XSD + "gYearMonth", XSD + "gYear"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_WORDS_NUMBER = re.compile(r"(\D*)([0-9]*)")
_GROUPED_FROM = 5  # digits: 2024 is not 2,024
_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Cell:
    """A term for a reader.

    `path` is the page on it, `href` an address on another host; `language` is set where the words
    are not ours, `datetime` where it is a date, `number` where it is one.
    """

    text: str
    path: str | None = None
    href: str | None = None
    language: str | None = None
    datetime: str | None = None
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """Writes terms in one language."""

    explorer: Explorer
    wording: Wording

    def cell(self, term: Term | None) -> Cell:
        """Write a term; an unbound variable becomes nothing."""
        if isinstance(term, NamedNode):
            return self._node(term)
        if isinstance(term, BlankNode):
            listed = [self.cell(each).text for each in members(self.explorer.store, term)]
            return Cell(" / ".join(listed) or "…")
        return self._literal(term) if isinstance(term, Literal) else Cell("")

    def text(self, term: Term | None) -> str:
        """Write a term without a link."""
        return self.cell(term).text

    def quoted(self, words: Literal) -> Cell:
        """Write words that somebody else said, in their language."""
        return Cell(legible(words.value), language=words.language)

    def web(self, text: str) -> Cell:
        """Write a source on the web, or in words."""
        return Cell(legible(text), href=external(text))

    def _node(self, node: NamedNode) -> Cell:
        own = self.wording.label(node) or foreign.word(node.value, self.wording.language)
        text = legible(own or self.wording.term(node))
        if node.value.startswith(_WIKIDATA):
            return Cell(f"Wikidata {node.value.removeprefix(_WIKIDATA)}", href=external(node.value))
        ours = node.value.startswith(HOME) or self.wording.label(node)
        if ours and self.explorer.knows(node):
            return Cell(text, path=node_path(node))
        return Cell(text, href=external(node.value))

    def _literal(self, literal: Literal) -> Cell:
        language = self.wording.language
        if literal.language:
            foreign = literal.language if literal.language != language else None
            return Cell(legible(literal.value), language=foreign)
        if literal.datatype.value in _DATES and (written := date(literal.value, language)):
            return Cell(written, datetime=literal.value)
        if literal.datatype.value == XSD + "anyURI":
            return Cell(legible(literal.value), href=external(literal.value))
        number = value(literal)
        if isinstance(number, int | float | Decimal) and not isinstance(number, bool):
            return Cell(grouped(self.wording.term(literal), language), number=float(number))
        return Cell(legible(literal.value))


def in_order(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Sort by text, and numbers in it by size: sentence 9 comes before sentence 10."""
    return tuple(sorted(cells, key=lambda cell: _parts(cell.text)))


def _parts(text: str) -> list[tuple[str, int]]:
    return [(words.casefold(), int(number or 0)) for words, number in _WORDS_NUMBER.findall(text)]


def date(text: str, language: str) -> str | None:
    """Write a date, a month or a year of ISO 8601 in words; `None` where it is none.

    >>> date("2024-11-22", "de"), date("2024-11", "en"), date("2024", "en")
    ('22. November 2024', 'November 2024', '2024')
    """
    found = _DATE.fullmatch(text)
    if found is None or not 1 <= int(found[2] or 1) <= 12:  # noqa: PLR2004  months
        return None
    year, month, day = found.groups()
    words = [_MONTHS[language].split()[int(month) - 1], year] if month else [year]
    if day:
        words.insert(0, f"{int(day)}." if language == "de" else str(int(day)))
    return " ".join(words)


def grouped(number: str, language: str) -> str:
    """Write a number with the signs of a language, its digits in groups of three from five on.

    >>> grouped("876000000000", "en"), grouped("2.12", "de"), grouped("2024", "de")
    ('876,000,000,000', '2,12', '2024')
    """
    sign = "-" if number.startswith("-") else ""
    whole, point, fraction = number.removeprefix("-").partition(".")
    if not whole.isdecimal() or (point and not fraction.isdecimal()):
        return number
    if len(whole) >= _GROUPED_FROM:
        whole = f"{int(whole):,}"
    written = sign + whole + point + fraction
    return written.translate(str.maketrans(",.", ".,")) if language == "de" else written
