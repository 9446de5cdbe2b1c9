"""Statements that `ast.parse` reads and Python refuses all the same: what ends a function or a loop, outside of one."""

import ast
from collections.abc import Sequence

from grader.submissions.trees import children

_OWN = (ast.FunctionDef, ast.AsyncFunctionDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def misplaced(tree: ast.Module) -> tuple[str, int] | None:
    """What Python says against the first such statement, and its line; None if there is none."""
    waiting: list[tuple[ast.stmt, bool, bool]] = [(one, False, False) for one in reversed(tree.body)]
    while waiting:
        node, in_function, in_loop = waiting.pop()
        if isinstance(node, ast.Return) and not in_function:
            return "'return' outside function", node.lineno
        if isinstance(node, ast.Break | ast.Continue) and not in_loop:
            said = "'break' outside loop" if isinstance(node, ast.Break) else "'continue' not properly in loop"
            return said, node.lineno
        is_function, is_class = isinstance(node, _OWN), isinstance(node, ast.ClassDef)
        inside = (in_function and not is_class) or is_function
        looping = (in_loop and not is_class and not is_function) or isinstance(node, _LOOPS)
        after = in_loop if isinstance(node, _LOOPS) else looping  # the `else` of a loop is no part of it
        below = [(one, inside, looping if one not in _else_of(node) else after) for one in _statements(node)]
        waiting += reversed(below)
    return None


def _statements(node: ast.AST) -> Sequence[ast.stmt]:
    """The statements right below one."""
    found: list[ast.stmt] = []
    for child in children(node):
        if isinstance(child, ast.stmt):
            found.append(child)
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            found += _statements(child)
    return found


def _else_of(node: ast.AST) -> Sequence[ast.stmt]:
    return node.orelse if isinstance(node, _LOOPS) else ()
