"""Faults of values: numbers, dates and their datatypes."""

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from benchmarks.faults.ground import Fault, Ground, lexical, spk, typed
from benchmarks.faults.operators import operator
from standpunkt.namespaces import XSD

_NUMBERS = ("end", "number", "start", "value")
_DATES = ("date", "period")
_ONCE = (
    "approvalBy",
    "author",
    "certainty",
    "date",
    "directness",
    "end",
    "figureOf",
    "file",
    "inArticle",
    "kind",
    "measures",
    "member",
    "number",
    "office",
    "officeOf",
    "organisation",
    "period",
    "sha256",
    "speaker",
    "start",
    "status",
    "unit",
    "value",
)


def _numbers(ground: Ground) -> Iterator[tuple[Triple, Literal]]:
    for triple in ground.facts(*_NUMBERS):
        if isinstance(triple.object, Literal):
            yield triple, triple.object


def _dates(ground: Ground) -> Iterator[tuple[Triple, Literal]]:
    for triple in ground.facts(*_DATES):
        if isinstance(triple.object, Literal):
            yield triple, triple.object


@operator
def number_as_text(ground: Ground) -> Iterator[Fault]:
    """A number is written in quotation marks, and so is a text."""
    for triple, literal in _numbers(ground):
        yield ground.put(triple, Literal(literal.value))


@operator
def number_of_another_datatype(ground: Ground) -> Iterator[Fault]:
    """A number is a double or an int."""
    for triple, literal in _numbers(ground):
        yield ground.put(triple, typed(literal.value, "double"))
        yield ground.put(triple, typed(literal.value, "int"))


@operator
def number_ill_typed(ground: Ground) -> Iterator[Fault]:
    """A number has a letter in it: an O for a 0, an l for a 1."""
    for triple, literal in _numbers(ground):
        spoilt = literal.value.replace("0", "O").replace("1", "l")
        if spoilt == literal.value:
            spoilt += "O"
        yield ground.put(triple, typed(spoilt, literal.datatype.value.removeprefix(XSD)))


@operator
def number_with_zeros(ground: Ground) -> Iterator[Fault]:
    """A number has zeros that not every store keeps."""
    for triple, literal in _numbers(ground):
        name = literal.datatype.value.removeprefix(XSD)
        zeros = literal.value + "0" if "." in literal.value else "0" + literal.value
        yield ground.put(triple, typed(zeros, name))


@operator
def integer_as_decimal(ground: Ground) -> Iterator[Fault]:
    """A whole number is written as a decimal with a zero behind the point."""
    for triple, literal in _numbers(ground):
        if "." not in literal.value:
            yield ground.put(triple, typed(literal.value + ".0", "decimal"))


@operator
def date_of_another_datatype(ground: Ground) -> Iterator[Fault]:
    """A date is a text, or has a datatype that it is not written for."""
    for triple, literal in _dates(ground):
        own = literal.datatype.value.removeprefix(XSD)
        yield ground.put(triple, Literal(literal.value))
        for other in ("date", "dateTime", "gYear", "gYearMonth"):
            if other != own:
                yield ground.put(triple, typed(literal.value, other))


@operator
def date_that_is_none(ground: Ground) -> Iterator[Fault]:
    """A date has a month 13, a day 32, a 30 February or a year of two digits."""
    for triple, literal in _dates(ground):
        name = literal.datatype.value.removeprefix(XSD)
        year = literal.value[:4]
        spoilt = {
            "date": (f"{year}-13-01", f"{year}-11-32", f"{year}-02-30", f"{year[2:]}-11-22"),
            "gYearMonth": (f"{year}-13", f"{year}-00", f"{year}-1"),
            "gYear": (year[2:], f"{year}-13"),
        }
        for text in spoilt[name]:
            yield ground.put(triple, typed(text, name))


@operator
def date_with_time(ground: Ground) -> Iterator[Fault]:
    """A date has a zone or a time that the article does not give."""
    for triple, literal in _dates(ground):
        name = literal.datatype.value.removeprefix(XSD)
        yield ground.put(triple, typed(literal.value + "Z", name))
        yield ground.put(triple, typed(f"{literal.value[:4]}-01-01T00:00:00Z", "dateTime"))


@operator
def date_in_future(ground: Ground) -> Iterator[Fault]:
    """What a dated article reports lies behind the article's own date."""
    for triple, literal in _dates(ground):
        article = ground.article(triple.subject)
        published = ground.objects(article, "date") if article else []
        is_measured = spk("Actual") in ground.objects(triple.subject, "status")
        reported = triple.predicate == spk("date") or is_measured
        if published and reported and ground.kind(triple.subject) != "Article":
            for years in (1, 10):
                later = f"{int(literal.value[:4]) + years}{literal.value[4:]}"
                if later[:4] > str(published[0])[1:5]:
                    yield ground.put(triple, typed(later, literal.datatype.value[len(XSD) :]))


@operator
def value_doubled(ground: Ground) -> Iterator[Fault]:
    """A node has a second value where one is the limit."""
    for name in _ONCE:
        values = sorted({triple.object for triple in ground.facts(name)}, key=str)
        for triple in ground.facts(name):
            others = [value for value in values if value != triple.object]
            if others:
                yield ground.add(triple.subject, triple.predicate, others[0])


@operator
def name_of_another_datatype(ground: Ground) -> Iterator[Fault]:
    """A name has a language, or space at its end."""
    for triple in ground.facts("name", "file", "sha256", "majority"):
        if isinstance(triple.object, Literal):
            yield ground.put(triple, Literal(lexical(triple), language="de"))
            yield ground.put(triple, Literal(lexical(triple) + " "))
