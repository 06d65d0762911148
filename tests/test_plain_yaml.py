"""What is read of YAML without PyYAML is what PyYAML reads."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from standpunkt import plain_yaml

ROOT = Path(__file__).parents[1]

# Words that are something else in YAML, and pieces that lines of it are made of.
WORDS = st.sampled_from(
    [
        "summary",
        "a_1",
        "_",
        "é",
        "Null",
        "null",
        "NULL",
        "~",
        "yes",
        "No",
        "true",
        "oFF",
        "y",
        "n",
        "1",
        "1e3",
        "0x1",
        ".inf",
        "2024",
        "<<",
    ]
) | st.text("abyn_1é", min_size=1, max_size=3)
TEXTS = st.text(
    st.sampled_from(list("ab :#-,[]{}&*!|>'\"%@`?\\/\t\u00a0\u0085\u2028\ufeff\u200bé€\U0001f600"))
    | st.characters(exclude_categories=["Cs"]),
    max_size=8,
)
QUOTED = TEXTS.map('"{}"'.format)
LINES = st.one_of(
    st.builds(" {}: {}".format, WORDS, QUOTED),
    st.builds(" {}:".format, WORDS),
    st.builds("   - {}".format, WORDS),
    st.builds("   - {}: {}".format, WORDS, QUOTED),
    st.builds("{}{}: {}".format, st.sampled_from(["", "  ", " - "]), WORDS, WORDS | TEXTS),
    TEXTS,
)


def headers() -> list[list[str]]:
    """Give the lines of the headers of the shipped questions."""
    return [
        [line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line[:2] == "#+"]
        for path in sorted((ROOT / "queries").glob("*.rq"))
    ]


@given(st.lists(LINES, max_size=5))
@example([" a:", '   - b: "c"', "   - d", ' e: ""'])
@example([' a: "b"', ' c: "d"', ' a: "e"'])
@example([" a:", " b:"])
@example([f' {"a" * 2000}: "b"'])
def test_what_is_read_is_what_pyyaml_reads(lines: list[str]) -> None:
    """Whatever the lines are, they are read as PyYAML reads them, or not at all."""
    read = plain_yaml.read(lines)
    if read is not None:
        expected = yaml.safe_load("\n".join(lines)) or {}
        assert read == expected
        assert list(read) == list(expected)


@pytest.mark.parametrize("lines", headers())
def test_the_shipped_headers_are_plain(lines: list[str]) -> None:
    """No shipped question needs PyYAML."""
    assert plain_yaml.read(lines) == yaml.safe_load("\n".join(lines))


@pytest.mark.parametrize(
    "lines",
    [
        [" a: b"],
        [" a: 'b'"],
        [r' a: "\n"'],
        [' a: "b" # c'],
        [' yes: "b"'],
        [" a:"],
        [" a:", ' - b: "c"'],
        ["   - a"],
        [' a: "b"', "   - c"],
        [" a:", "   - no"],
        [' a: "b\u00a0c"'],
        ["# a"],
        [""],
    ],
)
def test_what_is_not_plain_is_left_to_pyyaml(lines: list[str]) -> None:
    """Where YAML has more to it than is read here, nothing is read."""
    assert plain_yaml.read(lines) is None
