"""Which of a student's files are graded, and when two students' work is the same."""

import pytest

from grader.batch.roster import Entry, HandedInFile, Student
from grader.batch.source import open_source
from grader.batch.work import fingerprint, load_work, work_of
from grader.submissions import SubmissionRejected
from tests.softplus import HALF_RIGHT, RIGHT

from .conftest import zipped

NAMES = ("softplus", "slope")


def entry_of(*names: str, folder: str = "") -> Entry:
    """An entry with these files, oldest first."""
    files = (HandedInFile(f"{folder}{name}", name, float(age)) for age, name in enumerate(names))
    return Entry(Student("alice"), tuple(files))


def print_of(path, *names: str, folder: str = "") -> str:
    work, _ = work_of(entry_of(*names, folder=folder), anonymous=False)
    with open_source(path) as source:
        return fingerprint(work, source)


def loaded(path, *names: str):
    work, _ = work_of(entry_of(*names), anonymous=False)
    with open_source(path) as source:
        return load_work(work, source, NAMES)


def test_the_notebook_or_module_is_graded_and_the_rest_is_named():
    work, remarks = work_of(entry_of("data.csv", "homework.py", "photo.jpg"), anonymous=False)
    assert [file.name for file in work.files] == ["homework.py"]
    assert remarks == ("graded: homework.py, not data.csv, photo.jpg",)


def test_of_several_archives_the_newest():
    work, remarks = work_of(entry_of("b.zip", "a.zip"), anonymous=False)
    assert [file.name for file in work.files] == ["a.zip"]
    assert remarks == ("graded: a.zip, not b.zip",)


def test_modules_together_are_one_submission(write_folder):
    root = write_folder({"layers.py": RIGHT, "main.py": "from layers import softplus, slope\n"})
    submission = loaded(root, "layers.py", "main.py")
    assert {name for name in submission.definitions() if name in NAMES} == set(NAMES)


def test_of_two_files_with_everything_the_newer(write_folder):
    root = write_folder({"final.py": RIGHT, "draft.py": HALF_RIGHT})
    assert [unit.file for unit in loaded(root, "draft.py", "final.py").units] == ["final.py"]
    assert [unit.file for unit in loaded(root, "final.py", "draft.py").units] == ["draft.py"]


def test_an_archive_is_opened(write_folder):
    root = write_folder({"homework.zip": zipped({"homework.py": RIGHT})})
    assert loaded(root, "homework.zip").definitions()["slope"].file == "homework.py"


def test_a_document_is_rejected_in_the_students_words(write_folder):
    root = write_folder({"homework.pdf": "%PDF-1.4"})
    with pytest.raises(SubmissionRejected, match=r"homework\.pdf is a \.pdf file"):
        loaded(root, "homework.pdf")


def test_nothing_handed_in_is_rejected(write_folder):
    with pytest.raises(SubmissionRejected, match="No file was handed in"):
        loaded(write_folder({"other.py": "x"}))


def test_equal_work_has_equal_fingerprints(write_folder):
    root = write_folder({"a/hw.py": RIGHT, "b/hw.py": RIGHT, "c/hw.py": HALF_RIGHT, "d/other.py": RIGHT})
    prints = [print_of(root, "hw.py", folder=f"{name}/") for name in "abc"]
    assert prints[0] == prints[1] != prints[2]
    assert print_of(root, "other.py", folder="d/") != prints[0], "its report shows another file name"


def test_the_age_of_several_files_decides_which_is_the_work_and_so_belongs_to_the_fingerprint(write_folder):
    root = write_folder({"a.py": RIGHT, "b.py": HALF_RIGHT})
    assert print_of(root, "a.py", "b.py") != print_of(root, "b.py", "a.py")


def test_anonymous_work_does_not_go_by_the_students_file_name():
    work, _ = work_of(entry_of("jane_doe.ipynb"), anonymous=True)
    assert work.name == "submission.ipynb"
