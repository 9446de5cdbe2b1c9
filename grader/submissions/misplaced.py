"""What Python says against a text; and against statements that `ast.parse` reads, and Python refuses all the same."""

import ast
import re
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


_INDENTED = re.compile(r"unindent does not match|unexpected indent")
_LEFT_OPEN = re.compile(r"\.{4,}|_{3,}\s*$|<[A-Z_ ]+>")  # what stands in a text for what is to be written

_ENDS_OPEN = re.compile(r"[\w\])]\s*([-+*/@|&]?=|[-+*/@,]|\*\*)\s*$")

_OF_A_MERGE = re.compile(r"(<<<<<<<|=======|>>>>>>>)(?= |$)")


def in_words(message: str, source: str, line: int) -> str:
    """Python's message, with the indentation of the line and of the one above it, or with what is left open in it."""
    lines = source.split("\n")[:line]
    above = next((one for one in reversed(lines[:-1]) if one.strip() and not one.lstrip().startswith("#")), "")
    if lines and above and _INDENTED.search(message):
        begun = [one[: len(one) - len(one.lstrip())] for one in (lines[-1], above)]
        if ("\t" in begun[0]) != ("\t" in begun[1]):
            tabbed, other = (
                ("it begins", "the line above it") if "\t" in begun[0] else ("the line above it begins", "it")
            )
            return f"{message}: {tabbed} with a tab, {other} with spaces"
        here, there = (len(one) - len(one.lstrip()) for one in (lines[-1], above))
        if "\t" not in begun[0] and here != there:
            return f"{message}: it stands {here} places from the margin, the line above it {there}"
    if lines and (mark := _OF_A_MERGE.match(lines[-1])):
        return f"{message}: `{mark[0]}` marks two versions that were to be merged. Keep one, and take out the marks"
    if lines and message == "invalid syntax" and (found := _LEFT_OPEN.search(lines[-1].partition("#")[0])):
        return f"{message}: `{found[0].strip()}` stands for what is to be written here"
    if lines and message == "invalid syntax" and (found := _ENDS_OPEN.search(lines[-1].partition("#")[0])):
        return f"{message}: nothing stands behind the `{found[1]}` at its end"
    return message
