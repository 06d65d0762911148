"""Answers as text.

Tables and markdown are for readers and have labels. CSV, TSV and JSON are for programs and have
full IRIs and the query's own columns. CSV and TSV keep to the W3C recommendation
(https://www.w3.org/TR/sparql11-results-csv-tsv/), so that they are what SPARQL endpoints give:
hence CRLF at the end of lines in CSV, as RFC 4180 has it, and Turtle's terms in TSV.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain, compress
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from standpunkt import lines
from standpunkt.answer import Answer, Rows, Term, value
from standpunkt.namespaces import XSD

if TYPE_CHECKING:
    from standpunkt.page import Page
    from standpunkt.wording import Wording

# Names that files of a format end in; the first is the usual one.
ROW_FORMATS = {
    "table": (".txt",),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "json": (".json",),
    "markdown": (".md", ".markdown"),
}
TRIPLE_FORMATS = {
    "turtle": (".ttl",),
    "ntriples": (".nt",),
    "jsonld": (".jsonld",),
    "rdfxml": (".rdf", ".xml"),
}
# Those that are written as they come, whatever comes later.
STREAMED = ("csv", "tsv", "json", "ntriples")
_PIECE = 10_000  # lines that are written at a time

# Said of columns that no row of a table has anything in.
_EMPTY = {"de": "ohne Angaben, daher weggelassen", "en": "left out, as they hold nothing"}

_BARE_IN_TSV = {
    XSD + "boolean": r"true|false",
    XSD + "decimal": r"[+-]?\d*\.\d+",
    XSD + "integer": r"[+-]?\d+",
}


def rows(
    answer: Answer,
    form: str,
    wording: "Wording",
    *,
    labels: bool = False,
    page: "Page | None" = None,
) -> str:
    """Write the rows of an answer in a format of `ROW_FORMATS`.

    `labels` adds to CSV, TSV and JSON a column `<column>Label` after each that has an IRI; the
    page is for tables alone.
    """
    if form == "table":
        from standpunkt import table  # noqa: PLC0415  what is for programs needs none
        from standpunkt.page import Page  # noqa: PLC0415  the same

        heads, cells = _worded(answer, wording)
        used = [any(column) for column in zip(*cells, strict=True)]
        if not any(used):
            return table.draw(heads, cells, page or Page())
        kept = [list(compress(row, used)) for row in cells]
        drawn = table.draw(list(compress(heads, used)), kept, page or Page())
        empty = ", ".join(head for head, is_used in zip(heads, used, strict=True) if not is_used)
        return f"{drawn}\n{_EMPTY[wording.language]}: {empty}\n" if empty else drawn
    if form == "markdown":
        return _markdown(*_worded(answer, wording))
    shown = _with_labels(answer, wording) if labels else answer
    return "".join(row_lines(Rows(shown.columns, iter(shown.rows)), form))


def row_lines(rows: Rows, form: str) -> Iterator[str]:
    """Write rows as they come in a format of `STREAMED`, without labels: a piece of text each."""
    return _WRITERS[form](rows)


def triple_lines(triples: Iterable[Triple]) -> Iterator[str]:
    """Write triples that come in any order, and maybe twice, as N-Triples in that of `triples`."""
    return map(bytes.decode, lines.in_order(f"{triple} .\n".encode() for triple in triples))


def verdict(yes: bool) -> str:  # noqa: FBT001  it is all there is
    """Write the verdict of an ASK, in any format: `true` or `false`."""
    return f"{json.dumps(yes)}\n"


def triples(triples: Iterable[Triple], form: str) -> str:
    """Write triples in a format of `TRIPLE_FORMATS`, with the prefixes that they use.

    Turtle has the house layout, so that it can go into a file of a dossier as it is.
    """
    from standpunkt import layout, serialisation  # noqa: PLC0415  rows need neither

    listed = sorted(triples, key=str)
    if form == "turtle":
        return layout.lay_out(listed, {})
    written = "".join(f"{triple} .\n" for triple in listed)
    if form == "ntriples":
        return written
    if form == "rdfxml":
        return serialisation.rdfxml(Quad(*triple) for triple in listed)
    return f"{(serialize(listed, format=RdfFormat.JSON_LD) or b'').decode()}\n"


def written(sorted_lines: list[str], form: str) -> Iterable[str]:
    """Write what `triples` does, in pieces, from the lines of N-Triples without their ends."""
    if form == "ntriples":
        starts = range(0, len(sorted_lines), _PIECE)
        return ("\n".join([*sorted_lines[at : at + _PIECE], ""]) for at in starts)
    found = parse("\n".join(sorted_lines), format=RdfFormat.N_TRIPLES)
    return [triples((quad.triple for quad in found), form)]


def _worded(answer: Answer, wording: "Wording") -> tuple[list[str], list[list[str]]]:
    heads = [wording.column(column) for column in answer.columns]
    return heads, [[wording.term(term) for term in row] for row in answer.rows]


def _markdown(heads: list[str], cells: list[list[str]]) -> str:
    rows = [heads, ["---"] * len(heads), *cells]
    return "".join(f"| {' | '.join(map(_markdown_cell, row))} |\n" for row in rows)


def _markdown_cell(text: str) -> str:
    return "<br>".join(text.replace("\\", "\\\\").replace("|", "\\|").splitlines())


def _with_labels(answer: Answer, wording: "Wording") -> Answer:
    columns: list[str] = []
    values: list[list[Term | None]] = []
    for position, column in enumerate(answer.columns):
        terms = [row[position] for row in answer.rows]
        columns.append(column)
        values.append(terms)
        has_iris = any(isinstance(term, NamedNode) for term in terms)
        if has_iris and f"{column}Label" not in answer.columns:
            words = map(wording.label, terms)
            columns.append(f"{column}Label")
            values.append([None if word is None else Literal(word) for word in words])
    return Answer(tuple(columns), list(zip(*values, strict=True)))


def _csv(rows: Rows) -> Iterator[str]:
    for line in chain([rows.columns], (map(_csv_cell, row) for row in rows.rows)):
        yield f"{','.join(line)}\r\n"


def _csv_cell(term: Term | None) -> str:
    text = _plain(term)
    needs_quotes = any(character in text for character in '",\r\n')
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if needs_quotes else text


def _tsv(rows: Rows) -> Iterator[str]:
    head = [f"?{column}" for column in rows.columns]
    for line in chain([head], (map(_tsv_cell, row) for row in rows.rows)):
        yield f"{chr(9).join(line)}\n"


def _tsv_cell(term: Term | None) -> str:
    if isinstance(term, Literal):
        bare = _BARE_IN_TSV.get(term.datatype.value)
        if bare and re.fullmatch(bare, term.value):
            return term.value
    return "" if term is None else str(term)


def _json(rows: Rows) -> Iterator[str]:
    """Write a list of objects, one a line, with whole numbers and decimals to the last digit."""
    names = [_text(column) for column in rows.columns]
    before = "[\n"
    for row in rows.rows:
        members = zip(names, map(_json_cell, row), strict=True)
        yield f"{before}  {{{', '.join(f'{name}: {cell}' for name, cell in members)}}}"
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[\n\n]\n"


def _json_cell(term: Term | None) -> str:
    if term is None:
        return "null"
    plain = value(term)
    if isinstance(plain, Decimal) and plain.is_finite():
        return f"{plain:f}"
    if isinstance(plain, int) or (isinstance(plain, float) and abs(plain) < float("inf")):
        return json.dumps(plain)
    return _text(_plain(term))


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_WRITERS: dict[str, Callable[[Rows], Iterator[str]]] = {"csv": _csv, "tsv": _tsv, "json": _json}
