"""Whether SHACL engines say the same of planted faults: `python -m benchmarks.agreement --help`.

Many faults are planted at once, because pySHACL takes as long for one as for all; whatever they do
to each other, engines have to agree. Results that are equal count once: where a query gives equal
solutions, `shacl` has a result for each of them, and pySHACL has one.
"""

import argparse
import logging
import random
from collections.abc import Iterable, Sequence
from importlib.util import find_spec

from pyoxigraph import Triple

from benchmarks.engines import ENGINES, Result, judge
from benchmarks.faults import Ground
from benchmarks.mutants import Mutant, choose
from standpunkt.dossier import Dossier


def agreement(
    ground: Ground, mutants: Iterable[Mutant], engines: Iterable[str]
) -> dict[str, frozenset[Result]]:
    """Give what each engine finds where the faults of all mutants are in the dossier.

    Faults of writing are left out: what they leave of a file, the parser judges.
    """
    data = planted(ground, mutants)
    shapes = ground.dossier.triples("shapes")
    return {engine: frozenset(judge(engine, data, shapes).results) for engine in engines}


def planted(ground: Ground, mutants: Iterable[Mutant]) -> list[Triple]:
    """Give facts and ontology with the faults of mutants in them."""
    dossier = ground.dossier
    triples = dict.fromkeys([*dossier.triples("graph"), *dossier.triples("ontology")])
    for mutant in mutants:
        for triple in mutant.fault.removed:
            triples.pop(triple, None)
        triples.update(dict.fromkeys(mutant.fault.added))
    return list(triples)


def main(arguments: Sequence[str] | None = None) -> None:
    """Plant faults in the shipped dossier, and print what not all engines find."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.agreement", description=main.__doc__
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=int, default=400, help="how many faults")
    parser.add_argument("--together", type=int, default=40, help="how many of them at once")
    options = parser.parse_args(arguments)
    logging.disable()  # rdflib logs each ill-typed literal
    ground = Ground(Dossier.shipped())
    mutants = [
        mutant
        for mutant in choose(ground, options.seed, options.mutants)
        if mutant.fault.edit is None and mutant.fault.file.endswith(".ttl")
    ]
    random.Random(options.seed).shuffle(mutants)  # noqa: S311  no secret
    mutants = mutants[: options.mutants]
    engines = [engine for engine, module in ENGINES.items() if find_spec(module)]
    found = 0
    for start in range(0, len(mutants), options.together):
        opinions = agreement(ground, mutants[start : start + options.together], engines)
        everything = frozenset[Result]().union(*opinions.values())
        found += len(everything)
        for result in sorted(everything.difference(frozenset.intersection(*opinions.values()))):
            finders = ", ".join(name for name, results in opinions.items() if result in results)
            print(f"only {finders}: {result}")  # noqa: T201
    print(f"{len(mutants)} faults, {found} results, by {', '.join(engines)}")  # noqa: T201


if __name__ == "__main__":
    main()
