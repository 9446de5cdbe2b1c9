"""An assignment whose files went away, or went wrong, under a course that has submissions."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.service.api.running import Service, write_assignment
from tests.service.pages.visiting import make_course
from tests.softplus import RIGHT


def make_faulty(folder: Path) -> None:
    (folder / "checks.py").write_text("import nothing_of_the_kind\n", "utf-8")


@pytest.mark.parametrize(("ruin", "words"), [(shutil.rmtree, "is gone"), (make_faulty, "is faulty")])
def test_it_is_said_while_what_was_handed_in_stays(service: Service, ruin: Callable[[Path], None], words: str) -> None:
    folder = service.settings.assignments / f"ruined-{words[3:]}"
    write_assignment(folder)
    course = make_course(service, folder.name)
    submission = course.submit("ada")
    ruin(folder)
    student, teacher = course.visit("ada"), course.visit("teacher")

    for visit, path, shown in (
        (student, course.path, "Softplus"),
        (student, course.hw, "Attempt 1"),
        (student, submission, "The slope is that of the ReLU"),
        (teacher, submission, "The slope is that of the ReLU"),
        (teacher, course.path, "Softplus"),
        (teacher, f"{course.hw}/submissions", "Ada"),
        (teacher, f"{course.hw}/batches", "ZIP"),
    ):
        assert visit.get(path).status_code == 200, path
        assert shown in visit.text()
    for page in ("class", "settings", "student?key=ada%2F1", "gradebook/grades.csv"):
        assert teacher.get(f"{course.hw}/{page}").status_code == 409, page
        assert words in teacher.text()
    assert words in student.get(course.hw).text
    assert student.send_file(f"{course.hw}/submissions", "homework.py", "x = 1").status_code == 409
    teacher.get(submission)
    assert teacher.post(f"{submission}/regrade").status_code == 409
    assert words in teacher.text()

    with service.door(course.tokens["teacher"]) as door:
        hw = f"/courses/{course.slug}/assignments/hw"
        assert door.get(hw).status_code == door.get(submission).status_code == 200
        assert door.get(f"{submission}/report").json()["score"] == 6.0
        for path in ("contract", "handout", "starter/starter.py", "gradebook", "gradebook/grades.csv", "summary"):
            answer = door.get(f"{hw}/{path}")
            assert answer.status_code == 409, path
            assert words in answer.json()["detail"]
        answer = door.post(f"{hw}/submissions", files={"file": ("homework.py", b"x = 1")})
        assert answer.status_code == 409


def test_a_check_that_fails_by_itself_is_the_assignments_fault_and_tried_once(service: Service) -> None:
    folder = service.settings.assignments / "ruined-check"
    write_assignment(folder)
    checks = (folder / "checks.py").read_text("utf-8")
    (folder / "checks.py").write_text(checks + "    student.slope(z).nothing\n", "utf-8")
    course = make_course(service, folder.name, max_attempts=1)
    student, teacher = course.visit("ada"), course.visit("teacher")
    student.get(course.hw)
    path = student.send_file(f"{course.hw}/submissions", "homework.py", RIGHT).url.path
    for visit in (student, teacher):
        visit.until(path, "A check of this assignment fails by itself, not your work")
        assert f"ruined-check/checks.py, line {checks.count(chr(10)) + 1}: check slope.random fails" in visit.text()
        assert "does not use up an attempt" in visit.text()
        assert "The grader failed" not in visit.text()
    with service.door(course.tokens["ada"]) as door:
        answer = door.get(path).json()
        assert (answer["state"], answer["status"], answer["fault"]) == ("failed", "internal_error", "assignment")
        assert answer["tries"] == 1
    assert "fault of the assignment" in " ".join([student.get(course.hw).text, student.text()])
