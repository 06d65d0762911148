"""The forms of literals that each triple-store gives back as they went in.

Oxigraph and Virtuoso rewrite literals of other datatypes and of other forms than these. A text
that breaks the rules of its datatype (month 13) is of no form either.
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
