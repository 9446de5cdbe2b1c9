"""Results that a definition sets up and leaves so: `loss = 0.0; dW = np.zeros_like(W)`, as a course hands it out.

Of two files with the same functions, this tells the exercise from the work. It grades nothing: zeros may be right.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_MAKERS = frozenset(["zeros", "zeros_like", "empty", "empty_like", "dict", "list"])


@dataclass(frozen=True)
class Blanks:
    """How many parts of a result are only set up, and whether all of them are."""

    count: int
    is_all: bool


def blanks(function: ast.FunctionDef) -> Blanks:
    """Of the result that a function gives at its end; without a result it is the body that may do nothing."""
    own = list(_own_nodes(function))
    returned = [node.value for node in own if isinstance(node, ast.Return) and node.value is not None]
    if not returned or function.decorator_list:
        is_idle = not function.decorator_list and all(map(_is_idle, function.body))
        return Blanks(int(is_idle), is_idle)
    last = returned[-1]
    parts = last.elts if isinstance(last, ast.Tuple) and last.elts else [last]
    touched = _touched(function, own)
    blank = [_is_set_up(part) or (isinstance(part, ast.Name) and part.id not in touched) for part in parts]
    return Blanks(sum(blank), all(blank) and len(returned) == 1)


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """What runs when the function does, in the order of the text, without the functions inside."""
    pending: list[ast.AST] = list(reversed(function.body))
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            pending += reversed(list(ast.iter_child_nodes(node)))


def _touched(function: ast.FunctionDef, own: list[ast.AST]) -> set[str]:
    """Names that may hold more than what was set up: parameters, and what is used or bound in any other way."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    set_up = {
        id(target)
        for node in own
        if isinstance(node, ast.Assign) and _is_set_up(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    ignored = set_up | {id(part) for node in own if isinstance(node, ast.Return) for part in _direct(node.value)}
    used = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and id(node) not in ignored}
    return used | {argument.arg for argument in every if argument is not None}


def _direct(value: ast.expr | None) -> list[ast.expr]:
    if isinstance(value, ast.Tuple):
        return value.elts
    return [value] if value is not None else []


def _is_set_up(value: ast.expr) -> bool:
    match value:
        case ast.Constant() | ast.UnaryOp(operand=ast.Constant()):
            return True
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _MAKERS
    return False


def _is_idle(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Assert(test=ast.Constant()) | ast.Raise():
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))) | ast.Return(value=None):
            return True
        case ast.Assign(value=value):
            return _is_set_up(value)
    return False
