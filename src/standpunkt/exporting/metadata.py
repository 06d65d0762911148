"""A description of a dossier as a dataset, in VoID and DCAT.

VoID (https://www.w3.org/TR/void/) counts what is in it: editors offer the classes and properties
from there. DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) tells catalogues its title, its licence
and the formats to be had. Nothing is made up: the licence and the authors of the shipped dossier
are those that its ontology names, another dossier has its own, and no address of a file is given.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from standpunkt.answer import Term
from standpunkt.dossier import ONTOLOGY_GRAPH
from standpunkt.errors import ParameterError
from standpunkt.exporting.facts import Facts
from standpunkt.namespaces import GRAPH, ID, ONTOLOGY, PREFIXES, RDF, SPK, XSD

DATASET = NamedNode(ID + "dossier")

_DCAT = PREFIXES["dcat"]
_DCTERMS = PREFIXES["dcterms"]
_VOID = PREFIXES["void"]
_TYPE = NamedNode(RDF + "type")
_LICENSE = _DCTERMS + "license"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = ("de", "en")
# As the catalogues of the European Union name languages.
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_LANGUAGE_CODES = ("DEU", "ENG")
_NAMESPACE = re.compile(r".*[#/]")
# What the ontology says of itself, and the shipped dossier with it: see LICENSE-DATA.
_INHERITED = ("description", "issued", "license", "modified")
_AGENTS = ("creator", "publisher")
_FORMATS = {
    "text/turtle": "Turtle",
    "application/trig": "TriG",
    "application/n-triples": "N-Triples",
    "application/n-quads": "N-Quads",
    "application/rdf+xml": "RDF/XML",
    "application/ld+json": "JSON-LD",
    "text/csv": "CSV",
}
# What each part is called, in the order of `_LANGUAGES`.
TITLES = {
    "articles": ("Was die Artikel sagen", "What the articles say"),
    "inferred": ("Was daraus folgt", "What follows from it"),
    "links": ("Wissen von außen", "Outside knowledge"),
    "metadata": ("Die Beschreibung des Dossiers", "The description of the dossier"),
    "ontology": ("Das Vokabular", "The vocabulary"),
    "queries": ("Die gespeicherten Fragen", "The saved questions"),
    "shapes": ("Die Formen", "The shapes"),
}


def describe(
    graphs: Mapping[str, list[Triple]],
    *,
    shipped: bool,
    endpoint: str | None = None,
) -> list[Triple]:
    """Describe named graphs, by IRI, and the dataset of all of them.

    A triple that stands in two graphs counts once in the whole. `shipped` tells whether this is
    the dossier that comes with the package. `endpoint` is the address where the dossier can be
    asked; raises `ParameterError` where it is no address.
    """
    everything = [triple for triples in graphs.values() for triple in triples]
    facts = Facts(everything)
    articles, statements = (len(facts.instances(SPK + kind)) for kind in ("Article", "Statement"))
    titles = (
        f"Standpunkt-Dossier (Artikel: {articles}, Aussagen: {statements})",
        f"Standpunkt dossier (articles: {articles}, statements: {statements})",
    )
    found = [
        Triple(DATASET, _TYPE, NamedNode(_VOID + "Dataset")),
        Triple(DATASET, _TYPE, NamedNode(_DCAT + "Dataset")),
        *_in_languages(DATASET, "title", titles),
        *(_dcterms(DATASET, "language", NamedNode(_LANGUAGE + code)) for code in _LANGUAGE_CODES),
        Triple(DATASET, NamedNode(_VOID + "uriSpace"), Literal(ID)),
        *_counts(DATASET, everything),
        *_partitions(DATASET, everything),
    ]
    for name, triples in graphs.items():
        graph = NamedNode(name)
        found += [
            Triple(DATASET, NamedNode(_VOID + "subset"), graph),
            Triple(graph, _TYPE, NamedNode(_VOID + "Dataset")),
            *_in_languages(graph, "title", TITLES[name.removeprefix(GRAPH)]),
            *_counts(graph, triples),
        ]
    found += _inherited(NamedNode(ONTOLOGY_GRAPH), facts)
    if shipped:
        found += _inherited(DATASET, facts)
    licences = facts.objects(NamedNode(ONTOLOGY), _LICENSE) if shipped else []
    for media_type, label in _FORMATS.items():
        found += _distribution(media_type, label, licences)
    if endpoint is not None:
        found += _service(address(endpoint))
    return found


def address(endpoint: str) -> NamedNode:
    """Give the address of an endpoint as a term; raises `ParameterError` where it is none."""
    try:
        if endpoint.startswith(("http://", "https://")) and endpoint.partition("//")[2]:
            return NamedNode(endpoint)
    except ValueError:
        pass
    raise ParameterError(f"{endpoint!r} is no address of an endpoint (https://...)")


def _inherited(dataset: NamedNode, facts: Facts) -> Iterator[Triple]:
    """Say of a dataset what the ontology says of itself."""
    ontology = NamedNode(ONTOLOGY)
    for name in _INHERITED:
        for each in facts.objects(ontology, _DCTERMS + name):
            yield _dcterms(dataset, name, each)
    for name in _AGENTS:
        for each in facts.objects(ontology, _DCTERMS + name):
            yield from _agent(dataset, name, each)


def _counts(dataset: NamedNode, triples: list[Triple]) -> Iterator[Triple]:
    distinct = set(triples)
    subjects = {triple.subject for triple in distinct}
    numbers = {
        "triples": len(distinct),
        "entities": sum(str(subject).startswith(f"<{ID}") for subject in subjects),
        "classes": len({triple.object for triple in distinct if triple.predicate == _TYPE}),
        "properties": len({triple.predicate for triple in distinct}),
        "distinctSubjects": len(subjects),
        "distinctObjects": len({triple.object for triple in distinct}),
    }
    for name, number in numbers.items():
        yield _void_number(dataset, name, number)


def _partitions(dataset: NamedNode, triples: list[Triple]) -> Iterator[Triple]:
    distinct = set(triples)
    instances = Counter(triple.object for triple in distinct if triple.predicate == _TYPE)
    uses = Counter(triple.predicate for triple in distinct)
    terms = {*(kind for kind in instances if isinstance(kind, NamedNode)), *uses}
    vocabularies = {found[0] for term in terms if (found := _NAMESPACE.match(term.value))}
    for vocabulary in vocabularies:
        yield Triple(dataset, NamedNode(_VOID + "vocabulary"), NamedNode(vocabulary))
    for kind, number in instances.items():
        node = BlankNode()
        yield Triple(dataset, NamedNode(_VOID + "classPartition"), node)
        yield Triple(node, NamedNode(_VOID + "class"), kind)
        yield _void_number(node, "entities", number)
    for property_, number in uses.items():
        node = BlankNode()
        yield Triple(dataset, NamedNode(_VOID + "propertyPartition"), node)
        yield Triple(node, NamedNode(_VOID + "property"), property_)
        yield _void_number(node, "triples", number)


def _distribution(media_type: str, label: str, licences: list[Term]) -> Iterator[Triple]:
    node = BlankNode()
    yield Triple(DATASET, NamedNode(_DCAT + "distribution"), node)
    yield Triple(node, _TYPE, NamedNode(_DCAT + "Distribution"))
    yield from _in_languages(node, "title", (f"Das Dossier als {label}", f"The dossier as {label}"))
    yield Triple(node, NamedNode(_DCAT + "mediaType"), NamedNode(_MEDIA_TYPE + media_type))
    for licence in licences:
        yield _dcterms(node, "license", licence)


def _agent(dataset: NamedNode, name: str, agent: Term) -> Iterator[Triple]:
    """Say who did it: where the ontology has a text, an agent of that name."""
    if not isinstance(agent, Literal):
        yield _dcterms(dataset, name, agent)
        return
    node = BlankNode()
    yield _dcterms(dataset, name, node)
    yield Triple(node, _TYPE, NamedNode(PREFIXES["foaf"] + "Agent"))
    yield Triple(node, NamedNode(PREFIXES["foaf"] + "name"), agent)


def _service(endpoint: NamedNode) -> Iterator[Triple]:
    node = BlankNode()
    yield Triple(DATASET, NamedNode(_VOID + "sparqlEndpoint"), endpoint)
    yield Triple(node, _TYPE, NamedNode(_DCAT + "DataService"))
    yield Triple(node, NamedNode(_DCAT + "endpointURL"), endpoint)
    yield Triple(node, NamedNode(_DCAT + "servesDataset"), DATASET)
    yield from _in_languages(node, "title", ("SPARQL-Endpunkt", "SPARQL endpoint"))


def _in_languages(
    node: NamedNode | BlankNode, name: str, texts: tuple[str, str]
) -> Iterator[Triple]:
    for language, text in zip(_LANGUAGES, texts, strict=True):
        yield _dcterms(node, name, Literal(text, language=language))


def _dcterms(node: NamedNode | BlankNode, name: str, term: Term) -> Triple:
    return Triple(node, NamedNode(_DCTERMS + name), term)


def _void_number(node: NamedNode | BlankNode, name: str, number: int) -> Triple:
    literal = Literal(str(number), datatype=NamedNode(XSD + "integer"))
    return Triple(node, NamedNode(_VOID + name), literal)
