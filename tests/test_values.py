"""Values that pydantic does not see are what it would have made of them."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from standpunkt import cli
from standpunkt.cli.values import spare

GROUP: Any = get_command(cli.app)
COMMANDS = {name: cli._load(name) for name in GROUP.commands}  # noqa: SLF001  the slow way is hidden
TYPED = ["", "a", " a ", "1", "0.05", "1.5", "yes", "true", "-", "~", "ä\udcff", "/", "/etc/passwd"]


def outcome(param: Any, value: object) -> object:  # noqa: ANN401  Typer does not export its class
    """Give what a parameter makes of a value, or what it says of it."""
    context = typer.Context(GROUP)
    try:
        return param.get_runtime_param().coerce(value, param=param, ctx=context)
    except typer.BadParameter as error:
        return type(error), error.format_message()


@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_values_are_what_pydantic_makes_of_them(name: str) -> None:
    """For each parameter of each command, every value comes out as it does with the check."""
    command = COMMANDS.get(name, GROUP)
    for param in command.params:
        several = param.multiple or param.nargs == -1
        values: list[object] = [None, param.default, *TYPED]
        values += [(), *((each,) for each in TYPED), ("a", "b")] if several else []
        before = [outcome(param, value) for value in values]
        spare([param])
        after = [outcome(param, value) for value in values]
        assert after == before, param.name
        assert [type(value) for value in after] == [type(value) for value in before], param.name


def test_a_path_that_cannot_be_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also without pydantic's check, a path that is there has to be readable."""
    monkeypatch.setattr("os.access", lambda *_: False)
    (param,) = (each for each in COMMANDS["ask"].params if each.name == "store")
    spare([param])
    assert isinstance(outcome(param, str(tmp_path)), tuple)
    assert outcome(param, str(tmp_path / "none")) == tmp_path / "none"


def test_a_question_with_a_value_needs_no_pydantic() -> None:
    """Asking with a name, a parameter, a text and a path imports no pydantic."""
    program = """
import sys
from standpunkt.cli import app
try:
    app(["ask", "who-advocates", "position=us-leaves-un", "--lang", "de", "--output", "-"])
except SystemExit as end:
    assert not end.code
assert "pydantic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
