"""A class's ZIP through the service: the same gradebook as on one's own machine."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from batch.conftest import zipped
from typer.testing import CliRunner, Result

import assignments as library
from grader.batch import grade_batch
from grader.cli.app import app
from grader.service.data import Archive, CourseAssignment, Grading
from grader.service.data import Course as CourseRow
from service.api.conftest import Course
from tests.softplus import HALF_RIGHT, RIGHT

CLASS = {
    "ada/homework.py": HALF_RIGHT,
    "Bob/homework.py": RIGHT,
    'Zoë "Z", x/homework.py': HALF_RIGHT + "\n",
    "empty/notes.txt": "nothing",
    "copy/homework.py": RIGHT,
}


EXAMPLES = Path(library.__path__[0]) / "mnist-mlp" / "examples" / "right"
LONG = RIGHT + (EXAMPLES / "closures.py").read_text("utf-8").replace("import numpy as np", "")
FROM_MOODLE = {
    "Ada_101_assignsubmission_file_/homework.py": HALF_RIGHT,
    "Bob_102_assignsubmission_file_/homework.py": LONG,
    "Zoë Z_103_assignsubmission_file_/homework.py": LONG + "\n\ndef mine(a, b):\n    return [a[i] for i in b]\n",
}
WORKSHEET = "Identifier,Full name,Status,Grade,Maximum grade\r\n" + "".join(
    f'Participant {number},{name},Submitted,,"20,00"\r\n' for number, name in ((101, "Ada"), (102, "Bob"), (999, "?"))
)
POLICY = 'adjustments = "adjustments.csv"\n[score]\ncap = 90\n[late]\npenalty = 5\n'
ADJUSTMENTS = "student,points,override,comment\n101,+2,,well argued\nnobody,,3,?\n"


def summary_of(folder: Path) -> Any:
    """What of a class summary does not depend on how fast it went."""
    summary = json.loads((folder / "summary.json").read_text())
    return {name: value for name, value in summary.items() if name not in ("slowest", "median_seconds")}


@pytest.mark.usefixtures("in_a_thread")  # at home
def test_a_batch_through_the_service_is_the_batch_at_home(live_course: Course, tmp_path: Path) -> None:
    folder = tmp_path / "download"
    for name, content in CLASS.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(content)
    assignments = live_course.service.settings.assignments
    assert assignments
    at_home = grade_batch(assignments / "softplus", folder, tmp_path / "home", jobs=1)
    arguments = ["batch", "hw", str(folder), "--output", str(tmp_path / "served")]
    arguments += ["--server", live_course.service.url, "--course", live_course.slug]
    result = CliRunner().invoke(app, [*arguments, "--token", live_course.tokens["teacher"]])
    assert result.exit_code == 0, result.output
    assert "students: 5 (folder layout)" in result.output
    assert "4 with a grade, 1 that could not be read" in result.output

    served, home = tmp_path / "served", tmp_path / "home"
    names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert {path.relative_to(served).as_posix() for path in served.rglob("*") if path.is_file()} == (
        names - {"journal.jsonl", "draws.key", "terms/terms.json"} | {"server.json"}
    )
    assert (served / "grades.csv").read_bytes() == (home / "grades.csv").read_bytes()
    page = (served / "reports/ada.html").read_text()
    assert "The slope is that of the ReLU" in page
    assert "Content-Security-Policy" in page
    assert at_home.gradebook.maximum == json.loads((served / "summary.json").read_text())["maximum"]

    # Of gradings that are older than what is kept beside their reports, it is made from the reports.
    with live_course.service.context.sessions.begin() as session:
        session.execute(sa.update(Grading).values(evidence=None, curves=None))
    with live_course.door("teacher") as door:
        made = door.get(f"{live_course.hw}/summary").json()
    assert made["mistakes"] == json.loads((served / "summary.json").read_text())["mistakes"]
    with live_course.service.context.sessions() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Grading.evidence.is_not(None))) == 4

    again = CliRunner().invoke(app, [*arguments, "--token", live_course.tokens["teacher"]])
    assert again.exit_code == 2
    assert "--resume" in again.output
    resumed = CliRunner().invoke(app, [*arguments, "--token", live_course.tokens["teacher"], "--resume"])
    assert resumed.exit_code == 0
    with live_course.door("teacher") as door:
        assert len(door.get(f"{live_course.hw}/batches").json()) == 1
        rows = {row["student"]["key"]: row for row in door.get(f"{live_course.hw}/gradebook").json()["rows"]}
    assert rows["bob"]["student"]["name"] == "Bob"
    assert (rows["bob"]["score"]["final"], rows["ada"]["score"]["final"]) == (10.0, 6.0)
    with live_course.door("ada") as door:
        mine = door.get(f"{live_course.hw}/submissions").json()["items"]
        assert door.get(f"/submissions/{mine[0]['id']}/file").text == HALF_RIGHT

    live_course.set(policy={"reports": {"anonymous": True}})
    with live_course.door("teacher") as door:
        (batch,) = door.get(f"{live_course.hw}/batches").json()
        downloads = [door.get(f"/batches/{batch['id']}/output.zip").content for _ in range(2)]
    first, second = (zipfile.ZipFile(io.BytesIO(content)).namelist() for content in downloads)
    assert first == second
    with live_course.service.context.sessions() as session:
        packed = sa.select(sa.func.count()).select_from(Archive).where(Archive.batch_id == batch["id"])
        assert session.scalar(packed) == 2  # what was anonymous, and what was not: the same is packed once
    assert not any("ada" in name or name.endswith(".key") for name in first)
    assert sum(name.startswith("reports/") for name in first) == 15
    assert sum(name.endswith("/feedback.html") for name in first) == 5


@pytest.mark.usefixtures("in_a_thread")
def test_every_option_does_through_the_service_what_it_does_at_home(live_course: Course, tmp_path: Path) -> None:
    """On terms of the batch's own, which leave the course's gradebook alone; students as the platform calls them."""
    (tmp_path / "download.zip").write_bytes(zipped(FROM_MOODLE))
    for name, text in (("policy.toml", POLICY), ("adjustments.csv", ADJUSTMENTS), ("sheet.csv", WORKSHEET)):
        (tmp_path / name).write_text(text, "utf-8", newline="")
    options = ["--seed", "3", "--policy", str(tmp_path / "policy.toml"), "--similarity"]
    options += ["--moodle-worksheet", str(tmp_path / "sheet.csv")]
    assignments = live_course.service.settings.assignments
    assert assignments
    token = ["--course", live_course.slug, "--token", live_course.tokens["teacher"]]

    def grade(where: str, *more: str) -> Result:
        at = [str(assignments / "softplus")] if where == "home" else ["hw", "--server", live_course.service.url, *token]
        made = [str(tmp_path / "download.zip"), "--output", str(tmp_path / where), *options, *more]
        alone = ["--jobs", "1"] if where == "home" else []
        return CliRunner().invoke(app, ["batch", at[0], *made, *at[1:], *alone])

    def both(*more: str) -> str:
        home, served = grade("home", *more), grade("served", *more)
        assert (home.exit_code, served.exit_code) == (0, 0), home.output + served.output
        assert home.stderr == served.stderr
        for name in ("grades.csv", "moodle.csv", "canvas.csv", "nbgrader.csv", "junit.xml"):
            assert (tmp_path / "home" / name).read_bytes() == (tmp_path / "served" / name).read_bytes(), name
        assert summary_of(tmp_path / "home") == summary_of(tmp_path / "served")
        return served.stderr

    told = both("--only", "B*", "--only", "102")
    assert "2 not graded yet; --resume without --only grades them" in told
    assert "an adjustment is for nobody" in told
    assert "nobody loses points for lateness" in told
    assert "not graded yet" not in both("--resume")
    (pair,) = summary_of(tmp_path / "served")["similarity"]["pairs"]
    assert (pair["one"], pair["other"]) == (["102"], ["103"])
    pages = [(tmp_path / where / pair["page"]).read_bytes() for where in ("home", "served")]
    assert pages[0] == pages[1]
    grades = (tmp_path / "served" / "grades.csv").read_text("utf-8-sig")
    assert "\n101,Ada,,1,graded,no,,6,0,0,2,8,10," in grades
    assert "\n102,Bob,,1,graded,no,,10,0,0,0,9,10," in grades
    assert 'Participant 101,Ada,Submitted,16,"20,00"' in (tmp_path / "served" / "moodle.csv").read_text()

    report = tmp_path / "served/reports/101.json"
    before = report.read_bytes()
    assert "not graded yet" not in both("--only", "103", "--seed", "3")
    assert report.read_bytes() == before
    (tmp_path / "policy.toml").write_text("[score]\ncap = 50\n")
    both("--resume")
    with live_course.door("teacher") as door:
        rows = {row["student"]["key"]: row for row in door.get(f"{live_course.hw}/gradebook").json()["rows"]}
        assert {key: row["score"]["final"] for key, row in rows.items()} == {"ada": 6.0, "bob": 10.0, "103": 10.0}
        (made,) = door.get(f"{live_course.hw}/batches").json()
        assert (made["seed"], made["policy"]["score"]["cap"]) == (3, 50.0)
        gradings = [item["grading"] for item in door.get(f"{live_course.hw}/submissions").json()["items"]]
        assert sorted(gradings) == [1, 2, 3]  # left out first, then graded; one of them once more

    assert "no student is 'x'" in grade("served", "--only", "x").stderr
    jobs = grade("served", "--jobs", "2")
    assert jobs.exit_code == 2
    assert "grade serve --workers N" in jobs.stderr
    (tmp_path / "policy.toml").write_text("[reports]\nanonymous = true\n")
    assert "needs another upload" in grade("served", "--resume").stderr


def test_the_same_key_is_the_same_batch(course: Course) -> None:
    the_class = zipped(CLASS)  # once: a ZIP has the time of its making in it
    with course.door("teacher") as door:

        def upload(content: bytes, name: str = "class.zip", key: str = "k") -> tuple[int, str]:
            answer = door.post(
                f"{course.hw}/batches", files={"file": (name, content)}, headers={"Idempotency-Key": key}
            )
            return answer.status_code, answer.json().get("id", "")

        first = upload(the_class)
        assert first[0] == 202
        assert upload(the_class) == first
        assert upload(zipped({"x/a.py": RIGHT}))[0] == 409
        assert upload(b"no zip", key="other")[0] == 415
        assert upload(zipped({"empty/": b""}), key="nothing")[0] == 422
        # Sixty thousand files beside each other kept everybody else from the database for minutes.
        assert upload(zipped({f"picture-{n}.py": "x = 1" for n in range(5_001)}), key="no class")[0] == 422
        batch = door.get(f"/batches/{first[1]}").json()
        assert (batch["total"], batch["done"], batch["is_finished"]) == (5, 0, False)
        assert door.post(f"/batches/{first[1]}/cancel").json() == {"cancelled": 5}
        assert door.get(f"/batches/{first[1]}").json()["states"] == {"cancelled": 5}


def test_archives_are_made_by_workers_and_few_at_a_time(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody packs here: whoever asks is told to ask again, and the same is asked of a worker once."""
    monkeypatch.setattr("grader.service.archives.WAIT_SECONDS", 0.1)
    with course.door("teacher") as door:
        answer = door.post(f"{course.hw}/batches", files={"file": ("x.zip", zipped(CLASS))})
        output = f"/batches/{answer.raise_for_status().json()['id']}/output.zip"
        first = door.get(output)
        assert (first.status_code, "Retry-After" in first.headers) == (503, True)
        assert door.get(output).status_code == 503
        assert door.get(f"{course.hw}/feedback.zip").status_code == 503
        assert door.get(output, params={"similarity": "true"}).status_code == 409
    with course.door("ada") as door:
        assert door.get(output).status_code == 403
        assert door.get(f"{course.hw}/feedback.zip").status_code == 403
    with course.service.context.sessions() as session:
        assignment = sa.select(CourseAssignment.id).join(CourseRow).where(CourseRow.slug == course.slug)
        made = session.scalars(sa.select(Archive).where(Archive.course_assignment_id.in_(assignment))).all()
        assert sorted(archive.feedback_alone for archive in made) == [False, True]


def test_a_student_cannot_take_their_work_out_of_a_batch(course: Course) -> None:
    with course.door("teacher") as door:
        door.post(f"{course.hw}/batches", files={"file": ("x.zip", zipped(CLASS))}).raise_for_status()
    with course.door("ada") as door:
        mine = door.get(f"{course.hw}/submissions").json()["items"]
        assert [item["student"]["key"] for item in mine] == ["ada"]
        assert door.post(f"/submissions/{mine[0]['id']}/cancel").status_code == 403
