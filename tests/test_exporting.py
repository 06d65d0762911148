"""Exports of RDF: the same triples in every syntax, and the same bytes in every process."""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from conftest import PREFIXES
from standpunkt import Dossier, lines, serialisation, turtle
from standpunkt.dossier import ASSERTED
from standpunkt.errors import (
    FileError,
    InconsistencyError,
    ParameterError,
    QueryError,
    UnknownNameError,
)
from standpunkt.exporting import FORMATS, NETWORKS, PARTS, export, is_empty
from standpunkt.exporting.jsonld import context, document
from standpunkt.namespaces import GRAPH

ROOT = Path(__file__).parents[1]
SYNTAXES = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB_NAMES = {
    "turtle": "turtle",
    "trig": "trig",
    "ntriples": "nt",
    "nquads": "nquads",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}
# All that a syntax could get wrong, and RDF/XML can write.
AWKWARD = r"""
PREFIX ex: <https://example.org/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
id:statement-odd spk:start 5 , -5 , 0 , "x"^^xsd:integer ;
    spk:end 123456789012345678901234567890 ;
    spk:value 2.10 , 2.1 , 1.0E3 , 7 , true , "1"^^xsd:boolean , "7" ;
    spk:date "2031-05"^^xsd:gYearMonth , "2031-05-04"^^xsd:date , "2031"^^xsd:gYear , "soon" ;
    spk:timeNote "bald"@de , "soon"@en , "gleich"@de , "jetzt gleich"@de-AT ;
    spk:words "no language" , "eine"@de ;
    spk:speaker "no link" , id:person-ada-brook , <org:opaque> , <https://example.org/a:b> ;
    spk:certainty spk:Stated , spk:date , wd:Q1 , "Stated" , <https://w3id.org/standpunkt/ns#a/b> ;
    rdfs:label "two\nlines, a \\ and \"quotes\"\t<tag> & 😀 \u00e9 e\u0301"@en ;
    ex:any "carriage\r\nreturn" , "@id" , "" , " space " , "https://example.org/not-a-link" ;
    ex:any ( 1 "two" ( id:three ) () ) , () , [ ex:any [ ] ] ;
    a spk:Statement , ex:Thing , [ ] .
_:circle ex:next _:other . _:other ex:next _:circle .
_:self rdf:first _:self ; rdf:rest () .
_:one rdf:first _:two ; rdf:rest () . _:two rdf:first _:one ; rdf:rest () .
ex:a ex:list _:shared . ex:b ex:list _:shared . _:shared rdf:first 1 ; rdf:rest _:tail .
_:tail rdf:first 2 ; rdf:rest () . ex:c ex:list _:tail .
_:forked rdf:first 1 , 2 ; rdf:rest () . ex:d ex:list _:forked .
_:loop rdf:first 1 ; rdf:rest _:loop . ex:e ex:list _:loop .
<urn:x:y> ex:any <urn:x:z> .
"""
NUMBERS = """
id:statement-odd spk:start "05"^^xsd:integer , "+5"^^xsd:integer , "-0"^^xsd:integer .
"""
RANGES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
spk:start a owl:DatatypeProperty ; schema:rangeIncludes xsd:integer .
spk:end a owl:DatatypeProperty ; schema:rangeIncludes xsd:integer .
spk:date schema:rangeIncludes xsd:date , xsd:gYear .
spk:timeNote a owl:DatatypeProperty ; schema:rangeIncludes rdf:langString .
spk:words schema:rangeIncludes rdf:langString .
spk:speaker schema:rangeIncludes spk:Actor .
spk:certainty a owl:ObjectProperty ; schema:rangeIncludes spk:Certainty .
spk:Stated a owl:NamedIndividual , spk:Certainty .
"""

every_syntax = pytest.mark.parametrize("form", SYNTAXES)


@pytest.fixture
def awkward(folder: Path) -> Dossier:
    """Give the tiny dossier with all that a syntax could get wrong."""
    texts = {
        "graph/numbers.ttl": NUMBERS,
        "graph/odd.ttl": AWKWARD,
        "ontology/ranges.ttl": RANGES,
    }
    for name, text in texts.items():
        (folder / name).write_text(PREFIXES + text, encoding="utf-8", newline="")
    return Dossier(folder)


@pytest.fixture
def exact_rdflib(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have rdflib keep literals as they are written."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def canonical(quads: Iterable[Quad]) -> list[str]:
    """Give quads as lines that are the same for isomorphic datasets."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def expected(dossier: Dossier, form: str) -> list[str]:
    """Give what a format has to have of a dossier, without its saved questions."""
    parts = ["ontology", "articles", "links"]
    if form in {"trig", "nquads"}:
        parts.append("shapes")
    return canonical(
        Quad(
            each.subject,
            each.predicate,
            each.object,
            NamedNode(name) if form in {"trig", "nquads"} else DefaultGraph(),
        )
        for name, triples in dossier.graphs(*(GRAPH + part for part in parts)).items()
        for each in triples
    )


def without_questions(text: str, form: str) -> Iterable[Quad]:
    """Read a text, but for the graph of saved questions."""
    questions = NamedNode(GRAPH + "queries")
    return (quad for quad in parse(text, format=SYNTAXES[form]) if quad.graph_name != questions)


def by_oxigraph(text: str) -> Iterable[Quad]:
    """Read JSON-LD with the parser of this project."""
    return parse(text, format=RdfFormat.JSON_LD)


def by_rdflib(text: str) -> Iterable[Quad]:
    """Read JSON-LD with rdflib."""
    lines = rdflib.Graph().parse(data=text, format="json-ld").serialize(format="nt")
    return parse(lines, format=RdfFormat.N_TRIPLES)


def by_pyld(text: str) -> Iterable[Quad]:
    """Read JSON-LD with PyLD, which is close to the specification, without a network."""
    pyld = pytest.importorskip("pyld.jsonld", reason="PyLD is missing: install the extra 'oracles'")
    options = {"format": "application/n-quads", "documentLoader": lambda *_: pytest.fail("network")}
    return parse(pyld.to_rdf(json.loads(text), options), format=RdfFormat.N_QUADS)


# --- The same triples -------------------------------------------------------------------------


@every_syntax
@pytest.mark.parametrize("fixture", ["dossier", "awkward", "shipped"])
def test_what_is_written_is_read_back(
    form: str, fixture: str, request: pytest.FixtureRequest
) -> None:
    """A text has the triples of the files, to the last character, each in its graph."""
    shipped = fixture == "shipped"
    dossier = Dossier.shipped() if shipped else request.getfixturevalue(fixture)
    text = export(dossier, form)
    assert canonical(without_questions(text, form)) == expected(dossier, form)


@every_syntax
@pytest.mark.usefixtures("exact_rdflib")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
def test_another_parser_reads_the_same(form: str, awkward: Dossier) -> None:
    """What rdflib reads are the triples of the files, each in its graph."""
    (awkward.folder / "graph" / "numbers.ttl").unlink()  # its readers of Turtle rewrite them
    read = rdflib.Dataset().parse(data=export(awkward, form), format=RDFLIB_NAMES[form])
    lines = read.serialize(format="nquads")
    if form not in {"trig", "nquads"}:  # the name that rdflib gives to the graph of a file
        lines = "\n".join(re.sub(r" \S+ \.$", " .", line) for line in lines.splitlines())
    assert canonical(without_questions(lines, "nquads")) == expected(awkward, form)


def test_json_ld_is_read_by_another_processor(awkward: Dossier) -> None:
    """PyLD reads the same triples."""
    assert canonical(by_pyld(export(awkward, "jsonld"))) == expected(awkward, "jsonld")


def test_the_parts_are_named_graphs(dossier: Dossier) -> None:
    """A dataset has what stands in files; --inferred adds a graph."""

    def names(*, inferred: bool = False) -> set[str]:
        text = export(dossier, "nquads", inferred=inferred)
        return {str(quad.graph_name) for quad in parse(text, format=RdfFormat.N_QUADS)}

    files = {"ontology", "articles", "links", "shapes", "queries"}
    assert names() == {f"<{GRAPH}{part}>" for part in files}
    assert names(inferred=True) == {f"<{GRAPH}{part}>" for part in {*files, "inferred"}}


def test_parts_are_picked(dossier: Dossier) -> None:
    """Only the parts that are named are written; a blank graph merges them."""
    links = export(dossier, "ntriples", parts=["links"])
    assert sorted(links.splitlines()) == sorted(
        f"{triple} ." for triple in turtle.read(dossier.folder / "graph" / "links.ttl")
    )
    both = export(dossier, "ntriples", parts=["links", "inferred"])
    assert "advocates" in both
    assert set(links.splitlines()) < set(both.splitlines())
    assert export(dossier, "ntriples", parts=["links"], inferred=True) == both


def test_turtle_has_the_house_layout(dossier: Dossier) -> None:
    """Formatting an export changes nothing."""
    text = export(dossier, "turtle")
    assert turtle.house(text, "export") == text


# --- The same bytes ---------------------------------------------------------------------------

SHOW_HASHES = """
import hashlib, sys
from standpunkt import Dossier
from standpunkt.exporting import FORMATS, NETWORKS, PARTS, export
dossier = Dossier(sys.argv[1])
runs = [(form, {}) for form in FORMATS]
runs += [("turtle", {"parts": [part]}) for part in PARTS]
runs += [("trig", {"parts": PARTS})]
runs += [("graphml", {"network": network}) for network in NETWORKS]
for form, options in runs:
    text = export(dossier, form, **options)
    print(form, options, hashlib.sha256(text.encode()).hexdigest())
"""


def test_another_process_writes_the_same_bytes(awkward: Dossier) -> None:
    """Neither Python's hashes nor the random ones of native code change a text."""
    outputs = [
        subprocess.run(
            [sys.executable, "-c", SHOW_HASHES, awkward.folder],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert len(outputs[0].splitlines()) == len(FORMATS) + len(PARTS) + 1 + len(NETWORKS)


@every_syntax
def test_the_order_of_a_file_changes_nothing(form: str, awkward: Dossier) -> None:
    """Files with the same triples, in another order and with other labels, give the same text."""
    before = export(awkward, form)
    triples = turtle.read(awkward.folder / "graph" / "odd.ttl")
    lines = "".join(f"{triple} .\n" for triple in reversed(triples)).replace("_:", "_:other")
    (awkward.folder / "graph" / "odd.ttl").write_text(lines, encoding="utf-8")
    assert export(Dossier(awkward.folder), form) == before


@pytest.mark.parametrize("run", [3, 50_000])
@pytest.mark.parametrize("form", ["ntriples", "nquads"])
def test_lines_are_canonical_however_many_there_are(
    form: str, run: int, awkward: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those of RDFC-1.0 for all triples together, sorted in memory or on disk."""
    monkeypatch.setattr(lines, "_RUN", run)
    whole = canonical(
        Quad(
            each.subject,
            each.predicate,
            each.object,
            NamedNode(name) if form == "nquads" else DefaultGraph(),
        )
        for name, triples in awkward.graphs(*ASSERTED).items()
        for each in triples
    )
    text = export(awkward, form, parts=["links", "articles", "ontology"])
    assert text == "".join(f"{line} .\n" for line in whole)


# --- JSON-LD that is legible ------------------------------------------------------------------


def test_json_ld_is_legible(dossier: Dossier) -> None:
    """Keys are names of properties, links are short, texts are maps, numbers are numbers."""
    (dossier.folder / "ontology" / "ranges.ttl").write_text(PREFIXES + RANGES, encoding="utf-8")
    nodes = json.loads(export(Dossier(dossier.folder), "jsonld"))["@graph"]
    (statement,) = [node for node in nodes if node["@id"] == "id:statement-brook-wants-bridge"]
    assert statement == {
        "@id": "id:statement-brook-wants-bridge",
        "@type": "Statement",
        "label": {"de": "Brook fordert die Brücke", "en": "Brook demands the bridge"},
        "date": {"@type": "xsd:gYearMonth", "@value": "2031-05"},
        "demands": "id:position-town-builds-bridge",
        "evidence": "id:passage-x-2",
        "quotation": "id:quotation-brook-now",
        "speaker": "id:person-ada-brook",
    }
    (figure,) = [node for node in nodes if node["@id"] == "id:figure-lanes"]
    assert figure["value"] == 4


def test_the_shipped_context_names_each_property() -> None:
    """Speaker and evidence are keys, dates and whole numbers have their types."""
    names = context(Dossier.shipped())
    xsd, spk = "http://www.w3.org/2001/XMLSchema#", "https://w3id.org/standpunkt/ns#"
    assert names["speaker"] == {"@id": f"{spk}speaker", "@type": "@id"}
    assert names["evidence"] == {"@id": f"{spk}evidence", "@type": "@id"}
    assert names["certainty"] == {"@id": f"{spk}certainty", "@type": "@vocab"}
    assert names["date"] == {"@id": f"{spk}date", "@type": f"{xsd}date"}
    assert names["start"] == {"@id": f"{spk}start", "@type": f"{xsd}integer"}
    assert names["timeNote"] == {"@id": f"{spk}timeNote", "@container": "@language"}
    label = {"@id": "http://www.w3.org/2000/01/rdf-schema#label", "@container": "@language"}
    assert names["label"] == label
    assert names["id"] == "https://w3id.org/standpunkt/id/"


def test_the_context_is_a_document_of_its_own(dossier: Dossier) -> None:
    """A text with that context beside it means what the whole document means."""
    published = json.loads(export(dossier, "context"))
    whole = json.loads(export(dossier, "jsonld"))
    assert published["@context"] == whole["@context"] == context(dossier)
    text = json.dumps({**published, "@graph": whole["@graph"]})
    assert canonical(parse(text, RdfFormat.JSON_LD)) == expected(dossier, "jsonld")


@pytest.mark.usefixtures("exact_rdflib")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("reader", [by_oxigraph, by_rdflib, by_pyld])
def test_a_short_document_means_the_same(
    reader: Callable[[str], Iterable[Quad]], awkward: Dossier
) -> None:
    """What is said of a node is read back with no more of the context than it uses."""
    (awkward.folder / "graph" / "numbers.ttl").unlink()  # rdflib rewrites them
    whole = context(awkward)
    said = defaultdict[object, list[Quad]](list)
    for triple in chain.from_iterable(awkward.graphs(*ASSERTED).values()):
        said[triple.subject].append(Quad(triple.subject, triple.predicate, triple.object))
    for quads in said.values():
        text = document(whole, serialisation.canonical(quads), is_short=True)
        assert canonical(reader(text)) == canonical(quads)
        names, nodes = json.loads(text).values()
        assert nodes == json.loads(document(whole, serialisation.canonical(quads)))["@graph"]
        assert list(names.items()) == [item for item in whole.items() if item[0] in names]
        written = json.dumps(nodes)
        assert [name for name in names if not re.search(f'"{name}[":]', written)] == [
            "@version",
            "@vocab",
        ]


# --- What cannot be written -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("triple", "says"),
    [
        (r'id:a spk:words "bell\u0007"', r"cannot hold the character '\x07'; write Turtle"),
        ("id:a <https://example.org/1> 1", "cannot hold the property <https://example.org/1>"),
    ],
)
def test_rdf_xml_refuses_what_it_cannot_hold(folder: Path, triple: str, says: str) -> None:
    """A text that no XML parser reads is not written; the other syntaxes have it."""
    (folder / "graph" / "new.ttl").write_text(f"{PREFIXES}{triple} .", encoding="utf-8")
    with pytest.raises(FileError) as raised:
        export(Dossier(folder), "rdfxml")
    assert says in str(raised.value)
    for form in SYNTAXES.keys() - {"rdfxml"}:
        assert canonical(without_questions(export(Dossier(folder), form), form)) == expected(
            Dossier(folder), form
        )


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"form": "tutle"}, UnknownNameError, "unknown format 'tutle'; did you mean 'turtle'?"),
        ({"form": "gexf"}, UnknownNameError, "unknown format 'gexf'; there are turtle, trig, "),
        ({"parts": ["article"]}, UnknownNameError, "unknown part 'article'; did you mean 'arti"),
        ({"form": "csv", "parts": ["links"]}, ParameterError, "format 'csv' has no parts and"),
        ({"form": "graphml", "inferred": True}, ParameterError, "format 'graphml' has no parts"),
        ({"form": "graphml", "network": "conflicts"}, UnknownNameError, "unknown network 'confl"),
        ({"network": "conflict"}, ParameterError, "'turtle' takes no network; graphml does"),
        ({"endpoint": "https://a.org/"}, ParameterError, "'https://a.org/' goes into the parts"),
        ({"form": "csv", "language": "fr"}, UnknownNameError, "unknown language 'fr'"),
        ({"parts": ["queries"], "endpoint": "here"}, ParameterError, "'here' is no address of an"),
        ({"parts": ["metadata"], "endpoint": "http:// a"}, ParameterError, "is no address of an"),
    ],
)
def test_wrong_options_are_named(
    dossier: Dossier, options: dict[str, object], error: type[Exception], says: str
) -> None:
    """Each gets one line that quotes the value."""
    run: Callable[..., str] = export
    with pytest.raises(error) as raised:
        run(dossier, **{"form": "turtle", **options})
    assert says in str(raised.value)


def test_an_inconsistent_dossier_is_not_inferred_from(folder: Path) -> None:
    """From a contradiction anything follows, so nothing is written; what is asserted can be."""
    (folder / "ontology" / "disjoint.ttl").write_text(
        PREFIXES + "spk:Person owl:disjointWith spk:Organisation . id:org-council a spk:Person .",
        encoding="utf-8",
    )
    with pytest.raises(InconsistencyError, match="'standpunkt infer' lists all contradictions"):
        export(Dossier(folder), "turtle", inferred=True)
    assert export(Dossier(folder), "turtle")


def test_a_question_that_is_no_query_is_named(folder: Path) -> None:
    """An update among the saved questions is no example of a query."""
    (folder / "queries" / "drop.rq").write_text("DROP ALL", encoding="utf-8")
    with pytest.raises(QueryError, match=r"drop\.rq: this is no query"):
        export(Dossier(folder), "turtle", parts=["queries"])


@pytest.mark.parametrize("form", sorted(FORMATS.keys() - {"context"}))
def test_a_dossier_without_articles_gives_an_empty_text(folder: Path, form: str) -> None:
    """What holds nothing is well-formed and known to be empty."""
    (folder / "graph" / "articles.ttl").unlink()
    dossier = Dossier(folder)
    parts = ["articles"] if form in SYNTAXES else []
    text = export(dossier, form, parts=parts)
    assert is_empty(form, text)
    if form in SYNTAXES:
        assert list(parse(text, format=SYNTAXES[form])) == []
        assert not is_empty(form, export(dossier, form))


def test_a_dossier_without_questions_has_no_examples(folder: Path) -> None:
    """Questions are no duty of a dossier."""
    for path in (folder / "queries").iterdir():
        path.unlink()
    assert export(Dossier(folder), "turtle", parts=["queries"]) == ""
    assert GRAPH + "queries" not in export(Dossier(folder), "nquads")
