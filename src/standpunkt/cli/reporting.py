"""How a run of the command line ends: its exit code, and one line for what went wrong.

| code | meaning                                                                   |
| ---- | ------------------------------------------------------------------------- |
| 0    | done, or the answer is yes; also when the reader of the output goes away  |
| 1    | the answer is no: an ASK is false, a file is not in the house layout;     |
|      | also: there are differences                                               |
| 2    | it could not be done; one line `error: ...` on standard error says why    |
| 3    | a bug, with its traceback                                                 |
| 130  | interrupted                                                               |
"""

import atexit
import os
import sys
import traceback
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer
from typer.core import TyperGroup

from standpunkt import files
from standpunkt.cli.terminal import note
from standpunkt.errors import StandpunktError

if TYPE_CHECKING:
    from standpunkt.cli.progress import Progress
    from standpunkt.dossier import Dossier

NO = 1
_FAILED = 2
_BUG = 3
_INTERRUPTED = 130
_FRAME = 0.1  # seconds from one drawing of a line to the next
_GRACE = 0.5  # seconds for an interrupted thread
_BROKEN_OFF: list[Thread] = []

Outcome = TypeVar("Outcome")


class ReportingGroup(TyperGroup):
    """A group of commands that ends with the exit codes of this module."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401  as they are in typer
        """Run a command and exit."""
        kwargs["standalone_mode"] = False
        code = _exit_code(partial(super().main, *args, **kwargs))
        if _BROKEN_OFF:
            # A thread in native code would break an orderly end, and a large graph hold it up: to
            # free it takes seconds. Drafts are cleared away all the same.
            atexit._run_exitfuncs()  # noqa: SLF001  there is no other way
            os._exit(code)
        sys.exit(code)


def watched(doing: str, *dossiers: "Dossier", language: str = "en") -> "Progress | None":
    """Give what shows how far the reading of dossiers is; `None` where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from standpunkt.cli.progress import Progress  # noqa: PLC0415  only a terminal needs it

    progress = Progress(doing, language)
    for dossier in dossiers:
        dossier.progress = progress.read
    return progress


def interruptible(work: Callable[[], Outcome], progress: "Progress | None" = None) -> Outcome:
    """Do work that Ctrl-C ends at once, and show meanwhile how far it is.

    Queries run in native code, during which the main thread would see no signal.
    """
    outcomes: list[Outcome] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            outcomes.append(work())
        except BaseException as failure:  # noqa: BLE001  raised again below
            # What the frames hold may be freed in this thread alone: Nemo's engine is like that,
            # and a result of Oxigraph's while it is read.
            cause: BaseException | None = failure
            while cause is not None:
                traceback.clear_frames(cause.__traceback__)
                cause = cause.__context__
            if isinstance(failure, StandpunktError):  # one line is all that is seen of it
                failure.__context__ = failure.__cause__ = failure.__traceback__ = None
            failures.append(failure)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while progress is not None and thread.is_alive():
            thread.join(_FRAME)
            progress.draw()
        thread.join()
    except KeyboardInterrupt:
        _break_off(thread)
        raise
    finally:
        if progress is not None:
            progress.end()
    if failures:
        raise failures[0]
    return outcomes[0]


def _break_off(thread: Thread) -> None:
    """Interrupt a thread, and wait a moment for it to clear away what it has begun."""
    import ctypes  # noqa: PLC0415  few runs are interrupted

    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread.ident or 0), ctypes.py_object(KeyboardInterrupt)
    )
    thread.join(_GRACE)
    _BROKEN_OFF.append(thread)


def _exit_code(run: Callable[[], int | None]) -> int:
    try:
        return run() or 0
    except (StandpunktError, typer.TyperException, OSError) as error:
        note(f"error: {' '.join(_reason(error).split())}")
        return _FAILED
    except typer.Abort:
        return _INTERRUPTED
    except SystemExit as leaving:
        # Typer leaves with 1 when nobody reads on in a help text.
        return 0 if isinstance(leaving.__context__, BrokenPipeError) else int(leaving.code or 0)
    except Exception:  # noqa: BLE001  the last resort
        traceback.print_exc()
        return _BUG


def _reason(error: StandpunktError | typer.TyperException | OSError) -> str:
    if isinstance(error, typer.TyperException):
        command = getattr(getattr(error, "ctx", None), "command_path", "standpunkt")
        return f"{error.format_message().rstrip('.')}; see '{command} --help'"
    if isinstance(error, OSError):
        return f"{error.filename or 'input or output'}: {files.reason(error)}"
    return str(error)
