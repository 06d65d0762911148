"""The page that readers see: how wide it is, and whether it has colours."""

import re
import textwrap
from dataclasses import dataclass

_NARROWEST = 20
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Page:
    """A terminal, or what stands for one: characters in a line, and whether escapes work."""

    width: int = 80
    colour: bool = False

    def bold(self, text: str) -> str:
        """Set a text off, where the page can."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def wrap(self, text: str, margin: int = 0, hanging: int = 0) -> list[str]:
        """Break a text into lines, at least one, that leave a margin on the left.

        All but the first are indented by `hanging`. A margin leaves twenty characters to a line,
        however narrow the page is.
        """
        room = max(self.width - margin, _NARROWEST) if margin else self.width
        return textwrap.wrap(
            legible(text),
            room,
            subsequent_indent=" " * hanging,
            break_on_hyphens=False,  # names of rules and dates have some
        ) or [""]


def legible(text: str) -> str:
    """Replace control characters, with which a text could steer a terminal, by `?`."""
    return _CONTROL.sub("?", text)
