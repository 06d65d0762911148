"""The pages as files, for any host of files and for a browser without any: all links are relative.

Which files there are follows from the links: whatever a page leads to is written, and that from the
first page on. What only a server can do is left out: the search field, fields of questions, SPARQL.
"""

import hashlib
import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

from standpunkt import files
from standpunkt.dossier import Dossier
from standpunkt.errors import FileError
from standpunkt.question import LANGUAGES
from standpunkt.web.pages import router
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.links import context
from standpunkt.web.pages.page import Data
from standpunkt.web.site import Site
from standpunkt.web.templating import STATIC, environment

# The language whose pages stand at the top of the folder; the others have a folder each.
_FIRST = "en"
_STATIC = "/static/"
# Capitals are told apart by a hash, too: to some systems `Quotation` and `quotation` are one name.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]*")
_OURS = re.compile(r"(?:id|spk):")
_LONGEST = 80  # characters of a name that are kept: some systems have an end at 255 bytes
_DIGITS = 8


def write(dossier: Dossier, folder: Path, *, articles: Path | None = None) -> int:
    """Write all pages of a dossier into a new or an empty folder, and give their number.

    `articles` is a folder with the texts of the articles; with it the pages have their sentences,
    and whoever has the site has the texts.

    Raises `FileError` where the folder is not empty or cannot be written, and what `Explorer` does.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileError(f"{str(folder)!r} is not an empty folder; name a new one")
    explorer = Explorer(Site(dossier, articles))
    try:
        count = 0
        for file, text in _files(explorer):
            target = folder / file
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise FileError(f"cannot write {str(target)!r}: {files.reason(error)}") from None
            files.write(target, text.encode())
            count += 1
        # The editor is for SPARQL, which only a server runs.
        ignored = shutil.ignore_patterns("editor.js")
        shutil.copytree(STATIC, folder / _STATIC.strip("/"), ignore=ignored)
    finally:
        explorer.close()
    return count


def file_of(path: str, language: str) -> str:
    """Give the file of a path of the site, from the top of the folder.

    >>> file_of("/id/org-nato", "de"), file_of("/questions/figures.csv?actor=id:org-nato", "en")
    ('de/id/org-nato/index.html', 'questions/figures/actor/org-nato.csv')
    """
    if path.startswith(_STATIC):
        return path.removeprefix("/")
    bare, _, query = path.partition("?")
    stem, dot, ending = bare.rpartition(".")
    is_data = dot and ending in {"csv", "json"}
    steps = [unquote(step) for step in (stem if is_data else bare).split("/") if step]
    if bare in {"/why", "/node"}:  # their parameters are all there is to them, in one order
        steps += [value for _, value in parse_qsl(query)]
    else:
        steps += [part for pair in sorted(parse_qsl(query)) for part in pair]
    place = [] if language == _FIRST else [language]
    named = "/".join([*place, *map(_name, steps)])
    return f"{named}.{ending}" if is_data else posixpath.join(named, "index.html")


def _name(text: str) -> str:
    """Make a name for a file: what no name can hold is replaced, and told apart by a hash."""
    short = _OURS.sub("", text, count=1) if _OURS.match(text) else text
    if _PLAIN.fullmatch(short) and len(short) <= _LONGEST:
        return short
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
    kept = re.sub(r"[^a-z0-9]+", "-", short.casefold())[:_LONGEST].strip("-")
    return f"{kept}-{digest}" if kept else digest


@dataclass
class _Filed:
    """Addresses from one file to others; notes the paths that it leads to."""

    path: str
    language: str
    found: dict[str, None] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """Give the way from this page to a path, in the language of the page."""
        return self._way(path, self.language)

    def url_in(self, language: str) -> str:
        """Give the way to this page in a language."""
        return self._way(self.path, language)

    def _way(self, path: str, language: str) -> str:
        target, mark, fragment = path.partition("#")
        if not target.startswith(_STATIC):
            self.found.setdefault(target)
        here = posixpath.dirname(file_of(self.path, self.language)) or "."
        return quote(posixpath.relpath(file_of(target, language), here)) + mark + fragment


def _files(explorer: Explorer) -> Iterator[tuple[str, str]]:
    """Give each file with its text, in the order in which links lead to it."""
    ahead = ["/"]
    known = set(ahead)
    for path in ahead:  # grows while it is walked
        for language in LANGUAGES:
            text, found = _written(explorer, path, language)
            yield file_of(path, language), text
            fresh = [each for each in found if each not in known]
            known.update(fresh)
            ahead += fresh


def _written(explorer: Explorer, path: str, language: str) -> tuple[str, list[str]]:
    bare, _, query = path.partition("?")
    reply = router.respond(explorer, language, bare, dict(parse_qsl(query)))
    if isinstance(reply, Data):
        return reply.text, []
    addresses = _Filed(path, language)
    given = context(reply, language, addresses, static=True, path=path, data_links=[])
    text = environment().get_template(reply.template).render(given)
    return text, list(addresses.found)
