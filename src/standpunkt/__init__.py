"""Standpunkt: who said what about a question, how firmly, and in which sentence it is written.

>>> dossier = Dossier.shipped()
>>> [row["actor"] for row in ask(dossier, "who-opposes", position="us-leaves-nato").dicts()]
['https://w3id.org/standpunkt/id/person-mark-rutte']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from standpunkt.answer import Answer
from standpunkt.dossier import Dossier
from standpunkt.errors import StandpunktError
from standpunkt.queries import ask, query, questions

if TYPE_CHECKING:
    from standpunkt.exporting import export
    from standpunkt.inference import infer
    from standpunkt.validation import validate

__all__ = [
    "Answer",
    "Dossier",
    "StandpunktError",
    "ask",
    "export",
    "infer",
    "query",
    "questions",
    "validate",
]

# Asking does without these, and starts the sooner for it.
_ON_DEMAND = {
    "export": "standpunkt.exporting",
    "infer": "standpunkt.inference",
    "validate": "standpunkt.validation",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever has this name
    """Import a function when it is first used (https://peps.python.org/pep-0562/)."""
    if name not in _ON_DEMAND:
        raise AttributeError(f"module 'standpunkt' has no attribute {name!r}")
    return getattr(import_module(_ON_DEMAND[name]), name)
