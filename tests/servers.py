"""Real triple stores for the tests: each on a free port of the loopback, in a folder of its own.

| kind                 | program             | first answer | default graph      | password    |
| -------------------- | ------------------- | ------------ | ------------------ | ----------- |
| `oxigraph`           | `oxigraph serve`    | 0.05 s       | a graph of its own | nothing     |
| `oxigraph-read-only` | `oxigraph serve-…`  | 0.05 s       | a graph of its own | nothing     |
| `fuseki`             | Jena Fuseki, TDB2   | 1.5 s        | a graph of its own | nothing     |
| `fuseki-basic`       | the same            | 1.5 s        | a graph of its own | Basic       |
| `fuseki-read-only`   | the same            | 1.5 s        | a graph of its own | nothing     |
| `rdf4j`              | RDF4J, native store | 2 s          | all graphs         | nothing     |
| `virtuoso`           | Virtuoso            | 3 s          | all graphs         | to write    |
| `virtuoso-digest`    | the same            | 3 s          | all graphs         | Digest      |

Virtuoso has no graph without a name; in RDF4J and Virtuoso a triple that two graphs state counts
twice. `stores/install` installs them all; the tests of what is missing are skipped.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

import pyoxigraph
import pytest

JARS = Path(os.environ.get("STANDPUNKT_STORES") or Path.home() / ".cache/standpunkt/stores")
_ATTEMPTS = 3
_PATIENCE = 60.0
_HEAP = "-Xmx512m"


class Server(ABC):
    """A triple store that runs until it is stopped.

    `query_url`, `update_url` and `gsp_url` are its three services (SPARQL 1.1 Protocol and Graph
    Store Protocol); `user` and `password` are set where any of them asks for it, and `digest`
    tells that it asks by Digest. `is_union` tells that queries without a graph see all graphs,
    and `log` is what the program wrote.
    """

    name: ClassVar[str]
    is_union: ClassVar[bool] = False
    is_read_only: ClassVar[bool] = False
    digest: ClassVar[bool] = False
    user: str | None = None
    password: str | None = None

    def __init__(self, folder: Path) -> None:
        """Start it with its data in a folder; returns when it answers."""
        self.check()
        self.folder = folder
        self.log = folder / "log.txt"
        self.data = folder / "data"
        self.data.mkdir(parents=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._open(_ATTEMPTS)
        self.prepare()

    @classmethod
    @abstractmethod
    def check(cls) -> None:
        """Skip the test where the program is not installed."""

    @abstractmethod
    def command(self) -> list[str]:
        """Give the command line that runs it on `port` with its data in `data`."""

    @property
    @abstractmethod
    def query_url(self) -> str:
        """Give the address that takes queries."""

    @property
    @abstractmethod
    def update_url(self) -> str:
        """Give the address that takes updates."""

    @property
    @abstractmethod
    def gsp_url(self) -> str:
        """Give the address that takes graphs, without `?graph=` or `?default`."""

    @property
    def ready_url(self) -> str:
        """Give an address that answers when the program is up."""
        return f"{self.query_url}?{urlencode({'query': 'ASK {}'})}"

    @property
    def url(self) -> str:
        """Give the address of the program as a whole."""
        return f"http://127.0.0.1:{self.port}"

    def initialise(self) -> None:  # noqa: B027  most need nothing
        """Make what has to be there before the first start."""

    def prepare(self) -> None:  # noqa: B027  the same
        """Make what has to be there before the first request."""

    def stop(self) -> None:
        """Ask it to end, and end it where it does not listen."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Start it again, at the same address and with the same data."""
        self.stop()
        self._run()

    def put(self, graph: str, turtle: str) -> int:
        """Replace a graph by the Graph Store Protocol, and give the status."""
        return self.send(
            "PUT", f"{self.gsp_url}?{urlencode({'graph': graph})}", turtle, "text/turtle"
        )[0]

    def query(self, text: str, accept: str, **parameters: str | list[str]) -> str:
        """Run a query by POST and give the body of the answer; parameters are the protocol's."""
        form = urlencode({"query": text, **parameters}, doseq=True)
        return self.send(
            "POST", self.query_url, form, "application/x-www-form-urlencoded", accept=accept
        )[1]

    def ask(self, text: str) -> bool:
        """Give the verdict of an ASK."""
        body = self.query(text, "application/sparql-results+json")
        verdict = pyoxigraph.parse_query_results(body, pyoxigraph.QueryResultsFormat.JSON)
        return bool(verdict)

    def send(
        self, method: str, url: str, body: str, content_type: str, accept: str = "*/*"
    ) -> tuple[int, str]:
        """Send a request with its password, and give status and text; raises `HTTPError`."""
        request = Request(  # noqa: S310  the address is ours
            url,
            body.encode(),
            {"Content-Type": content_type, "Accept": accept},
            method=method,
        )
        with self._opener().open(request, timeout=_PATIENCE) as response:
            return response.status, response.read().decode()

    def _opener(self) -> OpenerDirector:
        passwords = HTTPPasswordMgrWithDefaultRealm()
        if self.user and self.password:
            passwords.add_password(None, self.url, self.user, self.password)
        by = HTTPDigestAuthHandler if self.digest else HTTPBasicAuthHandler
        return build_opener(ProxyHandler({}), by(passwords))

    def _open(self, attempts: int) -> None:
        """Start on a free port; where somebody else takes it at that moment, on the next one."""
        self.port = free_port()
        self.initialise()
        try:
            self._run()
        except RuntimeError:
            if attempts == 1:
                raise
            shutil.rmtree(self.data)
            self.data.mkdir()
            self._open(attempts - 1)

    def _run(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_dies_with_us(), *self.command()],
                cwd=self.data,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait(self._process)
        except BaseException:
            self.kill()
            raise

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _PATIENCE
        while not self._is_up():
            if process.poll() is not None or time.monotonic() > deadline:
                state = "slow" if process.returncode is None else f"gone ({process.returncode})"
                log = self.log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"{self.name} is {state}; the end of its log:\n{log[-2000:]}")
            time.sleep(0.05)

    def _is_up(self) -> bool:
        try:
            build_opener(ProxyHandler({})).open(self.ready_url, timeout=_PATIENCE).close()
        except HTTPError as error:
            error.close()
            return error.code == 401
        except (URLError, OSError):
            return False
        return True

    def _end(self, signal_: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _signal(process, signal_)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()


class Oxigraph(Server):
    """`oxigraph serve` of the PyPI package `oxigraph`."""

    name = "oxigraph"
    _verb = "serve"

    @classmethod
    def check(cls) -> None:
        """Need the program beside this Python."""
        if not cls._program().exists():
            pytest.skip("oxigraph is missing: install the extra 'oracles'")

    @staticmethod
    def _program() -> Path:
        return Path(sys.executable).parent / "oxigraph"

    def initialise(self) -> None:
        """Make the store, because reading alone makes none."""
        pyoxigraph.Store(self.data).flush()

    def command(self) -> list[str]:
        """Serve a folder."""
        bind = f"127.0.0.1:{self.port}"
        return [str(self._program()), self._verb, "-l", str(self.data), "-b", bind]

    @property
    def query_url(self) -> str:
        """Queries."""
        return f"{self.url}/query"

    @property
    def update_url(self) -> str:
        """Updates."""
        return f"{self.url}/update"

    @property
    def gsp_url(self) -> str:
        """Graphs."""
        return f"{self.url}/store"


class OxigraphReadOnly(Oxigraph):
    """It refuses to write with 403."""

    name = "oxigraph-read-only"
    is_read_only = True
    _verb = "serve-read-only"


class Fuseki(Server):
    """Apache Jena Fuseki with a TDB2 database."""

    name = "fuseki"
    _options: tuple[str, ...] = ("--update",)

    @classmethod
    def check(cls) -> None:
        """Need Java and the jar."""
        _check(cls.name, ["java"], ["jena-fuseki-server.jar"])

    def command(self) -> list[str]:
        """Serve one dataset, `/ds`."""
        return [
            "java",
            _HEAP,
            # Else it writes into the folder where the tests run.
            f"-DFUSEKI_BASE={self.folder / 'base'}",
            "-jar",
            str(JARS / "jena-fuseki-server.jar"),
            f"--port={self.port}",
            "--localhost",
            f"--loc={self.data}",
            *self._options,
            "/ds",
        ]

    @property
    def query_url(self) -> str:
        """Queries."""
        return f"{self.url}/ds/query"

    @property
    def update_url(self) -> str:
        """Updates."""
        return f"{self.url}/ds/update"

    @property
    def gsp_url(self) -> str:
        """Graphs."""
        return f"{self.url}/ds/data"


class FusekiBasic(Fuseki):
    """Every request needs a password."""

    name = "fuseki-basic"
    user = "anna"
    password = "geh eim:ß"  # noqa: S105  not a secret

    def initialise(self) -> None:
        """Write the password where Jetty looks for it."""
        passwords = self.folder / "passwd"
        passwords.write_text(f"{self.user}: {self.password}\n", encoding="utf-8")
        self._options = ("--update", f"--passwd={passwords}", "--auth=basic")


class FusekiReadOnly(Fuseki):
    """It refuses to write with 404 or 405, because it has no such service."""

    name = "fuseki-read-only"
    is_read_only = True
    _options = ()


class Rdf4j(Server):
    """RDF4J's server in Jetty, with a native store on disk."""

    name = "rdf4j"
    is_union = True
    _CONFIGURATION = """
        PREFIX rep: <http://www.openrdf.org/config/repository#>
        PREFIX sr: <http://www.openrdf.org/config/repository/sail#>
        PREFIX sail: <http://www.openrdf.org/config/sail#>
        [] a rep:Repository ;
          rep:repositoryID "ds" ;
          rep:repositoryImpl [
            rep:repositoryType "openrdf:SailRepository" ;
            sr:sailImpl [ sail:sailType "openrdf:NativeStore" ]
          ] .
    """

    @classmethod
    def check(cls) -> None:
        """Need Java, the server and what runs it."""
        _check(cls.name, ["java"], ["jetty-runner.jar", "rdf4j-http-server.war"])

    def prepare(self) -> None:
        """Make the repository `ds`, in which the graphs are."""
        self.send("PUT", self.query_url, self._CONFIGURATION, "text/turtle")

    def command(self) -> list[str]:
        """Run the web application."""
        return [
            "java",
            _HEAP,
            f"-Dorg.eclipse.rdf4j.appdata.basedir={self.data}",
            f"-Djava.io.tmpdir={self.folder}",
            "-jar",
            str(JARS / "jetty-runner.jar"),
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--path",
            "/rdf4j-server",
            str(JARS / "rdf4j-http-server.war"),
        ]

    @property
    def ready_url(self) -> str:
        """Ask for the version, which needs no repository."""
        return f"{self.url}/rdf4j-server/protocol"

    @property
    def query_url(self) -> str:
        """Queries: the repository itself."""
        return f"{self.url}/rdf4j-server/repositories/ds"

    @property
    def update_url(self) -> str:
        """Updates."""
        return f"{self.query_url}/statements"

    @property
    def gsp_url(self) -> str:
        """Graphs."""
        return f"{self.query_url}/rdf-graphs/service"


class Virtuoso(Server):
    """Virtuoso 7, which anybody may ask, and which only `dba` may write to."""

    name = "virtuoso"
    is_union = True
    digest = True
    user = "dba"
    password = "geheim"  # noqa: S105  not a secret

    @classmethod
    def check(cls) -> None:
        """Need the program."""
        _check(cls.name, ["virtuoso-t"], [])

    def initialise(self) -> None:
        """Make the database and set the password, which takes a run of its own."""
        (self.data / "virtuoso.ini").write_text(
            f"""
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 20
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{free_port()}
DisableUnixSocket = 1
CaseMode = 2
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{self.port}
ServerRoot = .
""",
            encoding="utf-8",
        )
        assert self.password
        subprocess.run(
            [*self.command(), "+pwdold", "dba", "+pwddba", self.password],
            cwd=self.data,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )

    def command(self) -> list[str]:
        """Serve the database in the folder where it is run."""
        return ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]

    @property
    def ready_url(self) -> str:
        """Ask without a password."""
        return f"{self.url}/sparql?{urlencode({'query': 'ASK {}'})}"

    @property
    def query_url(self) -> str:
        """Queries."""
        return f"{self.url}/sparql"

    @property
    def update_url(self) -> str:
        """Updates."""
        return f"{self.url}/sparql-auth"

    @property
    def gsp_url(self) -> str:
        """Graphs."""
        return f"{self.url}/sparql-graph-crud-auth"


class VirtuosoDigest(Virtuoso):
    """Asking needs a password as well."""

    name = "virtuoso-digest"

    @property
    def query_url(self) -> str:
        """Queries."""
        return self.update_url


KINDS: dict[str, type[Server]] = {
    kind.name: kind
    for kind in (
        Oxigraph,
        OxigraphReadOnly,
        Fuseki,
        FusekiBasic,
        FusekiReadOnly,
        Rdf4j,
        Virtuoso,
        VirtuosoDigest,
    )
}
WRITABLE = [name for name, kind in KINDS.items() if not kind.is_read_only]
# Whoever comes may ask these.
OPEN = [name for name in WRITABLE if name not in {"fuseki-basic", "virtuoso-digest"}]

StartServer = Callable[[str], Server]


def free_port() -> int:
    """Give a port of the loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Give a way to start servers of `KINDS` for one test, which may stop and kill them."""
    started: list[Server] = []

    def start(kind: str) -> Server:
        started.append(KINDS[kind](tmp_path / f"server-{len(started)}"))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module", params=WRITABLE)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Give each server that takes graphs in turn, new and empty, to a module of tests."""
    server = KINDS[request.param](tmp_path_factory.mktemp(request.param) / "server")
    yield server
    server.stop()


def _check(name: str, programs: list[str], files: list[str]) -> None:
    missing = [program for program in programs if not shutil.which(program)]
    missing += [file for file in files if not (JARS / file).exists()]
    if missing:
        pytest.skip(f"{name} lacks {' and '.join(missing)}: run tests/stores/install")


def _signal(process: subprocess.Popen[bytes], signal_: signal.Signals) -> None:
    """Signal a process and all that it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal_)


def _dies_with_us() -> list[str]:
    """Give what makes a command end also where the tests themselves are killed."""
    return ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
