"""What a run has measured, kept as JSON: figures of each contest, corpus and contender."""

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Taken

# By this factor a corpus is larger than the one before it.
STEP = 10


@dataclass
class Results:
    """All figures of a run, and where it was made.

    `about` has the date, the machine, the versions, and what the run was asked for. `sizes` are the
    triples of each corpus, by the number of statements that was asked for, and `done` are the
    contests, each with its size, that are over.
    """

    about: dict[str, Any]
    sizes: dict[int, dict[str, int]] = field(default_factory=dict)
    taken: dict[str, dict[int, dict[str, list[Taken]]]] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> "Results":
        """Read results; raises `OSError` and `ValueError`."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            found["about"],
            {int(size): counts for size, counts in found["sizes"].items()},
            {
                contest: {
                    int(size): {
                        name: [Taken(**one) for one in taken] for name, taken in named.items()
                    }
                    for size, named in sized.items()
                }
                for contest, sized in found["taken"].items()
            },
            found["done"],
        )

    def write(self, path: Path) -> None:
        """Write results whole or not at all, with the figures that a page needs."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}")
        draft.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", "utf-8")
        draft.replace(path)

    def add(self, contest: str, size: int, name: str, taken: Taken) -> None:
        """Add a measurement."""
        sized = self.taken.setdefault(contest, {}).setdefault(size, {})
        sized.setdefault(name, []).append(taken)

    def of(self, contest: str, size: int, name: str) -> list[Taken]:
        """Give the measurements of one contender."""
        return self.taken.get(contest, {}).get(size, {}).get(name, [])

    def measured(self, contest: str) -> list[int]:
        """List the sizes of a contest."""
        return sorted(self.taken.get(contest, {}))

    def seconds(self, contest: str, size: int, name: str) -> float | None:
        """Give the median; `None` where it was not measured, failed or took too long."""
        return self._median(contest, size, name, "seconds")

    def memory(self, contest: str, size: int, name: str) -> float | None:
        """Give the median of the most memory in bytes, or `None`."""
        return self._median(contest, size, name, "memory")

    def ratio(
        self, contest: str, size: int, name: str, other: str, figure: str = "seconds"
    ) -> float | None:
        """Give how many times as much one takes as another: the median over the rounds."""
        pairs = zip(self.of(contest, size, name), self.of(contest, size, other), strict=False)
        ratios = [
            getattr(one, figure) / getattr(two, figure)
            for one, two in pairs
            if _is_good(one) and _is_good(two) and getattr(two, figure)
        ]
        return median(ratios) if ratios else None

    def limit(self, contest: str, size: int, name: str) -> float | None:
        """Give the seconds at which a contender was ended, or `None`."""
        return next((one.seconds for one in self.of(contest, size, name) if one.is_over), None)

    def exponent(self, contest: str, name: str, least: int = 0) -> float | None:
        """Fit seconds to a power of the triples, over all sizes from `least` on; give the power."""
        points = [
            (math.log(self.sizes[size]["triples"]), math.log(seconds))
            for size in self.measured(contest)
            if size >= least and (seconds := self.seconds(contest, size, name))
        ]
        return slope(points)

    def _median(self, contest: str, size: int, name: str, figure: str) -> float | None:
        taken = self.of(contest, size, name)
        good = [getattr(one, figure) for one in taken if _is_good(one)]
        return median(good) if good and len(good) == len(taken) else None


def slope(points: Iterable[tuple[float, float]]) -> float | None:
    """Give the slope of the straight line that is nearest to points (least squares)."""
    points = list(points)
    if len({x for x, _ in points}) < 2:  # noqa: PLR2004  what a line needs
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    above = sum((x - middle_x) * (y - middle_y) for x, y in points)
    return above / sum((x - middle_x) ** 2 for x, _ in points)


def log_linear(sizes: Iterable[float]) -> float | None:
    """Give the exponent that n log n has over these sizes: a little more than 1."""
    return slope((math.log(n), math.log(n * math.log(n))) for n in sizes)


def disagreements(results: Results, reference: str, contest: str) -> Iterator[tuple[int, str]]:
    """Give size and name of each whose answer is not that of the reference."""
    for size in results.measured(contest):
        known = [one.answer for one in results.of(contest, size, reference) if _is_good(one)]
        for name, taken in results.taken[contest][size].items():
            answers = [one.answer for one in taken if _is_good(one) and one.answer is not None]
            if known and known[0] is not None and any(each != known[0] for each in answers):
                yield size, name


def _is_good(taken: Taken) -> bool:
    return not taken.is_over and not taken.error
