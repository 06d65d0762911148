"""Lines in order, each once, however many there are: what does not fit into memory is on disk."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import groupby, islice
from tempfile import TemporaryFile

# So many lines are sorted at a time.
_RUN = 50_000


def in_order(lines: Iterable[str]) -> Iterator[str]:
    """Give lines, none of which has a line feed in it, by code points, and equal ones once.

    Nothing is given before the last is read. Raises `OSError` where the folder for temporary files
    is full.
    """
    rest = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[str]] = []
        while len(run := sorted(islice(rest, _RUN))) == _RUN:
            file = stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n"))
            file.writelines(f"{line}\n" for line in run)
            file.seek(0)
            runs.append(line[:-1] for line in file)
        for line, _ in groupby(merge(*runs, run)):
            yield line
