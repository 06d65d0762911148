"""Which page stands at which path. The same for the server and for the files of a static site."""

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from pyoxigraph import NamedNode

from standpunkt.errors import UnknownNameError, near
from standpunkt.namespaces import ID, ONTOLOGY, SPK, expand
from standpunkt.web.pages import (
    articles,
    completion,
    figures,
    glossary,
    matrix,
    network,
    nodes,
    questions,
    search,
    sparql_form,
    start,
    timeline,
    why,
)
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page, Reply
from standpunkt.web.pages.paths import question_path
from standpunkt.web.pages.words import words

_PAGES: dict[str, Callable[[Explorer, str], Reply]] = {
    "/": start.page,
    "/figures": figures.page,
    "/matrix": matrix.page,
    "/network": network.page,
    "/ns": glossary.page,
    "/questions": questions.index,
    "/sparql": sparql_form.page,
    "/terms.json": completion.data,
    "/timeline": timeline.page,
}
_ASKED: dict[str, Callable[[Explorer, str, Mapping[str, str]], Page]] = {
    "/search": search.page,
    "/why": why.page,
}
_FOLDERS = {"/id/": ID, "/ns/": SPK}
_SUGGESTED = 5


def respond(explorer: Explorer, language: str, path: str, parameters: Mapping[str, str]) -> Reply:
    """Give what stands at a path of the site, with the parameters of its query.

    A path that nothing stands at gives the page that says so, with what is near. Raises
    `StandpunktError` for a mistake that the page cannot show beside the field it was made in.
    """
    if path in _PAGES:
        return _PAGES[path](explorer, language)
    if path in _ASKED:
        return _ASKED[path](explorer, language, parameters)
    if path.startswith("/questions/"):
        name = unquote(path.removeprefix("/questions/"))
        try:
            return questions.page(explorer, language, name, parameters)
        except UnknownNameError:
            return missing(explorer, language, name)
    wanted = _node(path, parameters)
    if wanted is None:
        return missing(explorer, language, path)
    return of_node(explorer, language, wanted) or missing(explorer, language, wanted)


def of_node(explorer: Explorer, language: str, iri: str) -> Page | None:
    """Give the page of an IRI; `None` where the dossier says nothing of it, or it is none."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    if iri == ONTOLOGY:
        return glossary.page(explorer, language)
    if articles.is_article(explorer, node):
        return articles.page(explorer, language, node)
    return nodes.page(explorer, language, node)


def missing(explorer: Explorer, language: str, wanted: str) -> Page:
    """Give the page that says that there is nothing by a name, and what has a name near it."""
    own = words(language)
    last = wanted.rstrip("/").rpartition("/")[2].rpartition("#")[2]
    model = {
        "message": own["not found lead"].format(f"„{last}“" if language == "de" else f"“{last}”"),
        "reason": "",
        "suggestions": _near(explorer, language, last),
    }
    return Page("problem.html", own["not found"], model, status=404)


def _near(explorer: Explorer, language: str, name: str) -> list[Cell]:
    cells = Cells(explorer, explorer.wording(language))
    by_name = {each.full: node for node, each in explorer.names.items()}
    by_name |= {each.slug: node for node, each in explorer.names.items()}
    nodes_near = [by_name[each] for each in near(name, by_name)]
    nodes_near += search.find(explorer, name.replace("-", " "))[:_SUGGESTED]
    found = [cells.cell(node) for node in dict.fromkeys(nodes_near)]
    asked = [
        Cell(explorer.questions[each].headline(language), path=question_path(each))
        for each in near(name, explorer.questions)
    ]
    return [*asked, *found][:_SUGGESTED]


def _node(path: str, parameters: Mapping[str, str]) -> str | None:
    """Give the IRI that a path stands for."""
    for folder, namespace in _FOLDERS.items():
        if path.startswith(folder):
            return namespace + unquote(path.removeprefix(folder))
    if path == "/node" and parameters.get("iri"):
        return expand(parameters["iri"]) or parameters["iri"]
    return None
