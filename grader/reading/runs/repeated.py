"""A script that trains for one step: its own lines of that step, repeated."""

import ast
import textwrap
from collections.abc import Collection
from dataclasses import replace

from grader.reading.runs.budget import Budget
from grader.reading.runs.run import Run, record
from grader.sandbox import Sandbox
from grader.submissions import Submission

TIMES = 5


def repeated(
    submission: Submission,
    sandbox: Sandbox,
    filename: str,
    lines: Collection[int],
    *,
    seed: int,
    budget: Budget | None = None,
) -> Run | None:
    """The run in which the statements from the first to the last of `lines` are repeated, at their own place.

    None where these are not all statements of the file itself, outside of functions and loops.
    """
    at = next((k for k, unit in enumerate(submission.units) if unit.filename == filename), None)
    if at is None:
        return None
    unit = submission.units[at]
    span = _span(unit.source, lines)  # of the first product with the weights, and of their updates
    if span is None:
        return None
    text = unit.source.split("\n")
    first, last = _with_renamed(unit.source, *span)
    given_back = "".join(f"; {old} = {new}" for old, new in _renamed(unit.source, first, last).items())
    loop = f"for _ in range({TIMES}):\n" + textwrap.indent("\n".join(text[first - 1 : last]) + given_back, "    ")
    parts = ["\n".join(text[: first - 1]), "\n" * (first - 2) + loop, "\n" * last + "\n".join(text[last:])]
    units = [*submission.units[:at], *[replace(unit, source=part) for part in parts], *submission.units[at + 1 :]]
    run = record(replace(submission, units=tuple(units)), sandbox, seed=seed, budget=budget)
    told = ("lines that train it", f"its own lines {first}–{last}, {TIMES} times")
    return replace(run, served=(*run.served, told))


def _span(source: str, lines: Collection[int]) -> tuple[int, int] | None:
    """The first and the last line of the plain statements that hold these lines."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError):
        return None
    held = [node for node in body if any(node.lineno <= line <= (node.end_lineno or 0) for line in lines)]
    is_plain = all(isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr) for node in held)
    first, last = (held[0].lineno, held[-1].end_lineno or 0) if held else (0, 0)
    for node in body:  # biases may be changed behind the last of the weights
        if node.lineno > last and not _is_update(node):
            break
        last = max(last, node.end_lineno or 0)
    is_plain = is_plain and all(_is_update(node) for node in held[1:])
    inner = sum(any(node.lineno <= line <= (node.end_lineno or 0) for node in held) for line in lines)
    return (first, last) if is_plain and inner == len(lines) and first > 1 else None


def _with_renamed(source: str, first: int, last: int) -> tuple[int, int]:
    """The lines from the first use of what is changed to something of another name to the last such change."""
    body = ast.parse(source).body
    changes = [node for node in body if node.lineno >= first and _is_update(node) and isinstance(node, ast.Assign)]
    last = max([last, *[node.end_lineno or 0 for node in changes]])
    old = set(_renamed(source, first, last))
    uses = (
        node.lineno
        for node in body
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load) and one.id in old
    )
    return min([first, *uses]), last


def _renamed(source: str, first: int, last: int) -> dict[str, str]:
    """What the statements between two lines change to something of another name: `W_new = W - …`.

    None if some keep their names: then one of another name is an update that is lost.
    """
    found: dict[str, str] = {}
    for node in ast.parse(source).body:
        if first <= node.lineno <= last and _is_update(node):
            value = node.value if isinstance(node, ast.Assign) else None
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if not (isinstance(target, ast.Name) and isinstance(value, ast.BinOp) and isinstance(value.left, ast.Name)):
                return {}
            found.setdefault(value.left.id, target.id)
    return {} if any(old == new for old, new in found.items()) else found


def _is_update(node: ast.stmt) -> bool:
    """Whether a statement changes what it begins with by a sum: `w -= …`, `w = w - …`, `w_new = w - …`."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Sub | ast.Add)
    value = node.value if isinstance(node, ast.Assign) else None
    if not isinstance(node, ast.Assign) or not isinstance(value, ast.BinOp) or len(node.targets) != 1:
        return False
    is_renamed = isinstance(node.targets[0], ast.Name) and isinstance(value.left, ast.Name)
    is_same = ast.unparse(node.targets[0]) == ast.unparse(value.left)
    return isinstance(value.op, ast.Sub | ast.Add) and (is_same or is_renamed)
