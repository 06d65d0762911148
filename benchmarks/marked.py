"""The part of a page that a command writes: what stands between two markers with its name."""

import sys
from pathlib import Path


def put(page: str, name: str, text: str) -> str:
    """Put a text between the markers of a page; raises `ValueError` where it has none."""
    before, _, after = _cut(page, name)
    begin, end = _markers(name)
    return f"{before}{begin}\n{text.rstrip()}\n{end}{after}"


def taken_out(page: str, name: str) -> str:
    """Give what is between the markers of a page; raises `ValueError` where it has none."""
    return _cut(page, name)[1].removeprefix("\n")


def hand_over(text: str, name: str, path: Path | None) -> None:
    """Put a text into the page at a path, or print it.

    What was measured is printed, too, where the page has no markers; the command then fails.
    """
    if path is None:
        print(text)  # noqa: T201
        return
    try:
        page = put(path.read_text(encoding="utf-8"), name, text)
    except (OSError, ValueError) as error:
        print(text)  # noqa: T201
        sys.exit(f"error: {str(path)!r} is left as it was: {error}")
    path.write_text(page, encoding="utf-8", newline="")


def _cut(page: str, name: str) -> tuple[str, str, str]:
    begin, end = _markers(name)
    before, found, rest = page.partition(begin)
    inside, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the page has no {begin!r} with an {end!r} after it")
    return before, inside, after


def _markers(name: str) -> tuple[str, str]:
    return f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
