"""New assignments: what `grade new` writes works at once."""

import pytest

from grader.assignments import AssignmentError, read_assignment
from grader.assignments.scaffold import write_scaffold
from grader.validation import read_examples, validate_assignment


def test_everything_that_an_assignment_has_is_written(tmp_path):
    folder = tmp_path / "my-course" / "linear-regression"
    written = write_scaffold(folder)
    assert [str(path.relative_to(folder)) for path in written] == [
        "README.md",
        "assignment.toml",
        "contract.py",
        "solution.py",
        "checks.py",
        "mistakes.py",
        "examples/by_sample.py",
        "examples/expected.toml",
        "examples/factor_two_missing.py",
    ]
    assert sorted(written) == sorted(path for path in folder.rglob("*") if path.is_file())


def test_it_is_sound(tmp_path):
    write_scaffold(tmp_path / "linear-regression")
    assignment = read_assignment(tmp_path / "linear-regression")
    assert len(read_examples(assignment.folder)) == 2
    validation = validate_assignment(assignment)
    assert validation.is_sound, validation.table()


def test_an_empty_folder_is_filled(tmp_path):
    write_scaffold(tmp_path)
    assert read_assignment(tmp_path).points == 20


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(AssignmentError, match="is there already and not an empty folder; name another one"):
        write_scaffold(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_is_no_folder(tmp_path, name):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(AssignmentError, match=r"file is there already|below cannot be written"):
        write_scaffold(tmp_path / name)
    assert (tmp_path / "file").read_text() == "mine"
