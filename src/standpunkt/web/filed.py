"""The files of a static site: which path is which file, and the way from one to another.

Which file a path has follows from the path alone, so that a link needs to know nothing else.
"""

import hashlib
import posixpath
import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote

# The language whose pages stand at the top of the folder; the others have a folder each.
FIRST = "en"
STATIC = "/static/"
SOURCES = "/dossier/"  # the dossier's own files
NOT_FOUND = "/404.html"
INDEX = "/search.js"  # what there is to be found, by language
RDF = ("ttl", "jsonld", "nt")
# Files that are the same in all languages, and are what they are called.
_VERBATIM = (STATIC, SOURCES)
_DATA = {"csv", "json", *RDF}
# Capitals are told apart by a hash, too: to some systems `Quotation` and `quotation` are one name.
_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]*")
_OURS = re.compile(r"(?:id|spk):")
_LONGEST = 80  # characters of a name that are kept: some systems have an end at 255 bytes
_DIGITS = 8
_KEPT = 1 << 16  # files that are named once


@lru_cache(_KEPT)
def file_of(path: str, language: str) -> str:
    """Give the file of a path of the site, from the top of the folder.

    >>> file_of("/id/org-nato", "de"), file_of("/questions/figures.csv?actor=id:org-nato", "en")
    ('de/id/org-nato/index.html', 'questions/figures/actor/org-nato.csv')
    >>> file_of("/id/org-nato.ttl", "de")
    'id/org-nato.ttl'
    """
    if path.startswith(_VERBATIM):
        return path.removeprefix("/")
    bare, _, query = path.partition("?")
    stem, dot, ending = bare.rpartition(".")
    is_data = dot and ending in _DATA
    place = [] if language == FIRST or ending in RDF else [language]
    if bare in {NOT_FOUND, INDEX}:
        return "/".join([*place, bare.removeprefix("/")])
    steps = [unquote(step) for step in (stem if is_data else bare).split("/") if step]
    if bare in {"/why", "/node"}:  # their parameters are all there is to them, in one order
        steps += [value for _, value in parse_qsl(query)]
    else:
        steps += [part for pair in sorted(parse_qsl(query)) for part in pair]
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
class Filed:
    """Addresses from one file to others; notes the paths that it leads to.

    They are relative, but where `root` has the path of the site on its host: the page that says
    that there is none is shown at any depth.
    """

    path: str
    language: str
    root: str | None = None
    found: dict[str, None] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """Give the way from this page to a path, in the language of the page."""
        return self._way(path, self.language)

    def url_in(self, language: str) -> str:
        """Give the way to this page in a language."""
        return self._way(self.path, language)

    def file(self, path: str) -> str:
        """Give the way to a file for programs."""
        return self._way(path, self.language)

    def _way(self, path: str, language: str) -> str:
        target, mark, fragment = path.partition("#")
        if not target.startswith(_VERBATIM) and target not in {NOT_FOUND, INDEX}:
            self.found.setdefault(target)
        there = _quoted(target, language) + mark + fragment
        if self.root is not None:
            return self.root + there
        return "../" * file_of(self.path, self.language).count("/") + there


@lru_cache(_KEPT)
def _quoted(path: str, language: str) -> str:
    return quote(file_of(path, language))
