"""`grade run`: exit status, and what goes to which stream; once as a process of its own."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner, Result

from grader import Report
from grader.cli.app import app

FAULTY_CHECK = """
import numpy as np

from grader.checks import check


@check("relu", points=1, title="A check that is wrong itself")
def relu_faulty(student, solution):
    student.relu(np.ones(3))
    raise RuntimeError("the author's fault")
"""
# Of the diagnosis: what a training curve tells, loops in place of whole arrays, and where in a file something is.
FOR_RIGHT_FILES = {
    f"grader.diagnosis.{name}"
    for name in (
        *("findings", "cases", "cases.where", "training", "training.curves", "training.training_run"),
        *("written", "written.loops", "written.ready_made"),
    )
}
FOR_OTHERS = {"grader.datasets.fetch", "grader.datasets.tables", "grader.recognition", "numpy.ma", "nbformat", "rich"}


def run_grade(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["run", *map(str, arguments)])


@pytest.fixture(scope="module")
def solution(mlp, tmp_path_factory):
    path = tmp_path_factory.mktemp("solution") / "solution.py"
    path.write_text(mlp.solution_source, "utf-8")
    return path


def test_full_marks_end_with_0_json_is_all_that_is_on_stdout_and_nothing_is_loaded_in_vain(solution):
    command = [sys.executable, "-X", "importtime", "-c", "from grader.cli import main; main()"]
    command += ["run", "mnist-mlp", str(solution), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert Report.from_json(done.stdout).score == 100
    lines = done.stderr.splitlines()
    assert [line for line in lines if not line.startswith("import time:")] == []
    loaded = {line.rpartition("|")[2].strip() for line in lines}
    assert {name for name in loaded if name.startswith("grader.diagnosis.")} <= FOR_RIGHT_FILES
    assert loaded & FOR_OTHERS == set()


def test_lost_points_end_with_1(mlp):
    done = run_grade("mnist-mlp", mlp.folder / "examples" / "homework.ipynb", "--seed", 3)
    assert done.exit_code == 1, done.stderr
    assert "76 of 100" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("format", ["text", "json"])
def test_an_unreadable_submission_ends_with_2_and_one_line(tmp_path, format):
    done = run_grade("mnist-mlp", tmp_path / "nothing.ipynb", "--format", format)
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "nothing.ipynb" in done.stderr
    if format == "json":
        assert Report.from_json(done.stdout).status == "rejected"


def test_a_fault_of_the_assignment_ends_with_3_and_takes_no_points(changed_assignment, solution):
    folder = changed_assignment(more_checks=FAULTY_CHECK, points=101)
    done = run_grade(folder, solution, "--format", "json")
    assert done.exit_code == 3
    report = Report.from_json(done.stdout)
    assert report.status == "internal_error"
    assert "the author's fault" in report.reason
    assert "Traceback" not in done.stdout + done.stderr
