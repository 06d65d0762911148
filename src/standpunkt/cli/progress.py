"""A bar on a terminal for work that takes longer than a moment."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import typer

_MOMENT = 1.0


@contextmanager
def bar(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """Give what is told of each step; it shows a bar on standard error after a moment.

    Where standard error is no terminal there is none.
    """
    begun = time.monotonic()
    done = 0
    with ExitStack() as stack:
        shown: Callable[[int], None] | None = None

        def step(size: int) -> None:
            nonlocal done, shown
            done += size
            if shown is not None:
                shown(size)
            elif sys.stderr.isatty() and time.monotonic() - begun > _MOMENT:
                drawn = stack.enter_context(
                    typer.progressbar(length=length, label=label, file=sys.stderr)
                )
                shown = drawn.update
                shown(done)

        yield step
