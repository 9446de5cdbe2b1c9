"""A stop behind the steps that a run was ended after: the file is run on as it would run by itself.

Where that takes long, it is first run with each loop that trains left after a few steps. A stop that is found so may
come of the rounds that were left out, as lists are shorter than they would be: it is one only if the file comes to it,
or if these rounds have no part in it.
"""

import ast
from dataclasses import replace

from grader.reading.runs.run import Run, in_full, past_its_trainings
from grader.submissions.syntax import parse

_OF_KINDS = ("NameError", "AttributeError", "TypeError")  # that do not come of a number of rounds
_LATER = (ast.For, ast.While, ast.FunctionDef)
SHORT, LONG = 1.0, 3.0  # seconds of a run


def later_stop(run: Run) -> Run | None:
    """The run up to where the file stops behind its first steps; None if it does not, or nobody could see it."""
    is_open = run.recording is not None and run.recording.end != "finished" and run.failure is None
    if not is_open or run.way is None or run.recording is None or run.way.added or run.way.sizes:
        return None
    whole = in_full(run, SHORT)
    if whole is not None and whole.failure is not None and not _is_raised(whole):
        short = past_its_trainings(run)
        whole = None
        if short is not None and _is_raised(short):
            whole = short if _is_apart(short) else in_full(run, LONG)
    if whole is None or not _is_raised(whole):
        return None
    if {*whole.served} - {*run.served}:  # what it has saved before and asks for again is not what it gets
        return None
    return replace(whole, served=run.served)


def _is_apart(run: Run) -> bool:
    """Whether rounds that were left out change nothing of what stops it: no loop or function gives its names values."""
    failure = run.failure
    if run.way is None or failure is None or getattr(failure, "type_name", "") not in _OF_KINDS:
        return False
    trees = [parse(unit.source) for unit in (*run.way.submission.units, *run.way.submission.modules.values())]
    nodes = [node for tree in trees if tree is not None for node in ast.walk(tree)]
    given = {_name(one) for node in nodes if isinstance(node, _LATER) for one in ast.walk(node) if _is_given(one)}
    asked = {_name(node) for node in nodes if getattr(node, "lineno", 0) == failure.frames[-1].line}
    return not asked & given - {""}


def _is_given(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Store)


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_raised(run: Run) -> bool:
    failure = run.failure
    return failure is not None and bool(getattr(failure, "type_name", "")) and bool(failure.frames)
