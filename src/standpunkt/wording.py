"""What people read in place of IRIs: labels of terms and heads of columns, in one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite

from pyoxigraph import Literal, NamedNode

from standpunkt.answer import Term, value
from standpunkt.namespaces import OWL, RDF, SPK, shorten
from standpunkt.store import Store

# Digits of a decimal that a reader gets: a query's 18 digits of a quotient are noise.
_DIGITS = 6
_TYPE = NamedNode(RDF + "type")
_CLASS = NamedNode(OWL + "Class")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a store's ontology and data.

    `columns_de` are German words for columns that no term of the ontology is named like. The
    ontology is that of `terms`, where it is another store: a question is written in the words of
    its dossier, wherever it is asked.
    """

    store: Store
    language: str
    columns_de: Mapping[str, str] = field(default_factory=dict)
    terms: Store | None = None

    def term(self, term: Term | None) -> str:
        """Write a term for a reader.

        An IRI becomes its label, else its CURIE; a literal becomes its text, and a number with a
        fraction is cut to six digits; an unbound variable becomes nothing.
        """
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            return self.label(term) or shorten(term.value)
        if not isinstance(term, Literal):
            return str(term)
        number = value(term)
        if isinstance(number, Decimal | float) and isfinite(number):
            return _short(number)
        return term.value

    def label(self, term: Term | None) -> str | None:
        """Give the label of an IRI; `None` where it has none, or the term is no IRI."""
        return self.store.label(term, self.language) if isinstance(term, NamedNode) else None

    def column(self, name: str) -> str:
        """Write the head of a column.

        It is the label of the ontology's property, else class, of that name; else the question's
        own word; else the name in words: `shareOfSpending` becomes `share of spending`.
        """
        terms = self.terms or self.store
        if (term := column_term(terms, name)) and (label := terms.label(term, self.language)):
            return label
        if self.language == "de" and name in self.columns_de:
            return self.columns_de[name]
        return _HUMP.sub(" ", name).lower()


def column_term(store: Store, name: str) -> NamedNode | None:
    """Give the property, else the class, of the ontology that a column is named like.

    The members of closed lists do not count: `stated` is no `spk:Stated`. `None` where there is
    no such term, or it has no label.
    """
    property_, class_ = (NamedNode(SPK + local) for local in (name, name[:1].upper() + name[1:]))
    if store.label(property_, "en"):
        return property_
    is_class = any(store.triples(class_, _TYPE, _CLASS))
    return class_ if is_class and store.label(class_, "en") else None


def _short(number: Decimal | float) -> str:
    """Write a number in six digits, but with its whole part and at least two places after it.

    >>> _short(Decimal("73.913043478260869565")), _short(Decimal("1234567.891"))
    ('73.913', '1234567.89')
    >>> _short(Decimal("2.10")), _short(Decimal("0.00001234")), _short(1e20)
    ('2.1', '0.00001234', '100000000000000000000')
    """
    exact = Decimal(str(number))
    places = max(2, _DIGITS - 1 - exact.adjusted())
    return f"{exact:.{places}f}".rstrip("0").rstrip(".")
