"""The plain part of YAML, read without PyYAML, which takes longer to import than a header to read.

That part is what the headers of saved questions are written in: a block of keys with texts in
double quotes or with lists, whose items are words or pairs of a word and a quoted text. Whatever
is more than that is not read here, so that PyYAML reads it: escapes, other quotes, comments, words
that are `true` or `null` in YAML (https://yaml.org/type/bool.html). `tests/test_plain_yaml.py`
holds what is read to PyYAML.
"""

from collections.abc import Iterable

_ITEM = "   - "
# What PyYAML reads as another value than a text.
_NO_TEXTS = {"false", "no", "null", "off", "on", "true", "yes"}
# PyYAML knows no longer key.
_LONGEST_WORD = 1000

Value = str | list[str | dict[str, str]]


def read(lines: Iterable[str]) -> dict[str, Value] | None:
    """Give what lines of YAML say; `None` where they are not plain.

    Keys are indented by one space, items by three.

    >>> read([' summary: "Who?"', " tags:", "   - actors"])
    {'summary': 'Who?', 'tags': ['actors']}
    """
    entries: dict[str, Value] = {}
    items: list[str | dict[str, str]] | None = None
    for line in lines:
        key, _, rest = line.removeprefix(_ITEM).strip(" ").partition(":")
        text = _quoted(rest)
        if not _is_word(key):
            return None
        if line == f"{_ITEM}{key}" and items is not None:
            items.append(key)
        elif text is not None and line == f'{_ITEM}{key}: "{text}"' and items is not None:
            items.append({key: text})
        elif text is not None and line == f' {key}: "{text}"' and items != []:
            entries[key], items = text, None
        elif line == f" {key}:" and items != []:
            entries[key] = items = []
        else:
            return None
    return None if items == [] else entries


def _is_word(text: str) -> bool:
    is_name = text.isascii() and text.isidentifier() and len(text) < _LONGEST_WORD
    return is_name and text.lower() not in _NO_TEXTS


def _quoted(text: str) -> str | None:
    """Give the inside of a text in double quotes that has nothing to unescape."""
    inside = text[2:-1]
    is_plain = inside.isprintable() and '"' not in inside and "\\" not in inside
    return inside if is_plain and text == f' "{inside}"' else None
