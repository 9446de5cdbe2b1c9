"""A plain notebook, or a module: functions with docstrings, their doctests, and cells of `assert`s."""

import ast
import doctest
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.assignments.errors import AssignmentError
from grader.assignments.notebooks.cells import Cell, RawCell, SourceNotebook
from grader.assignments.notebooks.names import first_line


def read_plain(path: Path, raw: Sequence[RawCell], metadata: Mapping[str, Any]) -> SourceNotebook:
    """The notebook's cells with their purposes: a function's body is the answer, what stands above it the question."""
    cells = [made for cell in raw for made in _cells(cell)]
    remarks = []
    if not any(cell.kind == "test" for cell in cells):
        remarks.append("there are no tests: no doctest in a docstring, and no cell of `assert`s")
    return SourceNotebook(path, "plain", tuple(cells), metadata, tuple(remarks))


def module_cells(path: Path) -> list[RawCell]:
    """A module as the cells of a notebook: one for each function or class, one for what stands between.

    Raises:
        AssignmentError: it is not Python.
    """
    try:
        source = path.read_text("utf-8-sig")
        body = ast.parse(source).body
    except (OSError, SyntaxError, ValueError) as error:
        raise AssignmentError(f"{path} is no module that can be read: {error}") from error
    lines = source.split("\n")
    groups: list[list[ast.stmt]] = []
    for node in body:
        if groups and not _is_definition(node) and not _is_definition(groups[-1][-1]):
            groups[-1].append(node)
        else:
            groups.append([node])
    texts = ["\n".join(lines[first_line(group[0]) - 1 : group[-1].end_lineno]) for group in groups]
    return [RawCell("code", number, text, {}, []) for number, text in enumerate(texts, start=1)]


def _cells(raw: RawCell) -> Iterator[Cell]:
    if raw.cell_type != "code":
        yield Cell(raw, "text", raw.source, raw.source)
        return
    try:
        body = ast.parse(raw.source).body
    except (SyntaxError, ValueError):  # IPython's own syntax
        yield Cell(raw, "given", raw.source, raw.source)
        return
    if any(isinstance(node, ast.Assert) for node in body) and not any(map(_is_definition, body)):
        yield Cell(raw, "test", raw.source, raw.source, f"cell-{raw.number}", 1.0)
        return
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    if not functions:
        yield Cell(raw, "given", raw.source, raw.source)
        return
    shown, secret = _without_bodies(raw.source, functions)
    yield Cell(raw, "answer", raw.source, shown, functions[0].name, secret=secret)
    for function in functions:
        yield from _doctests(raw, function)


def _is_definition(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def _without_bodies(source: str, functions: Sequence[ast.FunctionDef]) -> tuple[str, frozenset[int]]:
    lines: list[str | None] = list(source.split("\n"))
    secret: set[int] = set()
    for function in functions:
        documented = ast.get_docstring(function) is not None
        body = function.body[1:] if documented else function.body
        if not body:
            continue
        first = (function.body[0].end_lineno or 0) + 1 if documented else first_line(body[0])
        if first <= function.lineno:  # all in one line
            lines[function.lineno - 1] = f"{ast.unparse(function).split(':')[0]}:\n    raise NotImplementedError"
            secret.add(function.lineno)
            continue
        for number in range(first, (function.end_lineno or first) + 1):
            secret.add(number)
            lines[number - 1] = None
        lines[first - 1] = "    raise NotImplementedError"
    return "\n".join(line for line in lines if line is not None), frozenset(secret)


def _doctests(raw: RawCell, function: ast.FunctionDef) -> Iterator[Cell]:
    """Each run of examples of a docstring as a test: students have it before their eyes."""
    documentation = ast.get_docstring(function)
    examples = doctest.DocTestParser().get_examples(documentation) if documentation and ">>>" in documentation else []
    for number, group in enumerate(_groups(examples), start=1):
        source = "".join(example.source for example in group)
        yield Cell(raw, "test", source, None, f"{function.name} - {number}", 1.0, expected=group[-1].want)


def _groups(examples: Sequence[doctest.Example]) -> Iterator[list[doctest.Example]]:
    """Examples up to and with the next one that shows something."""
    group: list[doctest.Example] = []
    for example in examples:
        group.append(example)
        if example.want:
            yield group
            group = []
