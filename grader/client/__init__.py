"""A client for the grader as a service.

    from grader.client import Client

    with Client("https://grader.example.edu", token="grader_…") as client:
        status = client.submit("dl-2026", "homework-1", "homework.ipynb")
        for event in client.watch(status.id):
            print(event.kind, event.data)
        print(client.report(status.id).score)

What breaks on the way is tried again, with the same idempotency key: a service that is restarted in the midst of it
neither loses a submission nor counts it twice.
"""

from grader.client.client import Client
from grader.client.errors import (
    BadRequest,
    ClientError,
    Conflict,
    Forbidden,
    NotFound,
    NotSignedIn,
    ServiceFault,
    TooMany,
    Unreachable,
)
from grader.client.wire import (
    BatchStatus,
    BatchTerms,
    Event,
    HeldChange,
    HeldChanges,
    Me,
    Score,
    Student,
    SubmissionStatus,
    Worksheet,
)

__all__ = [
    "BadRequest",
    "BatchStatus",
    "BatchTerms",
    "Client",
    "ClientError",
    "Conflict",
    "Event",
    "Forbidden",
    "HeldChange",
    "HeldChanges",
    "Me",
    "NotFound",
    "NotSignedIn",
    "Score",
    "ServiceFault",
    "Student",
    "SubmissionStatus",
    "TooMany",
    "Unreachable",
    "Worksheet",
]
