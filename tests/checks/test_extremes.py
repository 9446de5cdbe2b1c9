"""What is told where scores are so large that something overflows."""

import numpy as np
import pytest

from grader.checks import remark_on_extremes
from grader.checks.record import recording

FINITE, LOST = np.zeros((2, 3)), np.full((2, 3), np.nan)


@pytest.mark.parametrize(
    ("loss", "gradient", "cure"),
    [
        (np.nan, FINITE, "log p"),  # 0 · log 0: probabilities that the gradient is made of are right
        (np.inf, FINITE, "log p"),
        (np.nan, LOST, "subtract the largest score"),
        (1.0, LOST, "subtract the largest score"),
    ],
)
def test_the_cure_is_that_of_what_is_not_finite(loss, gradient, cure):
    with recording() as record:
        remark_on_extremes(loss, {"dW": gradient})
    (told,) = record.remarks
    assert cure in str(told)
