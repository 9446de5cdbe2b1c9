"""A class's ZIP through the service: the same gradebook as on one's own machine."""

import csv
import io
import json
import zipfile
from pathlib import Path

from batch.conftest import HALF_RIGHT, RIGHT, zipped
from typer.testing import CliRunner

from grader.batch import grade_batch
from grader.cli import app
from service.api.conftest import Course

CLASS = {
    "ada/homework.py": HALF_RIGHT,
    "Bob/homework.py": RIGHT,
    'Zoë "Z", x/homework.py': HALF_RIGHT + "\n",
    "empty/notes.txt": "nothing",
    "copy/homework.py": RIGHT,
}


def totals(grades: Path) -> dict[str, tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(grades.read_text("utf-8-sig")))
    columns = ("status", "raw_score", "score", "max_score", "function softplus", "function slope")
    return {row["student"].lower(): tuple(row[column] for column in columns) for row in rows}


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
    assert totals(served / "grades.csv") == totals(home / "grades.csv")
    names = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert {path.relative_to(served).as_posix() for path in served.rglob("*") if path.is_file()} == (
        names - {"journal.jsonl"} | {"server.json"}
    ) - {name for name in names if "bob" in name.lower()} | {
        *("reports/bob.html", "reports/bob.json", "gradescope/bob/results.json"),
    }
    page = (served / "reports/ada.html").read_text()
    assert "The slope is that of the ReLU" in page
    assert "Content-Security-Policy" in page
    assert at_home.gradebook.maximum == json.loads((served / "summary.json").read_text())["maximum"]

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


def test_the_same_key_is_the_same_batch(course: Course) -> None:
    with course.door("teacher") as door:

        def upload(content: bytes, name: str = "class.zip", key: str = "k") -> tuple[int, str]:
            answer = door.post(
                f"{course.hw}/batches", files={"file": (name, content)}, headers={"Idempotency-Key": key}
            )
            return answer.status_code, answer.json().get("id", "")

        first = upload(zipped(CLASS))
        assert first[0] == 202
        assert upload(zipped(CLASS)) == first
        assert upload(zipped({"x/a.py": RIGHT}))[0] == 409
        assert upload(b"no zip", key="other")[0] == 415
        assert upload(zipped({"empty/": b""}), key="nothing")[0] == 422
        batch = door.get(f"/batches/{first[1]}").json()
        assert (batch["total"], batch["done"], batch["is_finished"]) == (5, 0, False)
        assert door.post(f"/batches/{first[1]}/cancel").json() == {"cancelled": 5}
        assert door.get(f"/batches/{first[1]}").json()["states"] == {"cancelled": 5}
        packed = door.get(f"/batches/{first[1]}/output.zip")
        with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
            assert "grades.csv" in archive.namelist()
            assert not any(name.startswith("reports/") for name in archive.namelist())


def test_a_student_cannot_take_their_work_out_of_a_batch(course: Course) -> None:
    with course.door("teacher") as door:
        door.post(f"{course.hw}/batches", files={"file": ("x.zip", zipped(CLASS))}).raise_for_status()
    with course.door("ada") as door:
        mine = door.get(f"{course.hw}/submissions").json()["items"]
        assert [item["student"]["key"] for item in mine] == ["ada"]
        assert door.post(f"/submissions/{mine[0]['id']}/cancel").status_code == 403
