"""A check that fails by itself is its author's to mend: said with file and line, tried once, no fault of the grader."""

import json

import pytest
from typer.testing import CliRunner

from grader import Grader
from grader.assignments.scaffold import write_scaffold
from grader.cli.app import app

FAULTY = """

@check("mse", points=0, title="A faulty one")
def mse_faulty(student):
    student.mse(np.ones(3), np.ones(3)).nothing
"""


@pytest.fixture
def faulty(tmp_path):
    """The folder of an assignment with a faulty check, and the line of its fault."""
    folder = tmp_path / "linear-regression"
    write_scaffold(folder)
    text = (folder / "checks.py").read_text("utf-8")
    (folder / "checks.py").write_text(text + FAULTY, "utf-8")
    return folder, text.count("\n") + 5


def test_the_report_names_the_line(faulty):
    folder, line = faulty
    with Grader(folder) as session:
        report = session.grade(folder / "examples" / "by_sample.py")
    assert (report.status, report.fault) == ("internal_error", "assignment")
    assert report.reason.startswith(f"linear-regression/checks.py, line {line}: check mse.faulty fails on the solution")


def test_grade_run_does_not_call_it_a_fault_of_the_grader(faulty):
    folder, line = faulty
    result = CliRunner().invoke(app, ["run", str(folder), str(folder / "examples" / "by_sample.py")])
    words = " ".join(result.output.split())
    assert result.exit_code == 3
    assert "A check of this assignment fails by itself: that is its author's to mend." in words
    assert f"checks.py, line {line}" in words
    assert "grader failed" not in words


def test_a_batch_tries_it_once_and_names_the_line(faulty, tmp_path):
    folder, line = faulty
    right = (folder / "examples" / "by_sample.py").read_text("utf-8")
    for student in ("ada", "grace"):
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "homework.py").write_text(f"{right}# {student}\n", "utf-8")
    result = CliRunner().invoke(
        app, ["batch", str(folder), str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--jobs", "1"]
    )
    assert result.exit_code == 3
    assert "a check of the assignment failed by itself on ada" in result.output
    assert f"linear-regression/checks.py, line {line}: check mse.faulty fails on the solution" in result.output
    assert "the grader itself failed" not in result.output
    records = [json.loads(text) for text in (tmp_path / "out" / "journal.jsonl").read_text("utf-8").splitlines()]
    assert {record["fault"] for record in records} == {"assignment"}
