"""The phrases that mends are made of, in German and English."""

import re
from collections.abc import Callable, Iterable, Mapping

# A text by language, `de` or `en`.
Said = Callable[[str], str]

# A variable of a message, and its name.
VARIABLE = re.compile(r"\{[?$](\w+)\}")

_PHRASES = {
    "add": ("{what} ergänzen", "add {what}"),
    "add any": ("eines davon ergänzen: {choices}", "add one of these: {choices}"),
    "add kind": ("{path} ergänzen ({kinds})", "add {path} ({kinds})"),
    "add one": ("{path} ergänzen: {choices}", "add {path}: {choices}"),
    "bound": ("einen Wert {bounds} schreiben", "write a value {bounds}"),
    "belongs": (
        "{path} streichen; es gehört zu: {kinds}",
        "remove {path}, which belongs to: {kinds}",
    ),
    "class": ("die Klasse {kinds} ergänzen", "add the class {kinds}"),
    "class or remove": (
        "die Klasse {kinds} ergänzen oder {paths} streichen",
        "add the class {kinds}, or remove {paths}",
    ),
    "describe": ("{node} beschreiben: a {kinds}", "describe {node}: a {kinds}"),
    "elsewhere": (
        "{node} steht in {file}: diese Datei mit prüfen",
        "{node} stands in {file}: validate that file as well",
    ),
    "fits": (
        "{value} ist ein Wert für {paths}: hier einen Knoten von {kinds} nennen",
        "{value} is a value for {paths}: name a node of {kinds} here",
    ),
    "inferred": (
        "{path} streichen: Es wird gefolgert",
        "remove {path}: it is inferred",
    ),
    "keep": (
        "von diesen {count} nur {most} behalten: {choices}",
        "keep {most} of these {count}: {choices}",
    ),
    "less": (
        "{path} kleiner als {most} oder {other} größer als {value} wählen",
        "make {path} less than {most}, or {other} more than {value}",
    ),
    "like": ("etwas wie {terms} schreiben", "write something like {terms}"),
    "meant": ("gemeint ist vielleicht {names}", "did you mean {names}?"),
    "other": (
        "{value} ist von {kind}: einen Knoten von {kinds} nennen",
        "{value} is of {kind}: name a node of {kinds}",
    ),
    "point": (
        "{path} {node} an einem anderen Knoten ergänzen",
        "add {path} {node} to another node",
    ),
    "remove": ("{what} streichen", "remove {what}"),
    "remove one": ("eines davon streichen: {choices}", "remove one of these: {choices}"),
    "rename": ("{node} nennen", "call it {node}"),
    "translate": ("auf {tags} schreiben", "write it in {tags}"),
    "unknown": (
        "{path} streichen: Die Ontologie hat es nicht",
        "remove {path}: the ontology does not have it",
    ),
    "maxExclusive": ("unter {bound}", "below {bound}"),
    "maxInclusive": ("bis {bound}", "up to {bound}"),
    "minExclusive": ("über {bound}", "above {bound}"),
    "minInclusive": ("ab {bound}", "from {bound} on"),
    "write": ("{what} schreiben", "write {what}"),
}
_OR = {"de": "oder", "en": "or"}


def say(phrase: str, **parts: str | Said) -> Said:
    """Give a phrase with its parts filled in, each a text or one by language."""
    german, english = _PHRASES[phrase]

    def said(language: str) -> str:
        template = german if language == "de" else english
        return template.format(**{name: _in(part, language) for name, part in parts.items()})

    return said


def any_of(choices: Iterable[str | Said]) -> Said:
    """Join choices with commas and `or`, each once and in their order."""
    given = list(choices)

    def said(language: str) -> str:
        *first, last = dict.fromkeys(_in(choice, language) for choice in given)
        return f"{', '.join(first)} {_OR[language]} {last}" if first else last

    return said


def listed(texts: Iterable[str | Said]) -> Said:
    """Join texts with commas."""
    given = list(texts)
    return lambda language: ", ".join(_in(text, language) for text in given)


def filled(template: str, terms: Mapping[str, str]) -> str:
    """Fill the variables `{?name}` and `{$name}` of a text; others stay as they are.

    >>> filled("remove {?path}, not {?other}", {"path": "spk:speaker"})
    'remove spk:speaker, not {?other}'
    """
    return VARIABLE.sub(lambda found: terms.get(found[1], found[0]), template)


def _in(part: str | Said, language: str) -> str:
    return part if isinstance(part, str) else part(language)
