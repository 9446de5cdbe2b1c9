"""Files that somebody has explained."""

from pydantic import Field

from grader.service.api.models.common import Time, Told, Uuid
from grader.service.data import GradingState


class ExplanationLinks(Told):
    """Where more is to be had."""

    self: str
    document: str
    html: str


class ExplainedFileStatus(Told):
    """A file that is explained, and how far it is."""

    id: Uuid
    filename: str
    cost: str = Field(description="which cost is meant: `squared`, `cross-entropy`, or empty")
    state: GradingState
    status: str | None = Field(description="`right`, `partly`, `unjudged`, `fault` or `unread`, once it is done")
    reason: str = Field(description="why the grader gave up, where it failed")
    created_at: Time
    finished_at: Time | None
    links: ExplanationLinks
