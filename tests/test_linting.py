"""The linter finds each breach of a house rule, by file and line, and nothing in what is right."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpunkt import Dossier
from standpunkt.linting import LintFinding, lint

ONTOLOGY = """\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

<https://w3id.org/standpunkt/ns> a owl:Ontology .

skos:definition a owl:AnnotationProperty .

spk:Actor a owl:Class ;
    rdfs:label "Akteur"@de , "actor"@en ;
    rdfs:isDefinedBy <https://w3id.org/standpunkt/ns> ;
    skos:definition "Wer etwas sagt."@de , "Whoever says something."@en ;
.
spk:date a owl:DatatypeProperty ;
    rdfs:label "Datum"@de , "date"@en ;
    rdfs:isDefinedBy <https://w3id.org/standpunkt/ns> ;
    skos:definition "Wann."@de , "When."@en ;
.
"""
GRAPH = """\
PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

id:person-ada a spk:Actor ;
    spk:date "2031-05"^^xsd:gYearMonth ;
.
"""
QUESTION = """\
#+ summary: "Who is there?"
#+ summary_de: "Wer ist da?"
#+ description: "Actors: all of them, or one."
#+ description_de: "Akteure: alle oder einer."
#+ tags:
#+   - actors
#+ params:
#+   - actor: "Only this one."
#+ params_de:
#+   - actor: "Nur dieser."
#+ columns_de:
#+   - times: "Male"

PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT ?actor ?date (COUNT(*) AS ?times)
WHERE {
  # service { LATERAL } select *
  VALUES ?actor { UNDEF }
  ?actor a spk:Actor .
  OPTIONAL { ?actor spk:date ?date }
  FILTER(xsd:string(?actor) != "GRAPH ?_a <http://<<")
}
GROUP BY ?actor ?date
ORDER BY ?actor COALESCE(STR(?date), "")
"""
REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
PIECES = [
    "",
    "\n",
    "{",
    "}",
    "(",
    ")",
    "<",
    '"',
    "#",
    "#+ a: &b *b",
    "\\",
    "?x",
    "SELECT",
    "VALUES ?a { 1 }",
]
LIMIT = "[ a owl:Restriction ; owl:onProperty spk:date ; owl:maxCardinality 1 ]"


def write(folder: Path, **changed: str) -> Dossier:
    """Write a small dossier; a text given goes into the file of that name."""
    texts = {"ontology": ONTOLOGY, "graph": GRAPH, "question": QUESTION} | changed
    files = {
        "ontology": "ontology/small.ttl",
        "graph": "graph/articles.ttl",
        "question": "queries/who-is-there.rq",
    }
    for name, text in texts.items():
        path = folder / files[name]
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Dossier(folder)


def found(dossier: Dossier) -> list[str]:
    """Give the findings with the names of the files only."""
    return [str(finding).replace(f"{finding.file}", finding.file.name) for finding in lint(dossier)]


def changed(text: str, old: str, new: str) -> str:
    """Replace what stands once in a text."""
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_shipped_dossier_breaks_no_rule() -> None:
    """Ontology, facts, shapes and questions are written as the house writes them."""
    assert lint(Dossier.shipped()) == []


def test_a_right_dossier_has_no_findings(tmp_path: Path) -> None:
    """Words in strings, comments and IRIs are not taken for syntax."""
    assert found(write(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        # What grlc reads, and how.
        ('"Actors: all of them, or one."', "Actors: all", "3: header: the header is no YAML"),
        ('"Who is there?"', "Who is there?", '1: header: a line is "#+ key:", a known key'),
        ('#+ summary_de: "Wer ist da?"\n', "", "1: header: the summary is missing in the language"),
        ("#+ tags:\n#+   - actors\n", "", "1: header: there are no tags"),
        ("#+ tags:", "#+ tag:", '5: header: a line is "#+ key:"'),
        ("#+ tags:", '#+ summary: "Again?"\n#+ tags:', "5: header: summary stands there twice"),
        ("#+   - actors", "\n#+   - actors", "1: header: the header is not one block at the top"),
        ("SELECT ?actor ?date (COUNT(*) AS ?times)", "ASK", "1: form: only SELECT and CONSTRUCT"),
        # Parameters and columns.
        ('#+   - actor: "Nur dieser."', '#+   - akteur: "x"', "8: parameters: actor is not desc"),
        ('#+   - actor: "Nur dieser."', '#+   - akteur: "x"', "10: parameters: no line VALUES ?a"),
        ("?actor { UNDEF }", "?actor {\n    UNDEF\n  }", "8: parameters: no line VALUES ?actor"),
        ("  FILTER", "  VALUES ?actors { 1 }\n  FILTER", "1: parameters: ?actors is a parameter"),
        ("  FILTER", "  VALUES ?actors { 1 }\n  FILTER", "23: names: ?actors begins like ?actor"),
        ("  FILTER", "  VALUES ?language { 'x' }\n  FILTER", '1: parameters: the language is "en"'),
        ('#+   - times: "Male"', '#+   - time: "Male"', "1: columns: times has no German head"),
        ('#+   - times: "Male"', '#+   - time: "Male"', "12: columns: time needs no German head"),
        ('times: "Male"', 'date: "Tag"', "12: columns: date needs no German head: the ontology"),
        # Prefixes.
        ("standpunkt/ns#>", "standpunkt#>", "14: prefixes: spk: stands for <https://w3id.org/sta"),
        ("PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n", "", "22: prefixes: xsd: is not decl"),
        (
            "PREFIX xsd",
            "PREFIX id: <https://w3id.org/standpunkt/id/>\nPREFIX xsd",
            "15: prefixes: ",
        ),
        ("PREFIX xsd", "PREFIX ex: <https://example.org/>\nPREFIX xsd", "15: prefixes: ex: is not"),
        ("?actor a spk:Actor .", "?actor a .", "21: syntax: "),
        # What is not SPARQL 1.1, or differs between engines.
        ("OPTIONAL", "optional", "22: capitals: optional is written OPTIONAL"),
        ("OPTIONAL", "LATERAL", "22: portable: LATERAL is not SPARQL 1.1"),
        ("OPTIONAL", "GRAPH spk:x", "22: portable: GRAPH asks for graphs"),
        ("xsd:string(?actor)", "spk:f(?actor)", "23: portable: spk:f is no function of SPARQL"),
        ("?actor a spk:Actor", "<<( ?actor a ?x )>> ?y ?z", "21: portable: a triple term"),
        ("?actor ?date (COUNT(*) AS ?times)", "*", "17: columns: SELECT * has columns"),
        ('\nORDER BY ?actor COALESCE(STR(?date), "")', "", "17: order: there is no ORDER BY"),
        ("ORDER BY ?actor ", "ORDER BY ", "26: order: ORDER BY leaves out ?actor"),
        ('COALESCE(STR(?date), "")', "?date", "26: order: engines put years among days differen"),
        ('COALESCE(STR(?date), "")', "DESC(?date)", "26: order: engines put years among days dif"),
        ("SELECT ?actor ?date", "SELECT ?actor ?date ?x_y", "17: names: ?x_y is not ? and words"),
        ("  FILTER", f"  # {'-' * 100}\n  FILTER", "23: width: the line has 104 characters"),
    ],
)
def test_a_breach_in_a_question_is_found(tmp_path: Path, old: str, new: str, finding: str) -> None:
    """Each has its line and its rule."""
    dossier = write(tmp_path, question=changed(QUESTION, old, new))
    assert [each for each in found(dossier) if each.startswith(f"who-is-there.rq:{finding}")]


@pytest.mark.parametrize("name", ["Who-is-there", "who_is_there", "who--is", "who-is-there-"])
def test_the_name_of_a_question_is_words_with_hyphens(tmp_path: Path, name: str) -> None:
    """A path is made of it, and people type it."""
    write(tmp_path)
    (tmp_path / "queries" / "who-is-there.rq").rename(tmp_path / "queries" / f"{name}.rq")
    assert found(Dossier(tmp_path)) == [
        f"{name}.rq:1: file-name: '{name}.rq' is not words in lower case with hyphens"
    ]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("spk:Actor a owl:Class", "spk:actor a owl:Class", "11: names: actor is not written like"),
        ("spk:date a owl", "spk:Date a owl", "16: names: Date is not written like the other"),
        ('"Akteur"@de , ', "", "11: annotations: Actor needs rdfs:label once in each of de and en"),
        ('"Wann."@de', '"Wann."', "16: annotations: date needs skos:definition once in each of"),
        ('"Datum"@de', '"Datum"@de , "Tag"@de', "16: annotations: date needs rdfs:label once in"),
        (
            'skos:definition "Wann."@de',
            'skos:note "Oder nie."@de ; skos:definition "Wann."@de',
            "16: annotations: date has skos:note in one language only",
        ),
        (
            '    rdfs:isDefinedBy <https://w3id.org/standpunkt/ns> ;\n    skos:definition "Wann',
            '    skos:definition "Wann',
            "16: annotations: date does not say that it isDefinedBy <https://w3id.org/standpunkt/ns>",
        ),
        ("spk:date a", "spk:date rdfs:domain spk:Actor ; a", "16: axioms: a domain types what is"),
        ("spk:date a", "spk:date rdfs:range xsd:string ; a", "16: axioms: a range types what is"),
        (
            "a owl:Ontology",
            "a owl:Ontology ; owl:imports <x:y>",
            "7: axioms: foreign axioms entail",
        ),
        ("spk:Actor a", "spk:Actor owl:hasKey ( spk:date ) ; a", "11: axioms: a key merges nodes"),
        (
            "owl:DatatypeProperty",
            "owl:DatatypeProperty , owl:FunctionalProperty",
            "16: axioms: owlrl would copy values between nodes",
        ),
        (
            "spk:Actor a",
            f"spk:Actor rdfs:subClassOf\n    {LIMIT} ; a",
            "11: axioms: owlrl would copy values between nodes",
        ),
        ("a owl:Class", "a owl:Class , spk:Ghost", "11: profile: spk:Ghost is used and not decla"),
        ("spk:date a", "spk:date rdfs:range xsd:date ; a", "16: profile: the datatype xsd:date is"),
        (
            "spk:Actor a",
            "spk:Actor owl:subClassOf spk:Actor ; a",
            "11: vocabularies: there is no owl:subClassOf; did you mean 'rdfs:subClassOf'",
        ),
        (
            "spk:Actor a",
            "spk:Actor a owl:Clas ; a",
            "11: vocabularies: there is no owl:Clas; did you mean 'owl:Class'",
        ),
        (
            "spk:Actor a",
            "spk:Actor skos:closeMatch skos:Concpet ; skos:note '1'^^xsd:integr ; a",
            "11: vocabularies: there is no xsd:integr; did you mean 'xsd:integer'",
        ),
        ('"When."@en', '"When."@en-GB', "19: literals: not every store keeps @en-GB"),
        (
            "spk:Actor a",
            "[] a owl:Class .\nspk:Actor a",
            "1: blank-nodes: a blank node has rdf:type",
        ),
        (
            "spk:Actor a",
            'spk:Actor skos:note [ rdfs:label "x"@de ] ; a',
            "11: blank-nodes: a blank node has rdfs:label: give it an IRI",
        ),
        ("/ns#>", "#>", "4: prefixes: spk: stands for <https://w3id.org/standpunkt/ns#>"),
        ("PREFIX xsd", "@prefix ex: <x:> .\nPREFIX xsd", "5: prefixes: ex: is not in the registry"),
    ],
)
def test_a_breach_in_the_ontology_is_found(
    tmp_path: Path, old: str, new: str, finding: str
) -> None:
    """Each has its line and its rule; what a blank node holds is found where that is held."""
    dossier = write(tmp_path, ontology=changed(ONTOLOGY, old, new))
    assert [each for each in found(dossier) if each.startswith(f"small.ttl:{finding}")]


@pytest.mark.parametrize(
    "literal",
    [
        "2.10",
        "02",
        "+1",
        "1.5e3",
        '"1"^^xsd:boolean',
        '"5"^^xsd:int',
        '"2031-05-04Z"^^xsd:date',
        '"2031-13"^^xsd:gYearMonth',
        '"2031-02-30"^^xsd:date',
        '"soon"^^xsd:integer',
    ],
)
def test_a_literal_that_stores_rewrite_is_found(tmp_path: Path, literal: str) -> None:
    """What comes back from a store is what went in."""
    graph = changed(GRAPH, '"2031-05"^^xsd:gYearMonth', literal)
    assert [each[:26] for each in found(write(tmp_path, graph=graph))] == [
        "articles.ttl:6: literals: "
    ]


@pytest.mark.parametrize(
    "literal", ["2.1", "0.5", "-3", "0", "true", '"a"', '"a"@de', '"2031"^^xsd:gYear']
)
def test_a_literal_that_stores_keep_is_right(tmp_path: Path, literal: str) -> None:
    """Whole numbers, plain decimals, dates of any precision, and texts."""
    graph = changed(GRAPH, '"2031-05"^^xsd:gYearMonth', literal)
    assert found(write(tmp_path, graph=graph)) == []


def test_findings_are_values(tmp_path: Path) -> None:
    """They are sorted by file and line, and each comes once."""
    dossier = write(tmp_path, question="SELECT * { ?a_b ?b_c ?c_d }\n", graph="")
    findings = lint(dossier)
    assert findings == sorted(set(findings))
    assert LintFinding(findings[0].file, 1, "order", "there is no ORDER BY") in findings


@pytest.mark.parametrize(
    "axioms",
    [
        "_:a owl:complementOf _:a . spk:Actor rdfs:subClassOf _:a .",
        "_:a owl:unionOf ( _:a ) . spk:Actor rdfs:subClassOf _:a .",
        f"_:a {REST} _:a . spk:Actor owl:propertyChainAxiom _:a .",
        f"spk:Actor rdfs:subClassOf {'[ owl:complementOf ' * 2000}spk:Actor{' ]' * 2000} .",
    ],
    ids=["itself", "in itself", "list", "deep"],
)
def test_nodes_that_run_in_circles_or_deep_come_to_an_end(tmp_path: Path, axioms: str) -> None:
    """An ontology from elsewhere is judged whatever it looks like."""
    assert found(write(tmp_path, ontology=f"{ONTOLOGY}\n{axioms}\n"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_text_breaks_the_linter(tmp_path: Path, data: st.DataObject) -> None:
    """A question torn apart has findings, or is still right; the linter goes on."""
    text = QUESTION
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(start + 30, len(text))))
        text = text[:start] + data.draw(st.sampled_from(PIECES)) + text[end:]
    assert isinstance(lint(write(tmp_path, question=text)), list)
