"""What instructors and admins do and see."""

import csv
import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from grader.service.data import Grading
from tests.service.api.running import Service, write_assignment
from tests.service.pages.visiting import Course, make_course
from tests.softplus import HALF_RIGHT, RIGHT


@pytest.fixture(scope="module")
def taught(service: Service) -> Course:
    """Two attempts of ada, the second right; one of bob that cannot be read."""
    made = make_course(service)
    made.submit("ada", HALF_RIGHT, "first.py")
    made.submit("ada", RIGHT, "second.py")
    made.submit("bob", b"PK\x03\x04 no archive", "broken.zip")
    return made


def rows(page: str) -> list[str]:
    """Student and attempt of the rows of the table of submissions."""
    return re.findall(r'name="submission" value="[^"]+" aria-label="([^"]+)"', page)


def test_the_class_at_a_glance_names_the_mistake(graded: Course) -> None:
    teacher = graded.visit("teacher")
    teacher.get(f"{graded.hw}/class")
    assert "2 students" in teacher.text()
    assert "The slope is that of the ReLU" in teacher.text()
    assert "student?key=ada%2F1" in teacher.page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Bob, attempt 1", "Ada, attempt 2", "Ada, attempt 1"]),
        ("sort=submitted&order=up", ["Ada, attempt 1", "Ada, attempt 2", "Bob, attempt 1"]),
        ("sort=score&order=down", ["Ada, attempt 2", "Ada, attempt 1", "Bob, attempt 1"]),
        ("student=ad", ["Ada, attempt 2", "Ada, attempt 1"]),
        ("student=%25", []),
        ("state=rejected", ["Bob, attempt 1"]),
        ("state=running", []),
        ("low=6&high=6", ["Ada, attempt 1"]),
        ("low=6,5", ["Ada, attempt 2"]),
        ("sort=nonsense&order=sideways&page=-3", ["Bob, attempt 1", "Ada, attempt 2", "Ada, attempt 1"]),
    ],
)
def test_submissions_are_filtered_and_sorted_without_a_script(taught: Course, query: str, expected: list[str]) -> None:
    assert rows(taught.visit("teacher").get(f"{taught.hw}/submissions?{query}").text) == expected


def test_submissions_by_mistake(graded: Course) -> None:
    teacher = graded.visit("teacher")
    assert rows(teacher.get(f"{graded.hw}/submissions?mistake=slope.of-the-relu").text) == ["Ada, attempt 1"]
    assert rows(teacher.get(f"{graded.hw}/submissions?mistake=slope").text) == []


TRAINED = """

import numpy as np
from grader.checks.record import TrainingEvidence, note_training
from grader.report import EpochRecord, TrainingReport


@check("softplus", points=0, title="A short run")
def trained(student, solution, rng):
    history = [EpochRecord(epoch=i, train_cost=float(student.softplus(0.0))) for i in (1, 2)]
    run = TrainingReport(function="softplus", dataset="none", history=history)
    note_training(run, TrainingEvidence("softmax", np.full(2, 0.1)))
"""


def test_submissions_by_a_mistake_of_the_training_run(service: Service) -> None:
    folder = service.settings.assignments / "trained"
    write_assignment(folder)
    (folder / "checks.py").write_text((folder / "checks.py").read_text("utf-8") + TRAINED, "utf-8")
    course = make_course(service, "trained")
    course.submit("ada", HALF_RIGHT)
    teacher = course.visit("teacher")
    page = teacher.get(f"{course.hw}/submissions?mistake=training.never-moves").text
    assert rows(page) == ["Ada, attempt 1"]
    assert "The cost does not change at all: 0.6931 throughout (1)" in page
    assert "The slope is that of the ReLU (1)" in page


def test_a_filter_that_makes_no_sense_is_said(taught: Course) -> None:
    teacher = taught.visit("teacher")
    assert teacher.get(f"{taught.hw}/submissions?low=many").status_code == 422
    assert "expected a number" in teacher.text()
    assert 'value="many"' in teacher.page
    assert teacher.get(f"{taught.hw}/submissions?state=nonsense").status_code == 422


def test_two_attempts_side_by_side(taught: Course) -> None:
    teacher = taught.visit("teacher")
    teacher.get(f"{taught.hw}/student?key=ada/1")
    assert "slope ✗ wrong 0 / 4 The slope is that of the ReLU ✓ right 4 / 4 +4" in teacher.text()
    assert "10 of 10 points count" in teacher.text()
    assert teacher.get(f"{taught.hw}/student?key=nobody").status_code == 404


def test_an_adjustment_needs_a_reason_and_reaches_student_and_gradebook(service: Service) -> None:
    course = make_course(service)
    path = course.submit("ada")
    teacher = course.visit("teacher")
    teacher.get(f"{course.hw}/student?key=ada/1")
    for fields, words in (
        ({"points": "1,5"}, "needs a comment"),
        ({"points": "many", "comment": "why"}, "expected a number"),
        ({"comment": "why"}, "how many points"),
        ({"points": "inf", "comment": "why"}, "finite"),
    ):
        assert teacher.post(f"{course.hw}/student", {"key": "ada/1", **fields}).status_code == 422
        assert words in teacher.text()
        assert all(value in teacher.page for value in fields.values())  # nothing typed is lost
    teacher.post(f"{course.hw}/student", {"key": "ada/1", "points": "1,5", "comment": "A good idea."})
    assert "7.5 of 10 points count" in teacher.text()
    student = course.visit("ada")
    assert "A good idea." in student.get(path).text
    assert "7.5" in student.get(course.hw).text
    downloaded = teacher.get(f"{course.hw}/gradebook/grades.csv").content
    grades = list(csv.DictReader(io.StringIO(downloaded.decode("utf-8-sig"))))
    assert {row["student"]: row["score"] for row in grades} == {"ada/1": "7.5", "bob/1": ""}
    teacher.get(f"{course.hw}/student?key=ada/1")
    teacher.post(f"{course.hw}/student", {"key": "ada/1", "action": "remove"})
    assert "6 of 10 points count" in teacher.text()
    log = teacher.get(f"{course.path}/audit").text
    assert "score adjusted" in log
    assert "adjustment taken back" in log


def test_regrading_one_some_and_all(service: Service) -> None:
    course = make_course(service)
    path = course.submit("ada")
    teacher = course.visit("teacher")
    teacher.get(path)
    teacher.post(f"{path}/regrade")
    assert "graded again" in teacher.text()
    teacher.until(path, "graded 2 times")
    teacher.get(f"{course.hw}/submissions")
    assert teacher.post(f"{course.hw}/regrade", {"which": "chosen"}).status_code == 422
    teacher.get(f"{course.hw}/submissions")
    teacher.post(f"{course.hw}/regrade", {"which": "chosen", "submission": path.rsplit("/", 1)[1]})
    assert "1 submission will be graded again. What that changes is shown here first." in teacher.text()
    teacher.until(f"{course.hw}/changes", "0 submissions with other points, 1 with the same")
    assert "graded 2 times" in teacher.get(path).text, "until it is handed back"
    teacher.get(f"{course.hw}/changes")
    teacher.post(f"{course.hw}/changes", {"action": "all"})
    assert "1 grading handed back" in teacher.text()
    teacher.until(path, "graded 3 times")
    teacher.get(f"{course.hw}/submissions")
    teacher.post(f"{course.hw}/regrade", {"which": "all"})
    teacher.until(f"{course.hw}/changes", "1 with the same")
    teacher.post(f"{course.hw}/changes", {"action": "drop"})
    assert "Nothing waits to be handed back" in teacher.text()
    assert "graded 3 times" in teacher.get(path).text


def test_a_regrade_says_what_it_changes_before_a_student_sees_it(service: Service) -> None:
    course = make_course(service)
    path = course.submit("ada", HALF_RIGHT)
    with service.context.sessions.begin() as session:
        first = session.scalars(sa.select(Grading).where(Grading.submission_id == path.rsplit("/", 1)[1])).one()
        evidence = str(first.evidence).replace("false", "true")
        columns = ("submission_id", "status", "max_score", "functions", "report", "student_page", "instructor_page")
        copied = {name: getattr(first, name) for name in columns}
        session.add(Grading(**copied, number=2, state=first.state, score=10.0, evidence=evidence, held=True))
    student, teacher = course.visit("ada"), course.visit("teacher")
    teacher.get(f"{course.hw}/submissions")
    assert "A regrade of 1 submission waits" in teacher.text()
    teacher.get(f"{course.hw}/changes")
    assert "Ada 1 6 10 6 → 10 check Random values of slope passes now" in teacher.text()
    assert "6 of 10 points" in student.get(path).text
    teacher.post(f"{course.hw}/changes", {"action": "chosen"})
    assert "No submission was chosen" in teacher.text()
    teacher.get(f"{course.hw}/changes")
    teacher.post(f"{course.hw}/changes", {"action": "chosen", "submission": path.rsplit("/", 1)[1]})
    student.get(path)
    assert "10 of 10 points" in student.text()


def test_a_class_as_one_zip(course: Course) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"ada-{course.slug}/homework.py", HALF_RIGHT)
        archive.writestr("stranger/homework.py", RIGHT)
    teacher = course.visit("teacher")
    teacher.get(f"{course.hw}/batches")
    assert teacher.send_file(f"{course.hw}/batches", "class.zip", b"no zip", layout="auto").status_code == 415
    teacher.get(f"{course.hw}/batches")
    batch = teacher.send_file(f"{course.hw}/batches", "class.zip", packed.getvalue(), layout="folder").url.path
    assert batch.startswith("/batches/")
    teacher.until(batch, "All 2 submissions done")
    part = teacher.get(f"{batch}/progress").text
    assert "hx-trigger" not in part  # it asks no more
    output = zipfile.ZipFile(io.BytesIO(teacher.get(f"{batch}/output.zip").content))
    assert {"grades.csv", "index.html"} <= set(output.namelist())
    assert course.visit("ada").get(batch).status_code == 403
    path = re.search(r'href="(/submissions/[^"]+)"', course.visit("ada").get(course.hw).text)
    assert path  # what belongs to somebody on the roster is theirs to read


def test_settings_say_what_makes_no_sense_and_keep_what_was_typed(course: Course) -> None:
    teacher = course.visit("teacher")
    teacher.get(f"{course.hw}/settings")
    fields = {
        "title": "Softplus, again",
        "due_at": "2026-03-02T12:00",
        "closes_at": "2026-03-01T12:00",
        "late_penalty": "10",
        "extra_credit": "slope",
    }
    assert teacher.post(f"{course.hw}/settings", fields).status_code == 422
    assert "Due (2026-03-02 12:00) is after Closes (2026-03-01 12:00)." in teacher.text()
    assert 'value="2026-03-02T12:00"' in teacher.page
    assert 'value="Softplus, again"' in teacher.page
    assert 'value="slope" checked' in teacher.page
    for wrong in (
        {"late_penalty": "200"},
        {"max_attempts": "0"},
        {"hints": "everything"},
        {"carried_forward": "some"},
        {"extra_credit": "sin"},
    ):
        assert teacher.post(f"{course.hw}/settings", {**fields, "closes_at": "", **wrong}).status_code == 422, wrong
    assert teacher.post(f"{course.hw}/settings", {**fields, "closes_at": "", "max_attempts": "3"}).status_code == 200
    assert "Saved." in teacher.text()
    student = course.visit("ada")
    student.get(course.hw)
    assert "Softplus, again" in student.text()
    assert "0 of 3 used, 3 left" in student.text()
    assert "of 6" in student.text()  # slope is extra credit now


def test_another_assignment_is_set_from_the_library(course: Course) -> None:
    teacher = course.visit("teacher")
    teacher.get(f"{course.path}/new-assignment")
    assert "sigmoid-l2" in teacher.page
    teacher.get(f"{course.path}/new-assignment?assignment=softplus")
    assert (
        teacher.post(
            f"{course.path}/new-assignment", {"assignment": "softplus", "title": "x", "slug": "hw"}
        ).status_code
        == 409
    )
    assert "another slug" in teacher.text()
    teacher.post(f"{course.path}/new-assignment", {"assignment": "softplus", "title": "Second", "slug": "second"})
    assert "Second is set." in teacher.text()
    assert "Second" in course.visit("ada").get(course.path).text


def test_a_roster_gives_each_new_account_a_token_once(course: Course) -> None:
    teacher = course.visit("teacher")
    teacher.get(f"{course.path}/roster")
    sheet = f"login,name,key\ngrace-{course.slug},=Grace,7\nada-{course.slug},Ada,ada/2\n"
    teacher.send_file(f"{course.path}/roster", "roster.csv", sheet)
    assert "1 new, 1 changed, 0 as before" in teacher.text()
    assert "key ada/1 becomes ada/2; what was handed in goes along" in teacher.text()
    fields = dict(re.findall(r'name="(blob|seal)" value="(\w+)"', teacher.page))
    assert f"grace-{course.slug}" not in teacher.get(f"{course.path}/roster").text, "nothing is changed yet"
    assert teacher.post(f"{course.path}/roster/import", fields | {"seal": "0" * 64}).status_code == 422
    teacher.post(f"{course.path}/roster/import", fields)
    assert "1 added, 1 changed, 0 as before" in teacher.text()
    link = re.search(r"(http://\S+/sign-in)#(grader_[\w-]+)", teacher.page)
    assert link
    assert f"ada-{course.slug}," not in teacher.page  # who has an account keeps their tokens
    guest = course.visit()
    assert guest.post("/sign-in", {"token": link[2]}).url.path == course.path
    assert link[2] not in teacher.get(f"{course.path}/roster").text
    assert teacher.send_file(f"{course.path}/roster", "roster.csv", "nothing\n").status_code == 422
    assert "no rows" in teacher.text()
    teacher.post(f"{course.path}/roster/people", {"login": "Not A Login", "name": "Kept", "role": "student"})
    assert 'value="Kept"' in teacher.page
    teacher.post(f"{course.path}/roster/people", {"login": f"bob-{course.slug}", "role": "instructor"})
    assert "Only an admin" in teacher.text()
    teacher.post(f"{course.path}/roster/remove", {"login": f"grace-{course.slug}"})
    assert guest.get(course.path).status_code == 404


def test_admins_make_courses_and_accounts(course: Course) -> None:
    admin = course.visit("admin")
    admin.get("/admin")
    assert "waiting" in admin.text().lower()
    assert admin.post("/admin/courses", {"slug": "Not a slug", "title": "Kept"}).status_code == 422
    assert 'value="Kept"' in admin.page
    admin.get("/admin")
    assert admin.post("/admin/courses", {"slug": f"new-{course.slug}", "title": "New"}).url.path.endswith("/roster")
    admin.get("/admin/users")
    made = admin.post("/admin/users", {"login": f"new-{course.slug}", "name": "New"})
    token = re.search(r"grader_[\w-]+", made.text)
    assert token
    guest = course.visit()
    assert guest.post("/sign-in", {"token": token[0]}).status_code == 200
    assert admin.post("/admin/users/rights", {"login": "admin"}).status_code == 403  # one is always left
    admin.get("/admin/users")
    admin.post("/admin/users/rights", {"login": f"new-{course.slug}", "is_admin": "yes"})
    assert guest.get("/admin").status_code == 200
    assert "admin rights changed" in admin.get("/admin/audit").text
    ada = course.visit("ada")
    ada.get("/tokens")
    for path in ("/admin/users", "/admin/users/token", "/admin/users/rights", "/admin/courses"):
        assert ada.post(path, {"login": "admin", "slug": "x", "title": "x"}).status_code in (403, 422), path
