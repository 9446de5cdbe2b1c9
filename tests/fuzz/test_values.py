"""What checks do with a value that a submission returned: whatever it is, it is judged, never an error of ours."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.checks import expect
from grader.checks.compare import compare, describe
from grader.checks.digest import digest
from grader.checks.record import recording
from grader.diagnosis.cases.leaves import leaves_of
from grader.report import Comparison

SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
DTYPES = st.sampled_from(["?", "i1", "u1", "i8", "u8", "f2", "f4", "f8", "c8", "c16"])
ARRAYS = st.builds(lambda dtype, shape: (dtype, shape), DTYPES, SHAPES).flatmap(lambda pair: arrays.arrays(*pair))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**39), 10**39)
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=20)
    | ARRAYS
    | ARRAYS.filter(lambda array: array.size > 0).map(lambda array: array.reshape(-1)[0])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.sampled_from(["W1", "b1", "x"]) | st.integers(-3, 3), inner, max_size=4)
    ),
    max_leaves=8,
)
EXPECTED: list[Any] = [
    0.0,
    1.5,
    np.arange(6.0).reshape(3, 2),
    np.zeros((0, 2)),
    np.array([1, 0, 2]),
    {"W1": np.eye(2), "b1": np.zeros(2)},
    (np.ones(3), 1.0),
    [1.0, 2.0],
    "text",
    True,
    None,
]


@given(VALUES, st.sampled_from(EXPECTED))
def test_any_value_is_compared(value: Any, expected: Any) -> None:
    comparisons = compare(value, expected)
    assert comparisons
    for comparison in comparisons:
        assert Comparison.model_validate_json(comparison.model_dump_json()).verdict == comparison.verdict


@given(VALUES)
def test_any_value_is_judged_by_every_expectation(value: Any) -> None:
    with np.errstate(all="ignore"), recording():
        expect(value).equals(np.array([1, 2]))
        expect(value).is_finite()
        expect(value).is_at_least(1.0)
        expect(value).is_at_most(1.0)
        point = {"W1": np.ones((2, 2))}
        expect(value).gradient_of(lambda points: [value for _ in points], at=point, rng=np.random.default_rng(0))


@given(VALUES)
def test_any_value_is_described_digested_and_taken_apart(value: Any) -> None:
    assert len(describe(value)) < 1_000
    assert isinstance(digest(value), bytes)
    assert isinstance(leaves_of(value), dict)
