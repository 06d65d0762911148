"""What a contest is made of: a corpus to work at, those who take part, how answers are read.

In a contest there is Standpunkt, the floor, which is the same engine called bare, and the peers.
"""

import csv
import io
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, parse, serialize

from benchmarks import peers
from benchmarks.measure import said_last
from standpunkt.dossier import ASSERTED, Dossier
from standpunkt.namespaces import SH
from standpunkt.store import counted

Command = list[str | Path]

_QUESTION, _SHORT = "queries/who-advocates.rq", "queries/consequences-of.rq"


@dataclass(frozen=True)
class Place:
    """A corpus and a folder to work in, with what some peers need to be laid out for them."""

    dossier: Path
    work: Path

    @property
    def question(self) -> Path:
        """Give the file of the question that is asked cold."""
        return self.dossier / _QUESTION

    @property
    def short(self) -> Path:
        """Give the file of a question whose answer does not grow with the corpus."""
        return self.dossier / _SHORT

    @property
    def output(self) -> Path:
        """Give where what is written goes: a file or folder that is not there yet."""
        return self.work / "output"

    @property
    def store(self) -> Path:
        """Give the folder of a store that has been loaded."""
        return self.work / "store"

    @cached_property
    def facts(self) -> list[Path]:
        """List the files of ontology and graph."""
        return [path for part in ("ontology", "graph") for path in self._files(part)]

    @cached_property
    def text(self) -> Path:
        """Give ontology and graph as one file of N-Triples."""
        path = self.work / "facts.nt"
        if not path.exists():
            quads = (
                quad for each in self.facts for quad in parse(path=each, format=RdfFormat.TURTLE)
            )
            serialize((quad.triple for quad in quads), str(path), format=RdfFormat.N_TRIPLES)
        return path

    @cached_property
    def shapes(self) -> Path:
        """Give the shapes as one file of N-Triples with messages in English alone."""
        message = NamedNode(SH + "message")

        def is_kept(triple: Triple) -> bool:
            return triple.predicate != message or getattr(triple.object, "language", "") == "en"

        path = self.work / "shapes.nt"
        kept = filter(is_kept, Dossier(self.dossier).triples("shapes"))
        serialize(kept, str(path), format=RdfFormat.N_TRIPLES)
        return path

    def clear(self) -> None:
        """Remove what the run before has written."""
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.unlink(missing_ok=True)

    def _files(self, part: str) -> list[Path]:
        return sorted((self.dossier / part).glob("*.ttl"))


def rows(_: Place, output: str) -> object:
    """Count the rows of CSV."""
    return len(list(csv.reader(io.StringIO(output)))) - 1


def number(_: Place, output: str) -> object:
    """Take the last number of the output."""
    found = re.findall(r"\d+", output)
    return int(found[-1]) if found else None


def said(_: Place, output: str) -> object:
    """Take the answer that a program says as JSON."""
    return said_last(output).get("answer")


def triples(_: Place, output: str) -> object:
    """Count the lines of N-Triples; others are of a log."""
    return sum(line.endswith(" .") for line in output.splitlines())


def lines(place: Place, _: str) -> object:
    """Count the lines that were written."""
    with place.output.open("rb") as text:
        return sum(1 for _ in text)


def stored(place: Place, _: str) -> object:
    """Count the triples that questions read in the store of Oxigraph that was written."""
    store = Store.read_only(str(place.output))
    named = sum(counted(store, NamedNode(graph)) for graph in ASSERTED)
    return named + counted(store, DefaultGraph())


def inferred(place: Place, _: str) -> object:
    """Count who advocates what, in what was written."""
    with place.output.open(encoding="utf-8") as text:
        return sum("ns#advocates> " in line for line in text)


def conforms(_: Place, output: str) -> object:
    """Tell whether the report says that the data conforms."""
    return "false" not in output.lower()


def nothing(_: Place, __: str) -> object:
    """Have no answer that could be compared."""
    return None


@dataclass(frozen=True)
class Contender:
    """Somebody in a contest: a name, how it is called, and how its answer is read.

    `role` is `ours`, `floor`, `peer`, or `engine` for a bare engine that is not the floor.
    `largest` is the largest corpus that it is asked for.
    """

    name: str
    role: str
    command: Callable[[Place], Command]
    read: Callable[[Place, str], object] = said
    note: str = ""
    differs: str = ""
    needs: Path | str = ""
    largest: float = float("inf")
    expected: tuple[int, ...] = (0,)

    @property
    def is_there(self) -> bool:
        """Tell whether its program is installed."""
        if not self.needs:
            return True
        return Path(self.needs).exists() or shutil.which(str(self.needs)) is not None


@dataclass(frozen=True)
class Contest:
    """One thing that all in it do; where `is_cold`, each does it once before it counts."""

    name: str
    title: str
    measured: str
    contenders: tuple[Contender, ...]
    largest: float = float("inf")
    is_cold: bool = False


def environment() -> dict[str, str]:
    """Give the variables of all programs, which find this checkout, its harness and its bytecode.

    Nothing of the harness's own user is in them that would change what Python or the command does.
    """
    own = ("PYTHON", "STANDPUNKT", "TYPER")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(own)},
        "PYTHONPATH": f"{peers.TOP / 'src'}{os.pathsep}{peers.TOP}",
        "PYTHONPYCACHEPREFIX": str(peers.HOME / "bytecode"),
    }
