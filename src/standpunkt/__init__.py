"""Standpunkt: who said what about a question, how firmly, and in which sentence it is written."""

from standpunkt.answer import Answer
from standpunkt.dossier import Dossier
from standpunkt.errors import StandpunktError
from standpunkt.queries import ask, query, questions

__all__ = ["Answer", "Dossier", "StandpunktError", "ask", "query", "questions"]
