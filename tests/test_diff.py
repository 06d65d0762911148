"""What changed between two dossiers, in facts, questions, answers and what follows."""

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from conftest import Run
from standpunkt import Dossier, layout
from standpunkt.delta import compare_nodes
from standpunkt.diff import Difference, compare
from standpunkt.facts import exchanged, facts, renames
from standpunkt.namespaces import GRAPH, ID, shorten
from test_revisions import git

Edit = Callable[[str, str, str], None]


@pytest.fixture
def old(folder: Path) -> Path:
    """Give the tiny dossier as it was."""
    return Path(shutil.copytree(folder, folder.with_name("old")))


@pytest.fixture
def edit(old: Path, folder: Path) -> Edit:
    """Give a way to change a file of the new dossier, once it has been copied."""
    assert old.is_dir()

    def edit(name: str, before: str, after: str) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8", newline="")

    return edit


def found(old: Path, folder: Path, *, inferred: bool = False) -> Difference:
    """Compare two folders."""
    return compare(Dossier(old), Dossier(folder), inferred=inferred)


def kinds(difference: Difference, graph: str = "articles") -> dict[str, str]:
    """Give what happened to the nodes of a graph, by CURIE."""
    changes = difference.nodes[GRAPH + graph]
    return {shorten(each.node.value) if each.node else "": each.kind for each in changes}


def shown(run: Run, old: Path, folder: Path, *arguments: str) -> str:
    """Run the command on two folders that differ and give what it shows."""
    result = run("diff", old, "--dossier", folder, *arguments)
    assert (result.exit_code, result.stderr) == (1, "")
    return result.stdout


# --- no difference ----------------------------------------------------------------------------


def test_layout_order_and_labels_are_no_difference(old: Path, folder: Path, run: Run) -> None:
    """The house layout, other names of files, blank nodes with labels, Windows line ends."""
    for path in [*folder.glob("*/*.ttl")]:
        triples = Dossier(folder).triples(path.parent.name)  # type: ignore[arg-type]
        if path.name not in {"articles.ttl", "links.ttl"}:
            random.Random(0).shuffle(triples)  # noqa: S311  no secret
            path.unlink()
            text = "".join(f"{triple} .\n" for triple in triples)
            path.with_name("other.ttl").write_text(text, encoding="utf-8")
    path = folder / "queries" / "figures.rq"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert not found(old, folder, inferred=True)
    for language, said in (("en", "no differences\n"), ("de", "keine Unterschiede\n")):
        result = run("diff", old, folder, "--lang", language)
        assert (result.stdout, result.stderr, result.exit_code) == ("", said, 0)


def test_no_difference_is_said_to_programs(old: Path, folder: Path, run: Run) -> None:
    """JSON has its object all the same, and Markdown is empty."""
    content = json.loads(run("diff", old, folder, "--format", "json").stdout)
    assert content["different"] is False
    assert run("diff", old, folder, "--format", "markdown").stdout == ""


# --- facts ------------------------------------------------------------------------------------


def test_a_changed_node_tells_what_was_and_what_is(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """One value for one becomes an arrow, a text goes by its language, the rest by + and -."""
    edit("graph/articles.ttl", '"2031-05"^^xsd:gYearMonth', '"2031-06"^^xsd:gYearMonth')
    edit("graph/articles.ttl", '"Brook fordert die Brücke"@de', '"Brook will die Brücke"@de')
    edit(
        "graph/articles.ttl",
        "spk:evidence id:passage-x-2 ;\n    spk:quotation",
        "spk:evidence id:passage-x-1 , id:passage-x-3 ;\n    spk:quotation",
    )
    assert shown(run, old, folder, "--asserted").partition("\n\n")[0].splitlines() == [
        "Facts: 1 changed",
        "changed: Brook demands the bridge (id:statement-brook-wants-bridge)",
        "    label (de): “Brook fordert die Brücke” → “Brook will die Brücke”",
        "    date: 2031-05 → 2031-06",
        "    - evidence: article X, sentence 2",
        "    + evidence: article X, sentence 1",
        "    + evidence: article X, sentence 3",
    ]


def test_added_and_removed_nodes_tell_all_in_short(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """But for the label that is their title; a node in links.ttl alone is added there."""
    edit(
        "graph/articles.ttl",
        "id:person-ben-hill a spk:Person ;",
        "id:person-cleo-dale a spk:Person ; rdfs:label 'Cleo Dale'@de , 'Cleo Dale'@en .\n"
        "id:person-ben-hill a spk:Person ;",
    )
    edit(
        "graph/links.ttl", "id:person-ada-brook a spk:Person .", "id:org-x skos:exactMatch wd:Q2 ."
    )
    path = folder / "graph" / "articles.ttl"
    start, _, rest = path.read_text("utf-8").partition("id:figure-lanes")
    path.write_text(start + rest.partition(" .\n")[2], encoding="utf-8")
    difference = found(old, folder)
    assert kinds(difference) == {"id:figure-lanes": "removed", "id:person-cleo-dale": "added"}
    assert kinds(difference, "links") == {"id:org-x": "added", "id:person-ada-brook": "changed"}
    text = shown(run, old, folder, "--asserted", "--lang", "de")
    assert text.splitlines()[:5] == [
        "Fakten: 1 neu, 1 entfernt",
        "entfernt: Spuren (id:figure-lanes)",
        "    Klasse: Zahl; Bezeichnung (en): „lanes“; Beleg: Artikel X, Satz 3; Zahl zu:",
        "        Die Stadt baut die Brücke; Wert: 4",
        "neu: Cleo Dale (id:person-cleo-dale)",
    ]
    assert "Wissen von außen: 1 neu, 1 geändert\n" in text


def test_a_renamed_node_is_one_line(old: Path, folder: Path, edit: Edit, run: Run) -> None:
    """What points to it, answers and what follows are no difference then."""
    for name in ("graph/articles.ttl", "graph/links.ttl"):
        edit(name, "id:person-ada-brook", "id:person-adela-brook")
    assert shown(run, old, folder) == (
        "Facts: 1 renamed\nrenamed: Ada Brook (id:person-ada-brook → id:person-adela-brook)\n"
    )


def test_a_renamed_node_that_is_asked_for_changes_answers(
    old: Path, folder: Path, edit: Edit
) -> None:
    """The default of a question still has the old name, and so the rows go."""
    edit("graph/articles.ttl", "id:position-town-builds-bridge ", "id:position-bridge ")
    difference = found(old, folder)
    assert kinds(difference) == {"id:position-bridge": "renamed"}
    assert [(each.question, len(each.removed)) for each in difference.answers] == [
        ("who-demands", 2)
    ]


def test_a_fact_that_moves_between_graphs_is_a_difference(
    old: Path, folder: Path, edit: Edit
) -> None:
    """What an article says and what is known from elsewhere are not the same."""
    fact = "id:org-council skos:exactMatch wd:Q1 .\n"
    edit("graph/links.ttl", fact, "")
    with (folder / "graph" / "articles.ttl").open("a", encoding="utf-8") as file:
        file.write(fact)
    difference = found(old, folder)
    assert kinds(difference) == kinds(difference, "links") == {"id:org-council": "changed"}


def test_values_that_read_alike_are_told_apart(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """By datatype where the number is the same, by CURIE where the label is."""
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 4.0 ;")
    edit("graph/articles.ttl", "spk:value 2.5 ;", 'spk:value "2.5" ;')
    edit(
        "graph/articles.ttl", '"Rätin C."@de , "Councillor C."@en', '"Ben Hill"@de , "Ben Hill"@en'
    )
    edit("graph/articles.ttl", "spk:speaker id:person-ben-hill", "spk:speaker id:person-council")
    text = shown(run, old, folder, "--asserted")
    assert "    value: 4 → 4.0\n" in text
    assert '    value: "2.5"^^xsd:decimal → "2.5"^^xsd:string\n' in text
    assert "    speaker: Ben Hill (id:person-ben-hill) → Ben Hill (id:person-council)\n" in text


def test_nodes_without_a_name_are_compared(old: Path, folder: Path, run: Run) -> None:
    """The house has none, but a draft may."""
    with (folder / "graph" / "articles.ttl").open("a", encoding="utf-8") as file:
        file.write("[] spk:value 7 . id:org-council spk:words [ spk:value 8 ; spk:words 'a'@en ] .")
    text = shown(run, old, folder, "--asserted")
    assert "changed: nodes without a name\n    + value: 7\n" in text
    assert "    + words: [ value: 8; words: “a” ]\n" in text


# --- ontology, shapes, questions --------------------------------------------------------------


def test_ontology_shapes_and_questions_are_groups(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """A list of a chain by its members, a shape by its name, a text line by line."""
    edit(
        "ontology/town.ttl",
        "owl:propertyChainAxiom ( spk:isSpeakerOf spk:demands )",
        "owl:propertyChainAxiom ( spk:isSpeakerOf spk:rejects )",
    )
    edit("shapes/statement.ttl", "sh:minCount 1 ;", "sh:minCount 1 ; sh:name 'one who speaks'@en ;")
    edit("queries/figures.rq", "ORDER BY ?figure", "# by size\nORDER BY ?value ?figure")
    (folder / "queries" / "who-demands.rq").rename(folder / "queries" / "demands.rq")
    text = shown(run, old, folder, "--asserted")
    assert text.partition("Answers\n")[0] == (
        "Ontology: 1 changed\n"
        "changed: advocates (spk:advocates)\n"
        "    owl:propertyChainAxiom: ( is speaker of, demands ) → ( is speaker of,\n"
        "        rejects )\n"
        "\n"
        "Shapes: 1 changed\n"
        "changed: one who speaks (spks:Statement-speaker)\n"
        "    + sh:name (en): “one who speaks”\n"
        "\n"
        "Saved questions: 1 added, 1 removed, 1 changed\n"
        "added: Who demands a position? (demands)\n"
        "changed: How large are the figures? (figures)\n"
        "    -ORDER BY ?figure\n"
        "    +# by size\n"
        "    +ORDER BY ?value ?figure\n"
        "removed: Who demands a position? (who-demands)\n"
        "\n"
    )


def test_a_text_of_many_lines_is_compared_line_by_line(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """As the SPARQL of a constraint is."""
    for each in (old, folder):
        path = each / "shapes" / "statement.ttl"
        text = path.read_text("utf-8") + 'spks:x sh:select """SELECT ?a\nWHERE { }\nLIMIT 1""" .\n'
        path.write_text(text, encoding="utf-8")
    edit("shapes/statement.ttl", "WHERE { }", "WHERE { ?a ?b ?c }")
    assert shown(run, old, folder) == (
        "Shapes: 1 changed\n"
        "changed: spks:x\n"
        "    sh:select:\n"
        "        -WHERE { }\n"
        "        +WHERE { ?a ?b ?c }\n"
    )
    edit("shapes/statement.ttl", "WHERE { ?a ?b ?c }", "WHERE { }")
    edit("shapes/statement.ttl", 'LIMIT 1"""', 'LIMIT 1\n"""')
    assert "    sh:select: SELECT ?a WHERE { } LIMIT 1 → SELECT ?a" in shown(run, old, folder)


# --- answers ----------------------------------------------------------------------------------


def test_rows_come_and_go_with_labels(old: Path, folder: Path, edit: Edit, run: Run) -> None:
    """Each question with its defaults; what it answers as before is not mentioned."""
    edit("graph/articles.ttl", "spk:speaker id:person-ada-brook", "spk:speaker id:person-ben-hill")
    assert shown(run, old, folder).partition("Answers\n")[2] == (
        "who-demands\n"
        "    - Ada Brook, 2031-05, Brook demands the bridge, Brook demands the bridge\n"
        "    + Ben Hill, 2031-05, Brook demands the bridge, Brook demands the bridge\n"
        "\n"
        "What follows\n"
        "- Ada Brook advocates The town builds the bridge\n"
        "+ Ben Hill advocates The town builds the bridge\n"
    )


def test_a_question_that_fails_in_one_says_so(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """With the reason, and without the path of the folder; the rows it had are gone."""
    edit("queries/figures.rq", "SELECT ?figure", "SELECT ?figure ,")
    edit("queries/who-demands.rq", '#+ summary: "Who', '#+ summary: : "Who')
    text = shown(run, old, folder, "--asserted")
    assert "    fails now: queries/figures.rq:" in text
    assert "    fails now: queries/who-demands.rq:1:" in text
    assert "    - cost, 2.5, 1.25\n" in text
    other_way = shown(run, folder, old, "--asserted", "--lang", "de")
    assert "    scheiterte bisher: queries/figures.rq:" in other_way
    assert "    + Kosten, 2.5, 1.25\n" in other_way


def test_columns_that_come_or_go_leave_the_others_to_compare(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """Rows are compared by the columns that both answers have."""
    edit("queries/figures.rq", "?value (?value / 2 AS ?halfOfValue)", "?value (1 AS ?one)")
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 5 ;")
    (change,) = found(old, folder).answers
    assert (change.columns, change.columns_removed, change.columns_added) == (
        ("figure", "value"),
        ("halfOfValue",),
        ("one",),
    )
    assert [[*map(str, row)][1] for row in (*change.removed, *change.added)] == [
        '"4"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"5"^^<http://www.w3.org/2001/XMLSchema#integer>',
    ]
    assert shown(run, old, folder, "--asserted").endswith(
        "Answers\n"
        "figures\n"
        "    - columns: halfOfValue\n"
        "    + columns: one\n"
        "    - lanes, 4\n"
        "    + lanes, 5\n"
    )


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("ASK { ?any spk:value 5 }", ["false", "true"]),
        ("CONSTRUCT WHERE { ?any spk:value ?value }", ["4", "5"]),
    ],
)
def test_answers_of_other_forms_are_compared(
    old: Path, folder: Path, edit: Edit, query: str, rows: list[str]
) -> None:
    """The verdict of an ASK, the triples of a CONSTRUCT."""
    for each in (old, folder):
        text = f"PREFIX spk: <https://w3id.org/standpunkt/ns#>\n{query}\n"
        (each / "queries" / "other.rq").write_text(text, encoding="utf-8")
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 5 ;")
    change = next(each for each in found(old, folder).answers if each.question == "other")
    last = [row[-1] for row in (*change.removed, *change.added)]
    assert [term.value for term in last if isinstance(term, Literal)] == rows


def test_the_same_label_of_a_blank_node_is_not_needed(old: Path, folder: Path) -> None:
    """A row with a blank node is the same row, whatever the parser calls the node."""
    text = "SELECT ?s ?o WHERE { ?s <http://www.w3.org/2002/07/owl#propertyChainAxiom> ?o }\n"
    for each in (old, folder):
        (each / "queries" / "chains.rq").write_text(text, encoding="utf-8")
    assert not found(old, folder)


# --- what follows -----------------------------------------------------------------------------


def test_shortcuts_and_contradictions_come_and_go(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """Only the properties that the ontology defines by a chain are told; classes are noise."""
    edit("graph/articles.ttl", "spk:demands id:position-town-builds-bridge ;\n", "")
    person = "spk:Person a owl:Class ;"
    edit("ontology/town.ttl", person, f"{person} owl:disjointWith spk:Organisation ;")
    edit("graph/articles.ttl", "id:org-council a ", "id:org-council a spk:Person , ")
    follows = found(old, folder, inferred=True).consequences
    assert [each.subject for each in follows.removed] == [NamedNode(ID + "person-ada-brook")]
    assert follows.added == ()
    assert len(follows.contradictions_added) == 1
    text = shown(run, old, folder)
    assert "\n- Ada Brook advocates The town builds the bridge\n+ contradiction: " in text
    assert "What follows" not in shown(run, old, folder, "--asserted")


# --- the command ------------------------------------------------------------------------------


def test_revisions_are_compared(folder: Path, edit: Edit, run: Run) -> None:
    """One with the dossier at hand, or two with each other; an order of names is kept."""
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 5 ;")
    git(folder, "commit", "-qam", "second")
    edit("graph/articles.ttl", "spk:value 5 ;", "spk:value 6 ;")
    for arguments, change in (
        (["HEAD~1"], "4 → 6"),
        (["HEAD~1", "HEAD"], "4 → 5"),
        (["main", "main~1"], "5 → 4"),
        (["main"], "5 → 6"),
    ):
        result = run("diff", *arguments, "--dossier", folder, "--asserted")
        assert f"    value: {change}\n" in result.stdout
        assert result.exit_code == 1
    assert run("diff", "HEAD", "HEAD", "--dossier", folder).exit_code == 0


def test_markdown_is_fit_for_a_comment(old: Path, folder: Path, edit: Edit, run: Run) -> None:
    """Lists, names and changed lines as code, and nothing from the dossier becomes markup."""
    edit("graph/articles.ttl", '"Spuren"@de', '"*Spuren* <b> [x](y) | `z`"@de')
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 5 , 6 ;")
    edit("queries/figures.rq", "ORDER BY ?figure", "# ``` \nORDER BY ?figure")
    assert shown(run, old, folder, "--format", "markdown", "--lang", "de") == (
        "### Fakten: 1 geändert\n"
        "\n"
        "- **geändert:** \\*Spuren\\* \\<b\\> \\[x\\](y) \\| \\`z\\` `id:figure-lanes`\n"
        "  - Bezeichnung (de): „Spuren“ → „\\*Spuren\\* \\<b\\> \\[x\\](y) \\| \\`z\\`“\n"
        "  - **-** Wert: 4\n"
        "  - **+** Wert: 5\n"
        "  - **+** Wert: 6\n"
        "\n"
        "### Gespeicherte Fragen: 1 geändert\n"
        "\n"
        "- **geändert:** How large are the figures? `figures`\n"
        "  ````diff\n"
        "  +# ``` \n"
        "  ````\n"
        "\n"
        "### Antworten\n"
        "\n"
        "- figures\n"
        "  - **-** Spuren, 4, 2\n"
        "  - **+** \\*Spuren\\* \\<b\\> \\[x\\](y) \\| \\`z\\`, 5, 2.5\n"
        "  - **+** \\*Spuren\\* \\<b\\> \\[x\\](y) \\| \\`z\\`, 6, 3\n"
    )


def test_json_has_terms_in_full(old: Path, folder: Path, edit: Edit, run: Run) -> None:
    """IRIs with labels, literals with language or datatype, triples of blank nodes."""
    edit("graph/articles.ttl", '"2031-05"^^xsd:gYearMonth', '"2031-06"^^xsd:gYearMonth')
    edit("ontology/town.ttl", "( spk:isSpeakerOf spk:demands )", "( spk:demands )")
    content = json.loads(shown(run, old, folder, "--format", "json"))
    xsd = "http://www.w3.org/2001/XMLSchema#gYearMonth"
    assert content["different"] is True
    assert content["nodes"]["articles"] == [
        {
            "node": {
                "type": "uri",
                "value": ID + "statement-brook-wants-bridge",
                "label": "Brook demands the bridge",
            },
            "kind": "changed",
            "former": None,
            "properties": [
                {
                    "property": {
                        "type": "uri",
                        "value": "https://w3id.org/standpunkt/ns#date",
                        "label": "date",
                    },
                    "language": None,
                    "removed": [{"type": "literal", "value": "2031-05", "datatype": xsd}],
                    "added": [{"type": "literal", "value": "2031-06", "datatype": xsd}],
                }
            ],
        }
    ]
    ((chain,),) = (each["properties"] for each in content["nodes"]["ontology"])
    assert [len(side[0]["triples"]) for side in (chain["removed"], chain["added"])] == [5, 3]
    (answer,) = content["answers"]
    assert answer["added"][0]["statementTitle"] == {
        "type": "literal",
        "value": "Brook demands the bridge",
        "xml:lang": "en",
    }
    assert len(content["consequences"]["removed"]) == 2


def test_the_ending_of_a_file_picks_the_format(
    old: Path, folder: Path, edit: Edit, run: Run
) -> None:
    """And nothing is shown."""
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 5 ;")
    comment = folder / "comment.md"
    result = run("diff", old, "--dossier", folder, "--output", comment)
    assert (result.stdout, result.exit_code) == ("", 1)
    assert comment.read_text("utf-8").startswith("### Facts: 1 changed\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--lang", "fr"], "unknown language 'fr'"),
        (["--format", "csv"], "unknown format 'csv'; there are text, json, markdown"),
        (["--output", "x.pdf"], "the ending of 'x.pdf' is of no known format"),
    ],
)
def test_bad_options_are_one_line(
    old: Path, folder: Path, run: Run, arguments: list[str], said: str
) -> None:
    """As with the other commands: exit code 2."""
    result = run("diff", old, folder, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {said}")


# --- for all dossiers -------------------------------------------------------------------------

NODES = [NamedNode(ID + name) for name in ("a", "b", "c", "d")]
SUBJECTS = [*NODES, BlankNode("x"), BlankNode("y")]
TERMS = st.one_of(
    st.sampled_from(SUBJECTS),
    st.builds(Literal, st.sampled_from("xy"), language=st.sampled_from(["de", "en"])),
    st.builds(Literal, st.integers(0, 2)),
)
GRAPHS = st.fixed_dictionaries(
    {
        graph: st.lists(
            st.builds(Triple, st.sampled_from(SUBJECTS), st.sampled_from(NODES[2:]), TERMS),
            max_size=8,
        )
        for graph in ("g", "h")
    }
)


@given(GRAPHS, GRAPHS)
def test_removals_and_additions_lead_from_old_to_new(
    before: dict[str, list[Triple]], after: dict[str, list[Triple]]
) -> None:
    """OLD with its new names, less what is removed and with what is added, is NEW."""
    names = renames(before, after)
    assert len({*names.values()}) == len(names)
    before = {graph: [exchanged(each, names) for each in before[graph]] for graph in before}
    for graph, changes in compare_nodes(before, after, names).items():
        counts = Counter(facts(before[graph]))
        for change in (each for node in changes for each in node.properties):
            counts.subtract(change.removed)
            counts.update(change.added)
        assert +counts == facts(after[graph])
        assert all(count >= 0 for count in counts.values())


@given(GRAPHS)
def test_nothing_changed_in_what_is_the_same(graphs: dict[str, list[Triple]]) -> None:
    """The difference from a graph to itself is empty."""
    assert not any(compare_nodes(graphs, graphs, renames(graphs, graphs)).values())


@pytest.mark.parametrize("seed", range(5))
def test_the_shipped_dossier_does_not_differ_from_itself(seed: int) -> None:
    """Not in any order of its triples."""
    chance = random.Random(seed)  # noqa: S311  no secret
    graphs = Dossier.shipped().graphs()
    shuffled = {graph: chance.sample(triples, len(triples)) for graph, triples in graphs.items()}
    assert not any(compare_nodes(graphs, shuffled, renames(graphs, shuffled)).values())


def test_the_order_is_always_the_same(old: Path, folder: Path, edit: Edit, run: Run) -> None:
    """Whatever the order of the triples in the files."""
    edit("graph/articles.ttl", "spk:speaker id:person-ada-brook", "spk:speaker id:person-ben-hill")
    edit("graph/articles.ttl", "spk:value 4 ;", "spk:value 5 , 6 , 7 ;")
    expected = shown(run, old, folder)
    path = folder / "graph" / "articles.ttl"
    triples = Dossier(folder).graphs(GRAPH + "articles")[GRAPH + "articles"]
    path.write_text(layout.lay_out(reversed(triples), {}), encoding="utf-8")
    assert shown(run, old, folder) == expected
