"""Accounts, tokens, and who has which part in a course."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from grader.service.api.models.common import Line, Sent, Slug, Text, Time, Told
from grader.service.data import Role


class NewUser(Sent):
    """An account to create."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"login": "ada@example.edu", "name": "Ada Lovelace"}]})

    login: Line
    name: Line = ""
    email: Line = ""
    is_admin: bool = False


class UserChange(Sent):
    """What is changed of an account; what is left out stays."""

    is_admin: bool | None = None


class UserInfo(Told):
    """An account."""

    login: str
    name: str
    email: str
    is_admin: bool
    created_at: Time


class MyCourse(Told):
    """A course, as somebody who has a part in it."""

    slug: str
    title: str
    role: Role = Field(description="admins are instructors of every course")


class Me(UserInfo):
    """The account behind the request."""

    courses: list[MyCourse]


class NewToken(Sent):
    """A token to create."""

    label: Annotated[Text, Field(max_length=100, description="what it is for, as in `laptop`")] = ""
    expires_at: Time | None = None


class TokenInfo(Told):
    """A token, without what makes it one."""

    id: int
    label: str
    created_at: Time
    expires_at: Time | None
    last_used_at: Time | None


class CreatedToken(TokenInfo):
    """A token, this once in clear."""

    token: str = Field(description="keep it: only its hash is stored, so nobody can be told it again")


class NewCourse(Sent):
    """A course to create."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"slug": "dl-2026", "title": "Deep Learning 2026"}]})

    slug: Slug
    title: Line


class NewMember(Sent):
    """Somebody's part in a course."""

    role: Role = Role.STUDENT
    key: Line = Field("", description="what the gradebook calls the student; the login if left out")


class Member(Told):
    """Somebody's part in a course."""

    login: str
    name: str
    email: str
    key: str
    role: Role


class RosterChange(Told):
    """What an import does about one person."""

    login: str
    name: str
    what: Literal["added", "changed", "unchanged"]
    details: list[str]


class ImportedRoster(Told):
    """What an import did, or would do."""

    added: int
    changed: int
    unchanged: int
    tokens: dict[str, str] = Field(description="login → token of every account that is new; told this once")
    changes: list[RosterChange] = Field(description="of those who are new or changed")
    notes: list[str] = Field(description="rows that were left out, and what was guessed at")


class Correction(Sent):
    """Another name and address for somebody in a course."""

    name: Annotated[Text, Field(max_length=200)] = ""
    email: Annotated[Text, Field(max_length=200)] = ""
