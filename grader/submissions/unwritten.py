"""Which definitions of a text are none yet: stubs, and a course's placeholders."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from grader.submissions.blanks import Blanks, blanks
from grader.submissions.placeholders import computes, computes_with_none, does_nothing, hands_on_none, is_left_open
from grader.submissions.syntax import parse


def unwritten(
    source: str, kept: Mapping[str, Collection[int]] | None = None, defined: Collection[str] = ()
) -> dict[str, bool]:
    """Whether what a text binds at its top level (`Class.method` too) is still to be written, name by name.

    Args:
        kept: the functions that have a result, with the positions of its parts that may be anything; None if that is
            not known, and every function is taken for one.
        defined: names that functions find outside of themselves.
    """
    last: dict[str, bool] = {}
    tree = parse(source)
    lines = re.split("\r\n|\r|\n", source)  # as Python counts them
    for statement in tree.body if tree else ():
        for name, definition in _bound(statement):
            last[name] = definition is not None and _is_unwritten(name, definition, lines, kept, defined)
    return last


def _is_unwritten(
    name: str,
    definition: ast.FunctionDef,
    lines: Sequence[str],
    kept: Mapping[str, Collection[int]] | None,
    defined: Collection[str],
) -> bool:
    if _has_nothing_to_do(definition):
        return False
    if _is_stub(definition):
        return True
    mentions_none = any("None" in line for line in lines[definition.lineno - 1 : definition.end_lineno])
    if mentions_none and hands_on_none(definition, defined):
        return True
    if kept is not None and name not in kept:
        if mentions_none and computes_with_none(definition, defined):
            return True
        # What computes something and loses it (`w = w - eta * dw`) is written, and wrong.
        return definition.name != "__init__" and does_nothing(definition) and not computes(definition)
    # Looked at closely only where it may be open.
    may_be_open = mentions_none or not computes(definition)
    return may_be_open and is_left_open(definition, (kept or {}).get(name, ()), defined)


def blank_results(source: str) -> dict[str, Blanks]:
    """How much of the result of what a text defines at its top level is only set up, name by name."""
    tree = parse(source)
    return {
        name: blanks(definition)
        for statement in (tree.body if tree else ())
        for name, definition in _bound(statement)
        if definition is not None
    }


def stub_statements(source: str, names: Collection[str], begun: Collection[str]) -> list[ast.FunctionDef]:
    """The top-level definitions of a text that are still to be written, of these names, or that are only set up."""
    tree = parse(source)
    to_write = {name for name, is_open in unwritten(source).items() if is_open and name in names}
    to_write |= {name for name, found in blank_results(source).items() if found.is_all and name in begun}
    functions = [node for node in (tree.body if tree else ()) if isinstance(node, ast.FunctionDef)]
    return [node for node in functions if node.name in to_write]


def _bound(statement: ast.stmt) -> Iterator[tuple[str, ast.FunctionDef | None]]:
    """The names that a top-level statement binds (`Class.method` too), each with its definition if it has one."""
    match statement:
        case ast.FunctionDef():
            yield statement.name, statement
        case ast.ClassDef():
            yield statement.name, None
            for member in statement.body:
                if isinstance(member, ast.FunctionDef):
                    is_constructor = member.name == "__init__"
                    yield statement.name if is_constructor else f"{statement.name}.{member.name}", member
        case ast.Assign(targets=targets):
            for target in targets:
                if isinstance(target, ast.Name | ast.Attribute):
                    yield ast.unparse(target), None
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield alias.asname or alias.name, None


def _has_nothing_to_do(function: ast.FunctionDef) -> bool:
    """Whether it is a constructor that is given nothing and keeps nothing, as many layers have one."""
    if function.name != "__init__" or len(function.args.args) != 1:
        return False
    return not any(isinstance(statement, ast.Raise) for statement in function.body)


def _is_stub(function: ast.FunctionDef) -> bool:
    return not function.decorator_list and all(_is_empty(statement) for statement in function.body)


def _is_empty(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False
