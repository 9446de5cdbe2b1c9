"""Lines that diagnoses point at."""

import pytest

from grader.assignments import Place
from grader.diagnosis.cases.where import Source
from grader.submissions import load_source

NETWORK = """\
import numpy as np


class Network:
    def slope(self, x):
        return 1.0 * (x > 0)

    def error(self, p, y):
        return (y - p) @ self.jacobian(p)

    def jacobian(self, p):
        return np.diag(p) - np.outer(p, p)

    def train(self, x, y):
        error = self.error(x, y)
        weights = error.sum(axis=1)
        bias = np.sum(error)
        self.bias = bias
"""

SCRIPT = """\
import numpy as np
param = {}
for i in range(3):
    param["w" + str(i)] = np.zeros((2, 3))
for j in range(iterations):
    grad = {"db1": np.sum(dz)}
    cost = np.mean(dz)
"""


@pytest.mark.parametrize(
    ("function", "place", "line"),
    [
        ("Network.train", None, 14),
        ("Network.train", Place(assigns="bias", calls="sum"), 17),
        ("Network.train", Place(calls="jacobian"), 9),
        ("Network.train", Place(calls="sum"), 14),
        ("Network.slope", Place(calls="maximum"), 5),
        ("Network", None, 4),
    ],
    ids=["the method", "its line", "a line of a method it calls", "two lines", "no line", "the class"],
)
def test_lines_of_methods(function: str, place: Place | None, line: int) -> None:
    location = Source(load_source(NETWORK)).location(function, place)
    assert location is not None
    assert location.line == line


@pytest.mark.parametrize(
    ("function", "line"),
    [("Network.slope", 6), ("Network.jacobian", 12), ("Network.error", None), ("Network.train", None)],
)
def test_a_function_of_one_line_that_reads_nothing_of_others_is_wrong_there(function: str, line: int | None) -> None:
    location = Source(load_source(NETWORK)).only_line(function)
    assert (location and location.line) == line


def test_statements_of_a_script() -> None:
    source = Source(load_source(SCRIPT))
    found = source.location("training", Place(calls="zeros"))
    assert found is not None
    assert found.line == 4
    assert source.location("training", Place(calls="sum|mean")) is None
    assert source.location("training", None) is None
