"""The line of a mistake that was found in one function, written once more in another one that is wrong as well."""

import ast
from collections.abc import Iterator

from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.written import Written

LEAST_NAMES = 2  # that a line computes with; less is written alike for many reasons


def same_line(function: str, written: Written, other: str, wrong: Written, line: int, title: str) -> Described | None:
    """What is told of `function`, in which the statement stands that is a mistake in `line` of the unit of `other`."""
    statement = next((one for one in _computing(wrong) if wrong.line(one) == line), None)
    if statement is None or len({node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}) <= LEAST_NAMES:
        return None
    text = ast.unparse(statement)
    again = next((one for one in _computing(written) if ast.unparse(one) == text), None)
    if again is None:
        return None
    return Described(
        code=f"{function}.the-same-line",
        title=f"Line {written.line(again)} is line {line} once more, which is wrong in `{other}`",
        explanation=f"There it is said: {title.rstrip('.')}. The two lines are written alike.",
        hints=(f"Mend `{other}` first, and then do the same here.",),
        confidence="likely",
        evidence={"line": written.line(again), "other": line},
    )


def _computing(written: Written) -> Iterator[ast.stmt]:
    """The statements that assign what is computed."""
    for place in written.places:
        match place.statement:
            case ast.Assign(value=value) | ast.AugAssign(value=value):
                if any(isinstance(node, ast.BinOp) for node in ast.walk(value)):
                    yield place.statement
