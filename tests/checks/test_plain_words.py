"""Messages of exceptions as a student reads them."""

import numpy as np
import pytest

from grader.meanings import in_plain_words


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
