"""A query as tokens, and what of it the rules ask about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from standpunkt import sparql
from standpunkt.sparql import Token

_STOPS = {"LIMIT", "OFFSET", "VALUES"}


@dataclass(frozen=True)
class Query:
    """The text of a query."""

    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens that mean something, in the order of the text."""
        return [
            token for token in sparql.tokens(self.text) if token.kind not in {"space", "comment"}
        ]

    def line(self, offset: int) -> int:
        """Give the line of an offset, counted from 1."""
        return self.text.count("\n", 0, offset) + 1

    @cached_property
    def outermost(self) -> list[Token]:
        """The tokens outside of all braces."""
        depth = 0
        found = []
        for token in self.tokens:
            depth -= token.text == "}"
            if not depth:
                found.append(token)
            depth += token.text == "{"
        return found

    @cached_property
    def start(self) -> int:
        """The offset of the word SELECT, behind the prefixes; else 0."""
        starts = (token.start for token in self.outermost if token.text.upper() == "SELECT")
        return next(starts, 0)

    @cached_property
    def columns(self) -> dict[str, list[Token]]:
        """The variables that a SELECT gives, in order; a computed one with its expression."""
        columns: dict[str, list[Token]] = {}
        depth, expression = 0, list[Token]()
        for token in self._from_to("SELECT", {"WHERE", "{"}):
            if token.text == "(":
                depth += 1
            if depth:
                expression.append(token)
            elif token.kind == "variable":
                columns[token.text] = []
            if token.text == ")":
                depth -= 1
                if not depth:
                    columns[expression[-2].text] = expression
                    expression = []
        return columns

    @cached_property
    def order(self) -> list[Token]:
        """What follows ORDER BY."""
        return list(self._from_to("ORDER", _STOPS))[1:]

    def _from_to(self, first: str, stops: set[str]) -> Iterator[Token]:
        """Give the outermost tokens behind the word `first`, up to one of the others."""
        begun = False
        for token in self.outermost:
            if begun and token.text.upper() in stops:
                return
            if begun:
                yield token
            begun = begun or token.text.upper() == first
