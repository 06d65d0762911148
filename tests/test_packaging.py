"""The wheel carries the dossier, an installed package needs nothing but what it declares.

A wheel, a wheel built from the sdist, an editable install and a bare checkout all find the same
dossier. The first three are laid out here without pip and index; one smoke test uses both.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("ontology", "graph", "shapes", "queries")
SHIPPED = "standpunkt/shipped/"
# What pip says, whatever it tries to reach, when there is no way to it.
NO_CONNECTION = ("connection broken by", "Failed to establish a new connection", "NameResolution")
SHOW_FOLDER = "from standpunkt.dossier import Dossier; print(Dossier.shipped().folder)"


@dataclass
class Environment:
    """A virtual environment, and a folder elsewhere to work in."""

    prefix: Path
    elsewhere: Path

    @property
    def site_packages(self) -> Path:
        """Give the folder that packages are installed into."""
        variables = {"base": str(self.prefix), "platbase": str(self.prefix)}
        return Path(sysconfig.get_path("purelib", "venv", variables))

    def script(self, name: str) -> Path:
        """Give the path of an installed command."""
        variables = {"base": str(self.prefix), "platbase": str(self.prefix)}
        return Path(sysconfig.get_path("scripts", "venv", variables)) / name

    def run(self, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an installed command from the folder elsewhere, in a terminal's absence."""
        return subprocess.run(
            [self.script(command), *arguments],
            cwd=self.elsewhere,
            env=clean(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )


def clean(variables: "os._Environ[str]") -> dict[str, str]:
    """Give environment variables without those that lead Python to other packages."""
    return {name: value for name, value in variables.items() if not name.startswith("PYTHON")}


def hatchling(*arguments: str, folder: Path) -> None:
    """Build from a folder's pyproject.toml."""
    pytest.importorskip("hatchling", reason="hatchling is missing: install the extra 'test'")
    subprocess.run([sys.executable, "-m", "hatchling", "build", *arguments], cwd=folder, check=True)


def checkout() -> dict[str, bytes]:
    """Give the files of the checkout's dossier: path below its folder, content."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for part in PARTS
        for path in (ROOT / part).rglob("*")
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith("~")
    }


def shipped(wheel: Path) -> dict[str, bytes]:
    """Give the files of a wheel's dossier: path below its folder, content."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name.removeprefix(SHIPPED): archive.read(name)
            for name in archive.namelist()
            if name.startswith(SHIPPED)
        }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    hatchling("-t", "wheel", "-d", str(folder), folder=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel_from_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist from the checkout, and the wheel from the sdist alone."""
    folder = tmp_path_factory.mktemp("sdist")
    hatchling("-t", "sdist", "-d", str(folder), folder=ROOT)
    # Called as a command: what `extractall` takes and warns of differs from Python to Python.
    sdist = next(folder.glob("*.tar.gz"))
    subprocess.run([sys.executable, "-m", "tarfile", "-e", sdist, folder], check=True)
    source = next(path for path in folder.iterdir() if path.is_dir())
    hatchling("-t", "wheel", "-d", str(folder), folder=source)
    return next(folder.glob("*.whl"))


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Make a virtual environment that sees the installed packages of this one but standpunkt.

    Python reads no `.pth` file in a folder that a `.pth` file names, so that an editable install
    here does not show there; what is unpacked there comes before what is installed here.
    """
    prefix, elsewhere = tmp_path / "environment", tmp_path / "elsewhere"
    elsewhere.mkdir()
    venv.create(prefix, symlinks=os.name != "nt")
    made = Environment(prefix, elsewhere)
    installed = sysconfig.get_path("purelib")
    (made.site_packages / "here.pth").write_text(installed, encoding="utf-8")
    return made


def test_the_wheel_ships_the_dossier(wheel: Path) -> None:
    """A wheel's dossier is the checkout's, file for file."""
    assert shipped(wheel) == checkout()


def test_the_wheel_from_the_sdist_is_the_wheel(wheel: Path, wheel_from_sdist: Path) -> None:
    """An sdist lacks nothing that the wheel has: both ways lead to the same files."""
    with zipfile.ZipFile(wheel) as direct, zipfile.ZipFile(wheel_from_sdist) as detour:
        assert {name: detour.read(name) for name in detour.namelist()} == {
            name: direct.read(name) for name in direct.namelist()
        }


def test_the_wheel_carries_types_and_licences(wheel: Path) -> None:
    """Type checkers find `py.typed`, and both licences travel with what they cover."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "standpunkt/py.typed" in names
    assert {"LICENSE", "LICENSE-DATA"} <= {Path(name).name for name in names}


def test_an_unpacked_wheel_finds_its_dossier(wheel: Path, environment: Environment) -> None:
    """In a wheel the dossier is the one inside the package."""
    shutil.unpack_archive(wheel, environment.site_packages, "zip")
    result = environment.run("python", "-c", SHOW_FOLDER)
    assert result.stdout.strip() == str(environment.site_packages / SHIPPED), result.stderr


def test_an_editable_install_finds_the_checkout(environment: Environment) -> None:
    """In an editable install the dossier is the checkout's own, and no copy lies about."""
    build = pytest.importorskip("hatchling.build", reason="hatchling is missing: extra 'test'")
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        name = build.build_editable(str(environment.elsewhere))
    finally:
        os.chdir(before)
    shutil.unpack_archive(environment.elsewhere / name, environment.site_packages, "zip")
    result = environment.run("python", "-c", SHOW_FOLDER)
    assert result.stdout.strip() == str(ROOT), result.stderr
    assert not list(environment.site_packages.rglob("*.ttl"))


def test_a_bare_checkout_finds_its_dossier(tmp_path: Path) -> None:
    """Without any install, `PYTHONPATH=src` is enough."""
    result = subprocess.run(
        [sys.executable, "-c", SHOW_FOLDER],
        cwd=tmp_path,
        env={**clean(os.environ), "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.strip() == str(ROOT), result.stderr


def test_the_wheel_works_without_extras(wheel: Path, tmp_path: Path) -> None:
    """Installed by pip into an empty environment, the command answers from any folder.

    What it imports is then what it declares, and nothing of what the tests need.
    """
    environment = Environment(tmp_path / "environment", tmp_path / "elsewhere")
    environment.elsewhere.mkdir()
    venv.create(environment.prefix, with_pip=True, symlinks=os.name != "nt")
    installed = environment.run("python", "-m", "pip", "install", "--retries", "1", str(wheel))
    output = installed.stdout + installed.stderr
    if installed.returncode and any(sign in output for sign in NO_CONNECTION):
        pytest.skip("pip cannot reach a package index")
    assert installed.returncode == 0, output

    listing = environment.run("standpunkt", "ask")
    assert listing.returncode == 0, listing.stderr
    for question in (ROOT / "queries").glob("*.rq"):
        assert question.stem in listing.stdout
    answer = environment.run("standpunkt", "ask", "who-advocates", "--format", "csv")
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.splitlines()) > 1
    report = environment.run("standpunkt", "validate")
    assert report.returncode == 0, report.stdout + report.stderr
