"""How a contest is held: rounds in which all take turns, and when somebody is out of it."""

import sys
import time
from dataclasses import dataclass

from benchmarks import serving
from benchmarks.contest import Command, Contender, Contest, Place, environment
from benchmarks.measure import Taken, run
from benchmarks.results import STEP, Results

# A peer that takes more than this part of its limit is not asked for ten times as much; but for as
# much as this it is.
_SHARE = 1 / 6
_ASKED = 1_000
# Standpunkt and the bare engines have more time: without them there is nothing to compare.
_PATIENCE = 4
# After so many seconds a contest at a size has no further round.
_ENOUGH = 8.0
_SERVED_SECONDS = 3.0
_LARGEST_SERVED = 10_000


@dataclass(frozen=True, slots=True)
class Most:
    """How much there may be of a contest: rounds, and seconds of a peer."""

    rounds: int
    seconds: float


def hold(results: Results, contest: Contest, size: int, place: Place, most: Most) -> None:
    """Hold a contest at a size: rounds in which all take turns."""
    if size > contest.largest:
        return
    taking_part = [each for each in contest.contenders if each.is_there and size <= each.largest]
    if contest.name == "store":
        _fill(place, most.seconds)
    if contest.is_cold:
        for contender in taking_part:
            _measured(contender, place, most.seconds)  # whose files are then in memory
    begun = time.monotonic()
    for turn in range(most.rounds):
        if turn and time.monotonic() - begun > _ENOUGH:
            return
        for contender in taking_part:
            if len(results.of(contest.name, size, contender.name)) <= turn and not is_out(
                results, contest.name, size, contender, most.seconds
            ):
                taken = _measured(contender, place, most.seconds)
                results.add(contest.name, size, contender.name, taken)
                _tell(contest.name, size, contender.name, taken)
        place.clear()


def serve(results: Results, name: str, size: int, place: Place, most: Most) -> None:
    """Let each server answer as fast as it can."""
    if size > _LARGEST_SERVED:
        return
    _fill(place, most.seconds)
    for server in serving.SERVERS[name]:
        if server.is_there and not results.of(name, size, server.name):
            if is_out(results, name, size, server, most.seconds):
                continue
            taken = serving.load(server, place, _SERVED_SECONDS, most.seconds)
            results.add(name, size, server.name, taken)
            _tell(name, size, server.name, taken)


def is_out(
    results: Results, contest: str, size: int, contender: Contender | serving.Server, limit: float
) -> bool:
    """Tell whether a contender failed, or is a peer that took too long to be asked for more."""
    for each in (known for known in results.measured(contest) if known <= size):
        most = limit * _SHARE * STEP * each / size
        for one in results.of(contest, each, contender.name):
            is_known = each < size and size > _ASKED and contender.role == "peer"
            too_slow = is_known and one.seconds > most
            if one.is_over or one.error or too_slow:
                return True
    return False


def _measured(contender: Contender, place: Place, limit: float) -> Taken:
    place.clear()
    return run(
        contender.command(place),
        limit=limit if contender.role == "peer" else _PATIENCE * limit,
        read=lambda output: contender.read(place, output),
        expected=contender.expected,
        environment=environment(),
    )


def _fill(place: Place, limit: float) -> None:
    """Load a corpus into the store on disk that some contests begin from."""
    mark = place.work / "store-is-filled"
    if mark.exists():
        return
    # As `standpunkt load` does, but for the check, which takes longest.
    command: Command = [sys.executable, "-m", "benchmarks.ours", "load", place.dossier, place.store]
    taken = run(command, limit=2 * _PATIENCE * limit, read=str, environment=environment())
    if taken.error or taken.is_over:
        note(f"the store could not be filled: {taken.error or 'it takes too long'}")
        return
    mark.touch()


def _tell(contest: str, size: int, name: str, taken: Taken) -> None:
    said = taken.error or f"{taken.seconds:.4f} s, {taken.memory / 1e6:.0f} MB"
    note(f"{contest} {size:,}: {name}: {'> ' if taken.is_over else ''}{said}")


def note(line: str) -> None:
    """Tell whoever waits how far the run is."""
    sys.stderr.write(f"{line}\n")
