"""Python loops over arrays, in functions that the contract wants to have none.

They are found by reading: which names hold an array that comes from one of the parameters, which a size of one, and
which `for`, `while` and comprehensions run over these. What a function calls in the same submission is read along, with
what it is given. Loops over layers, over the keys of a dict or over pieces of many samples are none of them.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.assignments import ContractFunction
from grader.diagnosis.cases.where import Definition, Source
from grader.submissions import SourceUnit
from grader.submissions.submission import first_remarks
from grader.submissions.trees import walk

MAX_FUNCTIONS = 50  # read for one function of the contract
LONGEST_HEADER = 60
_RANGES = frozenset(["range", "xrange"])
_PASSED_THROUGH = frozenset(["enumerate", "zip", "reversed", "sorted", "list", "tuple", "set", "iter", "tqdm"])
_NUMBERS = frozenset(["int", "min", "max", "abs", "sum", "round"])

_TELL = (
    "{place}: `{header}` is a loop over `{over}`; `{function}` is meant to compute with whole arrays at once, without "
    "loops in Python. It costs no points"
)


def remarks_on_loops(function: ContractFunction, source: Source) -> tuple[str, ...]:
    """What to tell about the loops of a function over parameters that its contract wants to have no loop over."""
    found = source.definition(function.name)
    if not function.vectorized or found is None:
        return ()
    _, definition = found
    parameters = _parameters(definition)[1 if function.kind == "method" else 0 :]
    given = dict(zip(function.parameters, parameters, strict=False))  # a student may have other names
    arrays = {given[name]: name for name in function.vectorized if name in given}
    reader = _Reader(source)
    try:
        loops = [*reader.loops(function.name, _Known(arrays))]
    except RecursionError:  # nested deeper than anything that is written by hand
        return ()
    return first_remarks(_told(function.name, loop, source) for loop in loops)


@dataclass(frozen=True)
class _Loop:
    unit: SourceUnit
    line: int
    over: str


@dataclass(frozen=True)
class _Known:
    """Names, and the parameter of the contract that they come from: arrays, and sizes of arrays."""

    arrays: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)

    def bind(self, target: ast.expr, value: ast.expr) -> None:
        """What an assignment makes of its names."""
        match target, value:
            case ((ast.Tuple(elts=names) | ast.List(elts=names)), (ast.Tuple(elts=values) | ast.List(elts=values))) if (
                len(names) == len(values)
            ):
                for name, part in zip(names, values, strict=True):
                    self.bind(name, part)
            case _:
                self.put(target, self.array(value), self.size(value))

    def put(self, target: ast.expr, array: str | None, size: str | None) -> None:
        for node in walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                for names, origin in ((self.arrays, array), (self.sizes, size)):
                    names.pop(node.id, None)
                    if origin is not None:
                        names[node.id] = origin

    def array(self, value: ast.expr) -> str | None:
        """The parameter that an array comes from; None for what is no array, or of another origin."""
        match value:
            case ast.Name(id=name):
                return self.arrays.get(name)
            case ast.Attribute(value=inner, attr="T"):
                return self.array(inner)
            case ast.Subscript(value=inner):
                return self.array(inner)
            case ast.BinOp(left=left, right=right):
                return self.array(left) or self.array(right)
            case ast.UnaryOp(operand=inner):
                return self.array(inner)
            case ast.Compare(left=left, comparators=[right]):
                return self.array(left) or self.array(right)
            case ast.IfExp(body=one, orelse=other):
                return self.array(one) or self.array(other)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=name), args=arguments):
                return None if name in ("shape", "size", "ndim") else self._any(arguments)
            case ast.Call(func=ast.Attribute(value=inner)):
                return self.array(inner)
        return None

    def size(self, value: ast.expr) -> str | None:
        """The parameter that a size, or a shape, is one of."""
        match value:
            case ast.Name(id=name):
                return self.sizes.get(name)
            case ast.Attribute(value=inner, attr="shape" | "size"):
                return self.array(inner)
            case ast.Subscript(value=inner):
                return self.size(inner)
            case ast.BinOp(left=left, right=right):
                return self.size(left) or self.size(right)
            case ast.Call(func=ast.Name(id="len") | ast.Attribute(attr="shape" | "size"), args=[inner, *_]):
                return self.array(inner)
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _NUMBERS:
                return self._any(arguments)
        return None

    def run_over(self, iterable: ast.expr) -> str | None:
        """The parameter that a `for` runs over."""
        match iterable:
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _RANGES:
                return self._any(arguments) if len(arguments) < 3 else None  # with a step: over pieces
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in _PASSED_THROUGH:
                return next(filter(None, map(self.run_over, arguments)), None)
        return self.array(iterable)

    def _any(self, parts: Sequence[ast.expr]) -> str | None:
        for part in parts:
            inner = part.elts if isinstance(part, ast.Tuple | ast.List) else [part]
            for element in inner:
                if origin := self.array(element) or self.size(element):
                    return origin
        return None


class _Reader:
    """Reads functions of a submission, each once for what it is given."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.read: set[tuple[str, frozenset[tuple[str, str]], frozenset[tuple[str, str]]]] = set()

    def loops(self, name: str, known: _Known) -> Iterator[_Loop]:
        """The loops over what is known, of a function and of those that it calls."""
        key = (name, frozenset(known.arrays.items()), frozenset(known.sizes.items()))
        found = self.source.definition(name)
        if found is None or key in self.read or len(self.read) >= MAX_FUNCTIONS:
            return
        self.read.add(key)
        unit, definition = found
        for statement in definition.body:
            yield from self._inside(statement, known, unit, name.rpartition(".")[0])

    def _inside(self, node: ast.AST, known: _Known, unit: SourceUnit, owner: str) -> Iterator[_Loop]:
        match node:
            case ast.For(target=target, iter=iterable):
                if over := known.run_over(iterable):
                    yield _Loop(unit, node.lineno, over)
                    return  # those inside come with it
                known.put(target, None, None)
            case ast.While(test=ast.Compare(left=left, comparators=[right])):
                if over := known.size(left) or known.size(right):
                    yield _Loop(unit, node.lineno, over)
                    return
            case ast.ListComp(generators=parts) | ast.SetComp(generators=parts) | ast.GeneratorExp(generators=parts):
                if over := next(filter(None, (known.run_over(part.iter) for part in parts)), None):
                    yield _Loop(unit, node.lineno, over)
                    return
            case ast.Call():
                yield from self._called(node, known, owner)
        for child in ast.iter_child_nodes(node):
            yield from self._inside(child, known, unit, owner)
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    known.bind(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                known.bind(target, value)

    def _called(self, call: ast.Call, known: _Known, owner: str) -> Iterator[_Loop]:
        """The loops of a function of the submission that is called with something known."""
        match call.func:
            case ast.Name(id=name):
                skipped = 0
            case ast.Attribute(value=ast.Name(id="self"), attr=method):
                name, skipped = f"{owner}.{method}", 1
            case _:
                return
        found = self.source.definition(name)
        if found is None:
            return
        given = dict(zip(_parameters(found[1])[skipped:], call.args, strict=False))
        given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
        arrays = {parameter: known.array(value) for parameter, value in given.items()}
        sizes = {parameter: known.size(value) for parameter, value in given.items()}
        inner = _Known(_kept(arrays), _kept(sizes))
        if inner.arrays or inner.sizes:
            yield from self.loops(name, inner)


def _kept(origins: Mapping[str, str | None]) -> dict[str, str]:
    return {name: origin for name, origin in origins.items() if origin is not None}


def _parameters(definition: Definition) -> list[str]:
    arguments = definition.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _told(function: str, loop: _Loop, source: Source) -> str:
    header = source.submission.line_text(loop.unit.filename, loop.line).strip().replace("`", "'")
    if len(header) > LONGEST_HEADER:
        header = header[: LONGEST_HEADER - 1] + "…"
    place = source.submission.locate(loop.unit.filename, loop.line)
    return _TELL.format(place=place, header=header.removesuffix(":"), over=loop.over, function=function)
