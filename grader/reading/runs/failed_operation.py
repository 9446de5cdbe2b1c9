"""The operation at which a run stopped: its text, what went into it, and what the exception means by that."""

import ast
import re
from collections.abc import Sequence

import numpy as np

from grader.meanings import meaning_of
from grader.reading.recorded.recording import Form, Place
from grader.reading.runs import missing_names
from grader.reading.runs.fitting import fitting, would_be
from grader.reading.runs.run import Run
from grader.submissions.syntax import parse

#: what changes things where they are, and what puts the arrays of a list together
_IN_PLACE = frozenset(["sort", "append", "extend", "insert", "remove", "reverse", "update", "fill", "shuffle"])
_PUTTING_TOGETHER = frozenset(["concatenate", "vstack", "hstack", "stack", "column_stack", "row_stack"])
_ASKED = re.compile(r"'(NoneType|numpy\.ndarray|list|tuple|dict|str|int|float)' object has no attribute '(\w+)'")
_OF_FILES = {"Written": "file", "Unnamed": "file", "StringIO": "file", "BytesIO": "file"}  # what stands in for one
LONGEST = 60  # characters of a piece of code in a sentence
Operation = ast.BinOp | ast.Call | ast.AugAssign | ast.Subscript


def failed_operation(run: Run) -> str:
    """What is wrong with the operation that stopped a run, in the file's own names; "" where that is not known."""
    failure, way, seen = run.failure, run.way, run.recording
    raised = getattr(failure, "type_name", "")
    if failure is None or way is None or not failure.frames or not raised:
        return ""
    frame, said = failure.frames[-1], str(getattr(failure, "message", failure))
    said = said.replace(" is not a file in the archive", "")  # what numpy says of a missing entry
    units = (*way.submission.units, *way.submission.modules.values())
    sources = [unit.source for unit in units if unit.filename == frame.filename]
    if len(sources) != 1:
        return ""
    if raised == "KeyError" and (told := missing_names.in_words(raised, said, frame, sources[0])):
        return told
    failed = [(seen.places[at], forms) for at, forms in reversed(seen.failed)] if seen is not None else []
    for place, forms in failed:
        node = _node_at(sources[0], place) if place.filename == frame.filename else None
        if node is None or not node.lineno <= frame.line <= (node.end_lineno or 0):
            continue
        told = _of_operation(raised, said, node, forms, sources[0])
        if told:
            return told
    told = missing_names.in_words(raised, said, frame, sources[0]) or _of_texts(said, frame.line, sources[0])
    return told or (_of_attribute(said, frame.line, sources[0]) if raised == "AttributeError" else "")


def _of_operation(raised: str, said: str, node: Operation, forms: Sequence[Form], source: str) -> str:
    text, operands = _cut(source, node), _operands(node, len(forms))
    nothing = [one for one, form in zip(operands, forms, strict=False) if form == "NoneType"]
    if nothing:
        return _of_nothing(_cut(source, nothing[0]), nothing[0], source)
    holder = _cut(source, node.value) if isinstance(node, ast.Subscript) else text
    values = {"operation": text, "name": _called(node), "holder": holder, "none": ""}
    meaning = meaning_of(raised, said, ast.unparse(node), values)
    has_own = "same_kind" in said or _called(node) in _PUTTING_TOGETHER
    given = "" if has_own else _given(source, operands, forms)
    if not given:
        return f"{meaning[0]}. {meaning[1]}".strip() if meaning is not None and operands else ""
    title, why = meaning[:2] if meaning is not None else (f"`{text}` cannot be computed", "")
    shapes = [shape for form in forms if (shape := _shape(form)) is not None]
    why = _of_the_left(node, shapes) or why
    return " ".join(filter(None, [f"{title}: {given}.", why, fitting(node, operands, shapes)]))


def _of_texts(said: str, line: int, source: str) -> str:
    """What is wrong with a sum of a text and a number, which is not watched."""
    for node in ast.walk(parse(source) or ast.Module([], [])):
        match node:
            case ast.BinOp(left=ast.Constant(value=str()), op=ast.Add(), right=added) if (
                node.lineno == line and "concatenate str" in said
            ):
                text = _cut(source, added)
                return f"`+` puts two texts together, and `{text}` is none: `str({text})` makes one of it."
    return ""


def _of_attribute(said: str, line: int, source: str) -> str:
    """What is wrong with asking None, or an array, list or number, for what it does not have."""
    found = re.search(
        r"'(NoneType|numpy\.ndarray|list|tuple|dict|str|int|float)' object has no attribute '(\w+)'", said
    )
    nodes = [
        node
        for node in ast.walk(parse(source) or ast.Module([], []))
        if found is not None and isinstance(node, ast.Attribute) and node.attr == found[2]
        if node.lineno <= line <= (node.end_lineno or 0)
    ]
    if found is None or len(nodes) != 1:
        return ""
    if found[1] == "NoneType":
        return _of_nothing(_cut(source, nodes[0].value), nodes[0].value, source)
    meaning = meaning_of("AttributeError", said, ast.unparse(nodes[0]), {"operation": _cut(source, nodes[0])})
    hint = f" numpy has `np.{found[2]}`." if hasattr(np, found[2]) else ""
    return f"{meaning[0]}. {meaning[1]}{hint}" if meaning is not None else ""


def _of_nothing(text: str, node: ast.expr, source: str) -> str:
    """That an operand is None, and where it comes from; "" if the file does not tell: what stands in may give it."""
    told = f"`{text}` is None where a value is needed."
    tree = parse(source) or ast.Module([], [])
    values = [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Assign) and ast.unparse(node) in [ast.unparse(target) for target in one.targets]
    ]
    own = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
    for value in reversed(values):
        name, function = _called(value), own.get(_called(value))
        if (
            function is None
            and name in _IN_PLACE
            and isinstance(value, ast.Call)
            and isinstance(value.func, ast.Attribute)
        ):
            made = _cut(source, value)
            return f"{told} `{made}` (line {value.lineno}) changes what it is called on, and gives nothing back."
        if function is not None and not _gives_back(function):
            return f"{told} It comes from `{name}` (line {function.lineno}), in which no `return` gives anything back."
        if function is not None or (isinstance(value, ast.Constant) and value.value is None):
            return told
    return ""


def _gives_back(function: ast.FunctionDef) -> bool:
    return any(isinstance(one, ast.Return) and one.value is not None for one in ast.walk(function))


def _of_the_left(node: ast.AST, shapes: list[tuple[int, ...]]) -> str:
    """That an operation in place keeps the shape of its left side, where the shapes would fit otherwise."""
    if not isinstance(node, ast.AugAssign) or isinstance(node.op, ast.MatMult) or len(shapes) != 2:
        return ""
    made = would_be(shapes)
    if made is None or made == shapes[0]:
        return ""
    return f"What stands on the left keeps its shape, and the result would have the shape {made}."


def _node_at(source: str, place: Place) -> Operation | None:
    where = (place.line, place.column, place.end_line, place.end_column)
    for node in ast.walk(parse(source) or ast.Module([], [])):
        if not isinstance(node, ast.BinOp | ast.Call | ast.AugAssign | ast.Subscript):
            continue
        if (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset) == where:
            return node
    return None


def _operands(node: Operation, count: int) -> list[ast.expr]:
    """The expressions that gave so many operands; none where it is not sure which gave which."""
    match node:
        case ast.BinOp(left=left, right=right) | ast.AugAssign(target=left, value=right):
            return [left, right]
        case ast.Subscript(value=whole):
            return [whole]
        case ast.Call(func=function, args=arguments, keywords=keywords):
            given = [*arguments, *(keyword.value for keyword in keywords)]
            if any(isinstance(one, ast.Starred) for one in arguments) or any(word.arg is None for word in keywords):
                return []
            if isinstance(function, ast.Attribute) and len(given) + 1 == count:
                given = [function.value, *given]
            return given if len(given) == count else []


def _given(source: str, operands: Sequence[ast.expr], forms: Sequence[Form]) -> str:
    parts = []
    for node, form in zip(operands, forms, strict=False):
        if isinstance(node, ast.Constant):
            continue
        shape = _shape(form)
        if not isinstance(form, str):
            is_list = isinstance(form[0], str) if form else False
            what = f"is a {form[0]} of {form[1]}" if is_list else f"has the shape {shape}"
            parts.append(f"`{_cut(source, node)}` {what}")
        elif form not in ("int", "float", "type", "bool"):
            parts.append(f"`{_cut(source, node)}` is a {_OF_FILES.get(form, form)}")
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _shape(form: Form) -> tuple[int, ...] | None:
    """The shape of an array, or of a list of numbers; None of anything else."""
    return None if isinstance(form, str) else tuple(size for size in form if isinstance(size, int))


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _cut(source: str, node: ast.AST) -> str:
    text = " ".join((ast.get_source_segment(source, node) or ast.unparse(node)).split()).replace("`", "'")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
