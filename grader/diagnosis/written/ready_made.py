"""A softmax or a sigmoid that is handed on to a library, where the contract wants it to be written.

It is found by reading: which names stand for a function of `scipy.special`, and whether a function of the contract, or
what it calls, uses one and writes no exponential of its own. Only functions that are called after what the library
gives are looked at: a cost that takes `logsumexp` from there was not asked for that one.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from grader.diagnosis.cases.where import Source
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

_KIND_OF = {
    "scipy.special.softmax": "softmax",
    "scipy.special.log_softmax": "softmax",
    "scipy.special.expit": "sigmoid",
    "scipy.special.log_expit": "sigmoid",
}
_CALLED = {"softmax": r"softmax", "sigmoid": r"sigmoid|logistic"}
_FOR_SOMETHING_ELSE = r"loss|cost|entropy|error|grad|back|deriv|prime|der$|regress|epoch|network|classif"
_EXPONENTIALS = frozenset(["exp", "exp2", "expm1", "power", "logaddexp", "tanh"])


def ready_made(function: str, source: Source) -> str:
    """What to tell of a function of the contract that is a library's; "" of one that is written, or is another."""
    kind = _kind(function)
    if not kind:
        return ""
    used = next((whole for whole in _in_its_place(function, source) if _KIND_OF[whole] == kind), None)
    if used is None:
        return ""
    return (
        f"`{function}` hands its argument on to `{used}`. The numbers are right; what is asked for is the function "
        "itself, written in numpy."
    )


def _kind(function: str) -> str:
    """Which of the two a function is by its name, or by that of its class; "" for neither."""
    for part in reversed(function.split(".")):
        name = part.lower()
        if re.search(_FOR_SOMETHING_ELSE, name):
            return ""
        for kind, pattern in _CALLED.items():
            if re.search(pattern, name):
                return kind
    return ""


def _in_its_place(function: str, source: Source) -> Sequence[str]:
    """Functions of the library that a function uses, where it writes no exponential itself."""
    found: list[str] = []
    if source.definition(function) is None:
        units = (*source.submission.modules.values(), *source.submission.units)
        trees = [tree for unit in units if (tree := parse(unit.source)) is not None]
        bound = [_bound(tree, source).get(function) for tree in trees]
        return [whole for whole in bound if whole in _KIND_OF]
    for _, unit, definition in source.reached(function):
        tree = parse(unit.source)
        if tree is None:
            continue
        names = {**_bound(tree, source), **dict(_imported(definition))}
        if any(_is_exponential(node, names) for node in walk(definition)):
            return []
        found += _uses(definition, names)
    return found


def _bound(tree: ast.Module, source: Source) -> Mapping[str, str]:
    """Names of a text that stand for something of scipy, by what it is there; those of own functions do not."""
    names = dict(_imported(tree, at_top=True))
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if (whole := _whole(value, names)) in _KIND_OF:
                names[name] = whole
    return {name: whole for name, whole in names.items() if source.definition(name) is None}


def _imported(inside: ast.AST, at_top: bool = False) -> Iterator[tuple[str, str]]:
    nodes = _outside_functions(inside) if at_top else walk(inside)
    for node in nodes:
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    if alias.name.partition(".")[0] == "scipy":
                        yield (alias.asname, alias.name) if alias.asname else ("scipy", "scipy")
            case ast.ImportFrom(module="scipy" | "scipy.special" as module, names=aliases, level=0):
                for alias in aliases:
                    if alias.name != "*":
                        yield alias.asname or alias.name, f"{module}.{alias.name}"
                    else:
                        yield from ((whole.rpartition(".")[2], whole) for whole in _KIND_OF)


def _outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield node
            yield from _outside_functions(node)


def _whole(value: ast.expr, names: Mapping[str, str]) -> str:
    """`special.softmax` as `scipy.special.softmax`; "" of what is no name of scipy's."""
    match value:
        case ast.Name(id=name):
            return names.get(name, "")
        case ast.Attribute(value=inner, attr=attribute) if whole := _whole(inner, names):
            return f"{whole}.{attribute}"
    return ""


def _uses(tree: ast.AST, names: Mapping[str, str]) -> list[str]:
    nodes = (node for node in walk(tree) if isinstance(node, ast.Name | ast.Attribute))
    return [whole for node in nodes if (whole := _whole(node, names)) in _KIND_OF]


def _is_exponential(node: ast.AST, names: Mapping[str, str]) -> bool:
    """Whether an exponential is computed here of anything but a library's result."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in _EXPONENTIALS:
            return not _uses(node, names)
        case ast.BinOp(left=ast.Attribute(attr="e"), op=ast.Pow()):
            return True
    return False
