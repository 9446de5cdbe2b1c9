"""Files as students really write them, of this day and of others (`tests/submissions/as_they_are`)."""

import tomllib
from pathlib import Path

import pytest

from .conftest import lost

FOLDER = Path(__file__).parents[1] / "submissions" / "as_they_are"
SUBMISSIONS = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))["submission"]


@pytest.mark.parametrize("entry", SUBMISSIONS, ids=[entry["file"] for entry in SUBMISSIONS])
def test_a_file_gets_its_outcome(session, entry):
    assignment, _, name = entry["file"].partition("/")
    report = session(assignment).grade(FOLDER / assignment / name)
    assert report.status == "graded", report.reason
    assert lost(report) == set(entry.get("lost", ()))
    assert {d.code: d.location and d.location.line for d in report.diagnoses()} == entry.get("diagnoses", {})
    assert report.environment.run_as == entry.get("run_as", "today")
    told = [*report.remarks, *(remark for function in report.functions for remark in function.remarks)]
    for words in entry.get("says", ()):
        assert any(words in remark for remark in told), told


def test_every_file_is_listed():
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*") if path.name != "__pycache__"}
    assert there == {entry["file"] for entry in SUBMISSIONS}
