"""grlc turns every saved question into an operation of an API, with its words and its tags.

https://github.com/CLARIAH/grlc reads files of queries from a repository. Its own parser is asked.
"""

from types import ModuleType

import pytest

from standpunkt import Dossier
from standpunkt.question import Question, questions

QUESTIONS = questions(Dossier.shipped())
INSTALL = "pip install -e '.[oracles]' && pip install --no-deps grlc"

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)


@pytest.fixture(scope="module")
def gquery() -> ModuleType:
    """Give grlc's module that reads queries; skip where it is missing."""
    found = pytest.importorskip("grlc.gquery", reason=f"grlc is missing: {INSTALL}")
    assert isinstance(found, ModuleType)
    return found


@every_question
def test_grlc_reads_header_and_query(gquery: ModuleType, question: Question) -> None:
    """Words and tags arrive whole, and the query is one that grlc answers."""
    read = gquery.get_metadata(question.text, "http://localhost/sparql")
    assert read["summary"] == question.summary["en"]
    assert read["description"] == question.description["en"]
    assert tuple(read["tags"]) == question.tags
    assert read["type"] == "SelectQuery"


@every_question
def test_no_variable_is_taken_for_a_parameter_of_grlc(
    gquery: ModuleType, question: Question
) -> None:
    """A variable that begins with an underscore would become a required parameter."""
    read = gquery.get_metadata(question.text, "http://localhost/sparql")
    assert read["parameters"] == {}


@every_question
def test_pages_are_queries(gquery: ModuleType, question: Question) -> None:
    """Cut into pages by grlc, a question still parses."""
    page = gquery.paginate_query(question.text, 10, {"page": 2})
    assert gquery.get_metadata(page, "http://localhost/sparql")["type"] == "SelectQuery"


def test_grlc_drops_a_header_over_one_colon(gquery: ModuleType) -> None:
    """This is why the linter wants quotation marks."""
    text = "#+ summary: Who says: what?\n#+ tags:\n#+   - a\nSELECT ?a WHERE { ?a ?b ?c }"
    read = gquery.get_metadata(text, "http://localhost/sparql")
    assert not {"summary", "tags"}.intersection(read)
