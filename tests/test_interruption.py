"""Ctrl-C in the midst of work: it ends at once, and leaves everything as it was."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import cuts
from benchmarks.corpus import Corpus

if not hasattr(os, "killpg"):
    pytest.skip("Windows has no groups of processes", allow_module_level=True)

# Work has begun when a function is called: the program then says so, and is interrupted.
PROGRAM = """
import sys
from importlib import import_module
from standpunkt.cli import app
place, _, name = sys.argv.pop(1).rpartition(".")
module = import_module("standpunkt." + place)
function = getattr(module, name)
def telling(*arguments, **options):
    if getattr(module, name) is telling:
        setattr(module, name, function)
        print("begun", flush=True)
    return function(*arguments, **options)
setattr(module, name, telling)
app(prog_name="standpunkt")
"""
# A chain of a transitive property, over which Nemo takes a minute.
LONG = """
from standpunkt import deduction
deduction._MANY = 0
p, t = "<https://example.org/p>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
lines = [f"<https://example.org/{n}> {p} <https://example.org/{n + 1}> ." for n in range(600)]
lines.append(f"{p} {t} <http://www.w3.org/2002/07/owl#TransitiveProperty> .")
deduction.consequences([lines])
"""
STATEMENTS = 3_000
# Longer than a user would be asked to wait, because tests run beside each other.
PATIENCE = 10.0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a dossier whose files take seconds to check, and are not in the house layout."""
    folder = tmp_path_factory.mktemp("corpora") / "corpus"
    Corpus(STATEMENTS).write(folder)
    for path in folder.glob("graph/*.ttl"):
        path.write_text(path.read_text(encoding="utf-8") + "# a comment\n", encoding="utf-8")
    return folder


@pytest.fixture
def deaf() -> Iterator[str]:
    """Give the address of a server that never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def state(*folders: Path) -> dict[Path, bytes | None]:
    """Give all that stands in some folders."""
    return {
        path: path.read_bytes() if path.is_file() else None
        for folder in folders
        for path in folder.rglob("*")
    }


def interrupted(  # noqa: PLR0913  each is another thing
    command: list[str],
    corpus: Path,
    place: Path,
    *,
    begins: str,
    after: float = 0.1,
    send: Callable[[int, int], None] = os.killpg,
) -> None:
    """Interrupt a command some seconds after it has begun, and hold it to what must be."""
    (place / "temporary").mkdir()
    (place / "work").mkdir()
    (place / "work" / "out.ttl").write_text("# as it was\n", encoding="utf-8")
    before = state(place, corpus)
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", PROGRAM, begins),
            *(*command, "--dossier", str(corpus)),
        ],
        cwd=place / "work",
        env={**os.environ, "PYTHONPATH": cuts.SOURCES, "TMPDIR": str(place / "temporary")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    assert process.stdout
    first = process.stdout.readline()
    assert first == "begun\n", process.communicate()
    time.sleep(after)
    assert process.poll() is None, process.communicate()
    send(process.pid, signal.SIGINT)
    try:
        shown = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert shown == ("", "")
    assert process.returncode == 130
    assert state(place, corpus) == before


@pytest.fixture(autouse=True)
def attentive() -> Iterator[None]:
    """Let processes heed Ctrl-C, also where a shell has started the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("send", [os.kill, os.killpg])
def test_format_writes_nothing(
    corpus: Path, tmp_path: Path, send: Callable[[int, int], None]
) -> None:
    """No file is in the new layout while others are not; a terminal signals the whole group."""
    interrupted(["format"], corpus, tmp_path, begins="turtle.house", send=send)


@pytest.mark.parametrize("engine", ["pyshacl", "shacl", "turbo"])
def test_validate_ends_in_its_engine(corpus: Path, tmp_path: Path, engine: str) -> None:
    """Engines in native code know no signal."""
    begins = "shacl.report"
    if engine != "pyshacl":
        from standpunkt import compiled

        pytest.importorskip(compiled.ENGINES[engine], reason=f"needs the extra 'fast': {engine}")
        begins = "compiled.judge"
    command = ["validate", "--engine", engine, "--output", "report.json"]
    interrupted(command, corpus, tmp_path, begins=begins)


def is_about(command: Path, place: Path) -> bool:
    """Say whether a process, by the file of its command in /proc, works in a folder."""
    with suppress(OSError):  # it has ended
        return os.fsencode(place) in command.read_bytes()
    return False


@pytest.mark.parametrize("send", [os.kill, os.killpg])
@pytest.mark.parametrize("reasoner", ["owlrl", "nemo"])
def test_infer_leaves_the_output(
    corpus: Path, tmp_path: Path, reasoner: str, send: Callable[[int, int], None]
) -> None:
    """What stands in the file stays, and Nemo's process and its folder for its facts go."""
    begins = "inference.close"
    if reasoner == "nemo":
        pytest.importorskip("nmo_python", reason="needs the extra 'proof'")
        begins = "deduction._alone"
    command = ["infer", "--reasoner", reasoner, "--output", "out.ttl"]
    interrupted(command, corpus, tmp_path, begins=begins, send=send)
    named = [path for path in Path("/proc").glob("[0-9]*/cmdline") if is_about(path, tmp_path)]
    assert not named


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, which ends it")
@pytest.mark.parametrize("after", [0, 0.5])
def test_nemo_ends_with_a_program_that_is_killed(tmp_path: Path, after: float) -> None:
    """The process that Nemo has for itself does not work on for nobody."""
    pytest.importorskip("nmo_python", reason="needs the extra 'proof'")
    process = subprocess.Popen(
        [sys.executable, "-c", LONG],
        env={**os.environ, "PYTHONPATH": cuts.SOURCES, "TMPDIR": str(tmp_path)},
    )

    def named() -> bool:
        return any(is_about(path, tmp_path) for path in Path("/proc").glob("[0-9]*/cmdline"))

    begun = time.monotonic()
    while not named():
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)
    time.sleep(after)
    process.kill()
    process.wait()
    begun = time.monotonic()
    while named():
        assert time.monotonic() - begun < PATIENCE
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("form", "begins"),
    [("turtle", "layout.lay_out"), ("ntriples", "serialisation.sorted_lines")],
)
def test_export_leaves_the_output(corpus: Path, tmp_path: Path, form: str, begins: str) -> None:
    """What stands in the file stays, and no file is left where lines were sorted."""
    command = ["export", "--format", form, "--output", "out.ttl"]
    interrupted(command, corpus, tmp_path, begins=begins)


def test_a_load_leaves_no_store(corpus: Path, tmp_path: Path) -> None:
    """A folder that the load has made is not there any more."""
    command = ["load", "store", "--no-inferred"]
    interrupted(command, corpus, tmp_path, begins="embedded._pieces", after=0)


def test_a_site_leaves_no_stage(corpus: Path, tmp_path: Path) -> None:
    """The folder beside the site, into which pages are written, is not there any more."""
    pytest.importorskip("starlette", reason="needs the extra 'serve'")
    pytest.importorskip("jinja2", reason="needs the extra 'serve'")
    command = ["site", "public"]
    interrupted(command, corpus, tmp_path, begins="web.folder_swap._former")


def test_diff_ends(corpus: Path, tmp_path: Path) -> None:
    """Two dossiers are compared in a thread."""
    command = ["diff", str(corpus), "--asserted"]
    interrupted(command, corpus, tmp_path, begins="diff.compare")


def test_a_hanging_server_is_not_waited_for(folder: Path, tmp_path: Path, deaf: str) -> None:
    """Ctrl-C ends a question that nobody answers."""
    pytest.importorskip("httpx2", reason="needs the extra 'remote'")
    place = tmp_path / "place"
    place.mkdir()
    command = ["ask", "who-demands", "--endpoint", deaf]
    interrupted(command, folder, place, begins="queries.stream")
