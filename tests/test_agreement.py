"""SHACL engines find the same in the shipped dossier when it is full of planted mistakes."""

import pytest

from benchmarks.agreement import agreement, planted
from benchmarks.engines import ENGINES, Result
from benchmarks.faults import Fault, Ground
from benchmarks.mutants import Mutant, sample
from standpunkt.dossier import Dossier

SEED = 1
OF_EACH = 2
# Kinds of faults that leave a text where a number is due, or a number that is written otherwise.
# pySHACL compares the former with numbers, and shacl rewrites the latter: tests/test_engines.py
# has the cases.
WRITTEN_OTHERWISE = {
    "integer-as-decimal",
    "number-as-text",
    "number-ill-typed",
    "number-of-another-datatype",
    "number-with-zeros",
}


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Give the files and facts of the shipped dossier."""
    return Ground(Dossier.shipped())


def test_faults_are_planted_beside_each_other(ground: Ground) -> None:
    """What one fault takes away and what another puts in its place both count."""
    first, second, *_ = ground.dossier.triples("graph")
    mutants = [
        Mutant("one", Fault("", "graph/articles.ttl", removed=(first,))),
        Mutant("two", Fault("", "graph/articles.ttl", removed=(second,), added=(first,))),
    ]
    sound = planted(ground, [])
    assert set(planted(ground, mutants[:1])) == set(sound) - {first}
    assert set(planted(ground, mutants)) == set(sound) - {second}


@pytest.fixture(scope="module", params=range(OF_EACH))
def mutants(ground: Ground, request: pytest.FixtureRequest) -> list[Mutant]:
    """Give the sample of tests/test_mutation.py in parts: a fault of each kind, and another."""
    drawn = sample(ground, SEED, OF_EACH)
    return [
        kind[request.param]
        for name, kind in drawn.items()
        if name not in WRITTEN_OTHERWISE and len(kind) > request.param
    ]


@pytest.fixture(scope="module")
def expected(ground: Ground, mutants: list[Mutant]) -> frozenset[Result]:
    """Let pySHACL judge all of them at once."""
    return agreement(ground, mutants, ["pyshacl"])["pyshacl"]


@pytest.mark.parametrize("engine", sorted(ENGINES.keys() - {"pyshacl"}))
def test_engines_find_the_same_faults(
    engine: str, ground: Ground, mutants: list[Mutant], request: pytest.FixtureRequest
) -> None:
    """What pySHACL finds is found, with all that is said of it, and nothing else."""
    pytest.importorskip(ENGINES[engine], reason=f"{engine} is missing: install the extra 'oracles'")
    expected: frozenset[Result] = request.getfixturevalue("expected")
    assert len(expected) >= len(mutants) / 2
    assert agreement(ground, mutants, [engine])[engine] == expected
