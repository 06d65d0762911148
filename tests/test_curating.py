"""What docs/curating.md shows is what a curator gets, step by step, from the article to the change.

The page is worked through from top to bottom in a repository of its own: `sh` blocks are run,
`console` blocks typed and compared, `turtle` blocks added to the facts, and `diff` blocks applied
to them. After a change that is meant, `python tests/test_curating.py` writes the outputs anew.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from consoles import ROOT, retyped

PAGE = ROOT / "docs" / "curating.md"
EXAMPLE = ROOT / "docs" / "curating"
FACTS = Path("ferry", "graph", "articles.ttl")
BLOCK = re.compile(r"(?<=^```)(sh|console|turtle|diff)\n(.*?)(?=^```)", re.DOTALL | re.MULTILINE)


def worked_through(page: str, folder: Path) -> str:
    """Do what a page says in a folder, and give the page with the outputs of now."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for part in ("ontology", "shapes", "queries", "docs/curating"):
        shutil.copytree(ROOT / part, folder / part)
    shell("git init -q -b main && git add . && git commit -qm start", folder)

    def done(block: re.Match[str]) -> str:
        kind, text = block.groups()
        if kind == "console":
            return f"{kind}\n{retyped(text, folder)}"
        if kind == "sh":
            shell(text, folder)
        elif kind == "turtle":
            with (folder / FACTS).open("a", encoding="utf-8", newline="") as file:
                file.write(f"\n{text}")
        else:
            patch(text, folder / FACTS)
        return block[0]

    return BLOCK.sub(done, page)


def shell(commands: str, folder: Path) -> None:
    """Run commands as somebody whose git has no settings."""
    somebody = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "A"), ("EMAIL", "a@example.org"))
    }
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(
        ["sh", "-euc", commands],  # noqa: S607  the one on the path
        cwd=folder,
        env={**os.environ, **somebody, **nothing},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def patch(change: str, path: Path) -> None:
    """Replace lines of a file: ` ` stands before those that stay, `-` before old ones, `+` new."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"these lines do not stand once in the facts:\n{old}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


def test_the_page_shows_what_a_curator_gets(tmp_path: Path) -> None:
    """Each output is the real one, and in the end the facts are those in docs/curating/."""
    page = PAGE.read_text("utf-8")
    assert worked_through(page, tmp_path) == page, "run: python tests/test_curating.py"
    facts = (tmp_path / FACTS).read_text("utf-8")
    assert facts == (EXAMPLE / "articles.ttl").read_text("utf-8")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        text = worked_through(PAGE.read_text("utf-8"), Path(folder))
        PAGE.write_text(text, "utf-8", newline="")
        shutil.copy(Path(folder) / FACTS, EXAMPLE / "articles.ttl")
    sys.stderr.write(f"wrote {PAGE}\n")
