"""What is tried in the place of an expression, and what is not: it would be right by chance."""

import ast

import pytest

from grader.diagnosis.repair.axes import other_axes
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.other_calls import other_calls
from grader.diagnosis.repair.quantities import missing_functions
from grader.diagnosis.repair.shapes import other_shapes
from grader.diagnosis.repair.subscripts import other_orders
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


def test_of_what_is_put_together_every_order_is_tried():
    found = [other for other, _ in other_orders(ast.parse("np.hstack((f, i, g, o))", mode="eval").body)]
    assert "np.hstack((i, f, o, g))" in found
    assert len(found) == 4 * 3 * 2 - 6 - 1  # of two parts that are exchanged the tuple itself is tried


def shaped(node: ast.expr) -> list[tuple[str, str]]:
    return [*other_shapes(ast.Expr(node), node, NOTHING_SEEN)]


@pytest.mark.parametrize(
    ("text", "made", "makes"),
    [
        ("1 / (1 + r) * t", "1 / (1 + r * t)", shaped),
        ("np.clip(z, -600, 600)", "z - np.max(z)", other_calls),
        ("windows.max()", "windows.max(axis=(-2, -1), keepdims=True)", other_axes),
    ],
)
def test_what_students_mean_is_tried(text, made, makes):
    assert made in [other for other, _ in makes(ast.parse(text, mode="eval").body)]


def test_what_has_no_upper_bound_is_left_as_it_is():
    assert "clipped" not in [kind for _, kind in other_calls(ast.parse("np.clip(z, 0, None)", mode="eval").body)]
