"""`softmax`."""

import numpy as np

from grader.checks import check, expect, is_independent_of_batch


@check("softmax", points=4, title="Probabilities of random logits")
def softmax_random_logits(student, solution, rng):
    z = 2 * rng.normal(size=(7, 4))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=2, title="As many samples as classes")
def softmax_square(student, solution, rng):
    z = 2 * rng.normal(size=(5, 5))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=1, title="A single sample")
def softmax_one_sample(student, solution, rng):
    z = rng.normal(size=(1, 6))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=3, title="Logits of ±1000 do not overflow")
def softmax_extreme_logits(student, solution):
    z = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=2, title="Each sample is treated by itself")
def softmax_rows_apart(student, solution, rng):
    is_independent_of_batch(student.softmax, rng.normal(size=(4, 3)))
    z = np.array([[900.0, 901.0, 899.0], [-900.0, -902.0, -901.0]])
    expect(student.softmax(z), "softmax of rows far apart").close_to(solution.softmax(z))
