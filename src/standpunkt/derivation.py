"""How a triple follows: Nemo's trace as a tree of the recommendation's rules.

A trace has a step for each rule of the program. Those that give no triple, or have no name, only
bring triples into the shape in which the others read them or walk through lists: they are folded
away here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as rdf

from standpunkt import nemo
from standpunkt.errors import StandpunktError
from standpunkt.namespaces import RDF, shorten
from standpunkt.nemo import Closure, Triple

_HEAD = re.compile(r"t\((\S+), (\S+), (\S+)\) :- ")
_FACT = re.compile(r"asserted\(<([^>]*)>, <([^>]*)>, <([^>]*)>\)")
# Lists are syntax: whoever names the first cell of one means the whole.
_LIST = {RDF + "first", RDF + "rest"}


@dataclass(frozen=True, slots=True)
class Step:
    """A triple, and what it follows from.

    `rule` is its name in the recommendation, `None` where the triple is asserted; `premises` are
    in the order of the rule's body, each once. A blank node is `_:label`.
    """

    triple: Triple
    rule: str | None = None
    premises: tuple["Step", ...] = ()

    def as_triple(self) -> rdf.Triple:
        """Give the triple as RDF."""
        subject, predicate, object_ = self.triple
        return rdf.Triple(_node(subject), rdf.NamedNode(predicate), _node(object_))

    def __len__(self) -> int:
        """Count the triples in the tree, its own with them."""
        return 1 + sum(map(len, self.premises))


def derive(closure: Closure, triple: Triple) -> Step | None:
    """Give a proof of a triple, or `None` where it does not follow.

    Where there are several proofs, the engine picks one. Call it in the thread that made the
    closure. Raises `StandpunktError` when a term is no IRI and no blank node, and for a proof
    that is deeper than Python can go.
    """
    try:
        trace = closure.trace(triple)
        return None if trace is None else next(_steps(trace), None)
    except RecursionError:
        raise StandpunktError(
            f"the proof that {' '.join(map(shorten, triple))} takes too many steps to be written"
        ) from None


def _steps(trace: dict[str, Any]) -> Iterator[Step]:
    """Give the triples that a step of the trace stands for, each with its proof."""
    if "fact" in trace:
        fact = _FACT.fullmatch(trace["fact"])
        if fact and fact[2] not in _LIST:
            yield Step((nemo.decode(fact[1]), fact[2], nemo.decode(fact[3])))
        return
    premises = (step for subtrace in trace["subtraces"] for step in _steps(subtrace))
    head = _HEAD.match(trace["rule"])
    if head is None or "name" not in trace:
        yield from premises
        return
    s, p, o = (nemo.decode(str(trace["assignment"].get(term, term))) for term in head.groups())
    yield Step((s, p, o), trace["name"], tuple(dict.fromkeys(premises)))


def _node(text: str) -> rdf.NamedNode | rdf.BlankNode:
    return rdf.BlankNode(text[2:]) if text.startswith("_:") else rdf.NamedNode(text)
