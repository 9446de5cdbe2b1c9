"""The columns that a text asks of the tables that it reads: by these, a table is known whose name says nothing."""

import ast
import re
from collections.abc import Iterable, Iterator

_READING = re.compile(r"\bread_(csv|table|excel)\b")
_OF_A_NETWORK = re.compile(
    r"^d?[A-Za-z]{1,2}\d*$|^(weights?|bias(es)?|layers?|loss|cost|acc(uracy)?|activation)", re.IGNORECASE
)
_OF_DIGITS = re.compile(r"^(label|labels|pixel.*|\d+x\d+)$")
MAX_COLUMNS = 60


def asked_columns(sources: Iterable[str]) -> list[str]:
    """Names between brackets, and of columns that are left out; none where they are those of images of digits."""
    found: dict[str, None] = {}
    for source in sources:
        if not _READING.search(source):
            continue
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        made = {name for node in ast.walk(tree) for name in _made(node)}
        for node in ast.walk(tree):
            found.update(dict.fromkeys(name for name in _asked(node) if name not in made))
    names = [name for name in found if name and not _OF_A_NETWORK.match(name)]
    return [] if any(_OF_DIGITS.match(name) for name in names) else names[:MAX_COLUMNS]


def _texts(node: ast.AST) -> Iterator[str]:
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else [node]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _asked(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield from _texts(node.slice)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ("drop", "pop"):
            for argument in node.args[:1]:
                yield from _texts(argument)
        for keyword in node.keywords:
            if keyword.arg in ("columns", "usecols", "subset", "labels"):
                yield from _texts(keyword.value)


def _made(node: ast.AST) -> Iterator[str]:
    """Keys that the text puts into something itself."""
    if isinstance(node, ast.Dict):
        for key in node.keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
        yield from _texts(node.slice)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def columns_in(sources: Iterable[str]) -> int:
    """How many columns a table must have at least for the numbers by which the texts ask for them: `data[:, 2:]`, 3."""
    most = 0
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        for node in ast.walk(tree):
            key = node.slice if isinstance(node, ast.Subscript) else None
            if isinstance(key, ast.Tuple) and len(key.elts) == 2 and isinstance(key.elts[0], ast.Slice):
                most = max(most, _last_column(key.elts[1]))
    return most if most <= MAX_COLUMNS else 0


def kinds_in(sources: Iterable[str]) -> tuple[int, list[str]] | None:
    """The column that the texts compare with names, and these names: `row[4] == "setosa"`; None if there is none."""
    for source in sources:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        found: dict[int, dict[str, None]] = {}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Compare) or len(node.comparators) != 1:
                continue
            sides = (node.left, node.comparators[0])
            for side, other in (sides, sides[::-1]):
                key = side.slice if isinstance(side, ast.Subscript) else None
                if isinstance(key, ast.Tuple) and len(key.elts) == 2 and isinstance(key.elts[0], ast.Slice):
                    key = key.elts[1]
                if _index(key) > 0 and list(_texts(other)):
                    found.setdefault(_index(key), {}).update(dict.fromkeys(_texts(other)))
        if found:
            column = max(found)
            return column, list(found[column])[:MAX_COLUMNS]
    return None


def _last_column(node: ast.expr) -> int:
    """The number of columns up to the one that is asked for, or up to the last of several."""
    if isinstance(node, ast.Slice):
        return max(_index(node.lower) + 1, _index(node.upper))
    return _index(node) + 1


def _index(node: ast.expr | None) -> int:
    """A number that is written there, −1 if there is none."""
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else -1
