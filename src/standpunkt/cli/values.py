"""Values that are taken as they are typed, so that pydantic is imported only where it has work.

Typer has pydantic check every value of a command: also a text, a path, and what nobody has typed.
Importing pydantic and making its validators takes longer than an answer. Nothing can be wrong with
a text, and little with a path; what may be wrong is left to Typer. `tests/test_values.py` holds
both ways to each other, for every parameter of every command.
"""

import os
from pathlib import Path
from typing import Any, get_args

from typer.core import TyperCommand


class QuickCommand(TyperCommand):
    """A command whose values are checked only where something can be wrong with them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  as it is in typer
        """Read what was typed."""
        spare(self.get_params(ctx))
        return super().parse_args(ctx, args)


def spare(params: list[Any]) -> None:
    """Let parameters ask for pydantic's checks only where they need them.

    Where another version of Typer does not ask for its checks in this way, they stay as they are.
    """
    for param in params:
        if not isinstance(vars(param).get("get_runtime_param"), _Spared):
            param.get_runtime_param = _Spared(param)


class _Spared:
    """Takes the place of a parameter's `get_runtime_param`, and asks that one when in doubt."""

    def __init__(self, param: Any) -> None:  # noqa: ANN401  Typer does not export its class
        """Take the parameter."""
        self._checked = param.get_runtime_param

    def __call__(self) -> "_Spared":
        """Give what coerces the values of the parameter."""
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401  any type
        """Give what a value is for the command, as Typer does."""
        is_list = param.multiple or param.nargs == -1
        if value is None:
            return () if is_list else None
        kind = param.type_descriptor.annotation
        if is_list and not isinstance(value, str):
            (kind,) = get_args(kind)
            if all(_is_plain(each, kind) for each in value):
                return [kind(each) for each in value]
        elif not is_list and _is_plain(value, kind):
            return kind(value)
        elif value is param.default and type(value) is kind:
            return value
        return self._checked().coerce(value, param=param, ctx=ctx)


def _is_plain(value: object, kind: object) -> bool:
    """Say whether nothing can be wrong with a value of a kind, or nothing is.

    A path that is not there is none of Typer's concern, and one that is there has to be readable.
    """
    if not isinstance(value, str):
        return False
    if kind is Path:
        return os.access(value, os.R_OK) or not os.path.exists(value)  # noqa: PTH110  as above
    return kind is str
