"""Times the SHACL engines on the shipped dossier: `python -m benchmarks.speed --help`.

Cold is a process of its own, with all that it has to import, read and compile; warm is one more
verdict where shapes are compiled already. The engines take turns, so that a busy machine slows all
of them; read the ratios rather than the seconds.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from statistics import median

from benchmarks.engines import ENGINES, judge
from standpunkt.dossier import Dossier


def warm(engine: str) -> Callable[[], object]:
    """Give a way to judge the shipped dossier once more."""
    dossier = Dossier.shipped()
    shapes = dossier.triples("shapes")
    data = [*dossier.triples("graph"), *dossier.triples("ontology")]
    judge(engine, data, shapes)
    return lambda: judge(engine, data, shapes)


def cold(engine: str) -> Callable[[], object]:
    """Give a way to judge the shipped dossier in a new process."""
    program = f"from benchmarks.speed import warm; warm({engine!r})"
    return lambda: subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603


def seconds(task: Callable[[], object]) -> float:
    """Time a task."""
    begin = time.perf_counter()
    task()
    return time.perf_counter() - begin


def main(arguments: Sequence[str] | None = None) -> None:
    """Time the engines that are installed, and print medians as a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="verdicts of each engine and kind")
    rounds = range(parser.parse_args(arguments).rounds)
    engines = [engine for engine, module in ENGINES.items() if find_spec(module)]
    tasks = {(kind, engine): kind(engine) for kind in (cold, warm) for engine in engines}
    taken = [{key: seconds(task) for key, task in tasks.items()} for _ in rounds]
    print("| engine | cold | times as fast | warm | times as fast |")  # noqa: T201
    print("| --- | ---: | ---: | ---: | ---: |")  # noqa: T201
    for engine in engines:
        cells = [f"`{engine}` {version(engine)}"]
        for kind in (cold, warm):
            ratio = median(turn[kind, engines[0]] / turn[kind, engine] for turn in taken)
            cells += [f"{median(turn[kind, engine] for turn in taken):.3f} s", f"{ratio:.1f}"]
        print(f"| {' | '.join(cells)} |")  # noqa: T201


if __name__ == "__main__":
    main()
