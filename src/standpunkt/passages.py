"""An article cut into passages: sentences and headings, with offsets and hashes.

Where a sentence ends is a guess at first, and the curator's decision at last: the guess is text
with one passage a line, and whatever lines the curator makes of it are the cut.
"""

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt.citation import digest, seal
from standpunkt.errors import ParameterError, ParseError
from standpunkt.namespaces import ID, PREFIXES, RDF, RDFS, SPK, XSD

_LINE = re.compile(r"\S(?:.*\S)?")
# Quotation marks and brackets may stand between the full stop and the next sentence.
_CLOSING = "[\"'“”»«)\\]\u2018\u2019]*"
_OPENING = "[\"'„“»«(\\[\u2018\u201a]*"
_ENDED = re.compile(rf"[.!?…]{_CLOSING}\Z")
_GAP = re.compile(rf"(?<=[.!?…])({_CLOSING})\s+(?={_OPENING}[A-ZÄÖÜ0-9])")
# What ends in a full stop without ending a sentence: initials, days of a month, abbreviations.
_GOES_ON = re.compile(r"(?:^|[\s.(])(?:\w|\d\d|Dr|Prof|Nr|St|ca|bzw|Mio|Mrd|Abs|Art|Mr|Mrs)\.\Z")
_QUOTED = re.compile("„([^„“”]+)[“”]|“([^“”]+)”|»([^«»]+)«|«([^«»]+)»")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, in Unicode code points; `end` is exclusive."""

    start: int
    end: int


def guessed(text: str) -> list[Span]:
    """Cut a text at its line ends and where a sentence seems to end."""
    spans = []
    for line in _LINE.finditer(text):
        start = line.start()
        for gap in _GAP.finditer(text, line.start(), line.end()):
            if gap[1] or not _GOES_ON.search(text[start : gap.start()]):
                spans.append(Span(start, gap.end(1)))
                start = gap.end()
        spans.append(Span(start, line.end()))
    return spans


def along(text: str, cut: str, name: str) -> list[Span]:
    """Cut a text as another has it, one passage a line; a blank may stand for a line end.

    Raises `ParseError`, which calls the cut by the name, where it is not the whole text in its
    order.
    """
    spans: list[Span] = []
    for number, line in enumerate([*cut.splitlines(), ""], start=1):
        place = spans[-1].end if spans else 0
        words = r"\s+".join(map(re.escape, line.split()))
        found = re.compile(rf"\s*({words})" if words else "").match(text, place)
        if not found or (number > len(cut.splitlines()) and text[place:].strip()):
            ahead = " ".join(text[place:].split())
            shown = ahead if len(ahead) <= _SHOWN else f"{ahead[: _SHOWN - 1]}…"
            has = f"goes on with {shown!r}" if ahead else "has ended"
            raise ParseError(name, number, 1, f"the article {has} here; a cut has it word by word")
        if words:
            spans.append(Span(*found.span(1)))
    return spans


def lines(text: str, spans: list[Span]) -> str:
    """Write a cut, one passage a line."""
    return "".join(f"{' '.join(text[span.start : span.end].split())}\n" for span in spans)


def triples(text: str, spans: list[Span], *, file: str, name: str, language: str) -> list[Triple]:
    """Describe an article, an author of whom nothing is known, the passages, and what is quoted.

    Takes the name of the article's file; a name that the nodes have in them, such as the `b` of
    `id:article-b` and `id:passage-b-7`; and the tag of the article's language. A passage that ends
    like no sentence is a heading. Whatever stands between quotation marks within a passage becomes
    a quotation, though not all of it is somebody's words. Raises `ParameterError` for a name that
    no node can have, and for what is no such tag.
    """
    if not _NAME.fullmatch(name):
        raise ParameterError(
            f"{name!r} cannot be part of an IRI; take lower-case letters, digits and hyphens"
        )
    if not _LANGUAGE.fullmatch(language):
        raise ParameterError(f"{language!r} is no tag of a language; take one like 'de' or 'en'")
    title = name.upper() if len(name) == 1 else name
    article, author = NamedNode(f"{ID}article-{name}"), NamedNode(f"{ID}author-{name}")
    found = [
        *_node(
            author, "Actor", f"Autorschaft von Artikel {title}", f"Authorship of article {title}"
        ),
        *_node(article, "Article", f"Artikel {title}", f"Article {title}"),
        Triple(article, NamedNode(PREFIXES["dcterms"] + "language"), Literal(language)),
        _fact(article, "author", author),
        _fact(article, "file", Literal(file)),
        _fact(article, "sha256", _hash(text)),
    ]
    sealed = list(spans)
    quotations = 0
    for number, span in enumerate(spans, start=1):
        is_sentence = _ENDED.search(text[span.start : span.end])
        nouns = ("Satz", "sentence") if is_sentence else ("Überschrift", "heading")
        passage = NamedNode(f"{ID}passage-{name}-{number}")
        found += [
            *_node(passage, "Passage", *_labels(title, *nouns, number)),
            *_place(passage, text, span),
            _fact(passage, "inArticle", article),
            _fact(passage, "kind", NamedNode(SPK + ("Sentence" if is_sentence else "Heading"))),
            _fact(passage, "number", _integer(number)),
        ]
        for quoted in _QUOTED.finditer(text, span.start, span.end):
            quotations += 1
            quotation = NamedNode(f"{ID}quotation-{name}-{quotations}")
            words = Span(quoted.start() + 1, quoted.end() - 1)
            sealed.append(words)
            found += [
                *_node(quotation, "Quotation", *_labels(title, "Zitat", "quotation", quotations)),
                *_place(quotation, text, words),
                _fact(quotation, "evidence", passage),
                _fact(
                    quotation, "words", Literal(text[words.start : words.end], language=language)
                ),
            ]
    details = ((span.start, span.end, digest(text[span.start : span.end])) for span in sealed)
    return [*found, _fact(article, "seal", Literal(seal(digest(text), details)))]


def _labels(title: str, german: str, english: str, number: int) -> tuple[str, str]:
    return f"Artikel {title}, {german} {number}", f"article {title}, {english} {number}"


def _node(node: NamedNode, kind: str, german: str, english: str) -> list[Triple]:
    label = NamedNode(RDFS + "label")
    return [
        Triple(node, NamedNode(RDF + "type"), NamedNode(SPK + kind)),
        Triple(node, label, Literal(german, language="de")),
        Triple(node, label, Literal(english, language="en")),
    ]


def _place(node: NamedNode, text: str, span: Span) -> list[Triple]:
    return [
        _fact(node, "start", _integer(span.start)),
        _fact(node, "end", _integer(span.end)),
        _fact(node, "sha256", _hash(text[span.start : span.end])),
    ]


def _fact(node: NamedNode, name: str, value: NamedNode | Literal) -> Triple:
    return Triple(node, NamedNode(SPK + name), value)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _hash(text: str) -> Literal:
    return Literal(digest(text))
