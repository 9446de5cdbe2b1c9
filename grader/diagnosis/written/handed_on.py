"""Whether what a function hands on to another, a cache, holds nothing but what it was given itself.

Then a mistake in it cannot reach the other one, whatever else it gives.
"""

import ast
from collections.abc import Sequence

from grader.diagnosis.cases.leaves import Path
from grader.submissions.trees import walk

Definition = ast.FunctionDef | ast.AsyncFunctionDef


def is_of_arguments(definition: Definition, path: Path) -> bool:
    """Whether the part of the result at a path is made of parameters alone, in every return."""
    given = {one.arg for one in (*definition.args.posonlyargs, *definition.args.args, *definition.args.kwonlyargs)}
    given -= _assigned(definition)
    returns = [node for node in walk(definition) if isinstance(node, ast.Return)]
    return bool(returns) and all(_is_made_of(_part(one.value, path), given, definition) for one in returns)


def _assigned(definition: Definition) -> set[str]:
    """Names that are assigned to, or changed in place."""
    names: set[str] = set()
    for node in walk(definition):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            names.add(node.id)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            names |= {part.id for part in walk(node.value) if isinstance(part, ast.Name)}
        elif isinstance(node, ast.AugAssign):
            names |= {part.id for part in walk(node.target) if isinstance(part, ast.Name)}
    return names


def _part(value: ast.expr | None, path: Path) -> ast.expr | None:
    for step in path:
        if not isinstance(value, ast.Tuple) or not isinstance(step, int) or step >= len(value.elts):
            return None
        value = value.elts[step]
    return value


def _is_made_of(value: ast.expr | None, given: set[str], definition: Definition, follow: bool = True) -> bool:
    match value:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(_is_made_of(element, given, definition, follow) for element in elements)
        case ast.Dict(values=elements):
            return all(_is_made_of(element, given, definition, follow) for element in elements)
        case ast.Name(id=name) if name in given:
            return True
        case ast.Name(id=name) if follow:
            values = _values_of(name, definition)
            return len(values) == 1 and _is_made_of(values[0], given, definition, follow=False)
    return False


def _values_of(name: str, definition: Definition) -> Sequence[ast.expr | None]:
    """What a name is assigned to, once for each time; None where it is not by a plain assignment."""
    values: list[ast.expr | None] = []
    for node in walk(definition):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                values.append(value)
            case ast.Name(id=target, ctx=ast.Store()) if target == name:
                values.append(None)
            case ast.Subscript(value=ast.Name(id=target), ctx=ast.Store()) if target == name:
                values += [None, None]
    plain = [value for value in values if value is not None]
    return plain if len(values) == 2 * len(plain) else [None]
