"""A rate that is given and kept, and multiplied with nothing: the steps are as long as the gradients."""

import ast
import re
from collections.abc import Iterable, Iterator

from grader.submissions.syntax import parse

_RATE = re.compile(r"learning_?rate|lr|eta|step_?size", re.IGNORECASE)


def idle_rate(sources: Iterable[str]) -> tuple[str, int] | None:
    """The name of such a rate, and the line of it; None if there is none, or something is made of one."""
    nodes = [node for tree in filter(None, map(parse, sources)) for node in ast.walk(tree)]
    taking = (ast.FunctionDef, ast.ClassDef)  # what has a parameter of such a name
    own = {node.name for node in nodes if isinstance(node, taking) and any(_named(one) for one in _parameters(node))}
    handed = {id(one) for node in nodes for one in _handed_on(node, own)}
    found = [(name, node) for node in nodes if (name := _named(node))]
    if any(isinstance(getattr(one, "ctx", None), ast.Load) and id(one) not in handed for _, one in found):
        return None
    return min(((name, node.lineno) for name, node in found), key=lambda one: one[1], default=None)  # type: ignore[attr-defined]


def _parameters(node: ast.AST) -> Iterator[ast.arg]:
    return (one for one in ast.walk(node) if isinstance(one, ast.arg))


def _named(node: ast.AST) -> str:
    name = getattr(node, "id", "") or getattr(node, "attr", "") or (node.arg if isinstance(node, ast.arg) else "")
    return name if isinstance(name, str) and _RATE.fullmatch(name) else ""


def _handed_on(node: ast.AST, own: set[str]) -> Iterator[ast.AST]:
    """The rates that a statement only keeps, under a name of a rate, or that a call gives to a function of the file."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from ast.walk(node.value) if all(map(_named, targets)) else ()
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in own | {"__init__"}:
        yield from (*node.args, *(keyword.value for keyword in node.keywords))
