"""Sample submissions of the flagship get what they deserve, in words that their authors can use.

The suite tries some of each function's; `grade validate mnist-mlp` grades every one.
"""

import re
from collections.abc import Iterator

import pytest

from grader.report import CheckResult, Report
from grader.validation import read_examples
from tests import library
from tests.graded import lost
from tests.tables import sampled

EXAMPLES = {example.file: set(example.failed) for example in read_examples(library.folder("mnist-mlp"))}
RIGHT = sorted(name for name, failed in EXAMPLES.items() if not failed)
WRONG = sorted(name for name, failed in EXAMPLES.items() if failed)
LONGEST_MESSAGE = 1500


def first_lost(name: str) -> str:
    return min(EXAMPLES[name], key=library.assignment("mnist-mlp").function_names.index)


@pytest.mark.parametrize("name", sampled(RIGHT, lambda name: name.rpartition(".")[2], 3))
def test_a_right_answer_in_any_clothes_gets_full_marks(grade_example, name):
    report = grade_example(name)
    assert report.score == report.max_score == 100, lost(report)
    assert {function.status for function in report.functions} == {"passed"}
    assert [diagnosis.code for diagnosis in report.diagnoses()] == []


@pytest.mark.parametrize("name", sampled(WRONG, first_lost))
def test_a_mistake_costs_the_functions_that_it_concerns(grade_example, name):
    report = grade_example(name)
    assert report.status == "graded", report.reason
    assert lost(report) == EXAMPLES[name]
    assert report.score == sum(function.score for function in report.functions)
    for check in failed_checks(report):
        assert 0 < len(check.message) < LONGEST_MESSAGE
        assert "\n" not in check.message
        assert names_what_is_wrong(check), check.message


def failed_checks(report: Report) -> Iterator[CheckResult]:
    return (check for function in report.functions for check in function.checks if check.status != "passed")


def names_what_is_wrong(check: CheckResult) -> bool:
    """A number, or else a name."""
    return bool(re.search(r"\d|`\w+`|\"\w+\"", check.message))


def test_examples_are_all_listed(mlp):
    folder = mlp.folder / "examples"
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.name != "__pycache__"}
    there |= {path.name for path in folder.glob("*.ipynb")}
    assert there == set(EXAMPLES)


def test_the_demonstration_shows_two_wrong_functions_among_right_ones(grade_example):
    report = grade_example("homework.ipynb")
    assert lost(report) == {"softmax", "backward"}
    assert report.function("softmax").status == report.function("backward").status == "partial"
    assert report.function("backward").location.cell == 7
    assert report.training
    assert [run.status for run in report.cells] == ["ran"] * len(report.cells)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("right/float32.py", "float32"),
        ("right/one_element_arrays.py", r"shape \(1,\)"),
        ("wrong/relu_in_place.py", "`relu` changes its argument `z` in place"),
        ("wrong/backward_changes_the_weights.py", "`backward` changes its argument `params` in place"),
    ],
)
def test_form_earns_a_remark(grade_example, name, words):
    remarks = [text for function in grade_example(name).functions for text in function.remarks]
    assert any(re.search(words, text) for text in remarks), remarks


def test_output_is_shown_but_bounded(grade_example, mlp):
    output = grade_example("right/prints_a_lot.py").output
    assert "permutation of ten" in output.stdout
    assert output.truncated
    assert len(output.stdout.encode()) <= mlp.metadata.limits.output_kb * 1024
