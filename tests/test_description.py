"""A node is described by all that the graph knows of it, with the evidence."""

import json

from pyoxigraph import Literal, NamedNode, Triple

from standpunkt import Dossier
from standpunkt.description import Description, Group, describe
from standpunkt.inference import infer
from standpunkt.namespaces import ID, SPK
from standpunkt.outline import outline, to_json
from standpunkt.page import Page


def shown(dossier: Dossier, name: str, language: str = "en", *, inferred: bool = True) -> str:
    """Write the description of a node of the data in lines of 80 characters."""
    triples = infer(dossier).triples if inferred else []
    return outline(describe(dossier, NamedNode(ID + name), language, triples), language, Page())


def test_a_person_has_statements_with_evidence(dossier: Dossier) -> None:
    """What is inferred is marked, and below a statement stand its sentence and its words."""
    assert shown(dossier, "person-ada-brook") == (
        "Ada Brook (person)\n"
        "https://w3id.org/standpunkt/id/person-ada-brook\n"
        "\n"
        "advocates  The town builds the bridge (inferred)\n"
        "rdf:type   actor (inferred)\n"
        "\n"
        "What points to it\n"
        "\n"
        "speaker  Brook demands the bridge\n"
        "           article X, sentence 2\n"
        '           “Baut sie, "jetzt"!”\n'
    )


def test_a_statement_has_its_quotation(dossier: Dossier) -> None:
    """In German the words of the ontology and the quotation marks are German."""
    assert shown(dossier, "statement-brook-wants-bridge", "de") == (
        "Brook fordert die Brücke (Aussage)\n"
        "https://w3id.org/standpunkt/id/statement-brook-wants-bridge\n"
        "\n"
        "Beleg        Artikel X, Satz 2\n"
        "Datum        2031-05\n"
        "Zitat        Brooks Worte\n"
        '               „Baut sie, "jetzt"!“\n'
        "fordert      Die Stadt baut die Brücke\n"
        "wer spricht  Ada Brook\n"
    )


def test_what_is_asserted_stands_alone_without_inference(dossier: Dossier) -> None:
    """Without inferred triples nothing is marked."""
    text = shown(dossier, "person-ada-brook", inferred=False)
    assert "inferred" not in text
    assert "advocates" not in text
    assert "Brook demands the bridge" in text


def test_what_is_inferred_and_said_already_is_left_out(dossier: Dossier) -> None:
    """The inverse of an asserted link between two nodes tells nothing new."""
    speaker = Triple(
        NamedNode(ID + "person-ada-brook"),
        NamedNode(SPK + "isSpeakerOf"),
        NamedNode(ID + "statement-brook-wants-bridge"),
    )
    assert speaker in infer(dossier).triples
    assert "is speaker of" not in shown(dossier, "person-ada-brook")


def test_texts_are_in_the_language_asked_for(dossier: Dossier) -> None:
    """A text in another language appears where there is none in this one."""
    advocates = NamedNode(SPK + "advocates")
    text = outline(describe(dossier, advocates, "de"), "de", Page())
    assert "Hat es gefordert." in text
    assert "Has demanded it." not in text
    quotation = shown(dossier, "quotation-brook-now")
    assert "words     Baut sie" in quotation


def test_a_list_is_written_as_its_members(dossier: Dossier) -> None:
    """A property chain is legible, and its blank nodes point to nothing."""
    text = outline(describe(dossier, NamedNode(SPK + "advocates")), "en", Page())
    assert "owl:propertyChainAxiom  is speaker of / demands\n" in text
    assert "_:" not in outline(describe(dossier, NamedNode(SPK + "demands")), "en", Page())


def test_a_list_that_never_ends_is_written(dossier: Dossier) -> None:
    """A list whose rest is itself has each member once, and it may be its own member."""
    path = dossier.folder / "graph" / "loop.ttl"
    path.write_text(
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>\n"
        "PREFIX id: <https://w3id.org/standpunkt/id/>\n"
        "id:loop id:has _:a , _:b . _:a rdf:first 4 ; rdf:rest _:a . _:b rdf:first _:b .\n",
        encoding="utf-8",
    )
    assert "id:has  4\n" in shown(dossier, "loop", inferred=False)


def test_sentences_are_in_the_order_of_their_numbers(dossier: Dossier) -> None:
    """The tenth comes after the ninth."""
    path = dossier.folder / "graph" / "more.ttl"
    path.write_text(
        "PREFIX id: <https://w3id.org/standpunkt/id/>\n"
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "PREFIX spk: <https://w3id.org/standpunkt/ns#>\n"
        "id:statement-hill-against-bridge spk:evidence id:passage-x-10 .\n"
        'id:passage-x-10 rdfs:label "article X, sentence 10"@en .\n',
        encoding="utf-8",
    )
    text = shown(dossier, "person-ben-hill", inferred=False)
    assert "article X, sentence 3; article X, sentence 10\n" in text


def test_long_texts_are_broken(dossier: Dossier) -> None:
    """No line is wider than the page, however narrow that is within reason."""
    node = NamedNode(ID + "person-ada-brook")
    text = outline(describe(dossier, node), "en", Page(40))
    assert all(len(line) <= 40 or line == node.value for line in text.splitlines())


def test_titles_are_bold_where_there_are_colours(dossier: Dossier) -> None:
    """Without colours there are no escapes."""
    description = describe(dossier, NamedNode(ID + "person-ada-brook"))
    assert outline(description, "en", Page(80, colour=True)).startswith("\x1b[1mAda Brook\x1b[0m")
    assert "\x1b" not in outline(description, "en", Page())


def test_an_unknown_node_has_nothing(dossier: Dossier) -> None:
    """A description can be empty."""
    assert shown(dossier, "nobody") == "id:nobody\nhttps://w3id.org/standpunkt/id/nobody\n"


def test_the_triples_are_those_asserted(dossier: Dossier) -> None:
    """They are those about the node, from both sides, and none that is inferred."""
    description = describe(
        dossier, NamedNode(ID + "person-ada-brook"), "en", infer(dossier).triples
    )
    assert len(description.triples) == 4
    assert set(description.triples) <= set(dossier.triples("graph"))


def test_json_has_it_all(dossier: Dossier) -> None:
    """A program gets IRIs, labels, evidence and what is inferred."""
    description = describe(
        dossier, NamedNode(ID + "person-ada-brook"), "en", infer(dossier).triples
    )
    read = json.loads(to_json(description))
    assert (read["iri"], read["title"]) == (ID + "person-ada-brook", "Ada Brook")
    assert read["types"] == ["person"]
    assert read["outgoing"][0] == {
        "property": SPK + "advocates",
        "label": "advocates",
        "links": [
            {
                "value": ID + "position-town-builds-bridge",
                "label": "The town builds the bridge",
                "inferred": True,
                "evidence": [],
                "quotations": [],
            }
        ],
    }
    assert read["incoming"][0]["links"][0]["quotations"] == ['Baut sie, "jetzt"!']


def test_literals_keep_their_text_in_json(dossier: Dossier) -> None:
    """A number is given as it is written."""
    description: Description = describe(dossier, NamedNode(ID + "figure-cost"))
    values: list[Group] = [group for group in description.outgoing if group.label == "value"]
    assert values[0].links[0].term == Literal(
        "2.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    )
    assert '"value": "2.5"' in to_json(description)
