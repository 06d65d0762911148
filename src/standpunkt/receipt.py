"""What a triple-store holds after a load, beside what was sent.

Each graph is counted, and each saved question is asked there and here. Where either differs, the
triples that the store lacks and those that it should not have are listed: most stores write some
literals in a form of their own (`2.10` as `2.1`), and a store that was not emptied has more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import BlankNode, Literal, Triple

from standpunkt import answer, queries
from standpunkt.answer import Term
from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.errors import StoreError
from standpunkt.namespaces import shorten
from standpunkt.store import Result, Store
from standpunkt.transfer import Target

_LISTED = 3
# Triples. In memory a store answers sooner.
_IN_MEMORY = 100_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a load: a line for each graph, one for the questions, and each difference."""

    lines: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def check(
    dossier: Dossier,
    target: Target,
    graphs: Mapping[str, Collection[Triple]],
    *,
    is_added: bool = False,
    is_whole: bool = True,
) -> Receipt:
    """Compare what a store holds with what was sent to it.

    Where it was added to what was there, the store may hold more. The saved questions are asked
    where what was sent is all that is asserted (`is_whole`), in place of what was there. Raises
    `StoreError` where the store cannot be counted.
    """
    receipt = Receipt()
    unequal = set()
    for name, triples in graphs.items():
        sent, held = len(triples), target.count(name)
        receipt.lines.append(f"{shorten(name)}: sent {sent:,}, the store holds {held:,}")
        if held < sent or (held > sent and not is_added):
            unequal.add(name)
    # Where all went into one graph, that is the one which is asked.
    asserted = set(ASSERTED) & graphs.keys() or set(graphs)
    if is_whole and not is_added and dossier.files("queries"):
        with _here(dossier, sum(len(graphs[name]) for name in asserted)) as store:
            unlike = _unlike(dossier, store, target, sorted(asserted))
        number = len(dossier.files("queries"))
        receipt.lines.append(f"questions: {number - len(unlike)} of {number} answered as here")
        receipt.differences.extend(unlike)
        if unlike:
            unequal |= asserted
    items = [
        item
        for name in sorted(unequal)
        for item in _differences(name, graphs[name], target.triples(name))
    ]
    if receipt.differences and not items:
        items = ["the triples are the same there: it is the store that answers otherwise"]
    receipt.differences.extend(items)
    return receipt


@contextmanager
def _here(dossier: Dossier, count: int) -> Iterator[Store]:
    """Give a store of what the dossier asserts: on disk, where memory may have no room for it."""
    if count <= _IN_MEMORY:
        yield Store.asserted(dossier)
        return
    with TemporaryDirectory(prefix="standpunkt-") as folder:
        graphs = {name: dossier.stream(name) for name in ASSERTED}
        yield Store.on_disk(Path(folder), graphs)


def _unlike(dossier: Dossier, store: Store, target: Target, graphs: list[str]) -> list[str]:
    """Ask each saved question here and there; give a line for each that is answered otherwise."""
    lines = []
    for question in queries.questions(dossier):
        text = queries.with_parameters(store, question, parameters={})
        here = _plain(store.query(text))
        try:
            there = _plain(target.query(text, graphs))
        except StoreError as error:
            lines.append(f"question {question.name}: {error}")
            continue
        if here != there:
            missing, stray = (here - there).total(), (there - here).total()
            lines.append(
                f"question {question.name}: {missing} of {here.total()} rows are missing there,"
                f" and {stray} are there only"
            )
    return lines


def _plain(result: Result) -> Counter[object]:
    """Give a result such that it equals that of another engine, which may sort in another way."""
    if isinstance(result, bool):
        return Counter([result])
    if isinstance(result, list):
        return Counter(tuple(map(_value, triple)) for triple in result)
    return Counter(tuple(map(_value, row)) for row in result.rows)


def _value(term: Term | None) -> object:
    """Give what a term means; blank nodes are alike, and numbers have twelve digits."""
    if term is None or isinstance(term, BlankNode):
        return term and "_:"
    if not isinstance(term, Literal):
        return str(term)
    value = answer.value(term)
    if isinstance(value, int | float | Decimal):
        return f"{float(value):.12g}"
    return value, (term.language or "").lower()


def _differences(graph: str, sent: Collection[Triple], held: Collection[Triple]) -> list[str]:
    """Itemise what a graph lacks, what it has beyond, and which literals it writes otherwise."""
    missing, stray = set(sent) - set(held), set(held) - set(sent)
    linked = [sum(map(_has_blank_node, triples)) for triples in (missing, stray)]
    missing, stray = (
        {each for each in kind if not _has_blank_node(each)} for kind in (missing, stray)
    )
    by_meaning = {_meaning(triple): triple for triple in held}
    rewritten = {
        each: by_meaning[_meaning(each)] for each in missing if _meaning(each) in by_meaning
    }
    name = shorten(graph)
    lines = _listed(f"{name}: rewritten", [f"{a} as {b.object}" for a, b in rewritten.items()])
    lines += _listed(f"{name}: missing", map(str, missing - rewritten.keys()))
    lines += _listed(f"{name}: there only", map(str, stray - set(rewritten.values())))
    if linked[0] != linked[1]:
        lines.append(
            f"{name}: {linked[0]} triples with blank nodes were sent, and {linked[1]} are there"
        )
    return lines


def _meaning(triple: Triple) -> tuple[str, str, object]:
    return str(triple.subject), str(triple.predicate), _value(triple.object)


def _listed(heading: str, items: Iterable[str]) -> list[str]:
    ordered = sorted(items)
    lines = [f"{heading}: {item}" for item in ordered[:_LISTED]]
    more = len(ordered) - _LISTED
    return [*lines, f"{heading}: {more:,} more"] if more > 0 else lines


def _has_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
