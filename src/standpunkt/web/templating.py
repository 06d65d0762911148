"""Pages from Jinja2 templates, with everything escaped that is put into them."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from standpunkt.question import LANGUAGES
from standpunkt.web.negotiation import language
from standpunkt.web.site import site

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
_NUMBER_AT_END = re.compile(r" (\d+)\Z")


@cache
def environment() -> Environment:
    """Give the environment of the templates; a name that a page leaves out is an error."""
    made = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["unbroken"] = _unbroken
    return made


def _unbroken(text: str) -> str:
    """Keep a number at the end of a label on the line of the word before it: sentence 7."""
    return _NUMBER_AT_END.sub("\N{NO-BREAK SPACE}\\1", text)


def render(
    request: Request, template: str, /, *, status: int = 200, **context: object
) -> HTMLResponse:
    """Fill a template of `templates/` for a request.

    Beside what is given, a template has `language` (`de` or `en`), `languages`, `site`, `base`
    (what goes before every address) and `path` (that of the request, without `base`).
    """
    here = site(request)
    given = {
        "base": here.base,
        "language": language(request),
        "languages": tuple(LANGUAGES),
        "path": request.url.path,
        "site": here,
        **context,
    }
    text = environment().get_template(template).render(given)
    return HTMLResponse(
        text,
        status,
        headers={"Content-Language": str(given["language"]), "Vary": "Accept, Accept-Language"},
    )
