"""Load dossiers of several sizes, and write the table of the memory that a load takes.

    python -m benchmarks.loading [--write docs/scaling.md] [--kind KIND ...] [TRIPLES ...]

A dossier is the facts of the shipped one many times, under names of their own; nothing is inferred,
and there are no saved questions. The peak is that of the process of `standpunkt load`, in an empty
store and then in the one that has it. A store that is not installed has no row.
"""

import argparse
import platform
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pytest

import cuts
from benchmarks import marked
from memory import measured
from standpunkt import Dossier
from standpunkt.dossier import ARTICLES_GRAPH

SIZES = (10_000, 100_000, 1_000_000)
# With the largest size: the last request of a load of a million takes that server many minutes.
KINDS = {"folder": 1_000_000, "oxigraph": 100_000}


def main() -> None:
    """Measure all sizes in all stores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", type=Path, metavar="FILE")
    parser.add_argument("--kind", action="append", choices=KINDS, metavar="KIND")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="TRIPLES")
    options = parser.parse_args()
    today, command = datetime.now(UTC).date(), "`python -m benchmarks.loading`"
    lines = [
        "| triples | store | first load | peak | second load | peak |",
        "| ---: | --- | ---: | ---: | ---: | ---: |",
        *(row for size in options.sizes for row in rows(size, options.kind or KINDS)),
        "",
        f"Measured on {today} with Python {platform.python_version()}, by {command}.",
    ]
    table = "\n".join(lines)
    marked.hand_over(table, "benchmarks.loading", options.write)


def rows(size: int, kinds: Iterable[str]) -> Iterator[str]:
    """Load a dossier of some size into each store; give the rows of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = max(1, size // len(Dossier.shipped().graphs(ARTICLES_GRAPH)[ARTICLES_GRAPH]))
        dossier = cuts.grown(folder / "dossier", copies, "copy")
        for kind in kinds:
            if size > KINDS[kind]:
                continue
            try:
                is_folder = kind == "folder"
                place = folder / kind
                store = cuts.folder_store(place) if is_folder else cuts.server_store(kind, place)
            except pytest.skip.Exception:
                continue
            try:
                loads = [load(store, dossier) for _ in range(2)]
            finally:
                if store.server:
                    store.server.stop()
            cells = [f"{seconds:.0f} s | {peak:.0f} MB" for _, seconds, peak in loads]
            yield f"| {loads[0][0]:,} | {kind} | {' | '.join(cells)} |"


def load(store: cuts.Store, dossier: Dossier) -> tuple[int, float, float]:
    """Load; give the triples that the store holds then, the seconds, and the megabytes."""
    begun = time.monotonic()
    done = measured(
        *("load", store.argument, "--no-inferred", "--dossier", dossier.folder, "--timeout", 3600),
        *("--part", "ontology", "--part", "articles", "--part", "links"),
    )
    if done.code:
        raise SystemExit(done.out.decode() + done.error)
    held = sum(int(n.replace(",", "")) for n in re.findall(r"holds ([\d,]+)", done.out.decode()))
    return held, time.monotonic() - begun, done.peak


if __name__ == "__main__":
    main()
