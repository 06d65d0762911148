"""Pages with commands: each `console` block is typed again, on a terminal of 100 columns."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COLUMNS = 100
PYTHON = re.compile(r"(?<=```python\n).*?(?=```)", re.DOTALL)
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def terminal() -> tuple[int, int]:
    """Open a pseudo-terminal: the side that shows, and that of a program; skips without any."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of Unix")
    try:
        screen, end = pty.openpty()
    except OSError:
        pytest.skip("there is no pseudo-terminal here")
    return screen, end


def shown(screen: int) -> str:
    """Read what a terminal shows until its last program is gone, and close it."""
    read = b""
    try:
        while chunk := os.read(screen, 65536):
            read += chunk
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(screen)
    return read.decode("utf-8")


def output(command: str, folder: Path = ROOT) -> str:
    """Run a command of ours on a terminal in a folder and give what that shows."""
    screen, end = terminal()
    fcntl = pytest.importorskip("fcntl", reason="pseudo-terminals are a thing of Unix")
    import struct
    import termios

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
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
    )
    os.close(end)
    text = shown(screen)
    process.wait()
    # On a slow machine there is a line of progress, which is overwritten.
    return re.sub(r"[^\n]*\r", "", text.replace("\r\n", "\n"))


def retyped(block: str, folder: Path = ROOT) -> str:
    """Run the commands of a block again in a folder and give it with the outputs of now."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{output(line[2:], folder)}" for line in commands)
