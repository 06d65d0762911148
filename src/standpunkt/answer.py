"""What a query gives: rows of RDF terms, and the same as plain values or a data frame."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, DecimalException
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt.errors import MissingExtraError
from standpunkt.namespaces import XSD

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | Decimal | date
# What one solution of a query binds, in the order of the columns; `None` where unbound.
Row = tuple[Term | None, ...]

_INTEGERS = (
    "integer",
    "byte",
    "int",
    "long",
    "negativeInteger",
    "nonNegativeInteger",
    "nonPositiveInteger",
    "positiveInteger",
    "short",
    "unsignedByte",
    "unsignedInt",
    "unsignedLong",
    "unsignedShort",
)
_READERS: dict[str, Callable[[str], Value]] = {
    **{XSD + name: int for name in _INTEGERS},
    XSD + "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
}


def value(term: Term) -> Value:
    """Give a term as a plain value.

    An IRI and a text become `str`, a blank node and a triple `str` in N-Triples syntax, whole
    numbers `int`, decimals `Decimal`, doubles `float`, booleans `bool`, days `date`, instants
    `datetime`. What Python has no value for stays the text that it is: years, months, dates
    with a time zone, literals that break the rules of their datatype.

    >>> value(Literal("2.10", datatype=NamedNode(XSD + "decimal")))
    Decimal('2.10')
    >>> value(Literal("2024-11", datatype=NamedNode(XSD + "gYearMonth")))
    '2024-11'
    """
    if isinstance(term, NamedNode):
        return term.value
    if not isinstance(term, Literal):
        return str(term)
    try:
        return _READERS.get(term.datatype.value, str)(term.value)
    except (ValueError, KeyError, DecimalException):
        return term.value


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT query while they are found: to be read once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT query: terms in the order of the columns, `None` where unbound."""

    columns: tuple[str, ...]
    rows: list[Row]

    def dicts(self) -> list[dict[str, Value | None]]:
        """Give each row as a dict from column to plain value, as `value` makes it."""
        return [
            {
                column: None if term is None else value(term)
                for column, term in zip(self.columns, row, strict=True)
            }
            for row in self.rows
        ]

    def to_pandas(self) -> "pd.DataFrame":
        """Give the answer as a pandas data frame of plain values.

        Raises `MissingExtraError` where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as missing:
            raise _missing("pandas") from missing
        return pd.DataFrame(self.dicts(), columns=list(self.columns))

    def to_polars(self) -> "pl.DataFrame":
        """Give the answer as a polars data frame of plain values.

        In a column, numbers of several kinds become numbers of one; other mixtures become text.
        Raises `MissingExtraError` where polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as missing:
            raise _missing("polars") from missing
        rows = self.dicts()
        data = {column: _of_one_kind([row[column] for row in rows]) for column in self.columns}
        return pl.DataFrame(data, strict=False)


def _of_one_kind(values: list[Value | None]) -> list[Value | None]:
    kinds = {type(value) for value in values} - {type(None)}
    if len(kinds) <= 1 or kinds <= {int, float, Decimal}:
        return values
    return [None if value is None else str(value) for value in values]


def _missing(package: str) -> MissingExtraError:
    return MissingExtraError(
        f"{package} is not installed; install it with: pip install 'standpunkt[frames]'",
    )
