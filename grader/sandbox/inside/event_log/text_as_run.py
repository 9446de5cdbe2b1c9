"""What is changed in a text before it is run: numbers that count on other data, a step that is made once."""

from __future__ import annotations

import ast
from typing import Any, Sequence


def with_sizes(tree: ast.Module, sizes: dict[int, int]) -> ast.Module:
    """The tree with some whole numbers in the place of others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in sizes:
            node.value = sizes[node.value]
    return tree


def with_repeated(
    tree: ast.Module, counter: str, first: int, last: int, times: int, renamed: Sequence[tuple[str, str]]
) -> ast.Module:
    """The tree with the statements from one line to another in a loop of so many rounds.

    Args:
        counter: a name for the rounds.
        renamed: (a name, what holds its value for the next round).
    """
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            body: Any = getattr(node, field, None)
            held = [one for one in body if _is_between(one, first, last)] if isinstance(body, list) else []
            if held and held[0].lineno == first and held[-1].end_lineno == last:
                kept = ["%s = %s" % pair for pair in renamed]
                loop: Any = ast.parse("for %s in range(%d): pass" % (counter, times)).body[0]
                for made in [loop, *(given := ast.parse("\n".join(kept)).body)]:
                    for part in ast.walk(made):
                        ast.copy_location(part, held[0])
                loop.body = [*held, *given]
                at = body.index(held[0])
                body[at : at + len(held)] = [loop]
                return tree
    return tree


def _is_between(node: Any, first: int, last: int) -> bool:
    return isinstance(node, ast.stmt) and first <= node.lineno and (node.end_lineno or 0) <= last
