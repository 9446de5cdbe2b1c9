"""Functions whose every `return` gives more or fewer values than the task asks for, as the text tells.

Where a call ends before it, or another function's fault hides what comes back, nobody has seen it yet.
"""

import ast

from grader.assignments import ContractFunction
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.written import Written

LONGEST = 60


def other_count(entry: ContractFunction, written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of a function that returns another number of values, and its `return`."""
    returns = [place.statement for place in written.places if isinstance(place.statement, ast.Return)]
    values = [one.value for one in returns if isinstance(one, ast.Return) and one.value is not None]
    counts = {len(value.elts) for value in values if isinstance(value, ast.Tuple)}
    is_plain = all(
        isinstance(value, ast.Tuple) and not any(isinstance(one, ast.Starred) for one in value.elts) for value in values
    )
    if not entry.outputs or len(values) < len(returns) or not is_plain or len(counts) != 1 or counts == {entry.outputs}:
        return None
    count = counts.pop()
    told = Described(
        code=f"{entry.name}.other-count",
        title=f"`{entry.name}` returns {count} values, and {entry.outputs} are asked for",
        explanation=f"What comes back is `{cut(ast.unparse(values[-1]), LONGEST)}`. Whoever calls it takes the result "
        "apart, so it must have the form that the task names.",
        hints=("Which values does the task ask for, and in which order?",),
        evidence={"found": count, "asked": entry.outputs},
    )
    return told, returns[-1]
