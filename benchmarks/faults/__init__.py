"""Faults that are planted in the dossier, one at a time, to see who finds them."""

from benchmarks.faults import (
    evidence,
    figures,
    literals,
    meaning,
    nodes,
    offsets,
    outside,
    relations,
    statements,
    texts,
    writing,
)
from benchmarks.faults.ground import Fault, Ground
from benchmarks.faults.operators import OPERATORS, Operator

__all__ = [
    "OPERATORS",
    "Fault",
    "Ground",
    "Operator",
    "evidence",
    "figures",
    "literals",
    "meaning",
    "nodes",
    "offsets",
    "outside",
    "relations",
    "statements",
    "texts",
    "writing",
]
