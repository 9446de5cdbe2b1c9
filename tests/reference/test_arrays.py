import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from reference.arrays import is_weight, one_hot


@given(labels=arrays(np.int64, st.integers(0, 9), elements=st.integers(0, 5)))
def test_one_hot_rows_hold_a_single_one_at_the_label(labels):
    rows = one_hot(labels, 6)
    assert rows.shape == (len(labels), 6)
    np.testing.assert_array_equal(rows.sum(axis=1), 1)
    np.testing.assert_array_equal(rows.argmax(axis=1), labels)


@pytest.mark.parametrize("labels", [[0, 10], [-1, 3]])
def test_labels_outside_the_classes_are_refused(labels):
    with pytest.raises(ValueError, match=r"0 … 9 for 10 classes, but they span"):
        one_hot(np.array(labels), 10)


def test_weights_are_told_from_biases():
    assert is_weight("W12")
    assert not is_weight("b1")
