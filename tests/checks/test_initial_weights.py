"""What is remarked on the weights that a training begins with, and of which good ones nothing is said."""

import itertools

import numpy as np
import pytest

from grader.checks import unusual_initial_weights

SIZES = (784, 30, 20, 10)


def drawn(draw):
    rng = np.random.default_rng(3)
    return {f"W{i}": draw(rng, m, n) for i, (m, n) in enumerate(itertools.pairwise(SIZES), 1)}


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, m, n: rng.normal(size=(m, n)) * np.sqrt(2 / m),
        lambda rng, m, n: rng.normal(size=(m, n)) / np.sqrt(m),
        lambda rng, m, n: rng.normal(size=(m, n)) * np.sqrt(2 / (m + n)),
        lambda rng, m, n: rng.uniform(-1, 1, (m, n)) / np.sqrt(m),
        lambda rng, m, n: rng.uniform(-1, 1, (m, n)) * np.sqrt(6 / (m + n)),
        lambda rng, m, n: 0.1 * rng.normal(size=(m, n)),
        lambda rng, m, n: np.zeros((m, n)),  # told by a diagnosis
    ],
)
def test_nothing_is_said_of_the_usual_ways(draw):
    assert unusual_initial_weights(drawn(draw)) == ()


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda rng, m, n: rng.random((m, n)), "All weights of W1, W2 and W3 begin positive"),
        (lambda rng, m, n: rng.random((m, n)) - 0.5, "W1 is up to 5.7 times as large"),
        (lambda rng, m, n: rng.normal(size=(m, n)), "begin with a standard deviation of 0.99; with 784 inputs"),
        (lambda rng, m, n: 0.01 * rng.normal(size=(m, n)), "W1, W2 and W3 are much smaller"),
    ],
)
def test_what_is_unusual_is_said_with_its_numbers(draw, words):
    (remark,) = unusual_initial_weights(drawn(draw))
    assert words in remark


def test_weights_may_lie_the_other_way():
    (remark,) = unusual_initial_weights(
        {"w1": drawn(lambda rng, m, n: rng.normal(size=(m, n)))["W1"].T}, inputs_first=False
    )
    assert "784 inputs" in remark
