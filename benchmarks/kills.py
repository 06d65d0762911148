"""Kill clients and servers at random points of loads, and count what is left.

    python -m benchmarks.kills [--points 30] [--copies 8] [--victim client|server] [KIND ...]
        [--write docs/stores.md]

A row of a Markdown table is written for each store and victim: how often no graph lacked anything
of both states, how often each was whole, as it was or as it was to be, how often all graphs were
of one state, and how often the next load succeeded. The tests make three such points, from the
same module.
"""

import argparse
import os
import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import cuts
from benchmarks import marked
from standpunkt import Dossier

KINDS = ("folder", "oxigraph", "fuseki", "rdf4j", "virtuoso")
VICTIMS = ("client", "server")
_HEAD = """\
| store | killed | points | nothing lost | each graph whole | all of one state | next load |
| --- | --- | ---: | ---: | ---: | ---: | ---: |"""


def main() -> None:
    """Measure the stores named, and write the table; rows are shown as they come."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}")
    parser.add_argument("--points", type=int, default=30)
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--victim", action="append", choices=VICTIMS, help="default: both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into a page")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311  no secret
    table = [_HEAD]
    with tempfile.TemporaryDirectory() as folder:
        old = cuts.grown(Path(folder) / "old", options.copies, "old")
        new = cuts.grown(Path(folder) / "new", options.copies + 1, "new")
        for kind in options.kinds or KINDS:
            place = Path(folder) / kind
            is_folder = kind == "folder"
            store = cuts.folder_store(place) if is_folder else cuts.server_store(kind, place)
            try:
                for victim in options.victim or VICTIMS:
                    if victim == "server" and not store.server:
                        continue
                    row = measure(store, (old, new), victim, options.points, chance)
                    table.append(f"| {kind} | {victim} | {' | '.join(row)} |")
                    sys.stderr.write(f"{table[-1]}\n")
            finally:
                if store.server:
                    store.server.stop()
    today = datetime.now(UTC).date()
    said = f"Measured on {today} on {os.cpu_count()} cores, with `--copies {options.copies}`."
    marked.hand_over("\n".join([*table, "", said]), "benchmarks.kills", options.write)


def measure(
    store: cuts.Store,
    dossiers: tuple[Dossier, Dossier],
    victim: str,
    points: int,
    chance: random.Random,
) -> list[str]:
    """Kill a victim at some points; give the cells of its row."""
    held, coming = dossiers
    cuts.load(store, coming)
    seconds = cuts.load(store, held)
    whole = kept = alike = again = 0
    for _ in range(points):
        after = seconds * chance.uniform(0.2, 1.0)
        if victim == "client":
            cuts.kill_client(store, coming, after)
        else:
            cuts.kill_server(store, coming, after)
        states = cuts.settled(store, held, coming)
        whole += cuts.is_whole(states)
        kept += not any("broken" in state for state in states)
        alike += states in (["old/new", "old", "old"], ["old/new", "new", "new"])
        cuts.load(store, coming)
        again += cuts.state(store, held, coming) == ["old/new", "new", "new"]
        held, coming = coming, held  # what was loaded is what the next load replaces
    return [str(count) for count in (points, kept, whole, alike, again)]


if __name__ == "__main__":
    main()
