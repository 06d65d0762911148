"""What a triple-store holds after a load, beside what was sent.

Each graph is counted, and each saved question is asked there and here. Where either differs, the
triples that the store lacks and those that it should not have are listed: most stores write some
literals in a form of their own (`2.10` as `2.1`), and a store that was not emptied has more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import BlankNode, Literal, Triple

from standpunkt import answer, queries
from standpunkt.answer import Term
from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.embedded import Embedded
from standpunkt.errors import StoreError
from standpunkt.namespaces import shorten
from standpunkt.spool import Spool
from standpunkt.store import Lazy, Result, Store, names_a_graph, table
from standpunkt.transfer import Target, content

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
    graphs: Mapping[str, Spool],
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
    # Where all went into one graph, that is the one which is asked.
    asserted = set(ASSERTED) & graphs.keys() or set(graphs)
    is_asked = is_whole and not is_added and bool(dossier.files("queries"))
    unlike = _unlike(dossier, graphs, target, sorted(asserted)) if is_asked else []
    for name, triples in graphs.items():
        sent, held = len(triples), target.count(name)
        receipt.lines.append(f"{shorten(name)}: sent {sent:,}, the store holds {held:,}")
        if held < sent or (held > sent and not is_added):
            unequal.add(name)
    if is_asked:
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
def _here(dossier: Dossier, graphs: Mapping[str, Spool]) -> Iterator[Store]:
    """Give a store of what the dossier asserts: on disk, where memory may have no room for it."""
    if not graphs.keys() >= set(ASSERTED):
        graphs = content(dossier, ("ontology", "articles", "links"))
    spools = {name: graphs[name] for name in ASSERTED}
    lines = sum(spool.lines for spool in spools.values())
    is_named = any(names_a_graph(each.text) for each in queries.questions(dossier))
    with ExitStack() as stack:
        folder = None
        if lines > _IN_MEMORY:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="standpunkt-")))
        store = Store.of_spools(spools, folder, with_names=is_named)
        if store.size() == lines:
            for spool in spools.values():
                spool.know_distinct()
        yield store


def _unlike(
    dossier: Dossier, graphs: Mapping[str, Spool], target: Target, asserted: list[str]
) -> list[str]:
    """Ask each saved question here and there; give a line for each that is answered otherwise.

    A folder is asked by the same engine, which need not make objects of rows that it writes alike.
    What is not the same to the last byte may yet be, with rows in another order.
    """
    names = {each.name for each in queries.questions(dossier)}
    if isinstance(target, Embedded):
        here = _written(dossier, graphs)
        names = {
            name
            for name, (text, digest) in here.items()
            if digest is None or digest != _digest(target.evaluate(text, asserted))
        }
    return _compared(dossier, graphs, target, asserted, names) if names else []


def _written(dossier: Dossier, graphs: Mapping[str, Spool]) -> dict[str, tuple[str, str | None]]:
    """Ask all saved questions here; give the text of each, and the digest of its rows."""
    with _here(dossier, graphs) as store:
        texts = _texts(dossier, store)
        return {name: (text, _digest(store.evaluate(text))) for name, text in texts.items()}


def _texts(dossier: Dossier, store: Store) -> dict[str, str]:
    return {
        each.name: queries.with_parameters(store, each, parameters={})
        for each in queries.questions(dossier)
    }


def _digest(result: Lazy) -> str | None:
    """Give a digest of rows as the engine writes them; `None` for what has none."""
    with suppress(RuntimeError):  # of which `Store.query` says more
        rows = table(result)
        return None if rows is None else sha256(rows).hexdigest()
    return None


def _compared(
    dossier: Dossier,
    graphs: Mapping[str, Spool],
    target: Target,
    asserted: list[str],
    names: Collection[str],
) -> list[str]:
    """Compare some questions' rows by what they mean."""
    lines = []
    with _here(dossier, graphs) as store:
        for name, text in _texts(dossier, store).items():
            if name not in names:
                continue
            here = _plain(store.query(text))
            try:
                there = _plain(target.query(text, asserted))
            except StoreError as error:
                lines.append(f"question {name}: {error}")
                continue
            if here != there:
                missing, stray = (here - there).total(), (there - here).total()
                lines.append(
                    f"question {name}: {missing} of {here.total()} rows are missing there,"
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
