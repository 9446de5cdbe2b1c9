"""Which assignments are needed elsewhere: without them something that is read has no value."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.written import Written
from grader.submissions.syntax import parse
from grader.submissions.trees import walk


def is_needed(written: Written, statement: ast.stmt) -> bool:
    """Whether a statement alone gives a variable or an attribute a value other than None, and another one reads it."""
    if not isinstance(statement, ast.Assign):
        return False
    first, last = written.line(statement), written.line(statement) + (statement.end_lineno or 0) - statement.lineno
    for target in targets_of(statement):
        match target:
            case ast.Name(id=name) if name not in written.parameters:
                tree, offset = written.definition, written.offset
            case ast.Attribute(value=ast.Name(id="self")) if (owner := _class_of(written)) is not None:
                tree, offset = owner, 0  # type: ignore[assignment]
            case _:
                continue
        places = [node for node in walk(tree) if _is_same(node, target)]
        others = [node for node in places if not first <= node.lineno + offset <= last]
        if not any(isinstance(node.ctx, ast.Load) for node in others):
            continue
        none = {id(node) for node in _set_to_none(tree)}
        if not any(isinstance(node.ctx, ast.Store) and id(node) not in none for node in others):
            return True
    return False


def _is_same(node: ast.AST, target: ast.Name | ast.Attribute) -> TypeGuard[ast.Name | ast.Attribute]:
    """Whether a node stands for the same variable, or attribute of `self`."""
    match node, target:
        case ast.Name(id=name), ast.Name(id=other):
            return name == other
        case ast.Attribute(value=ast.Name(id="self"), attr=name), ast.Attribute(attr=other):
            return name == other
    return False


def _class_of(written: Written) -> ast.ClassDef | None:
    """The class that a method is one of; None for a function."""
    owner = written.function.rpartition(".")[0]
    tree = parse(written.unit.source) if owner else None
    classes = (one for one in (tree.body if tree else ()) if isinstance(one, ast.ClassDef))
    return next((one for one in classes if one.name == owner), None)


def _set_to_none(tree: ast.AST) -> Iterator[ast.expr]:
    """What is only made known in a text: `out` and `cache` of `out, cache = None, None`."""
    for node in walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            match target, node.value:
                case ast.Tuple(elts=elements), ast.Tuple(elts=values) if len(elements) == len(values):
                    yield from (one for one, value in zip(elements, values, strict=True) if _is_none(value))
                case one, value if _is_none(value):
                    yield one


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
