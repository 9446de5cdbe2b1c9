"""Assignments by id and by folder."""

from pathlib import Path

import pytest

from grader.assignments import AssignmentError, library_folders, load_assignment
from grader.assignments.starter import starter_module
from grader.validation.examples import read_examples
from tests import library

INSTRUCTORS = Path(__file__).parents[2] / "docs" / "instructors.md"


def test_the_library_names_its_folders():
    folders = library_folders()
    assert "mnist-mlp" in folders
    for name, path in folders.items():
        assert path.name == name
        assert (path / "contract.py").is_file()


@pytest.mark.parametrize("name", sorted(library_folders()))
def test_every_assignment_of_the_library_can_be_read(name):
    assignment = library.assignment(name)
    assert assignment.id == name
    assert {check.function for check in assignment.checks} <= set(assignment.function_names)


@pytest.mark.parametrize("name", sorted(library_folders()))
def test_every_assignment_of_the_library_has_what_belongs_to_it(name):
    """Files that are right in three ways and wrong in eight, a handout, a starter, its line in the documentation."""
    folder = library_folders()[name]
    examples = read_examples(folder)
    right, wrong = ([one for one in examples if bool(one.failed) == is_wrong] for is_wrong in (False, True))
    assert len(right) >= 3
    assert len(wrong) >= 8
    assert len({(one.failed, one.diagnoses) for one in wrong}) >= 8
    listed = {one.file.split("/")[0] for one in examples} | {"/".join(one.file.split("/")[:2]) for one in examples}
    there = {path.name for path in (folder / "examples").iterdir()} - {"expected.toml", "__pycache__"}
    assert there <= listed
    assert (folder / "README.md").read_text("utf-8").startswith("# ")
    assert compile(starter_module(library.assignment(name)), "starter.py", "exec")
    assert f"| `{name}` |" in INSTRUCTORS.read_text("utf-8")


def test_a_folder_is_an_assignment_as_well(folder, monkeypatch):
    assert load_assignment(folder.path).id == "linear-regression"
    assert load_assignment(str(folder.path)).id == "linear-regression"
    monkeypatch.chdir(folder.path)
    assert load_assignment(".").id == "linear-regression"


def test_the_template_of_new_assignments_is_not_in_the_library():
    assert not {"scaffold", "linear-regression"} & set(library_folders())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mnist_mlp", r"no assignment 'mnist_mlp': .* nor one of the library; is 'mnist-mlp' meant\?"),
        (
            "nothing/like/it",
            r"no assignment 'nothing/like/it': it is neither a folder nor .* library \(.*mnist-mlp",
        ),
    ],
)
def test_names_that_are_neither(name, words):
    with pytest.raises(AssignmentError, match=words):
        load_assignment(name)


def test_a_folder_that_is_no_assignment(tmp_path):
    with pytest.raises(AssignmentError, match=r"is no assignment: it has no assignment\.toml"):
        load_assignment(tmp_path)
