"""What README.md shows is what a reader gets.

Each `console` block is typed again on a terminal of 100 columns, and its output compared. After a
change that is meant, `python tests/test_readme.py` writes the outputs anew.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COLUMNS = 100
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
PYTHON = re.compile(r"(?<=```python\n).*?(?=```)", re.DOTALL)


def output(command: str) -> str:
    """Run a command of ours on a terminal and give what that shows."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")
    fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are a thing of Unix")
    import struct
    import termios

    try:
        terminal, end = pty.openpty()
    except OSError:
        pytest.skip("there is no pseudo-terminal here")
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    name, *arguments = shlex.split(command)
    assert name == "standpunkt"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "STANDPUNKT_LANG"},
        "COLUMNS": str(COLUMNS),
        "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT / "src"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "standpunkt", *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
    )
    os.close(end)
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(terminal)
    process.wait()
    return shown.decode("utf-8").replace("\r\n", "\n")


def retyped(block: str) -> str:
    """Run the commands of a block again and give it with the outputs of now."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{output(line[2:])}" for line in commands)


@pytest.mark.parametrize("block", CONSOLE.findall(README.read_text("utf-8")))
def test_console_blocks_show_the_real_output(block: str) -> None:
    """A reader who types the command sees what the README shows."""
    if "├─" in block:
        pytest.importorskip("nmo_python", reason="needs Nemo: pip install -e '.[proof]'")
    assert block == retyped(block), "run: python tests/test_readme.py"


@pytest.mark.parametrize("block", PYTHON.findall(README.read_text("utf-8")))
def test_python_blocks_run(block: str) -> None:
    """The Python of the README runs as it stands."""
    exec(compile(block, "README.md", "exec"), {})  # noqa: S102  it is our own text


if __name__ == "__main__":
    text = README.read_text("utf-8")
    README.write_text(CONSOLE.sub(lambda block: retyped(block[0]), text), "utf-8", newline="")
