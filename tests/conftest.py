"""A tiny dossier of its own: a town quarrels about a bridge. Nothing in it is from an article."""

from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

from browsing import browser, open_window, site, window
from servers import server, start_server
from standpunkt import Dossier
from standpunkt.cli import app

__all__ = ["browser", "open_window", "server", "site", "start_server", "window"]  # fixtures for all

# An example may take longer where other programs have the processors.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

PREFIXES = """\
PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX spks: <https://w3id.org/standpunkt/shapes#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

"""

ONTOLOGY = """\
spk:Actor a owl:Class ; rdfs:label "Akteur"@de , "actor"@en .
spk:Person a owl:Class ; rdfs:subClassOf spk:Actor ; rdfs:label "Person"@de , "person"@en .
spk:Organisation a owl:Class ;
    rdfs:subClassOf spk:Actor ;
    rdfs:label "Organisation"@de , "organisation"@en .
spk:Position a owl:Class ; rdfs:label "Position"@de , "position"@en .
spk:Statement a owl:Class ; rdfs:label "Aussage"@de , "statement"@en .
spk:Passage a owl:Class ; rdfs:label "Textstelle"@de , "passage"@en .
spk:Quotation a owl:Class ; rdfs:label "Zitat"@de , "quotation"@en .
spk:Figure a owl:Class ; rdfs:label "Zahl"@de , "figure"@en .
spk:speaker a owl:ObjectProperty ;
    owl:inverseOf spk:isSpeakerOf ;
    rdfs:label "wer spricht"@de , "speaker"@en .
spk:isSpeakerOf a owl:ObjectProperty ; rdfs:label "spricht"@de , "is speaker of"@en .
spk:demands a owl:ObjectProperty ; rdfs:label "fordert"@de , "demands"@en .
spk:rejects a owl:ObjectProperty ; rdfs:label "lehnt ab"@de , "rejects"@en .
spk:implies a owl:ObjectProperty ; rdfs:label "schließt ein"@de , "implies"@en .
spk:advocates a owl:ObjectProperty ;
    rdfs:label "vertritt"@de , "advocates"@en ;
    skos:definition "Hat es gefordert."@de , "Has demanded it."@en ;
    owl:propertyChainAxiom ( spk:isSpeakerOf spk:demands ) .
spk:evidence a owl:ObjectProperty ; rdfs:label "Beleg"@de , "evidence"@en .
spk:quotation a owl:ObjectProperty ; rdfs:label "Zitat"@de , "quotation"@en .
spk:words a owl:DatatypeProperty ; rdfs:label "Worte"@de , "words"@en .
spk:value a owl:DatatypeProperty ; rdfs:label "Wert"@de , "value"@en .
spk:date a owl:DatatypeProperty ; rdfs:label "Datum"@de , "date"@en .
spk:figureOf a owl:ObjectProperty ; rdfs:label "Zahl zu"@de , "figure of"@en .
"""

ARTICLES = """\
id:person-ada-brook a spk:Person ; rdfs:label "Ada Brook"@de , "Ada Brook"@en .
id:person-ben-hill a spk:Person ; rdfs:label "Ben Hill"@de , "Ben Hill"@en .
id:org-council a spk:Organisation ; rdfs:label "Stadtrat"@de , "town council"@en .
id:person-council a spk:Person ; rdfs:label "Rätin C."@de , "Councillor C."@en .
id:position-town-builds-bridge a spk:Position ;
    rdfs:label "Die Stadt baut die Brücke"@de , "The town builds the bridge"@en .
id:position-town-builds-bridge-and-road a spk:Position ;
    spk:implies id:position-town-builds-bridge ;
    rdfs:label "Die Stadt baut Brücke und Straße"@de , "The town builds bridge and road"@en .
id:statement-brook-wants-bridge a spk:Statement ;
    rdfs:label "Brook fordert die Brücke"@de , "Brook demands the bridge"@en ;
    spk:speaker id:person-ada-brook ;
    spk:demands id:position-town-builds-bridge ;
    spk:date "2031-05"^^xsd:gYearMonth ;
    spk:evidence id:passage-x-2 ;
    spk:quotation id:quotation-brook-now .
id:statement-council-wants-both a spk:Statement ;
    rdfs:label "Der Rat fordert beides"@de , "The council demands both"@en ;
    spk:speaker id:org-council ;
    spk:demands id:position-town-builds-bridge-and-road ;
    spk:date "2031-05-04"^^xsd:date ;
    spk:evidence id:passage-x-1 .
id:statement-hill-against-bridge a spk:Statement ;
    rdfs:label "Hill lehnt die Brücke ab"@de , "Hill rejects the bridge"@en ;
    spk:speaker id:person-ben-hill ;
    spk:rejects id:position-town-builds-bridge ;
    spk:evidence id:passage-x-3 .
id:quotation-brook-now a spk:Quotation ;
    rdfs:label "Brooks Worte"@de , "Brook's words"@en ;
    spk:words "Baut sie, \\"jetzt\\"!"@de ;
    spk:evidence id:passage-x-2 .
id:passage-x-1 a spk:Passage ; rdfs:label "Artikel X, Satz 1"@de , "article X, sentence 1"@en .
id:passage-x-2 a spk:Passage ; rdfs:label "Artikel X, Satz 2"@de , "article X, sentence 2"@en .
id:passage-x-3 a spk:Passage ; rdfs:label "Artikel X, Satz 3"@de , "article X, sentence 3"@en .
id:figure-cost a spk:Figure ;
    rdfs:label "Kosten"@de , "cost"@en ;
    spk:figureOf id:position-town-builds-bridge ;
    spk:value 2.5 ;
    spk:evidence id:passage-x-3 .
id:figure-lanes a spk:Figure ;
    rdfs:label "Spuren"@de , "lanes"@en ;
    spk:figureOf id:position-town-builds-bridge ;
    spk:value 4 ;
    spk:evidence id:passage-x-3 .
"""

LINKS = """\
id:org-council skos:exactMatch wd:Q1 .
id:person-ada-brook a spk:Person .
"""

SHAPES = """\
spks:Statement a sh:NodeShape ;
    sh:targetClass spk:Statement ;
    sh:property spks:Statement-speaker .
spks:Statement-speaker a sh:PropertyShape ;
    sh:path spk:speaker ;
    sh:minCount 1 ;
    sh:message "Eine Aussage hat jemanden, der spricht."@de , "A statement has a speaker."@en .
"""

WHO_DEMANDS = """\
#+ summary: "Who demands a position?"
#+ summary_de: "Wer fordert eine Position?"
#+ description: "Those whose statements demand it."
#+ tags:
#+   - positions
#+   - actors
#+ params:
#+   - position: "The position asked about."
#+   - actor: "The actor asked about; all, where none is given."
#+   - language: "The language of titles: de or en."
#+ params_de:
#+   - position: "Die Position, nach der gefragt ist."

PREFIX id: <https://w3id.org/standpunkt/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>

SELECT ?actor ?date ?statement ?statementTitle
WHERE {
  VALUES ?position { id:position-town-builds-bridge }
  ?implying spk:implies* ?position .
  BIND(COALESCE(?implying) AS ?stated)
  VALUES ?actor { UNDEF }
  VALUES ?language { "en" }
  ?statement spk:speaker ?actor ;
    spk:demands ?stated ;
    rdfs:label ?statementTitle .
  FILTER(LANG(?statementTitle) = ?language)
  OPTIONAL { ?statement spk:date ?date }
}
ORDER BY ?actor ?statement
"""

FIGURES = """\
#+ summary: "How large are the figures?"
#+ tags:
#+   - figures
#+ params:
#+   - atLeast: "The smallest value."
#+ columns_de:
#+   - halfOfValue: "die Hälfte"

PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

SELECT ?figure ?value (?value / 2 AS ?halfOfValue)
WHERE {
  VALUES ?atLeast { 0 }
  ?figure spk:value ?value .
  FILTER(?value >= ?atLeast)
}
ORDER BY ?figure
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the tiny dossier and give its folder."""
    return write_town(tmp_path / "bridge")


def write_town(folder: Path) -> Path:
    """Write the tiny dossier into a folder, and give it back."""
    texts = {
        "ontology/town.ttl": PREFIXES + ONTOLOGY,
        "graph/articles.ttl": PREFIXES + ARTICLES,
        "graph/links.ttl": PREFIXES + LINKS,
        "shapes/statement.ttl": PREFIXES + SHAPES,
        "queries/who-demands.rq": WHO_DEMANDS,
        "queries/figures.rq": FIGURES,
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def dossier(folder: Path) -> Dossier:
    """Give the tiny dossier."""
    return Dossier(folder)


class Run(Protocol):
    """Run the command line in this process."""

    def __call__(
        self,
        *arguments: object,
        input: str | bytes | None = None,  # noqa: A002  as in typer
        **environment: str,
    ) -> Result:
        """Give what it wrote and its exit code; there is no terminal."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Give a way to run the command line in lines of 80 characters."""
    for name in ("COLUMNS", "NO_COLOR", "STANDPUNKT_LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(
        *arguments: object,
        input: str | bytes | None = None,  # noqa: A002  as in typer
        **environment: str,
    ) -> Result:
        return CliRunner().invoke(
            app, [*map(str, arguments)], input=input, env=environment, prog_name="standpunkt"
        )

    return run
