"""What became of the mutants, operator by operator, as a section of docs/quality.md."""

import os
import platform
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks.faults import OPERATORS
from benchmarks.judges import ARTICLES, EVIDENCE, LINT, PARSER, VALIDATE, WITHOUT_TEXTS
from benchmarks.mutants import Mutant
from benchmarks.survivors import REASONS

NAME = "mutation score"
_COLUMNS = (PARSER, VALIDATE, LINT, EVIDENCE, ARTICLES)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant, and who finds it."""

    mutant: Mutant
    finders: frozenset[str]

    @property
    def is_semantic(self) -> bool:
        """Tell whether the mutant does not count into the score."""
        return OPERATORS[self.mutant.operator].is_semantic

    @property
    def is_found_without_texts(self) -> bool:
        """Tell whether it is found by one who lacks the articles."""
        return bool(self.finders & WITHOUT_TEXTS)


@dataclass(frozen=True, slots=True)
class Run:
    """The settings of a run, for whoever wants to repeat it."""

    seed: int
    engine: str
    with_texts: bool


def score(outcomes: Iterable[Outcome], *, with_texts: bool) -> float:
    """Give the share of the mutants that count which is found, with or without the articles."""
    counted = [each for each in outcomes if not each.is_semantic]
    found = sum(bool(e.finders) if with_texts else e.is_found_without_texts for e in counted)
    return found / len(counted) if counted else 1.0


def section(outcomes: list[Outcome], run: Run) -> str:
    """Write the figures of a run in Markdown, for between the markers of the page."""
    parts = [
        _summary(outcomes, run),
        *(_table(theme, of_theme) for theme, of_theme in _themes(outcomes, is_semantic=False)),
        _survivors(outcomes),
        ["### Faults of meaning", "", _MEANING],
        *(_rows(of_theme) for _, of_theme in _themes(outcomes, is_semantic=True)),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _summary(outcomes: list[Outcome], run: Run) -> list[str]:
    counted = [each for each in outcomes if not each.is_semantic]
    operators = {each.mutant.operator for each in counted}
    unfound = [
        sum(not each.is_found_without_texts for each in counted),
        sum(not each.finders for each in counted),
    ]
    lines = [
        "| | mutants | found | score |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, missed in zip(("without the articles", "with the articles"), unfound, strict=True):
        if name.startswith("without") or run.with_texts:
            share = 100 * (1 - missed / max(len(counted), 1))
            lines.append(f"| {name} | {len(counted)} | {len(counted) - missed} | {share:.1f} % |")
    packages = ("pyshacl", "shacl", "pyshacl-turbo", "pyoxigraph", "rdflib")
    versions = ", ".join(filter(None, map(_version, packages)))
    when = datetime.now(UTC).date().isoformat()
    python = ".".join(map(str, sys.version_info[:3]))
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return [
        *lines,
        "",
        f"{when}, seed {run.seed}, {len(operators)} operators, SHACL engine `{run.engine}`.",
        f"Python {python}, {versions}; {machine}.",
    ]


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except ModuleNotFoundError:
        return ""


def _themes(
    outcomes: list[Outcome], *, is_semantic: bool
) -> Iterator[tuple[str, dict[str, list[Outcome]]]]:
    """Give the outcomes by theme, which is the module of the operator, and by operator."""
    themes: dict[str, dict[str, list[Outcome]]] = defaultdict(lambda: defaultdict(list))
    for each in outcomes:
        if each.is_semantic == is_semantic:
            theme = sys.modules[OPERATORS[each.mutant.operator].sites.__module__]
            heading = (theme.__doc__ or "").strip().splitlines()[0].removesuffix(".")
            themes[heading][each.mutant.operator].append(each)
    yield from themes.items()


def _table(theme: str, by_operator: dict[str, list[Outcome]]) -> list[str]:
    return [f"### {theme}", "", *_rows(by_operator)]


def _rows(by_operator: dict[str, list[Outcome]]) -> list[str]:
    head = ("operator", "the mistake", "mutants", *_COLUMNS, "found")
    lines = [
        f"| {' | '.join(head)} |",
        f"| --- | --- |{' ---: |' * (len(head) - 2)}",
    ]
    for name, outcomes in by_operator.items():
        counts = [sum(finder in each.finders for each in outcomes) for finder in _COLUMNS]
        found = sum(bool(each.finders) for each in outcomes)
        figures = " | ".join(map(str, (len(outcomes), *counts, found)))
        lines.append(f"| `{name}` | {OPERATORS[name].what} | {figures} |")
    return lines


def _survivors(outcomes: list[Outcome]) -> list[str]:
    by_operator: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        if not each.is_semantic and not each.is_found_without_texts:
            by_operator[each.mutant.operator].append(each)
    lines = ["### Survivors", "", _SURVIVORS, ""]
    for name, survivors in by_operator.items():
        lines.append(f"- `{name}`: {REASONS.get(name, 'no reason is known.')}")
        for each in survivors:
            found = " (found with the articles)" if each.finders else ""
            lines.append(f"  - {each.mutant.fault.site.replace('|', '·')}{found}")
    return lines if by_operator else ["### Survivors", "", "None."]


_SURVIVORS = "Mutants that count and that nobody finds without the articles, with the reason."
_MEANING = (
    "These operators yield another fact that could be true as well, so that only a reader of the "
    "article can tell.\nThey do not count into the score, although some of their mutants are found."
)
