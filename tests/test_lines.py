"""Lines in order that are more than fit at once."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standpunkt import lines


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_lines_are_sorted_and_each_is_once(given_: list[str]) -> None:
    """Whatever characters they have: other line ends than a line feed are no ends of lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_RUN", 3)
        assert list(lines.in_order(map(_line, given_))) == sorted({*map(_line, given_)})


def test_the_last_run_may_be_full() -> None:
    """As many lines as runs have, no line, and one more."""
    numbers = [b"%04d\n" % number for number in range(10)]
    shuffled = random.Random(1).sample(numbers, 10)  # noqa: S311  no secret
    with pytest.MonkeyPatch.context() as patch:
        for size in (1, 5, 9, 10, 11):
            patch.setattr(lines, "_RUN", size)
            assert list(lines.in_order(shuffled)) == numbers
        assert list(lines.in_order([])) == []


def _line(text: str) -> bytes:
    return f"{text}\n".encode()
