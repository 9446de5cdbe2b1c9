"""Messages of exceptions as a student reads them."""

import numpy as np
import pytest

from grader.meanings import in_plain_words
from grader.submissions.misplaced import in_words


@pytest.mark.parametrize(
    ("left", "right", "numbers"),
    [(np.ones((2, 3)), np.ones((2, 3)), ("2", "3")), (np.array(None), np.ones((2, 3)), ("0", "1"))],
)
def test_a_product_that_does_not_fit_is_told_without_numpys_notation(left, right, numbers):
    with pytest.raises(ValueError, match="gufunc") as raised:
        np.matmul(left, right)
    told = in_plain_words(str(raised.value))
    assert "gufunc" not in told
    assert "->" not in told
    assert all(number in told for number in numbers)


def test_what_was_not_imported_is_told_with_the_line_that_is_missing():
    assert "`from collections import defaultdict`" in in_plain_words("name 'defaultdict' is not defined")
    assert in_plain_words("name 'layer' is not defined") == "name 'layer' is not defined"


@pytest.mark.parametrize("line", ["dw =", "x = a *", "w -=  # the step"])
def test_a_line_with_nothing_behind_its_sign_is_told_as_that(line):
    assert "nothing stands behind" in in_words("invalid syntax", f"def f(x):\n    {line}", 2)
