"""How much one server gives to its clients."""

import os
from dataclasses import dataclass, field


def _workers() -> int:
    return max(2, min(4, os.cpu_count() or 1))


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a client may ask for; times in seconds, sizes in bytes.

    `timeout` is for a query with all of its result, `patience` for waiting until a worker is free,
    `slowness` for the arrival of a request. `workers` is how many queries run at a time;
    `memory`, `rows` (or triples) and `result` are for each. `query` is in characters.
    """

    timeout: float = 20.0
    patience: float = 2.0
    slowness: float = 10.0
    workers: int = field(default_factory=_workers)
    memory: int = 1 << 30
    rows: int = 200_000
    result: int = 64 << 20
    query: int = 20_000
    body: int = 128 << 10
    connections: int = 200
