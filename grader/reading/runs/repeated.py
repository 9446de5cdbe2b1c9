"""A script that trains for one step: its own lines of that step, repeated."""

import ast
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import replace

from grader.reading.runs.budget import Budget
from grader.reading.runs.run import Run, record
from grader.reading.told.explanation import LINES_ADDED
from grader.sandbox import Sandbox
from grader.submissions import Submission
from grader.submissions.syntax import parse

TIMES = 5
Span = tuple[int, int]  # the first and the last line
_LOOP = f"for _ in range({TIMES}):"


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

    None where these are not all statements of the file itself or of one of its functions, outside of loops.
    """
    at = next((k for k, unit in enumerate(submission.units) if unit.filename == filename), None)
    if at is None:
        return None
    unit = submission.units[at]
    text = unit.source.split("\n")
    spans = ((above, body, _span(body, lines)) for above, body in _bodies(unit.source))
    above, body, span = next((one for one in spans if one[2] is not None), (0, [], None))
    if span is None:
        return None
    first, last = _with_renamed(body, *span)
    given_back = "".join(f"; {old} = {new}" for old, new in _renamed(body, first, last).items())
    if body[0].col_offset:
        inner = _in_function(text, body, (first, last), given_back, above)
        if inner is None:
            return None
        parts = [inner]
    else:
        loop = f"{_LOOP}\n" + textwrap.indent("\n".join(text[first - 1 : last]) + given_back, "    ")
        parts = ["\n".join(text[: first - 1]), "\n" * (first - 2) + loop, "\n" * last + "\n".join(text[last:])]
    units = [*submission.units[:at], *[replace(unit, source=part) for part in parts], *submission.units[at + 1 :]]
    run = record(replace(submission, units=tuple(units)), sandbox, seed=seed, budget=budget)
    told = (LINES_ADDED, f"its own lines {first}–{last}, {TIMES} times")
    return replace(run, served=(*run.served, told))


def _bodies(source: str) -> list[tuple[int, list[ast.stmt]]]:
    """The statements of the text itself, and those of each of its functions, with the last line above them."""
    tree = parse(source) or ast.Module([], [])
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    ends = [max([node.lineno, *(getattr(one, "end_lineno", 0) for one in ast.walk(node.args))]) for node in functions]
    return [(0, tree.body), *zip(ends, (node.body for node in functions), strict=True)]


def _in_function(text: Sequence[str], body: Sequence[ast.stmt], span: Span, given_back: str, above: int) -> str | None:
    """The text with lines of a function in a loop, each at its number: the loop begins in an empty line above them.

    What stands between that line and the first of them is repeated as well. None if there is no such line.
    """
    (first, last), header = span, span[0] - 1
    while header > above and text[header - 1].split("#")[0].strip():
        header -= 1
    indent = text[first - 1][: body[0].col_offset]
    block = [line for line in text[header:last] if line.split("#")[0].strip()]
    is_between = any(node.lineno <= header <= (node.end_lineno or 0) for node in body)
    if header <= above or is_between or not all(line.startswith(indent) for line in block):
        return None
    inside = [f"{indent} {line[len(indent) :]}" if line.startswith(indent) else line for line in text[header:last]]
    inside[-1] += given_back
    return "\n".join([*text[: header - 1], indent + _LOOP, *inside, *text[last:]])


def _span(body: Sequence[ast.stmt], lines: Collection[int]) -> Span | None:
    """The first and the last line of the plain statements that hold these lines."""
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


def _with_renamed(body: Sequence[ast.stmt], first: int, last: int) -> Span:
    """The lines from the first use of what is changed to something of another name to the last such change."""
    changes = [node for node in body if node.lineno >= first and _is_update(node) and isinstance(node, ast.Assign)]
    last = max([last, *[node.end_lineno or 0 for node in changes]])
    old = set(_renamed(body, first, last))
    uses = (
        node.lineno
        for node in body
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load) and one.id in old
    )
    return min([first, *uses]), last


def _renamed(body: Sequence[ast.stmt], first: int, last: int) -> dict[str, str]:
    """What the statements between two lines change to something of another name: `W_new = W - …`.

    None if some keep their names: then one of another name is an update that is lost.
    """
    found: dict[str, str] = {}
    for node in body:
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
