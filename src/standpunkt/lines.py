"""Lines in order, each once, however many there are: what does not fit into memory is on disk."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from tempfile import TemporaryFile

# So many lines are sorted at a time.
_RUN = 50_000


def in_order(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Give lines, each with the line feed at its end, by their bytes, and equal ones once.

    In UTF-8 that is the order of code points. Nothing is given before the last is read. Raises
    `OSError` where the folder for temporary files is full.
    """
    rest = iter(lines)
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        while len(run := sorted(islice(rest, _RUN))) == _RUN:
            file = stack.enter_context(TemporaryFile())
            file.writelines(run)
            file.seek(0)
            runs.append(file)
        yield from map(itemgetter(0), groupby(merge(*runs, run)))
