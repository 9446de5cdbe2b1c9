"""Mistakes that nobody has listed: told by their numbers, with the right numbers, or not at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.diagnosis.cases.leaves import is_distinctive
from grader.diagnosis.numbers.symbols import read_factors
from tests.diagnosis.conftest import Clinic, codes
from tests.tables import WHOLE, table

FACTORS = st.floats(0.05, 9.0).filter(lambda c: min(abs(c - x) for x in (0.25, 1 / 3, 0.5, 1, 2, 3, 4, 6, 9)) > 0.02)
FEW = settings(max_examples=6 if WHOLE else 2)


@given(c=FACTORS)
@FEW
def test_an_extra_share_of_the_penalty(clinic: Clinic, c: float) -> None:
    student = clinic.replaced(weight_penalty_gradient=lambda W, lam, n: (1 + c) * lam * W)
    (told,) = clinic.of(student, ["backward"]).diagnoses["backward"]
    assert told.code == "backward.extra-term"
    assert told.evidence["term"].startswith(f"{c:.3g}·λ·W")
    assert told.evidence["parts"] == ['grads["W1"]', 'grads["W2"]', 'grads["W3"]', 'grads["W4"]']


@given(c=FACTORS)
@FEW
def test_a_constant_too_much(clinic: Clinic, c: float) -> None:
    right = clinic.assignment.solution.bias_gradient
    student = clinic.replaced(bias_gradient=lambda delta, n: right(delta, n) + c)
    (told,) = clinic.of(student, ["backward"]).diagnoses["backward"]
    assert told.code == "backward.extra-term"
    assert told.evidence["term"] == f"{c:.3g}"


@given(c=FACTORS)
@FEW
def test_a_constant_factor(clinic: Clinic, c: float) -> None:
    right = clinic.assignment.solution.softmax
    (told,) = clinic.of(clinic.replaced(softmax=lambda z: c * right(z)), ["softmax"]).diagnoses["softmax"]
    assert told.code == "softmax.constant-factor"
    assert told.evidence["factor"] == f"{c:.3g}"


def test_a_factor_is_read_back_as_the_number_of_samples(clinic: Clinic) -> None:
    right = clinic.assignment.solution.softmax
    (told,) = clinic.of(clinic.replaced(softmax=lambda z: len(z) * right(z)), ["softmax"]).diagnoses["softmax"]
    assert (told.code, told.evidence["factor"], told.confidence) == ("softmax.constant-factor", "n", "certain")


def test_what_is_divided_by_less_than_one_is_larger(clinic: Clinic) -> None:
    right = clinic.assignment.solution.softmax
    (told,) = clinic.of(clinic.replaced(softmax=lambda z: right(z) / np.log(2)), ["softmax"]).diagnoses["softmax"]
    assert "1/ln 2 times the right value" in told.title


def test_a_factor_that_is_another_size_is_told_as_the_size_that_it_is(clinic: Clinic) -> None:
    """What columns are, nobody says: classes here, samples in other courses."""
    right = clinic.assignment.solution.softmax
    (told,) = clinic.of(clinic.replaced(softmax=lambda z: z.shape[1] * right(z)), ["softmax"]).diagnoses["softmax"]
    assert (told.code, told.evidence["factor"]) == ("softmax.constant-factor", "z.shape[1]")


def test_whole_numbers(clinic: Clinic) -> None:
    student = clinic.replaced(relu=lambda z: np.maximum(z, 0).astype(int))
    assert codes(clinic.of(student, ["relu"])) == {"relu.whole-numbers"}


def test_shifted_by_one(clinic: Clinic) -> None:
    right = clinic.assignment.solution.bias_gradient
    student = clinic.replaced(bias_gradient=lambda delta, n: np.roll(right(delta, n), 1))
    assert codes(clinic.of(student, ["backward"])) == {"backward.rearranged"}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda z: np.maximum(z, 0) ** 1.1,
        pytest.param(lambda z: np.sin(z), marks=table),
        pytest.param(lambda z: np.maximum(z, 0) + 0.01 * z**3, marks=table),
    ],
)
def test_what_fits_nothing_gets_no_name(clinic: Clinic, wrong: object) -> None:
    known = {mistake.code for mistake in clinic.assignment.mistakes}
    assert not codes(clinic.of(clinic.replaced(relu=wrong))) & known  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([0.0, 0.0, 0.0], False),
        ([0.1, 0.1], False),
        ([1.0], False),
        ([7 / 23], False),
        ([np.nan, np.inf], False),
        ([], False),
        ([0.0, 1.0, 2.0], True),
        ([np.log(3)], True),
    ],
)
def test_numbers_that_come_by_chance_are_not_distinctive(numbers: list[float], expected: bool) -> None:
    assert is_distinctive(np.array(numbers)) is expected


# Up to 1: of larger numbers so many fractions lie within their rounding that one in some hundred draws meets one.
@given(st.floats(1e-3, 1).map(lambda x: x * np.sqrt(2)))
def test_measured_numbers_are_distinctive(number: float) -> None:
    assert is_distinctive(np.array(number)) or abs(number * 1000 - round(number * 1000)) < 1e-3


DRAWS = [{"n": 9.0, "k": 4.0, "λ": 0.37}, {"n": 3.0, "k": 6.0, "λ": 0.37}]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([9.0, 3.0], "n"),
        ([1 / 9, 1 / 3], "1/n"),
        ([-1.0, -1.0], "−1"),
        ([0.37 / 9, 0.37 / 3], "λ/n"),
        ([2 / 9, 2 / 3], "2/n"),
        ([9 / 4, 0.5], "n/k"),
        ([1 / np.log(2)] * 2, "1/ln 2"),
        ([0.7, 0.7], "0.7"),
        ([0.9 * 9, 0.9 * 3], "0.9·n"),
    ],
)
def test_factors_are_read_back_as_symbols(values: list[float], text: str) -> None:
    reading = read_factors(values, DRAWS)
    assert reading is not None
    assert reading.text == text


@given(st.lists(st.floats(0.1, 10), min_size=2, max_size=2).filter(lambda v: abs(v[0] / v[1] - 1) > 0.1))
def test_a_reading_gives_the_values_it_was_read_from(values: list[float]) -> None:
    reading = read_factors(values, [{}, {}])
    assert reading is None  # two different numbers, and nothing that they could depend on
