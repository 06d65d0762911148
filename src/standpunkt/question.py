"""A saved question: a SPARQL file whose header says in words what it answers.

The header is grlc's: lines that start with `#+` and together are one YAML document. `summary`,
`description`, `tags` and `params` are theirs; `summary_de`, `description_de`, `params_de`,
`columns_de` (words for the columns that the ontology has none for) and `claim` (the triple that a
row claims) are ours.
See https://github.com/CLARIAH/grlc#decorator-syntax.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standpunkt import files, plain_yaml
from standpunkt.dossier import Dossier
from standpunkt.errors import DossierError, ParseError, UnknownNameError, suggest

LANGUAGES = ("de", "en")
# The parameter by which a question gets the language of its answer. Any question may have it.
LANGUAGE = "language"

_MARK = "#+"
_PART = r"(\?\w+|a|\w+:[\w-]+)"
_TRIPLE = re.compile(rf"{_PART} {_PART} {_PART}")


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question and its header.

    `summary` and `description` are by language; `params` has for each parameter, in the order of
    the header, its description by language; `columns_de` has German words for columns. `claim` is
    what a row claims: subject, predicate and object, each a `?variable` or a CURIE.
    """

    name: str
    path: Path
    text: str
    summary: Mapping[str, str]
    description: Mapping[str, str]
    tags: tuple[str, ...]
    params: Mapping[str, Mapping[str, str]]
    columns_de: Mapping[str, str]
    claim: tuple[str, str, str] | None

    def own_params(self) -> list[str]:
        """Give the names of the parameters but the language, which is set for all questions."""
        return [name for name in self.params if name != LANGUAGE]

    def headline(self, language: str) -> str:
        """Give the summary in a language, else in another; "" where there is none."""
        return self.summary.get(language) or next(iter(self.summary.values()), "")


def checked_language(language: str) -> str:
    """Give a language that labels are in; raises `UnknownNameError` for another."""
    if language not in LANGUAGES:
        way_out = suggest(language, LANGUAGES) or f"; there are {' and '.join(LANGUAGES)}"
        raise UnknownNameError(f"unknown language {language!r}{way_out}")
    return language


def questions(dossier: Dossier) -> list[Question]:
    """Give the saved questions of a dossier by name.

    Raises `DossierError` where it has none, `FileError` where one cannot be read, and
    `ParseError` where a header is malformed.
    """
    return [_read(path) for path in _paths(dossier).values()]


def question(dossier: Dossier, name: str) -> Question:
    """Give one saved question; no other file is read.

    Raises `UnknownNameError` where none has the name, and what `questions` raises.
    """
    paths = _paths(dossier)
    if name not in paths:
        raise UnknownNameError(f"unknown question {name!r}{_way_out(name, paths)}")
    return _read(paths[name])


def _paths(dossier: Dossier) -> dict[str, Path]:
    paths = {path.stem: path for path in dossier.files("queries")}
    if not paths:
        raise DossierError(f"{str(dossier.folder)!r} has no saved question (queries/*.rq)")
    return paths


def _way_out(name: str, paths: Mapping[str, Path]) -> str:
    return suggest(name, paths) or "; 'standpunkt ask' lists them"


def _read(path: Path) -> Question:
    text = files.read(path)
    header = _Header(path, text)
    described = {"en": header.pairs("params"), "de": header.pairs("params_de")}
    return Question(
        name=path.stem,
        path=path,
        text=text,
        summary=header.by_language("summary"),
        description=header.by_language("description"),
        tags=header.texts("tags"),
        params={
            name: {language: texts[name] for language, texts in described.items() if name in texts}
            for name in described["en"] | described["de"]
        },
        columns_de=header.pairs("columns_de"),
        claim=header.triple("claim"),
    )


class _Header:
    """The header of a question: what stands under a key, checked when it is asked for."""

    def __init__(self, path: Path, text: str) -> None:
        """Take the file and its text."""
        self._path = path
        self._lines = [
            (number, line.removeprefix(_MARK))
            for number, line in enumerate(text.splitlines(), start=1)
            if line.startswith(_MARK)
        ]
        self._entries = self._parse()

    def by_language(self, key: str) -> dict[str, str]:
        """Give the texts of a key and of its German sister, as far as there are."""
        keys = {"en": key, "de": f"{key}_de"}
        texts = {language: self._entries.get(key) for language, key in keys.items()}
        for language, text in texts.items():
            if not isinstance(text, str | None):
                raise self._error(keys[language], "is not a text")
        return {language: text for language, text in texts.items() if text}

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts that a key lists."""
        texts = self._entries.get(key) or []
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise self._error(key, "is not a list of texts")
        return tuple(texts)

    def triple(self, key: str) -> tuple[str, str, str] | None:
        """Give the three parts of the triple under a key."""
        text = self._entries.get(key)
        if text is None:
            return None
        found = _TRIPLE.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise self._error(key, "is no triple such as '?actor spk:advocates ?position'")
        return found[1], found[2], found[3]

    def pairs(self, key: str) -> dict[str, str]:
        """Give what a key maps names to: by one map, or by a list of maps, which is grlc's way."""
        found = self._entries.get(key) or []
        pairs: dict[str, str] = {}
        for each in found if isinstance(found, list) else [found]:
            if not isinstance(each, dict) or not all(
                isinstance(text, str) for text in (*each.keys(), *each.values())
            ):
                raise self._error(key, "does not map names to texts")
            pairs |= each
        return pairs

    def _parse(self) -> dict[str, Any]:
        lines = [line for _, line in self._lines]
        plain = plain_yaml.read(lines)
        if plain is not None:
            return plain
        import yaml  # noqa: PLC0415  few headers need it, and it is slow to import

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            entries = yaml.load("\n".join(lines), Loader=loader)  # noqa: S506  a safe loader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            row, column = (mark.line, mark.column + len(_MARK)) if mark else (0, 0)
            problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
            number = self._lines[min(row, len(self._lines) - 1)][0]
            raise ParseError(
                str(self._path), number, column + 1, f"the header is no YAML: {problem}"
            ) from None
        if entries is not None and not isinstance(entries, dict):
            raise ParseError(str(self._path), self._lines[0][0], 1, "the header has no keys")
        return entries or {}

    def _error(self, key: str, problem: str) -> ParseError:
        numbers = [number for number, line in self._lines if line.strip().startswith(f"{key}:")]
        line = numbers[0] if numbers else self._lines[0][0]
        return ParseError(str(self._path), line, 1, f"the header's {key!r} {problem}")
