"""What goes wrong is told in one form, without a traceback; and the service tells whether it can work."""

import logging

import httpx
import pytest
import sqlalchemy as sa

from grader.service.data import CourseAssignment
from service.api.conftest import Course
from service.api.running import Service, client


def problem(answer: httpx.Response) -> dict[str, object]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    found: dict[str, object] = answer.json()
    assert found["status"] == answer.status_code
    return found


def test_every_error_is_a_problem(service: Service) -> None:
    with service.door() as door:
        assert problem(door.get("/nothing"))["detail"] == "There is nothing at this address."
        wrong_method = door.delete("/courses")
        assert problem(wrong_method)["title"] == "Method Not Allowed"
        assert wrong_method.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
        unknown = problem(door.post("/courses", json={"slug": "x", "title": "X", "colour": "red"}))
        assert unknown["errors"] == [{"where": "body.colour", "message": "Extra inputs are not permitted"}]
        assert (
            problem(door.post("/courses", content=b"{", headers={"Content-Type": "application/json"}))["status"] == 422
        )
        assert problem(door.get("/courses/Not-A-Slug"))["status"] == 422
        assert problem(door.get("/submissions/no-uuid"))["status"] == 422
        assert problem(door.get("/audit?before=99999999999999999999"))["status"] == 422
        for text in ("a\0b", "\ud800"):
            sent = door.post("/me/tokens", content=f'{{"label": "{ascii(text)[1:-1]}"}}'.replace("\\x00", "\\u0000"))
            assert problem(sent)["status"] == 422


def test_a_roster_that_is_none_changes_nothing(course: Course) -> None:
    roster = f"/courses/{course.slug}/roster"
    with course.door("teacher") as door:
        before = door.get(roster).json()
        for content in (
            b"",
            b"login\n",
            b"\xff\xfe",
            b"login,name\nx,a\0b\n",
            b"name\nAda\n",
            b"login\neve\neve\n",
            b"login\n!\n",
        ):
            assert problem(door.post(roster, files={"file": ("roster.csv", content)}))["status"] == 422, content
        assert door.get(roster).json() == before


def test_head_and_options(service: Service) -> None:
    with service.door() as door:
        head = door.head("/me")
        assert (head.status_code, head.content) == (200, b"")
        options = door.options("/courses")
        assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")


def test_a_fault_of_ours_is_an_incident_in_the_log(course: Course, caplog: pytest.LogCaptureFixture) -> None:
    with course.service.context.sessions.begin() as session:
        query = sa.select(CourseAssignment).where(CourseAssignment.course.has(slug=course.slug))
        row = session.scalars(query).one()
        row.policy = {"no such rule": 1}
    with course.door("ada") as door, caplog.at_level(logging.ERROR):
        course.submit("ada")
        found = problem(door.get(f"{course.hw}/submissions"))
    assert found["status"] == 500
    assert f"incident {found['incident']}" in caplog.text
    assert "no such rule" in caplog.text
    assert "no such rule" not in str(found)


def test_health_readiness_and_metrics(service: Service, course: Course) -> None:
    course.submit("ada").raise_for_status()
    with client(base_url=service.url) as anybody:
        assert anybody.get("/health").json()["status"] == "ok"
        ready = anybody.get("/ready")
        assert (ready.status_code, ready.json()["database"], ready.json()["workers"]) == (503, "ok", 0)
        metrics = anybody.get("/metrics").text
        assert anybody.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 401
    lines = dict(line.rsplit(" ", 1) for line in metrics.splitlines() if not line.startswith("#"))
    assert float(lines['grader_requests_total{method="POST",route="submit",status="202"}']) >= 1
    assert float(lines['grader_queue_length{class="interactive"}']) >= 1
    assert float(lines['grader_queue_oldest_seconds{class="interactive"}']) >= 0
    assert float(lines["grader_live_workers"]) == 0
    assert float(lines["grader_database_up"]) == 1


def test_a_service_with_a_worker_is_ready(working_service: Service) -> None:
    answer = httpx.get(f"{working_service.url}/ready")
    assert answer.json() == {"status": "ready", "database": "ok", "storage": "ok", "workers": 1}
