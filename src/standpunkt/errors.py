"""What a user can get wrong, one class each.

The text of an error is the one line that the user reads: it quotes the bad value and says the way
out. A module of its own, so that every layer can raise without importing another.
"""

from collections.abc import Iterable


class StandpunktError(Exception):
    """Something that a user did, or that a user can mend."""


class FileError(StandpunktError):
    """A file is missing, unreadable, unwritable, not in UTF-8, or of too narrow a format."""


class ParseError(StandpunktError):
    """A file's text breaks the grammar of its language.

    `line` and `column` count from 1; `column` counts characters.
    """

    def __init__(self, name: str, line: int, column: int, message: str) -> None:
        """Take where it is (file, line, column) and what is wrong there."""
        super().__init__(f"{name}:{line}:{column}: {message}")
        self.name = name
        self.line = line
        self.column = column
        self.message = message


class DossierError(StandpunktError):
    """A folder is no dossier, or lacks a part that the task needs."""


class RevisionError(StandpunktError):
    """A git revision is not known by that name, or git cannot be asked for it."""


class UnknownNameError(StandpunktError):
    """A question, parameter, node, language or format is not known by that name."""


class ParameterError(StandpunktError):
    """A parameter of a question, an option, or the tag of an article has an unusable value."""


class QueryError(StandpunktError):
    """A SPARQL text is no query that may run: a syntax error, an update, a call to another host."""


class MissingExtraError(StandpunktError):
    """A task needs an optional package that is not installed."""


class InconsistencyError(StandpunktError):
    """A dossier contradicts itself under the ontology."""


class StoreError(StandpunktError):
    """A triple-store cannot be reached or opened, refuses, or gives no answer."""


def suggest(name: str, candidates: Iterable[str]) -> str:
    """Say which known names are nearest to a misspelt one.

    Takes the name and the known names; gives `"; did you mean 'a' or 'b'?"`, nearest first and
    at most three, or the empty text when nothing is near (difflib's ratio below 0.6).
    """
    return offer(near(name, candidates))


def near(name: str, candidates: Iterable[str], ratio: float = 0.6) -> list[str]:
    """Give the known names that are nearest to a misspelt one, at most three, nearest first.

    `ratio` is difflib's, from 0 for all to 1 for equal names; case is no difference.
    """
    import difflib  # noqa: PLC0415  only a failing command pays for it

    by_folded = {candidate.casefold(): candidate for candidate in candidates}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=3, cutoff=ratio)
    return [by_folded[folded] for folded in found]


def offer(names: list[str]) -> str:
    """Ask whether one of some names is meant: `"; did you mean 'a' or 'b'?"`, or the empty text."""
    return f"; did you mean {' or '.join(map(repr, names))}?" if names else ""
