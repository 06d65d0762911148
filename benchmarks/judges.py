"""Who looks for a fault: the checks of the gate, each as its command does it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks import engines
from benchmarks.faults import Fault, Ground
from standpunkt import evidence, linting, turtle
from standpunkt.dossier import Dossier
from standpunkt.errors import ParseError, StandpunktError

# The parser stands before the others: what it refuses, no command reads. The articles are what
# `standpunkt evidence --articles` has beyond `standpunkt evidence`.
PARSER, VALIDATE, LINT, EVIDENCE, ARTICLES = (
    "parser",
    "validate",
    "lint",
    "evidence",
    "articles",
)
WITHOUT_TEXTS = frozenset({PARSER, VALIDATE, LINT, EVIDENCE})
REFERENCE = "pyshacl"
# A fact changes nothing in what the linter says of questions and shapes: where one is at fault, it
# reads neither, and takes a third of the time.
_FOLDERS = {
    "facts": ("graph", "ontology"),
    "whole": ("graph", "ontology", "queries", "shapes"),
}


class Bench:
    """A copy of a dossier, into which one fault at a time is planted."""

    def __init__(self, ground: Ground, folder: Path, engine: str, articles: Path | None) -> None:
        """Copy the dossier of the ground into a folder that is empty or does not exist.

        `engine` is one of `engines.ENGINES`, `articles` a folder with the texts of the articles.
        """
        self._ground = ground
        self._folder = folder
        self._engine = engine
        self._articles = articles
        self._shapes = ground.dossier.triples("shapes")
        for name, parts in _FOLDERS.items():
            for part in parts:
                shutil.copytree(ground.dossier.folder / part, folder / name / part)

    def judge(self, fault: Fault, engine: str | None = None) -> frozenset[str]:
        """Plant a fault, and name who finds it; with another SHACL engine where one is named."""
        folder = self._folder / ("facts" if fault.file.startswith("graph/") else "whole")
        path = folder / fault.file
        path.write_text(self._ground.text(fault), encoding="utf-8", newline="")
        try:
            return frozenset(self._finders(folder, fault.file, engine or self._engine))
        finally:
            path.write_text(self._ground.texts[fault.file], encoding="utf-8", newline="")

    def _finders(self, folder: Path, file: str, engine: str) -> list[str]:
        dossier = Dossier(folder)
        judges: dict[str, Callable[[], bool]] = {LINT: lambda: bool(linting.lint(dossier))}
        # A saved question is no fact: who judges facts does not read it.
        if file.endswith(".ttl"):
            try:
                turtle.read(folder / file)
            except ParseError:
                return [PARSER]
            judges[VALIDATE] = lambda: not self._conforms(dossier, engine)
            judges[EVIDENCE] = lambda: not evidence.coverage(dossier).holds
            articles = self._articles
            if articles:
                judges[ARTICLES] = lambda: bool(evidence.verify(dossier, articles).faults)
        return [name for name, finds in judges.items() if _says_no(finds)]

    def _conforms(self, dossier: Dossier, engine: str) -> bool:
        data = [*dossier.triples("graph"), *dossier.triples("ontology")]
        return engines.judge(engine, data, self._shapes).conforms


def _says_no(finds: Callable[[], bool]) -> bool:
    """Tell whether a check ends with another exit code than 0."""
    try:
        return finds()
    except StandpunktError:
        return True
