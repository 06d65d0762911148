"""Everything that is measured against something else, in one run: `python -m benchmarks --help`.

A run goes on where it was broken off. What it has measured goes to benchmarks/results.json, and
from there onto docs/benchmarks.md, its picture, and the table of README.md.
"""

import argparse
import os
import platform
import re
import shutil
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from benchmarks import page, peers, serving
from benchmarks.contest import Command, Contender, Contest, Place, environment
from benchmarks.contests import CONTESTS
from benchmarks.corpus import SIZES, corpus
from benchmarks.measure import Taken, run
from benchmarks.results import STEP, Results
from standpunkt.dossier import Dossier
from standpunkt.namespaces import RDF, SPK

_TYPE, _STATEMENT = NamedNode(RDF + "type"), NamedNode(SPK + "Statement")
RESULTS = peers.TOP / "benchmarks" / "results.json"
DRAFT = Path.home() / ".cache" / "standpunkt" / "benchmarks"
# A peer that takes more than this part of its limit is not asked for ten times as much.
_SHARE = 1 / 6
# After so many seconds a contest at a size is not run once more, except that it is run once.
_ENOUGH = 12.0
_SERVED_SECONDS = 3.0
_SERVING = {"sparql": "SPARQL served", "pages": "Pages served"}
_EPILOG = """examples:
  python -m benchmarks
  python -m benchmarks --sizes 100 1000 --only validate questions --runs 3
  python -m benchmarks --page
"""


def main() -> None:
    """Run the command."""
    options = _options()
    if options.page:
        page.write(Results.read(RESULTS))
        return
    # What runs is in a session of its own, and is ended with this one.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    failed = peers.install()
    if not shutil.which("wrk"):
        failed.append("wrk is missing, and no server is measured: sudo apt-get install wrk")
    for line in failed:
        _note(line)
    draft = DRAFT / "run.json"
    asked = {
        "sizes": options.sizes, "only": options.only, "runs": options.runs, "limit": options.limit,
    }  # fmt: skip
    results = _begun(draft, asked, fresh=options.fresh)
    results.about["missing"] = failed
    for size in options.sizes:
        place = _place(results, size)
        for name in options.only:
            if f"{name} {size}" in results.done:
                continue
            if name in CONTESTS:
                _hold(results, CONTESTS[name], size, place, options)
            else:
                _serve(results, name, size, place, options)
            results.done.append(f"{name} {size}")
            results.write(draft)
    if options.keep:
        results.write(options.keep)
        return
    results.write(RESULTS)
    page.write(results)
    draft.unlink()


def _begun(draft: Path, asked: dict[str, object], *, fresh: bool) -> Results:
    """Give the results of the run that was broken off, if it is the same one, or new ones."""
    about = {
        "date": str(datetime.now(UTC).date()),
        "machine": f"{os.cpu_count()} cores of {_processor()}, {_memory()} GB, {platform.system()}",
        "versions": _versions(),
        "asked": asked,
    }
    if draft.exists() and not fresh:
        found = Results.read(draft)
        if all(found.about.get(key) == about[key] for key in ("machine", "versions", "asked")):
            _note(f"going on with the run of {found.about['date']}; --fresh begins anew")
            return found
    return Results(about)


def _place(results: Results, size: int) -> Place:
    """Make a corpus and count it, and a folder to work in."""
    folder = corpus(size)
    work = DRAFT / "work" / str(size)
    work.mkdir(parents=True, exist_ok=True)
    if size not in results.sizes:
        counts = Counter[str]()
        paths = [path for part in ("ontology", "graph") for path in Dossier(folder).files(part)]
        for path in paths:
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                counts["triples"] += 1
                counts["statements"] += quad.predicate == _TYPE and quad.object == _STATEMENT
        results.sizes[size] = {**counts, "files": len(paths)}
    return Place(folder, work)


def _hold(
    results: Results, contest: Contest, size: int, place: Place, options: argparse.Namespace
) -> None:
    """Hold a contest at a size: rounds in which all take turns."""
    if size > contest.largest:
        return
    taking_part = [each for each in contest.contenders if each.is_there and size <= each.largest]
    if contest.name == "store":
        _fill(place, options.limit)
    if contest.is_cold:
        for contender in taking_part:
            _measured(contender, place, options.limit)  # whose files are then in memory
    begun = time.monotonic()
    for turn in range(options.runs):
        if turn and time.monotonic() - begun > _ENOUGH:
            return
        for contender in taking_part:
            if len(results.of(contest.name, size, contender.name)) <= turn and not _is_out(
                results, contest.name, size, contender
            ):
                taken = _measured(contender, place, options.limit)
                results.add(contest.name, size, contender.name, taken)
                _tell(contest.name, size, contender.name, taken)
        place.clear()


def _serve(
    results: Results, name: str, size: int, place: Place, options: argparse.Namespace
) -> None:
    """Let each server answer as fast as it can."""
    _fill(place, options.limit)
    for server in serving.SERVERS[name]:
        if server.is_there and not results.of(name, size, server.name):
            if _is_out(results, name, size, server):
                continue
            taken = serving.load(server, place, _SERVED_SECONDS, options.limit)
            results.add(name, size, server.name, taken)
            _tell(name, size, server.name, taken)


def _measured(contender: Contender, place: Place, limit: float) -> Taken:
    place.clear()
    return run(
        contender.command(place),
        limit=limit,
        read=lambda output: contender.read(place, output),
        expected=contender.expected,
        environment=environment(),
    )


def _is_out(
    results: Results, contest: str, size: int, contender: Contender | serving.Server
) -> bool:
    """Tell whether a contender failed, or is a peer that took too long to be asked for more."""
    limit = float(results.about["asked"]["limit"])
    for each in (known for known in results.measured(contest) if known <= size):
        most = limit * _SHARE * STEP * each / size
        for one in results.of(contest, each, contender.name):
            too_slow = each < size and contender.role == "peer" and one.seconds > most
            if one.is_over or one.error or too_slow:
                return True
    return False


def _fill(place: Place, limit: float) -> None:
    """Load a corpus into the store on disk that some contests begin from."""
    mark = place.work / f"store of {place.dossier.parent.name}"
    if mark.exists():
        return
    command: Command = [sys.executable, "-m", "standpunkt", "load", place.store]
    command += ["--no-inferred", "--dossier", place.dossier]
    taken = run(command, limit=5 * limit, read=str, environment=environment(), expected=(0, 1))
    if taken.error or taken.is_over:
        _note(f"the store could not be filled: {taken.error or 'it takes too long'}")
        return
    mark.touch()


def _versions() -> dict[str, str]:
    own = {"Python": platform.python_version()}
    for name in ("standpunkt", "typer"):
        try:
            own[name] = version(name)
        except PackageNotFoundError:
            own[name] = "of this checkout"
    return own | peers.versions()


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    found = path.exists() and re.search(r"model name\s*:\s*(.*)", path.read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)


def _tell(contest: str, size: int, name: str, taken: Taken) -> None:
    said = taken.error or f"{taken.seconds:.4f} s, {taken.memory / 1e6:.0f} MB"
    _note(f"{contest} {size:,}: {name}: {'> ' if taken.is_over else ''}{said}")


def _note(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure Standpunkt, the bare engines and its peers side by side.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [*CONTESTS, *_SERVING]
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=list(SIZES), metavar="N",
        help="statements of the corpora (default: 100 1000 10000 100000)",
    )  # fmt: skip
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, metavar="CONTEST",
        help=f"some of: {', '.join(names)}",
    )  # fmt: skip
    parser.add_argument("--runs", type=int, default=5, help="rounds at most (default: 5)")
    parser.add_argument(
        "--limit", type=float, default=60, metavar="SECONDS",
        help="after which a program is ended (default: 60)",
    )  # fmt: skip
    parser.add_argument("--fresh", action="store_true", help="leave a run that was broken off")
    parser.add_argument("--page", action="store_true", help="write the page anew, and run nothing")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="write the figures there, and no page"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
