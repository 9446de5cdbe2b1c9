"""Ways through a syntax tree, as `ast` has them, in less than half the time: a grading takes thousands of them."""

import ast
from collections.abc import Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below a node, in the order of `ast.iter_child_nodes`."""
    found: list[ast.AST] = []
    fields = node.__dict__
    for name in node._fields:
        value = fields.get(name)
        if value is None or type(value) is str:
            continue
        if type(value) is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it, level by level, in the order of `ast.walk`."""
    waiting = [node]
    for one in waiting:
        waiting += children(one)
        yield one


def copied(node: Node) -> Node:
    """A copy of a node and of all below it."""
    made = type(node).__new__(type(node))
    for name, value in node.__dict__.items():
        if type(value) is list:
            made.__dict__[name] = [copied(item) if isinstance(item, ast.AST) else item for item in value]
        else:
            made.__dict__[name] = copied(value) if isinstance(value, ast.AST) else value
    return made
