"""Running past what fails: also past a statement that is too deep to be compiled."""

import ast

from grader.sandbox.inside import statements


def test_a_statement_that_is_too_deep_costs_itself_alone() -> None:
    deep = "def other(x):\n    return x" + ".a" * 990 + "\n"
    text = f"rate = 0.5\n{deep}def step(x):\n    return rate * x\n"
    values: dict = {}
    assert isinstance(statements.run(ast.parse(text), "hw.py", values), RecursionError)
    assert values["step"](4) == 2.0
    assert "other" not in values
