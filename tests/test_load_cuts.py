"""A load that is cut off leaves the old graphs or the new ones, whole, and the next succeeds."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import cuts
from standpunkt import Dossier

COPIES = 2


@dataclass
class Scene:
    """A store that holds the old dossier, and how long loading the new one takes."""

    store: cuts.Store
    old: Dossier
    new: Dossier
    seconds: float


SERVERS = ["fuseki", "virtuoso"]


@pytest.fixture(scope="module", params=["folder", *SERVERS])
def scene(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """Give each store in turn."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "folder":
        store = cuts.folder_store(folder)
    else:
        pytest.importorskip("httpx2", reason="httpx2 is missing: install the extra 'remote'")
        store = cuts.server_store(request.param, folder / "server")
    old = cuts.grown(folder / "old", COPIES, "old")
    new = cuts.grown(folder / "new", COPIES + 1, "new")
    cuts.load(store, old)
    yield Scene(store, old, new, cuts.load(store, new))
    if store.server:
        store.server.stop()


def assert_whole(scene: Scene) -> None:
    """Compare each graph with what it was and with what it is to be."""
    states = cuts.settled(scene.store, scene.old, scene.new)
    assert cuts.is_whole(states), states


def assert_loadable(scene: Scene) -> None:
    """Load once more: that succeeds and leaves nothing staged."""
    cuts.load(scene.store, scene.new)
    assert cuts.state(scene.store, scene.old, scene.new) == ["old/new", "new", "new"]
    assert cuts.staged(scene.store) == 0


@pytest.mark.parametrize("part", [0.4, 0.65, 0.9])
def test_a_killed_client_leaves_whole_graphs(scene: Scene, part: float) -> None:
    """SIGKILL for the client."""
    cuts.load(scene.store, scene.old)
    cuts.kill_client(scene.store, scene.new, part * scene.seconds)
    assert_whole(scene)
    assert_loadable(scene)


@pytest.mark.parametrize("scene", SERVERS, indirect=True)
@pytest.mark.parametrize("part", [0.4, 0.65, 0.9])
def test_a_killed_server_leaves_whole_graphs(scene: Scene, part: float) -> None:
    """SIGKILL for the server, whose client says so in one line."""
    cuts.load(scene.store, scene.old)
    error = cuts.kill_server(scene.store, scene.new, part * scene.seconds)
    assert error.count("\n") <= 1
    assert not error or error.startswith("error: ")
    assert_whole(scene)
    assert_loadable(scene)
