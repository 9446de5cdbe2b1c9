"""Statements of which nothing is left: a call whose result nobody takes, though all that it does is to give one, and
a call that changes a copy which nobody holds.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.bindings import IN_PLACE, definition_called, returned_by
from grader.diagnosis.repair.contents import Definition
from grader.diagnosis.repair.nodes import is_numpy, name_called
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

# What numpy's functions, and the methods of arrays, give anew: what they are given stays as it was.
GIVES_ANEW = {
    *("reshape", "clip", "transpose", "astype", "copy", "flatten", "ravel", "squeeze", "swapaxes", "repeat", "round"),
    *("dot", "matmul", "outer", "maximum", "minimum", "exp", "log", "sqrt", "abs", "where", "concatenate", "append"),
    *("vstack", "hstack", "pad", "flip", "expand_dims", "sum", "mean", "argsort", "multiply", "divide", "subtract"),
}
LONGEST = 60
FILLING = {"append", "insert", "extend"}  # methods of lists, which give nothing back


def thrown_away(function: str, written: Written, is_list: Callable[[str], bool]) -> tuple[Described, ast.stmt] | None:
    """What is told of the first such statement, and it itself; `is_list` tells it of an expression by its text."""
    for place in written.places:
        match place.statement:
            case ast.Expr(value=ast.BinOp(left=ast.Call(func=ast.Attribute() as asked) as call) as whole) if (
                asked.attr in FILLING and not is_numpy(asked.value)
            ):
                shown, rest = cut(written.source(call), LONGEST), cut(written.source(whole.right), LONGEST)
                told = Described(
                    code=f"{function}.result-thrown-away",
                    title=f"A bracket of `{asked.attr}` is closed too early: `{rest}` stands behind it",
                    explanation=f"`{shown}` changes a list and gives back None: nothing can be computed with that. "
                    "What is to be put into the list stands in its brackets, all of it.",
                    hints=(f"What does `{asked.attr}` give back, and which bracket belongs to it?",),
                    evidence={"line": written.line(place.statement)},
                )
                return told, place.statement
            case ast.Expr(value=ast.BinOp() | ast.Compare() | ast.UnaryOp() as whole):
                shown = cut(written.source(whole), LONGEST)
                told = Described(
                    code=f"{function}.result-thrown-away",
                    title=f"`{shown}` is put nowhere",
                    explanation="It is computed and forgotten: without `=` a line that computes something changes "
                    "nothing.",
                    hints=("What does this line change? Print it before and after.",),
                    evidence={"line": written.line(place.statement)},
                )
                return told, place.statement
            case ast.Expr(value=ast.Call() as call) if _only_gives(call, written):
                told = Described(
                    code=f"{function}.result-thrown-away",
                    title=f"What `{cut(written.source(call), LONGEST)}` gives is thrown away",
                    explanation="The call makes something new and leaves what it is given as it was: without a name "
                    "for its result the line does nothing.",
                    hints=(
                        "What does this line change? Print it before and after.",
                        "Which name should have what the call gives?",
                    ),
                    evidence={"line": written.line(place.statement)},
                )
                return told, place.statement
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="shuffle"), args=[shuffled])) if (
                copied := _copied(shuffled)
            ) and (copied.makes_one or is_list(copied.of)):
                shown = cut(written.source(shuffled), LONGEST)
                told = Described(
                    code=f"{function}.copy-shuffled",
                    title=f"`{shown}` is a copy: it is shuffled and thrown away",
                    explanation="`shuffle` changes what it is given and gives nothing back. "
                    f"`{cut(copied.of, LONGEST)}` itself stays in the order that it has.",
                    hints=("Print what the next line reads, before this line and after it.",),
                    evidence={"line": written.line(place.statement)},
                )
                return told, place.statement
    return None


@dataclass(frozen=True)
class _Copied:
    """What is copied; of an array `x[:]` makes none."""

    of: str
    makes_one: bool


def _copied(node: ast.expr) -> _Copied | None:
    match node:
        case ast.Call(func=ast.Name(id="list" | "sorted"), args=[what, *_]):
            return _Copied(ast.unparse(what), makes_one=True)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="copy"), attr="copy" | "deepcopy"), args=[what]):
            return _Copied(ast.unparse(what), makes_one=True)
        case ast.Call(func=ast.Attribute(value=what, attr="copy"), args=[]):
            return _Copied(ast.unparse(what), makes_one=True)
        case ast.Subscript(value=what, slice=ast.Slice(lower=None, upper=None)):
            return _Copied(ast.unparse(what), makes_one=False)
    return None


def _only_gives(call: ast.Call, written: Written) -> bool:
    """Whether a call does nothing but give something."""
    name = name_called(call.func)
    definition = definition_called(call, written)
    if definition is not None:
        return bool(returned_by(definition)) and not any(_changes_something(definition))
    if isinstance(call.func, ast.Attribute) and name in GIVES_ANEW and not any(k.arg == "out" for k in call.keywords):
        is_method_of_list = name == "append" and not is_numpy(call.func.value)
        holds_state = isinstance(call.func.value, ast.Name) and call.func.value.id == "self"
        return not is_method_of_list and not holds_state and (is_numpy(call.func.value) or name in _OF_ARRAYS)
    return False


_OF_ARRAYS = {"reshape", "transpose", "astype", "flatten", "ravel", "squeeze", "swapaxes", "clip"}


def _changes_something(definition: Definition) -> Iterator[bool]:
    """For each part of a function that may be seen from outside, but for what it gives, that it is there."""
    local = {node.id for node in walk(definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    local -= {one.arg for one in definition.args.args}
    made = {
        target.id
        for node in walk(definition)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Dict | ast.ListComp | ast.DictComp)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in walk(definition):
        match node:
            case ast.Attribute(ctx=ast.Store()) | ast.Global() | ast.Nonlocal() | ast.Yield():
                yield True
            case ast.Subscript(ctx=ast.Store(), value=ast.Name(id=name)):
                yield name not in made
            case ast.Subscript(ctx=ast.Store()) | ast.AugAssign(target=ast.Name()):
                yield True
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in IN_PLACE:
                yield name not in made & local
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"))) | ast.Call(func=ast.Name(id="print")):
                yield True
