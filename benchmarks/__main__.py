"""Everything that is measured against something else, in one run: `python -m benchmarks --help`.

A run goes on where it was broken off. What it has measured goes to benchmarks/results.json, and
from there onto docs/benchmarks.md, its picture, and the table of README.md.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import signal
import sys
from collections import Counter
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from benchmarks import page, peers, rounds
from benchmarks.contest import Place
from benchmarks.contests import CONTESTS
from benchmarks.corpus import SIZES, corpus
from benchmarks.results import Results
from standpunkt.dossier import Dossier
from standpunkt.namespaces import RDF, SPK

_TYPE, _STATEMENT = NamedNode(RDF + "type"), NamedNode(SPK + "Statement")
RESULTS = peers.TOP / "benchmarks" / "results.json"
DRAFT = Path.home() / ".cache" / "standpunkt" / "benchmarks"
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
        rounds.note(line)
    draft = DRAFT / "run.json"
    asked = {
        "sizes": options.sizes, "only": options.only, "runs": options.runs, "limit": options.limit,
    }  # fmt: skip
    results = _begun(draft, asked, fresh=options.fresh)
    results.about |= {"missing": failed, "note": options.note}
    most = rounds.Most(options.runs, options.limit)
    for size in options.sizes:
        place = _place(results, size)
        for name in options.only:
            if f"{name} {size}" in results.done:
                continue
            if name in CONTESTS:
                rounds.hold(results, CONTESTS[name], size, place, most)
            else:
                rounds.serve(results, name, size, place, most)
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
        "source": _source(),
    }
    if draft.exists() and not fresh:
        found = Results.read(draft)
        if all(found.about.get(key) == known for key, known in about.items() if key != "date"):
            rounds.note(f"going on with the run of {found.about['date']}; --fresh begins anew")
            return found
    return Results(about)


def _place(results: Results, size: int) -> Place:
    """Make a corpus and count it, and a folder to work in."""
    folder = corpus(size)
    work = DRAFT / "work" / folder.parent.name / folder.name
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


def _source() -> str:
    """Give a digest of the sources that are measured, so that no run goes on with others."""
    folders = [peers.TOP / name for name in ("src", "ontology", "graph", "shapes", "queries")]
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    sources = hashlib.sha256()
    for path in paths:
        if "__pycache__" not in path.parts:
            sources.update(path.read_bytes())
    return sources.hexdigest()[:12]


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
        "--limit", type=float, default=30, metavar="SECONDS",
        help="after which a peer is ended; others have four times as long (default: 30)",
    )  # fmt: skip
    parser.add_argument("--note", default="", metavar="TEXT", help="a sentence for the page")
    parser.add_argument("--fresh", action="store_true", help="leave a run that was broken off")
    parser.add_argument("--page", action="store_true", help="write the page anew, and run nothing")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="write the figures there, and no page"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
