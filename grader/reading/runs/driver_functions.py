"""What the functions of a file are called, what they take and give back: of these, lines that train it are made."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.reading.runs.driver_names import TRAINERS
from grader.reading.runs.driver_words import in_english
from grader.submissions.syntax import parse

_MAKING = re.compile(r"(^|\.)(zeros|ones|empty|full|rand|randn|random|random_sample|standard_normal|normal|uniform)$")


@dataclass(frozen=True)
class Parameter:
    name: str
    has_default: bool
    sizes: tuple[int, ...] | list[int] = ()  # of a default like (784, 300, 10)
    count: int | None = None  # a default that is one number, like that of the inputs
    is_fraction: bool = False  # a default like 0.01: no number of rounds, whatever it is called
    is_rounds: bool = False  # whether a loop of the function goes round as often
    is_gone_through: bool = False  # whether it is what a loop goes through
    is_size: bool = False  # whether arrays are made so long
    keys: tuple[str, ...] = ()  # that are asked of a dict: `structure["num_inputs"]`


@dataclass(frozen=True)
class Function:
    name: str
    parameters: tuple[Parameter, ...]
    more: str = ""  # what `*layers` is called
    repeats: bool = False  # whether it has a loop in which something is taken from something
    changes: bool = False  # whether something is added to, or taken from, what its object keeps
    returned: tuple[str, ...] = ()  # the names that it gives back
    is_run: bool = False  # whether it takes nothing, and calls what trains
    keeps: frozenset[str] = frozenset()  # what it gives its object, but for nothing at all: `self.X = …`
    asks: frozenset[str] = frozenset()  # what it asks of its object
    steps_globally: bool = False  # whether it takes nothing, and adds to what stands outside of it
    gives: frozenset[str] = frozenset()  # what it sets outside of it
    reads: frozenset[str] = frozenset()  # all names that it reads

    @property
    def takes_nothing(self) -> bool:
        return not self.more and all(one.has_default for one in self.parameters)


def function_of(node: ast.FunctionDef, skipped: int = 0, owner: ast.ClassDef | None = None) -> Function:
    """A function as its text has it, or a method of `owner` without its first parameters."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    plain = len(positional) - len(arguments.defaults)
    rounds, sizes = _rounds(node), _sizes_of_arrays(node, owner or node)
    through = {ast.unparse(inner.iter) for inner in ast.walk(node) if isinstance(inner, ast.For)}
    parameters = [
        Parameter(
            one.arg, True, _sizes(default := arguments.defaults[k - plain]), _count(default), _is_fraction(default)
        )
        if k >= plain
        else Parameter(
            one.arg,
            False,
            is_rounds=one.arg in rounds,
            is_gone_through=one.arg in through,
            is_size=one.arg in sizes,
            keys=_keys(one.arg, node),
        )
        for k, one in enumerate(positional)
    ][skipped:]
    named = [
        Parameter(one.arg, default is not None)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    more = arguments.vararg.arg if arguments.vararg else ""
    takes_nothing = not skipped and not more and all(one.has_default for one in (*parameters, *named))
    ways = _repeats(node), _changes(node), _returned(node), takes_nothing and _calls_training(node)
    attributes = (
        frozenset(
            one.attr
            for one in ast.walk(node)
            if isinstance(one, ast.Attribute) and isinstance(one.ctx, kind) and ast.unparse(one.value) == "self"
        )
        for kind in (ast.Store, ast.Load)
    )
    keeps, asks = attributes if skipped else (frozenset[str](), frozenset[str]())
    steps_globally = takes_nothing and _steps_globally(node)
    gives = frozenset(name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names)
    reads = frozenset(one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load))
    kept, taken = keeps - _emptied(node), (*parameters, *named)
    return Function(node.name, taken, more, *ways, kept, asks, steps_globally, gives, reads)


def _emptied(node: ast.FunctionDef) -> set[str]:
    """The attributes that a method sets to nothing: `self.X = None`, `self.errors = []`."""
    return {
        one.targets[0].attr
        for one in ast.walk(node)
        if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Attribute)
        if ast.unparse(one.value) in ("None", "[]", "{}", "()", "''", "0")
    }


def _steps_globally(node: ast.FunctionDef) -> bool:
    """Whether a function adds to, or takes from, arrays outside of it: `global W` and `W = W + step`."""
    names = {name for one in ast.walk(node) if isinstance(one, ast.Global) for name in one.names}
    for inner in ast.walk(node):
        match inner:
            case ast.AugAssign(target=ast.Name(id), op=ast.Sub() | ast.Add(), value=value):
                step = value
            case ast.Assign(targets=[ast.Name(id)], value=ast.BinOp(ast.Name(left), ast.Sub() | ast.Add(), right)):
                step = right if left == id else ast.Constant(0)
            case _:
                continue
        if id in names and not isinstance(step, ast.Constant):  # that counts
            return True
    return False


def _keys(name: str, node: ast.FunctionDef) -> tuple[str, ...]:
    """What a parameter is asked for by texts between brackets."""
    found = {
        one.slice.value: None
        for one in ast.walk(node)
        if isinstance(one, ast.Subscript) and isinstance(one.value, ast.Name) and one.value.id == name
        if isinstance(one.slice, ast.Constant) and isinstance(one.slice.value, str)
    }
    return tuple(found)


def _rounds(node: ast.FunctionDef) -> set[str]:
    """What the loops of a function count up to: `range(dongu)`."""
    loops = [inner.iter for inner in ast.walk(node) if isinstance(inner, ast.For)]
    calls = [loop for loop in loops if isinstance(loop, ast.Call) and ast.unparse(loop.func) in ("range", "trange")]
    return {one.id for call in calls for one in call.args if isinstance(one, ast.Name)}


def _sizes_of_arrays(node: ast.FunctionDef, owner: ast.AST) -> set[str]:
    """Parameters that what makes arrays is given: `np.zeros(q)`, or `self.units = q` and `np.zeros(self.units)`."""
    made_with = {
        ast.unparse(one)
        for call in ast.walk(owner)
        if isinstance(call, ast.Call) and _MAKING.search(ast.unparse(call.func))
        for given in call.args
        for one in [given, *(given.elts if isinstance(given, ast.Tuple | ast.List) else [])]
        if isinstance(one, ast.Name | ast.Attribute)
    }
    kept = {
        assigned.value.id
        for assigned in ast.walk(node)
        if isinstance(assigned, ast.Assign) and isinstance(assigned.value, ast.Name)
        if made_with & {ast.unparse(target) for target in assigned.targets}
    }
    return made_with | kept


def _calls_training(node: ast.FunctionDef) -> bool:
    """Whether a function calls another one that trains, by its name, as `main` does."""
    return any(name != node.name and rank(name) < len(TRAINERS) for name in _called(node))


def calls_training(source: str) -> bool:
    """Whether a text calls by itself what trains, by its name."""
    defining = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    body = [node for node in (parse(source) or ast.Module([], [])).body if not isinstance(node, defining)]
    return any(rank(name) < len(TRAINERS) for node in body for name in _called(node))


def _called(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute | ast.Name):
            yield inner.func.attr if isinstance(inner.func, ast.Attribute) else inner.func.id


def _repeats(node: ast.FunctionDef) -> bool:
    """Whether a function has a loop in which something is changed by a difference, as a training has."""
    return any(
        isinstance(inner, ast.AugAssign | ast.BinOp) and isinstance(inner.op, ast.Sub)
        for loop in ast.walk(node)
        if isinstance(loop, ast.For | ast.While)
        for inner in ast.walk(loop)
    )


def _changes(node: ast.FunctionDef) -> bool:
    """Whether a method takes something from what its object keeps: `self.W -= …`, `self.W = self.W - …`."""
    for inner in ast.walk(node):
        match inner:
            case ast.AugAssign(target=ast.Attribute() | ast.Subscript(), op=ast.Sub() | ast.Add()):
                return True
            case ast.Assign(targets=[ast.Attribute() as target], value=ast.BinOp(left=left, op=ast.Sub() | ast.Add())):
                if ast.unparse(target) == ast.unparse(left):
                    return True
    return False


def _returned(node: ast.FunctionDef) -> tuple[str, ...]:
    """The names in the last `return` of a function; none if it gives something else back."""
    last = node.body[-1]
    value = last.value if isinstance(last, ast.Return) else None
    parts = value.elts if isinstance(value, ast.Tuple) else [value]
    return tuple(part.id for part in parts if isinstance(part, ast.Name)) if _are_names(parts) else ()


def _are_names(parts: Sequence[ast.expr | None]) -> bool:
    return all(isinstance(part, ast.Name) for part in parts)


def _count(node: ast.expr) -> int | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):  # 3 * 32 * 32
        left, right = _count(node.left), _count(node.right)
        return None if left is None or right is None else left * right
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None


def _is_fraction(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is float


def _sizes(node: ast.expr) -> tuple[int, ...] | list[int]:
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return ()
    is_sizes = isinstance(value, tuple | list) and len(value) > 1 and all(type(one) is int for one in value)
    return value if is_sizes else ()


def rank(name: str) -> int:
    """How likely it is by its name that a function trains; the number of patterns if it does not."""
    name = in_english(name)
    return next((k for k, pattern in enumerate(TRAINERS) if is_called(pattern, name)), len(TRAINERS))


def is_called(pattern: str, name: str) -> bool:
    """Whether a name is one of a pattern."""
    return re.fullmatch(pattern, name.strip("_")) is not None
