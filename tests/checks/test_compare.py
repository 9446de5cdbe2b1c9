"""Comparing values: what is right, what earns a remark, what is wrong, and what the message says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks.compare import (
    PICTURE_SIDE,
    Tolerance,
    agrees,
    as_array,
    compare,
    compare_exactly,
    is_single_precision,
)
from grader.checks.describe import describe
from grader.checks.implementation import Hidden
from grader.checks.local import Solution
from grader.report import AssignmentInfo, CheckResult, Comparison, FunctionReport, Report, SubmissionInfo

RELATIVE_ONLY = Tolerance(absolute=0.0)

finite = st.floats(-1e6, 1e6)
shapes = hnp.array_shapes(min_dims=0, max_dims=3, max_side=5)
arrays = shapes.flatmap(lambda shape: hnp.arrays(np.float64, shape, elements=finite))
leaves = st.one_of(arrays, finite, st.integers(-(10**30), 10**30), st.booleans(), st.text(), st.none())
structures = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3),
    ),
    max_leaves=8,
)
tensors = hnp.arrays(
    np.float64,
    hnp.array_shapes(max_dims=3, max_side=4),
    elements=st.floats(0.1, 10) | st.floats(-10, -0.1),
)


def one(found, expected, **options):
    (comparison,) = compare(found, expected, **options)
    return comparison


def report_with(comparisons):
    check = CheckResult(id="f.c", title="t", status="failed", score=0, max_score=1, comparisons=tuple(comparisons))
    function = FunctionReport(name="f", status="failed", score=0, max_score=1, checks=(check,))
    return Report(
        assignment=AssignmentInfo(id="a", title="a", version="1"),
        submission=SubmissionInfo(name="s.py", sha256=""),
        status="graded",
        max_score=1,
        functions=(function,),
    )


# numbers


@given(structures)
def test_a_structure_equals_itself(value):
    comparisons = compare(value, value)
    assert all(comparison.verdict == "right" for comparison in comparisons)


@given(tensors, st.floats(1e-12, 1e3), st.sampled_from([1, -1]))
def test_relative_errors_are_judged_by_the_tolerance(expected, error, sign):
    found = expected * (1 + sign * 2 * error)  # ‖f − e‖ / (‖f‖ + ‖e‖) is `error`, up to the second order
    exact = 2 * error / (abs(1 + sign * 2 * error) + 1)
    comparison = one(found, expected, tolerance=RELATIVE_ONLY)
    for limit in (1e-6, 1e-4):
        if math.isclose(exact, limit, rel_tol=1e-6):
            return
    verdict = "right" if exact < 1e-6 else "remark" if exact < 1e-4 else "wrong"
    assert comparison.verdict == verdict
    assert comparison.relative_error == pytest.approx(exact, rel=1e-3, abs=1e-15)


@given(tensors, st.integers(-290, 290), st.floats(1e-9, 1))
def test_the_verdict_does_not_depend_on_the_unit(expected, exponent, error):
    found = expected + error * np.arange(1, expected.size + 1).reshape(expected.shape) / expected.size
    unit = 10.0**exponent
    plain, scaled = (
        one(f, e, tolerance=RELATIVE_ONLY) for f, e in [(found, expected), (found * unit, expected * unit)]
    )
    assert scaled.relative_error == pytest.approx(plain.relative_error, rel=1e-6)


@pytest.mark.parametrize("unit", [1e-300, 1e300, 1.7e308])
def test_extreme_magnitudes_neither_overflow_nor_vanish(unit):
    expected = np.array([1.0, -1.0, 0.5]) * unit
    with np.errstate(all="raise", under="ignore"):
        right = one(expected * (1 - 1e-9), expected, tolerance=RELATIVE_ONLY)
        wrong = one(-expected, expected, tolerance=RELATIVE_ONLY)
    assert right.verdict == "right"
    assert (wrong.verdict, wrong.relative_error) == ("wrong", pytest.approx(1.0))
    assert all(math.isfinite(value) for row in wrong.error_picture for value in row)


def test_differences_below_the_absolute_floor_are_rounding():
    assert one(np.array([3e-9, 0.0]), np.zeros(2)).verdict == "right"
    assert one(np.array([3e-8, 0.0]), np.zeros(2)).verdict == "wrong"


def test_the_worst_element_is_named():
    expected = np.arange(12.0).reshape(3, 4)
    found = expected.copy()
    found[1, 0], found[2, 3] = 4.1, 5
    comparison = one(found, expected, label="dW")
    assert comparison.worst_index == (2, 3)
    assert comparison.message == "dW is wrong (relative error 0.14), worst at [2, 3]: found 5, expected 11"
    assert (comparison.found, comparison.expected) == (found.tolist(), expected.tolist())


def test_a_wrong_number_has_no_index():
    assert one(2.5, 2.0).message == "the result is wrong (relative error 0.11): found 2.5, expected 2"


def test_a_boolean_mask_in_the_place_of_numbers_is_told_as_wrong():
    comparison = one(np.array([True, False]), np.array([2.0, 0.0]))
    assert comparison.message.endswith("worst at [0]: found True, expected 2")


def test_complex_numbers_are_compared_as_such():
    assert one(np.array([1 + 1j]), np.array([1 + 1j])).verdict == "right"
    assert one(np.array([1 - 1j]), np.array([1 + 1j])).verdict == "wrong"
    assert one(np.array([1 + 1j]), np.array([1.0])).verdict == "wrong"


# form


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (np.ones((1, 1)), np.float64(1)),
        (np.ones(1), 1.0),
        (np.ones((1, 3)), np.ones(3)),
        (np.ones((3, 1)), np.ones(3)),
        (np.ones(3), np.ones((1, 3))),
        (np.ones((2, 1, 3)), np.ones((2, 3))),
    ],
)
def test_a_dimension_of_length_one_more_or_less_gets_a_remark(found, expected):
    comparison = one(found, expected)
    assert comparison.verdict == "remark"
    assert f"has shape {found.shape}" in comparison.message


@pytest.mark.parametrize("shape", [(4, 3), (1, 3)])
def test_a_transposed_matrix_is_named(shape):
    comparison = one(np.ones(shape[::-1]), np.ones(shape), label="dW1")
    assert comparison.verdict == "wrong"
    assert comparison.message == f"dW1 has shape {shape[::-1]}, expected {shape} (it is transposed)"


def test_another_shape_is_wrong():
    comparison = one(np.ones((4, 3)), np.float64(1.0))
    assert comparison.message == "the result has shape (4, 3), expected () (one number)"
    assert comparison.expected_shape == ()


def test_float32_is_remarked_upon():
    expected = np.linspace(1, 2, 7)
    assert one(expected.astype(np.float32), expected).message == "the result is float32; float64 is expected"
    coarse = one((expected * (1 + 1e-5)).astype(np.float32), expected)
    assert (coarse.verdict, "float32 was used somewhere" in coarse.message) == ("remark", True)


@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.bool_])
def test_integers_in_the_place_of_floats_are_right(dtype):
    assert one(np.array([0, 1, 1], dtype), np.array([0.0, 1.0, 1.0])).verdict == "right"


def test_a_list_of_numbers_is_an_array():
    assert one([[1.0, 2.0]], np.array([[1.0, 2.0]])).verdict == "right"
    assert one(np.array([1.0, 2.0]), [1.0, 2.0]).verdict == "right"


def test_a_numpy_bool_is_a_bool():
    assert one(np.bool_(True), True).verdict == "right"
    assert one(np.bool_(False), True).message == "the result is False, expected True"


# NaN and infinity


def test_values_that_are_not_finite_are_counted_and_placed():
    comparison = one(np.array([[1.0, np.nan], [np.inf, 2.0]]), np.ones((2, 2)), label="probs")
    assert comparison.message == "probs is not finite: 2 of 4 values NaN or infinite, first at [0, 1] (found nan)"
    assert comparison.error_picture == ((0, 1), (1, 0))
    assert one(np.inf, 1.0).message == "the result is not finite (found inf)"


def test_the_expected_infinities_are_right_and_the_rest_is_compared():
    expected = np.array([np.inf, -np.inf, np.nan, 1.0])
    assert one(expected + 1e-9, expected).verdict == "right"
    assert one(expected + 0.1, expected).worst_index == (3,)
    assert "not finite" in one(-expected, expected).message
    assert one(np.ones(4), expected).message.endswith("worst at [2]: found 1, expected nan")


# structure


def test_a_check_that_expects_what_cannot_be_compared_is_told_so():
    with pytest.raises(TypeError, match="cannot be compared with an object of type object"):
        compare(1.0, object())


def test_a_missing_key_is_named_with_those_there_are():
    right, absent = compare({"W1": 1.0, "B1": 0.0}, {"W1": 1.0, "b1": 0.0}, "grads")
    assert right.verdict == "right"
    assert absent.message == "grads has no 'b1', it has 'W1', 'B1'"


def test_more_keys_than_expected_are_no_fault():
    assert all(c.verdict == "right" for c in compare({"W1": 1.0, "note": "mine"}, {"W1": 1.0}))


def test_nothing_returned_asks_for_the_return():
    assert one(None, np.ones((2, 3))).message == ("the result is None, expected a (2, 3) array of float64")
    assert one(None, {"W1": 1.0}, label="grads").message == ("grads is None, expected a dict with 'W1'")
    part = one({"W1": None}, {"W1": 1.0}, label="grads")
    assert part.message == "grads['W1'] is None, expected one number"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ("0.5", "the text '0.5'"),
        ({}, "an empty dict"),
        ([1.0, None], "a list of 2"),
        ([], "a list of 0"),
        (10**400, "the number of 1329 bits"),
        (Hidden(Solution((), None), object(), "Cache"), "an object of type Cache"),
        (object(), "an object of type object"),
        (np.array(["a"]), "a (1,) array of str32"),
    ],
)
def test_values_that_are_no_numbers_are_described(found, words):
    assert one(found, 1.0).message == f"the result is {words}, expected one number"


@pytest.mark.parametrize("found", [1.0, None, "ab", (1.0,), (1.0, 2.0, 3.0), {0: 1.0, 1: 2.0}])
def test_another_number_of_values_is_wrong(found):
    assert one(found, (1.0, 2.0)).verdict == "wrong"


def test_a_list_and_a_tuple_are_alike():
    assert [c.label for c in compare([1.0, "b"], (1.0, "b"))] == [
        "the result (value 1 of 2)",
        "the result (value 2 of 2)",
    ]
    assert all(c.verdict == "right" for c in compare([1.0, "b"], (1.0, "b")))


@given(structures, structures)
def test_any_two_structures_can_be_compared(found, expected):
    for comparison in compare(found, expected):
        assert (comparison.verdict == "right") == (comparison.message == "")


# pictures


@given(hnp.array_shapes(max_dims=3, max_side=30).filter(lambda shape: math.prod(shape) > 1), st.data())
def test_the_error_picture_is_small_and_keeps_the_maximum(shape, data):
    index = tuple(data.draw(st.integers(0, side - 1)) for side in shape)
    found = np.zeros(shape)
    found[index] = 7.5
    picture = one(found, np.zeros(shape)).error_picture
    assert len(picture) <= PICTURE_SIDE
    columns = math.prod(shape[1:]) if len(shape) > 1 else shape[0]
    assert {len(row) for row in picture} == {min(PICTURE_SIDE, columns)}
    assert max(max(row) for row in picture) == 7.5
    assert sum(value != 0 for row in picture for value in row) == 1


def test_large_arrays_are_described_in_the_report():
    comparison = one(np.ones((50, 40)), np.zeros((50, 40)))
    assert (comparison.found, comparison.expected) == ("a (50, 40) array of float64", "a (50, 40) array of float64")


# whole numbers


def test_labels_must_be_equal():
    expected = np.array([3, 1, 2])
    assert compare_exactly(np.array([3.0, 1.0, 2.0]), expected, "labels").verdict == "right"
    assert compare_exactly(np.array([[3, 1, 2]]), expected, "labels").verdict == "remark"
    wrong = compare_exactly(np.array([3, 2, 1]), expected, "labels")
    assert wrong.message == "labels is wrong in 2 of 3 places, first at [1]: found 2, expected 1"
    assert compare_exactly(4, np.asarray(5), "k").message == "k is wrong: found 4, expected 5"


def test_one_wrong_label_of_many_is_wrong_however_small_the_relative_error():
    expected = np.full(1_000_000, 9)
    found = expected.copy()
    found[-1] = 8
    assert compare_exactly(found, expected[:, None], "labels").worst_index == (999_999, 0)


@pytest.mark.parametrize("found", [None, "3", [[1], [2, 3]], {"a": 1}, np.array([3, 1, np.nan]), np.ones((3, 2))])
def test_other_things_than_the_labels_are_wrong(found):
    assert compare_exactly(found, np.array([3, 1, 2]), "labels").verdict == "wrong"


# in the report


def test_comparisons_travel_through_json():
    found = np.array([1.0, np.nan, -np.inf])
    values = [
        (found, np.ones(3)),
        (np.ones(3), found),
        (1e308, -1e308),
        (np.array([1 + 2j]), np.array([1.0])),
        (np.array([True]), np.array([3])),
        (10**400, 1),
        ({"a": None}, {"a": np.ones((30, 30))}),
    ]
    report = report_with(comparison for a, b in values for comparison in compare(a, b))
    text = report.to_json()
    again = Report.from_json(text)
    assert again.to_json() == text
    assert [c.message for c in again.functions[0].checks[0].comparisons] == [
        c.message for c in report.functions[0].checks[0].comparisons
    ]


def test_infinite_errors_survive_json():
    comparison = one(1.0, np.inf)
    assert comparison.relative_error == np.inf
    assert Comparison.model_validate_json(comparison.model_dump_json()).relative_error == np.inf


# describing


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "True"),
        (np.bool_(False), "False"),
        (3, "the number 3"),
        (1234567, "the number 1234567"),
        (np.float32(0.25), "the number 0.25"),
        (np.array(1 / 3), "the number 0.333333"),
        (np.complex64(1 + 2j), "the number 1+2j"),
        (np.array("text"), "the number text"),
        ({f"k{i}": i for i in range(9)}, "a dict with " + ", ".join(f"'k{i}'" for i in range(8)) + ", …"),
        ((1, 2), "a tuple of 2"),
        ("x" * 99, f"the text {'x' * 40!r}"),
    ],
)
def test_describe(value, words):
    assert describe(value) == words


@pytest.mark.parametrize(
    ("value", "is_single"),
    [
        (np.float32(1), True),
        ((1.0, {"W1": np.ones(2, np.float16)}), True),
        ([np.ones(2, np.complex64)], True),
        ({"W1": np.ones(2), "n": 3}, False),
        ("float32", False),
    ],
)
def test_single_precision_is_found_anywhere_in_a_value(value, is_single):
    assert is_single_precision(value) is is_single


def test_text_and_ragged_lists_are_no_arrays():
    assert as_array("12") is None
    assert as_array(["1", "2"]) is None
    assert as_array([[1], [2, 3]]) is None
    assert as_array(10**400) is None
    assert as_array(10**40) == 1e40
    assert as_array([1, 2.5]).dtype == np.float64


@given(structures, structures, st.booleans())
def test_whether_values_agree_is_what_comparing_says(found, other, is_same):
    expected = found if is_same else other
    told = all(one.verdict != "wrong" for one in compare(found, expected, tolerance=RELATIVE_ONLY))
    assert agrees(found, expected, RELATIVE_ONLY) is told


@given(arrays, st.sampled_from(["same", "nearly", "another", "transposed", "infinite", "column"]))
def test_arrays_agree_if_comparing_says_so(expected, how):
    changes = {
        "same": expected.copy,
        "nearly": lambda: expected * (1 + 1e-9),
        "another": lambda: expected + 1,
        "transposed": lambda: expected.T,
        "infinite": lambda: np.where(expected == expected.max(initial=0), np.inf, expected),
        "column": lambda: expected[..., None],
    }
    found = changes[how]()
    told = all(one.verdict != "wrong" for one in compare(found, expected))
    assert agrees(found, expected) is told
