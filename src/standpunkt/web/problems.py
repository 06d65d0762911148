"""What a client is told when there is no answer: the true status and one sentence."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from standpunkt.errors import ParameterError, QueryError, StandpunktError, UnknownNameError
from standpunkt.web import pages
from standpunkt.web.headers import HEADERS
from standpunkt.web.negotiation import prefers_html


def problem(request: Request, status: int, message: str) -> Response:
    """Say what went wrong: as a page where the client wants pages, else as a line of text."""
    if prefers_html(request):
        return pages.problem(request, status, message)
    return PlainTextResponse(f"{message}\n", status, headers={"Vary": "Accept"})


def refused(request: Request, error: Exception) -> Response:
    """Answer a request that Starlette or one of our addresses refused."""
    assert isinstance(error, HTTPException)  # noqa: S101  what it is registered for
    response = problem(request, error.status_code, error.detail)
    response.headers.update(error.headers or {})
    return response


def mistaken(request: Request, error: Exception) -> Response:
    """Answer a request that a user can mend: 404 for an unknown name, else 400."""
    unknown = isinstance(error, UnknownNameError)
    theirs = isinstance(error, UnknownNameError | ParameterError | QueryError)
    if not theirs:  # the dossier is at fault, which the operator can mend
        return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
    return problem(request, HTTPStatus.NOT_FOUND if unknown else HTTPStatus.BAD_REQUEST, str(error))


def failed(request: Request, _error: Exception) -> Response:
    """Answer where we have a bug; the traceback goes to standard error, not to the client."""
    message = "the server has a bug; its operator finds the traceback in the log"
    response = problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, message)
    response.headers.update(HEADERS)  # this answer passes no middleware
    return response


HANDLERS = {HTTPException: refused, StandpunktError: mistaken, Exception: failed}
