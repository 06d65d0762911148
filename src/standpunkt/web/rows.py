"""The rows of a result, counted while the engine writes them.

Each format has something that stands where a row begins or ends and nowhere inside a value. A row
that binds nothing has no such mark in JSON (`{}`) and is not counted there.
"""

from pyoxigraph import QueryResultsFormat

# Between two rows, so that none count as one; at the beginning of each; at the end of each line, of
# which the first is a head. A quote inside a value has a backslash before it in JSON, and `<` is
# escaped in XML.
_MARKS: dict[QueryResultsFormat, tuple[bytes, int]] = {
    QueryResultsFormat.JSON: (b'},{"', 1),
    QueryResultsFormat.XML: (b"<result>", 0),
    QueryResultsFormat.TSV: (b"\n", -1),
    QueryResultsFormat.CSV: (b"\n", -1),
}


class Rows:
    """How many rows a text in a format of results has so far."""

    def __init__(self, form: QueryResultsFormat) -> None:
        """Begin before the first byte."""
        self._is_csv = form == QueryResultsFormat.CSV
        self._mark, self._count = _MARKS[form]
        self._rest = b""
        self._is_quoted = False

    def count(self, piece: bytes) -> int:
        """Take the next piece of the text, and give the number of rows up to its end."""
        if self._is_csv:
            piece = self._outside(piece)
        text = self._rest + piece
        self._count += text.count(self._mark)
        kept = len(self._mark) - 1
        self._rest = text[-kept:] if kept else b""
        return self._count

    def _outside(self, piece: bytes) -> bytes:
        """Leave out what stands in quotes: in CSV there may be ends of lines in it."""
        parts = piece.split(b'"')
        outside = b"".join(parts[self._is_quoted :: 2])
        self._is_quoted ^= len(parts) % 2 == 0
        return outside
