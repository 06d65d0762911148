"""The register of operators: each makes one kind of mistake, wherever a dossier has room for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.faults.ground import Fault, Ground

Sites = Callable[[Ground], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of mistake: its name, what it does, and where it can be made.

    `is_semantic` says that the mistake yields another fact that could be true as well, so that
    only a reader of the article can tell. Such operators do not count into the score.
    """

    name: str
    what: str
    sites: Sites
    is_semantic: bool


OPERATORS: dict[str, Operator] = {}


def operator(sites: Sites) -> Sites:
    """Enter an operator that counts into the score; its docstring says what it does."""
    return _enter(sites, is_semantic=False)


def semantic(sites: Sites) -> Sites:
    """Enter an operator that only a reader of the article can judge."""
    return _enter(sites, is_semantic=True)


def _enter(sites: Sites, *, is_semantic: bool) -> Sites:
    name = sites.__name__.replace("_", "-")
    what = (sites.__doc__ or "").strip().removesuffix(".")
    if name in OPERATORS or not what:
        raise ValueError(f"the operator {name!r} is there twice or says nothing of itself")
    OPERATORS[name] = Operator(name, what, sites, is_semantic)
    return sites
