"""The modules stand in layers, are small, and load nothing heavy before it is needed."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from standpunkt import errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "standpunkt"
MODULES = sorted(PACKAGE.rglob("*.py"))
# Names under which anything can be put, and so everything is.
DRAWERS = {"base", "common", "core", "helper", "helpers", "misc", "shared", "util", "utils"}
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TIDY_IMPORTS = PYPROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]
HEAVY = set(TIDY_IMPORTS["banned-module-level-imports"])
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

every_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix()
)


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter with the project's contract on the package in a folder `source`."""
    pytest.importorskip("importlinter", reason="import-linter is missing: install the extra 'test'")
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            f"--config={ROOT / 'pyproject.toml'}",
            "--no-cache",
        ],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


def module_level_imports(tree: ast.Module) -> Iterator[str]:
    """Give the top-level packages that a module imports while it is itself imported.

    Looks into `if`, `try`, `with` and class bodies, which run at import, but not into functions,
    and not into `if TYPE_CHECKING:`, which only type checkers read.
    """
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.If) and ast.unparse(node.test) in {
            "TYPE_CHECKING",
            "typing.TYPE_CHECKING",
        }:
            pending.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            pending.extend(ast.iter_child_nodes(node))


def test_no_import_points_up_or_sideways() -> None:
    """Each module imports from layers below its own only, and each module has a layer."""
    result = lint_imports(PACKAGE.parent)
    assert result.returncode == 0, result.stdout + result.stderr


def test_an_import_that_points_up_is_found(tmp_path: Path) -> None:
    """The contract breaks when the lowest layer imports the highest."""
    shutil.copytree(PACKAGE, tmp_path / "standpunkt")
    with (tmp_path / "standpunkt" / "errors.py").open("a", encoding="utf-8") as module:
        module.write("\nimport standpunkt.cli\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert "standpunkt.errors -> standpunkt.cli" in result.stdout


def test_a_module_without_a_layer_is_found(tmp_path: Path) -> None:
    """The contract breaks when a module stands in no layer."""
    shutil.copytree(PACKAGE, tmp_path / "standpunkt")
    (tmp_path / "standpunkt" / "stray.py").touch()
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert "stray" in result.stdout


@every_module
def test_heavy_packages_are_imported_inside_functions(path: Path) -> None:
    """No module pays for rdflib, pySHACL, owlrl, Nemo, rich, pandas or polars at its import."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert HEAVY.isdisjoint(module_level_imports(tree))


def test_module_level_imports_are_told_from_lazy_ones() -> None:
    """What runs at import counts, also inside `try`; what stands in a function does not."""
    tree = ast.parse(
        "import a.b\n"
        "from c.d import e\n"
        "from . import f\n"
        "try:\n    import g\nexcept ImportError:\n    import h\n"
        "if TYPE_CHECKING:\n    import i\nelse:\n    import j\n"
        "class K:\n    import l\n    def m(self):\n        import n\n"
        "def o():\n    import p\n"
    )
    assert set(module_level_imports(tree)) == {"a", "c", "g", "h", "j", "l"}


def test_the_drawing_shows_the_contract() -> None:
    """docs/architecture.md draws the layers that are checked, in their order."""
    drawing = PAGE.partition("```text\n")[2].partition("```")[0].splitlines()
    # Three spaces part the modules of a layer from what is said about them.
    drawn = [re.split(r"\s{3,}", line.strip())[0] for line in drawing]
    assert drawn == PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]


def test_the_page_names_every_dependency() -> None:
    """docs/architecture.md gives each run-time dependency, also the optional ones, a reason."""
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    optional = chain.from_iterable(extras[name] for name in ("proof", "frames", "remote", "serve"))
    for requirement in (*project["dependencies"], *optional):
        name = re.split(r"[<>=\[; ]", requirement)[0]
        assert f"`{name}`" in PAGE, f"docs/architecture.md has no row for {name}"


def test_the_page_names_every_error() -> None:
    """docs/architecture.md says of each error class what was wrong."""
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.StandpunktError):
            assert f"`{error.__name__}`" in PAGE, f"docs/architecture.md lacks {error.__name__}"


@every_module
def test_a_module_is_one_small_documented_idea(path: Path) -> None:
    """A module says what it is in a docstring, is named for it, and has 300 lines at most."""
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "has no docstring"
    assert len(text.splitlines()) <= 300, "is two ideas: split it"
    assert path.stem.strip("_") not in DRAWERS, "is named for nothing in particular"
