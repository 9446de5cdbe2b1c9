"""Who may do what: every operation of the API, asked by everybody who must not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from batch.conftest import zipped

from service.api.conftest import Course, make_course
from service.api.running import Service
from tests.softplus import HALF_RIGHT

EVERYBODY = {"health", "ready", "metrics"}  # metrics: the tests ask from the same machine
ANYONE_SIGNED_IN = {"me", "my_tokens", "create_my_token", "list_courses", "explain", "list_explanations"}
STUDENTS = ANYONE_SIGNED_IN | {
    *("show_course", "list_assignments", "show_assignment", "contract", "handout", "starter"),
    *("submit", "list_submissions"),
}
OWNERS = {"show_submission", "show_report", "report_page", "original_file", "follow_submission", "cancel_submission"}
ADMINS = {
    *("create_course", "list_users", "create_user", "show_user", "change_user", "list_tokens", "create_token"),
    *("revoke_token", "whole_log"),  # but one's own token
}
BODIES: dict[str, Any] = {
    "create_my_token": {},
    "create_course": {"slug": "another", "title": "Another"},
    "enroll": {"role": "instructor"},
    "correct": {"name": "Eve"},
    "set_assignment": {"assignment": "softplus", "slug": "more"},
    "change_assignment": {"max_attempts": 1},
    "regrade_many": {},
    "change_batch": {"seed": 1},
    "regrade_batch": {},
    "hand_back": {},
    "drop": {},
    "put_adjustment": {"points": 100, "comment": "because"},
    "create_user": {"login": "somebody"},
    "change_user": {"is_admin": True},
    "create_token": {},
}
UPLOADS = {"import_roster", "submit", "explain", "upload_batch", "fill_in_worksheet"}


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str

    def ask(self, door: httpx.Client, values: dict[str, str]) -> int:
        """The status of the answer, whose body is not waited for."""
        request: dict[str, Any] = {"json": BODIES[self.name]} if self.name in BODIES else {}
        if self.name in UPLOADS:
            request = {"files": {"file": ("homework.zip", zipped({"eve/a.py": HALF_RIGHT}))}}
        url = self.path.format(**values).removeprefix("/api/v1")
        base = str(door.base_url).removesuffix("/api/v1/") if not self.path.startswith("/api") else ""
        with door.stream(self.method, base + url, **request) as answer:
            return answer.status_code


@pytest.fixture(scope="module")
def course(service: Service) -> Course:
    return make_course(service)


@pytest.fixture(scope="module")
def operations(service: Service) -> list[Operation]:
    with service.door("") as door:
        paths = door.get("/openapi.json").json()["paths"]
    return [
        Operation(operation["operationId"], method.upper(), path)
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


@pytest.fixture(scope="module")
def values(course: Course) -> dict[str, str]:
    """What ada and her course have, for the placeholders of the paths."""
    with course.door("teacher") as door:
        batch = door.post(f"{course.hw}/batches", files={"file": ("x.zip", zipped({"ada/a.py": HALF_RIGHT}))}).json()
    with course.service.door() as door:
        token = door.get(f"/users/{course.login('ada')}/tokens").json()[0]
    return {
        "course": course.slug,
        "assignment": "hw",
        "submission": course.submit("ada").json()["id"],
        "batch": batch["id"],
        "login": course.login("ada"),
        "token_id": str(token["id"]),
        "name": "softplus",
        "file": "starter.py",
        "export": "grades.csv",
        "student": "ada",
        "explanation": "00000000-0000-4000-8000-000000000000",  # nobody's
    }


def refusals(operations: list[Operation], door: httpx.Client, values: dict[str, str]) -> Iterator[tuple[str, int]]:
    for operation in operations:
        yield operation.name, operation.ask(door, values)


def test_nobody_does_anything_without_a_token(
    service: Service, operations: list[Operation], values: dict[str, str]
) -> None:
    with service.door("") as door:
        answers = dict(refusals(operations, door, values))
    assert {name for name, status in answers.items() if status != 401} == EVERYBODY


def test_an_outsider_sees_nothing_of_a_course(
    service: Service, operations: list[Operation], values: dict[str, str]
) -> None:
    """Neither a student nor an instructor of another one; what they must not know of does not exist for them."""
    other = make_course(service)
    for name, allowed in (("bob", ANYONE_SIGNED_IN), ("teacher", ANYONE_SIGNED_IN | LIBRARY)):
        with other.door(name) as door:
            answers = dict(refusals(operations, door, values))
        assert {n for n, status in answers.items() if status not in (403, 404)} == EVERYBODY | allowed


LIBRARY = {"list_library", "show_library_assignment", "library_starter"}  # softplus has no handout


def test_a_student_sees_no_other_students_work(
    course: Course, operations: list[Operation], values: dict[str, str]
) -> None:
    with course.door("bob") as door:
        answers = dict(refusals(operations, door, values))
        assert [s["student"]["key"] for s in door.get(f"{course.hw}/submissions").json()["items"]] == ["bob"]
    allowed = EVERYBODY | STUDENTS - {"handout"}
    assert {name for name, status in answers.items() if status not in (403, 404)} == allowed


def test_students_see_their_own_work_and_instructors_all_but_what_is_for_admins(
    course: Course, operations: list[Operation], values: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.service.archives.WAIT_SECONDS", 0)  # no worker makes any here
    reading = [operation for operation in operations if operation.method == "GET"]
    nothing_yet = {"show_report", "report_page", "handout", "library_handout"}
    nothing_yet |= {"show_explanation", "show_document", "show_page"}
    with course.door("ada") as door:
        answers = dict(refusals(reading, door, values))
    readable = {operation.name for operation in reading}
    allowed = readable & (EVERYBODY | STUDENTS | OWNERS) - nothing_yet
    assert {name for name, status in answers.items() if status not in (403, 404)} == allowed
    with course.door("teacher") as door:
        answers = dict(refusals(reading, door, values))
    assert {name for name, status in answers.items() if status not in (403, 404)} == readable - ADMINS - nothing_yet


def test_nobody_makes_themselves_more_than_they_are(course: Course) -> None:
    with course.door("teacher") as door:
        mine = f"/courses/{course.slug}/roster"
        assert door.put(f"{mine}/{course.login('bob')}", json={"role": "instructor"}).status_code == 403
        rows = f"login,role\n{course.login('bob')},instructor\n"
        answer = door.post(mine, files={"file": ("roster.csv", rows)}).json()
        assert answer["notes"] == [f"row 2: only an admin can make {course.login('bob')} an instructor; left out"]
        assert {m["login"]: m["role"] for m in door.get(mine).json()}[course.login("bob")] == "student"
        assert door.put(f"{mine}/{course.login('bob')}", json={"role": "student", "key": "ada"}).status_code == 422
    with course.service.door() as door:
        assert door.patch("/users/admin", json={"is_admin": False}).status_code == 403


def test_an_assignment_that_has_not_opened_does_not_exist_for_students(course: Course) -> None:
    with course.service.door() as door:
        later = {"assignment": "softplus", "slug": "later", "opens_at": "2200-01-01T00:00:00Z"}
        door.post(f"/courses/{course.slug}/assignments", json=later).raise_for_status()
    with course.door("ada") as door:
        assert [found["slug"] for found in door.get(f"/courses/{course.slug}/assignments").json()] == ["hw"]
        assert door.get(f"/courses/{course.slug}/assignments/later/starter/starter.py").status_code == 404
        upload = door.post(
            f"/courses/{course.slug}/assignments/later/submissions", files={"file": ("a.py", HALF_RIGHT)}
        )
        assert upload.status_code == 404
