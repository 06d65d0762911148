"""What a page is before it is HTML: a template, a title and what the template shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page for a browser; `status` is that of HTTP."""

    template: str
    title: str
    model: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Data:
    """A file for a program: CSV, JSON or RDF."""

    media_type: str
    text: str


Reply = Page | Data
