"""What is meant where a call or an index raised: an option, a count or a term in other brackets, another size.

Or the array whose name a loop has taken for what it counts.
"""

import ast
import inspect
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.axes import REDUCTIONS
from grader.diagnosis.repair.nodes import is_numpy, name_called, said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.diagnosis.written.failed_operation import Failure
from grader.near_names import nearest
from grader.submissions.trees import walk

OPTIONS = ("axis", "keepdims")
VALUES = ("shape", "T", "size", "ndim")  # of arrays, which are no methods
COUNTED = r"(?:of|for) .+: '(?:dict|list)' and 'int'|'(?:dict|list)' object cannot be interpreted as an integer"
OF_PADDING = ("constant_values", "end_values", "stat_length", "reflect_type")  # which depend on the mode
MODES = ("constant", "edge", "linear_ramp", "maximum", "mean", "median", "minimum", "reflect", "symmetric", "wrap")
LOOPS, LOOP_VARIABLE = "loops-elsewhere", "loop-variable"  # kinds of edits
OUT_OF_BOUNDS = re.compile(r"index \d+ is out of bounds for axis (\d+) with size \d+")
ONE_GIVEN = re.compile(r"takes 1 positional argument but 2 were given|return arrays must be of ArrayType")


def meant_in_calls(failure: Failure, written: Written) -> Iterator[Edit]:
    """The call that raised, with an option in the brackets it belongs to, without brackets, or with a sum for two.

    And the loops of an index that counts too far.
    """
    piece, statement = failure.operation, failure.statement
    yield from _sizes_exchanged(failure, written)
    yield from _loop_variables(failure, written)
    match piece:
        case ast.Call(func=ast.Attribute(attr=name) as value, args=[]) if (
            name in VALUES and "not callable" in failure.said and not piece.keywords
        ):
            yield written.edit(statement, piece, said(value), "value-called")
        case ast.Call(func=function, args=[inside], keywords=given) if "unexpected keyword" in failure.said:
            own = [one for one in given if one.arg in OPTIONS]
            reduced = [one for one in walk(inside) if isinstance(one, ast.Call) and name_called(one.func) in REDUCTIONS]
            open_ones = [one for one in reduced if not {word.arg for word in one.keywords} & {*OPTIONS}]
            if own and len(open_ones) == 1 and name_called(function) not in REDUCTIONS:
                call = open_ones[0]
                whole = ast.Call(call.func, call.args, [*call.keywords, *own])
                text = said(inside) if call is not inside else ""
                text = text.replace(said(call), said(whole), 1) if text else said(whole)
                rest = [*[text], *(said(one) for one in given if one not in own)]
                edit = written.edit(statement, piece, f"{said(function)}({', '.join(rest)})", "option-outside")
                yield replace(edit, before=said(own[0]), after=said(whole))
        case ast.Call(func=function, args=[first, last]) if ONE_GIVEN.search(failure.said):
            if isinstance(first, ast.Call | ast.BinOp) and isinstance(last, ast.Name | ast.Attribute | ast.Subscript):
                text = f"{said(function)}({said(first)} + {said(last)})"
                yield written.edit(statement, piece, text, "comma-for-plus")
    if failure.raised == "TypeError" and re.search(COUNTED, failure.said):
        entries: ast.expr | None = None
        match piece:
            case ast.BinOp(left=entries, op=ast.Div() | ast.FloorDiv(), right=ast.Constant(value=int())):
                pass
            case ast.Call(func=ast.Name(id="range"), args=[entries]):
                pass
        if isinstance(entries, ast.Name | ast.Attribute):
            yield written.edit(statement, entries, f"len({said(entries)})", "len-missing")


def _loop_variables(failure: Failure, written: Written) -> Iterator[Edit]:
    """Another name for what a loop counts, where it has that of an array that is asked for an entry in it."""
    match failure.operation:
        case ast.Subscript(value=ast.Name(id=name)) if failure.raised in ("TypeError", "IndexError"):
            pass
        case _:
            return
    others = (f"{name.lower()}", f"{name}_count")
    other = next(one for one in others if one != name and (one == others[-1] or one not in written.names))
    for place in written.places:
        match place.statement:
            case ast.For(target=ast.Name(id=counted)) as loop if counted == name:
                inside = [*walk(loop)]
                if not _is_bound_before(name, loop, written) or not any(one is failure.operation for one in inside):
                    continue
                asked = {id(one.value) for one in inside if isinstance(one, ast.Subscript | ast.Attribute)}
                asked |= {id(given) for one in inside if isinstance(one, ast.Call) for given in one.args}
                edits = [
                    written.edit(where, node, other, LOOP_VARIABLE)
                    for where, _, node in written.expressions
                    if isinstance(node, ast.Name) and node.id == name and id(node) not in asked and node in inside
                ]
                head = written.edit(loop, loop.target, other, LOOP_VARIABLE)
                yield replace(at_all([head, *(one for one in edits if one.span[0] is not loop.target)]), before=name)


def _is_bound_before(name: str, loop: ast.For, written: Written) -> bool:
    above = [one.statement for one in written.places if one.statement.lineno < loop.lineno]
    targets = {said(node) for one in above for target in targets_of(one) for node in walk(target)}
    return name in written.parameters or name in targets


def _sizes_exchanged(failure: Failure, written: Written) -> Iterator[Edit]:
    """Two loops, each up to the other's size, where one counts beyond the end of an axis: `n_H` and `n_W`."""
    found = OUT_OF_BOUNDS.search(failure.said)
    match failure.operation:
        case ast.Subscript(slice=ast.Tuple(elts=[*places])) if found is not None and int(found[1]) < len(places):
            names = [said(one) for one in places]
        case _:
            return
    loops: dict[str, tuple[ast.stmt, ast.expr]] = {}
    for place in written.places:
        match place.statement:
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=ast.Name(id="range"), args=[size])):
                loops[name] = place.statement, size
    beyond = loops.get(names[int(found[1])])
    if beyond is None:
        return
    for other in (loops[name] for name in names if name in loops):
        sizes = said(beyond[1]), said(other[1])
        if len(sizes[0]) == len(sizes[1]) and sum(a != b for a, b in zip(*sizes, strict=True)) == 1:
            edits = [written.edit(*beyond, sizes[1], LOOPS), written.edit(*other, sizes[0], LOOPS)]
            yield replace(at_all(edits), before=", ".join(sizes), after=", ".join(sizes[::-1]))


def other_words(failure: Failure, call: ast.Call, written: Written, kind: str) -> Iterator[Edit]:
    """A call with an option by its own name, for one that nothing is called by, or in a word that it knows."""
    if unknown := _unknown_keyword(failure.said, call.keywords):
        known = _keywords_of(call.func)
        value = next(one.value for one in call.keywords if one.arg == unknown)
        by_value = [one for one in known if one == _option_of(value)]  # `dim` is what torch calls it
        for other in (nearest(unknown, known) or by_value)[:1]:
            given = [ast.keyword(other if one.arg == unknown else one.arg, one.value) for one in call.keywords]
            text = said(ast.Call(call.func, call.args, given))
            yield replace(written.edit(failure.statement, call, text, kind), before=unknown, after=other)
    elif name_called(call.func) == "pad" and (said_of := re.search(r"mode '(.+)' is not supported", failure.said)):
        word = said_of[1]
        meant = nearest(word, MODES)[:1] or ["constant"] * word.casefold().startswith("zero")
        for node in (*call.args, *(one.value for one in call.keywords)):
            if isinstance(node, ast.Constant) and node.value == word:
                yield from (written.edit(failure.statement, node, repr(one), kind) for one in meant)


def _unknown_keyword(message: str, keywords: Sequence[ast.keyword]) -> str:
    """The name of an argument that a message says nothing is called by; "" if it is about something else."""
    names = {*re.findall(r"'(\w+)'", message)} if "keyword argument" in message else set()
    return next((one.arg for one in keywords if one.arg and one.arg in names), "")


def _keywords_of(function: ast.expr) -> Collection[str]:
    """The names of the arguments of one of numpy's functions, or of a method of arrays, which has those of one."""
    match function:
        case ast.Attribute(value=module, attr=name) if is_numpy(module) or hasattr(np.ndarray, name):
            found = getattr(np, name, None)
        case _:
            return ()
    try:
        own = inspect.signature(found).parameters if callable(found) else ()
    except ValueError:
        return ()
    return [*own, *(OF_PADDING if found is np.pad else ())]


def _option_of(value: ast.expr) -> str:
    """Which of the options of a reduction a value may be of."""
    match value:
        case ast.Constant(value=bool()):
            return "keepdims"
        case ast.Constant(value=int()) | ast.UnaryOp(operand=ast.Constant(value=int())) | ast.Tuple():
            return "axis"
    return ""
