"""Functions that are still the exercise: a course's own notebook puts `None` where the student's lines belong.

Such a function has a body, often most of one, and would be blamed for an error of its placeholders. Only what cannot
give a result is called open: it returns a name that is never anything but None, fills a dict with None alone, computes
with a None, or computes nothing at all and returns a name that was never bound, an empty dict, or a copy of a dict.
"""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from grader.submissions.trees import children, walk

_HARMLESS_CALLS = frozenset(
    [
        "asarray",
        "copy",
        "deepcopy",
        "dict",
        "int",
        "len",
        "list",
        "print",
        "range",
        "reshape",
        "reversed",
        "squeeze",
        "str",
    ]
)
_FILLING_METHODS = frozenset(["append", "extend", "insert", "setdefault", "update"])


def is_left_open(function: ast.FunctionDef, kept: Collection[int] = (), defined: Collection[str] = ()) -> bool:
    """Whether a function still has a course's placeholders and can give no result.

    Args:
        kept: positions of outputs that are the submission's own business, which may well be None; -1 for the only one.
        defined: names that the function finds outside of itself.
    """
    if computes_with_none(function, defined):
        return True
    names = _Names(function, defined)
    returned = [node.value for node in names.nodes if isinstance(node, ast.Return)]
    is_computed = computes(function)
    return bool(returned) and all(names.are_open(_outputs(value, kept), is_computed=is_computed) for value in returned)


def computes_with_none(function: ast.FunctionDef, defined: Collection[str] = ()) -> bool:
    """Whether a placeholder is an operand: `self.weights += None`."""
    names = _Names(function, defined)
    return any(names.is_none(operand) for node in names.nodes for operand in _operands(node))


def _operands(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.AugAssign(value=value):
            yield value
        case ast.BinOp(left=left, right=right, op=op) if not isinstance(op, ast.BitOr):  # `int | None` is a type
            yield from (left, right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield operand


def _outputs(value: ast.expr | None, kept: Collection[int]) -> list[ast.expr]:
    """The parts of a result that the contract asks for."""
    if isinstance(value, ast.Tuple):
        return [part for position, part in enumerate(value.elts) if position not in kept]
    return [value] if value is not None and -1 not in kept else []


def hands_on_none(function: ast.FunctionDef, defined: Collection[str] = ()) -> bool:
    """Whether a placeholder goes where the data belong: `X_batch = None`, and then `self.loss(X_batch, …)`."""
    names = _Names(function, defined)
    return any(
        isinstance(node, ast.Call)
        and (_is_own_method(node.func) or (isinstance(node.func, ast.Name) and node.func.id in defined))
        and bool(node.args)
        and isinstance(node.args[0], ast.Name)
        and names.is_none(node.args[0])
        for node in names.nodes
    )


def _is_own_method(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "self"


def does_nothing(function: ast.FunctionDef) -> bool:
    """Whether nothing that a function does can be seen by its caller: no call, no item, no attribute, no result."""
    for node in walk(function):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _HARMLESS_CALLS:
                continue
            case (
                ast.Call()
                | ast.Yield()
                | ast.YieldFrom()
                | ast.Raise()
                | ast.Global()
                | ast.Nonlocal()
                | ast.Delete()
                | ast.AugAssign()
                | ast.While()
            ):
                return False
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                return False
            case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
                return False
    return not function.decorator_list


def computes(function: ast.AST) -> bool:
    """Whether anything is computed, beyond sizes, names and copies."""
    for node in walk(function):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                if name not in _HARMLESS_CALLS:
                    return True
            case ast.BinOp(op=ast.MatMult() | ast.Mult() | ast.Div() | ast.Pow()) | ast.AugAssign():
                return True
            case ast.BinOp(op=ast.Add() | ast.Sub(), left=left, right=right):
                if not (_is_literal(left) or _is_literal(right)):
                    return True
    return False


def _is_literal(operand: ast.expr) -> bool:
    """What makes a sum an index or a key: `l + 1`, `"dW" + str(l)`."""
    match operand:
        case ast.Constant() | ast.Call(func=ast.Name(id="str")):
            return True
    return False


@dataclass
class _Names:
    """What a function binds its names, and the items of its names, to."""

    function: ast.FunctionDef
    defined: Collection[str]
    nodes: list[ast.AST] = field(default_factory=list)  # of the function's own scope
    values: dict[str, list[ast.expr | None]] = field(default_factory=lambda: defaultdict(list))  # None: something
    items: dict[str, list[ast.expr | None]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        arguments = self.function.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        self.parameters = {argument.arg for argument in every if argument is not None}
        for statement in self.function.body:
            self._visit(statement)

    def is_none(self, expression: ast.expr) -> bool:
        """Whether it is None, or a name that is never anything else."""
        match expression:
            case ast.Constant(value=None):
                return True
            case ast.Name(id=name):
                values = self._own_values(name)
                return bool(values) and all(isinstance(v, ast.Constant) and v.value is None for v in values)
        return False

    def is_open(self, expression: ast.expr, *, is_computed: bool) -> bool:
        """Whether an output holds nothing but None, or nothing at all."""
        if self.is_none(expression) or self._holds_none_alone(expression):
            return True
        if not isinstance(expression, ast.Name):
            return False
        name = expression.id
        if self.items[name]:
            filled_with_none = all(v is not None and self.is_none(v) for v in self.items[name])
            return filled_with_none and self._begins_empty(name, ("copy", "deepcopy"))
        if is_computed or name in self.defined:
            return False
        return self._begins_empty(name, ("deepcopy",)) if self._own_values(name) else name not in self.parameters

    def _holds_none_alone(self, expression: ast.expr) -> bool:
        """Whether it is `{"dW": dW, "db": db}`, or a name for that alone, and all that is in it is None."""
        match expression:
            case ast.Dict(values=[_, *_] as values):
                return all(map(self.is_none, values))
            case ast.Name(id=name):
                bound = self._own_values(name)
                displays = [value for value in bound if isinstance(value, ast.Dict)]
                is_all = bool(bound) and len(displays) == len(bound) and not self.items[name]
                return is_all and all(map(self._holds_none_alone, displays)) and self._is_not_filled(name)
        return False

    def are_open(self, outputs: Sequence[ast.expr], *, is_computed: bool) -> bool:
        """Whether one of several outputs is open and none worked out: a loss without its gradient is a beginning."""
        is_open = [self.is_open(part, is_computed=is_computed) for part in outputs]
        others = [part for part, open_ in zip(outputs, is_open, strict=True) if not open_]
        return any(is_open) and not any(self._is_worked_out(part, frozenset()) for part in others)

    def _is_worked_out(self, expression: ast.expr, seen: frozenset[str]) -> bool:
        """Whether it is computed, from nothing that is None; `seen` are the names on the way."""
        if isinstance(expression, ast.Name):
            values = self._own_values(expression.id)
            if expression.id in seen or any(value is not None and self.is_none(value) for value in values):
                return False
            return any(value is None or self._is_worked_out(value, seen | {expression.id}) for value in values)
        read = {node.id for node in walk(expression) if isinstance(node, ast.Name)}
        return computes(expression) and not any(self._is_from_none(name, seen) for name in read)

    def _is_from_none(self, name: str, seen: frozenset[str]) -> bool:
        """Whether a value of a name is None, or was computed from one."""
        if name in seen:
            return False
        for value in self.values[name]:
            read = {node.id for node in walk(value) if isinstance(node, ast.Name)} if value is not None else ()
            if value is not None and (self.is_none(value) or any(self._is_from_none(n, seen | {name}) for n in read)):
                return True
        return False

    def _own_values(self, name: str) -> list[ast.expr | None]:
        """What a name is bound to, without `cost = np.squeeze(cost)`, which leaves it what it was."""
        return [value for value in self.values[name] if value is None or not _only_wraps(value, name)]

    def _begins_empty(self, name: str, copies: tuple[str, ...]) -> bool:
        """Whether what is in a dict comes from item assignments alone, or else, by one of `copies`, from the caller."""
        for value in self._own_values(name):
            match value:
                case ast.Dict(keys=[]) | ast.Call(func=ast.Name(id="dict"), args=[], keywords=[]):
                    continue
                case ast.Call(func=ast.Attribute(attr=called) | ast.Name(id=called)) if called in copies:
                    continue
            return False
        return self._is_not_filled(name)

    def _is_not_filled(self, name: str) -> bool:
        filled = (
            node.func.value.id
            for node in walk(self.function)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.attr in _FILLING_METHODS
        )
        return name not in filled

    def _visit(self, node: ast.AST) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                self._visit_scope(node)
                return
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._bind(target, value)
            case ast.alias(name=name, asname=other):
                self.values[other or name].append(None)
            case ast.Name(id=name, ctx=ast.Store()):
                self.values[name].append(None)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                self.values[name].append(None)
            case ast.Global(names=names):
                for name in names:
                    self.values[name].append(None)
        self.nodes.append(node)
        bound = {id(target) for target in _targets(node)}
        for child in children(node):
            if id(child) not in bound:
                self._visit(child)

    def _visit_scope(self, node: ast.AST) -> None:
        """A function or class inside: its names are its own, but for its own name and those that it takes over."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self.values[node.name].append(None)
        for inner in walk(node):
            if isinstance(inner, ast.Nonlocal | ast.Global):
                for name in inner.names:
                    self.values[name].append(None)

    def _bind(self, target: ast.expr, value: ast.expr | None) -> None:
        match target:
            case ast.Name(id=name):
                self.values[name].append(value)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for position, part in enumerate(parts):
                    self._bind(part, _part(value, position, len(parts)))
            case ast.Starred(value=inner):
                self._bind(inner, None)
            case ast.Subscript(value=ast.Name(id=name)):
                self.items[name].append(value)


def _targets(node: ast.AST) -> list[ast.expr]:
    """What an assignment with a value binds."""
    match node:
        case ast.Assign(targets=targets):
            return targets
        case ast.AnnAssign(target=target, value=ast.expr()):
            return [target]
    return []


def _part(value: ast.expr | None, position: int, count: int) -> ast.expr | None:
    """What one of several targets gets: None of `A, cache = None`, which stands for all of them."""
    match value:
        case ast.Constant(value=None):
            return value
        case ast.Tuple(elts=parts) if len(parts) == count:
            return parts[position]
    return None


def _only_wraps(value: ast.expr, name: str) -> bool:
    match value:
        case ast.Call(
            func=ast.Attribute(attr="squeeze") | ast.Name(id="float"), args=[ast.Name(id=inner)], keywords=[]
        ):
            return inner == name
    return False
