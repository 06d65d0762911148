"""Every saved question gives exactly the rows in `expected/`, wherever it runs.

The rows were written from the articles, before the queries. A file has what
`standpunkt ask QUESTION --format csv` prints: after a change that is meant, compare the two.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from standpunkt import Answer, Dossier, ask, sparql
from standpunkt.dossier import ASSERTED, LINKS_GRAPH
from standpunkt.inference import infer
from standpunkt.namespaces import ID
from standpunkt.question import LANGUAGES, questions
from standpunkt.store import Store

EXPECTED = Path(__file__).parent / "expected"
DOSSIER = Dossier.shipped()
QUESTIONS = {question.name: question for question in questions(DOSSIER)}
# Questions that are about the dossier as a whole and not about facts in it.
WITHOUT_EVIDENCE = {"overview", "stances"}
EVIDENCE = {"firstPassage", "passage", "source"}

# The head, and then the rows as in CSV: IRIs and literals as plain text, nothing for unbound.
Table = list[list[str]]
Engine = Callable[[str], Table]

every_question = pytest.mark.parametrize("name", QUESTIONS)


def expected(name: str) -> Table:
    """Read the rows that a question must give."""
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def table(answer: Answer) -> Table:
    """Give an answer as in CSV."""
    rows = [
        ["" if term is None else str(getattr(term, "value", term)) for term in row]
        for row in answer.rows
    ]
    return [list(answer.columns), *rows]


def in_memory(triples: list[Triple]) -> Engine:
    """Ask Oxigraph in memory, as `standpunkt ask` does."""
    store = Store({"urn:all": triples})

    def run(query: str) -> Table:
        answer = store.query(query)
        assert isinstance(answer, Answer)
        return table(answer)

    return run


def on_disk(triples: list[Triple], folder: Path) -> Engine:
    """Ask Oxigraph on disk, where rows come in another order."""
    store = pyoxigraph.Store(folder)
    store.bulk_extend(Quad(*triple) for triple in triples)

    def run(query: str) -> Table:
        solutions = store.query(query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        columns = tuple(variable.value for variable in solutions.variables)
        return table(Answer(columns, [tuple(row[name] for name in columns) for row in solutions]))

    return run


def in_rdflib(triples: list[Triple]) -> Engine:
    """Ask rdflib, which has nothing in common with Oxigraph."""
    graph = rdflib.Graph()
    text = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    assert text is not None
    graph.parse(data=text.decode(), format="nt")

    def run(query: str) -> Table:
        result = graph.query(query)
        rows = [["" if term is None else str(term) for term in row] for row in result]  # type: ignore[union-attr]  # rows of a SELECT
        return [[str(variable) for variable in result.vars or []], *rows]

    return run


@pytest.fixture(scope="session", params=["asserted", "with the closure"])
def triples(request: pytest.FixtureRequest) -> list[Triple]:
    """Give what the dossier asserts, alone or with all that follows from it."""
    asserted = [triple for graph in DOSSIER.graphs(*ASSERTED).values() for triple in graph]
    return asserted + (infer(DOSSIER).triples if request.param != "asserted" else [])


@pytest.fixture(scope="session", params=["memory", "disk", "rdflib"])
def engine(
    request: pytest.FixtureRequest,
    triples: list[Triple],
    tmp_path_factory: pytest.TempPathFactory,
) -> Engine:
    """Give each engine with each of the two sets of triples."""
    if request.param == "disk":
        return on_disk(triples, tmp_path_factory.mktemp("store"))
    return {"memory": in_memory, "rdflib": in_rdflib}[request.param](triples)


def test_each_question_has_its_rows_and_the_reverse() -> None:
    """No question is without a file of rows, and no file of rows without a question."""
    assert {path.stem for path in EXPECTED.glob("*.csv")} == set(QUESTIONS)


@every_question
def test_the_rows_are_the_expected_ones(engine: Engine, name: str) -> None:
    """Rows, their order and their spelling agree on each engine, with and without the closure."""
    assert engine(QUESTIONS[name].text) == expected(name)


@every_question
def test_there_are_rows(name: str) -> None:
    """With its defaults every question has an answer."""
    assert len(expected(name)) > 1


@every_question
def test_links_change_no_answer_but_their_own(name: str) -> None:
    """Questions about the articles do not need outside knowledge, and do not show it."""
    graphs = DOSSIER.graphs(*(graph for graph in ASSERTED if graph != LINKS_GRAPH))
    answer = Store(graphs).query(QUESTIONS[name].text)
    assert isinstance(answer, Answer)
    is_about_links = "outside" in QUESTIONS[name].tags
    assert table(answer) == (expected(name)[:1] if is_about_links else expected(name))


@every_question
def test_facts_come_with_their_evidence(name: str) -> None:
    """Whatever reports a fact says in which passage, or by which source, it stands."""
    assert EVIDENCE.intersection(expected(name)[0]) or name in WITHOUT_EVIDENCE


@every_question
def test_the_passages_are_there(name: str) -> None:
    """A row without evidence would be a fact that nobody can check."""
    head, *rows = expected(name)
    for column in EVIDENCE.intersection(head):
        assert all(row[head.index(column)] for row in rows)


@every_question
def test_parameters_are_described_and_used(name: str) -> None:
    """Header and query have the same parameters, described in both languages."""
    question = QUESTIONS[name]
    assert set(question.params) == set(sparql.parameters(question.text))
    assert all(set(texts) == set(LANGUAGES) for texts in question.params.values())


@pytest.mark.parametrize(
    "name", [name for name, question in QUESTIONS.items() if "language" in question.params]
)
def test_the_language_changes_texts_and_nothing_else(name: str) -> None:
    """In German there are as many rows, about the same nodes, and some texts differ."""
    english, german = ask(DOSSIER, name, language="en"), ask(DOSSIER, name, language="de")
    assert table(english)[1:] != table(german)[1:] or not _has_texts(english)
    assert _nodes(english) == _nodes(german)


def _nodes(answer: Answer) -> list[list[str]]:
    return sorted([str(term) for term in row if isinstance(term, NamedNode)] for row in answer.rows)


def _has_texts(answer: Answer) -> bool:
    return any(getattr(term, "language", None) == "en" for row in answer.rows for term in row)


@pytest.mark.parametrize(
    ("question", "parameters", "column", "nodes"),
    [
        # Whoever wants out of both wants out of each; joining a person is another matter.
        (
            "who-advocates",
            {"position": "us-leaves-un"},
            "actor",
            {"author-of-shared-post", "person-elon-musk"},
        ),
        (
            "who-advocates",
            {"position": "us-leaves-nato-and-un"},
            "actor",
            {"author-of-shared-post", "person-elon-musk"},
        ),
        (
            "who-advocates",
            {"position": "musk-is-backed"},
            "actor",
            {"group-republican-lawmakers", "person-mike-lee"},
        ),
        ("who-advocates", {"position": "us-stays-in-nato"}, "actor", {"person-mark-rutte"}),
        # Who opposes a part is not thereby against the whole.
        ("who-opposes", {"position": "us-leaves-nato-and-un"}, "actor", set()),
        ("who-opposes", {"position": "us-leaves-un"}, "actor", set()),
        (
            "who-opposes",
            {"position": "us-stays-in-nato"},
            "actor",
            {"author-of-shared-post", "person-elon-musk", "person-mike-lee"},
        ),
        ("who-opposes", {"position": "nato-keeps-present-form"}, "actor", {"person-donald-trump"}),
        ("positions-of-actor", {"actor": "james-goldgeier"}, "position", set()),
        ("positions-of-actor", {"actor": "us-congress"}, "position", set()),
        (
            "positions-of-actor",
            {"actor": "mark-rutte"},
            "position",
            {"position-biden-course-is-kept", "position-us-stays-in-nato"},
        ),
        ("statements-by-actor", {"actor": "org-white-house"}, "statement", set()),
        # The shortage of ammunition hangs on US support, and not on leaving.
        (
            "consequences-of",
            {"proposition": "us-support-is-lacking"},
            "consequence",
            {
                "proposition-europeans-need-resources-for-themselves",
                "proposition-ukraine-short-of-ammunition",
            },
        ),
        (
            "consequences-of",
            {"proposition": "us-without-nato"},
            "consequence",
            {"proposition-us-presence-not-as-before"},
        ),
        (
            "reasons-for",
            {"proposition": "us-stays-in-nato"},
            "reason",
            {
                "statement-author-a-trump-can-press-allies",
                "statement-author-a-us-indispensable",
            },
        ),
        ("quotations", {"actor": "elon-musk"}, "words", {"Ich stimme zu"}),
        ("allies-and-opponents", {"actor": "donald-trump"}, "other", set()),
        (
            "allies-and-opponents",
            {"actor": "elon-musk"},
            "other",
            {
                "author-of-shared-post",
                "group-republican-lawmakers",
                "person-mark-rutte",
                "person-mike-lee",
            },
        ),
        ("memberships", {"organisation": "nato-ukraine-council"}, "actor", set()),
        (
            "office-holders",
            {"actor": "donald-trump", "article": "article-b"},
            "office",
            {"office-us-president"},
        ),
        ("figures", {"actor": "germany"}, "figure", {"figure-germany-excess-2024"}),
        ("target-attainment", {"figure": "three-per-cent-demand"}, "fact", set()),
        ("evidence-for", {"fact": "lee-calls-for-exit"}, "passage", {"passage-b-7"}),
        ("evidence-for", {"fact": "law-nato-exit-amendment"}, "kind", {"Sentence"}),
    ],
)
def test_parameters_change_the_answer(
    question: str, parameters: dict[str, str], column: str, nodes: set[str]
) -> None:
    """What a careless reader would get wrong: the nodes in one column, by the end of their IRIs."""
    answer = ask(DOSSIER, question, **parameters)
    given = {row[answer.columns.index(column)] for row in answer.rows}
    ends = {str(getattr(term, "value", term)).removeprefix(ID).rpartition("#")[2] for term in given}
    assert ends == nodes
