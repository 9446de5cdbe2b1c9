"""From a graded submission to a grade: hints, lateness, the instructor's decisions, exports, the class at a glance."""

import csv
import io
from datetime import UTC, datetime, timedelta

from service.api.conftest import Course
from tests.softplus import HALF_RIGHT, RIGHT, TABLE


def graded(course: Course, name: str, content: str = HALF_RIGHT, filename: str = "homework.py") -> str:
    """The id of a submission that has been graded."""
    with course.client(name) as client:
        submission = course.submit(name, content, filename).raise_for_status().json()["id"]
        assert client.wait(submission).state == "done"
        return str(submission)


def test_a_course_comes_to_its_grades(live_course: Course) -> None:
    """Half a point of everything: a mistake named, a right one, one late, one missing, one decided by hand."""
    course = live_course
    policy = {"late": {"penalty": 10, "per": "day"}, "attempts": {"count": "best"}}
    course.set(policy=policy, max_attempts=2)
    first = graded(course, "ada")
    with course.client("ada") as client:
        assert [d.code for d in client.report(first).diagnoses()] == ["slope.of-the-relu"]
        assert client.original(first).decode() == HALF_RIGHT
        assert "The slope is that of the ReLU" in client.report_page(first)
    course.set(due_at=(datetime.now(UTC) - timedelta(hours=30)).isoformat())
    second = graded(course, "ada", RIGHT)
    with course.client("ada") as client:
        status = client.status(second)
        assert status.score is not None
        assert status.is_late
        assert (status.score.raw, status.score.penalty, status.score.final) == (10.0, 2.0, 8.0)

    with course.door("teacher") as door:
        rows = {row["student"]["key"]: row for row in door.get(f"{course.hw}/gradebook").json()["rows"]}
        assert (rows["ada"]["submission"], rows["ada"]["score"]["final"]) == (second, 8.0)
        assert (rows["bob"]["status"], rows["bob"]["score"]) == ("not_graded", None)
        assert "teacher" not in rows

        decision = {"points": 1.5, "comment": "found an error in the handout"}
        assert door.put(f"{course.hw}/adjustments/ada", json=decision).status_code == 200
        assert door.put(f"{course.hw}/adjustments/ada", json={"points": 1}).status_code == 422
        typed = door.put(f"{course.hw}/adjustments/ada", json={"override": 55, "comment": "5.5 was meant"})
        assert typed.status_code == 422
        assert "ada is given 55 points, and there are 10: is it a typing error?" in typed.json()["detail"]
        exported = door.get(f"{course.hw}/gradebook/grades.csv")
        table = {row["student"]: row for row in csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig")))}
        assert (table["ada"]["score"], table["ada"]["comment"]) == (
            "9.5",
            "2 points less for 2 days late; found an error in the handout",
        )
        assert ",9.5" in door.get(f"{course.hw}/gradebook/canvas.csv").text
        assert "9.5" in door.get(f"{course.hw}/gradebook/nbgrader.csv").text
        assert door.get(f"{course.hw}/gradebook/junit.xml").headers["Content-Type"] == "application/xml"
        summary = door.get(f"{course.hw}/summary").json()
        assert summary["statuses"] == {"graded": 1, "not_graded": 1}
        assert summary["scores"]["mean"] == 9.5
        assert door.delete(f"{course.hw}/adjustments/ada").status_code == 204
        assert door.get(f"{course.hw}/summary").json()["scores"]["mean"] == 8.0

        again = door.post(f"/submissions/{second}/regrade")
        assert (again.status_code, again.json()["grading"]) == (202, 2)
        actions = [entry["action"] for entry in door.get(f"/courses/{course.slug}/audit").json()]
        assert actions[:3] == ["regraded", "adjustment taken back", "score adjusted"]
    with course.client("ada") as client:
        assert client.wait(second).grading == 2
    assert course.submit("ada").status_code == 409, "two attempts, regradings are none"


def test_a_regrade_with_hold_changes_nothing_before_it_is_handed_back(live_course: Course) -> None:
    """Twice, so that the first of them is overtaken: through the API alone, as the pages do it."""
    chosen, hw = graded(live_course, "ada"), live_course.hw.rsplit("/", 1)[1]
    with live_course.door("teacher") as door, live_course.client("teacher") as teacher:
        for _ in range(2):
            assert door.post(f"{live_course.hw}/regrade", json={"hold": True}).json() == {"submissions": [chosen]}
            teacher.wait(chosen)
        with live_course.client("ada") as student:
            assert student.status(chosen).grading == 1
        waiting = teacher.changes(live_course.slug, hw)
        assert (waiting.changes, waiting.unchanged, waiting.underway) == ((), 1, 0)
        assert teacher.hand_back(live_course.slug, hw, [chosen]) == 1
        assert teacher.status(chosen).grading == 3
        assert teacher.changes(live_course.slug, hw).unchanged == 0, "the one before is overtaken"
        assert door.post(f"{live_course.hw}/regrade", json={"hold": True}).is_success
        teacher.wait(chosen)
        assert teacher.drop_changes(live_course.slug, hw) == 1
        assert teacher.status(chosen).grading == 3
    with live_course.door("ada") as door:
        assert door.get(f"{live_course.hw}/changes").status_code == 403
        assert door.post(f"{live_course.hw}/changes/hand-back", json={}).status_code == 403
        assert door.post(f"{live_course.hw}/changes/drop", json={}).status_code == 403


def test_students_see_what_the_hint_policy_allows(live_course: Course) -> None:
    live_course.set(hints="nudge")
    submission = graded(live_course, "ada")
    with live_course.client("ada") as client:
        report = client.report(submission)
        assert [(d.code, d.title, d.hints) for d in report.diagnoses()] == [("", "A hint", ("Draw it.",))]
        assert "The slope is that of the ReLU" not in client.report_page(submission)
    with live_course.client("teacher") as client:
        assert [d.code for d in client.report(submission).diagnoses()] == ["slope.of-the-relu"]
        assert "The slope is that of the ReLU" in client.report_page(submission)


def test_what_cannot_be_read_costs_no_attempt(live_course: Course) -> None:
    live_course.set(max_attempts=1)
    rejected = graded(live_course, "ada", "\0\0\0")
    with live_course.client("ada") as client:
        status = client.status(rejected)
        assert status.status == "rejected"
        assert "homework.py" in status.reason
        assert client.report(rejected).status == "rejected"
    with live_course.door("ada") as door:
        assert door.get(live_course.hw).json()["attempts"]["left"] == 1


def test_many_are_graded_again_behind_everybody_else(live_course: Course) -> None:
    chosen = [graded(live_course, name) for name in ("ada", "bob")]
    with live_course.door("teacher") as door:
        strange = {"submissions": ["00000000-0000-4000-8000-000000000000"]}
        assert door.post(f"{live_course.hw}/regrade", json=strange).status_code == 404
        again = door.post(f"{live_course.hw}/regrade", json={})
        assert again.status_code == 202
        assert sorted(again.json()["submissions"]) == sorted(chosen)
    with live_course.client("teacher") as client:
        assert [client.wait(submission).grading for submission in chosen] == [2, 2]


def test_answers_learnt_from_a_report_are_worth_nothing_in_the_next_attempt(live_course: Course) -> None:
    """Even where the course shows them: every attempt has random inputs of its own."""
    course = live_course
    course.set(hints="explanation", max_attempts=2)
    functions = ("softplus", "slope")
    first = graded(course, "ada", TABLE.format(table={name: [[0.0] * 3] * 4 for name in functions}))
    with course.client("ada") as client:
        report = client.report(first)
    learnt = {name: report.function(name).checks[0].comparisons[0].expected for name in functions}
    assert all(len(rows) == 4 for rows in learnt.values())
    second = graded(course, "ada", TABLE.format(table=learnt))
    with course.client("ada") as client:
        assert client.status(second).score.raw == 0.0
