"""Whole batches, really graded: everyone has a row, nobody disturbs anybody, nothing is done twice."""

import csv
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.batch import BatchError, BatchResult, grade_batch
from grader.batch.errors import OutputError, PolicyError, WorksheetError
from grader.batch.policy import Adjustment, LatePolicy, Policy, ReportPolicy, ScorePolicy
from grader.grading import Grader
from grader.report import Report
from tests.softplus import HALF_RIGHT, RIGHT, SOFTPLUS

HANGS = SOFTPLUS + "def slope(z):\n    while True:\n        pass\n"
EXITS = SOFTPLUS + "def slope(z):\n    import os\n    os._exit(0)\n"
DEVOURS = SOFTPLUS + "def slope(z):\n    return [bytearray(1 << 20) for _ in range(100_000)]\n"
MIXED = {
    "alice/homework.py": RIGHT,
    "bob/homework.py": HALF_RIGHT,
    'O\'Brien, "JJ"/homework.py': RIGHT + "# mine\n",
    "José Núñez/homework.py": HALF_RIGHT + "# mine\n",
    "hangs/homework.py": HANGS,
    "exits/homework.py": EXITS,
    "devours/homework.py": DEVOURS,
    "unreadable/homework.pdf": "%PDF-1.4",
    "twin/homework.py": RIGHT,
    "empty/homework.py": "",
    "stray.txt": "?",
}


def lines(output: Path) -> dict[str, dict[str, str]]:
    with (output / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["student"]: line for line in csv.DictReader(file)}


def journal_lines(output: Path) -> int:
    return len((output / "journal.jsonl").read_bytes().splitlines())


def statuses(result: BatchResult) -> Counter[str]:
    return Counter(row.status for row in result.gradebook.rows)


def test_a_mixed_class_is_graded_in_one_go_like_everyone_alone(assignment, write_folder, tmp_path):
    download, output = write_folder(MIXED), tmp_path / "out"
    result = grade_batch(assignment, download, output, jobs=2)
    assert statuses(result) == {"graded": 8, "rejected": 2}
    assert result.discovery.unmatched == ("stray.txt",)
    assert (output / "unmatched.txt").read_text("utf-8") == "stray.txt\n"
    gradebook = lines(output)
    with Grader(assignment) as session:
        for entry in result.discovery.entries:
            if entry.student.key in ("hangs", "devours"):  # once is enough: each takes its time
                assert gradebook[entry.student.key]["score"] == "6"
                continue
            alone = session.grade(download / entry.files[0].stored)
            expected = f"{alone.score:g}" if alone.status == "graded" else ""
            assert gradebook[entry.student.key]["score"] == expected
    for row in result.gradebook.rows:
        assert (output / row.report).read_text("utf-8").startswith("<!DOCTYPE html>")
        report = Report.from_json((output / row.report).with_suffix(".json").read_bytes())
        assert report.score == (row.score.raw if row.score else 0)
        results = json.loads((output / "gradescope" / Path(row.report).stem / "results.json").read_text("utf-8"))
        assert results.get("score", 0) == report.score
    assert gradebook["unreadable"]["comment"].startswith("homework.pdf is a .pdf file")


@pytest.mark.usefixtures("in_a_thread")
def test_equal_work_is_graded_once_and_everyone_has_a_report(assignment, write_folder, tmp_path):
    download = write_folder({f"{name}.py": RIGHT for name in ("ann", "ben", "cem")})
    seen = []
    result = grade_batch(assignment, download, tmp_path / "out", jobs=2, on_progress=seen.append)
    assert [(progress.done, progress.total) for progress in seen] == [(0, 3), (3, 3)]
    reports = [Report.from_json((tmp_path / f"out/reports/{name}.json").read_bytes()) for name in ("ann", "ben", "cem")]
    assert reports[0] == reports[1] == reports[2]
    assert result.graded == 3


@pytest.mark.usefixtures("in_a_thread")
def test_what_is_unchanged_is_not_graded_again(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT}), tmp_path / "out"
    assert grade_batch(assignment, download, output, jobs=1).graded == 2
    before = (output / "grades.csv").read_bytes()
    assert grade_batch(assignment, download, output, jobs=1, resume=True).graded == 0
    assert (output / "grades.csv").read_bytes() == before

    (download / "ben.py").write_text(RIGHT)
    (download / "cem.py").write_text(RIGHT)
    result = grade_batch(assignment, download, output, jobs=1, resume=True)
    assert result.graded == 2
    assert {row.student.key: row.score.final for row in result.gradebook.rows} == {"ann": 10, "ben": 10, "cem": 10}

    (output / "reports" / "ann.html").write_text("tampered with")
    assert grade_batch(assignment, download, output, jobs=1, resume=True).graded == 1
    assert grade_batch(assignment, download, output, jobs=1, resume=True, seed=1).graded == 3
    with (assignment / "checks.py").open("a") as checks:
        checks.write("# another check could be here\n")
    assert grade_batch(assignment, download, output, jobs=1, resume=True, seed=1).graded == 3


@pytest.mark.usefixtures("in_a_thread")
def test_only_some_are_graded_again_and_the_rest_keeps_its_grade(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT}), tmp_path / "out"
    first = grade_batch(assignment, download, output, jobs=1, only=["b*"])
    assert first.graded == 1
    assert {row.student.key: row.status for row in first.gradebook.rows} == {"ann": "not_graded", "ben": "graded"}
    assert lines(output)["ann"]["score"] == ""
    again = grade_batch(assignment, download, output, jobs=1, only=["ben"])
    assert again.graded == 1
    with pytest.raises(BatchError, match="no student is 'zoe'"):
        grade_batch(assignment, download, output, only=["zoe"])


@pytest.mark.usefixtures("in_a_thread")
def test_a_batch_is_not_overwritten_by_accident(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    with pytest.raises(OutputError, match="--resume"):
        grade_batch(assignment, download, output)


@pytest.mark.usefixtures("in_a_thread")
def test_adjustments_and_policies_need_no_regrading(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    adjustments = {"ben": Adjustment(points=1.5, comment="a typo in the handout"), "zoe": Adjustment(points=1)}
    policy = Policy(score=ScorePolicy(extra_credit=("slope",)))
    result = grade_batch(assignment, download, output, resume=True, policy=policy, adjustments=adjustments)
    assert result.graded == 0
    assert result.notes == (
        "an adjustment is for zoe, who is not in this batch",
        "with adjustments more than the 6 points that there are: ben (7.5)",
    )
    assert {key: line["score"] for key, line in lines(output).items()} == {"ann": "10", "ben": "7.5"}
    assert {line["max_score"] for line in lines(output).values()} == {"6"}
    assert lines(output)["ben"]["comment"] == "a typo in the handout"
    with pytest.raises(PolicyError, match="extra credit for tanh"):
        grade_batch(assignment, download, output, resume=True, policy=Policy(score=ScorePolicy(extra_credit=("tanh",))))
    for late, told in (
        (LatePolicy(penalty=10), "the policy names no due date"),
        (LatePolicy(penalty=10, due=datetime(2026, 3, 1, tzinfo=UTC)), "a folder download of this kind tells no times"),
    ):
        (note,) = grade_batch(assignment, download, output, resume=True, policy=Policy(late=late)).notes
        assert told in note


@pytest.mark.usefixtures("in_a_thread")
def test_anonymous_reports_name_nobody(assignment, write_folder, tmp_path):
    download = write_folder({"jane_doe/jane_doe_homework.py": HALF_RIGHT, "joe/mine.py": HALF_RIGHT})
    output = tmp_path / "out"
    policy = Policy(reports=ReportPolicy(anonymous=True))
    result = grade_batch(assignment, download, output, jobs=1, policy=policy)
    for folder in (output / "reports", output / "gradescope"):
        for path in folder.rglob("*"):
            assert "jane" not in path.name
            assert not path.is_file() or "jane" not in path.read_text("utf-8")
    assert len({row.report for row in result.gradebook.rows}) == 2
    assert grade_batch(assignment, download, output, resume=True, policy=policy).graded == 0

    assert grade_batch(assignment, download, output, resume=True).graded == 0, "the folder remembers the policy"
    named = grade_batch(assignment, download, output, jobs=1, resume=True, policy=Policy())
    assert named.graded == 2, "under other names"
    written = {path.name for path in (output / "reports").iterdir()}
    assert written == {
        f"{name}.{ending}" for name in ("jane_doe", "joe") for ending in ("html", "json", "results.json")
    }


@pytest.mark.usefixtures("in_a_thread")
def test_a_canvas_download_as_a_zip_to_a_canvas_gradebook(assignment, write_zip, tmp_path):
    download = write_zip(
        {
            "doejane_1001_70001_homework.py": HALF_RIGHT,
            "doejane_1001_70009_homework-1.py": RIGHT,
            "roejoe_LATE_1002_70002_homework.py": HALF_RIGHT,
            "poezoe_1003_70003_draft.py": HALF_RIGHT,
            "poezoe_1003_70004_final.py": RIGHT,
        }
    )
    output = tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    gradebook = lines(output)
    assert {key: (line["score"], line["late"]) for key, line in gradebook.items()} == {
        "1001": ("10", "no"),
        "1002": ("6", "yes"),
        "1003": ("10", "no"),
    }
    assert gradebook["1003"]["remarks"] == "taken as the work: final.py (not draft.py)"
    assert (gradebook["1001"]["attempt"], gradebook["1001"]["remarks"]) == ("2", "version 2 of 2 of homework.py")
    report = Report.from_json((output / "reports/1001+2.json").read_bytes())
    assert "version 2 of 2 of homework.py" in report.remarks
    with (output / "canvas.csv").open(encoding="utf-8", newline="") as file:
        assert [row[1:2] + row[-1:] for row in csv.reader(file)] == [
            ["ID", "Softplus"],
            ["", "10"],
            ["1001", "10"],
            ["1002", "6"],
            ["1003", "10"],
        ]


@pytest.mark.usefixtures("in_a_thread")
def test_a_moodle_worksheet_is_filled_in(assignment, write_folder, tmp_path):
    download = write_folder({"Jane Doe_501_assignsubmission_file/homework.py": RIGHT})
    sheet = tmp_path / "worksheet.csv"
    sheet.write_bytes(b"Identifier,Full name,Grade,Maximum Grade\r\nParticipant 501,Jane Doe,,10.00\r\n")
    grade_batch(assignment, download, tmp_path / "out", jobs=1, moodle_worksheet=sheet)
    assert (tmp_path / "out/moodle.csv").read_bytes() == sheet.read_bytes().replace(b"Doe,,", b"Doe,10,")
    sheet.write_bytes(b"no,sheet\n")
    with pytest.raises(WorksheetError):
        grade_batch(assignment, download, tmp_path / "out", resume=True, moodle_worksheet=sheet)


@pytest.mark.usefixtures("in_a_thread")
def test_every_submission_has_one_line_in_the_journal(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=2)
    assert journal_lines(output) == 2
