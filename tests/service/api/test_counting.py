"""What counts of several attempts: no later one takes a grade away, and what was called off is no attempt."""

from datetime import UTC, datetime, timedelta

from grader.service import overview
from grader.service.data import Submission
from service.api.conftest import Course
from service.api.test_grades import graded
from tests.softplus import HALF_RIGHT, RIGHT


def row_of(course: Course, key: str) -> dict:
    with course.door("teacher") as door:
        rows = door.get(f"{course.hw}/gradebook").json()["rows"]
    return next(row for row in rows if row["student"]["key"] == key)


def test_what_cannot_be_read_is_cancelled_or_waits_takes_no_grade_away(live_course: Course) -> None:
    course = live_course
    graded(course, "ada", RIGHT)
    graded(course, "ada", "\0\0\0")
    row = row_of(course, "ada")
    assert (row["attempt"], row["status"], row["score"]["final"]) == (1, "graded", 10.0)
    with course.door("teacher") as door:
        assert ",10" in door.get(f"{course.hw}/gradebook/canvas.csv").text
        assert "attempt 2 was refused: attempt 1 counts" in door.get(f"{course.hw}/gradebook/grades.csv").text
    waiting = course.submit("ada", HALF_RIGHT).raise_for_status().json()["id"]
    assert row_of(course, "ada")["score"]["final"] in (10.0, 6.0), "until it is graded, the one before counts"
    with course.client("ada") as client:
        client.wait(waiting)
    assert row_of(course, "ada")["score"]["final"] == 6.0


def test_a_document_under_the_name_of_a_module_takes_no_grade_away_and_a_syntax_error_is_an_attempt(
    live_course: Course,
) -> None:
    course = live_course
    graded(course, "ada", RIGHT)
    for content in ("%PDF (", "My work is in the cloud, sorry.\n"):
        graded(course, "ada", content, filename="hw-1.py")
    row = row_of(course, "ada")
    assert (row["attempt"], row["status"], row["score"]["final"]) == (1, "graded", 10.0)
    graded(course, "ada", "def softplus(z:\n    return z\n")
    row = row_of(course, "ada")
    assert (row["attempt"], row["status"], row["score"]["final"]) == (4, "graded", 0.0)


def test_what_cannot_be_read_is_no_zero_unless_the_policy_says_so(live_course: Course) -> None:
    course = live_course
    graded(course, "bob", "\0\0\0")
    graded(course, "ada", RIGHT)
    assert row_of(course, "bob")["score"] is None
    with course.door("teacher") as door:
        assert door.get(f"{course.hw}/summary").json()["scores"]["mean"] == 10.0
        decision = {"override": 4, "comment": "read on paper"}
        door.put(f"{course.hw}/adjustments/bob", json=decision).raise_for_status()
        assert row_of(course, "bob")["score"] == {
            "raw": None,
            "maximum": 10.0,
            "penalty": 0.0,
            "adjustment": 4.0,
            "final": 4.0,
            "comment": "read on paper",
            "carried": 0.0,
            "waiting": [],
        }
        door.delete(f"{course.hw}/adjustments/bob").raise_for_status()
    course.set(policy={"score": {"unreadable": "zero"}})
    assert row_of(course, "bob")["score"]["final"] == 0.0
    with course.door("teacher") as door:
        assert door.get(f"{course.hw}/summary").json()["scores"]["mean"] == 10.0


def test_a_regrade_that_refuses_a_graded_file_takes_no_grade_away(live_course: Course) -> None:
    """As a batch has it; whoever hands the regrade back is told, and so is the student."""
    course, hw = live_course, live_course.hw.rsplit("/", 1)[1]
    chosen = graded(course, "ada", RIGHT)
    with course.door("teacher") as door, course.client("teacher") as teacher:
        door.post(f"{course.hw}/regrade", json={"hold": True}).raise_for_status()
        teacher.wait(chosen)
        with course.service.context.sessions.begin() as session:  # as if the assignment were another one by now
            grading = session.get_one(Submission, chosen).gradings[-1]
            grading.status, grading.reason, grading.score = "rejected", "nothing of it is there", None
        (change,) = teacher.changes(course.slug, hw).changes
        assert (change.was, change.now) == (10.0, 10.0)
        assert list(change.why) == ["refused now (nothing of it is there): the grade of before stays"]
        assert teacher.hand_back(course.slug, hw, [chosen]) == 1
        row = row_of(course, "ada")
        assert (row["status"], row["score"]["final"]) == ("graded", 10.0)
        told = "graded again it was refused (nothing of it is there): this grade is from the grading before"
        assert told in door.get(f"{course.hw}/gradebook/grades.csv").text
        assert door.get(f"/submissions/{chosen}").json()["score"]["final"] == 10.0
    with course.service.context.sessions() as session:
        assignment = session.get_one(Submission, chosen).course_assignment
        assert overview.find(session, assignment, overview.Filters(low=10))[1] == 1
        assert overview.find(session, assignment, overview.Filters(state="rejected"))[1] == 0
    with course.client("ada") as student:
        assert student.report(chosen).score == 10.0


def test_a_regrade_tells_whose_grade_it_changes_not_only_whose_points(live_course: Course) -> None:
    """After lateness and adjustments, by the attempt that counts."""
    course, hw = live_course, live_course.hw.rsplit("/", 1)[1]
    first, last = graded(course, "ada"), graded(course, "ada", RIGHT)
    decided = graded(course, "bob")
    course.set(
        policy={"late": {"penalty": 10, "per": "day"}}, due_at=(datetime.now(UTC) - timedelta(hours=1)).isoformat()
    )
    with course.door("teacher") as door, course.client("teacher") as teacher:
        door.put(f"{course.hw}/adjustments/bob", json={"override": 7, "comment": "oral"}).raise_for_status()
        door.post(f"{course.hw}/regrade", json={"hold": True}).raise_for_status()
        for submission in (first, last, decided):
            teacher.wait(submission)
        with course.service.context.sessions.begin() as session:  # as if other checks counted by now
            for submission in (first, last, decided):
                session.get_one(Submission, submission).gradings[-1].score = 3.0
        found = {change.submission: change for change in teacher.changes(course.slug, hw).changes}
        told = {key: (c.was, c.now, c.grade and tuple(vars(c.grade).values())) for key, c in found.items()}
        assert told == {
            first: (6.0, 3.0, (9.0, 2.7, False)),
            last: (10.0, 3.0, (9.0, 2.7, True)),
            decided: (6.0, 3.0, (7.0, 7.0, True)),
        }
        assert teacher.hand_back(course.slug, hw) == 3
    assert [row_of(course, key)["score"]["final"] for key in ("ada", "bob")] == [2.7, 7.0], "as it was told"


def test_what_was_called_off_uses_no_attempt_and_stays_off(course: Course) -> None:
    """Nobody grades here, so that what is queued can be cancelled."""
    course.set(max_attempts=1)
    first = course.submit("ada").raise_for_status().json()["id"]
    assert course.submit("ada").status_code == 409, "it waits, and may still be graded"
    with course.door("ada") as door:
        door.post(f"/submissions/{first}/cancel").raise_for_status()
        assert door.get(course.hw).json()["attempts"] == {"used": 0, "left": 1}
    assert row_of(course, "ada")["attempt"] == 0
    second = course.submit("bob").raise_for_status().json()["id"]
    with course.door("teacher") as door:
        assert door.post(f"{course.hw}/regrade", json={}).json() == {"submissions": []}
        assert door.get(f"/submissions/{first}").json()["state"] == "cancelled"
        chosen = door.post(f"{course.hw}/regrade", json={"submissions": [first]}).json()
        assert chosen == {"submissions": [first]}
    assert second


def test_what_belongs_to_another_assignment_is_told_and_refused_where_nothing_of_this_is_in_it(
    live_course: Course,
) -> None:
    course = live_course
    elsewhere = "def backward_propagation_with_regularization(X, Y, cache, lambd):\n    return {}\n"
    slope = "def slope(a, b):\n    return 3\n"
    submissions = [graded(course, "ada", text) for text in (elsewhere, elsewhere + slope, elsewhere + RIGHT)]
    with course.client("ada") as client:
        refused, warned, right = map(client.report, submissions)
    assert refused.status == "rejected"
    assert refused.reason.startswith("nothing of Softplus is in it; it looks like work for L2 regularization")
    assert warned.status == "graded"
    assert any("looks like work for another assignment" in remark for remark in warned.remarks)
    assert not any("looks like work" in remark for remark in right.remarks)
