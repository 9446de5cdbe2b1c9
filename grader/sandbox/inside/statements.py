"""Runs a text past the statements that fail: a missing file or a plot must not cost the functions below it.

What is run below a failure is what defines something: functions, classes, imports, assignments, blocks of these. Loops
and bare calls are work with what is missing now, but for a few calls that define, too.
"""

from __future__ import annotations

import ast
import types
import warnings
from typing import Any

DEFINING_CALLS = frozenset(["append", "exec", "insert", "seed", "setattr", "update"])
STOPS = (Exception, SystemExit, KeyboardInterrupt, GeneratorExit)  # all that is the text's own; a time limit is not


def run(text: str | ast.Module, filename: str, values: dict[str, Any]) -> BaseException | None:
    """Run a module's text, or its tree; what stopped it first, or None.  Raises what a text has that is no Python."""
    line: int | None = 0
    try:
        code = _compiled(text, filename)
    except MemoryError as error:
        return error
    except STOPS as error:  # a `return` at the margin, say, or one statement that is too deep: nothing has run yet
        first = error
    else:
        try:
            exec(code, values)
            return None
        except MemoryError as error:
            return error
        except STOPS as error:
            first = error
        line = line_of(first, filename)
    if line is None:
        return first
    tree = parsed(text, filename) if isinstance(text, str) else text
    futures = [node for node in tree.body if _is_future(node)]
    for node in tree.body:
        if node.lineno > line and (line == 0 or _defines(node)) and not _is_future(node):
            try:
                exec(_compiled(ast.Module([*futures, node], []), filename), values)
            except STOPS:
                pass  # mostly what the first failure has left undefined
    return first


def line_of(error: BaseException, filename: str) -> int | None:
    """The line of the text's top level at which it stopped."""
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename == filename and code.co_name == "<module>":
            return step.tb_lineno
        step = step.tb_next
    return None


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, (ast.For, ast.While, ast.Assert)):
        return False
    if isinstance(node, ast.Expr):
        called = node.value.func if isinstance(node.value, ast.Call) else None
        return getattr(called, "attr", getattr(called, "id", "")) in DEFINING_CALLS
    return True


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def parsed(text: str, filename: str) -> ast.Module:
    """The tree of a text that has been compiled before, and whose warnings have been given then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, filename)


def _compiled(text: str | ast.Module, filename: str) -> types.CodeType:
    code: types.CodeType = compile(text, filename, "exec", dont_inherit=True)
    return code
