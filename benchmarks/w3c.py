"""Runs the W3C's test suite for SHACL on each engine: `python -m benchmarks.w3c --help`.

The suite comes with pySHACL's sources. Its approved tests are run without inference. A test passes
when the report is the expected one, or, where a failure is expected, when the engine refuses the
shapes. Blank nodes are all alike here, and messages count where the suite states them.
See https://w3c.github.io/data-shapes/data-shapes-test-suite/.
"""

import argparse
import logging
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from benchmarks.engines import ENGINES, Term, report, verdict
from standpunkt.namespaces import SH

FOLDER = Path("build") / "w3c"
INSIDE = "/test/resources/sht_tests/"

MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
TEST = "http://www.w3.org/ns/shacl-test#"
MESSAGE = SH + "resultMessage"


@dataclass(frozen=True, slots=True)
class Case:
    """A test: its section and name, what goes in, and what has to come out.

    `expected` is the root of the expected report, which stands in the graph `manifest`; a failure
    is expected where it is `sht:Failure`.
    """

    section: str
    name: str
    data: list[Triple]
    shapes: list[Triple]
    manifest: list[Triple]
    expected: Term

    def passes(self, engine: str) -> bool:
        """Tell whether an engine gives the expected report, or fails where that is expected."""
        failing = self.expected == NamedNode(TEST + "Failure")
        try:
            found = report(engine, self.data, self.shapes)
        except ModuleNotFoundError:
            raise
        except Exception:  # noqa: BLE001  each engine fails in its own way
            return failing
        if failing or verdict(found) != verdict(self.manifest, self.expected):
            return False
        stated = _messages(self.manifest)
        return not stated or _messages(found) == stated


def cases(folder: Path) -> list[Case]:
    """Read the approved tests of the suite in a folder, by section and name."""
    found = (case for path in sorted(folder.rglob("*.ttl")) for case in _approved(folder, path))
    return sorted(found, key=lambda case: (case.section, case.name))


def _approved(folder: Path, path: Path) -> Iterator[Case]:
    triples = _read(path)
    said: dict[tuple[Term, str], Any] = {(t.subject, t.predicate.value): t.object for t in triples}
    for (test, predicate), status in said.items():
        if predicate == MANIFEST + "status" and status.value == TEST + "approved":
            action = said[test, MANIFEST + "action"]
            data, shapes = (
                _read(path.parent / said[action, TEST + name].value.rpartition("/")[2])
                for name in ("dataGraph", "shapesGraph")
            )
            section = path.parent.relative_to(folder).as_posix()
            yield Case(section, path.stem, data, shapes, triples, said[test, MANIFEST + "result"])


def _read(path: Path) -> list[Triple]:
    quads = parse(path=path, format=RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
    return [quad.triple for quad in quads]


def _messages(triples: Iterable[Triple]) -> list[str]:
    return sorted(str(triple.object) for triple in triples if triple.predicate.value == MESSAGE)


def fetch(folder: Path) -> None:
    """Put the suite into a folder, from the sources of the pySHACL that is installed."""
    wanted = f"pyshacl=={version('pyshacl')}"
    command = ["pip", "download", "--quiet", "--no-deps", "--no-binary=pyshacl", "--dest"]
    subprocess.run([sys.executable, "-m", *command, str(folder), wanted], check=True)  # noqa: S603
    with tarfile.open(folder / f"{wanted.replace('==', '-')}.tar.gz") as sources:
        for member in sources.getmembers():
            _, inside, member.name = member.name.partition(INSIDE)
            if inside:
                sources.extract(member, folder, filter="data")


def table(tests: Sequence[Case], failed: Mapping[str, Sequence[Case]]) -> str:
    """Write in Markdown how many tests of each section pass by engine, and which ones fail."""
    count = Counter(test.section for test in tests)
    passed = [count - Counter(test.section for test in failed[engine]) for engine in failed]
    engines = [f"`{engine}`" for engine in failed]
    rows = [
        ("section", "tests", *engines),
        ("---", "---:", *("---:" for _ in engines)),
        *((f"`{name}`", count[name], *(each[name] for each in passed)) for name in count),
        ("all", count.total(), *(each.total() for each in passed)),
    ]
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    lines += ["", *(f"- `{engine}` fails {_names(failed[engine])}." for engine in failed)]
    return "".join(f"{line}\n" for line in lines)


def _names(tests: Sequence[Case]) -> str:
    return ", ".join(f"`{test.section}/{test.name}`" for test in tests) or "none"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the suite on the engines that are installed, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.w3c", description=main.__doc__)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=FOLDER,
        help=f"where the suite is, or is put by pip where it is not (by default {FOLDER})",
    )
    folder = parser.parse_args(arguments).folder
    logging.disable()  # rdflib logs each ill-typed literal, and the suite is full of them
    if not (folder / "manifest.ttl").is_file():
        fetch(folder)
    tests = cases(folder)
    engines = [engine for engine, module in ENGINES.items() if find_spec(module)]
    failed = {engine: [test for test in tests if not test.passes(engine)] for engine in engines}
    print(", ".join(f"{engine} {version(engine)}" for engine in engines), end="\n\n")  # noqa: T201
    print(table(tests, failed), end="")  # noqa: T201


if __name__ == "__main__":
    main()
