"""Load the shipped dossier into each triple-store that runs here, and write the table of results.

    python -m benchmarks.stores [--write docs/stores.md]

With `--write` the table goes between the markers of that file, else to standard output. A store
that is not installed has no row.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pytest

import cuts
from benchmarks import marked

KINDS = ("folder", "oxigraph", "fuseki", "rdf4j", "virtuoso")
POM = Path(__file__).parents[1] / "tests" / "stores" / "pom.xml"
_ARTIFACTS = {"fuseki": "jena-fuseki-server", "rdf4j": "rdf4j-http-server"}


def main() -> None:
    """Measure all stores."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    today = datetime.now(UTC).date()
    cores = f"Python {platform.python_version()} on {os.cpu_count()} cores"
    lines = [
        "| store | version | triples | first load | second load | questions answered as here |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
        *(row for kind in KINDS if (row := measure(kind))),
        "",
        f"Measured on {today} with {cores}, by `python -m benchmarks.stores`.",
    ]
    table = "\n".join(lines)
    marked.hand_over(table, "benchmarks.stores", options.write)


def measure(kind: str) -> str | None:
    """Load twice into an empty store; give the row of the table, or `None` where it is missing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "store"
        try:
            is_folder = kind == "folder"
            store = cuts.folder_store(folder) if is_folder else cuts.server_store(kind, folder)
        except pytest.skip.Exception:
            return None
        try:
            first, text = load(store)
            second, _ = load(store)
            log = store.server.log.read_text(encoding="utf-8") if store.server else ""
        finally:
            if store.server:
                store.server.stop()
    held = sum(int(number.replace(",", "")) for number in re.findall(r"holds ([\d,]+)", text))
    answered = re.search(r"questions: (\d+ of \d+)", text)
    cells = [kind, release(kind, log), f"{held:,}", f"{first:.1f} s", f"{second:.1f} s"]
    return f"| {' | '.join(cells)} | {answered[1] if answered else ''} |"


def release(kind: str, log: str) -> str:
    """Give the version of a store: that of its package, or what its log says."""
    if kind in _ARTIFACTS:
        text = POM.read_text(encoding="utf-8")
        found = re.search(rf"{_ARTIFACTS[kind]}</artifactId>\s*<version>([^<]+)", text)
    else:
        found = re.search(r"Version (\d+\.\d+\.\d+)", log)
    return found[1] if found else version("pyoxigraph")


def load(store: cuts.Store) -> tuple[float, str]:
    """Load the shipped dossier; give the seconds and what the command says."""
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "standpunkt", "load", store.argument],
        env={**os.environ, "PYTHONPATH": cuts.SOURCES, **store.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise SystemExit(done.stderr)
    return time.monotonic() - begun, done.stdout


if __name__ == "__main__":
    main()
