"""A bar on a terminal for work that takes longer than a moment."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

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


@contextmanager
def growing(things: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how much is done and how much there is, which may grow meanwhile.

    As `bar`, and with how many things a second are done.
    """
    begun = time.monotonic()
    at = 0
    with ExitStack() as stack:
        drawn: Any = None  # the bar, whose class has no public name

        def step(done: int, whole: int) -> None:
            nonlocal drawn, at
            passed = time.monotonic() - begun
            if drawn is None:
                if not sys.stderr.isatty() or passed < _MOMENT:
                    return
                drawn = stack.enter_context(typer.progressbar(length=whole, file=sys.stderr))
            drawn.length = whole
            drawn.label = f"{done / passed:.0f} {things}/s"
            drawn.update(done - at)
            at = done

        yield step
