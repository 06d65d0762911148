"""Commands start as cheaply as `benchmarks/start.toml` has it.

Times are noise on a shared machine; modules and instructions can be counted. Both are compared with
an empty program of the same library, since Python's own modules are others in each version.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from benchmarks import start

PLACE = "benchmarks/start.toml"
BUDGET = tomllib.loads((start.HERE / "start.toml").read_text(encoding="utf-8"))
WAY_OUT = f"import less, or raise the number in {PLACE} and say in the commit what users get for it"
# Runs a program as `python PROGRAM ARGUMENTS` does, and writes at its end what it has imported.
LISTING = """
import atexit, pathlib, runpy, sys
program, listed = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: listed.write_text(" ".join(sys.modules)))
run = runpy.run_path if program.endswith(".py") else runpy.run_module
run(program, run_name="__main__")
"""


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Give an environment with bytecode of its own."""
    return start.environment(tmp_path_factory.mktemp("bytecode"))


@pytest.fixture
def imported(variables: Mapping[str, str], tmp_path: Path) -> Callable[..., set[str]]:
    """Give a way to run a program, which gives the names of the modules that it has imported."""

    def imported(*program: str) -> set[str]:
        listed = tmp_path / "modules.txt"
        name, *arguments = program
        command = [sys.executable, "-c", LISTING, name, str(listed), *arguments]
        subprocess.run(command, env=dict(variables), check=True, stdout=subprocess.DEVNULL)
        return set(listed.read_text().split())

    return imported


@pytest.mark.parametrize("command", ["ask", "validate"])
def test_a_command_imports_what_it_needs_alone(
    command: str, folder: Path, imported: Callable[..., set[str]]
) -> None:
    """No more modules than the budget has, and none of the packages that are named there."""
    asked = {"ask": ("ask", "who-advocates"), "validate": ("validate", "--dossier", str(folder))}
    modules = imported("standpunkt", *asked[command])
    own = modules - imported(*start.EMPTY)
    count, most = len(own), BUDGET["modules"][command]
    assert count <= most, f"{command} imports {count} modules: {sorted(own)}; {WAY_OUT}"
    needless = modules & set(BUDGET["never"][command])
    assert not needless, (
        f"{command} imports {needless}: import them in the functions that need them"
    )


def test_asking_takes_few_instructions(variables: Mapping[str, str]) -> None:
    """A question takes no larger part of an empty program's instructions than the budget has."""
    if shutil.which("valgrind") is None:
        pytest.skip("valgrind is missing, which counts instructions: sudo apt-get install valgrind")
    programs = start.EMPTY, ("-m", "standpunkt", "ask", "who-advocates")
    for program in programs:
        start.cost(program, variables)  # writes the bytecode
    empty, asked = (start.instructions(program, variables) for program in programs)
    ratio, most = asked / empty, BUDGET["instructions"]["ask"]
    assert ratio <= most, (
        f"ask takes {asked:,} instructions, {ratio:.2f} times an empty program's; {WAY_OUT}"
    )


def test_a_table_has_medians_and_ratios() -> None:
    """Ratios are to the first program, round by round."""
    taken = {
        "a": [start.Cost(0.1, 0.05), start.Cost(0.3, 0.05), start.Cost(0.2, 0.05)],
        "b": [start.Cost(0.2, 0.1), start.Cost(0.3, 0.1), start.Cost(0.4, 0.1)],
    }
    lines = start.table(taken, {"a": 2_000_000, "b": 3_000_000}).splitlines()
    assert lines[2] == "| a | 200 ms | 1.00 | 50 ms | 1.00 | 2 M | 1.00 |"
    assert lines[3] == "| b | 300 ms | 2.00 | 100 ms | 2.00 | 3 M | 1.50 |"
    assert start.table(taken, {}).splitlines()[3] == "| b | 300 ms | 2.00 | 100 ms | 2.00 |  |  |"


def test_a_program_that_fails_is_no_measurement(variables: Mapping[str, str]) -> None:
    """What ends at once with an error would be fast."""
    with pytest.raises(RuntimeError, match="ends with 3"):
        start.cost(("-c", "exit(3)"), variables)
