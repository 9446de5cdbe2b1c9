"""Results that are not written yet: set up with zeros, None or an empty dict, and never computed.

The text alone is not believed: a view of an array may have been written to. What the calls gave must be empty as well.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.cases.case import MISSING, Case
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.phrases import enumerated, is_or_are
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.nodes import flat, name_called
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import children, walk

LISTED = 6  # parts of a result in a title
BLANK_MAKERS = {"zeros", "zeros_like", "empty", "empty_like", "dict", "list"}
FILLERS = {
    "zeros": "zeros",
    "zeros_like": "zeros",
    "empty": "whatever was in memory",
    "empty_like": "whatever was in memory",
}


@dataclass
class _Variable:
    """How a local variable is written: where it is set up, and what else is put into it."""

    line: int = 0
    filled_with: str = ""
    is_written: bool = False
    terms: list[ast.expr] = field(default_factory=list)  # that are added to it as a whole


@dataclass(frozen=True)
class Unwritten:
    """A part of the result that is never computed."""

    name: str
    path: Path
    line: int
    filled_with: str
    is_penalty_alone: bool = False


def unwritten(case: Case, written: Written, source: Source) -> tuple[tuple[Described, ...], int]:
    """What of a function's result is not written yet, and the wrong cells that this explains."""
    found = [one for one in _blank_results(written) if _is_empty(case, one)]
    found += _missing_entries(case, found, written)
    if not found:
        return (), 0
    cells = 0
    for one in found:
        cells |= _cells_below(case, one.path)
    return (_described(case, found, written, source),), cells & case.wrong


def _blank_results(written: Written) -> Iterator[Unwritten]:
    variables = _variables(written)
    returns = [place.statement for place in _reachable(written) if isinstance(place.statement, ast.Return)]
    last = returns[-1] if returns else None
    if last is None or last.value is None:
        return
    for path, value in _parts(last.value, written):
        if isinstance(value, ast.Constant) and value.value is None:
            yield Unwritten("None", path, written.line(last), "None")
        for name, added in _with_added(value):
            variable = variables.get(name, _Variable())
            if not variable.filled_with or variable.is_written:
                continue
            terms = [*variable.terms, *added]
            if not terms:
                yield Unwritten(name, path, variable.line, variable.filled_with)
            elif all(_is_of_parameters_alone(term, written) for term in terms):
                yield Unwritten(name, path, variable.line, variable.filled_with, is_penalty_alone=True)


def _with_added(value: ast.expr) -> Iterator[tuple[str, Sequence[ast.expr]]]:
    """The variables that an expression may be a multiple of, each with what is added to it in the expression."""
    match value:
        case ast.Name(id=name):
            yield name, ()
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div()):
            yield from _with_added(left)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from ((name, (*added, right)) for name, added in _with_added(left))
            yield from ((name, (*added, left)) for name, added in _with_added(right))


def _reachable(written: Written) -> list[Place]:
    """The statements without those below a `return` or `raise` of the same block."""
    dead: set[int] = set()
    for place in written.places:
        if isinstance(place.statement, ast.Return | ast.Raise):
            dead |= {id(node) for later in place.body[place.index + 1 :] for node in walk(later)}
    return [place for place in written.places if id(place.statement) not in dead]


def _parts(value: ast.expr, written: Written) -> Iterator[tuple[Path, ast.expr]]:
    """The parts of what is returned, entries of a dict among them."""
    elements = value.elts if isinstance(value, ast.Tuple) else [value]
    for i, element in enumerate(elements):
        path: Path = (i,) if isinstance(value, ast.Tuple) else ()
        yield path, element
        if isinstance(element, ast.Dict):
            yield from _entries(path, element)
        elif isinstance(element, ast.Name):
            for place in _reachable(written):
                match place.statement:
                    case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=key)], value=entry):
                        if name == element.id and isinstance(key, ast.Constant) and isinstance(key.value, str):
                            yield (*path, key.value), entry
                    case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as entries) if name == element.id:
                        yield from _entries(path, entries)


def _entries(path: Path, value: ast.Dict) -> Iterator[tuple[Path, ast.expr]]:
    for key, entry in zip(value.keys, value.values, strict=True):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield (*path, key.value), entry


def _variables(written: Written) -> dict[str, _Variable]:
    found: dict[str, _Variable] = {}
    for place in _reachable(written):
        statement = place.statement
        for target, value in _assigned(statement):
            base = target
            while isinstance(base, ast.Subscript | ast.Attribute):
                base = base.value
            if not isinstance(base, ast.Name):
                continue
            variable = found.setdefault(base.id, _Variable())
            filled = _filled_with(value) if base is target and isinstance(statement, ast.Assign) else ""
            if filled:
                variable.filled_with, variable.line = filled, written.line(statement)
            elif isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Mult | ast.Div):
                pass  # nothing times anything is nothing
            elif isinstance(statement, ast.AugAssign) and base is target and not place.loops and value is not None:
                variable.terms.append(value)
            else:
                variable.is_written = True
        for name in _given_away(statement):
            found.setdefault(name, _Variable()).is_written = True
    return found


def _assigned(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if len(targets) == len(values):
            yield from zip(targets, values, strict=True)
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from ((one, value if one is target else None) for one in flat(target))
        case ast.AugAssign(target=target, value=value):
            yield target, value
        case ast.For(target=target):
            yield from ((one, None) for one in flat(target))
        case ast.With(items=items):
            for item in items:
                if item.optional_vars is not None:
                    yield from ((one, None) for one in flat(item.optional_vars))
        case _:
            yield from ((target, None) for target in targets_of(statement))


def _filled_with(value: ast.expr | None) -> str:
    """What a variable is set up with; empty for anything that may be a result."""
    match value:
        case ast.Constant(value=None):
            return "None"
        case ast.Constant(value=0 | 0.0) if not isinstance(value.value, bool):
            return "0"
        case ast.Dict(keys=[]):
            return "an empty dict"
        case ast.List(elts=[]):
            return "an empty list"
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=ast.Constant(value=0 | 0.0)):
            return _filled_with(left)
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=ast.Constant()):
            return _filled_with(left)
        case ast.Call(func=function) if name_called(function) in BLANK_MAKERS:
            name = name_called(function)
            return FILLERS.get(name, f"an empty {name}")
    return ""


def _given_away(statement: ast.stmt) -> Iterator[str]:
    """Names that something else than an assignment may write to: arguments of calls, and what other names stand for."""
    if isinstance(statement, ast.Return):
        return
    for part in children(statement):
        if not isinstance(part, ast.expr):
            continue
        for node in walk(part):
            if isinstance(node, ast.Call):
                handed = [*node.args, *(keyword.value for keyword in node.keywords)]
                if isinstance(node.func, ast.Attribute):
                    handed.append(node.func.value)
                yield from (one for argument in handed for one in _base_names(argument))
    match statement:  # a view, or the same array under another name
        case ast.Assign(targets=targets, value=ast.Name() | ast.Subscript() | ast.Attribute() as value):
            is_entry = all(isinstance(target, ast.Subscript) for target in targets) and isinstance(value, ast.Name)
            if not is_entry:
                yield from _base_names(value)


def _base_names(node: ast.expr) -> Iterator[str]:
    base = node
    while isinstance(base, ast.Subscript | ast.Attribute):
        if isinstance(base, ast.Attribute) and base.attr in ("shape", "size", "ndim", "dtype"):
            return
        base = base.value
    if isinstance(base, ast.Name):
        yield base.id


def _is_of_parameters_alone(term: ast.expr, written: Written) -> bool:
    """Whether a term is made of parameters alone, as a penalty is: a strength and weights."""
    names = {node.id for node in walk(term) if isinstance(node, ast.Name) and node.id not in ("np", "numpy")}
    return names <= set(written.parameters) and not names & {"X", "x", "y", "Y"} and bool(names)


# --- by value --------------------------------------------------------------------------------------------


def _is_empty(case: Case, one: Unwritten) -> bool:
    """Whether the calls gave nothing there, and should have given something."""
    cells = [i for i in range(len(case.cells)) if case.cells[i].path[: len(one.path)] == one.path]
    cells = [i for i in cells if case.cells[i].path != RAISED and case.right[i] is not MISSING]
    cells = [i for i in cells if _gave(case, i)]
    if one.is_penalty_alone:
        return any(case.wrong >> i & 1 for i in cells) and all(_is_multiple_of_weights(case, i) for i in cells)
    something = any(
        isinstance(right := case.right[i], np.ndarray) and (right.any() or case.found[i] is MISSING) for i in cells
    )
    return something and all(_is_nothing(case.found[i], one) for i in cells)


def _is_multiple_of_weights(case: Case, cell: int) -> bool:
    """Whether a result is a number times an argument, or times the sum of arguments' squares: a penalty and no more."""
    call, found = case.call(case.cells[cell]), case.found[cell]
    if not isinstance(found, np.ndarray) or call.kind != "call":
        return False
    arguments = (*call.arguments[0], *call.named.values())
    entries = [e for one in arguments for e in (one.values() if isinstance(one, dict) else [one])]
    if found.ndim == 0:
        strengths = [float(e) for e in entries if isinstance(e, int | float) and not isinstance(e, bool)]
        return bool(strengths) and (0.0 not in strengths or not found.any())
    return not found.any() or any(_is_multiple(found, e) for e in entries if isinstance(e, np.ndarray))


def _is_multiple(a: NDArray[Any], b: NDArray[Any]) -> bool:
    if a.shape != b.shape or b.dtype.kind not in "fi" or not b.any() or not np.isfinite(a).all():
        return False
    factor = float(np.sum(a * b) / np.sum(b * b))
    return bool(np.allclose(a, factor * b, rtol=1e-6, atol=1e-9 * float(np.abs(a).max())))


def _gave(case: Case, cell: int) -> bool:
    """Whether the call came to an end."""
    return case.call(case.cells[cell]).found.raised is None


def _is_nothing(value: object, one: Unwritten) -> bool:
    if value is MISSING or value is None:
        return True
    return isinstance(value, np.ndarray) and (not value.any() or one.filled_with.startswith("whatever"))


def _missing_entries(case: Case, found: Sequence[Unwritten], written: Written) -> list[Unwritten]:
    """Entries of a result that are in no call, beside ones that are there or in a dict that is empty."""
    known = {one.path for one in found}
    entries: dict[Path, list[bool]] = {}
    for i, cell in enumerate(case.cells):
        is_entry = cell.path and isinstance(cell.path[-1], str) and cell.path != RAISED
        if not is_entry or case.right[i] is MISSING or not _gave(case, i):
            continue
        if not any(cell.path[: len(path)] == path for path in known):
            entries.setdefault(cell.path, []).append(case.found[i] is MISSING)
    is_dict = any(isinstance(node, ast.Dict) for node in walk(written.definition))
    more = [c.path for i, c in enumerate(case.cells) if case.right[i] is MISSING and c.path != RAISED]
    if not is_dict or more:  # under other names, it may be
        return []
    return [Unwritten(str(path[-1]), path, 0, "") for path, absent in entries.items() if all(absent)]


def _is_a_setting(case: Case, path: Path) -> bool:
    """Whether an entry is the same number in every call: the checks may leave it open whether it is handed back."""
    values = [case.right[i] for i, cell in enumerate(case.cells) if cell.path == path]
    numbers = [float(one.item()) for one in values if isinstance(one, np.ndarray) and one.size == 1]
    return len(numbers) == len(values) and len({*numbers}) == 1


def _cells_below(case: Case, path: Path) -> int:
    return sum(1 << i for i, cell in enumerate(case.cells) if cell.path[: len(path)] == path and cell.path != RAISED)


# --- words -----------------------------------------------------------------------------------------------


def _described(case: Case, found: Sequence[Unwritten], written: Written, source: Source) -> Described:
    function = case.function
    found = [one for one in found if one.line or not _is_a_setting(case, one.path)] or found
    entries = [one for one in found if not one.line]
    blank = [one for one in found if one.line]
    names = [*dict.fromkeys(f"`{one.name}`" for one in found)]
    told = f"{enumerated(names, LISTED)} {is_or_are(names)}"
    line = blank[0].line if blank else 0
    if blank and all(one.is_penalty_alone for one in blank) and not entries:
        title = f"{told} the penalty alone: the part of the data is not written yet"
        how = f"Line {line} sets {_it(names)} up with {blank[0].filled_with}, and only a term of the weights is added."
    elif blank:
        title = f"{told} never computed"
        if blank[0].name == "None":
            title = f"`{function}` returns None: it is not written yet"
            how = ""
        else:
            how = " ".join(_set_up(one) for one in _first_of_each(blank))
    else:
        title = f"The result has no {'entry' if len(names) == 1 else 'entries'} {enumerated(names, LISTED)}"
        how = "Every part that the task names must be in the result, under that name."
    wrong_elsewhere = case.wrong & ~sum({_cells_below(case, one.path) for one in found})
    right = not wrong_elsewhere and any(not case.wrong >> i & 1 for i in range(len(case.cells)))
    ending = "What else it gives is right." if right else ""
    place = source.submission.locate(written.unit.filename, line) if line else None
    return Described(
        code=f"{function}.not-written",
        title=title,
        explanation=" ".join(part for part in (how, ending) if part),
        hints=(f"What of `{function}` is still to be written?", f"Which line gives {names[0]} its value?"),
        evidence={"parts": [one.name for one in found]},
        location=place,
    )


def _first_of_each(blank: Sequence[Unwritten]) -> list[Unwritten]:
    return [*{one.name: one for one in blank}.values()][:4]


def _set_up(one: Unwritten) -> str:
    verb = "fills" if one.filled_with == "zeros" else "sets"
    ending = f"{'with' if verb == 'fills' else 'to'} {one.filled_with}, and nothing is put in after that."
    return f"Line {one.line} {verb} `{one.name}` {ending}"


def _it(names: Sequence[str]) -> str:
    return "it" if len(names) == 1 else "them"
