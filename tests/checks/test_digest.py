"""Digests of plain values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks.digest import digest
from grader.checks.plain import copied

values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        hnp.arrays(np.float64, hnp.array_shapes(min_dims=0, max_side=3)),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(values)
def test_a_copy_has_the_same_digest(value):
    assert digest(copied(value)) == digest(value) is not None


@given(hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4)), st.data())
def test_one_changed_element_changes_the_digest(array, data):
    changed = array.copy()
    index = tuple(data.draw(st.integers(0, side - 1)) for side in array.shape)
    changed[index] = 1.0 if array[index] != 1.0 else 2.0
    assert digest(changed) != digest(array)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (np.zeros(4), np.zeros((2, 2))),
        (np.zeros(4), np.zeros(4, np.float32)),
        ([1, 2], (1, 2)),
        ([[1], 2], [1, [2]]),
        (["ab"], ["a", "b"]),
        (1, 1.0),
        (1, True),
        ({"a": 1}, {"b": 1}),
        ("1", 1),
        (None, "None"),
        (0.0, -0.0),
    ],
)
def test_values_that_differ_have_different_digests(one, other):
    assert digest(one) != digest(other)


@pytest.mark.parametrize("value", [object(), [object()], {"a": {1, 2}}, np.array([object()])])
def test_other_values_have_none(value):
    assert digest(value) is None


def test_the_layout_in_memory_makes_no_difference():
    array = np.arange(12.0).reshape(3, 4)
    assert digest(np.asfortranarray(array)) == digest(array)
    assert digest(np.repeat(array, 2, axis=1)[:, ::2]) == digest(array)


def test_large_constant_arrays_are_read_once_and_told_apart():
    data = np.arange(20_000.0)
    data.flags.writeable = False
    other = data.copy()
    other[-1] = 0
    other.flags.writeable = False
    assert digest(data) == digest(data) == digest(data.copy())
    assert digest(other) not in (None, digest(data))


def test_a_large_constant_array_in_the_memory_of_another_is_not_taken_for_it():
    digests = set()
    for i in range(20):  # each is freed before the next is made, most likely in its place
        data = np.full(20_000, float(i))
        data.flags.writeable = False
        digests.add(digest(data))
    assert len(digests) == 20


def test_text_that_cannot_be_encoded_has_a_digest():
    assert digest("\ud800") != digest("\udfff")
