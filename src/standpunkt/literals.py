"""Texts and datatypes: which literals XML Schema has, and which come back as they went in.

Oxigraph and Virtuoso rewrite literals of other datatypes and of other forms than those that are
kept here. A text that breaks the rules of its datatype (month 13) is of no form either.
"""

import re
from contextlib import suppress
from datetime import date

from standpunkt.namespaces import RDF, XSD

_ANY = re.compile(".*", re.DOTALL)
_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_FORMS = {
    XSD + "anyURI": _ANY,
    XSD + "boolean": re.compile("true|false"),
    XSD + "date": re.compile(rf"{_MONTH}-\d\d"),
    XSD + "dateTime": re.compile(rf"{_MONTH}-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?"),
    XSD + "decimal": re.compile(r"-?(0|[1-9]\d*)\.(\d*[1-9])"),
    XSD + "gYear": re.compile(r"\d{4}"),
    XSD + "gYearMonth": re.compile(_MONTH),
    XSD + "integer": re.compile(r"0|-?[1-9]\d*"),
    XSD + "string": _ANY,
    RDF + "langString": _ANY,
}
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
# https://www.w3.org/TR/xmlschema11-2/: what a text has to look like, whatever calendar says.
_LEXICAL = {
    XSD + "boolean": "true|false|0|1",
    XSD + "date": rf"-?(?:[1-9]\d*)?{_MONTH}-[0-3]\d{_ZONE}",
    XSD + "dateTime": rf"-?(?:[1-9]\d*)?{_MONTH}-[0-3]\dT\d\d:\d\d:\d\d(\.\d+)?{_ZONE}",
    XSD + "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    XSD + "gYear": rf"-?(?:[1-9]\d*)?\d{{4}}{_ZONE}",
    XSD + "gYearMonth": rf"-?(?:[1-9]\d*)?{_MONTH}{_ZONE}",
    XSD + "integer": r"[+-]?\d+",
}


def is_written_like(text: str, datatype: str) -> bool:
    """Tell whether a text looks like one of a datatype (its IRI); an unknown datatype takes all.

    Day 31 of a month of 30 days is let through.

    >>> is_written_like("1_000", XSD + "integer"), is_written_like("+01", XSD + "integer")
    (False, True)
    """
    form = _LEXICAL.get(datatype)
    return form is None or re.fullmatch(form, text, re.ASCII) is not None


def is_kept(text: str, datatype: str) -> bool:
    """Tell whether a literal of a text and a datatype (its IRI) comes back as it went in.

    >>> is_kept("2024-11", XSD + "gYearMonth"), is_kept("2024-13", XSD + "gYearMonth")
    (True, False)
    """
    form = _FORMS.get(datatype)
    if form is None or not form.fullmatch(text):
        return False
    if datatype == XSD + "date":
        with suppress(ValueError):
            return bool(date.fromisoformat(text))
        return False
    return True
