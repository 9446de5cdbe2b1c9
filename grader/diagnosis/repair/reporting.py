"""A function's text, with or without the alternatives of a schema, rewritten so that it reports its values.

Each expression that computes something, and whatever is assigned, is handed to a recorder in the cell.
"""

import ast
import itertools
from collections.abc import Iterator
from typing import cast

from grader.diagnosis.cases.watch import targets_of
from grader.sandbox.inside.recording import NAME
from grader.sandbox.inside.trials import SWITCH
from grader.submissions.trees import copied, walk

_WITH_BLOCKS = (ast.stmt, ast.ExceptHandler, ast.match_case)
_NO_VALUES = {"range", "len", "enumerate", "zip", "print", "super", "int", "str", "isinstance"}


def reporting(text: str, first: int = 0) -> str:
    """The text of a definition that reports, with numbers from the first one on.

    Raises:
        SyntaxError: it is no Python.
    """
    return ast.unparse(_Reporter(first).visit(ast.parse(text)))


class _Reporter(ast.NodeTransformer):
    def __init__(self, first: int) -> None:
        self._numbers = itertools.count(first)
        self._depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if self._depth:
            return node  # a function inside of it is its own business
        self._depth += 1
        node.body = self._block(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        if not _is_switch(node.test):
            node.test = self.visit(node.test)
        node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if not _is_switch(node.test):
            node.test = self.visit(node.test)
        node.body, node.orelse = self._block(node.body), self._block(node.orelse)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is not None:
            node.value = self._given(node.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        return self._reported(cast(ast.expr, self.generic_visit(node)))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.operand, ast.Constant):
            return node
        return self._reported(cast(ast.expr, self.generic_visit(node)))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        is_no_value = isinstance(node.func, ast.Name) and node.func.id in _NO_VALUES
        made = cast(ast.expr, self.generic_visit(node))
        return made if is_no_value else self._reported(made)

    def visit_MatchValue(self, node: ast.MatchValue) -> ast.AST:
        return node  # a pattern calls nothing

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and isinstance(node, _WITH_BLOCKS):
                setattr(node, name, self._block(block))
        for name, value in ast.iter_fields(node):
            if name in ("body", "orelse", "finalbody") and isinstance(node, _WITH_BLOCKS):
                continue
            if isinstance(value, list):
                setattr(node, name, [self.visit(one) if isinstance(one, ast.AST) else one for one in value])
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
        return node

    def _block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        return [new for statement in statements for new in self._statement(statement)]

    def _statement(self, statement: ast.stmt) -> Iterator[ast.stmt]:
        targets = [copied(target) for target in targets_of(statement)]
        yield self.visit(statement)
        reported: set[str] = set()
        for target in targets:
            for one in _places(target):
                if (said := ast.unparse(one)) not in reported:
                    reported.add(said)
                    yield ast.Expr(self._reported(one))

    def _given(self, value: ast.expr) -> ast.expr:
        """What is returned, with each part of it reported, names as well."""
        if isinstance(value, ast.Tuple | ast.List):
            value.elts = [self._given(one) for one in value.elts]
            return value
        if isinstance(value, ast.Name | ast.Subscript | ast.Attribute):
            return self._reported(value)
        return cast(ast.expr, self.visit(value))

    def _reported(self, node: ast.expr) -> ast.expr:
        return ast.Call(ast.Name(NAME, ast.Load()), [ast.Constant(next(self._numbers)), node], [])


def _is_switch(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == SWITCH


def _places(target: ast.expr) -> Iterator[ast.expr]:
    """A target and what it is a part of, as they are read; none whose index is computed by a call."""
    if any(isinstance(node, ast.Call | ast.NamedExpr) for node in walk(target)):
        return
    for node in walk(target):
        if hasattr(node, "ctx"):
            node.ctx = ast.Load()
    yield target
    while isinstance(target, ast.Subscript):
        target = target.value
        yield target
