"""Which assignments are needed elsewhere: without them something that is read has no value."""

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

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
        uses = _uses(tree)
        others = [node for node in uses.of(target) if not first <= node.lineno + offset <= last]
        if not any(isinstance(node.ctx, ast.Load) for node in others):
            continue
        if not any(isinstance(node.ctx, ast.Store) and id(node) not in uses.set_to_none for node in others):
            return True
    return False


class _Uses:
    """Where a text reads and sets its variables and the attributes of `self`.

    Attributes:
        set_to_none: the ids of nodes by which something is only made known.
    """

    def __init__(self, tree: ast.AST) -> None:
        self._tree = tree  # so that the ids stay those of its nodes
        self._places: dict[tuple[bool, str], list[ast.Name | ast.Attribute]] = {}
        for node in walk(tree):
            match node:
                case ast.Name() | ast.Attribute(value=ast.Name(id="self")):
                    self._places.setdefault(_name_of(node), []).append(node)
        self.set_to_none = {id(node) for node in _set_to_none(tree)}

    def of(self, target: ast.Name | ast.Attribute) -> Sequence[ast.Name | ast.Attribute]:
        """The nodes that stand for the same variable, or attribute of `self`."""
        return self._places.get(_name_of(target), ())


def _name_of(node: ast.Name | ast.Attribute) -> tuple[bool, str]:
    return (True, node.id) if isinstance(node, ast.Name) else (False, node.attr)


_uses = lru_cache(maxsize=16)(_Uses)  # one statement of a text is asked about after the other


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
