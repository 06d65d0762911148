"""What is wrong with a dossier: SHACL's findings, in two languages, with file, line and column.

What was asserted is judged together with the ontology, and nothing that follows from them: so no
inference can paper over a mistake.

A rule about one node has that node as its focus. A rule about the dossier as a whole, such as that
passages do not overlap, has the dossier (`id:`) as its focus and the node at fault as its value; a
rule about all terms has the ontology as its focus. A finding has the node at fault as its focus.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import files as text_files
from standpunkt import places, shacl, turtle
from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.errors import DossierError, UnknownNameError, suggest
from standpunkt.namespaces import ID, OWL, RDF, RDFS, SH, shorten
from standpunkt.question import LANGUAGES
from standpunkt.shacl import Node

# From the mildest to the gravest.
SEVERITIES = ("info", "warning", "violation")

_DOSSIER = NamedNode(ID)
_ONTOLOGY = NamedNode(OWL + "Ontology")
_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_MESSAGE = NamedNode(SH + "message")
_RESULT = NamedNode(SH + "result")
_RESULT_MESSAGE = NamedNode(SH + "resultMessage")
_VARIABLE = re.compile(r"\{[?$]\w+\}")

Index = dict[tuple[Term, NamedNode], list[Term]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands; line and column count from 1, in characters."""

    file: Path
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a constraint.

    `severity` is one of `SEVERITIES`; `focus` is the node at fault, and `label` by language what
    it is called; `path` is the property at fault (`None` where it is no single one) and `value`
    the value at fault; `message` states the rule by language. `constraint` is the IRI of the
    shape, or of its SPARQL constraint, and `component` the constraint component, such as
    `MinCountConstraintComponent`. `place` is `None` where no file speaks of the node.
    """

    severity: str
    focus: Term
    label: Mapping[str, str]
    path: NamedNode | None
    value: Term | None
    message: Mapping[str, str]
    constraint: Term
    component: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in the order of files and lines; `triples` are the report of SHACL."""

    findings: tuple[Finding, ...]
    triples: tuple[Triple, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found, of whatever severity."""
        return not self.findings

    def allowing(self, severity: str) -> "Report":
        """Leave out the findings of a severity and of milder ones.

        Raises `UnknownNameError` where it is none of `SEVERITIES`.
        """
        if severity not in SEVERITIES:
            way_out = suggest(severity, SEVERITIES) or f"; there are {', '.join(SEVERITIES)}"
            raise UnknownNameError(f"unknown severity {severity!r}{way_out}")
        allowed = SEVERITIES[: SEVERITIES.index(severity) + 1]
        kept = tuple(finding for finding in self.findings if finding.severity not in allowed)
        return replace(self, findings=kept)


def validate(
    dossier: Dossier,
    files: Iterable[str | os.PathLike[str]] | None = None,
    *,
    check_shapes: bool = False,
) -> Report:
    """Judge the facts of a dossier and its ontology by its shapes.

    Files are judged in the place of the folder `graph/`: with the ontology, and as if the
    dossier had no other facts. `check_shapes` judges the shapes first, by SHACL's own.

    Raises `DossierError` where there are no shapes or they cannot be used, and `FileError` and
    `ParseError` as `turtle.read` does.
    """
    shapes = dossier.triples("shapes")
    if not shapes:
        folder = str(dossier.folder)
        raise DossierError(f"{folder!r} has no Turtle file (*.ttl) in its folder shapes/")
    facts = dossier.files("graph") if files is None else [Path(path) for path in files]
    sources = {path: turtle.read(path) for path in (*facts, *dossier.files("ontology"))}
    data = [triple for triples in sources.values() for triple in triples]
    report = shacl.report(data, shapes, check_shapes=check_shapes)
    return _Reader(report, _index(shapes), _index(data), _Places(sources)).read()


def _index(triples: Iterable[Triple]) -> Index:
    """Index triples by subject and predicate."""
    index: Index = {}
    for subject, predicate, term in triples:
        index.setdefault((subject, predicate), []).append(term)
    return index


class _Reader:
    """Reads SHACL's report with the shapes and the data at hand."""

    def __init__(
        self, report: list[Triple], shapes: Index, data: Index, sources: "_Places"
    ) -> None:
        """Take the report's triples, the shapes, the data judged, and the places in its files."""
        self._triples = report
        self._report = _index(report)
        self._shapes = shapes
        self._data = data
        self._places = sources

    def read(self) -> Report:
        """Read the whole report."""
        results = [triple.object for triple in self._triples if triple.predicate == _RESULT]
        findings = {result: self._finding(result) for result in results}
        return Report(
            findings=tuple(sorted(findings.values(), key=_turn)),
            triples=tuple(_in_languages(self._triples, findings)),
        )

    def _finding(self, result: Term) -> Finding:
        focus = self._get(result, "focusNode") or _DOSSIER
        path = self._get(result, "resultPath")
        value = self._get(result, "value")
        shape = self._get(result, "sourceShape")
        constraint = self._get(result, "sourceConstraint") or shape or _DOSSIER
        if self._is_whole(focus) and isinstance(value, NamedNode | BlankNode):
            focus, value = value, None
        path = path if isinstance(path, NamedNode) else None
        value = None if value == focus else value
        return Finding(
            severity=self._local_name(result, "resultSeverity").lower(),
            focus=focus,
            label={language: self._called(focus, language) for language in LANGUAGES},
            path=path,
            value=value,
            message=self._message(result, constraint),
            constraint=constraint,
            component=self._local_name(result, "sourceConstraintComponent"),
            place=self._places.find(focus, path, value),
        )

    def _get(self, result: Term, name: str) -> Term | None:
        return next(iter(self._report.get((result, NamedNode(SH + name)), [])), None)

    def _local_name(self, result: Term, name: str) -> str:
        term = self._get(result, name)
        return term.value.removeprefix(SH) if isinstance(term, NamedNode) else ""

    def _is_whole(self, focus: Term) -> bool:
        return focus == _DOSSIER or _ONTOLOGY in self._data.get((focus, _TYPE), [])

    def _called(self, term: Term, language: str) -> str:
        """Give a term's label, else its CURIE, else its text."""
        if isinstance(term, Literal):
            return term.value
        labels = [
            label for label in self._data.get((term, _LABEL), []) if isinstance(label, Literal)
        ]
        labels.sort(key=lambda label: label.language != language)
        if labels:
            return labels[0].value
        return shorten(term.value) if isinstance(term, NamedNode) else str(term)

    def _message(self, result: Term, constraint: Term) -> dict[str, str]:
        """Give the message by language: the shapes' own, else pySHACL's under `en`."""
        said = [
            term.value
            for term in self._report.get((result, _RESULT_MESSAGE), [])
            if isinstance(term, Literal)
        ]
        own = [
            term
            for term in self._shapes.get((constraint, _MESSAGE), [])
            if isinstance(term, Literal)
        ]
        written = {term.language or "en": self._filled(term, said) for term in own}
        return written or {"en": " ".join(sorted(said))}

    def _filled(self, template: Literal, said: list[str]) -> str:
        """Put labels into the `{?variables}` of a message.

        What they stand for is read off what pySHACL said: there they are filled with IRIs.
        """
        pattern = "(.*)".join(map(re.escape, _VARIABLE.split(template.value)))
        matches = (re.fullmatch(pattern, text, re.DOTALL) for text in said)
        found = next(filter(None, matches), None)
        if found is None:
            return template.value
        language = template.language or "en"
        labels = iter([self._called(_term(text), language) for text in found.groups()])
        return _VARIABLE.sub(lambda _: next(labels), template.value)


class _Places:
    """Where terms stand in the files judged."""

    def __init__(self, sources: Mapping[Path, list[Triple]]) -> None:
        """Take the triples of each file."""
        self._sources = sources
        self._positions: dict[Path, places.Positions] = {}

    def find(self, focus: Term, path: NamedNode | None, value: Term | None) -> Place | None:
        """Find the value, else the property, else the node, else what points to the node."""
        if isinstance(focus, Literal | Triple) or isinstance(value, Triple):
            return None
        place = self._find(focus, path, value) if path and value is not None else None
        place = place or (self._find(focus, path) if path else None) or self._find(focus)
        return place or next(chain(self._pointing(focus), self._holding(focus)), None)

    def _find(
        self,
        subject: Node,
        predicate: NamedNode | None = None,
        term: Node | Literal | None = None,
    ) -> Place | None:
        for file in self._sources:
            position = self._of(file).find(subject, predicate, term)
            if position:
                return Place(file, *position)
        return None

    def _pointing(self, node: Term) -> Iterator[Place]:
        """Give the places of properties whose object is a node without a name of its own."""
        for triples in self._sources.values():
            for subject, predicate, term in triples:
                place = self._find(subject, predicate) if term == node else None
                if place:
                    yield place

    def _holding(self, node: Term) -> Iterator[Place]:
        """Give the beginnings of files that say something of a node."""
        for file, triples in self._sources.items():
            if any(triple.subject == node for triple in triples):
                yield Place(file, 1, 1)

    def _of(self, file: Path) -> places.Positions:
        if file not in self._positions:
            self._positions[file] = places.positions(text_files.read(file))
        return self._positions[file]


def _turn(finding: Finding) -> tuple[object, ...]:
    """Give the key by which findings are in order."""
    place = finding.place
    where = (str(place.file), place.line, place.column) if place else ("", 0, 0)
    gravity = SEVERITIES.index(finding.severity) if finding.severity in SEVERITIES else 0
    return *where, -gravity, str(finding.constraint), finding.component, str(finding.value)


def _term(text: str) -> Term:
    try:
        return NamedNode(text)
    except ValueError:
        return Literal(text)


def _in_languages(triples: list[Triple], findings: Mapping[Term, Finding]) -> Iterator[Triple]:
    """Give a report with each message once a language, which pySHACL drops."""
    yield from (triple for triple in triples if triple.predicate != _RESULT_MESSAGE)
    for result, finding in findings.items():
        if isinstance(result, NamedNode | BlankNode):
            for language, text in finding.message.items():
                yield Triple(result, _RESULT_MESSAGE, Literal(text, language=language))
