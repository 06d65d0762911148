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
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import compiled, shacl, turtle
from standpunkt.answer import Term
from standpunkt.dossier import Dossier
from standpunkt.errors import (
    DossierError,
    StandpunktError,
    UnknownNameError,
    suggest,
)
from standpunkt.graph import Graph
from standpunkt.location import Location, Place
from standpunkt.mends import VARIABLE, Fault, Mender, filled
from standpunkt.namespaces import ID, SH, shorten
from standpunkt.question import LANGUAGES

__all__ = ["ENGINES", "SEVERITIES", "Finding", "Place", "Report", "validate"]

ENGINES = ("auto", "pyshacl", "shacl", "turbo")
# From the mildest to the gravest.
SEVERITIES = ("info", "warning", "violation")

_DOSSIER = NamedNode(ID)
_MESSAGE = NamedNode(SH + "message")
_RESULT = NamedNode(SH + "result")
_RESULT_MESSAGE = NamedNode(SH + "resultMessage")


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of a constraint.

    `severity` is one of `SEVERITIES`; `focus` is the node at fault, and `label` by language what
    it is called; `path` is the property at fault (`None` where it is no single one) and `value`
    the value at fault; `message` states the rule by language, and `mend` how to keep it, where
    that is known. `constraint` is the IRI of the shape, or of its SPARQL constraint, and
    `component` the constraint component, such as `MinCountConstraintComponent`. `place` is `None`
    where no file speaks of the node.
    """

    severity: str
    focus: Term
    label: Mapping[str, str]
    path: NamedNode | None
    value: Term | None
    message: Mapping[str, str]
    mend: Mapping[str, str]
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
    engine: str = "auto",
) -> Report:
    """Judge the facts of a dossier and its ontology by its shapes.

    Files are judged in the place of the folder `graph/`: with the ontology, and as if the
    dossier had no other facts. `check_shapes` lets pySHACL judge the shapes first, by SHACL's own.

    `engine` is one of `ENGINES`. With `auto`, pySHACL judges, and `shacl` where it is installed
    and pySHACL would take minutes.

    Raises `DossierError` where there are no shapes or they cannot be used (naming file and shape
    where pySHACL gets as far as a shape), `UnknownNameError` for another engine,
    `MissingExtraError` for one that is not installed, and `FileError` and `ParseError` as
    `turtle.read` does.
    """
    if engine not in ENGINES:
        way_out = suggest(engine, ENGINES) or f"; there are {', '.join(ENGINES)}"
        raise UnknownNameError(f"unknown engine {engine!r}{way_out}")
    shapes = dossier.triples("shapes")
    if not shapes:
        folder = str(dossier.folder)
        raise DossierError(f"{folder!r} has no Turtle file (*.ttl) in its folder shapes/")
    facts = dossier.files("graph") if files is None else [Path(path) for path in files]
    paths = list(dict.fromkeys((*facts, *dossier.files("ontology"))))
    try:
        wanted = engine == "pyshacl" or check_shapes
        report = None if wanted else compiled.report(paths, shapes, engine, dossier.reading)
    except ValueError as fault:
        reason = " ".join(str(fault).split())
        raise DossierError(f"the shapes cannot be used: {reason}") from None
    if report is not None and compiled.conforms(report):
        return Report((), tuple(report))
    sources = {path: turtle.read(path) for path in dossier.reading(paths)}
    data = [triple for triples in sources.values() for triple in triples]
    if report is None:
        try:
            report = shacl.report(data, shapes, check_shapes=check_shapes)
        except shacl.BrokenShapeError as fault:
            raise DossierError(f"the shapes cannot be used: {_located(dossier, fault)}") from None
    rules, judged = Graph(shapes), Graph(data)
    mender = Mender(rules, judged, _elsewhere(dossier, sources))
    return _Reader(report, rules, judged, Location(sources), mender).read()


def _elsewhere(dossier: Dossier, judged: Mapping[Path, object]) -> dict[Term, Path]:
    """Give the nodes of the dossier's facts that are not judged, as far as files can be read."""
    found: dict[Term, Path] = {}
    for path in dossier.files("graph"):
        if path not in judged:
            with suppress(StandpunktError):
                found |= {triple.subject: path for triple in turtle.read(path)}
    return found


def _located(dossier: Dossier, fault: shacl.BrokenShapeError) -> str:
    """Say what is wrong with the shapes, and where it is as far as that is known."""
    if fault.shape is None:
        return fault.reason
    sources = {path: turtle.read(path) for path in dossier.files("shapes")}
    place = Location(sources).find(fault.shape)
    where = f"{place}: " if place else ""
    return f"{where}{shorten(fault.shape.value)}: {fault.reason}"


class _Reader:
    """Reads SHACL's report with the shapes and the data at hand."""

    def __init__(
        self,
        report: list[Triple],
        shapes: Graph,
        data: Graph,
        location: Location,
        mender: Mender,
    ) -> None:
        """Take the report, the shapes, the data judged, where it stands, and who mends it."""
        self._report = Graph(report)
        self._shapes = shapes
        self._data = data
        self._location = location
        self._mender = mender

    def read(self) -> Report:
        """Read the whole report."""
        findings = {result: self._finding(result) for _, result in self._report.pairs(_RESULT)}
        return Report(
            findings=tuple(sorted(findings.values(), key=_turn)),
            triples=tuple(_in_languages(self._report.triples, findings)),
        )

    def _finding(self, result: Term) -> Finding:
        focus = self._get(result, "focusNode") or _DOSSIER
        path = self._get(result, "resultPath")
        value = self._get(result, "value")
        shape = self._get(result, "sourceShape") or _DOSSIER
        constraint = self._get(result, "sourceConstraint") or shape
        component = self._local_name(result, "sourceConstraintComponent")
        if self._is_whole(focus) and isinstance(value, NamedNode | BlankNode):
            focus, value = value, None
        path = path if isinstance(path, NamedNode) else None
        value = None if value == focus else value
        named = self._named(result, constraint)
        return Finding(
            severity=self._local_name(result, "resultSeverity").lower(),
            focus=focus,
            label={language: self._data.called(focus, language) for language in LANGUAGES},
            path=path,
            value=value,
            message=self._message(result, constraint, named),
            mend=self._mender.mend(Fault(focus, path, value, constraint, component, named)),
            constraint=constraint,
            component=component,
            place=self._location.find(focus, path, value),
        )

    def _get(self, result: Term, name: str) -> Term | None:
        return next(iter(self._report.objects(result, NamedNode(SH + name))), None)

    def _local_name(self, result: Term, name: str) -> str:
        term = self._get(result, name)
        return term.value.removeprefix(SH) if isinstance(term, NamedNode) else ""

    def _is_whole(self, focus: Term) -> bool:
        return focus == _DOSSIER or "Ontology" in self._data.kinds(focus)

    def _said(self, result: Term) -> list[str]:
        said = self._report.objects(result, _RESULT_MESSAGE)
        return [term.value for term in said if isinstance(term, Literal)]

    def _written(self, constraint: Term) -> list[Literal]:
        own = self._shapes.objects(constraint, _MESSAGE)
        return [term for term in own if isinstance(term, Literal)]

    def _named(self, result: Term, constraint: Term) -> dict[str, Term]:
        """Give what the `{?variables}` of a message stand for.

        It is read off what pySHACL said: there they are filled with IRIs.
        """
        for template in self._written(constraint):
            names = VARIABLE.findall(template.value)
            texts = [re.escape(text) for text in VARIABLE.split(template.value)[::2]]
            for said in self._said(result) if names else ():
                found = re.fullmatch("(.*)".join(texts), said, re.DOTALL)
                if found:
                    return dict(zip(names, map(_term, found.groups()), strict=True))
        return {}

    def _message(self, result: Term, constraint: Term, named: Mapping[str, Term]) -> dict[str, str]:
        """Give the message by language: the shapes' own, with labels, else pySHACL's as `en`."""
        written = {}
        for template in self._written(constraint):
            language = template.language or "en"
            labels = {name: self._data.called(term, language) for name, term in named.items()}
            written[language] = filled(template.value, labels)
        return written or {"en": " ".join(sorted(self._said(result)))}


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
