"""Files in the manner of real courses: no right one loses points, no wrong one gets full marks.

The suite tries some of each course; `grade validate --all` grades every one.
"""

import shutil

import pytest

from grader import Grader
from grader.validation import read_examples
from grader.validation.examples import Example
from tests.graded import lost
from tests.library import assignment, folder
from tests.tables import sampled, table

from .conftest import COURSES, diagnosed, example

EXAMPLES = [(course, entry) for course in COURSES for entry in read_examples(folder(course))]
RIGHT = [(course, entry.file) for course, entry in EXAMPLES if not entry.failed]
CPU_SECONDS = 2.0


def kind(entry: tuple[str, Example]) -> tuple[str, bool]:
    return entry[0], bool(entry[1].failed)


SAMPLE = sampled(EXAMPLES, kind)


@pytest.mark.parametrize(("course", "entry"), SAMPLE, ids=[f"{course}/{entry.file}" for course, entry in SAMPLE])
def test_an_example_gets_its_outcome(session, graded_examples, course, entry):
    report = graded_examples.report(session(course), entry.file)
    assert report.status == "graded", report.reason
    assert lost(report) == set(entry.failed)
    assert diagnosed(report) == set(entry.diagnoses)


@pytest.mark.parametrize("course", COURSES)
def test_every_example_is_listed(course):
    folder = example(course, "")
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.name != "__pycache__"}
    assert there == {entry.file for name, entry in EXAMPLES if name == course}


@pytest.mark.parametrize(
    ("course", "file"),
    [
        ("cs231n-softmax", "right/naive_loops.py"),
        ("cs231n-layers", "right/naive_loops.py"),
        ("cs231n-two-layer-net", "right/loops_without_replacement.py"),
    ],
)
def test_loops_over_single_numbers_are_cheap_here(session, graded_examples, course, file):
    report = graded_examples.report(session(course), file)
    assert report.score == 100
    assert report.timing.submission < CPU_SECONDS


@pytest.mark.parametrize(
    "course", ["cs231n-softmax", "dl-regularization", *(pytest.param(course, marks=table) for course in COURSES[1:3])]
)
def test_right_answers_are_right_on_other_random_numbers(course):
    with Grader(assignment(course), seed=1) as other:
        for _, file in sampled((entry for entry in RIGHT if entry[0] == course), lambda entry: ""):
            report = other.grade(example(course, file))
            assert (report.score, lost(report)) == (100, set()), file


@pytest.mark.parametrize(
    ("course", "name", "function", "place"),
    [
        ("cs231n-layers", "assignment2", "conv_forward_naive", "cs231n/layers.py"),
        ("dl-deep-network", "week4", "L_model_backward", "Step+by+Step+v8.ipynb"),
    ],
)
def test_a_zip_of_the_whole_assignment_is_graded_like_the_folder(session, tmp_path, course, name, function, place):
    folder = example(course, f"right/{name}")
    archive = shutil.make_archive(str(tmp_path / name), "zip", folder.parent, folder.name)
    report = session(course).grade(archive)
    assert (report.status, report.score, lost(report)) == ("graded", 100, set())
    assert report.function(function).location.file.endswith(place)


def test_a_driver_beside_the_package_may_import_the_work(session, tmp_path):
    shutil.copytree(example("cs231n-two-layer-net", "right/cs231n"), tmp_path / "hw" / "cs231n")
    (tmp_path / "hw" / "driver.py").write_text("from cs231n.classifiers.neural_net import TwoLayerNet\n")
    report = session("cs231n-two-layer-net").grade(tmp_path / "hw")
    assert (report.score, lost(report)) == (100, set())
