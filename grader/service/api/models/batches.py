"""Batches, and how far they are."""

from pydantic import Field

from grader.service.api.models.common import Time, Told
from grader.service.data import GradingState


class BatchLinks(Told):
    """Where more is to be had."""

    self: str
    events: str
    output: str
    gradebook: str
    submissions: str


class BatchInfo(Told):
    """A class's submissions, uploaded as one ZIP, and how far they are."""

    id: str
    course: str
    assignment: str
    filename: str
    layout: str = Field(description="the platform that the ZIP comes from")
    unmatched: list[str] = Field(description="files that belong to no student")
    created_at: Time
    total: int
    done: int
    states: dict[GradingState, int]
    ungraded: int = Field(description="finished without a grade")
    is_finished: bool
    links: BatchLinks


class Cancelled(Told):
    """How many gradings were stopped."""

    cancelled: int
