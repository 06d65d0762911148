"""Planted mistakes are found, and the figures in docs/quality.md are those of the operators.

The whole run is `python -m benchmarks.mutation`; here a few mutants of each operator are judged.
"""

import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from benchmarks.faults import OPERATORS, Fault, Ground
from benchmarks.judges import REFERENCE, VALIDATE, Bench
from benchmarks.marked import put, taken_out
from benchmarks.mutants import Mutant, choose
from benchmarks.mutants import sample as draw
from benchmarks.mutation import outcomes
from benchmarks.score import NAME, Outcome, Run, score, section
from benchmarks.survivors import REASONS
from standpunkt.dossier import Dossier

PAGE = (Path(__file__).parents[1] / "docs" / "quality.md").read_text(encoding="utf-8")
COUNTED = {name for name, each in OPERATORS.items() if not each.is_semantic}
GOAL = 0.97
SEED = 1
OF_EACH = 2
# pySHACL takes seconds for a mutant.
EVERY = 100


@pytest.fixture(scope="module")
def ground() -> Ground:
    """Give the files and facts of the shipped dossier."""
    return Ground(Dossier.shipped())


@pytest.fixture(scope="module")
def sample(ground: Ground) -> list[Mutant]:
    """Give the first mutants of each operator that counts."""
    return list(chain.from_iterable(draw(ground, SEED, OF_EACH).values()))


def test_each_operator_has_sites(ground: Ground) -> None:
    """None of them has nothing to spoil."""
    chosen = Counter(mutant.operator for mutant in choose(ground, SEED, 2000))
    assert chosen.keys() == OPERATORS.keys()
    assert sum(number for name, number in chosen.items() if name in COUNTED) >= 2000


def test_the_same_seed_draws_the_same_mutants(ground: Ground) -> None:
    """Also from a dossier that is read anew; another seed draws others, and none twice."""
    drawn = choose(ground, SEED, 500)
    assert drawn == choose(Ground(Dossier.shipped()), SEED, 500)
    assert drawn != choose(ground, SEED + 1, 500)
    assert len({mutant.fault.change for mutant in drawn}) == len(drawn)


def test_operators_have_equal_shares(ground: Ground) -> None:
    """An operator has fewer mutants than another only where it has no more sites."""
    chosen = Counter(mutant.operator for mutant in choose(ground, SEED, 1000))
    sites = {
        name: len({fault.change for fault in OPERATORS[name].sites(ground)}) for name in chosen
    }
    most = max(chosen.values())
    # Where two operators make the same mutant, it counts for the first.
    assert all(number == most or sites[name] < 2 * most for name, number in chosen.items())


def test_without_a_fault_nothing_is_found(ground: Ground, tmp_path: Path) -> None:
    """Neither in the dossier as it is, nor once a fault is taken out again."""
    bench = Bench(ground, tmp_path, REFERENCE, None)
    file = "graph/articles.ttl"
    assert bench.judge(Fault("", file, edit=(0, 0, "PREFIX"))) == {"parser"}
    assert bench.judge(Fault("", file)) == frozenset()
    assert bench.judge(Fault("", "queries/stances.rq", edit=(0, 0, ""))) == frozenset()


def test_planted_mistakes_are_found(sample: list[Mutant]) -> None:
    """Without the articles, but for operators whose survivors have a reason."""
    pytest.importorskip("shacl", reason="shacl is missing: install the extra 'oracles'")
    judged = list(outcomes(sample, "shacl", None))
    survivors = {each.mutant.operator for each in judged if not each.finders}
    assert survivors <= REASONS.keys()
    assert score(judged, with_texts=False) >= GOAL


def test_pyshacl_finds_the_same(ground: Ground, sample: list[Mutant], tmp_path: Path) -> None:
    """The engine of `standpunkt validate` has the verdict of the quick one."""
    pytest.importorskip("shacl", reason="shacl is missing: install the extra 'oracles'")
    bench = Bench(ground, tmp_path, "shacl", None)
    for mutant in sample[::EVERY]:
        quick, slow = bench.judge(mutant.fault), bench.judge(mutant.fault, REFERENCE)
        assert (VALIDATE in quick) == (VALIDATE in slow), mutant.fault.site


def test_reasons_are_for_operators_that_count() -> None:
    """A reason whose operator is gone would hide the next one of that name."""
    assert REASONS.keys() <= COUNTED


def test_a_page_keeps_what_is_around_the_figures(ground: Ground) -> None:
    """The figures go between the markers, and a page without them is refused."""
    mutant = choose(ground, SEED, 1)[0]
    text = section([Outcome(mutant, frozenset())], Run(SEED, "pyshacl", with_texts=False))
    begin, end = "<!-- mutation score: begin -->", "<!-- mutation score: end -->"
    page = put(f"before\n\n{begin}\nold\n{end}\n\nafter\n", NAME, text)
    assert page.startswith(f"before\n\n{begin}\n")
    assert page.endswith(f"{end}\n\nafter\n")
    assert mutant.operator in page
    assert "old" not in page
    assert put(page, NAME, text) == page
    with pytest.raises(ValueError, match="has no"):
        put("no markers", NAME, text)


ROW = re.compile(r"^\| `([a-z-]+)` \| (.+?) \| (\d+) \|.* (\d+) \|$", re.MULTILINE)
TOTAL = re.compile(
    r"^\| (with|without) the articles \| (\d+) \| (\d+) \| ([\d.]+) % \|$", re.MULTILINE
)


def figures() -> str:
    """Give the part of the page that the command writes."""
    return taken_out(PAGE, NAME)


def test_the_page_has_the_operators() -> None:
    """Each with what it does; whoever adds one runs the command again."""
    rows = {name: what for name, what, _, _ in ROW.findall(figures())}
    assert rows == {name: each.what for name, each in OPERATORS.items()}


def test_the_page_adds_up() -> None:
    """The mutants of the operators that count are those of the total, and the goal is met."""
    rows = [(int(n), int(found)) for name, _, n, found in ROW.findall(figures()) if name in COUNTED]
    totals = {
        which: (int(n), int(found), share) for which, n, found, share in TOTAL.findall(figures())
    }
    assert totals.keys() == {"with", "without"}
    assert tuple(map(sum, zip(*rows, strict=True))) == totals["with"][:2]
    for mutants, found, share in totals.values():
        assert mutants >= 2000
        assert found / mutants >= GOAL
        assert f"{100 * found / mutants:.1f}" == share


def test_each_survivor_on_the_page_has_its_reason() -> None:
    """The page says of each why it survives, in the words of today."""
    listed = dict(re.findall(r"^- `([a-z-]+)`: (.+)$", figures(), re.MULTILINE))
    assert listed.items() <= REASONS.items()
    lines = re.findall(r"^  - .+$", figures(), re.MULTILINE)
    (_, mutants, found, _) = next(t for t in TOTAL.findall(figures()) if t[0] == "without")
    assert len(lines) == int(mutants) - int(found)
