"""Why a triple holds: the facts and rules it follows from, as a tree; or what comes nearest."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import naming
from standpunkt.derivation import Step
from standpunkt.errors import FileError, StandpunktError, UnknownNameError
from standpunkt.ground import Ground
from standpunkt.namespaces import expand
from standpunkt.phrasing import Phrasing
from standpunkt.rulebook import rule
from standpunkt.web.pages import mistakes
from standpunkt.web.pages.cells import Cell, Cells
from standpunkt.web.pages.evidence import Footing, footing, of_node
from standpunkt.web.pages.explorer import Explorer
from standpunkt.web.pages.page import Page
from standpunkt.web.pages.paths import why_path

_PARTS = ("subject", "property", "object")


@dataclass(frozen=True, slots=True)
class Branch:
    """A step of a proof: a triple as three cells or as a sentence, and what it follows from."""

    parts: tuple[Cell, ...]
    sentence: str
    rule: str | None
    footing: Footing | None
    premises: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A fact that carries a triple alone, where it is written, and the proof where there is one."""

    fact: Cell
    footing: Footing
    proof: Branch | None


def page(explorer: Explorer, language: str, parameters: Mapping[str, str]) -> Page:
    """Give the page that proves or refuses a triple, or the fields for one where a part is missing.

    A part that names nothing, and a dossier that contradicts itself, are told on the page.
    """
    title = {"de": "Warum gilt das?", "en": "Why does this hold?"}[language]
    given = {name: parameters.get(name, "").strip() for name in _PARTS}
    model: dict[str, object] = {"given": given, "triple": None, "error": None}
    if not all(given.values()):
        return Page("why.html", title, model)
    try:
        subject = _find(explorer, given["subject"])
        predicate = naming.find_property(explorer.store, given["property"])
        object_ = _object(explorer, subject, predicate, given["object"])
    except UnknownNameError as error:
        model |= {"error": mistakes.of_status(404, language), "reason": str(error)}
        return Page("why.html", title, model, status=404)
    triple = Triple(subject, predicate, object_)
    cells = Cells(explorer, explorer.wording(language))
    try:
        explained = explorer.explain(triple)
    except StandpunktError as error:  # the dossier contradicts itself, or the proof is too deep
        model |= {"error": mistakes.of_status(500, language), "reason": str(error)}
        return Page("why.html", title, model, status=500)
    carriers = [
        Carrier(
            cells.cell(support.fact),
            of_node(cells, support.fact),
            _branch(cells, support.proof) if support.proof else None,
        )
        for support in explained.supports
    ]
    model |= {
        "triple": tuple(map(cells.cell, triple)),
        "explained": explained,
        "footing": footing(cells, _ground(cells, triple)) if explained.asserted else None,
        "carriers": carriers,
        "proof": _branch(cells, explained.proof) if explained.proof else None,
        "instead": [cells.cell(term) for term in explained.instead],
        "near": [(cells.cell(near.fact), of_node(cells, near.fact)) for near in explained.near],
        "permalink": why_path(subject, predicate, object_),
    }
    return Page("why.html", Phrasing(cells.wording).triple(triple), model)


def _find(explorer: Explorer, name: str) -> NamedNode:
    return _exact(explorer, name) or naming.find(explorer.store, name)


def _object(
    explorer: Explorer, subject: NamedNode, predicate: NamedNode, name: str
) -> NamedNode | Literal:
    """Find the object: what the subject has, else a node, else a value that it could have."""
    try:
        found = naming.find_object(explorer.store, subject, predicate, name)
    except UnknownNameError:
        if exact := _exact(explorer, name):
            return exact
        raise
    return found if isinstance(found, NamedNode | Literal) else _find(explorer, name)


def _exact(explorer: Explorer, name: str) -> NamedNode | None:
    """Give the node of an IRI, also one that nothing is said of but something with."""
    try:
        node = NamedNode(expand(name) or name)
    except ValueError:
        return None
    return node if explorer.knows(node) else None


def _branch(cells: Cells, step: Step) -> Branch:
    triple = step.as_triple()
    is_axiom = isinstance(triple.object, BlankNode) or isinstance(triple.subject, BlankNode)
    written = Phrasing(cells.wording).triple(triple)
    is_arrow = " → " in written and not is_axiom
    return Branch(
        parts=tuple(map(cells.cell, triple)) if is_arrow else (),
        sentence=written,
        rule=rule(step.rule, cells.wording.language) if step.rule else None,
        footing=None if step.rule else footing(cells, _ground(cells, triple)),
        premises=tuple(_branch(cells, premise) for premise in step.premises),
    )


def _ground(cells: Cells, triple: Triple) -> Ground:
    try:
        return cells.explorer.grounds.of(triple)
    except FileError:
        return cells.explorer.grounds_without_texts.of(triple)
