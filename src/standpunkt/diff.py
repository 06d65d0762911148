"""What changed between two dossiers, and what that does to answers and to what follows.

Facts are compared as graphs and not as text: layout, order and labels of blank nodes are no
difference. Saved questions are compared line by line, and each is asked of both dossiers.
"""

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt import files
from standpunkt.answer import Answer, Term
from standpunkt.delta import Kind, NodeChange, compare_nodes
from standpunkt.dossier import ASSERTED, ONTOLOGY_GRAPH, Dossier
from standpunkt.errors import StandpunktError
from standpunkt.facts import exchanged, renames
from standpunkt.namespaces import OWL
from standpunkt.queries import question, run

Row = tuple[Term | None, ...]
_Names = Mapping[NamedNode, NamedNode]

_CHAIN = NamedNode(OWL + "propertyChainAxiom")
_SOME = BlankNode("some")
_NOTHING = Answer((), [])


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A saved question that came, went or has another text; "" is the text of one that is not."""

    name: str
    kind: Kind
    headline: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What a saved question with its defaults no longer answers, and what it answers now.

    Rows have the `columns` that both answers have, or those of the only one. `failures` has what
    went wrong before and now.
    """

    question: str
    columns: tuple[str, ...]
    removed: tuple[Row, ...]
    added: tuple[Row, ...]
    columns_removed: tuple[str, ...] = ()
    columns_added: tuple[str, ...] = ()
    failures: tuple[str | None, str | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Consequences:
    """Shortcuts and contradictions that no longer follow, and those that do now."""

    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()
    contradictions_removed: tuple[str, ...] = ()
    contradictions_added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; `nodes` is by the IRI of the graph, and has all four of them."""

    nodes: Mapping[str, tuple[NodeChange, ...]]
    questions: tuple[QuestionChange, ...]
    answers: tuple[AnswerChange, ...]
    consequences: Consequences

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        parts = (*self.nodes.values(), self.questions, self.answers)
        return any(parts) or self.consequences != Consequences()


def compare(
    old: Dossier, new: Dossier, *, language: str = "en", inferred: bool = True
) -> Difference:
    """Compare two dossiers.

    `language` is that in which questions are asked. Without `inferred` what follows is not looked
    at, which is faster. A node whose facts are the same but for its name was renamed; its new name
    then stands in all that is said of the old dossier. All is in the order of names.

    Raises `FileError` and `ParseError` as `turtle.read` does.
    """
    before, after = old.graphs(), new.graphs()
    names = renames(before, after)
    before = {
        graph: [exchanged(triple, names) for triple in triples] for graph, triples in before.items()
    }
    nodes = compare_nodes(before, after, names)
    follows = inferred and any(nodes[graph] for graph in ASSERTED)
    return Difference(
        nodes=nodes,
        questions=_questions(old, new, language),
        answers=_answers(old, new, language, names),
        consequences=_consequences(old, new, names) if follows else Consequences(),
    )


def _questions(old: Dossier, new: Dossier, language: str) -> tuple[QuestionChange, ...]:
    before, after = _texts(old), _texts(new)
    changes = []
    for name in sorted({*before, *after}):
        was, is_ = before.get(name, ""), after.get(name, "")
        if was.splitlines() == is_.splitlines() and (name in before) == (name in after):
            continue
        kind: Kind = "changed"
        if name not in before:
            kind = "added"
        elif name not in after:
            kind = "removed"
        headline = ""
        with suppress(StandpunktError):  # That its header is broken is told with its answer.
            headline = question(new if name in after else old, name).headline(language)
        changes.append(QuestionChange(name, kind, headline, was, is_))
    return tuple(changes)


def changed_lines(old: str, new: str) -> tuple[str, ...]:
    """Give the lines that differ between two texts: first `-`, then `+`, place by place."""
    compared = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return tuple(line for line in [*compared][2:] if not line.startswith("@@"))


def _texts(dossier: Dossier) -> dict[str, str]:
    return {path.stem: files.read(path) for path in dossier.files("queries")}


def _answers(old: Dossier, new: Dossier, language: str, names: _Names) -> tuple[AnswerChange, ...]:
    asked = {path.stem for each in (old, new) for path in each.files("queries")}
    changes = []
    for name in sorted(asked):
        was, failed = _asked(old, name, language, names)
        is_, fails = _asked(new, name, language, {})
        change = _answer(name, was, is_, (failed, fails))
        if change.removed or change.added or was.columns != is_.columns or failed != fails:
            changes.append(change)
    return tuple(changes)


def _asked(dossier: Dossier, name: str, language: str, names: _Names) -> tuple[Answer, str | None]:
    """Ask a question; where that fails, give no rows and the reason without the folder's path."""
    if name not in {path.stem for path in dossier.files("queries")}:
        return _NOTHING, None
    try:
        result = run(dossier, question(dossier, name), language=language, parameters={})
    except StandpunktError as error:
        return _NOTHING, str(error).replace(f"{dossier.folder}{os.sep}", "")
    if isinstance(result, bool):
        return Answer(("answer",), [(Literal(result),)]), None
    if isinstance(result, list):
        answer = Answer(("subject", "predicate", "object"), [tuple(triple) for triple in result])
    else:
        answer = result
    rows = [tuple(_comparable(term, names) for term in row) for row in answer.rows]
    return Answer(answer.columns, rows), None


def _comparable(term: Term | None, names: _Names) -> Term | None:
    """Give a term by its new name; a blank node is some node, whatever its label is."""
    if isinstance(term, NamedNode):
        return names.get(term, term)
    return _SOME if isinstance(term, BlankNode) else term


def _answer(
    name: str, was: Answer, is_: Answer, failures: tuple[str | None, str | None]
) -> AnswerChange:
    columns = is_.columns or was.columns
    if was.columns and is_.columns:
        columns = tuple(column for column in is_.columns if column in was.columns)
    before, after = _rows(was, columns), _rows(is_, columns)
    both = bool(was.columns and is_.columns)
    return AnswerChange(
        question=name,
        columns=columns,
        removed=_in_order(before - after),
        added=_in_order(after - before),
        columns_removed=tuple(c for c in was.columns if both and c not in columns),
        columns_added=tuple(c for c in is_.columns if both and c not in columns),
        failures=failures,
    )


def _rows(answer: Answer, columns: tuple[str, ...]) -> Counter[Row]:
    if not answer.columns:
        return Counter()
    places = [answer.columns.index(column) for column in columns]
    return Counter(tuple(row[place] for place in places) for row in answer.rows)


def _in_order(found: Counter[Row]) -> tuple[Row, ...]:
    return tuple(sorted(found.elements(), key=lambda row: [str(term or "") for term in row]))


def _consequences(old: Dossier, new: Dossier, names: _Names) -> Consequences:
    from standpunkt.inference import infer  # noqa: PLC0415  only what follows needs it

    before, after = infer(old), infer(new)
    was = {exchanged(triple, names) for triple in _shortcuts(old, before.triples)}
    is_ = {*_shortcuts(new, after.triples)}
    contradicted = {str(each) for each in before.inconsistencies}
    contradicts = {str(each) for each in after.inconsistencies}
    return Consequences(
        removed=tuple(sorted(was - is_, key=str)),
        added=tuple(sorted(is_ - was, key=str)),
        contradictions_removed=tuple(sorted(contradicted - contradicts)),
        contradictions_added=tuple(sorted(contradicts - contradicted)),
    )


def _shortcuts(dossier: Dossier, triples: Iterable[Triple]) -> Iterable[Triple]:
    """Pick the triples of the properties that the ontology defines by a chain of others."""
    ontology = dossier.graphs(ONTOLOGY_GRAPH)[ONTOLOGY_GRAPH]
    chained = {each.subject for each in ontology if each.predicate == _CHAIN}
    return [triple for triple in triples if triple.predicate in chained]
