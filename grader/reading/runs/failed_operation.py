"""The operation at which a run stopped: its text, what went into it, and what the exception means by that."""

import ast
from collections.abc import Sequence

import numpy as np

from grader.meanings import meaning_of
from grader.reading.recorded.recording import Place
from grader.reading.runs.run import Run
from grader.submissions.syntax import parse

LONGEST = 60  # characters of a piece of code in a sentence
Form = tuple[int, ...] | str


def failed_operation(run: Run) -> str:
    """What is wrong with the operation that stopped a run, in the file's own names; "" where that is not known."""
    failure, way, seen = run.failure, run.way, run.recording
    raised = getattr(failure, "type_name", "")
    if failure is None or way is None or seen is None or not failure.frames or not raised:
        return ""
    frame = failure.frames[-1]
    units = (*way.submission.units, *way.submission.modules.values())
    sources = [unit.source for unit in units if unit.filename == frame.filename]
    for at, forms in reversed(seen.failed) if len(sources) == 1 else ():
        node = _node_at(sources[0], seen.places[at]) if seen.places[at].filename == frame.filename else None
        if node is None or not node.lineno <= frame.line <= (node.end_lineno or 0):
            continue
        text = _cut(sources[0], node)
        values = {"operation": text, "name": _called(node), "holder": text, "none": ""}
        meaning = meaning_of(raised, str(getattr(failure, "message", failure)), ast.unparse(node), values)
        given = _given(sources[0], _operands(node, len(forms)), forms)
        if given:
            title, why = meaning[:2] if meaning is not None else (f"`{text}` cannot be computed", "")
            why = _of_the_left(node, forms) or why
            return f"{title}: {given}.{' ' if why else ''}{why}"
    return ""


def _of_the_left(node: ast.AST, forms: Sequence[Form]) -> str:
    """That an operation in place keeps the shape of its left side, where the shapes would fit otherwise."""
    shapes = [form for form in forms if isinstance(form, tuple)]
    if not isinstance(node, ast.AugAssign) or isinstance(node.op, ast.MatMult) or len(shapes) != 2:
        return ""
    try:
        made = np.broadcast_shapes(*shapes)
    except ValueError:
        return ""
    return f"What stands on the left keeps its shape, and the result would have the shape {made}."


def _node_at(source: str, place: Place) -> ast.expr | ast.AugAssign | None:
    where = (place.line, place.column, place.end_line, place.end_column)
    for node in ast.walk(parse(source) or ast.Module([], [])):
        if not isinstance(node, ast.BinOp | ast.Call | ast.AugAssign):
            continue
        if (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == where:
            return node
    return None


def _operands(node: ast.expr | ast.AugAssign, count: int) -> list[ast.expr]:
    """The expressions that gave so many operands; none where it is not sure which gave which."""
    match node:
        case ast.BinOp(left=left, right=right) | ast.AugAssign(target=left, value=right):
            return [left, right]
        case ast.Call(func=function, args=arguments, keywords=keywords):
            given = [*arguments, *(keyword.value for keyword in keywords)]
            if any(isinstance(one, ast.Starred) for one in arguments) or any(word.arg is None for word in keywords):
                return []
            if isinstance(function, ast.Attribute) and len(given) + 1 == count:
                given = [function.value, *given]
            return given if len(given) == count else []
    return []


def _given(source: str, operands: Sequence[ast.expr], forms: Sequence[Form]) -> str:
    parts = []
    for node, form in zip(operands, forms, strict=False):
        if isinstance(node, ast.Constant):
            continue
        if isinstance(form, tuple):
            parts.append(f"`{_cut(source, node)}` has the shape {form}")
        elif form not in ("int", "float", "type", "bool"):
            parts.append(f"`{_cut(source, node)}` is {'None' if form == 'NoneType' else f'a {form}'}")
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _cut(source: str, node: ast.AST) -> str:
    text = " ".join((ast.get_source_segment(source, node) or ast.unparse(node)).split()).replace("`", "'")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
