"""Every answer has its proof, down to the sentence; what does not hold is told from what does."""

import hashlib
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import NamedNode, Triple

from conftest import PREFIXES, Run
from standpunkt import Dossier, inference, queries
from standpunkt.claims import claims, explain
from standpunkt.derivation import Step, derive
from standpunkt.dossier import ASSERTED
from standpunkt.errors import ParseError, QueryError
from standpunkt.explanation import Explainer, Explanation
from standpunkt.namespaces import ID, OWL, RDF, SPK
from standpunkt.nemo import closure, rules
from standpunkt.rulebook import rule
from standpunkt.store import Store
from standpunkt.support import Supports

BRIDGE = ("ada-brook", "advocates", "town-builds-bridge")
TEXT = "Der Rat tagt. Brook ruft: „Baut sie!“ Hill schweigt."


def triple(subject: str, predicate: str, object_: str) -> Triple:
    """Give a triple of local names."""
    return Triple(NamedNode(ID + subject), NamedNode(SPK + predicate), NamedNode(ID + object_))


def leaves(step: Step) -> list[Step]:
    """Give the asserted triples of a proof, from left to right."""
    return [leaf for each in step.premises for leaf in leaves(each)] if step.rule else [step]


@pytest.fixture
def no_nemo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the package away that gives proofs."""
    monkeypatch.setitem(sys.modules, "nmo_python", None)


@pytest.fixture
def nemo() -> None:
    """Need the package that gives proofs."""
    pytest.importorskip("nmo_python", reason="Nemo is missing: pip install -e '.[proof]'")


def add(folder: Path, text: str) -> Dossier:
    """Add facts to the tiny dossier."""
    (folder / "graph" / "more.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return Dossier(folder)


# --- Proofs -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("nemo")
def test_a_proof_goes_from_the_triple_to_what_is_asserted(run: Run, folder: Path) -> None:
    """Each rule, each definition, each fact; the evidence stands once."""
    result = run("why", *BRIDGE, "--dossier", folder)
    assert result.exit_code == 0
    assert result.stdout == (
        "Ada Brook → advocates → The town builds the bridge (chain of properties,\n"
        "  prp-spo2)\n"
        "├─ by definition: “advocates” follows from “is speaker of” and then “demands”\n"
        "├─ Ada Brook → is speaker of → Brook demands the bridge (inverse of the\n"
        "│    property, prp-inv1)\n"
        "│  ├─ by definition: “speaker” is the inverse of “is speaker of”\n"
        "│  └─ Brook demands the bridge → speaker → Ada Brook\n"
        "│       article X, sentence 2\n"
        '│         “Baut sie, "jetzt"!”\n'
        "└─ Brook demands the bridge → demands → The town builds the bridge\n"
        "     evidence as above\n"
    )


@pytest.mark.usefixtures("nemo")
def test_a_proof_in_german(run: Run, folder: Path) -> None:
    """Rules, definitions and labels are in the reader's language."""
    lines = run("why", *BRIDGE, "--dossier", folder, "--lang", "de").stdout.splitlines()
    assert lines[0] == "Ada Brook → vertritt → Die Stadt baut die Brücke (Kette von Eigenschaften,"
    assert lines[2].startswith("├─ laut Definition: „vertritt“ folgt aus „spricht“ und dann")
    assert lines[-1] == "     Beleg wie oben"


@pytest.mark.usefixtures("nemo")
def test_names_may_be_slugs_curies_iris_and_labels(run: Run, folder: Path) -> None:
    """All mean the same triple."""
    spelt = [
        BRIDGE,
        ("id:person-ada-brook", "spk:advocates", "id:position-town-builds-bridge"),
        (f"{ID}person-ada-brook", f"<{SPK}advocates>", "The town builds the bridge"),
        ("Ada Brook", "vertritt", "Die Stadt baut die Brücke"),
    ]
    written = {run("why", *names, "--dossier", folder).stdout for names in spelt}
    assert len(written) == 1


@pytest.mark.usefixtures("nemo")
def test_every_derived_triple_of_the_shipped_dossier_has_a_proof() -> None:
    """It ends in the triple, starts from asserted ones, and every rule has its words."""
    dossier = Dossier.shipped()
    graphs = dossier.graphs(*ASSERTED).values()
    asserted = inference.plain(each for triples in graphs for each in triples)
    closed = closure(asserted)
    assert len(closed.derived) > 500
    for each in closed.derived:
        proof = derive(closed, each)
        assert proof is not None
        assert proof.triple == each
        assert {leaf.triple for leaf in leaves(proof)} <= asserted
        assert rule(proof.rule or "", "de") != rule(proof.rule or "", "en")


def test_each_rule_that_gives_a_triple_has_words() -> None:
    """A proof can name it; the words are of the rules, and of no others."""
    from standpunkt.rulebook import _WORDS

    named = {
        name.partition('")]')[0].removeprefix('#[name("')
        for name, head in pairwise(rules().splitlines())
        if name.startswith("#[name") and head.startswith("t(")
    }
    assert named == _WORDS.keys()


@pytest.mark.usefixtures("nemo")
def test_inner_steps_are_folded_away() -> None:
    """Lists and helpers do not show: a union of three classes is one step."""
    union, cells = f"{ID}Union", ["_:one", "_:two", "_:three"]
    classes = [f"{ID}{name}" for name in "ABC"]
    given = {(union, OWL + "unionOf", cells[0]), (f"{ID}x", RDF + "type", classes[2])}
    given |= {(cell, RDF + "first", each) for cell, each in zip(cells, classes, strict=True)}
    given |= {(a, RDF + "rest", b) for a, b in pairwise([*cells, RDF + "nil"])}
    wanted = (f"{ID}x", RDF + "type", union)
    assert derive(closure(given), wanted) == Step(
        wanted,
        "cls-uni",
        (
            Step((union, OWL + "unionOf", "_:one")),
            Step((f"{ID}x", RDF + "type", classes[2])),
        ),
    )


@pytest.mark.usefixtures("nemo")
def test_a_proof_that_is_too_deep_is_an_error_of_one_line(run: Run, folder: Path) -> None:
    """A chain of subclasses so long that Python cannot follow the tree ends in no traceback."""
    text = "".join(f"id:C{n} rdfs:subClassOf id:C{n + 1} .\n" for n in range(250))
    (folder / "ontology" / "deep.ttl").write_text(PREFIXES + text, encoding="utf-8")
    limit = sys.getrecursionlimit()
    result = run("why", "id:C0", "rdfs:subClassOf", "id:C250", "--dossier", folder)
    assert sys.getrecursionlimit() == limit
    assert result.exit_code in {0, 2}
    assert "Traceback" not in result.stderr


@pytest.mark.usefixtures("nemo")
def test_a_chain_that_is_too_long_is_one_line_of_the_whole_process(folder: Path) -> None:
    """Nemo's engine is freed in the thread that made it, else it complains as Python ends."""
    text = "spk:p a owl:ObjectProperty ; owl:propertyChainAxiom ( spk:p spk:next ) .\n"
    text += "id:start spk:p id:n0 .\nid:n200 a spk:Statement .\n"
    text += "".join(f"id:n{n} spk:next id:n{n + 1} .\n" for n in range(200))
    (folder / "ontology" / "chain.ttl").write_text(PREFIXES + text, encoding="utf-8")
    command = [sys.executable, "-m", "standpunkt", "why", "--dossier", str(folder)]
    result = subprocess.run(
        [*command, "id:start", "spk:p", "id:n200"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert result.stderr == (
        "error: the proof that id:start spk:p id:n200 takes too many steps to be written\n"
    )


# --- Every fact that carries it ---------------------------------------------------------------

TWICE = """\
id:statement-brook-again a spk:Statement ;
    rdfs:label "Brook noch einmal"@de , "Brook again"@en ;
    spk:speaker id:person-ada-brook ;
    spk:demands id:position-town-builds-bridge ;
    spk:evidence id:passage-x-3 .
id:statement-brook-otherwise a spk:Statement ;
    rdfs:label "Brook anders"@de , "Brook otherwise"@en ;
    spk:speaker id:person-ada-brook ;
    spk:rejects id:position-town-builds-bridge ;
    spk:evidence id:passage-x-3 .
"""


@pytest.mark.parametrize("with_proofs", [True, False])
def test_supports_are_the_facts_that_are_enough_alone(folder: Path, *, with_proofs: bool) -> None:
    """Two statements demand it; a third of the same speaker does not carry it."""
    if with_proofs:
        pytest.importorskip("nmo_python", reason="Nemo is missing: pip install -e '.[proof]'")
    dossier = add(folder, TWICE)
    graphs = dossier.graphs(*ASSERTED).values()
    asserted = inference.plain(each for triples in graphs for each in triples)
    person, position = f"{ID}person-ada-brook", f"{ID}position-town-builds-bridge"
    carrying = Supports(inference.stated(dossier), with_proofs=with_proofs)
    found = carrying.of((person, SPK + "advocates", position))
    named = [each.fact.value.removeprefix(ID) for each in found]
    assert named == ["statement-brook-again", "statement-brook-wants-bridge"]
    for each in found:
        assert (each.proof is not None) is with_proofs
        if each.proof:
            leaf = (each.fact.value, SPK + "speaker", person)
            assert leaf in {step.triple for step in leaves(each.proof)}
            assert {step.triple for step in leaves(each.proof)} <= asserted


@pytest.mark.usefixtures("nemo")
def test_all_proves_it_from_each_fact(run: Run, folder: Path) -> None:
    """Without --all the plainest proof stands there, and how many more there are."""
    add(folder, TWICE)
    short = run("why", *BRIDGE, "--dossier", folder).stdout
    assert short.endswith("\nOne more fact carries this alone: see --all\n")
    assert "Brook demands the bridge" not in short
    whole = run("why", *BRIDGE, "--dossier", folder, "--all").stdout
    assert whole.startswith("follows from 2 facts, from each alone:\n\n1. Brook again\n")
    assert "\n2. Brook demands the bridge\n" in whole
    assert whole.count("prp-spo2") == 2


def test_a_fact_is_what_has_evidence(folder: Path) -> None:
    """A node that only speaks of the property, and a blank node, are none."""
    text = "spk:witness rdfs:subPropertyOf spk:evidence . [] spk:evidence id:passage-x-3 .\n"
    (folder / "ontology" / "more.ttl").write_text(PREFIXES + text, encoding="utf-8")
    stated = inference.stated(Dossier(folder))
    facts = Supports(stated, with_proofs=False)._facts  # noqa: SLF001  there is no other sight
    assert f"<{ID}statement-brook-wants-bridge>" in facts
    assert not facts & {f"<{SPK}witness>", *(line.split(" ")[0] for line in stated if "_:" in line)}


def test_what_definitions_carry_has_no_supporting_fact(folder: Path) -> None:
    """A person is an actor whatever anybody says."""
    explained = Explainer(Dossier(folder)).explain(
        Triple(NamedNode(ID + "person-ben-hill"), NamedNode(RDF + "type"), NamedNode(SPK + "Actor"))
    )
    assert explained.holds
    assert not explained.supports


# --- Asserted ---------------------------------------------------------------------------------


def test_an_asserted_triple_has_its_evidence(run: Run, folder: Path) -> None:
    """Passages, and the words that are quoted there."""
    names = ("brook-wants-bridge", "demands", "town-builds-bridge")
    assert run("why", *names, "--dossier", folder).stdout == (
        "Brook demands the bridge → demands → The town builds the bridge\n"
        "asserted:\n"
        "  article X, sentence 2\n"
        '    “Baut sie, "jetzt"!”\n'
    )


def test_a_definition_is_called_one(run: Run, folder: Path) -> None:
    """What positions imply is in no article."""
    names = ("town-builds-bridge-and-road", "implies", "town-builds-bridge")
    result = run("why", *names, "--dossier", folder)
    assert result.stdout.endswith("\nasserted by definition\n")
    axiom = run("why", "spk:Person", "rdfs:subClassOf", "spk:Actor", "--dossier", folder)
    assert axiom.stdout.startswith("“person” is a kind of “actor”\n")


def test_outside_knowledge_names_its_source(run: Run) -> None:
    """It is told from what the articles say."""
    result = run("why", "nato", "skos:exactMatch", "wd:Q7184")
    assert result.exit_code == 0
    assert "knowledge from outside the articles, source: FB15k" in result.stdout


def test_a_value_is_a_fact_like_others(run: Run, folder: Path) -> None:
    """It is given as it is written, and one that does not stand there does not hold."""
    held = run("why", "figure-lanes", "value", "4", "--dossier", folder)
    assert held.stdout == "lanes → value → 4\nasserted:\n  article X, sentence 3\n"
    refused = run("why", "figure-lanes", "value", "5", "--dossier", folder)
    assert refused.stdout == "does not hold: lanes → value → 5\nwhat stands there: 4\n"
    assert refused.exit_code == 1


@pytest.fixture
def articles(folder: Path) -> Path:
    """Give the tiny dossier an article with a text, and the folder that has it."""
    sentence = "Brook ruft: „Baut sie!“"
    start = TEXT.index(sentence)
    add(
        folder,
        'id:article-x a spk:Article ; spk:file "x.txt" .\n'
        f"id:passage-x-2 spk:inArticle id:article-x ; spk:number 2 ; spk:start {start} ;\n"
        f"    spk:end {start + len(sentence)} ;\n"
        f'    spk:sha256 "{hashlib.sha256(sentence.encode()).hexdigest()}" .\n',
    )
    texts = folder / "texts"
    texts.mkdir()
    (texts / "x.txt").write_text(TEXT, encoding="utf-8", newline="")
    return texts


def test_the_sentence_itself_where_the_texts_are_at_hand(
    run: Run, folder: Path, articles: Path
) -> None:
    """It is cut out by the offsets, and shown if it has the hash that the dossier knows."""
    names = ("brook-wants-bridge", "demands", "town-builds-bridge")
    command = ("why", *names, "--dossier", folder, "--articles", articles)
    lines = run(*command).stdout.splitlines()
    assert lines[2] == "  article X, sentence 2, characters 14 to 37"
    assert lines[4] == "    > Brook ruft: „Baut sie!“"
    (articles / "x.txt").write_text(TEXT.replace("Baut", "Haut"), encoding="utf-8", newline="")
    lines = run(*command).stdout.splitlines()
    assert lines[4] == "    > (the article has another text there)"
    (articles / "x.txt").unlink()
    missing = run(*command)
    assert missing.exit_code == 2
    assert missing.stderr.startswith(f"error: cannot read '{articles / 'x.txt'}': ")
    nowhere = run("why", *names, "--dossier", folder, "--articles", folder / "nowhere")
    assert nowhere.exit_code == 2
    assert "there is no folder" in nowhere.stderr


# --- What does not hold -----------------------------------------------------------------------


def test_what_does_not_hold_names_what_comes_nearest(run: Run) -> None:
    """Trump threatens to leave and considers it, each under a condition; he does not demand it."""
    result = run("why", "donald-trump", "advocates", "us-leaves-nato")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == "does not hold: Donald Trump → advocates → The US leaves NATO"
    assert lines[1] == "no statement of Donald Trump demands or endorses it"
    assert lines[2] == "what comes nearest:"
    near = [line for line in lines[3:] if line[2] != " "]
    assert [line.split(":")[0] for line in near] == ["  considers", "  threatens"]
    assert ", unless “NATO's target is raised" in " ".join(result.stdout.split())
    assert any("article B, sentence 10" in line for line in lines)
    german = run("why", "donald-trump", "advocates", "us-leaves-nato", "--lang", "de").stdout
    assert "hat dazu die Haltung „fordert“ oder „befürwortet“" in german


def test_a_bigger_demand_is_near_and_is_named(run: Run, folder: Path) -> None:
    """Who demands bridge and road has not said so of the bridge, by this tiny ontology."""
    result = run("why", "org-council", "advocates", "town-builds-bridge", "--dossier", folder)
    assert result.exit_code == 1
    expected = "  demands “The town builds bridge and road”: The council demands both\n"
    assert expected in result.stdout


def test_near_facts_in_json(run: Run) -> None:
    """Programs get the same: what would be needed, and what there is."""
    found = json.loads(
        run("why", "donald-trump", "advocates", "us-leaves-nato", "--format", "json").stdout
    )
    assert found["holds"] is False
    assert ["is speaker of", "endorses"] in [
        [term["label"] for term in way] for way in found["ways"]
    ]
    assert {near["ground"]["evidence"][0]["number"] for near in found["near"]} == {10, 12}


# --- Without Nemo -----------------------------------------------------------------------------


@pytest.mark.usefixtures("no_nemo")
def test_without_nemo_the_facts_are_named_all_the_same(run: Run, folder: Path) -> None:
    """All that carry it, with their evidence; one line says how to get the proof."""
    add(folder, TWICE)
    result = run("why", *BRIDGE, "--dossier", folder)
    assert result.exit_code == 0
    assert result.stdout == (
        "Ada Brook → advocates → The town builds the bridge\n"
        "follows from 2 facts, from each alone:\n"
        "  Brook again\n"
        "    article X, sentence 3\n"
        "  Brook demands the bridge\n"
        "    article X, sentence 2\n"
        '      “Baut sie, "jetzt"!”\n'
        "the proof step by step: Nemo is missing: pip install 'standpunkt[proof]'\n"
    )
    found = json.loads(run("why", *BRIDGE, "--dossier", folder, "--format", "json").stdout)
    assert [each["proof"] for each in found["supports"]] == [None, None]
    assert "pip install" in found["needs"]


@pytest.mark.usefixtures("nemo")
def test_both_engines_find_the_same_supports(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each shortcut of the shipped dossier."""
    dossier = Dossier.shipped()
    shortcuts = [
        each
        for each in inference.infer(dossier, "nemo").triples
        if each.predicate.value.removeprefix(SPK) in {"advocates", "opposes", "memberOf"}
    ]
    assert len(shortcuts) > 25
    explained = Explainer(dossier)
    proven = {each: explained.explain(each) for each in shortcuts}
    monkeypatch.setitem(sys.modules, "nmo_python", None)
    plain = Explainer(dossier)
    for each, found in proven.items():
        facts = {support.fact for support in found.supports}
        assert facts
        assert {support.fact for support in plain.explain(each).supports} == facts


@pytest.mark.usefixtures("nemo")
def test_a_thread_parses_the_rules_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for several proofs waits for the rules once, and no file is left behind."""
    import nmo_python

    loaded: list[str] = []
    load = nmo_python.load_string

    def counting(text: str) -> object:
        loaded.append(text)
        return load(text)

    monkeypatch.setattr(nmo_python, "load_string", counting)
    position = NamedNode(f"{ID}position-town-builds-bridge")
    found: list[Explanation] = []

    def ask() -> None:
        explainer = Explainer(Dossier(folder))
        for name in ("person-ada-brook", "person-ben-hill", "person-ada-brook"):
            triple = Triple(NamedNode(ID + name), NamedNode(SPK + "advocates"), position)
            found.append(explainer.explain(triple))

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert [each.holds for each in found] == [True, False, True]
    assert found[0] == found[2]
    assert len(loaded) == 1
    file = Path(loaded[0].rpartition('resource = "')[2].partition('"')[0])
    assert not file.parent.exists()


# --- Bad input --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("ada-brok", *BRIDGE[1:]), "unknown name 'ada-brok'; did you mean 'ada-brook'"),
        (("ada-brook", "advocate", BRIDGE[2]), "unknown property 'advocate'; did you mean"),
        ((*BRIDGE[:2], "town-builds-bridg"), "unknown name 'town-builds-bridg'; did you mean"),
        (('"Ada"', *BRIDGE[1:]), "unknown name '\"Ada\"'"),
        ((*BRIDGE[:2], '"yes"'), "'\"yes\"' is no node, and id:person-ada-brook has no value of"),
        (("hill-against-bridge", "date", "2031"), "'2031' is no node, and id:statement-hill"),
        (("ada-brook", "person-ben-hill", BRIDGE[2]), "unknown property 'person-ben-hill'"),
    ],
)
def test_bad_names_get_one_line(run: Run, folder: Path, names: tuple[str, ...], line: str) -> None:
    """It quotes the name and says what is near."""
    result = run("why", *names, "--dossier", folder)
    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr.startswith(f"error: {line}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("engine", ["nemo", "no_nemo"])
def test_in_a_dossier_that_contradicts_itself_nothing_is_proven(
    run: Run, folder: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    """Anything would follow; what is asserted has its evidence all the same."""
    request.getfixturevalue(engine)
    add(folder, "spk:Person owl:disjointWith spk:Organisation . id:org-council a spk:Person .")
    result = run("why", *BRIDGE, "--dossier", folder)
    assert (result.stdout, result.exit_code) == ("", 2)
    assert "contradicts itself by the rule cax-dw" in result.stderr
    assert result.stderr.count("\n") == 1
    names = ("brook-wants-bridge", "demands", "town-builds-bridge")
    assert run("why", *names, "--dossier", folder).exit_code == 0


# --- The rows of a question -------------------------------------------------------------------

CLAIM = '#+ claim: "?actor spk:advocates ?position"\n'


def ask_why(folder: Path) -> Path:
    """Let the tiny dossier's question declare what its rows claim."""
    path = folder / "queries" / "who-demands.rq"
    header, blank, query = path.read_text("utf-8").partition("\n\n")
    path.write_text(f"{header}\n{CLAIM}{blank[1:]}{query}", encoding="utf-8")
    return path


@pytest.mark.usefixtures("nemo")
def test_each_row_is_proven_from_the_fact_that_it_names(run: Run, folder: Path) -> None:
    """Below the table, by number of the row; one that does not follow says so."""
    add(folder, TWICE)
    ask_why(folder)
    result = run("ask", "who-demands", "--why", "--dossier", folder)
    assert result.exit_code == 0
    blocks = result.stdout.split("\nrow ")[1:]
    assert [block.splitlines()[0] for block in blocks] == ["1", "2", "3"]
    assert "does not hold: town council → advocates" in blocks[0]
    assert "Brook again → demands" in blocks[1]
    assert "Brook demands the bridge → demands" in blocks[2]


def test_reasons_in_json(run: Run, folder: Path) -> None:
    """The rows as ever, and as many reasons."""
    ask_why(folder)
    found = json.loads(run("ask", "who-demands", "--why", "-f", "json", "--dossier", folder).stdout)
    assert [row["actor"] for row in found["rows"]] == [f"{ID}org-council", f"{ID}person-ada-brook"]
    assert [why["holds"] for why in found["why"]] == [False, True]


def test_a_question_without_a_claim_cannot_be_proven(run: Run, folder: Path) -> None:
    """One line says so; so does one about a format that has no room for proofs."""
    result = run("ask", "figures", "--why", "--dossier", folder)
    assert result.stderr == "error: the rows of 'figures' claim nothing that could be proven\n"
    assert run("ask", "figures", "--why", "-f", "csv", "--dossier", folder).exit_code == 2


@pytest.mark.parametrize("text", ["?actor advocates", "?actor 'x' ?position", ""])
def test_a_claim_is_a_triple(folder: Path, text: str) -> None:
    """Three parts, each a variable or a CURIE; else the line is named."""
    path = ask_why(folder)
    path.write_text(path.read_text("utf-8").replace(CLAIM[11:-2], text), encoding="utf-8")
    with pytest.raises(ParseError, match=r"who-demands\.rq:\d+:1: the header's 'claim' is no"):
        queries.question(Dossier(folder), "who-demands")


def test_lint_knows_claims(run: Run, folder: Path) -> None:
    """A variable that is no column and no parameter, and a term that nobody knows."""
    path = ask_why(folder)
    text = path.read_text("utf-8").replace(CLAIM[11:-2], "?nobody spk:advocate ?position")
    path.write_text(text, encoding="utf-8")
    found = run("lint", "--dossier", folder).stdout
    assert "claim: ?nobody is neither a column nor a parameter" in found
    assert "claim: spk:advocate is no term that the dossier knows" in found


@pytest.mark.parametrize("name", [each.name for each in queries.questions(Dossier.shipped())])
def test_what_shipped_questions_claim_holds(name: str) -> None:
    """Each row's claim is asserted or follows, and from the statement that the row names."""
    dossier = Dossier.shipped()
    question = queries.question(dossier, name)
    answer = queries.ask(dossier, name)
    if question.claim is None:
        with pytest.raises(QueryError):
            claims(Store.asserted(dossier), question, answer, {})
        return
    explained = explain(dossier, question, answer, {})
    known: list[Explanation] = [each for each in explained if each is not None]
    assert known
    for each, row in zip(explained, answer.rows, strict=True):
        if each is not None:
            assert each.holds
            shown = dict(zip(answer.columns, row, strict=True))
            if not each.asserted and "statement" in shown:
                assert [support.fact for support in each.supports] == [shown["statement"]]
