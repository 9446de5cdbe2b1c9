"""Expressions of a text: as Python writes them, and what they are to whoever reads them."""

import ast
import functools
from collections.abc import Iterator

PASSING_ON = {"float", "squeeze", "asarray", "array", "item", "astype"}
_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Dict)


@functools.lru_cache(maxsize=16_384)
def in_brackets(text: str) -> str:
    """An expression so that it can stand anywhere in another one; the same few are put in at every place."""
    if text.isidentifier():
        return text
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError:
        return text
    is_atom = isinstance(node, _ATOMS) and not (isinstance(node, ast.Tuple) and not text.startswith("("))
    return text if is_atom else f"({text})"


@functools.lru_cache(maxsize=16_384)
def said(node: ast.AST) -> str:
    """A node of a text as Python writes it; asked for the same nodes again and again."""
    return ast.unparse(node)


def name_called(function: ast.expr) -> str:
    """`sum` of `np.sum` and of `sum`."""
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def is_word(node: ast.expr) -> bool:
    """Whether an expression is a text that is written down."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def is_passed_on(value: ast.expr) -> bool:
    """Whether an expression is another one's value in another shape or type: `float(np.squeeze(cost))`."""
    while isinstance(value, ast.Call) and name_called(value.func) in PASSING_ON:
        if value.args:
            value = value.args[0]
        else:
            value = value.func.value if isinstance(value.func, ast.Attribute) else value.func
    return isinstance(value, ast.Name | ast.Attribute)


def is_renaming(statement: ast.stmt) -> bool:
    """Whether a statement does no more than give another name to something."""
    match statement:
        case ast.Assign(targets=[ast.Name()], value=ast.Name()):
            return True
    return False


def parsed(text: str) -> ast.expr | None:
    """A text as an expression; None if it is none."""
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def holds(whole: ast.AST, node: ast.AST) -> bool:
    """Whether a node stands in another one, or is it."""
    return any(one is node for one in ast.walk(whole))


def flat(target: ast.expr) -> Iterator[ast.expr]:
    """What is assigned to where a target is a tuple or a list of others."""
    if isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from flat(element)
    else:
        yield target


def factors_of(node: ast.expr) -> Iterator[ast.expr]:
    """The factors and divisors of a product, however they are put together; of anything else, itself."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        yield from factors_of(node.left)
        yield from factors_of(node.right)
    else:
        yield node
