"""What follows from lines of N-Triples, as lines of N-Triples: by Nemo, in native code.

No Python object is made for a triple. Where the triples are many, Nemo has a process of its own,
which Ctrl-C ends at once and whose memory is free when it has ended.
"""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from standpunkt import files, nemo, reasoning
from standpunkt.errors import StandpunktError

_BLANK = re.compile(r"(^|(?<=> ))_:([\w.-]+)(?= )")
_SKOLEM = rf"\1<{nemo.BLANK}\2>"
# For so many facts Nemo takes a third of a second, of which a process to start is the tenth part.
_MANY = 50_000
_GLANCE = 0.1  # seconds after which a thread that waits for a process sees that it is interrupted
# How a process ends that ran out of memory: the engine aborts, or the kernel kills it.
_OUT_OF_MEMORY = (-6, -9)
_READ = "read(#count(?s, ?p, ?o)) :- asserted(?s, ?p, ?o) ."
# What comes of `closure`: how many triples the engine was handed.
_COUNTED = f"""
{_READ}
@output read .
"""
# What comes of `consequences`: that, and the triples that nobody asserted.
_FRESH = f"""
{_READ}
fresh(?s, ?p, ?o) :- t(?s, ?p, ?o), ~asserted(?s, ?p, ?o) .
@export fresh :- ntriples {{ resource = "{reasoning.EXPORTS["fresh"]}" }} .
@export read :- tsv {{ resource = "{reasoning.EXPORTS["read"]}" }} .
@export inconsistent :- tsv {{ resource = "{reasoning.EXPORTS["inconsistent"]}" }} .
"""


def consequences(given: Iterable[list[str]]) -> tuple[list[str], tuple[nemo.Inconsistency, ...]]:
    """Derive what follows as `nemo.closure` does.

    Takes lines as pyoxigraph writes them, in pieces, without their ends, and no literals; gives
    what was not asserted, without what has a blank node in it and in no order, and the
    contradictions. Raises what `nemo.closure` does, and `StandpunktError` where the process of
    Nemo's own fails.
    """
    program = nemo.compiled(nemo.rules() + _FRESH)
    number = _hand_over(given, program.facts)
    try:
        if number > _MANY:
            _alone(program)
        else:
            reasoning.export(program.reason(), program.folder)
        exported = {name: program.folder / file for name, file in reasoning.EXPORTS.items()}
        read = int(exported["read"].read_text(encoding="utf-8").strip() or 0)
        _check(read, number)
        fresh = exported["fresh"].read_text(encoding="utf-8").split("\n")
        with exported["inconsistent"].open(encoding="utf-8", newline="") as file:
            found = nemo.inconsistencies(filter(None, csv.reader(file, delimiter="\t")))
    finally:
        program.clear()
    return [line for line in fresh if line and f"<{nemo.BLANK}" not in line], found


def closure(given: Iterable[list[str]]) -> nemo.Closure:
    """Derive what `nemo.closure` does from lines as `consequences` takes them, for proofs.

    The engine runs in this process. Raises what `nemo.closure` does.
    """
    program = nemo.compiled(nemo.rules() + _COUNTED)
    number = _hand_over(given, program.facts)
    try:
        engine = program.reason()
    finally:
        program.clear()
    _check(next((int(count) for (count,) in engine.result("read")), 0), number)
    return nemo.Closure(nemo.inconsistencies(engine.result("inconsistent")), engine)


def _check(read: int, number: int) -> None:
    if read != number:
        raise StandpunktError(f"the engine Nemo misread triples: {read} of {number} are there")


def _hand_over(given: Iterable[list[str]], path: Path) -> int:
    """Write lines as the engine reads them, in their order, and count how many there are."""
    distinct = set[str]()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for lines in given:
            distinct.update(lines)
            text = "".join(
                f"{_BLANK.sub(_SKOLEM, line) if '_:' in line else line}\n" for line in lines
            )
            if "<<" in text:
                fault = next(line for line in lines if "<<" in line)
                raise StandpunktError(f"neither IRIs nor blank nodes: {fault!r}")
            file.write(text)
    return len(distinct)


def _alone(program: nemo.Program) -> None:
    """Run a program in a process of its own, which ends when this thread does."""
    if not nemo.is_installed():
        raise nemo.missing()
    (program.folder / reasoning.PROGRAM).write_text(program.text, encoding="utf-8")
    said = None
    command = [sys.executable, "-P", reasoning.__file__, str(program.folder), str(os.getpid())]
    with (
        subprocess.Popen(  # noqa: S603  a program of this package
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # signals of a terminal are for this process
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        ) as process,
        files.cleared(process.kill),
    ):
        while said is None:
            with suppress(subprocess.TimeoutExpired):
                said = process.communicate(timeout=_GLANCE)[1]
    if process.returncode in _OUT_OF_MEMORY:
        raise StandpunktError("the engine Nemo ran out of memory; give it more, or fewer files")
    if process.returncode:
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise StandpunktError(
            f"the engine Nemo failed: {last or f'exit code {process.returncode}'}"
        )
