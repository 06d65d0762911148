"""House rules for what a dossier is written in: saved questions, Turtle files and the ontology.

Shapes judge facts, and the linter judges how they are written down: what would run or load
differently elsewhere, what grlc would drop without a word, what a reader would miss.
"""

from standpunkt.dossier import Dossier
from standpunkt.linting import profile, questions, terms, turtle_files, vocabularies
from standpunkt.linting.finding import LintFinding

__all__ = ["LintFinding", "lint"]


def lint(dossier: Dossier) -> list[LintFinding]:
    """Give what breaks a house rule, by file and line.

    Raises `FileError` and `ParseError` as `turtle.read` does; a saved question that cannot be
    parsed is a finding.
    """
    rules = (questions, turtle_files, terms, profile, vocabularies)
    return sorted({finding for module in rules for finding in module.check(dossier)})
