"""The arrays that a text takes from modules beside it: `from data import X, labels`, `import data` and `data.X`."""

import ast
import builtins
from collections.abc import Iterable, Iterator

from grader.sandbox.inside.sample_data.parts import LABELS
from grader.sandbox.inside.sample_data.samples import INPUTS, in_small_letters
from grader.submissions.syntax import parse

MAX_NAMES = 60


def asked_of_modules(sources: Iterable[str]) -> list[str]:
    """Names of inputs and labels, `data.X` and `data.labels`, of each module that is asked for both, and for no more.

    What is called, or asked for an attribute that no array has, is no array.
    """
    asked: dict[str, dict[str, None]] = {}
    for tree in filter(None, map(parse, sources)):
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for module, name, as_called in _names(tree):
            small = in_small_letters(name)
            if as_called not in called and (LABELS.search(small) or INPUTS.search(small)):
                asked.setdefault(module, {})[name] = None
    found = []
    for module, names in asked.items():
        are_labels = [LABELS.search(in_small_letters(name)) is not None for name in names]
        if any(are_labels) and not all(are_labels):
            found += [f"{module}.{name}" for name in names]
    return found


def starred(sources: Iterable[str]) -> list[str]:
    """The names that a text asks for, and has from nowhere, if it takes everything from some module; else none."""
    found: dict[str, None] = {}
    for tree in filter(None, map(parse, sources)):
        if not any(_takes_all(node) for node in ast.walk(tree)):
            continue
        there = {*dir(builtins)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                there |= {(one.asname or one.name).partition(".")[0] for one in node.names}
            elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
                there |= {node.name, *_stored(node)}
            elif isinstance(node, ast.arg):
                there.add(node.arg)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                there.add(node.name)
            elif isinstance(node, ast.comprehension):
                there |= _stored(node.target)
        later = _stored(tree)
        for statement in tree.body:
            is_defined = isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
            is_plain = isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)  # what it takes comes first
            there |= set() if is_plain or is_defined else _stored(statement)
            names = [one.id for one in ast.walk(statement) if isinstance(one, ast.Name) and type(one.ctx) is ast.Load]
            found.update(dict.fromkeys(one for one in names if one not in there | (later if is_defined else set())))
            there |= _stored(statement)
    return list(found)[:MAX_NAMES]


def _stored(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and not isinstance(one.ctx, ast.Load)}


def _takes_all(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and [one.name for one in node.names] == ["*"]


def _names(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """(module, name in it, what the text writes for it) of each import, and of each attribute of one."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _takes_all(node):
            yield from ((node.module or "", name, name) for name in starred([ast.unparse(tree)]))
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, one.name, one.asname or one.name) for one in node.names)
        elif isinstance(node, ast.Import):
            modules.update({one.asname or one.name: one.name for one in node.names})
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
            holder = ast.unparse(node.value)
            if holder in modules:
                yield modules[holder], node.attr, ast.unparse(node)
