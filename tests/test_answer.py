"""Rows become plain values and data frames."""

import builtins
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from standpunkt.answer import Answer, Term, Value, value
from standpunkt.errors import MissingExtraError
from standpunkt.namespaces import XSD

NODE = NamedNode("https://example.org/x")


def literal(text: str, datatype: str) -> Literal:
    """Make a literal of an XML Schema datatype."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("term", "plain"),
    [
        (NODE, "https://example.org/x"),
        (BlankNode("b"), "_:b"),
        (Literal("Brücke", language="de"), "Brücke"),
        (Literal("Brücke"), "Brücke"),
        (Literal(4), 4),
        (literal("1200000000000", "long"), 1_200_000_000_000),
        (literal("2.10", "decimal"), Decimal("2.10")),
        (literal("1.5e3", "double"), 1500.0),
        (literal("true", "boolean"), True),
        (literal("0", "boolean"), False),
        (literal("2031-05-04", "date"), date(2031, 5, 4)),
        (literal("2031-05-04T10:00:00Z", "dateTime"), datetime(2031, 5, 4, 10, tzinfo=UTC)),
        (literal("2031-05", "gYearMonth"), "2031-05"),
        (literal("2031", "gYear"), "2031"),
        (literal("2031-05-04Z", "date"), "2031-05-04Z"),
        (literal("2031-13-45", "date"), "2031-13-45"),
        (literal("abc", "integer"), "abc"),
        (literal("abc", "decimal"), "abc"),
        (literal("maybe", "boolean"), "maybe"),
        (literal("9" * 5000, "integer"), "9" * 5000),
    ],
)
def test_terms_become_plain_values(term: Term, plain: Value) -> None:
    """A value has the type that Python has for it, and is the text where there is none."""
    assert value(term) == plain
    assert type(value(term)) is type(plain)


@pytest.fixture
def answer() -> Answer:
    """Give an answer with numbers of two kinds, with dates and a month, and with a gap."""
    return Answer(
        ("node", "number", "date", "text"),
        [
            (NODE, Literal(4), literal("2031-05-04", "date"), None),
            (NODE, literal("2.5", "decimal"), literal("2031-05", "gYearMonth"), Literal("a")),
        ],
    )


def test_dicts_have_each_column(answer: Answer) -> None:
    """What is unbound is `None`."""
    assert answer.dicts() == [
        {"node": NODE.value, "number": 4, "date": date(2031, 5, 4), "text": None},
        {"node": NODE.value, "number": Decimal("2.5"), "date": "2031-05", "text": "a"},
    ]


def test_pandas_gets_the_rows(answer: Answer) -> None:
    """A data frame has the columns in their order, also when there are no rows."""
    pytest.importorskip("pandas", reason="pandas is missing: install the extra 'frames'")
    assert list(answer.to_pandas().columns) == list(answer.columns)
    assert answer.to_pandas()["number"].sum() == Decimal("6.5")
    assert list(Answer(("a", "b"), []).to_pandas().columns) == ["a", "b"]


def test_polars_gets_the_rows(answer: Answer) -> None:
    """A column of mixed values has one type, and loses none of them."""
    pytest.importorskip("polars", reason="polars is missing: install the extra 'frames'")
    mixed = Answer(("a",), [(Literal(4),), (literal("2031-05-04", "date"),), (None,)])
    assert mixed.to_polars()["a"].to_list() == ["4", "2031-05-04", None]
    frame = answer.to_polars()
    assert frame.columns == list(answer.columns)
    assert frame["number"].to_list() == [Decimal("4.0"), Decimal("2.5")]
    assert frame["date"].to_list() == ["2031-05-04", "2031-05"]
    assert Answer(("a", "b"), []).to_polars().columns == ["a", "b"]


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_missing_package_is_named(
    answer: Answer, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package the error has the command that installs it."""
    original = builtins.__import__

    def fail(name: str, *arguments: Any, **keywords: Any) -> object:  # noqa: ANN401  as it is
        if name == package:
            raise ImportError(name)
        return original(name, *arguments, **keywords)

    monkeypatch.setattr(builtins, "__import__", fail)
    with pytest.raises(MissingExtraError) as raised:
        getattr(answer, f"to_{package}")()
    assert str(raised.value) == (
        f"{package} is not installed; install it with: pip install 'standpunkt[frames]'"
    )
