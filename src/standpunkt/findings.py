"""Findings as text: for readers, for programs, for continuous integration, and as RDF."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standpunkt import layout
from standpunkt.answer import Term
from standpunkt.namespaces import shorten
from standpunkt.validation import Finding, Report

# The formats, with the endings of their files; the first is for readers.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt",),
    "json": (".json",),
    "junit": (".xml",),
    "github": (),
    "turtle": (".ttl",),
}

# The commands of GitHub that a severity becomes; what is graver than it knows is an error.
_COMMANDS = {"info": "notice", "warning": "warning"}
_SEVERITY_DE = {"violation": "Verletzung", "warning": "Warnung", "info": "Hinweis"}


def write(report: Report, form: str, language: str = "en") -> str:
    """Write a report in a format of `FORMATS`; the language is that of the text for readers."""
    if form in {"json", "turtle"}:
        return to_json(report) if form == "json" else to_turtle(report)
    in_language = {"github": to_github, "junit": to_junit}.get(form, to_text)
    return in_language(report, language)


def to_text(report: Report, language: str = "en") -> str:
    """Write one line a finding: `file:line:column: severity: label: message`.

    Where a mend is known, it is one more line, indented.
    """
    return "".join(f"{_lines(finding, language)}\n" for finding in report.findings)


def to_json(report: Report) -> str:
    """Write a JSON object: whether the report is empty, and the findings with full IRIs."""
    content = {
        "conforms": report.conforms,
        "findings": [_object(finding) for finding in report.findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def to_junit(report: Report, language: str = "en") -> str:
    """Write JUnit's XML: a failed test case a finding, or one that passed.

    There is no standard; this is what GitLab, Jenkins and their like read:
    https://github.com/testmoapp/junitxml.
    """
    from xml.etree import ElementTree as ET  # noqa: PLC0415  other commands need none

    count = len(report.findings)
    suite = ET.Element(
        "testsuite", name="standpunkt validate", tests=str(count or 1), failures=str(count)
    )
    if not count:
        ET.SubElement(suite, "testcase", classname="standpunkt", name="conforms")
    for finding in report.findings:
        place = finding.place
        case = ET.SubElement(
            suite,
            "testcase",
            {"file": str(place.file), "line": str(place.line)} if place else {},
            classname=shorten(_text(finding.constraint) or ""),
            name=_pick(finding.label, language),
        )
        message = _pick(finding.message, language)
        failure = ET.SubElement(case, "failure", type=finding.severity, message=message)
        failure.text = _lines(finding, language)
    ET.indent(suite)
    written: bytes = ET.tostring(suite, encoding="utf-8", xml_declaration=True)
    return f"{written.decode()}\n"


def to_github(report: Report, language: str = "en") -> str:
    """Write a workflow command a finding: GitHub shows it at its line of a pull request.

    Paths are relative to the repository that a workflow runs for, elsewhere to the current folder.
    See https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions.
    """
    root = Path(os.environ.get("GITHUB_WORKSPACE") or ".").resolve()
    return "".join(f"{_command(finding, language, root)}\n" for finding in report.findings)


def to_turtle(report: Report) -> str:
    """Write the validation report of SHACL in Turtle, with messages in their languages.

    It has all results, also of severities that `Report.allowing` leaves out.
    """
    return layout.lay_out(report.triples, {})


def _command(finding: Finding, language: str, root: Path) -> str:
    place = finding.place
    properties = {"title": _pick(finding.label, language)}
    if place:
        file = place.file.resolve()
        path = file.relative_to(root) if file.is_relative_to(root) else file
        at = {"file": path.as_posix(), "line": str(place.line), "col": str(place.column)}
        properties = at | properties
    texts = (_pick(finding.message, language), _pick(finding.mend, language))
    message = "\n".join(filter(None, texts))
    written = ",".join(f"{name}={_escaped(text, ':,')}" for name, text in properties.items())
    return f"::{_COMMANDS.get(finding.severity, 'error')} {written}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _lines(finding: Finding, language: str) -> str:
    mend = _pick(finding.mend, language)
    line = _line(finding, language)
    return f"{line}\n    {mend}" if mend else line


def _line(finding: Finding, language: str) -> str:
    severity = finding.severity
    if language == "de":
        severity = _SEVERITY_DE.get(severity, severity)
    label, message = _pick(finding.label, language), _pick(finding.message, language)
    return " ".join(f"{_where(finding)}{severity}: {label}: {message}".split())


def _where(finding: Finding) -> str:
    place = finding.place
    return f"{place}: " if place else ""


def _object(finding: Finding) -> dict[str, object]:
    place = finding.place
    return {
        "severity": finding.severity,
        "focus": _text(finding.focus),
        "label": dict(finding.label),
        "path": _text(finding.path),
        "value": _text(finding.value),
        "message": dict(finding.message),
        "mend": dict(finding.mend),
        "constraint": _text(finding.constraint),
        "component": finding.component,
        "file": str(place.file) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def _pick(texts: Mapping[str, str], language: str) -> str:
    """Give the text in a language, else one in another."""
    return texts.get(language) or next(iter(texts.values()), "")


def _text(term: Term | None) -> str | None:
    if term is None:
        return None
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
