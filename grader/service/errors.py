"""What the service refuses, each with the HTTP status that says so.

ServiceError
├── NotSignedIn        401
├── Forbidden          403
├── NotFound           404   also for what somebody must not know of
├── Conflict           409   the state of things does not allow it
│   └── AssignmentAway       the files of an assignment that a course has set are gone or faulty
├── TooLarge           413
├── WrongKind          415
├── Invalid            422   what was sent makes no sense
├── TooMany            429   with the seconds to wait
└── Unavailable        503
"""

from typing import ClassVar


class ServiceError(Exception):
    """A request that cannot be met; the text is for whoever made it."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "The service failed"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotSignedIn(ServiceError):
    status, title = 401, "Sign in first"


class Forbidden(ServiceError):
    status, title = 403, "Not allowed"


class NotFound(ServiceError):
    status, title = 404, "Not found"


class Conflict(ServiceError):
    status, title = 409, "Not possible now"


class AssignmentAway(Conflict):
    pass


class TooLarge(ServiceError):
    status, title = 413, "Too large"


class WrongKind(ServiceError):
    status, title = 415, "Not a kind of file that is graded"


class Invalid(ServiceError):
    status, title = 422, "Not understood"


class TooMany(ServiceError):
    status, title = 429, "Too many requests"

    def __init__(self, detail: str, seconds: float) -> None:
        super().__init__(detail)
        self.seconds = seconds


class Unavailable(ServiceError):
    status, title = 503, "Not available"
