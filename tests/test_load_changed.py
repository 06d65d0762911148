"""Somebody else writes into the store while a dossier is loaded, or before it is checked."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from conftest import Run
from servers import KINDS, Server
from standpunkt import receipt
from standpunkt.connection import Connection, Credentials
from standpunkt.dossier import ARTICLES_GRAPH, LINKS_GRAPH, Dossier
from standpunkt.embedded import Embedded
from standpunkt.endpoint import Addresses, Endpoint
from standpunkt.errors import StoreError
from standpunkt.receipt import Receipt
from standpunkt.spool import Spool
from standpunkt.staging import DROP_AND_MOVE, Remote, staging
from standpunkt.transfer import Target, content

NODE = NamedNode("https://example.org/node")
STRAY = Triple(NODE, NODE, NODE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a store that others may write to."""
    pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")
    server = KINDS["oxigraph"](tmp_path_factory.mktemp("oxigraph") / "server")
    yield server
    server.stop()


def remote(server: Server, progress: Callable[[int], None] = lambda _: None) -> Remote:
    """Open it."""
    addresses = Addresses(server.query_url, server.update_url, server.gsp_url)
    endpoint = Endpoint(addresses, Connection(Credentials()))
    return Remote(endpoint, DROP_AND_MOVE, progress)


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_a_change_before_the_check_is_itemised(
    request: pytest.FixtureRequest,
    run: Run,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
) -> None:
    """What was added and what was taken away are named, and the exit code is 1."""

    def check_late(
        dossier: Dossier, target: Target, graphs: Mapping[str, Spool], **options: bool
    ) -> Receipt:
        links = [STRAY, *graphs[LINKS_GRAPH]]
        target.replace({LINKS_GRAPH: links, ARTICLES_GRAPH: list(graphs[ARTICLES_GRAPH])[1:]})
        return receipt.check(dossier, target, graphs, **options)

    monkeypatch.setattr(import_module("standpunkt.cli.load"), "check", check_late)
    is_server = kind == "server"
    place = request.getfixturevalue("server").query_url if is_server else folder.parent / "store"
    result = run("load", place, "--dossier", folder, "--part", "links", "--part", "articles")
    assert (result.exit_code, result.stderr) == (1, "")
    articles, links, *items = result.stdout.splitlines()
    sent = len(content(Dossier(folder), ["articles"])[ARTICLES_GRAPH])
    assert articles == f"graph:articles: sent {sent}, the store holds {sent - 1}"
    assert links == "graph:links: sent 2, the store holds 3"
    assert [item.partition(": <")[0] for item in items] == [
        "graph:articles: missing",
        "graph:links: there only",
    ]
    assert items[1] == f"graph:links: there only: {STRAY}"


@pytest.mark.parametrize("change", ["more", "nothing"])
def test_a_change_of_what_is_staged_ends_the_load(
    server: Server, dossier: Dossier, change: str
) -> None:
    """What stands in the place of the graphs stays as it was."""
    old = {LINKS_GRAPH: [STRAY]}
    remote(server).replace(old)

    def meddle(_: int) -> None:
        other, place = remote(server).endpoint, staging(LINKS_GRAPH)
        if change == "more":
            other.post(place, [STRAY])
        else:
            other.update(f"DROP GRAPH <{place}>")

    held = 3 if change == "more" else 0
    line = f"of 2 triples for <{LINKS_GRAPH}> the store holds {held}: nothing is changed; see <"
    with pytest.raises(StoreError, match=line):
        remote(server, meddle).replace(content(dossier, ["links"]))
    assert remote(server).triples(LINKS_GRAPH) == [STRAY]
    remote(server).replace(content(dossier, ["links"]))
    assert remote(server).count(LINKS_GRAPH) == 2
    assert remote(server).count(staging(LINKS_GRAPH)) == 0


def test_a_change_of_a_folder_while_it_is_written_anew_is_turned_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dossier: Dossier
) -> None:
    """The folder is open, so that nobody else opens it."""
    monkeypatch.setattr("standpunkt.embedded._SMALL", 0)
    refused: list[str] = []

    def meddle(_: int) -> None:
        with pytest.raises(StoreError) as raised:
            Embedded(tmp_path / "store")
        refused.append(str(raised.value))

    Embedded(tmp_path / "store", meddle).replace(content(dossier, ["links"]))
    assert refused == [f"'{tmp_path / 'store'}' is open elsewhere: close it there, and try again"]
