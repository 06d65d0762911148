"""The pages as files, for any host of files and for a browser without any: all links are relative.

All names of ours have a page, and so have all saved questions with each value of their fields; what
else there is follows from the links. What only a server can do is left out: SPARQL, and fields that
take any value.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl

from standpunkt.dossier import Dossier
from standpunkt.exporting import parts
from standpunkt.namespaces import HOME, SPKS
from standpunkt.question import LANGUAGES
from standpunkt.web import about, documents, folder_swap
from standpunkt.web.filed import FIRST, INDEX, NOT_FOUND, RDF, SOURCES, STATIC, Filed, file_of
from standpunkt.web.pages import paths, questions, router, search
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.links import context
from standpunkt.web.pages.page import Data, Page
from standpunkt.web.pages.words import words
from standpunkt.web.site import Site
from standpunkt.web.templating import STATIC as STATIC_FILES
from standpunkt.web.templating import environment

# Told how many files are written, and how many there will be as far as is known.
Progress = Callable[[int, int], None]
_FORMATS = {each.names[0]: each for each in documents.FORMATS}


def write(
    dossier: Dossier,
    folder: Path,
    *,
    articles: Path | None = None,
    root: str = "/",
    progress: Progress | None = None,
) -> int:
    """Write all pages of a dossier into a folder, and give the number of files.

    `articles` is a folder with the texts of the articles; with it the pages have their sentences,
    and whoever has the site has the texts. `root` is the path of the site on its host, with a slash
    at its end. An earlier site in the folder is replaced when the new one is whole; what else
    stands there stays.

    Raises `FileError` where the folder has something else in it or cannot be written, and what
    `Explorer` does.
    """
    with folder_swap.replacing(folder) as stage:
        explorer = Explorer(Site(dossier, articles))
        try:
            return _write(explorer, stage, root, progress or (lambda _done, _all: None))
        finally:
            explorer.close()


def _write(explorer: Explorer, stage: Path, root: str, progress: Progress) -> int:
    count = 0
    for file, text, ahead in _files(explorer, root):
        folder_swap.put(stage / file, text)
        count += 1
        progress(count, count + ahead)
    folder_swap.put(stage / ".nojekyll", "")  # GitHub Pages then serves all files as they are
    # The editor is for SPARQL, which only a server runs.
    ignored = shutil.ignore_patterns("editor.js")
    shutil.copytree(STATIC_FILES, stage / STATIC.strip("/"), ignore=ignored)
    for part in ("ontology", "graph", "shapes", "queries"):
        for path in explorer.dossier.files(part):
            target = stage / SOURCES.strip("/") / part / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return count


def _files(explorer: Explorer, root: str) -> Iterator[tuple[str, str, int]]:
    """Give each file with its text, and how many are still to come."""
    ahead = [*_beginnings(explorer)]
    known = set(ahead)
    for place, path in enumerate(ahead):  # which grows while it is walked
        languages = LANGUAGES if _ending(path) not in RDF else (FIRST,)
        for language in languages:
            text, found = _written(explorer, path, language)
            fresh = [each for each in found if each not in known]
            known.update(fresh)
            ahead += fresh
            yield file_of(path, language), text, len(languages) * (len(ahead) - place)
    for language in LANGUAGES:
        yield file_of(INDEX, language), _index(explorer, language), 1
        yield file_of(NOT_FOUND, language), _missing(language, root), 1


def _beginnings(explorer: Explorer) -> Iterator[str]:
    """Give the paths that are there, whether a link leads to them or not."""
    yield "/"
    yield "/sparql"
    yield from (f"/graph/{part}" for part in parts.PARTS)
    yield from (paths.node_path(node) for node in explorer.names if node.value.startswith(HOME))
    yield from (f"/shapes/{name}" for name in about.names(explorer.site.library, SPKS))
    yield from questions.all_paths(explorer)


def _written(explorer: Explorer, path: str, language: str) -> tuple[str, list[str]]:
    """Give the text of a file, and the paths that it leads to."""
    bare, _, query = path.partition("?")
    if _ending(path) in RDF:
        return _document(explorer, bare), []
    reply = router.respond(explorer, language, bare, dict(parse_qsl(query)))
    if isinstance(reply, Data):
        return reply.text, []
    if bare == "/sparql":
        reply = Page("sparql_static.html", reply.title, reply.model)
    return _rendered(reply, Filed(path, language))


def _document(explorer: Explorer, path: str) -> str:
    stem, _, ending = path.rpartition(".")
    triples = about.document(explorer.site, paths.iri(stem, {}) or "") or []
    return documents.written(explorer.site, triples, _FORMATS[ending])


def _missing(language: str, root: str) -> str:
    own = words(language)
    model = {"message": own["not here"], "reason": "", "suggestions": []}
    page = Page("problem.html", own["not found"], model)
    return _rendered(page, Filed(NOT_FOUND, language, root))[0]


def _rendered(page: Page, addresses: Filed) -> tuple[str, list[str]]:
    given = context(page, addresses.language, addresses, static=True, path=addresses.path)
    text = environment().get_template(page.template).render(given)
    return text, list(addresses.found)


def _index(explorer: Explorer, language: str) -> str:
    """Write what can be found as a script: a browser reads no data from a disk."""
    here = Filed("/search", language)
    entries = [
        [entry.node.text, ", ".join(entry.kinds), here.url(entry.node.path or "/"), *entry.names]
        for entry in search.entries(explorer, language)
    ]
    listed = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return f"const standpunktIndex = {listed};\n"


def _ending(path: str) -> str:
    return path.partition("?")[0].rpartition("/")[2].rpartition(".")[2]
