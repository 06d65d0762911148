"""Which page stands at which path. The same for the server and for the files of a static site."""

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from pyoxigraph import NamedNode

from standpunkt.errors import UnknownNameError, near
from standpunkt.exporting.metadata import DATASET
from standpunkt.namespaces import GRAPH, ID, ONTOLOGY, SHAPES, SPKS
from standpunkt.web.pages import (
    articles,
    completion,
    figures,
    glossary,
    graphs,
    matrix,
    network,
    nodes,
    questions,
    search,
    shapes,
    sparql_form,
    start,
    timeline,
    why,
)
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page, Reply
from standpunkt.web.pages.paths import iri, question_path
from standpunkt.web.pages.words import words

_PAGES: dict[str, Callable[[Explorer, str], Reply]] = {
    "/": start.page,
    "/figures": figures.page,
    "/matrix": matrix.page,
    "/network": network.page,
    "/ns": glossary.page,
    "/shapes": shapes.index,
    "/questions": questions.index,
    "/sparql": sparql_form.page,
    "/terms.json": completion.data,
    "/timeline": timeline.page,
}
_ASKED: dict[str, Callable[[Explorer, str, Mapping[str, str]], Page]] = {
    "/search": search.page,
    "/why": why.page,
}
_OWN: dict[NamedNode, Callable[[Explorer, str, NamedNode], Page]] = {
    DATASET: lambda explorer, language, _: graphs.dossier(explorer, language),
    NamedNode(ONTOLOGY): lambda explorer, language, _: glossary.page(explorer, language),
    NamedNode(SHAPES): lambda explorer, language, _: shapes.index(explorer, language),
}
_QUESTION = f"{ID}question-"
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
    wanted = iri(path, parameters)
    if wanted is None:
        return missing(explorer, language, path)
    return of_node(explorer, language, wanted) or missing(explorer, language, wanted)


def of_node(explorer: Explorer, language: str, name: str) -> Reply | None:
    """Give the page of an IRI; `None` where the dossier says nothing of it, or it is none."""
    try:
        node = NamedNode(name)
    except ValueError:
        return None
    if name.startswith(GRAPH):
        return graphs.page(explorer, language, node)
    if not explorer.knows(node):
        return None
    if name.startswith(_QUESTION):
        return questions.page(explorer, language, name.removeprefix(_QUESTION), {})
    return _writer(explorer, node)(explorer, language, node)


def _writer(explorer: Explorer, node: NamedNode) -> Callable[[Explorer, str, NamedNode], Page]:
    """Give what writes the page of a node that the dossier knows."""
    if node in _OWN:
        return _OWN[node]
    if node.value.startswith(f"{ONTOLOGY}/"):
        return _OWN[NamedNode(ONTOLOGY)]
    if node.value.startswith(SPKS):
        return shapes.page
    return articles.page if articles.is_article(explorer, node) else nodes.page


def missing(explorer: Explorer, language: str, wanted: str) -> Page:
    """Give the page that says that there is nothing by a name, and what has a name near it."""
    own = words(language)
    last = wanted.rstrip("/").rpartition("/")[2].rpartition("#")[2]
    model = {
        "message": own["not found lead"].format(f"„{last}“" if language == "de" else f"“{last}”"),
        "reason": "",
        "suggestions": [
            *(shapes.near(explorer, language, last) if "shapes" in wanted else ()),
            *(graphs.near(language, last) if "graph" in wanted else ()),
            *_near(explorer, language, last),
        ][:_SUGGESTED],
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
        for each in near(name.removeprefix("question-"), explorer.questions)
    ]
    return [*asked, *found]
