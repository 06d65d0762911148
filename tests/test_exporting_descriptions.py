"""What an export says about a dossier: its questions as examples, its contents in VoID and DCAT.

The shapes are in `tests/exporting/`; each says what it follows.
"""

import shutil
from collections import Counter
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib import DCAT, DCTERMS, RDF, RDFS, SH, VOID

from standpunkt import Dossier, queries
from standpunkt.answer import Answer
from standpunkt.exporting import export
from standpunkt.namespaces import GRAPH, ID, PREFIXES
from standpunkt.store import Store

SHAPES = Path(__file__).parent / "exporting"
SCHEMA = rdflib.Namespace("https://schema.org/")
DATASET = rdflib.URIRef(ID + "dossier")
QUESTION = rdflib.URIRef(ID + "question-who-advocates")
FILES = ("ontology", "articles", "links", "shapes", "queries")
ENDPOINT = "https://example.org/sparql"


@cache
def lines(part: str, endpoint: str | None) -> str:
    """Give a part of the shipped dossier as N-Triples."""
    return export(Dossier.shipped(), "ntriples", parts=[part], endpoint=endpoint)


def graph(part: str, endpoint: str | None = None) -> rdflib.Graph:
    """Give a part of the shipped dossier as rdflib reads it."""
    return rdflib.Graph().parse(data=lines(part, endpoint), format="nt")


def tripped(data: rdflib.Graph, shapes: str) -> set[str]:
    """Give the names of the shapes that a graph breaks."""
    shape_graph = rdflib.Graph().parse(SHAPES / shapes, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shape_graph)
    assert isinstance(report, rdflib.Graph)
    return {
        str(shape).rpartition("#")[2]
        for shape in report.objects(None, SH.sourceShape)
        if isinstance(shape, rdflib.URIRef)
    }


# --- Saved questions --------------------------------------------------------------------------


def test_the_questions_conform_to_the_shapes_of_examples() -> None:
    """Each has a query, a comment in each language, keywords, prefixes and a target."""
    data = graph("queries")
    assert tripped(data, "sparql-examples.ttl") == set()
    found = set(data.subjects(RDF.type, SH.SPARQLExecutable))
    assert found == {
        rdflib.URIRef(f"{ID}question-{path.stem}") for path in Dossier.shipped().files("queries")
    }


@pytest.mark.parametrize(
    ("property_", "value", "shape"),
    [
        (SH.select, None, "Executable-query"),
        (SH.ask, rdflib.Literal("ASK {}"), "Executable-query"),
        (RDFS.comment, None, "Executable-comment"),
        (RDFS.comment, rdflib.Literal("plain"), "Executable-comment"),
        (RDFS.label, rdflib.Literal("encore", "fr"), "Executable-label"),
        (SCHEMA.target, None, "Executable-target"),
        (SCHEMA.keyword, rdflib.Literal("misspelt"), "Executable-keyword"),
        (SCHEMA.keyowrds, rdflib.Literal("misspelt"), "Executable-keyowrds"),
        (SCHEMA.keywords, rdflib.Literal("ends with a space "), "Executable-keywords"),
        (SH.prefixes, None, "Executable-prefixes"),
        (RDF.type, SH.SPARQLAskExecutable, "Executable"),
    ],
)
def test_the_shapes_of_examples_find_faults(
    property_: rdflib.URIRef, value: rdflib.term.Node | None, shape: str
) -> None:
    """A value taken away, or a wrong one, breaks the shape that is named for it."""
    data = graph("queries")
    if value is None or property_ == RDF.type:
        data.remove((QUESTION, property_, None))
    if value is not None:
        data.add((QUESTION, property_, value))
    if property_ == RDF.type:
        data.add((QUESTION, property_, SH.SPARQLExecutable))
    assert shape in tripped(data, "sparql-examples.ttl")


def test_an_example_runs_as_it_stands() -> None:
    """The text of each gives the rows of the saved question."""
    dossier = Dossier.shipped()
    data = graph("queries")
    for question in queries.questions(dossier):
        text = data.value(rdflib.URIRef(f"{ID}question-{question.name}"), SH.select)
        result = Store.asserted(dossier).query(str(text))
        assert isinstance(result, Answer)
        assert result == queries.run(dossier, question, parameters={})
        assert "#+" not in str(text)


def test_every_prefix_of_an_example_is_declared() -> None:
    """Editors that leave the prologue out find each prefix."""
    data = graph("queries")
    declared = {
        str(data.value(node, SH.prefix)): str(data.value(node, SH.namespace))
        for node in data.objects(rdflib.URIRef(GRAPH + "queries"), SH.declare)
    }
    assert {"id", "rdfs", "spk"} <= declared.keys()
    assert declared.items() <= PREFIXES.items()


@pytest.mark.parametrize(
    ("text", "kind", "property_"),
    [
        ("ASK { ?a ?b ?c }", "SPARQLAskExecutable", "ask"),
        ("CONSTRUCT WHERE { ?a ?b ?c }", "SPARQLConstructExecutable", "construct"),
        ("# no prefixes\ndescribe <https://example.org/>", "SPARQLDescribeExecutable", "describe"),
    ],
)
def test_each_form_of_query_has_its_class(
    folder: Path, text: str, kind: str, property_: str
) -> None:
    """SHACL has three; SIB has one of its own for DESCRIBE."""
    (folder / "queries" / "new.rq").write_text(f'#+ summary: "New?"\n{text}', encoding="utf-8")
    triples = export(Dossier(folder), "ntriples", parts=["queries"]).splitlines()
    (written,) = [line for line in triples if f"{property_}> {Literal(text + chr(10))} ." in line]
    assert written.startswith(f"<{ID}question-new>")
    assert any(f"{kind}> ." in line for line in triples)
    comment = f'<{ID}question-new> {NamedNode(str(RDFS.comment))} "New?"@en .'
    assert comment in triples


def test_any_file_name_is_an_iri_and_any_text_a_query(folder: Path) -> None:
    """Spaces in names are encoded, and unusual line breaks stay in the text."""
    text = "SELECT ?a WHERE { ?a ?b 'x\u2028y\u0085z' }\n"
    (folder / "queries" / "wer? 1.rq").write_text(f"#+ tags: []\n{text}", encoding="utf-8")
    triples = export(Dossier(folder), "ntriples", parts=["queries"])
    written = f"<{ID}question-wer%3F%201> {NamedNode(str(SH.select))} {Literal(text)} .\n"
    assert written in triples


def test_the_target_is_the_endpoint_or_the_dossier() -> None:
    """Without an address, none is made up."""
    assert set(graph("queries").objects(None, SCHEMA.target)) == {DATASET}
    targets = set(graph("queries", ENDPOINT).objects(None, SCHEMA.target))
    assert targets == {rdflib.URIRef(ENDPOINT)}


# --- VoID and DCAT ----------------------------------------------------------------------------


@pytest.mark.parametrize("endpoint", [None, ENDPOINT])
def test_the_description_conforms_to_its_shapes(endpoint: str | None) -> None:
    """A catalogue gets what it asks for; no address of a file is made up."""
    data = graph("metadata", endpoint)
    assert tripped(data, "metadata.ttl") == set()
    assert (DATASET, RDF.type, DCAT.Dataset) in data
    assert (DATASET, RDF.type, VOID.Dataset) in data
    assert ((None, RDF.type, DCAT.DataService) in data) == bool(endpoint)


@pytest.mark.parametrize(
    ("subject", "property_", "value", "shape"),
    [
        (DATASET, DCTERMS.title, None, "Catalogued-title"),
        (DATASET, DCTERMS.description, None, "Catalogued-description"),
        (DATASET, DCTERMS.license, rdflib.URIRef("https://example.org/"), "Catalogued-license"),
        (DATASET, DCTERMS.license, None, "Catalogued-license"),
        (DATASET, DCTERMS.publisher, rdflib.Literal("nobody"), "Catalogued-publisher"),
        (DATASET, DCTERMS.creator, None, "Catalogued-creator"),
        (DATASET, DCTERMS.issued, rdflib.Literal("soon"), "Catalogued-issued"),
        (DATASET, DCTERMS.language, rdflib.Literal("de"), "Catalogued-language"),
        (DATASET, DCAT.distribution, DATASET, "Catalogued-distribution"),
        (None, DCTERMS.license, None, "Distribution-license"),
        (None, DCAT.mediaType, None, "Distribution-mediaType"),
        (None, DCAT.accessURL, rdflib.URIRef(ENDPOINT), "Distribution-accessURL"),
        (None, DCAT.downloadURL, rdflib.URIRef(ENDPOINT), "Distribution-downloadURL"),
        (DATASET, VOID.triples, None, "Counted-triples"),
        (DATASET, VOID.entities, rdflib.Literal(-1), "Counted-entities"),
        (DATASET, VOID.classes, rdflib.Literal("many"), "Counted-classes"),
        (DATASET, VOID.properties, None, "Counted-properties"),
        (DATASET, VOID.subset, rdflib.URIRef(ENDPOINT), "Counted-subset"),
        (DATASET, VOID.vocabulary, rdflib.URIRef(ENDPOINT), "Counted-vocabulary"),
        (DATASET, VOID.classPartition, DATASET, "Counted-classPartition"),
        (DATASET, VOID.propertyPartition, DATASET, "Counted-propertyPartition"),
    ],
)
def test_the_shapes_of_the_description_find_faults(
    subject: rdflib.URIRef | None,
    property_: rdflib.URIRef,
    value: rdflib.term.Node | None,
    shape: str,
) -> None:
    """A value taken away, or a wrong one, breaks the shape that is named for it."""
    data = graph("metadata")
    node = subject or min(data.subjects(RDF.type, DCAT.Distribution), key=str)
    if value is None:
        data.remove((node, property_, None))
    else:
        data.add((node, property_, value))
    assert shape in tripped(data, "metadata.ttl")


def test_the_counts_are_those_of_the_triples() -> None:
    """Counting the exported triples anew gives the numbers of the description."""
    data = graph("metadata")
    whole = rdflib.Graph()
    for part in FILES:
        triples = graph(part)
        name = rdflib.URIRef(GRAPH + part)
        subjects = set(triples.subjects())
        entities = [each for each in subjects if str(each).startswith(ID)]
        assert (DATASET, VOID.subset, name) in data
        assert data.value(name, VOID.triples) == rdflib.Literal(len(triples))
        assert data.value(name, VOID.properties) == rdflib.Literal(len(set(triples.predicates())))
        assert data.value(name, VOID.distinctSubjects) == rdflib.Literal(len(subjects))
        assert data.value(name, VOID.entities) == rdflib.Literal(len(entities))
    whole.parse(data=export(Dossier.shipped(), "ntriples", parts=FILES), format="nt")
    assert data.value(DATASET, VOID.triples) == rdflib.Literal(len(whole))
    for kind, link, thing, number, counted in (
        ("property", VOID.propertyPartition, VOID.property, VOID.triples, whole.predicates()),
        ("class", VOID.classPartition, VOID["class"], VOID.entities, whole.objects(None, RDF.type)),
    ):
        partitions = {
            data.value(node, thing): data.value(node, number)
            for node in data.objects(DATASET, link)
        }
        expected = {term: rdflib.Literal(count) for term, count in Counter(counted).items()}
        assert partitions == expected, kind


def test_what_follows_is_a_subset_where_it_is_asked_for(dossier: Dossier) -> None:
    """The description counts what goes with it."""
    text = export(dossier, "ntriples", parts=["metadata"], inferred=True)
    assert f"<{GRAPH}inferred> <http://rdfs.org/ns/void#triples>" in text
    assert f"{GRAPH}inferred" not in export(dossier, "ntriples", parts=["metadata"])


def test_another_dossier_gets_no_licence_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes the shipped ontology for facts of their own licenses these as they like."""
    for part in ("ontology", "graph"):
        shutil.copytree(Dossier.shipped().folder / part, tmp_path / part)
    text = export(Dossier(tmp_path), "turtle", parts=["metadata"])
    copied = rdflib.Graph().parse(data=text, format="turtle")
    ours = graph("metadata")
    for name in (DCTERMS.license, DCTERMS.creator, DCTERMS.publisher, DCTERMS.issued):
        assert (DATASET, name, None) in ours
        assert (DATASET, name, None) not in copied
        assert (rdflib.URIRef(GRAPH + "ontology"), name, None) in copied
    assert set(copied.subjects(DCTERMS.license)) == {rdflib.URIRef(GRAPH + "ontology")}
    monkeypatch.setattr("standpunkt.dossier.__file__", "/nowhere/at/all/dossier.py")
    assert export(Dossier(tmp_path), "turtle", parts=["metadata"]) == text
