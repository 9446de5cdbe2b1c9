"""The columns that a text asks of the tables that it reads: by these, a table is known whose name says nothing."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.sandbox.inside.sample_data.frames import Frame
from grader.sandbox.inside.sample_data.parts import LABELS
from grader.submissions.syntax import parse

_READING = re.compile(r"\bread_(csv|table|excel|json)\b|\bDictReader\b|\bload_dataset\b")
_OF_A_NETWORK = re.compile(
    r"^d?[A-Za-z]{1,2}\d*$|^(weights?|bias(es)?|layers?|loss|cost|acc(uracy)?|activation)", re.IGNORECASE
)
_OF_DIGITS = re.compile(r"^(label|labels|pixel.*|\d+x\d+)$")
_OF_IMAGES = re.compile(r"78[45]|\b28\b|\b255\b|mnist|digit|pixel|image|[\"']label[\"']", re.IGNORECASE)
_OF_HANDWRITING = re.compile(r"78[45]|\b28\s*[,*x]\s*28\b|mnist|digit|pixel|ubyte|idx|[\"']label[\"']", re.IGNORECASE)
MAX_COLUMNS = 60
MAX_WIDTH = 300


def asked_columns(sources: Iterable[str]) -> list[str]:
    """Names between brackets, and of columns that are left out; none where they are those of images of digits."""
    found: dict[str, None] = {}
    for source in sources:
        tree = parse(source) if _READING.search(source) else None
        if tree is None:
            continue
        asked = [(name, getattr(node, "lineno", 0)) for node in ast.walk(tree) for name in _asked(node)]
        made = [(name, getattr(node, "lineno", 0)) for node in ast.walk(tree) for name in _made(node)]
        new = {name for name, line in made if (name, line) not in asked}  # `table["day"] = dates(table["day"])` is none
        found.update(dict.fromkeys(name for name, _ in asked if name not in new))
    names = [name for name in found if name and not _OF_A_NETWORK.match(name)]
    return [] if any(_OF_DIGITS.match(name) for name in names) else names[:MAX_COLUMNS]


def says_digits(texts: Iterable[str]) -> bool:
    """Whether the texts are about handwritten digits, or images of their size."""
    return any(_OF_HANDWRITING.search(text) for text in texts)


def asked_attributes(sources: Sequence[str], error: str) -> list[str]:
    """The columns that a text asks for as attributes, by the first that was not there: `row.price` and `row.weight`."""
    name, nodes = error.rpartition(" ")[2], list(_nodes(sources))
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    asked = [node for node in nodes if isinstance(node, ast.Attribute) and id(node) not in called]
    holders = {ast.unparse(node.value) for node in asked if node.attr == name}
    found = dict.fromkeys(node.attr for node in asked if ast.unparse(node.value) in holders)
    return [one for one in found if not hasattr(Frame, one)][:MAX_COLUMNS]


def says_images(sources: Iterable[str]) -> bool:
    """Whether the texts may be about images of digits."""
    return any(_OF_IMAGES.search(source) for source in sources)


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


def _nodes(sources: Iterable[str]) -> Iterator[ast.AST]:
    """The nodes of all texts that are Python."""
    for tree in filter(None, map(parse, sources)):
        yield from ast.walk(tree)


def columns_in(sources: Iterable[str]) -> int:
    """How many columns a table must have at least for the numbers by which the texts ask for them: `data[:, 2:]`, 3."""
    most = 0
    for node in _nodes(sources):
        key = node.slice if isinstance(node, ast.Subscript) else None
        if isinstance(key, ast.Tuple) and len(key.elts) == 2 and isinstance(key.elts[0], ast.Slice):
            most = max(most, _last_column(key.elts[1]))
        call, taken = getattr(node, "value", None), getattr(node, "targets", [None])[0]
        if (
            isinstance(call, ast.Call)
            and isinstance(taken, ast.Tuple)
            and any(k.arg == "unpack" for k in call.keywords)
        ):
            most = max(most, len(taken.elts))  # `x, y, t = np.loadtxt(path, unpack=True)`
    return most if most <= MAX_COLUMNS else 0


@dataclass(frozen=True)
class Form:
    """The form of a text file: what stands between the numbers of a line, and how many there are at least."""

    separator: str = ""
    columns: int = 0


def form_in(sources: Iterable[str]) -> Form:
    """The form in which the texts take lines apart: `line.split()` and then `line[2]`, by spaces, three columns.

    It has no columns where some are taken to the end (`line[1:]`), or by what is neither a number nor that of a round.
    """
    for tree in filter(None, map(parse, sources)):
        split: dict[str, str] = {}
        for node in ast.walk(tree):
            separator = _separator(node.value) if isinstance(node, ast.Assign) else None
            if separator is not None and isinstance(node, ast.Assign):
                split.update({target.id: separator for target in node.targets if isinstance(target, ast.Name)})
        loops = [node for node in ast.walk(tree) if isinstance(node, ast.For) and isinstance(node.target, ast.Name)]
        split.update({node.target.id: "," for node in loops if "reader(" in ast.unparse(node.iter)})  # type: ignore[attr-defined]
        rounds = {node.target.id: _rounds(node.iter) for node in loops}  # type: ignore[attr-defined]
        lasts: list[int] = []
        for node in ast.walk(tree):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in split:
                is_part = isinstance(node.slice, ast.Slice)
                lasts.append(_index(node.slice.upper) - 1 if is_part else _reached(node.slice, rounds))  # type: ignore[attr-defined]
        if split:
            is_told = lasts and min(lasts) >= 0 and max(lasts) < MAX_COLUMNS
            return Form(next(iter(split.values())), max(lasts) + 1 if is_told else 0)
    return Form()


def _rounds(node: ast.expr) -> int:
    """The last number that `range` gives, 0 if that is not written."""
    is_range = isinstance(node, ast.Call) and ast.unparse(node.func) == "range" and 0 < len(node.args) < 3
    return _index(node.args[-1]) - 1 if is_range else 0  # type: ignore[attr-defined]


def _reached(node: ast.expr, rounds: Mapping[str, int]) -> int:
    """The last entry that is asked for by a number, or by that of a round: of `j + 2` in `range(30)`, 31."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_reached(one, rounds) for one in (node.left, node.right)]
        return sum(parts) if min(parts) >= 0 else -1
    return rounds.get(node.id, -1) if isinstance(node, ast.Name) else _index(node)


def _separator(node: ast.expr) -> str | None:
    """What `.split(…)` in an expression takes a line apart by; None if there is none."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "split":
            given = next(iter(one.args), None)
            if given is None:
                return " "
            if isinstance(given, ast.Constant) and given.value in (",", ";", "\t", " "):
                return str(given.value)
    return None


def inputs_in(sources: Iterable[str]) -> int:
    """Up to which column a table is taken for inputs, where what follows is taken for targets; 0 if nothing tells.

    `data[:, 0:2]` and `data[:, 2:]` or `data[:, 2]`: two.
    """
    ends: set[int] = set()
    starts: set[int] = set()
    for node in _nodes(sources):
        key = node.slice if isinstance(node, ast.Subscript) else None
        last = key.elts[-1] if isinstance(key, ast.Tuple) and len(key.elts) == 2 else None
        if isinstance(last, ast.Slice) and last.upper is not None:
            ends.add(_index(last.upper))
        elif last is not None:
            starts.add(_index(last.lower if isinstance(last, ast.Slice) else last))
    both = {column for column in ends & starts if 0 < column < MAX_COLUMNS}
    return both.pop() if len(both) == 1 else 0


def widths_in(sources: Iterable[str]) -> list[int]:
    """How wide a table may be, by the sizes of networks and the columns in which its parts begin.

    `Network(64, 100, 10)` beside `data[:, 10:]` may be 74, 65 or 64.
    """
    sizes: dict[int, None] = {}
    starts: dict[int, None] = {}
    for node in _nodes(sources):
        given = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.List) else []
        counts = [_index(one) for one in given]
        if len(counts) >= 2 and min(counts[:2]) > 0:
            sizes[counts[0]] = None
        key = node.slice if isinstance(node, ast.Subscript) else None
        last = key.elts[-1] if isinstance(key, ast.Tuple) and key.elts else None  # `x[()]` has none
        if isinstance(last, ast.Slice) and _index(last.lower) > 0:
            starts[_index(last.lower)] = None
    return list(dict.fromkeys(size + more for size in sizes for more in (*starts, 1) if 1 < size + more <= MAX_WIDTH))


def kinds_in(sources: Iterable[str]) -> tuple[int, list[str]] | None:
    """The column that the texts compare with names, and these names: `row[4] == "setosa"`; None if there is none."""
    for tree in filter(None, map(parse, sources)):
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


def has_kinds_first(sources: Iterable[str]) -> bool:
    """Whether what is called labels is the first column: `y = data[:, 0]`."""
    for node in _nodes(sources):
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(target, ast.Name) and LABELS.search(target.id):
            keys = [one.slice for one in ast.walk(node.value) if isinstance(one, ast.Subscript)]  # type: ignore[attr-defined]
            if any(isinstance(key, ast.Tuple) and [_index(one) for one in key.elts] == [-1, 0] for key in keys):
                return True
    return False


def _last_column(node: ast.expr) -> int:
    """The number of columns up to the one that is asked for, or up to the last of several."""
    if isinstance(node, ast.Slice):
        return max(_index(node.lower) + 1, _index(node.upper))
    return _index(node) + 1


def _index(node: ast.expr | None) -> int:
    """A number that is written there, −1 if there is none."""
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else -1
