"""Which statements change an array, a list or a dict in place, and under which other names it goes there."""

import ast
from collections.abc import Iterator
from functools import cached_property

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.contents import Definition
from grader.diagnosis.repair.nodes import is_numpy, name_called, said
from grader.submissions.trees import walk

VIEWS = {"reshape", "ravel", "squeeze", "transpose", "view", "swapaxes", "asarray", "atleast_2d", "broadcast_to"}
METHODS = {  # of arrays, lists and dicts
    *("append", "extend", "insert", "sort", "fill", "update", "pop", "clear", "remove", "reverse", "setdefault"),
    *("put", "resize", "itemset"),
}
FUNCTIONS = {"at", "copyto", "put", "place", "putmask", "fill_diagonal", "shuffle"}  # of numpy, of their first argument


def base_of(node: ast.expr) -> str:
    """The name or attribute whose array an expression is, is a view of or is an entry of; "" if it is another one."""
    while True:
        match node:
            case ast.Subscript(value=value) | ast.Attribute(value=value, attr="T"):
                node = value
            case ast.Call(func=ast.Attribute(value=module, attr=name), args=[first, *_]) if name in VIEWS and is_numpy(
                module
            ):
                node = first
            case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in VIEWS and not is_numpy(value):
                node = value
            case ast.Name(id=name):
                return name
            case ast.Attribute():
                return said(node)
            case _:
                return ""


class InPlace:
    """What one function changes in place."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition

    def changing(self, text: str) -> ast.stmt | None:
        """The first statement that changes in place what a name or attribute stands for at some place of the text."""
        names = self._group(text)
        return next((statement for base, statement in self.changes if base in names), None)

    def only_change(self, text: str) -> ast.stmt | None:
        """The statement that changes it in place, if no other one does."""
        names = self._group(text)
        found = [statement for base, statement in self.changes if base in names]
        return found[0] if len(found) == 1 else None

    @property
    def outlives(self) -> bool:
        """Whether anything is changed in place that may not have been made in the function."""
        arguments = self._definition.args
        given = {one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        return any("." in name or name in given for base, _ in self.changes for name in self._group(base))

    @cached_property
    def changes(self) -> list[tuple[str, ast.stmt]]:
        """Names and attributes with the statements that change in place what they stand for, in the text's order."""
        statements = [node for node in walk(self._definition) if isinstance(node, ast.stmt)]
        statements.sort(key=lambda node: (node.lineno, node.col_offset))
        return [(base, one) for one in statements[1:] for base in filter(None, _changed_by(one))]

    @cached_property
    def _links(self) -> dict[str, set[str]]:
        """Names that may stand for one array, each with the others that it is bound to directly."""
        links: dict[str, set[str]] = {}
        for node in walk(self._definition):
            for target, source in _bound_by(node):
                one, other = base_of(target), base_of(source)
                if one and other and one != other:
                    links.setdefault(one, set()).add(other)
                    links.setdefault(other, set()).add(one)
        return links

    def _group(self, text: str) -> set[str]:
        found, waiting = {text}, [text]
        while waiting:
            fresh = self._links.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return found


def _changed_by(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.AugAssign):
        yield base_of(statement.target)
    elif isinstance(statement, ast.Assign):
        yield from (base_of(target) for target in targets_of(statement) if isinstance(target, ast.Subscript))
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        match call.func:
            case ast.Attribute(value=owner, attr=name) if name in METHODS and not is_numpy(owner):
                yield base_of(owner)
        if name_called(call.func) in FUNCTIONS and call.args:
            yield base_of(call.args[0])
    if not isinstance(statement, ast.For | ast.While | ast.If | ast.With | ast.Try):
        for node in walk(statement):
            if isinstance(node, ast.keyword) and node.arg == "out":
                yield base_of(node.value)


def _bound_by(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What a statement or loop binds: targets, with what they may be, or be a part of."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pairs(target, value)
            yield from ((target, targets[0]) for target in targets[1:])
        case ast.For(target=target, iter=walked):
            yield from _walked(target, walked)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    match target, value:
        case ast.Tuple(elts=some) | ast.List(elts=some), ast.Tuple(elts=others) | ast.List(elts=others):
            if len(some) == len(others):
                for pair in zip(some, others, strict=True):
                    yield from _pairs(*pair)
        case ast.Tuple(elts=some) | ast.List(elts=some), _:
            yield from ((one, value) for one in some)
        case _, ast.IfExp(body=one, orelse=other):
            yield from ((target, one), (target, other))
        case _, ast.ListComp(elt=part, generators=[generator]) if base_of(part) == base_of(generator.target):
            yield target, generator.iter  # a list of the same arrays
        case _, ast.List(elts=[part]) | ast.BinOp(left=ast.List(elts=[part]), op=ast.Mult()):
            yield target, part
        case _, _:
            yield target, value


def _walked(target: ast.expr, walked: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    match target, walked:
        case ast.Tuple(elts=targets), ast.Call(func=ast.Name(id="zip"), args=sources) if len(targets) == len(sources):
            for pair in zip(targets, sources, strict=True):
                yield from _walked(*pair)
        case ast.Tuple(elts=[_, target]), ast.Call(func=ast.Name(id="enumerate"), args=[source, *_]):
            yield from _walked(target, source)
        case ast.Tuple(elts=[_, target]), ast.Call(func=ast.Attribute(value=source, attr="items")):
            yield target, source
        case _, ast.Call(func=ast.Attribute(value=source, attr="values")):
            yield target, source
        case ast.Tuple(elts=targets), _:
            yield from ((one, walked) for one in targets)
        case _, _:
            yield target, walked
