"""The mutation score: how many planted mistakes the checks of the dossier let through.

`python -m benchmarks.mutation --help` says how to run it.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks import marked
from benchmarks.engines import ENGINES
from benchmarks.faults import OPERATORS, Ground
from benchmarks.judges import REFERENCE, Bench
from benchmarks.mutants import Mutant, choose
from benchmarks.score import NAME, Outcome, Run, score, section
from standpunkt.dossier import Dossier

_CHUNK = 20
_REPORT_EVERY = 100
_EPILOG = """examples:
  python -m benchmarks.mutation
  python -m benchmarks.mutation --articles ~/articles --output docs/quality.md
  python -m benchmarks.mutation --mutants 300 --seed 7 --engine pyshacl
"""


def outcomes(
    mutants: list[Mutant], engine: str, articles: Path | None, workers: int | None = None
) -> Iterator[Outcome]:
    """Judge mutants of the shipped dossier one after the other, on all cores.

    What counts and another SHACL engine than pySHACL leaves unfound, pySHACL judges again.
    """
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        arguments = (Path(folder), engine, articles)
        with multiprocessing.Pool(workers, _begin, arguments) as pool:
            yield from pool.imap(_judge, mutants, chunksize=_CHUNK)


# What a worker process works at.
_benches: list[Bench] = []


def _begin(folder: Path, engine: str, articles: Path | None) -> None:
    own = Path(tempfile.mkdtemp(dir=folder))
    _benches.append(Bench(Ground(Dossier.shipped()), own, engine, articles))


def _judge(mutant: Mutant) -> Outcome:
    (bench,) = _benches
    finders = bench.judge(mutant.fault)
    if not finders and not OPERATORS[mutant.operator].is_semantic:
        finders = bench.judge(mutant.fault, REFERENCE)
    return Outcome(mutant, finders)


def main() -> None:
    """Run the command."""
    options = _options()
    mutants = choose(Ground(Dossier.shipped()), options.seed, options.mutants)
    begun = time.monotonic()
    found: list[Outcome] = []
    for outcome in outcomes(mutants, options.engine, options.articles):
        found.append(outcome)
        if len(found) % _REPORT_EVERY == 0 or len(found) == len(mutants):
            seconds = time.monotonic() - begun
            sys.stderr.write(f"{len(found)} of {len(mutants)} mutants, {seconds:.0f} s\n")
    run = Run(options.seed, options.engine, with_texts=options.articles is not None)
    marked.hand_over(section(found, run), NAME, options.output)
    shares = [("without the articles", score(found, with_texts=False))]
    if options.articles:
        shares.append(("with the articles", score(found, with_texts=True)))
    for name, share in shares:
        sys.stderr.write(f"{name}: {share:.2%}\n")


def _options() -> argparse.Namespace:
    installed = [name for name, module in ENGINES.items() if find_spec(module)]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mutation",
        description="Plant single mistakes in the dossier, and count who finds them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=1, help="draws the sites (default: 1)")
    parser.add_argument(
        "--mutants", type=int, default=2000, help="at least so many count (default: 2000)"
    )
    parser.add_argument(
        "--engine",
        choices=installed,
        default="shacl" if "shacl" in installed else REFERENCE,
        help="the SHACL engine; pySHACL judges again what another one lets through",
    )
    parser.add_argument(
        "--articles", type=Path, metavar="DIR", help="a folder with the texts of the articles"
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="a page with the two markers, between which the figures go",
    )
    options = parser.parse_args()
    if options.articles is not None and not options.articles.is_dir():
        parser.error(f"there is no folder {str(options.articles)!r}")
    return options


if __name__ == "__main__":
    main()
