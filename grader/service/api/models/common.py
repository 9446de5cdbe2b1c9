"""What all models have in common, texts, numbers and times as the database can keep them; the log, the service."""

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from fastapi import Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

T = TypeVar("T")
_YEARS = range(1971, 9999)

MAX_INTEGER = 2**31 - 1


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError("a text without NUL characters and halves of surrogate pairs is expected")
    return text


def _sensible(time: datetime) -> datetime:
    if time.year not in _YEARS:
        raise ValueError(f"a year from {_YEARS.start} to {_YEARS.stop - 1} is expected")
    return time


Text = Annotated[str, AfterValidator(_storable)]
Line = Annotated[Text, StringConstraints(max_length=200)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Time = Annotated[AwareDatetime, AfterValidator(_sensible)]
Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Limit = Annotated[int, Query(ge=1, le=500, description="at most so many")]
Offset = Annotated[int, Query(ge=0, le=MAX_INTEGER, description="how many to skip")]


class Sent(BaseModel):
    """A body that a client sends; a name that nobody knows is an error, not a silent nothing."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class Told(BaseModel):
    """What the service answers."""

    model_config = ConfigDict(ser_json_inf_nan="strings")

    @classmethod
    def of(cls, source: object, **more: Any) -> Self:
        """What `source` has under the names of the fields; `more` is what it has not, or calls otherwise."""
        return cls(**{name: getattr(source, name) for name in cls.model_fields if name not in more}, **more)


class Page(Told, Generic[T]):
    """A part of a list."""

    items: list[T]
    total: int = Field(description="how many there are in all")


class AuditInfo(Told):
    """Who changed what that grades depend on."""

    id: int
    at: Time
    actor: str
    course: str
    action: str
    subject: str
    detail: dict[str, Any]


class Health(Told):
    """The process lives."""

    status: Literal["ok"] = "ok"
    version: str


class Readiness(Told):
    """What the service needs, each `ok` or what is wrong with it."""

    status: Literal["ready", "not ready"]
    database: str
    storage: str
    workers: int = Field(description="that are alive")
