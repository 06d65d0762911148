"""What went wrong, in the language of the page; the words of parsers and libraries are English."""

_KINDS: dict[int, tuple[str, str]] = {
    400: ("Diese Anfrage lässt sich nicht ausführen.", "This query cannot be run."),
    404: ("Diesen Namen kennt das Dossier nicht.", "The dossier knows no such name."),
    405: ("Das nimmt diese Adresse nicht an.", "This address does not take that."),
    406: ("In dieser Form gibt es die Antwort nicht.", "The answer does not come in that form."),
    408: ("Die Anfrage kam zu langsam an.", "The request arrived too slowly."),
    413: ("Die Anfrage ist zu lang.", "The request is too long."),
    414: ("Die Anfrage ist zu lang.", "The request is too long."),
    415: ("In dieser Form wird nichts angenommen.", "Nothing is taken in that form."),
    429: (
        "Der Server ist gerade ausgelastet. In ein paar Sekunden geht es wieder.",
        "The server is busy at the moment. Try again in a few seconds.",
    ),
    504: (
        "Die Anfrage hat zu lange gedauert und wurde abgebrochen.",
        "The query took too long and was stopped.",
    ),
}
_OURS = ("Hier ist auf dem Server etwas schiefgegangen.", "Something went wrong on the server.")
_PLACE = (
    "Zeile {}, Spalte {}: Hier geht die Anfrage nicht weiter.",
    "Line {}, column {}: the query cannot go on here.",
)
_UNUSABLE = ("Mit diesem Wert geht die Frage nicht.", "The question cannot take this value.")


def of_status(status: int, language: str) -> str:
    """Say what an HTTP status means to a reader."""
    return _in(language, _KINDS.get(status, _OURS))


def of_place(line: int, column: int, language: str) -> str:
    """Say where a query cannot be read on."""
    return _in(language, _PLACE).format(line, column)


def of_value(language: str, *, is_unknown: bool) -> str:
    """Say what is wrong with the value of a field."""
    return _in(language, _KINDS[404] if is_unknown else _UNUSABLE)


def _in(language: str, both: tuple[str, str]) -> str:
    return both[0 if language == "de" else 1]
