"""Faults of what stands in no article: outside facts, and identities in Wikidata."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from benchmarks.faults.ground import Fault, Ground, after, lexical, spk, typed
from benchmarks.faults.operators import operator
from standpunkt.namespaces import PREFIXES, SKOS

_EXACT = NamedNode(SKOS + "exactMatch")
_SOURCE = NamedNode(PREFIXES["dcterms"] + "source")
_CHECKED = NamedNode(PREFIXES["dcterms"] + "date")


def identities(ground: Ground) -> list[Triple]:
    """Give the triples that say what is the same in Wikidata."""
    return [triple for triple in ground.facts() if triple.predicate == _EXACT]


@operator
def source_dropped(ground: Ground) -> Iterator[Fault]:
    """An outside fact loses its source, the day of its check, its topic or its certainty."""
    for each in ground.nodes("OutsideFact"):
        for predicate in (_SOURCE, _CHECKED, spk("about"), spk("certainty")):
            yield ground.drop(*ground.about(each, predicate))


@operator
def source_that_is_none(ground: Ground) -> Iterator[Fault]:
    """The source of an outside fact is a node of the dossier, or a text without a language."""
    for each in ground.nodes("OutsideFact"):
        for triple in ground.about(each, _SOURCE)[:1]:
            yield ground.put(triple, Literal(str(triple.object).strip('"<>').partition('"')[0]))
            yield ground.put(triple, NamedNode("urn:isbn:0"))


@operator
def day_of_check_misdated(ground: Ground) -> Iterator[Fault]:
    """The day on which an outside fact was checked is a year, or no day at all."""
    for each in ground.nodes("OutsideFact"):
        for triple in ground.about(each, _CHECKED):
            yield ground.put(triple, typed("2026", "gYear"))
            yield ground.put(triple, typed("2026-02-30", "date"))


@operator
def identity_without_source(ground: Ground) -> Iterator[Fault]:
    """What is the same in Wikidata is said without an outside fact, or by one on another node."""
    facts = {t.object: t for t in ground.facts("about") if ground.kind(t.subject) == "OutsideFact"}
    for triple in identities(ground):
        if triple.subject in facts:
            fact = facts[triple.subject]
            yield ground.drop(*ground.about(fact.subject))
            for other in after(ground.nodes("Person"), triple.subject):
                yield ground.put(fact, other)


@operator
def identity_doubled(ground: Ground) -> Iterator[Fault]:
    """A node is the same as two items, or an item the same as two nodes."""
    known = identities(ground)
    for triple in known:
        for other in after(known, triple):
            yield ground.add(triple.subject, _EXACT, other.object)
            yield ground.put(triple, other.object)


@operator
def identity_malformed(ground: Ground) -> Iterator[Fault]:
    """An item of Wikidata is named by its page, by a property, or as a text."""
    for triple in identities(ground):
        item = lexical(triple).rpartition("/")[2]
        yield ground.put(triple, NamedNode(f"https://www.wikidata.org/wiki/{item}"))
        yield ground.put(triple, NamedNode(f"{PREFIXES['wd']}P{item[1:]}"))
        yield ground.put(triple, Literal(item))


@operator
def outside_fact_with_evidence(ground: Ground) -> Iterator[Fault]:
    """An outside fact claims a passage of an article as its evidence."""
    for each in ground.nodes("OutsideFact"):
        for other in ground.nodes("Passage")[::40]:
            yield ground.add(each, spk("evidence"), other)
