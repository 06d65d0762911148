"""What README.md shows is what a reader gets.

Each `console` block is typed again on a terminal of 100 columns, and its output compared. After a
change that is meant, `python tests/test_readme.py` writes the outputs anew.
"""

import pytest

from consoles import CONSOLE, PYTHON, ROOT, retyped
from picture import PICTURE

README = ROOT / "README.md"


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


def test_the_picture_of_the_explorer_is_small() -> None:
    """The README shows what `python tests/picture.py` takes, and a phone loads it at once."""
    assert f"]({PICTURE.relative_to(ROOT).as_posix()})" in README.read_text("utf-8")
    assert PICTURE.stat().st_size < 250_000


if __name__ == "__main__":
    text = README.read_text("utf-8")
    README.write_text(CONSOLE.sub(lambda block: retyped(block[0]), text), "utf-8", newline="")
