"""Changes that are needed in both directions of an image at once."""

import pytest

from grader import Grader
from grader.report import Diagnosis
from grader.submissions import load_source
from tests import library

POOL = """
import numpy as np

def max_pool_forward_naive(x, pool_param):
    high, wide, step = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    images, channels, rows, columns = x.shape
    down, across = (rows - high) // step + 1, (columns - wide) // step + 1
    out = np.zeros((images, channels, down, across))
    for r in range(down):
        for c in range(across):
            window = x[:, :, r * step:r * step + high, c * step:c * step + wide]
            out[:, :, r, c] = window.max(axis=(2, 3))
    return out, (x, pool_param)

def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    high, wide, step = (pool_param[key] for key in ("pool_height", "pool_width", "stride"))
    dx = np.zeros_like(x)
    for n, k, r, c in np.ndindex(*dout.shape):
        seen = x[n, k, r * step:r * step + high, c * step:c * step + wide]
        row, column = np.unravel_index(seen.argmax(), seen.shape)
        dx[n, k, r * step + row, c * step + column] += dout[n, k, r, c]
    return dx
"""


@pytest.fixture(scope="module")
def course():
    with Grader(library.assignment("cs231n-layers")) as session:
        yield session


def told(session: Grader, function: str, *changes: tuple[str, str]) -> list[Diagnosis]:
    text = POOL
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong, 1)
    report = session.grade(load_source(text, "homework.py"), functions=[function])
    return [*report.function(function).diagnoses]


def test_a_window_as_large_as_the_stride(course):
    stride = "r * step:(r + 1) * step, c * step:(c + 1) * step"
    right = "seen = x[n, k, r * step:r * step + high, c * step:c * step + wide]"
    (diagnosis,) = told(course, "max_pool_backward_naive", (right, f"seen = x[n, k, {stride}]"))
    assert diagnosis.title == f"The window `{stride}` does not end where it should"
    assert diagnosis.location.line == 20


def test_loops_over_the_image_instead_of_the_places_of_the_window(course):
    changes = [("range(down)", "range(0, rows, step)"), ("range(across)", "range(0, columns, step)")]
    changes += [("out[:, :, r, c]", "out[:, :, r // step, c // step]")]
    changes += [("r * step:r * step + high, c * step:c * step + wide", "r:r + high, c:c + wide")]
    (diagnosis,) = told(course, "max_pool_forward_naive", *changes)
    assert diagnosis.title.startswith("The loops over `range(0, rows, step), range(0, columns, step)` make more")
    assert diagnosis.location.line == 9
