"""Assignments by id and by folder."""

import pytest

from grader.assignments import AssignmentError, library_folders, load_assignment
from tests import library


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
