"""Which names a piece of code binds, and which it needs; where it begins."""

import ast
import builtins
from collections.abc import Iterable, Iterator

_BUILT_IN = frozenset(dir(builtins))


_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def needed(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that are read in there, but for what Python has by itself and what functions bind for themselves."""
    return {name for node in nodes for name in _read(node)} - _BUILT_IN


def _read(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    found = {name for child in ast.iter_child_nodes(node) for name in _read(child)}
    return found - _local(node) if isinstance(node, _SCOPES) else found


def _local(scope: ast.AST) -> set[str]:
    """Names that a function or comprehension has for itself: parameters, and what it assigns."""
    declared = {name for node in ast.walk(scope) if isinstance(node, ast.Global) for name in node.names}
    parameters = {node.arg for node in ast.walk(scope) if isinstance(node, ast.arg)}
    stored = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    inner = {
        node.name for node in ast.walk(scope) if isinstance(node, ast.FunctionDef | ast.ClassDef) and node is not scope
    }
    return (parameters | stored | inner) - declared


def bound(node: ast.stmt) -> Iterator[str]:
    """Names that a statement at top level binds, in its blocks too."""
    match node:
        case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
            yield node.name
            return
        case ast.Import() | ast.ImportFrom():
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
            return
    for part in _outside_functions(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.id
        elif isinstance(part, ast.FunctionDef | ast.ClassDef):
            yield part.name
        elif isinstance(part, ast.Import | ast.ImportFrom):
            yield from bound(part)
        elif isinstance(part, ast.AugAssign | ast.Assign):
            targets = [part.target] if isinstance(part, ast.AugAssign) else part.targets
            for target in targets:
                while isinstance(target, ast.Subscript | ast.Attribute):
                    target = target.value
                if isinstance(target, ast.Name):
                    yield target.id


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes in there that share its scope: comprehensions and functions have their own."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp):
        return
    if isinstance(node, ast.GeneratorExp):
        return
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)


def first_line(node: ast.stmt) -> int:
    """Of a statement, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
