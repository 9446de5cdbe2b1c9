"""A name that nothing in the file gives a value, in a line behind the steps that a run is ended after.

A run is ended after a few steps; what a loop prints at the end of its first round may be a line that stops it.
"""

import ast
import builtins
from collections.abc import Iterator

from grader.reading.recorded.recording import Recording
from grader.reading.runs.passed_stop import Stop
from grader.submissions import Submission

_OPEN = frozenset(["exec", "eval", "globals", "locals", "vars", "setattr", "get_ipython"])  # may give names values
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_IN_TURN = (ast.For, ast.While, ast.With)


def stop_at_unbound_name(submission: Submission, recording: Recording | None) -> Stop | None:
    """The first such line that a loop which trains comes to whatever happens; None if there is none."""
    units = [*submission.modules.values(), *submission.units]
    try:
        trees = [(unit.filename, ast.parse(unit.source)) for unit in units]
    except SyntaxError:
        return None
    nodes = [node for _, tree in trees for node in ast.walk(tree)]
    bound = {name for node in nodes for name in _bound(node)} | set(dir(builtins))
    if recording is None or recording.end == "finished" or bound & {"*"} or submission.is_python_2:
        return None
    if any(isinstance(node, ast.Name) and node.id in _OPEN for node in nodes):
        return None
    seen = {(place.filename, place.line) for place in recording.places}
    for filename, tree in trees:
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for loop in _in_turn(function.body):
                trains = any((filename, line) in seen for line in range(loop.lineno, (loop.end_lineno or 0) + 1))
                for line, name in _used(loop) if trains else ():
                    if name not in bound and not name.startswith("__"):
                        return _stop(filename, line, name)
    return None


def unbound_names(tree: ast.Module) -> set[str]:
    """The names of a text that nothing in it gives a value."""
    nodes = list(ast.walk(tree))
    bound = {name for node in nodes for name in _bound(node)} | set(dir(builtins))
    if "*" in bound:
        return set()
    return {node.id for node in nodes if isinstance(node, ast.Name) and not node.id.startswith("__")} - bound


def _stop(filename: str, line: int, name: str) -> Stop:
    failure = f"NameError: name '{name}' is not defined"
    return Stop(
        filename, line, failure, is_of_data=False, in_words=f"Nothing in the file gives `{name}` a value.", is_own=True
    )


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        yield from node.names


def _in_turn(body: list[ast.stmt]) -> Iterator[ast.For | ast.While]:
    """The loops that are come to whatever happens."""
    for statement in body:
        if isinstance(statement, (ast.For, ast.While)):
            yield statement
        elif isinstance(statement, ast.With):
            yield from _in_turn(statement.body)


def _used(loop: ast.stmt) -> Iterator[tuple[int, str]]:
    """The names that a round of a loop reads whatever happens, with their lines, up to where it may end."""
    for statement in loop.body if isinstance(loop, _IN_TURN) else ():
        if isinstance(statement, _IN_TURN):
            yield from _used(statement)
        elif isinstance(statement, (ast.Expr, ast.Assign, ast.AugAssign)):
            if any(isinstance(node, (*_FUNCTIONS, ast.IfExp, ast.BoolOp)) for node in ast.walk(statement)):
                continue
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                    yield node.lineno, node.id
        elif any(isinstance(node, (ast.Break, ast.Continue, ast.Return, ast.Raise)) for node in ast.walk(statement)):
            return
