"""A function that is wrong only because another is, is told apart from that first cause."""

import pytest


def test_what_is_built_on_a_wrong_softmax_follows_from_it(grade_example):
    report = grade_example("wrong/softmax_over_the_batch.py")
    assert report.function("softmax").follows_from == ()
    assert report.function("forward").follows_from == ("softmax",)
    assert report.function("backward").follows_from == ("softmax",)
    assert report.function("predict").follows_from == ("softmax",)


def test_the_first_cause_is_named_not_the_one_between(grade_example):
    report = grade_example("wrong/softmax_row_sums_not_kept.py")
    assert "needs `forward`" in report.function("backward").checks[0].message
    assert report.function("backward").follows_from == ("softmax",)


@pytest.mark.parametrize("name", ["cost_is_a_sum", "cost_log2", "cost_without_minus"])
def test_a_right_gradient_of_a_wrong_cost_follows_from_the_cost(grade_example, name):
    report = grade_example(f"wrong/{name}.py")
    assert report.function("backward").follows_from == ("cross_entropy",)


def test_a_mistake_of_its_own_is_no_follow_on(grade_example):
    """Here backward is wrong twice over: its softmax is, and it lacks the mask."""
    report = grade_example("wrong/three_functions.py")
    assert report.function("forward").follows_from == ("softmax",)
    assert report.function("backward").follows_from == ()


def test_what_needs_an_absent_function_follows_from_it(grade_example):
    report = grade_example("wrong/unfinished_cell.ipynb")
    assert report.function("train").follows_from == ("backward",)


def test_an_absent_function_is_its_own_fault(grade_example):
    report = grade_example("wrong/misspelt.py")
    assert [report.function(name).follows_from for name in ("relu", "softmax", "predict")] == [(), (), ()]
