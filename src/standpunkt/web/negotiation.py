"""Which form of an answer a client prefers: media types and languages.

The preferences are those of RFC 9110, section 12.5: https://www.rfc-editor.org/rfc/rfc9110#section-12.5
"""

import re
from collections.abc import Iterator, Sequence

from starlette.requests import Request

from standpunkt.question import LANGUAGES

HTML = "text/html"

_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")


def media_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """Pick the media type that an `Accept` header prefers; `None` where it takes none of them.

    `offered` is in the server's order, which decides between equals: its first is what a client
    gets that does not say. Of the ranges that match a type the most specific one counts. A
    parameter of a range other than `q` (`text/turtle;charset=utf-8`) is no difference.

    >>> media_type("text/*;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = list(_weighted(accept))
    best, best_weight = None, 0.0
    for offer in offered:
        weight = _weight(offer, ranges)
        if weight > best_weight:
            best, best_weight = offer, weight
    return best


def prefers_html(request: Request) -> bool:
    """Say whether a client asks for a page: it names `text/html` and likes nothing more."""
    accept = ",".join(request.headers.getlist("accept"))
    ranges = list(_weighted(accept))
    html = next((weight for name, weight in ranges if name == HTML), 0.0)
    return html > 0 and html >= max(weight for _, weight in ranges)


def language(request: Request) -> str:
    """Give the language of a page: `?lang=`, else what `Accept-Language` prefers, else English."""
    wanted = request.query_params.get("lang")
    if wanted in LANGUAGES:
        return wanted
    best, best_weight = "en", 0.0
    for tag, weight in _weighted(request.headers.get("accept-language", "")):
        primary = tag.partition("-")[0]
        if primary in LANGUAGES and weight > best_weight:
            best, best_weight = primary, weight
    return best


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    """Give the elements of a header with their weights; what is malformed is left out."""
    for element in header.split(","):
        name, *parameters = (part.strip() for part in element.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                weight = float(value) if _WEIGHT.match(value.strip()) else -1.0
        if name and weight >= 0:
            yield name.lower(), weight


def _weight(offer: str, ranges: list[tuple[str, float]]) -> float:
    kind = offer.partition("/")[0]
    for wanted in (offer, f"{kind}/*", "*/*"):
        weights = [weight for name, weight in ranges if name == wanted]
        if weights:
            return max(weights)
    return 0.0
