"""A run of Nemo, from a file of facts to files with what comes of them.

It is a program, too: `python reasoning.py FOLDER PARENT`. While Nemo derives, it lets no other
thread run, and what memory it took it keeps, so a long run has a process to itself. Such a process
loads nothing but Nemo, and on Linux ends when its parent does, whose id it is told.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

PROGRAM = "program.rls"
FACTS = "facts.nt"
# What the program exports, and into which file.
EXPORTS = {"fresh": "fresh.nt", "read": "read.tsv", "inconsistent": "inconsistent.tsv"}

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG: https://man7.org/linux/man-pages/man2/prctl.2.html


def export(engine: Any, folder: Path) -> None:  # noqa: ANN401  nemo_python has no types
    """Write what a program exports into a folder, by the engine that has run it."""
    import nmo_python

    output = nmo_python.NemoOutputManager(str(folder), overwrite=True)
    for predicate in EXPORTS:
        engine.write_result(predicate, output)


def main() -> None:
    """Run the program that stands in a folder."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  elsewhere there is nothing to tell the system

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != int(sys.argv[2]):  # it has ended before
            return
    import nmo_python

    folder = Path(sys.argv[1])
    program = (folder / PROGRAM).read_text(encoding="utf-8")
    engine = nmo_python.NemoEngine(nmo_python.load_string(program))
    engine.reason()
    export(engine, folder)


if __name__ == "__main__":
    main()
