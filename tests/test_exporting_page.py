"""What docs/exporting.md shows is what a reader gets.

Each `console` block is typed again in a shell in an empty folder, and its output compared. After a
change that is meant, `python tests/test_exporting_page.py` writes the outputs anew.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from consoles import CONSOLE, PYTHON, ROOT

PAGE = ROOT / "docs" / "exporting.md"
SHELL = shutil.which("sh")


def retyped(block: str, folder: Path) -> str:
    """Run the commands of a block again and give it with the outputs of now."""
    program = folder / ".bin" / "standpunkt"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m standpunkt "$@"\n')
    program.chmod(0o755)
    environment = {
        **{name: value for name, value in os.environ.items() if name != "STANDPUNKT_LANG"},
        "LC_ALL": "C.UTF-8",
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    outputs = [
        subprocess.run(
            [str(SHELL), "-c", command[2:]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        ).stdout
        for command in commands
    ]
    return "".join(f"{line}\n{text}" for line, text in zip(commands, outputs, strict=True))


@pytest.mark.skipif(SHELL is None or os.name != "posix", reason="shells are a thing of Unix")
@pytest.mark.parametrize("block", CONSOLE.findall(PAGE.read_text("utf-8")))
def test_console_blocks_show_the_real_output(block: str, tmp_path: Path) -> None:
    """A reader who types the commands sees what the page shows."""
    assert block == retyped(block, tmp_path), "run: python tests/test_exporting_page.py"


@pytest.mark.parametrize("block", PYTHON.findall(PAGE.read_text("utf-8")))
def test_python_blocks_run(block: str) -> None:
    """The Python of the page runs as it stands."""
    pytest.importorskip("pandas", reason="pandas is missing: install the extra 'frames'")
    exec(compile(block, "exporting.md", "exec"), {})  # noqa: S102  it is our own text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        text = PAGE.read_text("utf-8")
        anew = CONSOLE.sub(lambda block: retyped(block[0], Path(name)), text)
        PAGE.write_text(anew, "utf-8", newline="")
