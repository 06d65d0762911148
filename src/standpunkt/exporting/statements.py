"""The statements as a table, one row each, with every variable.

The first columns are those of the event list that Discourse Network Analyzer exports
(https://github.com/leifeld/dna), by its names, so that a script for that list finds them here; all
others follow. A cell with several values has ` | ` between them. docs/exporting.md says what each
column holds.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable

from pyoxigraph import Literal, NamedNode

from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.exporting.facts import Facts
from standpunkt.namespaces import PREFIXES, RDFS, SKOS, SPK, XSD
from standpunkt.question import LANGUAGES

BETWEEN = " | "

_LANGUAGE = PREFIXES["dcterms"] + "language"
_NOTE = SKOS + "editorialNote"
_PRECISION = {XSD + "date": "day", XSD + "gYearMonth": "month", XSD + "gYear": "year"}
# Actors that Discourse Network Analyzer has as organizations; all others are persons to it.
_BODIES = {SPK + kind for kind in ("Organisation", "State", "Group")}
# It knows agreement and disagreement only.
_AGREEMENT = {"1": "1", "-1": "0"}


class Reader:
    """What the variables of a statement are read from."""

    def __init__(self, dossier: Dossier, language: str) -> None:
        """Take a dossier, and the language of the columns that have one."""
        graphs = dossier.graphs(*ASSERTED)
        self.facts = Facts(triple for triples in graphs.values() for triple in triples)
        self.language = language
        addresses = NamedNode(SPK + "addresses")
        self._stances = [
            property_
            for property_ in self.facts.subjects(RDFS + "subPropertyOf", addresses)
            if property_.value.startswith(SPK)
        ]
        # By member and article: who is well known has many.
        self._memberships: dict[tuple[NamedNode, NamedNode], set[NamedNode]] = defaultdict(set)
        for membership in self.facts.instances(SPK + "Membership"):
            for article in self.articles(membership):
                for member in self.facts.iris(membership, SPK + "member"):
                    self._memberships[member, article].add(membership)

    def statements(self) -> list[NamedNode]:
        """Give the statements in the order of the articles and of their texts."""

        def place(statement: NamedNode) -> list[tuple[str, int]]:
            return [self._place(passage) for passage in self.passages(statement)]

        return sorted(self.facts.instances(SPK + "Statement"), key=place)

    def stances(self, statement: NamedNode) -> list[NamedNode]:
        """Give the stance of a statement: the property to its proposition."""
        return [each for each in self._stances if self.facts.objects(statement, each.value)]

    def propositions(self, statement: NamedNode) -> list[NamedNode]:
        """Give the proposition of a statement."""
        stances = self.stances(statement)
        return [node for each in stances for node in self.facts.iris(statement, each.value)]

    def polarities(self, statement: NamedNode) -> list[str]:
        """Give `1` where the stance is for it, `-1` against it, `0` neither."""
        stances = self.stances(statement)
        return [text for each in stances for text in self.facts.texts(each, SPK + "polarity")]

    def passages(self, node: NamedNode) -> list[NamedNode]:
        """Give the passages that a fact hangs on, in the order of the text."""
        return sorted(self.facts.iris(node, SPK + "evidence"), key=self._place)

    def articles(self, node: NamedNode) -> list[NamedNode]:
        """Give the articles that a fact hangs on."""
        return self.along([node], "evidence", "inArticle")

    def memberships(self, statement: NamedNode) -> list[NamedNode]:
        """Give the speaker's memberships by the articles that the statement hangs on."""
        articles, found = self.articles(statement), list[NamedNode]()
        for speaker in self.facts.iris(statement, SPK + "speaker"):
            known = (self._memberships[speaker, article] for article in articles)
            found += sorted(set[NamedNode]().union(*known), key=str)
        return found

    def along(self, nodes: list[NamedNode], *names: str) -> list[NamedNode]:
        """Give the nodes, each once, that others lead to by properties in a row."""
        for name in names:
            found = [each for node in nodes for each in self.facts.iris(node, SPK + name)]
            nodes = list(dict.fromkeys(found))
        return nodes

    def labels(self, nodes: list[NamedNode], language: str | None = None) -> list[str]:
        """Give the labels of nodes, in the language of the reader where none is given."""
        return [self.facts.label(node, language or self.language) for node in nodes]

    def _place(self, passage: NamedNode) -> tuple[str, int]:
        article = next(iter(self.facts.iris(passage, SPK + "inArticle")), None)
        return (article.value if article else "", self.facts.number(passage, SPK + "number"))


Column = Callable[[Reader, NamedNode], list[str]]
Nodes = Callable[[Reader, NamedNode], list[NamedNode]]


def rows(reader: Reader) -> list[dict[str, str]]:
    """Give each statement as a dict from column to cell, in the order of the text."""
    return [
        {name: _cell(column(reader, statement)) for name, column in COLUMNS.items()}
        for statement in reader.statements()
    ]


def to_csv(dossier: Dossier, language: str = "en") -> str:
    """Write the statements of a dossier as CSV (RFC 4180); the head alone, where there are none.

    The language is that of the columns for Discourse Network Analyzer; all other labels are there
    in every language.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows(Reader(dossier, language)))
    return text.getvalue()


def _cell(values: list[str]) -> str:
    return BETWEEN.join(values) if any(values) else ""


def _itself(_reader: Reader, statement: NamedNode) -> list[NamedNode]:
    return [statement]


def _to(*names: str) -> Nodes:
    """Give the nodes that properties in a row lead to."""
    return lambda reader, statement: reader.along([statement], *names)


def _of_membership(name: str) -> Nodes:
    return lambda reader, statement: reader.along(reader.memberships(statement), name)


def _iris(nodes: Nodes) -> Column:
    return lambda reader, statement: [node.value for node in nodes(reader, statement)]


def _labels(nodes: Nodes, language: str | None = None) -> Column:
    return lambda reader, statement: reader.labels(nodes(reader, statement), language)


def _named(name: str, nodes: Nodes | None = None) -> dict[str, Column]:
    """Give a column of IRIs and one of labels for each language."""
    nodes = nodes or _to(name)
    return {name: _iris(nodes)} | _in_languages(name, lambda language: _labels(nodes, language))


def _in_languages(name: str, column: Callable[[str], Column]) -> dict[str, Column]:
    return {f"{name}_{language}": column(language) for language in LANGUAGES}


def _values(property_: str, nodes: Nodes = _itself, language: str | None = None) -> Column:
    """Give the literals that nodes have; each node has a place, so that columns go together."""
    return lambda reader, statement: [
        next(iter(reader.facts.texts(node, property_, language)), "")
        for node in nodes(reader, statement)
    ]


def _all_values(property_: str, nodes: Nodes) -> Column:
    """Give all the literals that nodes have."""
    return lambda reader, statement: [
        text for node in nodes(reader, statement) for text in reader.facts.texts(node, property_)
    ]


def _notes(name: str, property_: str) -> dict[str, Column]:
    def column(language: str) -> Column:
        return lambda reader, statement: reader.facts.texts(statement, property_, language)

    return _in_languages(name, column)


def _precision(nodes: Nodes) -> Column:
    return lambda reader, statement: [
        _PRECISION.get(term.datatype.value, "")
        for node in nodes(reader, statement)
        for term in reader.facts.objects(node, SPK + "date")
        if isinstance(term, Literal)
    ]


def _types(nodes: Nodes) -> Nodes:
    return lambda reader, statement: [
        kind for node in nodes(reader, statement) for kind in reader.facts.types(node)
    ]


def _is_body(reader: Reader, node: NamedNode) -> bool:
    return any(kind.value in _BODIES for kind in reader.facts.types(node))


def _persons(reader: Reader, statement: NamedNode) -> list[str]:
    speakers = reader.along([statement], "speaker")
    return reader.labels([each for each in speakers if not _is_body(reader, each)])


def _organizations(reader: Reader, statement: NamedNode) -> list[str]:
    speakers = reader.along([statement], "speaker")
    bodies = [each for each in speakers if _is_body(reader, each)]
    return reader.labels(bodies or reader.along(reader.memberships(statement), "organisation"))


def _agreement(reader: Reader, statement: NamedNode) -> list[str]:
    return [_AGREEMENT.get(polarity, "") for polarity in reader.polarities(statement)]


def _passage_kinds(reader: Reader, statement: NamedNode) -> list[NamedNode]:
    passages = reader.passages(statement)
    return [kind for each in passages for kind in reader.facts.iris(each, SPK + "kind")]


def _words_language(reader: Reader, statement: NamedNode) -> list[str]:
    return [
        getattr(term, "language", None) or ""
        for quotation in reader.along([statement], "quotation")
        for term in reader.facts.objects(quotation, SPK + "words")
    ]


_SPEAKER, _ARTICLE, _QUOTATION = _to("speaker"), Reader.articles, _to("quotation")

# The columns by name. The first ten are those of Discourse Network Analyzer's event list.
COLUMNS: dict[str, Column] = {
    "statement ID": _iris(_itself),
    "time": _values(SPK + "date", _ARTICLE),
    "document ID": _iris(_ARTICLE),
    "document title": _labels(_ARTICLE),
    "author": _labels(_to("evidence", "inArticle", "author")),
    "text": _values(SPK + "words", _QUOTATION),
    "person": _persons,
    "organization": _organizations,
    "concept": _labels(Reader.propositions),
    "agreement": _agreement,
    **_in_languages("statement", lambda language: _labels(_itself, language)),
    **_named("speaker"),
    **_named("speakerType", _types(_SPEAKER)),
    "speakerName": _all_values(SPK + "name", _SPEAKER),
    **_named("membership", Reader.memberships),
    **_named("organisation", _of_membership("organisation")),
    **_named("office", _of_membership("office")),
    **_named("spokenAs"),
    **_named("stance", Reader.stances),
    "polarity": Reader.polarities,
    **_named("proposition", Reader.propositions),
    **_named("propositionType", _types(Reader.propositions)),
    **_named("about", lambda r, s: r.along(r.propositions(s), "about")),
    **_named("certainty"),
    **_named("directness"),
    "date": _values(SPK + "date"),
    "datePrecision": _precision(_itself),
    **_notes("timeNote", SPK + "timeNote"),
    **_named("place"),
    **_named("medium"),
    **_named("occasion"),
    **_named("if"),
    **_named("unless"),
    **_named("ifUnderstood"),
    **_named("addressee"),
    **_named("reportedBy"),
    **_named("possibleSpeaker"),
    **_named("agreesWith"),
    **_named("sharesStatement"),
    **_named("givesReasonFor"),
    **_named("accompanies"),
    **_named("followsFrom"),
    **_notes("editorialNote", _NOTE),
    "quotation": _iris(_QUOTATION),
    "textLanguage": _words_language,
    "textStart": _values(SPK + "start", _QUOTATION),
    "textEnd": _values(SPK + "end", _QUOTATION),
    "textSha256": _values(SPK + "sha256", _QUOTATION),
    "passage": _iris(Reader.passages),
    "sentence": _values(SPK + "number", Reader.passages),
    **_named("passageKind", _passage_kinds),
    "start": _values(SPK + "start", Reader.passages),
    "end": _values(SPK + "end", Reader.passages),
    "sha256": _values(SPK + "sha256", Reader.passages),
    **_in_languages("article", lambda language: _labels(_ARTICLE, language)),
    "timePrecision": _precision(_ARTICLE),
    "articleLanguage": _values(_LANGUAGE, _ARTICLE),
    "articleFile": _values(SPK + "file", _ARTICLE),
    "articleSha256": _values(SPK + "sha256", _ARTICLE),
}
