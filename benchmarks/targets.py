"""What the project aims at, and whether a run has met it."""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.contests import CONTESTS
from benchmarks.questions import REASONS
from benchmarks.results import Results, log_linear

FITTED_FROM = 1_000
_WARM_SECONDS = 0.1
_MOST_MEMORY = 1.5
# Two medians of the same program differ by so much.
_SAME = 1.1
# A fit to three sizes has an error of its own.
_TOLERANCE = 0.05
_STARTING = {"start", "store"}


@dataclass(frozen=True, slots=True)
class Target:
    """An aim, what was measured, and whether that meets it; `None` where that is not known."""

    aim: str
    measured: str
    is_met: bool | None

    @property
    def verdict(self) -> str:
        """Say it in words."""
        return {True: "met", False: "**not met**", None: "not measured"}[self.is_met]


def targets(results: Results) -> Iterator[Target]:
    """Give all targets, each with what a run says about it at the largest corpus that it can."""
    ask, validate, bare = "standpunkt ask", "standpunkt validate", "pyoxigraph by hand"
    load, unchecked = "standpunkt load", "standpunkt, without the check"
    onto_disk, with_check = "Load into a store on disk", f"{bare}, with a check"
    for contest, name, other, most, (title, what) in (
        ("start", ask, "an empty typer program", 1.15, ("Cold `ask`", "an empty typer program")),
        ("read", "standpunkt", bare, 1.3, ("Parse and load into memory", "the bare engine")),
        ("load", load, bare, 1.3, (onto_disk, "the bare engine, which checks nothing")),
        ("load", load, with_check, 1.3, (onto_disk, "the bare engine with a check")),
        ("load", unchecked, bare, 1.3, (f"{onto_disk}, without the check", "the bare engine")),
        ("infer", "standpunkt infer", "Nemo by hand", 1.3, ("Infer", "the bare engine")),
        ("validate", validate, "shacl by hand", 2.0, ("Validate", "the fastest SHACL engine")),
    ):
        aim = f"{title}: at most {most:g} times {what}"
        yield _at_most(results, (contest, name, other), most, aim)
    for contest, name, other, least, (title, what) in (
        ("start", ask, "Jena arq", 10.0, ("Cold `ask`", "Jena's `arq`")),
        ("start", ask, "Comunica", 5.0, ("Cold `ask`", "Comunica")),
        ("start", ask, "rdflib by hand", 1.0, ("Cold `ask`", "rdflib")),
        ("validate", validate, "pySHACL by hand", 20.0, ("Validate", "pySHACL")),
    ):
        times = "" if least == 1 else f"{least:g} times "
        aim = f"{title}: {what} takes at least {times}as long"
        yield _at_least(results, (contest, name, other), least, aim)
    yield _store(results)
    yield _questions(results)
    for contest in ("read", "infer", "validate"):
        title = CONTESTS[contest].title
        yield _memory(results, (contest, ours(contest), floor(contest)), title, "the bare engine's")
    yield _memory(results, ("load", load, with_check), onto_disk, "the checking bare engine's")
    title = f"{onto_disk}, without the check"
    yield _memory(results, ("load", unchecked, bare), title, "the bare engine's")
    for contest in CONTESTS:
        if contest not in _STARTING:
            yield _growth(results, contest)


def ours(contest: str) -> str:
    """Name the contender that is Standpunkt as a user gets it."""
    return next(each.name for each in CONTESTS[contest].contenders if each.role == "ours")


def floor(contest: str) -> str:
    """Name the contender that is the bare engine."""
    return next(each.name for each in CONTESTS[contest].contenders if each.role == "floor")


def _at_most(results: Results, pair: tuple[str, str, str], most: float, aim: str) -> Target:
    contest, name, other = pair
    for size in reversed(results.measured(contest)):
        found = compare(results, contest, size, name, other)
        if found:
            ratio, sign = found
            is_met = None if sign == ">" and ratio <= most else ratio <= most
            return Target(aim, _said(ratio, sign, size), is_met)
    return Target(aim, "", None)


def _at_least(results: Results, pair: tuple[str, str, str], least: float, aim: str) -> Target:
    contest, name, other = pair
    for size in reversed(results.measured(contest)):
        found = compare(results, contest, size, other, name)
        if found and (found[1] != ">" or found[0] >= least):
            ratio, sign = found
            return Target(aim, _said(ratio, sign, size), ratio >= least and sign != "<")
    return Target(aim, "", None)


def compare(
    results: Results, contest: str, size: int, name: str, other: str
) -> tuple[float, str] | None:
    """Give how many times as long one takes as another.

    The sign is `>` where the one was ended at its limit, and `<` where the other was; the ratio is
    then a bound. `None` where there is nothing to compare.
    """
    ratio = results.ratio(contest, size, name, other)
    if ratio is not None:
        return ratio, ""
    ended, took = results.limit(contest, size, name), results.seconds(contest, size, other)
    if ended and took:
        return ended / took, ">"
    took, ended = results.seconds(contest, size, name), results.limit(contest, size, other)
    return (took / ended, "<") if took and ended else None


def _store(results: Results) -> Target:
    aim = (
        f"Cold `ask` of a store: the largest takes at most {_SAME:g} times as long as the smallest"
    )
    taken = {
        size: seconds
        for size in results.measured("store")
        if (seconds := results.seconds("store", size, ours("store")))
    }
    if len(taken) == 1 or not taken:
        return Target(aim, "", None)
    ratio = taken[max(taken)] / taken[min(taken)]
    measured = _said(ratio, "", max(taken))
    bare = [results.seconds("store", size, floor("store")) for size in (max(taken), min(taken))]
    if bare[0] and bare[1]:
        measured += f"; the bare engine takes {bare[0] / bare[1]:.2f} times as long"
    return Target(aim, measured, ratio <= _SAME)


def _questions(results: Results) -> Target:
    most = f"{_WARM_SECONDS * 1000:g} ms"
    aim = f"Saved questions, warm: at most {most} each, or a plan that says why not"
    name = ours("questions")
    for size in reversed(results.measured("questions")):
        taken = [one for one in results.of("questions", size, name) if one.each]
        if taken:
            each = {title: min(one.each[title] for one in taken) for title in taken[0].each}
            slow = [title for title, seconds in each.items() if seconds > _WARM_SECONDS]
            slowest = max(each, key=lambda title: each[title])
            said = f"`{slowest}` {each[slowest] * 1000:,.1f} ms at {size:,} statements"
            unexplained = [f"`{title}`" for title in slow if title not in REASONS]
            if slow and not unexplained:
                said += (
                    f"; {len(slow)} of {len(each)} take more than {most}, each for a reason in"
                    " [scaling](scaling.md)"
                )
            elif unexplained:
                said += f"; without a reason: {', '.join(unexplained)}"
            return Target(aim, said, not unexplained)
        if results.limit("questions", size, name):
            return Target(aim, f"not done in time at {size:,} statements", is_met=False)
    return Target(aim, "", None)


def _memory(results: Results, pair: tuple[str, str, str], title: str, whose: str) -> Target:
    aim = f"{title}: at most {_MOST_MEMORY:g} times {whose} memory"
    contest, name, other = pair
    for size in reversed(results.measured(contest)):
        ratio = results.ratio(contest, size, name, other, "memory")
        if ratio is not None:
            return Target(aim, _said(ratio, "", size), ratio <= _MOST_MEMORY)
    return Target(aim, "", None)


def _growth(results: Results, contest: str) -> Target:
    aim = f"{CONTESTS[contest].title}: grows no worse than n log n"
    exponent = results.exponent(contest, ours(contest), FITTED_FROM)
    sizes = [
        results.sizes[size]["triples"]
        for size in results.measured(contest)
        if size >= FITTED_FROM and results.seconds(contest, size, ours(contest))
    ]
    most = log_linear(sizes)
    if exponent is None or most is None:
        return Target(aim, "", None)
    said = f"n^{exponent:.2f}, where n log n is n^{most:.2f}"
    bare = results.exponent(contest, floor(contest), FITTED_FROM)
    if bare is not None:
        said += f", and the bare engine n^{bare:.2f}"
    return Target(aim, said, exponent <= most + _TOLERANCE)


def _said(ratio: float, sign: str, size: int) -> str:
    return f"{sign}{' ' if sign else ''}{ratio:.2f} at {size:,} statements"
