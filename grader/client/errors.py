"""What a request can come to besides an answer.

ClientError           the text is for people; `status` the HTTP status, None without an answer
├── BadRequest        400, 413, 415, 422   what was sent is not what is expected
├── NotSignedIn       401
├── Forbidden         403
├── NotFound          404   also what one must not know of
├── Conflict          409   closed, no attempts left, nothing to cancel
├── TooMany           429   `seconds` until it is worth trying again
├── ServiceFault      5xx   a fault of the service, not of the request
└── Unreachable       nobody answers, however often it is tried
"""

import json
from typing import Any, Self

import httpx


class ClientError(Exception):
    """A request that did not get what it asked for."""

    def __init__(self, detail: str, status: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status

    @classmethod
    def of(cls, response: httpx.Response) -> "ClientError":
        """The error that a response tells of; its body has been read."""
        problem = _problem(response)
        detail = str(problem.get("detail") or f"the service answered {response.status_code}")
        for field in problem.get("errors") or ():
            detail += f" {field.get('where')}: {field.get('message')}."
        kind = _KINDS.get(response.status_code, ServiceFault if response.status_code >= 500 else BadRequest)
        if kind is TooMany:
            return TooMany(detail, response.status_code, float(problem.get("retry_after") or 0.0))
        return kind(detail, response.status_code)


class BadRequest(ClientError):
    """What was sent is not what is expected."""


class NotSignedIn(ClientError):
    """There is no token, or it is not valid any more."""


class Forbidden(ClientError):
    """Not allowed to whoever asks."""


class NotFound(ClientError):
    """There is no such thing, or whoever asks must not know of it."""


class Conflict(ClientError):
    """The state of things does not allow it."""


class TooMany(ClientError):
    """Too many requests; `seconds` until it is worth trying again."""

    def __init__(self, detail: str, status: int | None = None, seconds: float = 0.0) -> None:
        super().__init__(detail, status)
        self.seconds = seconds


class ServiceFault(ClientError):
    """A fault of the service, not of the request."""


class Unreachable(ClientError):
    """Nobody answers."""

    @classmethod
    def after(cls, url: str, error: Exception) -> Self:
        return cls(f"{url} cannot be reached ({str(error) or type(error).__name__})")


_KINDS: dict[int, type[ClientError]] = {401: NotSignedIn, 403: Forbidden, 404: NotFound, 409: Conflict, 429: TooMany}


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        found = json.loads(response.content)
    except (ValueError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
