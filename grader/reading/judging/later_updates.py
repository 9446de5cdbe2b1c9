"""Updates that a text makes in some rounds only: by the number of the round, as of layers that are frozen at first."""

import ast
import re
from collections.abc import Iterable

from grader.submissions.syntax import parse

_ROUND = re.compile(r"(i?t|n?_?iter\w*|n?_?ep|n?_?epochs?\w*|n?_?steps?\w*|round\w*|k)", re.IGNORECASE)
_LEARNING = re.compile(r"setattr|update|step|train|learn|optimi|apply|backward", re.IGNORECASE)
_KEPT = re.compile(r"froze|freez|trainable|requires_grad", re.IGNORECASE)
_FEW = 20  # rounds of a loop that is none of a training


def has_later_updates(sources: Iterable[str]) -> bool:
    """Whether a condition on the number of the round decides what a step changes: in rounds not seen, it may be all.

    Or names say that some of it is to stay.
    """
    for source in sources:
        nodes = list(ast.walk(parse(source) or ast.Module([], [])))
        if any(_KEPT.search(name) for node in nodes for name in (getattr(node, "id", ""), getattr(node, "attr", ""))):
            return True
        rounds = {
            one.id for node in nodes if isinstance(node, ast.For) and _is_of_rounds(node) for one in _names(node.target)
        }
        rounds |= {one.id for node in nodes if isinstance(node, ast.While) for one in _names(node.test)}
        for node in nodes:
            if isinstance(node, ast.If | ast.IfExp) and _is_on_round(node.test, rounds) and _decides(node):
                return True
    return False


def _is_of_rounds(loop: ast.For) -> bool:
    if not isinstance(loop.target, ast.Name):
        return False
    numbers = [one.value for one in ast.walk(loop.iter) if isinstance(one, ast.Constant)]
    return any(isinstance(one, int) and one >= _FEW for one in numbers) or any(
        _ROUND.fullmatch(one.id) for one in (*_names(loop.iter), loop.target)
    )


def _is_on_round(test: ast.expr, rounds: set[str]) -> bool:
    named = {one.id for one in _names(test)} | {one.attr for one in ast.walk(test) if isinstance(one, ast.Attribute)}
    return any(name in rounds or _ROUND.fullmatch(name) for name in named)


def _decides(node: ast.If | ast.IfExp) -> bool:
    """Whether something is changed, or the names of what is, on one of the sides alone."""
    if isinstance(node, ast.IfExp):
        return any(isinstance(side, ast.List | ast.Tuple | ast.Set | ast.Call) for side in (node.body, node.orelse))
    return any(_changes(one) for side in (node.body, node.orelse) for top in side for one in ast.walk(top))


def _changes(node: ast.AST) -> bool:
    match node:
        case ast.Continue():
            return True
        case ast.AugAssign(op=ast.Sub()) | ast.Assign(value=ast.BinOp(op=ast.Sub()) | ast.List() | ast.Tuple()):
            return True
        case ast.AugAssign(op=ast.Add(), value=added):
            return isinstance(added, ast.BinOp | ast.UnaryOp | ast.Name | ast.Subscript | ast.List)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return _LEARNING.search(name) is not None
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()], value=ast.Constant(value=bool())):
            return True  # `layer.frozen = False`
    return False


def _names(node: ast.AST) -> list[ast.Name]:
    return [one for one in ast.walk(node) if isinstance(one, ast.Name)]
