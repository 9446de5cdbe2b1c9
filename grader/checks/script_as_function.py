"""A script read as the function that it stands in for, each statement in its own line.

A script runs with its variables in a namespace of their own, where nobody can change a line of it for a trial. Written
as a function it can be watched and edited like any other. What it defines stays outside: it is loaded as it is.
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import replace

from grader.assignments import ContractFunction
from grader.checks.script import statements_of
from grader.submissions import SourceUnit, Submission

START = "__start__"  # the argument whose value a variable of the script takes before the loop; nobody is told of it
INDENT = "    "


def scripts_as_functions(submission: Submission, contract: Sequence[ContractFunction]) -> dict[str, SourceUnit]:
    """The texts of scripts by the function that each stands for; of one that cannot be written so, none."""
    texts = {}
    for function in contract:
        if function.script is not None and function.name not in submission.definitions():
            read = statements_of(submission, function)
            if read is not None and (text := _as_function(*read, function)) is not None:
                texts[function.name] = replace(read[0], source=text)
    return texts


def _as_function(unit: SourceUnit, statements: Sequence[ast.stmt], function: ContractFunction) -> str | None:
    """The text, of which no line has moved; None where there is no line free for what a function needs beside it.

    The last of the statements is the training loop.
    """
    assert function.script is not None
    lines = unit.source.split("\n")
    kept = [line for statement in statements for line in _lines_of(statement)]
    before = [line for statement in statements[:-1] for line in _lines_of(statement)]
    header, loop = min(kept) - 1, statements[-1]
    if header < 1 or len(kept) != len({*kept}) or any(map(_spans_lines_in_a_text, statements)):
        return None
    made = [INDENT + text if number in kept else "" for number, text in enumerate(lines, 1)]
    start = function.script.start
    signature = re.sub(rf"\b{start}\b", START, function.signature)
    made[header - 1] = f"def {function.name}{signature.partition(' ->')[0]}:"
    given = f"{start} = {start} if {START} is None else __import__('copy').deepcopy({START})"
    last = max(before, default=header)
    if last + 1 < loop.lineno:
        made[last] = INDENT + given
    elif last in before and _ends_simply(statements[-2], made[last - 1]):
        made[last - 1] += f"; {given}"
    else:
        return None
    end = loop.end_lineno or loop.lineno
    names = ", ".join(map(repr, function.script.reads))
    made[end:] = [
        f"{INDENT}return {{__name__: __it__ for __name__, __it__ in locals().items() if __name__ in ({names},)}}"
    ]
    return "\n".join(made) + "\n"


def _lines_of(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _ends_simply(statement: ast.stmt, line: str) -> bool:
    """Whether another statement can follow in its line."""
    return isinstance(statement, ast.Assign | ast.AugAssign | ast.Expr) and "#" not in line


def _spans_lines_in_a_text(statement: ast.stmt) -> bool:
    """Whether a string goes over several lines, which an indentation would change."""
    texts = (node for node in ast.walk(statement) if isinstance(node, ast.Constant | ast.JoinedStr))
    return any((node.end_lineno or node.lineno) > node.lineno for node in texts)
