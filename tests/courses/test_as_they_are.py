"""Files as students really write them, of this day and of others (`tests/submissions/as_they_are`)."""

import shutil
import tomllib
from pathlib import Path

import pytest

from grader import Grader
from grader.assignments import library_folders
from tests.graded import lost
from tests.tables import sampled

FOLDER = Path(__file__).parents[1] / "submissions" / "as_they_are"
SUBMISSIONS = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))["submission"]


def age(entry: dict[str, str]) -> tuple[str, bool]:
    return entry.get("run_as", "today"), "lost" in entry


def course(entry: dict[str, str]) -> tuple[str, bool]:
    return entry["file"].partition("/")[0], "lost" in entry


# Right and wrong ones of every course, and of every age that is not among these.
OF_COURSES = sampled(SUBMISSIONS, course)
OF_OTHER_AGES = [entry for entry in sampled(SUBMISSIONS, age) if age(entry) not in map(age, OF_COURSES)]
SAMPLE = [*OF_COURSES, *OF_OTHER_AGES]


@pytest.mark.parametrize("entry", SAMPLE, ids=[entry["file"] for entry in SAMPLE])
def test_a_file_gets_its_outcome(session, entry):
    assignment, _, name = entry["file"].partition("/")
    report = session(assignment).grade(FOLDER / assignment / name, functions=entry.get("functions"))
    assert report.status == "graded", report.reason
    assert lost(report) == set(entry.get("lost", ()))
    lines = {d.code: d.location.line if d.location else 0 for d in report.diagnoses()}
    assert lines == entry.get("diagnoses", {})
    assert report.environment.run_as == entry.get("run_as", "today")
    told = [*report.remarks, *(remark for function in report.functions for remark in function.remarks)]
    for words in entry.get("says", ()):
        assert any(words in remark for remark in told), told


def test_a_course_may_demand_the_stack_of_today(tmp_path):
    folder = tmp_path / "cs231n-softmax"
    shutil.copytree(library_folders()["cs231n-softmax"], folder, ignore=shutil.ignore_patterns("examples"))
    with (folder / "assignment.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[compatibility]\nold_stack = "refuse"\n')
    with Grader(folder) as strict:
        report = strict.grade(FOLDER / "cs231n-softmax" / "removed_names.py")
        assert (report.score, report.environment.run_as) == (0, "today")
        assert any("`np.float` was removed in numpy 1.24" in remark for remark in report.functions[0].remarks)
        report = strict.grade(FOLDER / "cs231n-softmax" / "print_statements.py")
        assert report.score == 0
        assert "SyntaxError" in report.cells[0].message
        assert strict.grade(FOLDER / "cs231n-softmax" / "past_and_future.py").score == 100


@pytest.mark.parametrize(
    ("name", "loads"), [("past_and_future.py", 1), ("print_statements.py", 1), ("functional.py", 2)]
)
def test_what_today_runs_is_run_once(session, name, loads):
    seen = []
    grader = session("cs231n-softmax")
    first = grader.grade(FOLDER / "cs231n-softmax" / name, on_progress=lambda progress: seen.append(progress.stage))
    assert seen.count("loading") == loads
    again = grader.grade(FOLDER / "cs231n-softmax" / name)
    assert again.without_timing() == first.without_timing()


MISTAKES_OF_TODAY = """
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    losses = np.zeros(len(y))
    for i in range(len(y)):
        losses[i] = -np.log(np.exp(X[i].dot(W)))
    return losses.sum(), W

def softmax_loss_vectorized(W, X, y, reg):
    p = np.exp(X.dot(W))
    return -np.log(p[np.arange(len(y)) / 1.5, "y"]).mean(), p[W]
"""


def test_a_mistake_of_today_is_not_put_down_to_age(grade_text):
    report = grade_text("cs231n-softmax", MISTAKES_OF_TODAY)
    assert (report.score, report.environment.run_as) == (0, "today")
    assert not report.remarks
    assert not any(function.remarks for function in report.functions)


def test_every_file_is_listed():
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*") if path.name != "__pycache__"}
    assert there == {entry["file"] for entry in SUBMISSIONS}
