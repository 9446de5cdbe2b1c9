"""Assignments: those of the library, and those set for a course."""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field

from grader.batch.policy import Policy
from grader.report import CarriedForwardTerms, HintPolicy
from grader.service.api.models.common import MAX_INTEGER, Line, Sent, Slug, Time, Told
from grader.service.data import Role


class LibraryEntry(Told):
    """An assignment that a course can set."""

    id: str
    title: str
    summary: str


class ContractEntry(Told):
    """A function that a submission implements."""

    name: str
    kind: str
    signature: str
    summary: str
    documentation: str
    points: float


class Limits(Told):
    """What a submission may use."""

    call_seconds: float
    total_seconds: float
    memory_mb: int


class LibraryAssignment(LibraryEntry):
    """What an assignment asks for."""

    version: str
    points: float
    functions: list[ContractEntry]
    limits: Limits


def _storable_policy(policy: Policy) -> Policy:
    texts = [*policy.score.extra_credit, policy.canvas.column, policy.adjustments]
    if any("\0" in text or text != text.encode("utf-8", "replace").decode() for text in texts):
        raise ValueError("texts without NUL characters are expected")
    return policy


PolicyBody = Annotated[
    Policy,
    AfterValidator(_storable_policy),
    Field(description="lateness, attempts, caps, extra credit, as in `policy.toml`, without the due date"),
]


class Terms(Sent):
    """On which terms an assignment is set; what is left out of a change stays."""

    title: Line | None = Field(None, description="the assignment's own if left out")
    opens_at: Time | None = Field(None, description="students don't know of it before")
    due_at: Time | None = Field(None, description="what comes later is late; `policy` says what that costs")
    closes_at: Time | None = Field(None, description="nothing is accepted any more")
    max_attempts: int | None = Field(None, ge=1, le=10_000)
    hints: HintPolicy | None = Field(None, description="how far students see a diagnosis; the assignment's own if null")
    carried_forward: CarriedForwardTerms | None = Field(
        None, description="what counts of errors carried forward; as the assignment says if null"
    )
    seed: int | None = Field(None, ge=0, le=MAX_INTEGER, description="of the random inputs")
    policy: PolicyBody | None = None

    def settings(self) -> dict[str, Any]:
        """Those that were sent, as `courses.change_assignment` takes them."""
        sent = {name: getattr(self, name) for name in Terms.model_fields if name in self.model_fields_set}
        if "policy" in sent:
            sent["policy"] = self.policy.model_dump(mode="json", exclude_unset=True) if self.policy else {}
        for name in ("title", "seed"):
            if name in sent and sent[name] is None:
                del sent[name]
        return sent


class NewAssignment(Terms):
    """An assignment of the library, to be set for a course."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "assignment": "mnist-mlp",
                    "slug": "homework-1",
                    "due_at": "2026-03-01T23:59:00+01:00",
                    "max_attempts": 5,
                    "policy": {"late": {"penalty": 10, "per": "day"}},
                }
            ]
        }
    )

    assignment: Line = Field(description="id in the library")
    slug: Slug | None = Field(None, description="part of the address; the id if left out")


class AttemptsLeft(Told):
    """Attempts of whoever asks; those that the grader failed on, or that could not be read, are not counted."""

    used: int
    left: int | None = Field(description="null: as many as one likes")


class CourseAssignmentInfo(Told):
    """An assignment, as it is set for a course."""

    slug: str
    title: str
    assignment: str
    opens_at: Time | None
    due_at: Time | None
    closes_at: Time | None
    is_open: bool = Field(description="whether submissions are accepted now")
    max_attempts: int | None
    hints: HintPolicy | None
    carried_forward: CarriedForwardTerms | None
    seed: int | None = Field(description="for instructors")
    policy: dict[str, Any]
    attempts: AttemptsLeft


class CourseInfo(Told):
    """A course with its assignments."""

    slug: str
    title: str
    role: Role
    assignments: list[CourseAssignmentInfo]
