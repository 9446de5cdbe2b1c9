"""A number of a result worked out by hand: a term with the numbers in it, which has the right value."""

import ast
import math
import re
from collections.abc import Callable, Mapping

from grader.diagnosis.cases.shown_values import shown

FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "max": max,
}
LONGEST = 120


def worked_out(term: str, value: float) -> str:
    """`1·1 + 2·2 = 5`, if the term gives the value; "" else."""
    if not term or len(term) > LONGEST:
        return ""
    try:
        found = float(eval(compile(ast.parse(term, mode="eval"), "<by hand>", "eval"), {"__builtins__": {}}, FUNCTIONS))
    except (ArithmeticError, ValueError):
        return ""
    if not math.isclose(found, value, rel_tol=1e-9, abs_tol=1e-12) or term == shown(value):
        return ""
    return f"{pretty(term)} = {shown(value)}"


def pretty(term: str) -> str:
    """As a formula is written; a number alone in brackets needs one pair."""
    written = term.replace("**2", "²").replace(" * ", "·").replace("-", "−")
    return re.sub(r"\((\(−?[\d.]+\))\)", r"\1", written)
