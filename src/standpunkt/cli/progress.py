"""How far work is that takes longer than a moment: a line on a terminal, which leaves no trace.

It is drawn by who waits for the work, `reporting.interruptible`, and never by the work itself: a
line that says what is done moves on also while native code runs.
"""

import shutil
import sys
import time
from threading import Lock

_MOMENT = 1.0
_WIDTH = 30
_FEW = 10
# Each thing that is counted, and what is done, in both languages.
_IN_GERMAN = {
    "answering": "beantworte",
    "checking": "prüfe",
    "comparing": "vergleiche",
    "files": "Dateien",
    "left": "noch",
    "reading": "lese",
    "writing": "schreibe",
}


class Progress:
    """How far work is: what is done, and where it has steps, how many of how many."""

    def __init__(self, doing: str, language: str = "en") -> None:
        """Take what is done, and the language in which the user is told."""
        self._doing = doing
        self._in_words = _IN_GERMAN if language == "de" else {}
        self._begun = time.monotonic()
        self._phase: tuple[str, str] | None = None
        self._phase_begun = self._begun
        self._steps = (0, 0)
        self._drawn = ""
        self._ended = False
        self._lock = Lock()  # one draws and the other works

    def read(self, done: int, whole: int) -> None:
        """Tell how many files of how many are read."""
        self.tell("reading", "files", done, whole)

    def tell(self, doing: str, things: str, done: int, whole: int) -> None:
        """Tell how many things of how many are done, which may grow; the last ends the phase."""
        if self._phase != (doing, things):
            self._phase_begun = time.monotonic()
        self._steps = (done, whole)
        self._phase = (doing, things) if done < whole else None

    def draw(self) -> None:
        """Show it on the terminal, once a moment has passed."""
        if time.monotonic() - self._begun < _MOMENT:
            return
        with self._lock:
            line = self._line()[: shutil.get_terminal_size().columns - 1]
            if not self._ended and line != self._drawn:
                self._write(line)

    def end(self) -> None:
        """Leave the terminal as it was, and draw no more."""
        with self._lock:
            self._ended = True
            if self._drawn:
                self._write("")
                sys.stderr.write("\r")
                sys.stderr.flush()

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r{line:<{len(self._drawn)}}")
        sys.stderr.flush()
        self._drawn = line

    def _line(self) -> str:
        now = time.monotonic()
        phase, (done, whole) = self._phase, self._steps
        if phase is None:
            return f"{self._word(self._doing)}  {_clock(now - self._begun)}"
        passed = max(now - self._phase_begun, 0.001)
        doing, things = map(self._word, phase)
        rate = done / passed
        left = f"  {_clock((whole - done) / rate)} {self._word('left')}" if done else ""
        filled = "#" * (_WIDTH * done // whole)
        return (
            f"{doing}  [{filled:-<{_WIDTH}}] {100 * done // whole:3}%"
            f"  {rate:,.{0 if rate >= _FEW else 1}f} {things}/s{left}"
        )

    def _word(self, text: str) -> str:
        return self._in_words.get(text, text)


def _clock(seconds: float) -> str:
    """Write a time as `1:02:03`, or without hours.

    >>> _clock(3723.4), _clock(7.6)
    ('1:02:03', '0:07')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
