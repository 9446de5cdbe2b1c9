"""The arrays that a text takes from modules beside it: `from data import X, labels`, `import data` and `data.X`."""

import ast
from collections.abc import Iterable, Iterator

from grader.sandbox.inside.sample_data.parts import LABELS
from grader.sandbox.inside.sample_data.samples import INPUTS
from grader.submissions.syntax import parse


def asked_of_modules(sources: Iterable[str]) -> list[str]:
    """Names of inputs and labels, `data.X` and `data.labels`, of each module that is asked for both, and for no more.

    What is called, or asked for an attribute that no array has, is no array.
    """
    asked: dict[str, dict[str, None]] = {}
    for tree in filter(None, map(parse, sources)):
        called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for module, name, as_called in _names(tree):
            if as_called not in called and (LABELS.search(name) or INPUTS.search(name)):
                asked.setdefault(module, {})[name] = None
    found = []
    for module, names in asked.items():
        are_labels = [LABELS.search(name) is not None for name in names]
        if any(are_labels) and not all(are_labels):
            found += [f"{module}.{name}" for name in names]
    return found


def _names(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """(module, name in it, what the text writes for it) of each import, and of each attribute of one."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, one.name, one.asname or one.name) for one in node.names)
        elif isinstance(node, ast.Import):
            modules.update({one.asname or one.name: one.name for one in node.names})
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, (ast.Name, ast.Attribute)):
            holder = ast.unparse(node.value)
            if holder in modules:
                yield modules[holder], node.attr, ast.unparse(node)
