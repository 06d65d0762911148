"""Which faults are planted: a fair and repeatable choice of what the operators offer."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.faults import OPERATORS, Fault, Ground, Operator


@dataclass(frozen=True, slots=True)
class Mutant:
    """A dossier with one fault: the name of the operator, and the fault that it made."""

    operator: str
    fault: Fault


def choose(ground: Ground, seed: int, wanted: int) -> list[Mutant]:
    """Choose mutants that count into the score, and as many of each operator that does not.

    Sites are enumerated in a fixed order and drawn by the seed. No two mutants are the same, and
    none is the dossier as it was. Operators have equal shares; what one cannot fill goes to the
    others. There are a few more than wanted, so that shares stay equal, and fewer only where there
    are no more sites.
    """
    offered = _offered(ground, seed)
    counted = [name for name in offered if not OPERATORS[name].is_semantic]
    share = _share([len(offered[name]) for name in counted], wanted)
    return [Mutant(name, fault) for name, faults in offered.items() for fault in faults[:share]]


def sample(ground: Ground, seed: int, of_each: int) -> dict[str, list[Mutant]]:
    """Give the first mutants of each operator that counts, by its name; some have fewer sites."""
    counted = [name for name, each in OPERATORS.items() if not each.is_semantic]
    drawn: dict[str, list[Mutant]] = {name: [] for name in counted}
    for mutant in choose(ground, seed, of_each * len(counted)):
        if len(drawn.get(mutant.operator, ())) < of_each and mutant.operator in drawn:
            drawn[mutant.operator].append(mutant)
    return drawn


def _offered(ground: Ground, seed: int) -> dict[str, list[Fault]]:
    """Give the different faults of each operator, in the order in which they are drawn."""
    seen = set[tuple[object, ...]]()
    return {each.name: _drawn(each, ground, seed, seen) for each in OPERATORS.values()}


def _drawn(
    operator: Operator, ground: Ground, seed: int, seen: set[tuple[object, ...]]
) -> list[Fault]:
    faults = []
    for fault in operator.sites(ground):
        if fault.change not in seen and ground.is_changed_by(fault):
            seen.add(fault.change)
            faults.append(fault)
    random.Random(f"{seed} {operator.name}").shuffle(faults)  # noqa: S311  no secret
    return faults


def _share(sizes: Iterable[int], wanted: int) -> int:
    """Give the least number of mutants an operator by which there are enough."""
    sizes = list(sizes)
    most = max(sizes, default=0)
    enough = (n for n in range(most) if sum(min(size, n) for size in sizes) >= wanted)
    return next(enough, most)
