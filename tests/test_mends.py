"""A finding says how it is mended: what to add or to remove, what to write, what was meant."""

from collections.abc import Callable
from pathlib import Path

import pytest

from standpunkt.dossier import Dossier
from standpunkt.namespaces import ID
from standpunkt.validation import Finding, validate

PREFIXES = """
PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX spks: <https://w3id.org/standpunkt/shapes#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
ONTOLOGY = """
spk:Boat a owl:Class ; rdfs:label "Boot"@de , "boat"@en .
spk:Ferry a owl:Class ; rdfs:subClassOf spk:Boat ; rdfs:label "Fähre"@de , "ferry"@en .
spk:Person a owl:Class ; rdfs:label "Person"@de , "person"@en .
spk:Mood a owl:Class ; rdfs:label "Laune"@de , "mood"@en .
spk:Calm a owl:NamedIndividual , spk:Mood .
spk:Wild a owl:NamedIndividual , spk:Mood .
spk:towedBy a owl:ObjectProperty ;
    schema:domainIncludes spk:Boat ; schema:rangeIncludes spk:Boat .
spk:steeredBy a owl:ObjectProperty ; owl:inverseOf spk:steers ;
    schema:domainIncludes spk:Boat ; schema:rangeIncludes spk:Person .
spk:steers a owl:ObjectProperty ;
    schema:domainIncludes spk:Person ; schema:rangeIncludes spk:Boat .
spk:born a owl:DatatypeProperty ; schema:domainIncludes spk:Person .
"""
FACTS = """
id:boat-tern a spk:Ferry .
id:person-ina-moor a spk:Person ; rdfs:label "Ina Moor"@de , "Ina Moor"@en .
id:boat-gull a spk:Boat ; """
SHAPE = "spks:Boat a sh:NodeShape ; sh:targetNode id:boat-gull ; "
PROPERTY = "sh:property spks:Part . spks:Part a sh:PropertyShape ; sh:path "
LABEL = 'rdfs:label ; sh:languageIn ( "de" "en" )'
DATE = """spk:date ; sh:or ( spks:Day spks:Year ) .
spks:Day a sh:NodeShape ; sh:datatype xsd:date . spks:Year a sh:NodeShape ; sh:datatype xsd:gYear"""
CREW = """spk:crew ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape spks:Start .
spks:Start a sh:NodeShape ; sh:languageIn ( "de" ) ; sh:pattern "^Crew: .+" """

Harbour = Callable[..., Dossier]


@pytest.fixture
def harbour(tmp_path: Path) -> Harbour:
    """Give a function that makes a dossier of shapes, and of facts about a boat."""

    def make(shapes: str, facts: str = ".") -> Dossier:
        texts = {"ontology": ONTOLOGY, "graph": FACTS + facts, "shapes": shapes}
        for folder, text in texts.items():
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / "boats.ttl").write_text(PREFIXES + text, encoding="utf-8")
        return Dossier(tmp_path)

    return make


@pytest.mark.parametrize(
    ("shape", "facts", "english", "german"),
    [
        # What is missing.
        (f"{PROPERTY} spk:towedBy ; sh:minCount 1 ; sh:class spk:Boat .", ".",
         "add spk:towedBy (boat)", "spk:towedBy ergänzen (Boot)"),
        (f"{PROPERTY} spk:towedBy ; sh:minCount 1 .", ".",
         "add spk:towedBy (boat)", "spk:towedBy ergänzen (Boot)"),
        (f"{PROPERTY} spk:length ; sh:minCount 1 ; sh:datatype xsd:integer .", ".",
         "add spk:length (xsd:integer)", "spk:length ergänzen (xsd:integer)"),
        (f"{PROPERTY} spk:motto ; sh:minCount 1 ; sh:datatype xsd:string .", ".",
         'add spk:motto ("…")', 'spk:motto ergänzen ("…")'),
        (f"{PROPERTY} spk:motto ; sh:minCount 1 .", ".", "add spk:motto", "spk:motto ergänzen"),
        (f"{PROPERTY} spk:mood ; sh:minCount 1 ; sh:class spk:Mood .", ".",
         "add spk:mood: spk:Calm or spk:Wild", "spk:mood ergänzen: spk:Calm oder spk:Wild"),
        (f"{PROPERTY} {LABEL} ; sh:minCount 2 .", 'rdfs:label "Möwe"@de .',
         'add rdfs:label "…"@en', 'rdfs:label "…"@en ergänzen'),
        (f"{PROPERTY} [ sh:alternativePath ( spk:a spk:b ) ] ; sh:minCount 1 .", ".",
         "add one of these: spk:a or spk:b", "eines davon ergänzen: spk:a oder spk:b"),
        (f"{PROPERTY} [ sh:inversePath spk:towedBy ] ; sh:minCount 1 .", ".",
         "add spk:towedBy id:boat-gull to another node",
         "spk:towedBy id:boat-gull an einem anderen Knoten ergänzen"),
        (f"{PROPERTY} ( spk:towedBy spk:length ) ; sh:minCount 1 .", ".", None, None),
        (f"{PROPERTY} spk:mood ; sh:hasValue spk:Calm .", ".",
         "write spk:mood spk:Calm", "spk:mood spk:Calm schreiben"),
        (f"{PROPERTY} {CREW} .", ".",
         'add spk:crew "Crew: …"@de', 'spk:crew "Crew: …"@de ergänzen'),
        # What there is too much of.
        (f"{PROPERTY} spk:length ; sh:maxCount 1 .", "spk:length 3 , 4 .",
         "keep 1 of these 2: 3, 4", "von diesen 2 nur 1 behalten: 3, 4"),
        (f"{PROPERTY} spk:length ; sh:maxCount 0 .", "spk:length 3 .",
         "remove spk:length 3", "spk:length 3 streichen"),
        (f"{PROPERTY} [ sh:alternativePath ( spk:a spk:b ) ] ; sh:maxCount 1 .",
         "spk:a 1 ; spk:b 2 .",
         "keep 1 of these 2: spk:a 1, spk:b 2", "von diesen 2 nur 1 behalten: spk:a 1, spk:b 2"),
        (f"{PROPERTY} {LABEL} ; sh:uniqueLang true .", 'rdfs:label "Gull"@en , "Mew"@en , "x"@de .',
         'keep 1 of these 2: "Gull"@en, "Mew"@en',
         'von diesen 2 nur 1 behalten: "Gull"@en, "Mew"@en'),
        (f"{PROPERTY} spk:a ; sh:disjoint spk:b .", "spk:a id:boat-tern ; spk:b id:boat-tern .",
         "remove one of these: spk:a id:boat-tern or spk:b id:boat-tern",
         "eines davon streichen: spk:a id:boat-tern oder spk:b id:boat-tern"),
        ("sh:closed true ; sh:ignoredProperties ( rdf:type ) .", "spk:towdBy id:boat-tern .",
         "did you mean spk:towedBy?", "gemeint ist vielleicht spk:towedBy"),
        ("sh:closed true ; sh:ignoredProperties ( rdf:type ) .", "spk:price 3 .",
         "remove spk:price: the ontology does not have it",
         "spk:price streichen: Die Ontologie hat es nicht"),
        ("sh:closed true ; sh:ignoredProperties ( rdf:type ) .", "spk:born 3 .",
         "remove spk:born, which belongs to: person", "spk:born streichen; es gehört zu: Person"),
        ("sh:closed true ; sh:ignoredProperties ( rdf:type ) .", "spk:steers id:boat-tern .",
         "remove spk:steers: it is inferred", "spk:steers streichen: Es wird gefolgert"),
        ("sh:closed true ; sh:ignoredProperties ( rdf:type ) .", 'skos:note "x" .',
         "remove skos:note", "skos:note streichen"),
        # What is of another class.
        (f"{PROPERTY} spk:towedBy ; sh:class spk:Boat .", "spk:towedBy id:boat-tren .",
         "did you mean id:boat-tern?", "gemeint ist vielleicht id:boat-tern"),
        (f"{PROPERTY} spk:towedBy ; sh:class spk:Boat .", "spk:towedBy id:boat-heron .",
         "describe id:boat-heron: a spk:Boat", "id:boat-heron beschreiben: a spk:Boat"),
        (f"{PROPERTY} spk:towedBy ; sh:class spk:Boat .", "spk:towedBy id:person-ina-moor .",
         "id:person-ina-moor is a value for spk:steeredBy: name a node of spk:Boat here",
         ("id:person-ina-moor ist ein Wert für spk:steeredBy:"
          " hier einen Knoten von spk:Boat nennen")),
        (f"{PROPERTY} spk:near ; sh:class spk:Boat .", "spk:near spk:Mood .",
         "spk:Mood is of owl:Class: name a node of spk:Boat",
         "spk:Mood ist von owl:Class: einen Knoten von spk:Boat nennen"),
        (f"{PROPERTY} spk:steeredBy ; sh:class spk:Person .", 'spk:steeredBy "ina moor" .',
         "did you mean id:person-ina-moor?", "gemeint ist vielleicht id:person-ina-moor"),
        (f"{PROPERTY} spk:mood ; sh:class spk:Mood .", "spk:mood spk:Boat .",
         "write spk:Calm or spk:Wild", "spk:Calm oder spk:Wild schreiben"),
        ("sh:class spk:Ferry .", ".", "add the class spk:Ferry", "die Klasse spk:Ferry ergänzen"),
        ("sh:class spk:Ferry ; sh:targetSubjectsOf spk:cars .", "spk:cars 3 .",
         "add the class spk:Ferry, or remove spk:cars",
         "die Klasse spk:Ferry ergänzen oder spk:cars streichen"),
        # What is written in another form.
        (f"{PROPERTY} spk:length ; sh:datatype xsd:integer .", 'spk:length "12" .',
         "write 12", "12 schreiben"),
        (f"{PROPERTY} spk:built ; sh:datatype xsd:gYearMonth .", 'spk:built "July"@en .',
         'write something like "2025-07"^^xsd:gYearMonth',
         'etwas wie "2025-07"^^xsd:gYearMonth schreiben'),
        (f"{PROPERTY} spk:motto ; sh:datatype rdf:langString .", 'spk:motto "Ahoi" .',
         'write something like "Ahoi"@de', 'etwas wie "Ahoi"@de schreiben'),
        (f"{PROPERTY} {DATE} .", 'spk:date "2030" .',
         'write "2030"^^xsd:gYear', '"2030"^^xsd:gYear schreiben'),
        (f"{PROPERTY} {DATE} .", 'spk:date "2030-02-30"^^xsd:date .',
         'write something like "2025-07-14"^^xsd:date or "2025"^^xsd:gYear',
         'etwas wie "2025-07-14"^^xsd:date oder "2025"^^xsd:gYear schreiben'),
        (f"{PROPERTY} spk:mood ; sh:in ( spk:Calm spk:Wild ) .", "spk:mood spk:Mood .",
         "write spk:Calm or spk:Wild", "spk:Calm oder spk:Wild schreiben"),
        (f"{PROPERTY} {LABEL} .", 'rdfs:label "mouette"@fr , "Möwe"@de .',
         'write "…"@en', '"…"@en schreiben'),
        (f"{PROPERTY} {LABEL} .", 'rdfs:label "mouette"@fr , "Möwe"@de , "gull"@en .',
         'remove "mouette"@fr', '"mouette"@fr streichen'),
        (f'{PROPERTY} spk:motto ; sh:pattern "^\\\\S.*[.]$" .', 'spk:motto "Ahoi"@de .',
         'write "Ahoi."@de', '"Ahoi."@de schreiben'),
        (f'{PROPERTY} skos:exactMatch ; sh:pattern "^http://www.wikidata.org/entity/Q[0-9]+$" .',
         "skos:exactMatch <https://www.wikidata.org/wiki/Q42> .", "write wd:Q42",
         "wd:Q42 schreiben"),
        (f'{PROPERTY} spk:motto ; sh:pattern "^[a-z]+$" .', 'spk:motto "12" .', None, None),
        ('sh:pattern "^https://w3id.org/standpunkt/id/ferry-[a-z]+$" .', ".",
         "call it id:ferry-gull", "id:ferry-gull nennen"),
        (f"{PROPERTY} spk:a ; sh:lessThan spk:b .", "spk:a 5 ; spk:b 4 .",
         "make spk:a less than 4, or spk:b more than 5",
         "spk:a kleiner als 4 oder spk:b größer als 5 wählen"),
        (f"{PROPERTY} spk:a ; sh:minInclusive 1 ; sh:maxExclusive 5 .", "spk:a 7 .",
         "write a value from 1 on, below 5", "einen Wert ab 1, unter 5 schreiben"),
        (f"{PROPERTY} spk:licence ; sh:nodeKind sh:IRI .", 'spk:licence "free" .',
         "write something like <https://…>", "etwas wie <https://…> schreiben"),
        # What nothing is known about.
        (f"{PROPERTY} spk:a ; sh:minLength 3 .", 'spk:a "x" .', None, None),
    ],
)  # fmt: skip
def test_a_constraint_tells_how_it_is_met(
    harbour: Harbour, shape: str, facts: str, english: str | None, german: str | None
) -> None:
    """The mend says what to type; there is none where it would say nothing."""
    shape = f"PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n{SHAPE}{shape}"
    (found,) = {_key(each): each for each in validate(harbour(shape, facts)).findings}.values()
    assert (found.mend.get("en"), found.mend.get("de")) == (english, german)


def _key(finding: Finding) -> str:
    """Count as one what has the same constraint: three texts make three results."""
    return f"{finding.constraint} {finding.component} {finding.value}"


def test_a_mend_of_the_shape_wins(harbour: Harbour) -> None:
    """Its author knows more; its variables are terms as in Turtle, and others stay."""
    mend = 'spks:mend "ask {$this} about {?path} {?value} {?else}"@en'
    shape = f"{SHAPE}{PROPERTY} spk:length ; sh:datatype xsd:integer ; {mend} ."
    (found,) = validate(harbour(shape, 'spk:length "long" .')).findings
    assert found.mend == {"en": 'ask id:boat-gull about spk:length "long" {?else}'}


def test_a_mend_of_a_sparql_constraint_has_the_variables_of_its_message(harbour: Harbour) -> None:
    """What is a label in the message is a name to type in the mend."""
    constraint = """sh:sparql spks:Tow . spks:Tow a sh:SPARQLConstraint ;
    sh:message "{?tug} tows."@en , "{?tug} zieht."@de ;
    spks:mend "remove {?tug}"@en , "{?tug} streichen"@de ;
    sh:select "SELECT $this ?tug { $this <https://w3id.org/standpunkt/ns#towedBy> ?tug }" ."""
    (found,) = validate(harbour(SHAPE + constraint, "spk:towedBy id:person-ina-moor .")).findings
    assert found.message == {"en": "Ina Moor tows.", "de": "Ina Moor zieht."}
    assert found.mend == {"en": "remove id:person-ina-moor", "de": "id:person-ina-moor streichen"}


def test_a_node_that_stands_elsewhere_is_not_missing(harbour: Harbour, tmp_path: Path) -> None:
    """A draft that is judged alone may name nodes of the dossier, also misspelt."""
    dossier = harbour(f"{SHAPE}{PROPERTY} spk:steeredBy ; sh:class spk:Person .")
    draft = tmp_path / "draft.ttl"
    facts = "id:boat-gull a spk:Boat ; spk:steeredBy id:person-ina-moor , id:person-ina-more ."
    draft.write_text(PREFIXES + facts, encoding="utf-8")
    mends = {str(each.value): each.mend["en"] for each in validate(dossier, [draft]).findings}
    assert mends == {
        f"<{ID}person-ina-moor>": (
            f"id:person-ina-moor stands in {dossier.files('graph')[0]}: validate that file as well"
        ),
        f"<{ID}person-ina-more>": "did you mean id:person-ina-moor?",
    }


def test_a_draft_is_judged_beside_broken_facts(harbour: Harbour, tmp_path: Path) -> None:
    """What could only have helped to mend does not hinder the judging."""
    dossier = harbour(f"{SHAPE}{PROPERTY} spk:length ; sh:minCount 1 .", "spk:")
    draft = tmp_path / "draft.ttl"
    draft.write_text(f"{PREFIXES}id:boat-gull a spk:Boat .", encoding="utf-8")
    assert [each.mend["en"] for each in validate(dossier, [draft]).findings] == ["add spk:length"]


def test_a_long_text_is_cut_where_it_is_only_named(harbour: Harbour) -> None:
    """What is to be written stands there whole."""
    text = "Eine Möwe, die über dem Hafen kreist und dabei schreit"
    shape = f"{SHAPE}{PROPERTY} spk:motto ; sh:maxCount 1 ; sh:datatype xsd:string ."
    found = validate(harbour(shape, f'spk:motto "{text}"@de , "x" .')).findings
    assert sorted(each.mend["en"] for each in found) == [
        'keep 1 of these 2: "Eine Möwe, die über dem Hafen kreist und…"@de, "x"',
        f'write "{text}"',
    ]


def test_unknown_classes_and_properties_are_told_apart(tmp_path: Path) -> None:
    """In the shipped dossier a misspelt term leads to one of its own kind."""
    draft = tmp_path / "draft.ttl"
    facts = """id:place-pier a spk:Plaec ; rdfs:label "Pier"@de , "pier"@en .
    id:statement-x a spk:Statement ; spk:endorse id:place-pier ; spk:certainty spk:Likly ."""
    draft.write_text(PREFIXES + facts, encoding="utf-8")
    mends = {each.mend.get("en") for each in validate(Dossier.shipped(), [draft]).findings}
    assert {
        "did you mean spk:Place?",
        "did you mean spk:endorses?",
        "did you mean spk:Likely?",
    } <= mends
