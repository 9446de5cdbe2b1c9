"""Two independent ways to differentiate, as fixtures: central differences and the complex step."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

Function = Callable[[NDArray[Any]], Any]
AssertGradient = Callable[..., None]


def central_differences(f: Function, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gradient of a scalar f, right to about 1e-7 where f bends little within 1e-5 of x."""
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        h = 1e-5 * max(1.0, abs(x[index]))
        above, below = x.copy(), x.copy()
        above[index] += h
        below[index] -= h
        gradient[index] = (f(above) - f(below)) / (2 * h)
    return gradient


def complex_step(f: Function, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gradient of a scalar f that accepts complex arrays, right to rounding: nothing is subtracted."""
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1e-100j
        gradient[index] = f(moved).imag / 1e-100
    return gradient


def relative_error(actual: NDArray[Any], expected: NDArray[Any]) -> float:
    size = np.linalg.norm(actual) + np.linalg.norm(expected)
    return float(np.linalg.norm(actual - expected) / max(size, 1e-12))


@pytest.fixture(scope="session")
def assert_gradient() -> AssertGradient:
    """assert_gradient(f, x, analytic): the gradient of f at x, by both methods where f takes complex numbers."""

    def check(
        f: Function, x: NDArray[np.float64], analytic: NDArray[np.float64], *, by_complex_step: bool = True
    ) -> None:
        assert analytic.shape == x.shape
        if by_complex_step:
            assert relative_error(analytic, complex_step(f, x)) < 1e-13
        assert relative_error(analytic, central_differences(f, x)) < 1e-6

    return check


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20240229)
