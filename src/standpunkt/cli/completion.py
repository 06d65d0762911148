"""What the shell offers when the user presses the tab key.

Each function gives pairs of what can be typed and a word on it. Nothing is offered, and nothing
said, where the dossier cannot be read: an error would be printed into the line being typed. Each
function imports what it offers, because all commands import this module.
"""

from typing import TYPE_CHECKING

import typer

from standpunkt.errors import StandpunktError

if TYPE_CHECKING:
    from standpunkt.dossier import Dossier

Completions = list[tuple[str, str]]


def saved_questions(ctx: typer.Context) -> Completions:
    """Offer the names of the saved questions."""
    from standpunkt.queries import questions

    try:
        return [(each.name, each.summary.get("en", "")) for each in questions(_dossier(ctx))]
    except StandpunktError:
        return []


def parameters(ctx: typer.Context, incomplete: str) -> Completions:
    """Offer the parameters of the question in the line, and after `=` their values.

    bash takes `=` for the end of a word: there the name and `=` are words before this one.
    """
    from standpunkt.queries import question

    before = ctx.params.get("parameters") or []
    name, equals, _ = incomplete.partition("=")
    if not equals and before:
        name, equals = before[-2:][0] if before[-1] == "=" else before[-1], ""
    try:
        dossier = _dossier(ctx)
        asked = question(dossier, ctx.params["name"])
        if name in asked.params:
            typed = f"{name}=" if equals else ""
            return [(typed + slug, label) for slug, label in _values(dossier, name)]
        return [(f"{name}=", asked.params[name].get("en", "")) for name in asked.own_params()]
    except StandpunktError:
        return []


def nodes(ctx: typer.Context) -> Completions:
    """Offer the names of all nodes."""
    from standpunkt import naming
    from standpunkt.store import Store

    try:
        found = naming.names(Store.asserted(_dossier(ctx)))
    except StandpunktError:
        return []
    return [(name.full, next(iter(name.labels), "")) for name in found]


def properties(ctx: typer.Context) -> Completions:
    """Offer the names of the ontology's properties."""
    from standpunkt import naming
    from standpunkt.store import Store

    try:
        found = naming.properties(Store.asserted(_dossier(ctx)))
    except StandpunktError:
        return []
    return [(name.full, next(iter(name.labels), "")) for name in found]


def languages() -> list[str]:
    """Offer the languages."""
    from standpunkt.question import LANGUAGES

    return list(LANGUAGES)


def severities() -> list[str]:
    """Offer the severities that can be allowed."""
    return ["info", "warning"]


def engines() -> list[str]:
    """Offer the engines that validate."""
    return ["auto", "pyshacl", "shacl", "turbo"]


def reasoners() -> list[str]:
    """Offer the engines that infer."""
    return ["auto", "owlrl", "nemo"]


def stores() -> list[str]:
    """Offer the kinds of stores behind a URL."""
    from standpunkt.profiles import NAMES

    return list(NAMES)


def loaded_parts() -> list[str]:
    """Offer the parts of a dossier that are loaded."""
    from standpunkt.transfer import PARTS

    return list(PARTS)


def formats(incomplete: str) -> list[str]:
    """Offer the formats of rows and of triples."""
    from standpunkt.render import ROW_FORMATS, TRIPLE_FORMATS

    return [form for form in (*ROW_FORMATS, *TRIPLE_FORMATS) if form.startswith(incomplete)]


def export_formats() -> list[str]:
    """Offer the formats of an export."""
    from standpunkt.exporting import FORMATS

    return list(FORMATS)


def parts() -> Completions:
    """Offer the parts of a dossier."""
    from standpunkt.exporting import PARTS

    return list(PARTS.items())


def networks() -> list[str]:
    """Offer the networks of a dossier."""
    from standpunkt.exporting import NETWORKS

    return list(NETWORKS)


def _dossier(ctx: typer.Context) -> "Dossier":
    from standpunkt.dossier import Dossier

    folder = ctx.params.get("dossier")
    return Dossier(folder) if folder else Dossier.shipped()


def _values(dossier: "Dossier", parameter: str) -> Completions:
    from standpunkt import naming
    from standpunkt.queries import kind
    from standpunkt.store import Store

    store = Store.asserted(dossier)
    of_class = kind(store, parameter)
    found = naming.names(store, of_class) if of_class else []
    return [(text, next(iter(name.labels), "")) for text, name in naming.shortest(found)]
