"""What would make two arrays fit one another whose shapes do not: told only where the shapes alone decide it."""

import ast
from collections.abc import Iterator

import numpy as np

Shape = tuple[int, ...]
_PRODUCTS = ("dot", "matmul")


def fitting(node: ast.AST, operands: list[ast.expr], shapes: list[Shape]) -> str:
    """A sentence on how two operands would fit; "" where nothing, or more than one thing, would make them."""
    if len(operands) != 2 or len(shapes) != 2:
        return ""
    if _is_product(node):
        return _of_product(node, operands, shapes)
    return _of_places(node, operands, shapes)


def _is_product(node: ast.AST) -> bool:
    match node:
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), keywords=[]):
            return name in _PRODUCTS
    return False


def _of_product(node: ast.AST, operands: list[ast.expr], shapes: list[Shape]) -> str:
    found = [(text, made) for text, made in _changed(node, operands, shapes) if made]
    if len(found) == 1:
        text, made = found[0]
        return f"`{text}` would fit, and give the shape {made}."
    if found or not all(shapes):
        return ""
    (*_, last), (first, *_) = shapes
    return f"Here they are {last} and {shapes[1][-2] if len(shapes[1]) > 1 else first}."


def _changed(node: ast.AST, operands: list[ast.expr], shapes: list[Shape]) -> Iterator[tuple[str, Shape | None]]:
    """The product with one factor transposed, or both exchanged, and the shape that it has then, if it has any."""
    if any(len(shape) != 2 for shape in shapes):
        return
    (left, right), (a, b) = operands, shapes
    yield _product(node, _turned(left), _text(right)), _shape_of_product(a[::-1], b)
    yield _product(node, _text(left), _turned(right)), _shape_of_product(a, b[::-1])
    yield _product(node, _text(right), _text(left)), _shape_of_product(b, a)


def _shape_of_product(a: Shape, b: Shape) -> Shape | None:
    return (a[0], b[1]) if a[1] == b[0] else None


def _product(node: ast.AST, left: str, right: str) -> str:
    if isinstance(node, ast.BinOp):
        return f"{left} @ {right}"
    assert isinstance(node, ast.Call)
    if len(node.args) == 1 and isinstance(node.func, ast.Attribute):
        return f"{left}.{node.func.attr}({right})"
    return f"{ast.unparse(node.func)}({left}, {right})"


def _text(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Call) else f"({text})"


def _turned(node: ast.expr) -> str:
    match node:
        case ast.Attribute(value=inner, attr="T"):
            return _text(inner)
    return f"{_text(node)}.T"


def _of_places(node: ast.AST, operands: list[ast.expr], shapes: list[Shape]) -> str:
    """Of what is computed place by place: labels that are no rows, sums that have lost an axis, columns for rows."""
    (first, second), (a, b) = operands, shapes
    for whole, part, piece in ((a, b, second), (b, a, first)):
        if len(whole) != 2 or len(part) != 1 or part[0] != whole[0] or whole[1] < 2:
            continue
        text = _text(piece)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(piece, ast.Name):
            return (
                f"`{text}` has one number for each row: if these are numbers of classes, make them one-hot first, 1 in "
                f"the place of the class and 0 elsewhere, as `np.eye({whole[1]})[{text}]` does for classes from 0 on."
            )
        reduced = [one for one in ast.walk(piece) if isinstance(one, ast.keyword) and one.arg == "axis"]
        if reduced and isinstance(piece, ast.Call) and not any(one.arg == "keepdims" for one in piece.keywords):
            return f"With `keepdims=True` in `{text}` each row keeps its own number: the shape is ({part[0]}, 1) then."
    if len(a) == len(b) == 2 and a == b[::-1] and not isinstance(node, ast.AugAssign):
        return f"One of them lies the other way round: `{_turned(second)}` has the shape {a}."
    return ""


def would_be(shapes: list[Shape]) -> Shape | None:
    """The shape of what is computed place by place of such arrays; None if they do not fit."""
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        return None
