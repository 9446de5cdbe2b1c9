"""What a function adds by itself: whether a result says anything."""

import numpy as np
import pytest

from grader.diagnosis.planted.own_work import is_varied


@pytest.mark.parametrize(
    ("value", "varied"),
    [
        (np.array([True, False]), True),  # a mask of a largest number
        (np.array([True, True]), False),
        (np.array([1.0, 2.0]), True),
        (np.array([2.0, 2.0]), False),
        (np.array([np.nan, 2.0]), False),
        (np.array(3), True),
        (np.array(0), False),
        (np.zeros((0, 2)), False),
    ],
)
def test_a_result_says_something_if_its_numbers_differ(value, varied):
    assert is_varied([value]) is varied
