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


def test_places_that_loops_with_steps_leave_out(course):
    changes = [("range(down)", "range(0, down, step)"), ("range(across)", "range(0, across, step)")]
    changes += [("r * step:r * step + high, c * step:c * step + wide", "r:r + high, c:c + wide")]
    (diagnosis,) = told(course, "max_pool_forward_naive", *changes)
    assert diagnosis.title == "`out[:, :, :, 1]` comes of nothing in `x`: places are left out"
    assert "a window begins at the count times the stride" in diagnosis.explanation
    assert diagnosis.location.line == 9


def test_a_loop_that_counts_with_the_name_of_the_images(course):
    changes = [("for c in range(across)", "for x in range(across)"), ("out[:, :, r, c]", "out[:, :, r, x]")]
    changes += [("c * step:c * step + wide", "x * step:x * step + wide")]
    (diagnosis,) = told(course, "max_pool_forward_naive", *changes)
    assert diagnosis.title.startswith("A loop counts with `x`, which is the name of an array")
    assert diagnosis.location.line == 10


CONVOLUTION = """
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    step, border = conv_param["stride"], conv_param["pad"]
    images, channels, rows, columns = x.shape
    filters, _, high, wide = w.shape
    down = 1 + (rows + 2 * border - high) // step
    across = 1 + (columns + 2 * border - high) // step
    padded = np.pad(x, ((0, 0), (0, 0), (border, border), (border, border)))
    out = np.zeros((images, filters, down, across))
    for r in range(down):
        for c in range(across):
            for i in range(high):
                for j in range(wide):
                    out[:, :, r, c] += padded[:, :, r * step + i, c * step + j] @ w[:, :, i, j].T
            out[:, :, r, c] += b
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    step, border = conv_param["stride"], conv_param["pad"]
    high, wide = w.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (border, border), (border, border)))
    dpadded, dw = np.zeros_like(padded), np.zeros_like(w)
    for r in range(dout.shape[2]):
        for c in range(dout.shape[3]):
            place = np.s_[:, :, r * step:r * step + high, c * step:c * step + wide]
            dpadded[place] += np.einsum("nf,fchw->nchw", dout[:, :, r, c], w)
            dw += np.einsum("nf,nchw->fchw", dout[:, :, r, c], padded[place])
    inner = np.s_[:, :, border:border + x.shape[2], border:border + x.shape[3]]
    return dpadded[inner], dw, dout.sum(axis=(0, 2, 3))
"""


def test_a_size_of_the_wrong_axis_is_told_with_what_it_counts_and_costs_the_way_back_nothing(course):
    report = course.grade(load_source(CONVOLUTION), functions=["conv_forward_naive", "conv_backward_naive"])
    assert report.function("conv_backward_naive").score == report.function("conv_backward_naive").max_score
    [found] = report.function("conv_forward_naive").diagnoses
    assert found.title == "`1 + (columns + 2 * border - high) // step` counts with the size of another axis"
    assert found.explanation.startswith("`high` is the third size of `w`, `wide` the fourth size of `w`.")
    assert found.location.line == 9
