"""A stop behind the steps that a run was ended after: the file is run on as it would run by itself.

Where that takes long, it is first run with each loop that trains left after a few steps. A stop that is found so may
come of the rounds that were left out, as lists are shorter than they would be: it is one only if the file comes to it.
"""

import ast
from collections.abc import Iterator, Set
from dataclasses import replace

from grader.reading.recorded.recording import Recording
from grader.reading.runs.run import Run, in_full, past_its_trainings
from grader.reading.runs.unbound import unbound_names
from grader.submissions.syntax import parse

SHORT, LONG = 1.0, 3.0  # seconds of a run
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = (ast.For, ast.While, ast.If, ast.With, ast.Try)
_HOLDING = (*_FUNCTIONS, ast.ClassDef, *_BLOCKS)
_DRAWN = frozenset(["plt", "ax", "axes", "fig", "pylab", "pyplot", "sns", "time"])


def later_stop(run: Run) -> Run | None:
    """The run up to where the file stops behind its first steps; None if it does not, or nobody could see it."""
    is_open = run.recording is not None and run.recording.end != "finished" and run.failure is None
    if not is_open or run.way is None or run.recording is None or run.way.added or run.way.sizes:
        return None
    if not _has_more(run, run.recording):
        return None
    whole = in_full(run, SHORT)
    if whole is not None and whole.failure is not None and not _is_raised(whole):
        short = past_its_trainings(run)
        whole = in_full(run, LONG) if short is not None and _is_raised(short) else None
    if whole is None or not _is_raised(whole):
        return None
    if {*whole.served} - {*run.served}:  # what it has saved before and asks for again is not what it gets
        return None
    return replace(whole, served=run.served)


def _is_raised(run: Run) -> bool:
    failure = run.failure
    return failure is not None and bool(getattr(failure, "type_name", "")) and bool(failure.frames)


def _has_more(run: Run, recording: Recording) -> bool:
    """Whether the text has lines which compute something behind those that were seen, or counts on the data's sizes."""
    seen = {(place.filename, place.line) for place in map(recording.place_of, recording.events)}
    assert run.way is not None
    for unit in (*run.way.submission.units, *run.way.submission.modules.values()):
        tree = parse(unit.source) or ast.Module([], [])
        lines = {line for filename, line in seen if filename == unit.filename}
        if lines and unbound_names(tree):
            return True
        for scope in (tree, *[node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]):
            if _goes_on(list(_statements(scope)), lines):
                return True
    return False


def _statements(scope: ast.AST) -> Iterator[ast.stmt]:
    """The plain statements of a scope, and its loops, without those of functions in it."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.stmt) and (isinstance(node, ast.For) or not isinstance(node, _HOLDING)):
            yield node
        if isinstance(node, ast.If | ast.For):
            head = node.test if isinstance(node, ast.If) else node.iter
            yield ast.copy_location(ast.Expr(head), head)
        if isinstance(node, (*_BLOCKS, ast.ExceptHandler)):
            yield from _statements(node)


def _goes_on(statements: list[ast.stmt], seen: Set[int]) -> bool:
    begun = min((line for one in statements for line in _lines(one) if line in seen), default=None)
    if begun is None:
        return False
    plain = [one for one in statements if not isinstance(one, ast.For)]
    return any(_counts(one) for one in statements if isinstance(one, ast.For)) or any(
        one.lineno > begun and not seen & {*_lines(one)} and _computes(one) for one in plain
    )


def _lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _counts(loop: ast.For) -> bool:
    """Whether a loop takes entries by the number of its round, of which there are as many as the text says."""
    if any(
        isinstance(node, ast.Call | ast.Attribute) for one in getattr(loop.iter, "args", ()) for node in ast.walk(one)
    ):
        return False  # `range(len(X))`
    names = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
    return any(
        isinstance(node, ast.Subscript)
        and any(isinstance(one, ast.Name) and one.id in names for one in ast.walk(node.slice))
        for statement in loop.body
        for node in ast.walk(statement)
    )


def _computes(statement: ast.stmt) -> bool:
    """Whether a statement does more than print texts and names, or draw."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Name):  # `for loss in losses`
        return True
    for node in ast.walk(statement):
        if isinstance(node, ast.Assert | ast.BinOp | ast.Compare | ast.Subscript | ast.FormattedValue):
            return True
        asked = node.func if isinstance(node, ast.Call) else node if isinstance(node, ast.Attribute) else None
        if asked is not None and _root(asked) not in {*_DRAWN, "print", "append", "len", "str", "range"}:
            return True
    return False


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        if node.attr == "append":
            return "append"
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
