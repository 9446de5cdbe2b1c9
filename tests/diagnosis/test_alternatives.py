"""What is tried in the place of an expression, and what is not: it would be right by chance."""

import ast

import pytest

from grader.diagnosis.repair.axes import other_axes
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.quantities import missing_functions
from grader.diagnosis.repair.written import Written

EMPTY = "def f():\n    pass\n"
NOTHING_SEEN = Kinds(Written("f", None, ast.parse(EMPTY).body[0], EMPTY), ())  # type: ignore[arg-type]


def tried(text: str) -> list[str]:
    return [other for other, _ in other_axes(ast.parse(text, mode="eval").body)]


@pytest.mark.parametrize(
    "text", ["np.where(a > 0, 1, 0.1)", "1 if a > 0 else 0.1", "np.random.randint(0, 3, (n, m))", "np.zeros(n)"]
)
def test_a_few_numbers_are_not_squared(text):
    assert not [*missing_functions(text, NOTHING_SEEN)]


def test_of_other_numbers_a_function_may_be_missing():
    assert ("np.where(a > 0, a, 0.1) ** 2", "square") in [*missing_functions("np.where(a > 0, a, 0.1)", NOTHING_SEEN)]


def test_of_columns_of_windows_two_axes_are_exchanged():
    assert "x.transpose(0, 4, 5, 1, 2, 3)" in tried("x.transpose(0, 4, 5, 1, 3, 2)")
    assert "x.transpose(0, 3, 1, 2)" in tried("x.transpose(0, 1, 2, 3)")
