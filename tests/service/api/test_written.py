"""Answers that a person reads, in the service: they wait, an instructor gives their points, and the score is final."""

import csv
import io
from pathlib import Path

from grader.assignments.notebooks import read_source
from grader.assignments.scaffold import take_over
from service.api.conftest import Course
from tests.notebooks.conftest import work_of
from tests.notebooks.sources import ACTIVATIONS


def test_points_of_an_answer(live_course: Course, tmp_path: Path) -> None:
    course = live_course
    folder = Path(course.service.settings.assignments or "") / "activations"
    (tmp_path / "activations.ipynb").write_text(ACTIVATIONS, "utf-8")
    take_over(tmp_path / "activations.ipynb", folder)
    assert read_source(folder / "assignment.ipynb").format == "nbgrader"
    with course.service.door() as door:
        made = {"assignment": "activations", "slug": "week3"}
        door.post(f"/courses/{course.slug}/assignments", json=made).raise_for_status()
    week3 = f"/courses/{course.slug}/assignments/week3"
    with course.door("ada") as door:
        work = {"file": ("work.ipynb", work_of(folder, "right"))}
        submission = door.post(f"{week3}/submissions", files=work).raise_for_status().json()["id"]
    with course.client("ada") as client:
        assert client.wait(submission).state == "done"
        score = client.status(submission).score
        assert score is not None
        assert (score.final, score.maximum, score.waiting) == (11, 16, ("why_subtract",))
        assert "waiting for a person, up to 5 points" in client.report_page(submission)

    def row() -> dict[str, str]:
        text = door.get(f"{week3}/gradebook/grades.csv").content.decode("utf-8-sig")
        return next(line for line in csv.DictReader(io.StringIO(text)) if line["student"] == "ada")

    with course.door("teacher") as door:
        assert (row()["score"], row()["question why_subtract"]) == ("", "waiting for a person")
        for written, status in (({"why": 1}, 422), ({"why_subtract": 6}, 422), ({"why_subtract": 4}, 200)):
            answer = door.put(f"{week3}/adjustments/ada", json={"written": written, "comment": ""})
            assert answer.status_code == status, answer.text
        assert (row()["score"], row()["question why_subtract"]) == ("15", "4")
        assert door.get(f"{week3}/adjustments").json() == [
            {"student": "ada", "points": 0.0, "override": None, "comment": "", "written": {"why_subtract": 4.0}}
        ]
    with course.client("ada") as client:
        score = client.status(submission).score
        assert score is not None
        assert (score.final, score.waiting) == (15, ())
        assert client.report(submission).written[0].score == 4
        page = client.report_page(submission)
        assert ("4 of 5 points, given by a person" in page, "waiting for a person" in page) == (True, False)
