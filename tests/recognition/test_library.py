"""Every example of the library is recognised as its own assignment's, and taken for no other's.

The suite looks at the first and the last of each assignment, `make tables` at all of them. A folder may hold the whole
of two assignments: it is taken for the one, and the other is told.
"""

import shutil
from pathlib import Path

import pytest

from grader.assignments import library_folders, read_assignment
from grader.assignments.starter import starter_module
from grader.recognition import Catalogue
from grader.submissions import load_source, load_submission
from grader.validation.examples import read_examples
from tests.tables import WHOLE

FOLDERS = library_folders()
CATALOGUE = Catalogue.of_library()


@pytest.mark.parametrize("id", FOLDERS)
def test_every_example_is_recognised(id: str) -> None:
    paths = [FOLDERS[id] / "examples" / example.file for example in read_examples(FOLDERS[id])]
    assert paths
    paths = paths if WHOLE else [paths[0], paths[-1]]
    taken_for = {}
    for path in paths:
        verdict = CATALOGUE.compare(load_submission(path, CATALOGUE.names))
        is_there_as_well = id in {match.id for match in verdict.besides}
        taken_for[path.name] = [id] if is_there_as_well else [match.id for match in verdict.matches]
        assert verdict.instead_of(id) is None, path
    assert {name: found for name, found in taken_for.items() if found != [id]} == {}


@pytest.mark.parametrize("id", ["cs231n-two-layer-net", "leaky-relu-column-major"])
def test_a_starter_is_recognised_before_anything_is_written(id: str) -> None:
    starter = load_source(starter_module(read_assignment(FOLDERS[id])), "starter.py")
    assert [match.id for match in CATALOGUE.compare(starter).matches] == [id]


def test_a_folder_and_an_archive_are_recognised_as_the_files_in_them(tmp_path: Path) -> None:
    folder = FOLDERS["nielsen-network"] / "examples"
    (tmp_path / "work").mkdir()
    shutil.copy(folder / "nn2.py", tmp_path / "work")
    archive = shutil.make_archive(str(tmp_path / "work"), "zip", tmp_path / "work")
    for path in (tmp_path / "work", archive):
        (match,) = CATALOGUE.compare(load_submission(path, CATALOGUE.names)).matches
        assert match.id == "nielsen-network"
