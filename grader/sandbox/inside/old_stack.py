"""What Python 2 and old numpy did otherwise, for submissions that were right in their day.

Sent to a cell as source, and only to one that retries such a submission: `install` changes how the submission's text is
run from then on.  The text keeps its lines: its syntax tree is rewritten, so that a division, an index or a size goes
through a function in here, and each text gets builtins of its own.  What today's stack would not have accepted is noted
with its place; libraries see nothing of all this.
"""

from __future__ import annotations

import ast
import builtins
import functools
import importlib
import itertools
import operator
import string
import sys
import types
import warnings
from typing import Any, Callable, Iterable, Iterator, Sequence

import numpy as np

MAX_NOTES = 500
INTEGERS = (int, np.integer)
FLOATS = (float, np.floating)


class OldStack:
    """Runs a submission's text as its day's stack did; `divides` tells whether `/` of integers rounds down."""

    def __init__(self, namespace: Any, divides: bool) -> None:
        self.files: set[str] = namespace.files
        self.divides = divides
        self.notes: dict[tuple[str, str, str, int], None] = {}
        self.true_division: set[str] = set()  # files that asked for it
        self.builtins = {**vars(builtins), **python_2_builtins(self), **self.operations()}
        for name, value in self.builtins.items():
            if not hasattr(builtins, name):
                setattr(builtins, name, value)  # for text that runs with other globals

    # --- notes -----------------------------------------------------------------------------------------

    def note(self, kind: str, detail: str = "") -> None:
        """Note it for the line of the submission that is being run."""
        place = self.place()
        if place is not None:
            self.note_at(kind, detail, *place)

    def note_at(self, kind: str, detail: str, filename: str, line: int) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes[kind, detail, filename, line] = None

    def place(self) -> tuple[str, int] | None:
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename in self.files:
                return frame.f_code.co_filename, frame.f_lineno
            frame = frame.f_back
        return None

    # --- text ------------------------------------------------------------------------------------------

    def rewrite(self, tree: ast.Module, filename: str) -> ast.Module:
        """The tree with the operations that have changed replaced by calls in here."""
        file = filename.partition(":cell ")[0]
        if any(_asks_for_division(node) for node in tree.body):
            self.true_division.add(file)
        self._note_names(tree, filename)
        rewriter = Rewriter(self.divides and file not in self.true_division)
        rewritten: ast.Module = ast.fix_missing_locations(rewriter.visit(tree))
        return rewritten

    def _note_names(self, tree: ast.Module, filename: str) -> None:
        bound = set(_bound(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in PYTHON_2_NAMES and node.id not in bound:
                self.note_at("name", node.id, filename, node.lineno)

    # --- operations ------------------------------------------------------------------------------------

    def operations(self) -> dict[str, Callable[..., Any]]:
        found = {"__grader_%s__" % name: getattr(self, name) for name in OPERATIONS}
        return {**found, "__grader_slice__": slice, "__grader_print__": print}

    def divide_old(self, a: Any, b: Any) -> Any:
        """`a / b` in Python 2: of two integers, rounded down."""
        if type(a) is float or type(b) is float or not (_is_integral(a) and _is_integral(b)):
            return a / b
        return self.floor(a, b, operator.floordiv)

    def floor(self, a: Any, b: Any, operation: Callable[[Any, Any], Any]) -> Any:
        whole = bool(np.all(np.mod(a, b) == 0)) if np.all(b) else True
        self.note("floor-division" if whole else "rounded-down")
        return operation(a, b)

    def divide(self, a: Any, b: Any) -> Any:
        if not (type(a) is float or type(b) is float) and _is_integral(a) and _is_integral(b):
            self.note("division")
        return a / b

    def subtract(self, a: Any, b: Any) -> Any:
        try:
            return a - b
        except TypeError:
            if not (_is_boolean(a) and _is_boolean(b)):
                raise
        self.note("boolean-minus")
        return a ^ b

    def negative(self, a: Any) -> Any:
        try:
            return -a
        except TypeError:
            if not _is_boolean(a):
                raise
        self.note("boolean-minus")
        return ~a

    def remainder(self, a: Any, b: Any) -> Any:
        """`a % b`; arrays of one element were numbers to a format once."""
        if type(a) is not str:
            return a % b
        try:
            return a % b
        except TypeError:
            values = tuple(_number(item) for item in b) if type(b) is tuple else _number(b)
            if _unchanged(values, b):
                raise
        self.note("size-1")
        return a % values

    def print_modulo(self, printed: Any, values: Any, **options: Any) -> None:
        """`print (text) % values` was one statement."""
        self.note("print-modulo")
        print(self.remainder(printed, values), **options)

    def inplace(self, sign: str, a: Any, b: Any) -> Any:
        try:
            return INPLACE[sign](a, b)
        except TypeError as error:
            if not (isinstance(a, np.ndarray) and sign in UFUNCS):
                raise
            if sign == "-" and _is_boolean(a) and _is_boolean(b):
                self.note("boolean-minus")
                a ^= b
                return a
            if "Cannot cast" not in str(error):
                raise
        self.note("casting")
        return UFUNCS[sign](a, b, out=a, casting="unsafe")

    def inplace_old(self, sign: str, a: Any, b: Any) -> Any:
        if sign == "/" and type(b) is not float and _is_integral(a) and _is_integral(b):
            return self.floor(a, b, operator.ifloordiv)
        return self.inplace(sign, a, b)

    def inplace_item(self, sign: str, owner: Any, index: Any, value: Any) -> None:
        self.set_item(self.inplace(sign, self.item(owner, index), value), owner, index)

    def inplace_item_old(self, sign: str, owner: Any, index: Any, value: Any) -> None:
        self.set_item(self.inplace_old(sign, self.item(owner, index), value), owner, index)

    def item(self, owner: Any, index: Any) -> Any:
        if type(index) is list and _was_tuple(owner, index):
            self.note("list-index")
            index = tuple(index)
        try:
            return owner[index]
        except (IndexError, TypeError):
            whole = _whole_index(index)
            if _unchanged(whole, index):
                raise
        self.note("float-index")
        return owner[whole]

    def set_item(self, value: Any, owner: Any, index: Any) -> None:
        if type(index) is list and _was_tuple(owner, index):
            self.note("list-index")
            index = tuple(index)
        try:
            owner[index] = value
            return
        except (IndexError, TypeError, ValueError):
            whole, number = _whole_index(index), value
            if isinstance(owner, np.ndarray) and owner.dtype.kind != "O":
                number = _number(value)
            if _unchanged(whole, index) and number is value:
                raise
        if not _unchanged(whole, index):
            self.note("float-index")
        if number is not value:
            self.note("size-1")
        owner[whole] = number

    def scalar(self, kind: Any, *arguments: Any, **named: Any) -> Any:
        """`float(a)` and the like."""
        if len(arguments) == 1 and type(arguments[0]) is np.ndarray and arguments[0].ndim:
            number = _number(arguments[0])
            if number is not arguments[0]:
                self.note("size-1")
                return kind(number)
        return kind(*arguments, **named)

    def call(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """A call of a function that takes sizes or sequences; what it once accepted is put right, and tried again."""
        name = getattr(function, "__name__", "")
        if name in SEQUENCES and arguments and type(arguments[0]) is OldList and not arguments[0].has_length:
            self.note("list")
        if name in STACKING and arguments and type(arguments[0]) is types.GeneratorType:
            self.note("stacked-generator")
            arguments = (list(arguments[0]), *arguments[1:])
        try:
            return function(*arguments, **named)
        except (TypeError, ValueError) as error:
            if self._is_raised_by_the_submission(error):
                raise
            kind, repaired, repaired_named = _repaired(str(error), name, arguments, named)
            if not kind:
                raise
        result = function(*repaired, **repaired_named)
        self.note(kind)
        return result

    def _is_raised_by_the_submission(self, error: BaseException) -> bool:
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_filename in self.files:
                return True
            step = step.tb_next
        return False

    def method(self, owner: Any, name: str, *arguments: Any, **named: Any) -> Any:
        """A call of a method that has gone, or that gave a list."""
        try:
            method = getattr(owner, name)
        except AttributeError:
            replaced = _replaced_method(owner, name)
            if replaced is None:
                raise
            result = replaced(owner, *arguments, **named)
            self.note("method", name)
            return result
        if name in ("keys", "values", "items") and isinstance(owner, dict):
            return OldList(method(*arguments, **named), self)
        if name == "sort" and isinstance(owner, list) and (arguments or "cmp" in named):
            named["key"] = _key(named.pop("cmp", None) or arguments[0], named.get("key"))
            self.note("cmp")
            return method(**named)
        return method(*arguments, **named)

    def is_none(self, a: Any, negated: bool) -> Any:
        """`a == None` was one answer, not one for each element."""
        if isinstance(a, np.ndarray):
            self.note("compared-with-none")
            return negated
        return a != None if negated else a == None  # noqa: E711


# --- the tree ----------------------------------------------------------------------------------------------

OPERATIONS = [
    "divide", "divide_old", "subtract", "negative", "remainder", "print_modulo", "inplace", "inplace_old",
    "inplace_item", "inplace_item_old", "item", "set_item", "scalar", "call", "method", "is_none",
]  # fmt: skip
SIGNS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
INPLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv,
}  # fmt: skip
UFUNCS: dict[str, Any] = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.true_divide}
METHODS = frozenset([
    "keys", "values", "items", "iterkeys", "itervalues", "iteritems", "viewkeys", "viewvalues", "viewitems", "has_key",
    "next", "sort", "tostring", "itemset", "newbyteorder", "ptp",
])  # fmt: skip
SCALARS = frozenset(["float", "int", "complex", "long", "round"])
# Functions and methods that take sizes: the positions of the sizes among the arguments, None for all.
SIZED: dict[str, Sequence[int] | None] = {
    **dict.fromkeys(("zeros", "ones", "empty", "full", "permutation"), (0,)),
    **dict.fromkeys(("eye", "identity", "tri"), (0, 1, 2)),
    **dict.fromkeys(("reshape", "resize", "rand", "randn", "randint", "random_integers", "range", "xrange"), None),
    **dict.fromkeys(("random", "random_sample", "standard_normal"), (0,)),
    **dict.fromkeys(("choice", "tile", "repeat", "split", "array_split", "hsplit", "vsplit", "pad", "roll"), (0, 1)),
    **dict.fromkeys(("normal", "uniform", "binomial", "linspace"), (2,)),
}
SIZE_NAMES = frozenset(["shape", "size", "num", "reps", "repeats", "N", "M", "k"])
NUMERIC = frozenset(["sqrt", "exp", "log", "log10", "pow", "floor", "ceil", "tanh", "fabs", "isnan", "isinf"])
STACKING = frozenset(["vstack", "hstack", "dstack", "stack", "concatenate", "column_stack"])
SEQUENCES = STACKING | {"array", "asarray"}


class Rewriter(ast.NodeTransformer):
    """Replaces operations by calls of `__grader_…__`."""

    def __init__(self, divides: bool) -> None:
        self.old = "_old" if divides else ""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if isinstance(node.op, ast.Mod) and _is_print(node.left):
            node = self.generic_visit(node)  # type: ignore[assignment]
            shown = node.left.args  # type: ignore[attr-defined]
            options = node.left.keywords  # type: ignore[attr-defined]
            return _called("print_modulo", [*shown[:1], node.right], node, options) if len(shown) == 1 else node
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            return _called("divide" + self.old, [node.left, node.right], node)
        if isinstance(node.op, ast.Sub):
            return _called("subtract", [node.left, node.right], node)
        if isinstance(node.op, ast.Mod):
            return _called("remainder", [node.left, node.right], node)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
            return _called("negative", [node.operand], node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) == 1 and isinstance(node.ops[0], (ast.Eq, ast.NotEq)) and _is_none(node.comparators[0]):
            negated = ast.Constant(isinstance(node.ops[0], ast.NotEq))
            return _called("is_none", [node.left, negated], node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and not _is_fixed(node.slice):
            return _called("item", [node.value, _index(node.slice)], node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ast.Subscript):
            call = _called("set_item", [node.value, target.value, _index(target.slice)], node)
            return ast.copy_location(ast.Expr(call), node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        sign = SIGNS.get(type(node.op))
        if sign is None:
            return node
        target = node.target
        first: list[ast.expr] = [ast.Constant(sign)]
        if isinstance(target, ast.Subscript):
            arguments = [*first, target.value, _index(target.slice), node.value]
            return ast.copy_location(ast.Expr(_called("inplace_item" + self.old, arguments, node)), node)
        if isinstance(target, ast.Attribute) and not isinstance(target.value, ast.Name):
            return node  # the owner would be evaluated twice
        now = ast.copy_location(_loaded(target), node)
        new = _called("inplace" + self.old, [*first, now, node.value], node)
        return ast.copy_location(ast.Assign([target], new), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in METHODS:
            name: ast.expr = ast.Constant(function.attr)
            return _called("method", [function.value, name, *node.args], node, node.keywords)
        name_of = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if isinstance(function, ast.Name) and name_of in SCALARS:
            return _called("scalar", [function, *node.args], node, node.keywords)
        if name_of in SIZED or name_of in NUMERIC or name_of in SEQUENCES:
            return _called("call", [function, *node.args], node, node.keywords)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """`print >>file, a, b`, which Python 3 reads as a tuple."""
        value = node.value
        first = value.elts[0] if isinstance(value, ast.Tuple) and value.elts else value
        if isinstance(first, ast.BinOp) and isinstance(first.op, ast.RShift) and _is_name(first.left, "print"):
            shown = value.elts[1:] if isinstance(value, ast.Tuple) else []
            target = ast.keyword("file", first.right)
            node.value = _called("print", shown, node, [target])
        self.generic_visit(node)
        return node


def _called(name: str, arguments: Sequence[ast.expr], node: ast.AST, named: Sequence[ast.keyword] = ()) -> ast.Call:
    function = ast.copy_location(ast.Name("__grader_%s__" % name, ast.Load()), node)
    return ast.copy_location(ast.Call(function, list(arguments), list(named)), node)


def _loaded(target: Any) -> Any:
    """The expression that reads a name or an attribute of a name."""
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    return ast.Attribute(ast.Name(target.value.id, ast.Load()), target.attr, ast.Load())


def _index(index: ast.expr) -> ast.expr:
    """An expression whose value is the index: slices are calls of `slice`."""
    index = _unwrapped(index)
    if isinstance(index, ast.Slice):
        parts = [part or ast.Constant(None) for part in (index.lower, index.upper, index.step)]
        return _called("slice", parts, index)
    if isinstance(index, ast.Tuple):
        return ast.copy_location(ast.Tuple([_index(part) for part in index.elts], ast.Load()), index)
    return index


def _unwrapped(index: Any) -> Any:
    """The index of a subscript without the nodes around it that Python had before 3.9."""
    kind = type(index).__name__
    if kind == "ExtSlice":
        return ast.copy_location(ast.Tuple(index.dims, ast.Load()), index)
    return index.value if kind == "Index" else index


def _is_fixed(index: ast.expr) -> bool:
    """Whether an index is written out as constants."""
    index = _unwrapped(index)
    if isinstance(index, ast.Constant):
        return True
    if isinstance(index, ast.Slice):
        return all(part is None or _is_fixed(part) for part in (index.lower, index.upper, index.step))
    return isinstance(index, ast.Tuple) and all(map(_is_fixed, index.elts))


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _is_name(node.func, "print")


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _asks_for_division(node: ast.stmt) -> bool:
    is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return is_future and any(alias.name == "division" for alias in node.names)  # type: ignore[attr-defined]


def _bound(tree: ast.Module) -> Iterator[str]:
    """Every name that a text binds somewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.asname or alias.name for alias in node.names)


# --- values ------------------------------------------------------------------------------------------------


def _is_integral(a: Any) -> bool:
    """Whether Python 2 would have divided it as an integer."""
    if isinstance(a, np.ndarray):
        return bool(a.dtype.kind in "iu")
    return isinstance(a, INTEGERS)


def _is_boolean(a: Any) -> bool:
    return isinstance(a, (bool, np.bool_)) or (isinstance(a, np.ndarray) and a.dtype.kind == "b")


def _number(a: Any) -> Any:
    """An array of one number as that number; anything else as it is."""
    return a.item() if isinstance(a, np.ndarray) and a.ndim and a.size == 1 and a.dtype.kind in "biufc" else a


def _unchanged(new: Any, old: Any) -> bool:
    if type(new) is tuple and type(old) is tuple:
        return all(map(_unchanged, new, old))
    return new is old


def _whole_index(index: Any) -> Any:
    """An index as old numpy read it: floats without their fraction."""
    if isinstance(index, FLOATS):
        return int(index)
    if isinstance(index, np.ndarray) and index.dtype.kind == "f":
        return index.astype(int)
    if type(index) is slice:
        parts = [_whole_index(part) for part in (index.start, index.stop, index.step)]
        same = all(new is old for new, old in zip(parts, (index.start, index.stop, index.step)))
        return index if same else slice(*parts)
    if type(index) is tuple:
        return tuple([_whole_index(part) for part in index])
    return index


def _was_tuple(owner: Any, index: list[Any]) -> bool:
    """Whether numpy before 1.23 took a list for a tuple of indices."""
    parts = (list, tuple, slice, range, np.ndarray, type(None), type(Ellipsis))
    return isinstance(owner, np.ndarray) and 0 < len(index) <= 32 and any(isinstance(part, parts) for part in index)


def _whole_sizes(value: Any, truncates: bool) -> Any:
    if isinstance(value, FLOATS) and (truncates or value == int(value)):
        return int(value)
    if type(value) in (tuple, list):
        sizes = [_whole_sizes(part, truncates) for part in value]
        return value if all(new is old for new, old in zip(sizes, value)) else type(value)(sizes)
    return value


def _repaired(
    said: str, name: str, arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """(what was wrong, the arguments put right); ("", …) where nothing is known."""
    if "inhomogeneous" in said and name in ("array", "asarray") and "dtype" not in named and len(arguments) == 1:
        return "ragged", arguments, {**named, "dtype": object}
    if "0-dimensional" in said or "size-1" in said or "length-1" in said or "__round__" in said:
        numbers = tuple(_number(value) for value in arguments)
        return ("" if _unchanged(numbers, arguments) else "size-1"), numbers, named
    if name in SIZED and ("integer" in said):
        positions = SIZED[name]
        truncates = name not in ("range", "xrange")
        sizes = tuple(
            _whole_sizes(value, truncates) if positions is None or i in positions else value
            for i, value in enumerate(arguments)
        )
        options = {key: _whole_sizes(value, truncates) if key in SIZE_NAMES else value for key, value in named.items()}
        same = _unchanged(sizes, arguments) and all(options[key] is named[key] for key in named)
        return ("" if same else "float-size"), sizes, options
    return "", arguments, named


# --- names that have gone ----------------------------------------------------------------------------------


def _compare(a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


def _key(compare: Any, key: Any) -> Any:
    by = functools.cmp_to_key(compare)
    return by if key is None else lambda item: by(key(item))


def _sorted(iterable: Iterable[Any], cmp: Any = None, key: Any = None, reverse: bool = False) -> list[Any]:
    return sorted(iterable, key=key if cmp is None else _key(cmp, key), reverse=reverse)


class OldList(list):  # type: ignore[type-arg]
    """A list that Python 3 would not have made: notes what only a list can do.

    `has_length` tells whether its modern form has a length (`d.keys()`), `has_items` whether items (`range`).
    """

    def __init__(self, items: Iterable[Any], stack: OldStack, has_length: bool = True, has_items: bool = False) -> None:
        list.__init__(self, items)
        self.stack, self.has_length, self.has_items = stack, has_length, has_items
        self.passed = 0  # by `next`, for text that knows it as an iterator

    def __next__(self) -> Any:
        if self.passed >= len(self):
            raise StopIteration
        self.passed += 1
        return list.__getitem__(self, self.passed - 1)

    def __and__(self, other: Iterable[Any]) -> set[Any]:
        return set(self) & set(other)

    def __or__(self, other: Iterable[Any]) -> set[Any]:
        return set(self) | set(other)

    def __sub__(self, other: Iterable[Any]) -> set[Any]:
        return set(self) - set(other)

    def __getitem__(self, index: Any) -> Any:
        if not self.has_items:
            self.stack.note("list")
        return list.__getitem__(self, index)


def _noting(name: str) -> Any:
    method = getattr(list, name)

    def noting(self: OldList, *arguments: Any, **named: Any) -> Any:
        self.stack.note("list")
        return method(self, *arguments, **named)

    return noting


for _name in (
    "sort", "append", "extend", "insert", "pop", "remove", "reverse", "__setitem__", "__delitem__", "__add__",
    "__mul__",
):  # fmt: skip
    setattr(OldList, _name, _noting(_name))


def _map(function: Any, *iterables: Iterable[Any]) -> list[Any]:
    if function is None:
        return [*iterables[0]] if len(iterables) == 1 else [*itertools.zip_longest(*iterables)]
    return list(map(function, *iterables))


def _filter(function: Any, iterable: Iterable[Any]) -> Any:
    kept = filter(function, iterable)
    if isinstance(iterable, str):
        return "".join(kept)
    return tuple(kept) if isinstance(iterable, tuple) else list(kept)


def _range(*bounds: Any) -> list[int]:
    return list(range(*bounds))


def _zip(*iterables: Iterable[Any]) -> list[Any]:
    return list(zip(*iterables))


PYTHON_2_NAMES: dict[str, Any] = {
    "xrange": range, "unicode": str, "basestring": str, "unichr": chr, "long": int, "reduce": functools.reduce,
    "raw_input": lambda prompt="": input(prompt), "reload": lambda module: module, "cmp": _compare,
    "apply": lambda function, arguments=(), named=None: function(*arguments, **(named or {})),
    "intern": sys.intern, "buffer": memoryview, "file": open, "StandardError": Exception,
}  # fmt: skip


def python_2_builtins(stack: OldStack) -> dict[str, Any]:
    def old_list(made: Callable[..., Any], **kind: bool) -> Callable[..., Any]:
        def make(*arguments: Any) -> Any:
            items = made(*arguments)
            return OldList(items, stack, **kind) if type(items) is list else items

        make.__name__ = made.__name__.strip("_")
        return make

    def length(items: Any) -> int:
        if type(items) is OldList and not items.has_length:
            stack.note("list")
        return len(items)

    made: dict[str, Callable[..., Any]] = {"map": _map, "filter": _filter, "zip": _zip}
    lists = {name: old_list(function, has_length=False) for name, function in made.items()}
    return {**PYTHON_2_NAMES, **lists, "range": old_list(_range, has_items=True), "sorted": _sorted, "len": length}


def _replaced_method(owner: Any, name: str) -> Any:
    if isinstance(owner, dict):
        if name == "has_key":
            return lambda mapping, key: key in mapping
        if name.startswith(("iter", "view")):
            return lambda mapping: iter(getattr(mapping, name[4:])())
    if name == "next" and hasattr(owner, "__next__"):
        return next
    if isinstance(owner, (np.ndarray, np.generic)):
        return ARRAY_METHODS.get(name)
    return None


def _itemset(array: Any, *arguments: Any) -> None:
    *index, value = arguments
    array[tuple(index) if len(index) > 1 else np.unravel_index(index[0], array.shape) if index else ()] = value


ARRAY_METHODS: dict[str, Any] = {
    "tostring": lambda array, order="C": array.tobytes(order),
    "ptp": lambda array, *arguments, **named: np.ptp(array, *arguments, **named),
    "newbyteorder": lambda array, order="S": array.view(array.dtype.newbyteorder(order)),
    "itemset": _itemset,
}

NUMPY_NAMES: dict[str, Any] = {
    **dict.fromkeys(("float", "float_"), float), **dict.fromkeys(("int", "int0", "long"), int), "bool": bool,
    **dict.fromkeys(("object", "object0"), object), **dict.fromkeys(("str", "unicode"), str), "uint0": np.uintp,
    **dict.fromkeys(("complex", "complex_", "cfloat", "singlecomplex"), complex), "bool8": np.bool_,
    "float_": np.float64, "complex_": np.complex128, "cfloat": np.complex128, "singlecomplex": np.complex64,
    **dict.fromkeys(("longfloat",), np.longdouble), **dict.fromkeys(("clongfloat", "longcomplex"), np.clongdouble),
    "string_": np.bytes_, "unicode_": np.str_,
    **dict.fromkeys(("Inf", "Infinity", "infty", "PINF"), np.inf), "NINF": -np.inf, "NaN": np.nan, "PZERO": 0.0,
    "NZERO": -0.0, "product": np.prod, "cumproduct": np.cumprod, "alltrue": np.all, "sometrue": np.any,
    "in1d": lambda a, b, *rest, **named: np.isin(np.ravel(a), b, *rest, **named), "row_stack": np.vstack,
    "trapz": getattr(np, "trapezoid", None), "asscalar": lambda a: np.asarray(a).item(), "rank": np.ndim,
    "alen": lambda a: len(np.atleast_1d(a)), "msort": lambda a: np.sort(a, axis=0), "round_": np.round,
    "mat": np.asmatrix, "asfarray": lambda a, dtype=np.float64: np.asarray(a, dtype=dtype),
    "issubclass_": issubclass, "find_common_type": lambda a, b: np.result_type(*a, *b),
}  # fmt: skip


def _random_integers(low: Any, high: Any = None, size: Any = None) -> Any:
    low, high = (1, low) if high is None else (low, high)
    return np.random.randint(low, high + 1, size=size)


MODULES: dict[str, str] = {
    "cPickle": "pickle", "StringIO": "io", "cStringIO": "io", "Queue": "queue", "ConfigParser": "configparser",
    "copy_reg": "copyreg", "urlparse": "urllib.parse", "__builtin__": "builtins", "HTMLParser": "html.parser",
    "UserDict": "collections", "UserList": "collections", "thread": "_thread", "exceptions": "builtins",
}  # fmt: skip
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "string": {
        "letters": string.ascii_letters, "lowercase": string.ascii_lowercase, "uppercase": string.ascii_uppercase,
        "join": lambda words, separator=" ": separator.join(words), "maketrans": str.maketrans,
        **{name: getattr(str, name) for name in ("lower", "upper", "strip", "split", "replace", "find", "zfill")},
        "atoi": int, "atof": float,
    },
    "itertools": {
        "izip": zip, "imap": map, "ifilter": filter, "izip_longest": itertools.zip_longest,
        "ifilterfalse": itertools.filterfalse,
    },
    "sys": {"maxint": sys.maxsize, "setdefaultencoding": lambda name: None},
    "operator": {"div": operator.floordiv, "isCallable": callable},
}  # fmt: skip


def _later_attributes() -> dict[str, dict[str, Any]]:
    """What went out of the standard library during Python 3."""
    import collections.abc
    import math
    import time

    return {
        "time": {"clock": time.process_time},
        "fractions": {"gcd": math.gcd},
        "collections": {name: getattr(collections.abc, name) for name in collections.abc.__all__},
    }


class OldModules:
    """The names under which Python 2 had some modules."""

    def __init__(self, stack: OldStack) -> None:
        self.stack = stack

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname not in MODULES or self.stack.place() is None:
            return None
        self.stack.note("module", fullname)
        return importlib.machinery.ModuleSpec(fullname, self)  # type: ignore[arg-type]

    def create_module(self, spec: Any) -> types.ModuleType:
        return importlib.import_module(MODULES[spec.name])

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def _serve_names(module: types.ModuleType, names: dict[str, Any], stack: OldStack, kind: str) -> None:
    """Let the submission's files find `names` in a module that has them no more."""
    original = getattr(module, "__getattr__", None)

    def find(name: str) -> Any:
        if names.get(name) is not None and sys._getframe(1).f_code.co_filename in stack.files:
            stack.note(kind, name if kind == "numpy" else "%s.%s" % (module.__name__, name))
            return names[name]
        if original is not None:
            return original(name)
        raise AttributeError("module %r has no attribute %r" % (module.__name__, name))

    module.__getattr__ = find  # type: ignore[method-assign]


def _compile_rewritten(stack: OldStack) -> Any:
    """`compile` for text of the submission's files that an adapter runs (see `grader.checks.script`)."""
    original = builtins.compile

    def compile(source: Any, filename: Any, mode: str, *arguments: Any, **named: Any) -> Any:
        if type(source) is str and mode == "exec" and filename in stack.files and not arguments:  # ast.parse has flags
            source = stack.rewrite(ast.parse(source, filename), filename)
        return original(source, filename, mode, *arguments, **named)

    return compile


def _warn_of_the_submission(stack: OldStack) -> None:
    """Have warnings that come up in here name the submission's line."""
    original = warnings.formatwarning

    def formatted(message: Any, category: Any, filename: str, lineno: int, line: str | None = None) -> str:
        place = stack.place() if filename == __file__ else None
        return original(message, category, *(place or (filename, lineno)), line)

    warnings.formatwarning = formatted


def install(namespace: Any, divides: bool) -> OldStack:
    """Run the submission's text as the stack of its day did from now on."""
    stack = OldStack(namespace, divides)
    namespace.dialect.builtins = stack.builtins
    namespace.dialect.rewrite = stack.rewrite
    namespace.values["__builtins__"] = stack.builtins
    builtins.compile = _compile_rewritten(stack)
    _warn_of_the_submission(stack)
    _serve_names(np, NUMPY_NAMES, stack, "numpy")
    _serve_names(np.random, {"random_integers": _random_integers}, stack, "attribute")
    for name, attributes in {**ATTRIBUTES, **_later_attributes()}.items():
        _serve_names(importlib.import_module(name), attributes, stack, "attribute")
    sys.meta_path.append(OldModules(stack))
    return stack
