"""The command line: what stands where, how it ends, and one clear line for each mistake."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import IO

import pytest

from conftest import Run
from standpunkt import cli, queries

RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
COMMANDS = [name.rstrip("_") for name in cli._COMMANDS]  # noqa: SLF001  the one list of them


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the tiny dossier the shipped one, and its folder the current one."""
    monkeypatch.setattr("standpunkt.dossier.__file__", str(folder.with_name("dossier.py")))
    folder.rename(folder.with_name("shipped"))
    monkeypatch.chdir(folder.with_name("shipped"))
    return Path()


pytestmark = pytest.mark.usefixtures("here")


# --- Asking -----------------------------------------------------------------------------------


def test_questions_are_listed_by_tag(run: Run) -> None:
    """Without a name all questions are listed, in the language asked for."""
    assert run("ask").stdout == (
        "figures\n"
        "  figures atLeast=…\n"
        "      How large are the figures?\n"
        "\n"
        "positions\n"
        "  who-demands position=… actor=…\n"
        "      Who demands a position?\n"
    )
    assert "Wer fordert eine Position?" in run("ask", "--lang", "de").stdout


def test_questions_are_listed_for_programs(run: Run) -> None:
    """The list has the formats of rows."""
    assert json.loads(run("ask", "--format", "json").stdout)[1] == {
        "question": "who-demands",
        "summary": "Who demands a position?",
        "tags": "positions actors",
        "parameters": "position actor",
    }


def test_an_answer_in_a_pipe_is_csv(run: Run) -> None:
    """Rows are on standard output, and nothing else is."""
    result = run("ask", "who-demands", "actor=ada-brook")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == (
        b"actor,date,statement,statementTitle\r\n"
        b"https://w3id.org/standpunkt/id/person-ada-brook,2031-05,"
        b"https://w3id.org/standpunkt/id/statement-brook-wants-bridge,Brook demands the bridge\r\n"
    )


def test_the_language_is_that_of_the_environment(run: Run) -> None:
    """--lang goes before STANDPUNKT_LANG, which goes before English."""
    arguments = ("ask", "figures", "--format", "markdown")
    assert run(*arguments).stdout.startswith("| figure | value | half of value |\n")
    german = run(*arguments, STANDPUNKT_LANG="de").stdout
    assert german.startswith("| Zahl | Wert | die Hälfte |\n")
    assert run(*arguments, "--lang", "en", STANDPUNKT_LANG="de").stdout == run(*arguments).stdout


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.csv", "figure,value,"),
        ("a.tsv", "?figure\t?value\t"),
        ("a.JSON", '[\n  {"figure": "https://'),
        ("a.md", "| figure | value |"),
        ("a.txt", "figure  value  half of value\n───"),
    ],
)
def test_the_ending_of_a_file_picks_the_format(run: Run, name: str, begins: str) -> None:
    """A result goes to a file, in the format of its name."""
    result = run("ask", "figures", "--output", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_a_format_goes_before_an_ending(run: Run) -> None:
    """--format is what somebody said; `-` is standard output."""
    assert run("ask", "figures", "--format", "tsv", "--output", "a.csv").exit_code == 0
    assert Path("a.csv").read_text(encoding="utf-8").startswith("?figure")
    assert run("ask", "figures", "--output", "-").stdout.startswith("figure,value")


def test_labels_are_added(run: Run) -> None:
    """--labels adds columns to CSV."""
    header = run("ask", "who-demands", "--labels").stdout.splitlines()[0]
    assert header == "actor,actorLabel,date,statement,statementLabel,statementTitle"


def test_no_rows_are_no_failure(run: Run) -> None:
    """A note says that there are none."""
    result = run("ask", "who-demands", "actor=ben-hill")
    assert (result.exit_code, result.stderr) == (0, "no rows\n")
    assert result.stdout == "actor,date,statement,statementTitle\n"


def test_a_saved_verdict_is_an_exit_code(run: Run) -> None:
    """A saved question can be an ASK."""
    Path("queries/new.rq").write_text("ASK { ?x a <https://example.org/X> }", encoding="utf-8")
    result = run("ask", "new")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "false\n", "")


# --- Querying ---------------------------------------------------------------------------------


SELECT = "SELECT ?person WHERE { ?person a spk:Person } ORDER BY ?person LIMIT 1"
PERSON = "person\nhttps://w3id.org/standpunkt/id/person-ada-brook\n"


def test_a_query_is_a_text_a_file_or_a_stream(run: Run) -> None:
    """All three give the same."""
    Path("my query.rq").write_text(SELECT, encoding="utf-8")
    assert run("query", SELECT).stdout == PERSON
    assert run("query", "my query.rq").stdout == PERSON
    assert run("query", "-", input=SELECT).stdout == PERSON
    assert "org-council" in run("query", "DESCRIBE id:org-council").stdout


@pytest.mark.parametrize(("query", "code"), [("ASK {}", 0), ("ASK { id:a id:b id:c }", 1)])
def test_a_verdict_is_an_exit_code(run: Run, query: str, code: int) -> None:
    """True is 0 and false is 1."""
    result = run("query", query)
    assert (result.exit_code, result.stderr) == (code, "")
    assert result.stdout == ("false\n" if code else "true\n")


def test_a_query_sees_what_is_inferred_on_demand(run: Run) -> None:
    """--inferred adds the closure."""
    query = "ASK { id:person-ada-brook spk:advocates id:position-town-builds-bridge }"
    assert run("query", query).exit_code == 1
    assert run("query", "--inferred", query).exit_code == 0


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ([], "PREFIX id: "),
        (["--format", "ntriples"], "<https://w3id.org/standpunkt/id/org-council> <"),
        (["--format", "jsonld"], '[{"@id":'),
        (["--format", "rdfxml"], "<?xml "),
    ],
)
def test_triples_are_turtle_or_as_asked(run: Run, form: list[str], begins: str) -> None:
    """CONSTRUCT and DESCRIBE have formats of their own."""
    result = run("query", "CONSTRUCT WHERE { id:org-council ?p ?o }", *form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(begins)


def test_no_triples_are_no_failure(run: Run) -> None:
    """A note says that there are none."""
    result = run("query", "DESCRIBE id:nobody")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no triples\n")


# --- Showing ----------------------------------------------------------------------------------


def test_a_node_is_shown(run: Run) -> None:
    """What is inferred is marked, and can be left out."""
    assert "advocates  The town builds the bridge (inferred)" in run("show", "ada-brook").stdout
    assert "vertritt  Die Stadt baut" in run("show", "Ada Brook", "--lang", "de").stdout
    assert "inferred" not in run("show", "ada-brook", "--asserted").stdout
    assert json.loads(run("show", "ada-brook", "--format", "json").stdout)["title"] == "Ada Brook"
    assert run("show", "ada-brook", "--output", "ada.ttl").exit_code == 0
    assert run("format", "--check", "ada.ttl").exit_code == 0


# --- Formatting -------------------------------------------------------------------------------


def test_a_dossier_is_formatted(run: Run) -> None:
    """Files are laid out once, and then they are as they should be."""
    files = ["ontology/town.ttl", "graph/articles.ttl", "graph/links.ttl", "shapes/statement.ttl"]
    paths = [str(Path.cwd() / name) for name in files]
    check = run("format", "--check")
    assert (check.exit_code, check.stdout.splitlines(), check.stderr) == (1, paths, "")
    done = run("format")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [f"formatted {path}" for path in paths]
    for result in (run("format", "--check"), run("format")):
        assert (result.exit_code, result.output) == (0, "")


def test_a_stream_is_formatted(run: Run) -> None:
    """`-` reads standard input and writes standard output."""
    text = "PREFIX id: <https://w3id.org/standpunkt/id/> id:a id:b id:c ."
    house = run("format", "-", input=text)
    assert house.stdout.endswith("id:a\n    id:b id:c ;\n.\n")
    assert run("format", "-", input=house.stdout).stdout == house.stdout
    assert run("format", "--check", "-", input=text).stdout == "-\n"
    assert run("format", "--check", "-", input=text).exit_code == 1
    assert run("format", "--check", "-", input=house.stdout).exit_code == 0


def test_one_broken_file_changes_none(run: Run) -> None:
    """All files are read before the first is written."""
    before = Path("graph/links.ttl").read_bytes()
    Path("broken.ttl").write_text("id:a", encoding="utf-8")
    result = run("format", "graph/links.ttl", "broken.ttl")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: broken.ttl:1:1: the prefix 'id:' is not declared;"
        " declare it: PREFIX id: <https://w3id.org/standpunkt/id/>\n"
    )
    assert Path("graph/links.ttl").read_bytes() == before


# --- Mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "nothing"], "unknown question 'nothing'; 'standpunkt ask' lists them"),
        (["ask", "who-demand"], "unknown question 'who-demand'; did you mean 'who-demands'?"),
        (
            ["ask", "who-demands", "positon=x"],
            "question 'who-demands' has no parameter 'positon'; did you mean 'position'?",
        ),
        (
            ["ask", "who-demands", "bridge"],
            "'bridge' is no parameter; write it as NAME=VALUE",
        ),
        (
            ["ask", "who-demands", "actor=council", "actor=council"],
            "parameter 'actor' is given twice",
        ),
        (
            ["ask", "who-demands", "actor=ada-brok"],
            "unknown actor 'ada-brok'; did you mean 'ada-brook'?",
        ),
        (
            ["ask", "who-demands", 'actor="} SERVICE <http://127.0.0.1:1/> {\n'],
            (
                "unknown actor '\"} SERVICE <http://127.0.0.1:1/> {\\n';"
                " there is org-council, ada-brook, ben-hill, person-council"
            ),
        ),
        (["ask", "--lang", "fr"], "unknown language 'fr'; there are de and en"),
        (["ask", "--lang", "dee"], "unknown language 'dee'; did you mean 'de'?"),
        (["ask", "--format", "jsn"], "unknown format 'jsn'; did you mean 'json'?"),
        (
            ["query", "ASK {}", "--format", "turtle"],
            "unknown format 'turtle'; there are table, csv, tsv, json, markdown",
        ),
        (
            ["query", "DESCRIBE id:a", "--format", "csv"],
            "unknown format 'csv'; there are turtle, ntriples, jsonld, rdfxml",
        ),
        (
            ["ask", "figures", "--output", "a.xlsx"],
            (
                "the ending of 'a.xlsx' is of no known format;"
                " give --format: table, csv, tsv, json, markdown"
            ),
        ),
        (
            ["ask", "figures", "--output", "missing/a.csv"],
            "cannot write 'missing/a.csv': No such file or directory",
        ),
        (
            ["ask", "figures", "--output", "graph", "--format", "csv"],
            "cannot write 'graph': Is a directory",
        ),
        (["query", "a.rq"], "cannot read 'a.rq': No such file or directory"),
        (["query", "graph"], "cannot read 'graph': Is a directory"),
        (
            ["query", ""],
            "1:1: there is nothing; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE",
        ),
        (
            ["query", "SELECT ?x WHERE {\n  ?x a ex:Y }"],
            "2:12: the prefix of 'ex:Y' is not declared",
        ),
        (
            ["query", "SELECT ?x WHERE { SERVICE <http://127.0.0.1:1/> {} }"],
            "1:19: 'SERVICE' is not allowed: a query calls no other host",
        ),
        (
            ["query", "DELETE WHERE { ?s ?p ?o }"],
            "1:1: 'DELETE' is not allowed: a query changes nothing",
        ),
        (["show", "ada-brok"], "unknown name 'ada-brok'; did you mean 'ada-brook'?"),
        (["show", "council"], "'council' may be org-council or person-council; say which"),
        (["show", "x-1", "--format", "csv"], "unknown format 'csv'; there are table, json, turtle"),
        (["format", "a.ttl"], "cannot read 'a.ttl': No such file or directory"),
        (
            ["ask", "--dossier", "missing"],
            "there is no folder 'missing'; a dossier is a folder with ontology/ and graph/",
        ),
        (
            ["query", "ASK {}", "--dossier", "graph"],
            "'graph' is no dossier: it has no folder ontology/ and no folder graph/",
        ),
        (
            ["show", "x-1", "--dossier", "graph/links.ttl"],
            "'graph/links.ttl' is a file; a dossier is a folder with ontology/ and graph/",
        ),
        (["asks"], "No such command 'asks'. Did you mean 'ask'?; see 'standpunkt --help'"),
        (["ask", "--fromat"], "No such option: --fromat (Possible options: --format);"),
        (["show"], "Missing argument 'NAME'; see 'standpunkt show --help'"),
    ],
)
def test_a_mistake_gets_one_line(run: Run, arguments: list[str], message: str) -> None:
    """The line is on standard error, quotes what is wrong and says the way out; the code is 2."""
    result = run(*arguments)
    assert result.stderr.startswith(f"error: {message}")
    assert result.stderr.endswith("\n")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_dossier_may_have_no_questions(run: Run) -> None:
    """Then there is nothing to list."""
    for path in Path("queries").iterdir():
        path.unlink()
    for arguments in (["ask"], ["ask", "who-demands"]):
        result = run(*arguments)
        assert result.stderr == f"error: {str(Path.cwd())!r} has no saved question (queries/*.rq)\n"
        assert result.exit_code == 2


def test_a_stream_that_is_not_utf8_is_named(run: Run) -> None:
    """The error has the byte."""
    result = run("query", "-", input=b"ASK {} # caf\xe9")
    assert result.stderr == "error: standard input is not in UTF-8: see byte 12\n"
    assert result.exit_code == 2


def test_what_cannot_be_written_is_not_half_written(run: Run) -> None:
    """A file that is there stays as it is when the question fails."""
    Path("a.csv").write_text("old", encoding="utf-8")
    assert run("ask", "who-demands", "actor=nobody", "--output", "a.csv").exit_code == 2
    assert Path("a.csv").read_text(encoding="utf-8") == "old"


def test_the_system_may_refuse(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says is passed on in one line."""

    def refuse(_dossier: object) -> None:
        raise PermissionError(13, "Permission denied", "queries")

    monkeypatch.setattr(queries, "questions", refuse)
    result = run("ask")
    assert (result.exit_code, result.stderr) == (2, "error: queries: Permission denied\n")


def test_a_bug_has_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is nobody's mistake but ours exits with 3."""

    def fail(_dossier: object) -> None:
        raise AssertionError("a bug")

    monkeypatch.setattr(queries, "questions", fail)
    result = run("ask")
    assert result.exit_code == 3
    assert result.stderr.startswith("Traceback")
    assert result.stderr.endswith("AssertionError: a bug\n")


# --- Help -------------------------------------------------------------------------------------


def test_each_command_has_help_with_examples(run: Run) -> None:
    """Examples stand in lines of their own; the program alone prints its help."""
    assert run().stdout == run("--help").stdout
    assert run("-h").exit_code == 0
    for command in ([], *([name] for name in COMMANDS)):
        help_text = run(*command, "--help").stdout
        assert "\n  Examples:\n    standpunkt " in help_text
        assert max(map(len, help_text.splitlines())) <= 80
    assert {"ask", "query", "show", "format"} <= set(COMMANDS)


def test_each_command_is_listed_with_its_own_summary() -> None:
    """What is listed without importing a command is the first paragraph of its help."""
    for name, summary in cli._COMMANDS.items():  # noqa: SLF001  as above
        help_text = cli._load(name.rstrip("_")).help  # noqa: SLF001  as above
        assert " ".join(help_text.partition("\n\n")[0].split()) == summary


def test_every_module_of_a_command_is_listed() -> None:
    """A module with a function of its own name is a command, and is in the list."""
    for path in Path(cli.__file__).parent.glob("*.py"):
        is_command = f'"""`standpunkt {path.stem}`."""' in path.read_text(encoding="utf-8")
        assert (path.stem in COMMANDS) == is_command, path.stem


def test_the_version_is_that_of_the_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not installed has none."""
    monkeypatch.setattr("importlib.metadata.version", lambda _name: "1.2.3")
    assert run("--version").stdout == "standpunkt 1.2.3\n"

    def fail(_name: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr("importlib.metadata.version", fail)
    assert run("--version").stdout == "standpunkt in a folder that is not installed\n"


# --- Processes --------------------------------------------------------------------------------


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Give a way to start the program as a process of its own on the tiny dossier."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, stdout: int | IO[str] = subprocess.PIPE) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "standpunkt", *arguments]
        # A shell that starts something in the background has it ignore Ctrl-C, and a test with it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, text=True)
        signal.signal(signal.SIGINT, before)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        with process:  # closes its streams
            pass


Start = Callable[..., subprocess.Popen[str]]


@pytest.mark.parametrize(
    "arguments",
    [["query", "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", "--dossier", "."], ["--help"]],
)
def test_a_reader_may_go_away(start: Start, arguments: list[str]) -> None:
    """A closed pipe is no failure, and nothing is said of it."""
    process = start(*arguments)
    assert process.stdout
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr
    assert process.stderr.read() == ""
    assert process.wait() == 0


@pytest.mark.parametrize("arguments", [["ask", "--dossier", "."], ["--version"], ["--help"]])
def test_nobody_may_read_at_all(start: Start, arguments: list[str]) -> None:
    """A pipe that is closed from the start is no failure."""
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*arguments, stdout=writing)
    os.close(writing)
    assert process.communicate()[1] == ""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_named(start: Start) -> None:
    """What cannot be written to standard output is one line."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = start("ask", "--dossier", ".", stdout=full)
        _, error = process.communicate()
    assert error == "error: cannot write to standard output: No space left on device\n"
    assert process.returncode == 2


def feed(pipe: Path, text: str | None) -> None:
    """Wait until a process reads from a named pipe, and write to it, or only hold it open."""
    for _ in range(1000):
        try:
            writing = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
            break
        except OSError:
            time.sleep(0.02)
    if text is not None:
        os.write(writing, text.encode())
        os.close(writing)


@pytest.mark.parametrize("text", [None, RUNAWAY], ids=["reading", "asking"])
def test_ctrl_c_ends_at_once(start: Start, text: str | None) -> None:
    """An interruption exits with 130, without a traceback, and in the midst of a query as well."""
    pipe = Path("pipe.rq")
    os.mkfifo(pipe)
    process = start("query", str(pipe), "--dossier", ".")
    feed(pipe, text)
    time.sleep(1)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 130


def on_terminal(*arguments: str, **environment: str) -> str:
    """Run the program on a terminal of 60 columns and give what it shows there."""
    try:
        terminal, end = pty.openpty()
    except OSError:
        pytest.skip("there is no pseudo-terminal here")
    inherited = {name: os.environ[name] for name in os.environ if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-m", "standpunkt", *arguments, "--dossier", "."],
        stdout=end,
        env={**inherited, "TERM": "xterm", "COLUMNS": "60", **environment},
    )
    os.close(end)
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 10_000)
        except OSError:  # the other end is closed
            break
    os.close(terminal)
    assert process.wait() == 0
    return shown.decode().replace("\r\n", "\n")


def test_an_answer_on_a_terminal_is_a_table() -> None:
    """Heads are bold, unless NO_COLOR or the kind of terminal speak against it."""
    assert on_terminal("ask", "figures").startswith("\x1b[1mfigure  value")
    plain = on_terminal("ask", "figures", NO_COLOR="1")
    assert plain.splitlines()[0] == "figure  value  half of value"
    assert on_terminal("ask", "figures", TERM="dumb") == plain
    assert "\x1b[1mAda Brook\x1b[0m" in on_terminal("show", "ada-brook", "--asserted")
    assert "\x1b" not in on_terminal("ask", "figures", "--format", "csv")


def test_asking_loads_nothing_heavy(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer in a pipe pays for typer and pyoxigraph, and for no other big package."""
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")
    process = start("ask", "who-demands", "actor=ada-brook", "--dossier", ".")
    _, imports = process.communicate()
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in imports.splitlines()}
    assert {"typer", "pyoxigraph"} <= loaded
    heavy = {"hypothesis", "nmo_python", "owlrl", "pandas", "polars", "pydantic"}
    heavy |= {"pyshacl", "rdflib", "rich", "yaml"}
    assert loaded.isdisjoint(heavy)
    assert process.returncode == 0


# --- Completion -------------------------------------------------------------------------------


def offered(run: Run, *words: str) -> list[str]:
    """Give what bash is offered for the last word."""
    result = run(
        _STANDPUNKT_COMPLETE="complete_bash",
        COMP_WORDS="\n".join(("standpunkt", *words)),
        COMP_CWORD=str(len(words)),
    )
    return result.stdout.split()


@pytest.mark.parametrize(
    ("words", "offer"),
    [
        (["ask", ""], ["figures", "who-demands"]),
        (["ask", "who"], ["who-demands"]),
        (["ask", "who-demands", "p"], ["position="]),
        (["ask", "who-demands", "position", "=", "town-builds-bridge", "a"], ["actor="]),
        (["ask", "who-demands", "actor=b"], ["actor=ben-hill"]),
        (["ask", "who-demands", "actor", "=", "b"], ["ben-hill"]),
        (
            ["ask", "who-demands", "actor", "="],
            ["org-council", "ada-brook", "ben-hill", "person-council"],
        ),
        (["ask", "figures", "atLeast", "=", ""], []),
        (["ask", "figures", "--dossier", ".", "atLeast="], []),
        (["ask", "nothing", ""], []),
        (["ask", "--dossier", "missing", ""], []),
        (["ask", "--lang", ""], ["de", "en"]),
        (["ask", "--format", "j"], ["json", "jsonld"]),
        (["show", "person-a"], ["person-ada-brook"]),
        (["show", "--dossier", "missing", ""], []),
    ],
)
def test_the_shell_is_offered_what_there_is(run: Run, words: list[str], offer: list[str]) -> None:
    """Questions, parameters, values and nodes are completed, and faults are passed over."""
    assert offered(run, *words) == offer
