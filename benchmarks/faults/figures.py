"""Faults of figures: value, unit, whole, hedge and status."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from benchmarks.faults.ground import Fault, Ground, after, lexical, number, shown, spk, typed
from benchmarks.faults.operators import operator
from standpunkt.namespaces import PREFIXES

_DOLLAR, _NUMBER, _PERCENT = (
    NamedNode(PREFIXES["unit"] + name) for name in ("CCY_USD", "NUM", "PERCENT")
)


@operator
def figure_property_dropped(ground: Ground) -> Iterator[Fault]:
    """A figure loses its value, its quantity, its actor or its status."""
    for triple in ground.facts("value", "measures", "figureOf", "status"):
        yield ground.drop(triple)


@operator
def unit_dropped(ground: Ground) -> Iterator[Fault]:
    """A figure loses its unit."""
    for triple in ground.facts("unit"):
        yield ground.drop(triple)


@operator
def unit_exchanged(ground: Ground) -> Iterator[Fault]:
    """A count is taken for dollars or per cent, per cent for percentage points, and so on."""
    units = [_DOLLAR, _NUMBER, _PERCENT, spk("PercentagePoint")]
    for triple in ground.facts("unit"):
        for other in units:
            yield ground.put(triple, other)


@operator
def unit_as_text(ground: Ground) -> Iterator[Fault]:
    """A unit is a text, or one of QUDT that the ontology does not name."""
    for triple in ground.facts("unit"):
        yield ground.put(triple, Literal(shown(triple.object).partition(":")[2]))
        yield ground.put(triple, NamedNode(PREFIXES["unit"] + "CCY_EUR"))


@operator
def whole_dropped(ground: Ground) -> Iterator[Fault]:
    """A percentage does not say what it refers to."""
    for triple in ground.facts("percentageOf"):
        yield ground.drop(triple)


@operator
def whole_of_a_count(ground: Ground) -> Iterator[Fault]:
    """A count or an amount says what it is a percentage of."""
    for triple in ground.facts("unit"):
        if triple.object in {_DOLLAR, _NUMBER}:
            for other in ground.nodes("Quantity")[:3]:
                yield ground.add(triple.subject, spk("percentageOf"), other)


@operator
def hedge_dropped(ground: Ground) -> Iterator[Fault]:
    """A figure loses the "about" or "just under" of the article."""
    for triple in ground.facts("hedge"):
        yield ground.drop(triple)


@operator
def hedge_on_a_target(ground: Ground) -> Iterator[Fault]:
    """A target is only about what it is, or a figure is hedged twice."""
    for triple in ground.facts("status"):
        if triple.object == spk("Target"):
            yield ground.add(triple.subject, spk("hedge"), spk("About"))
            yield ground.add(triple.subject, spk("hedge"), spk("JustUnder"))
    for triple in ground.facts("hedge"):
        for other in ("About", "JustUnder"):
            yield ground.add(triple.subject, spk("hedge"), spk(other))


@operator
def part_larger_than_whole(ground: Ground) -> Iterator[Fault]:
    """A part is larger than its whole, as after a slip of the zeros."""
    for triple in ground.facts("partOf"):
        for value in ground.about(triple.subject, spk("value")):
            for zeros in ("000", "0000", "00000"):
                yield ground.put(value, number(str(lexical(value)) + zeros))


@operator
def part_of_another_thing(ground: Ground) -> Iterator[Fault]:
    """A figure is a part of one with another unit, quantity or year."""
    for triple in ground.facts("unit"):
        for other in ground.nodes("Figure"):
            if triple.object not in ground.objects(other, "unit"):
                yield ground.add(triple.subject, spk("partOf"), other)


@operator
def part_of_another_year(ground: Ground) -> Iterator[Fault]:
    """Part and whole hold for different years, or one of them for no year."""
    for triple in ground.facts("partOf"):
        for end in (triple.subject, triple.object):
            for period in ground.about(end, spk("period")):
                yield ground.put(period, typed("2019", "gYear"))
                yield ground.drop(period)


@operator
def count_out_of_range(ground: Ground) -> Iterator[Fault]:
    """A count is negative or has a fraction, a percentage is above 100 or below 0."""
    for triple in ground.facts("unit"):
        for value in ground.about(triple.subject, spk("value")):
            if triple.object == _NUMBER:
                yield ground.put(value, number("-" + lexical(value)))
                yield ground.put(value, typed(lexical(value) + ".5", "decimal"))
            if triple.object == _PERCENT:
                yield ground.put(value, number(lexical(value) + "00"))
                yield ground.put(value, number("-" + lexical(value)))


@operator
def status_that_cannot_be(ground: Ground) -> Iterator[Fault]:
    """What a figure is measured against, or replaces, is no target; a replacement is measured."""
    for triple in ground.facts("measuredAgainst", "replaces"):
        for status in ground.about(triple.object, spk("status")):
            for other in ("Actual", "Forecast", "Demanded"):
                yield ground.put(status, spk(other))
        if triple.predicate == spk("replaces"):
            for status in ground.about(triple.subject, spk("status")):
                for other in ("Actual", "Forecast", "Target"):
                    yield ground.put(status, spk(other))


@operator
def forecast_of_the_past(ground: Ground) -> Iterator[Fault]:
    """A forecast is for a year behind the article's own, or a measurement for one ahead of it."""
    for triple in ground.facts("status"):
        for period in ground.about(triple.subject, spk("period")):
            is_forecast = triple.object == spk("Forecast")
            for year in ("2014", "2021", "2023") if is_forecast else ("2025", "2030", "2031"):
                yield ground.put(period, typed(year, "gYear"))


@operator
def time_of_figure_dropped(ground: Ground) -> Iterator[Fault]:
    """A measured or forecast figure does not say for when it holds."""
    for triple in ground.facts("status"):
        said = ground.about(triple.subject, spk("period"), spk("timeNote"))
        if said and triple.object in {spk("Actual"), spk("Forecast")}:
            yield ground.drop(*said)


@operator
def derived_value_stored(ground: Ground) -> Iterator[Fault]:
    """What can be computed is stored: the rest, the share, the distance to the target."""
    names = ("rest", "share", "remainder", "distance", "ratio")
    for triple in ground.facts("partOf", "measuredAgainst", "percentageOf"):
        for value in ground.about(triple.subject, spk("value")):
            for name in names:
                yield ground.add(triple.subject, spk(name), value.object)
            yield ground.add(triple.subject, spk("value"), number("9"))


@operator
def demand_without_target(ground: Ground) -> Iterator[Fault]:
    """A demanded figure does not say which target it is to replace, or replaces none."""
    for triple in ground.facts("replaces"):
        yield ground.drop(triple)
        for other in after(ground.nodes("Figure"), triple.object, 8):
            yield ground.put(triple, other)
    for triple in ground.facts("status"):
        if triple.object != spk("Demanded"):
            yield ground.put(triple, spk("Demanded"))
