"""Slips that people make in code that was right: each changes one place of a function's syntax tree."""

import ast
import copy
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OTHER_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}
OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
}
OTHER_FUNCTIONS = {
    "max": ("min",),
    "amax": ("amin",),
    "maximum": ("minimum",),
    "argmax": ("argmin",),
    "sum": ("mean",),
    "mean": ("sum",),
    "zeros": ("ones",),
    "zeros_like": ("ones_like",),
    "ones": ("zeros",),
    "log": ("log2", "exp"),
    "exp": ("exp2",),
    "randn": ("rand",),
    "normal": ("uniform",),
    "square": ("abs",),
    "repeat": ("tile",),
    "tile": ("repeat",),
}
REPLACED_NAMES = 2  # other variables that are tried in the place of each
SWAPPED = {
    "dot",
    "outer",
    "matmul",
    "arange",
    "reshape",
    "transpose",
    "maximum",
    "where",
    "range",
    "choice",
    "tensordot",
}


@dataclass(frozen=True)
class Mutant:
    """A module in which one place was changed."""

    function: str
    line: int
    module: ast.Module
    old: ast.AST
    new: ast.AST

    @property
    def text(self) -> str:
        memo: dict[int, object] = {id(self.old): self.new}
        return ast.unparse(ast.fix_missing_locations(copy.deepcopy(self.module, memo)))

    @property
    def change(self) -> str:
        return f"{_brief(self.old)} → {_brief(self.new)}"


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of the bodies of a module's functions and methods; defaults of parameters are the starter's."""
    tree = ast.parse(text)
    for name, definition in _definitions(tree):
        for node in (node for statement in definition.body for node in ast.walk(statement)):
            for new in (new for mutate in MUTATIONS for new in mutate(node, definition)):
                yield Mutant(name, getattr(node, "lineno", definition.lineno), tree, node, new)


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (node.name if member.name == "__init__" else f"{node.name}.{member.name}", member)
                for member in node.body
                if isinstance(member, ast.FunctionDef)
            )


def _brief(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())[:60].rstrip()


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


# Mutations: (node, the function that it is in) -> nodes that take its place


def other_operator(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op):
            yield from (_with(node, op=other()) for other in OTHER_OPERATORS.get(type(op), ()))
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield operand
        case ast.BoolOp(op=op):
            yield _with(node, op=ast.Or() if isinstance(op, ast.And) else ast.And())


def operand_left_out(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        yield node.left
        yield node.right


def operands_swapped(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.FloorDiv | ast.MatMult | ast.Pow):
        yield _with(node, left=node.right, right=node.left)


def assigned_not_added(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.AugAssign(target=target, value=value):
            yield ast.Assign(targets=[target], value=value, lineno=node.lineno)
        case ast.Assign(targets=[ast.Subscript() as target], value=value):
            yield ast.AugAssign(target=target, op=ast.Add(), value=value)


def other_comparison(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        yield from (_with(node, ops=[other()]) for other in OTHER_COMPARISONS.get(type(node.ops[0]), ()))


def other_number(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=float() as value):
            yield from (ast.Constant(value * 2), ast.Constant(value + 1.0))


def statement_dropped(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Assign() | ast.AugAssign() | ast.Return():
            yield ast.Pass()
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.If(orelse=[]):
            yield _with(node, test=ast.Constant(True))
            yield _with(node, test=ast.Constant(False))


def returned_too_soon(node: ast.AST, definition: ast.FunctionDef) -> Iterator[ast.AST]:
    last = definition.body[-1]
    if isinstance(node, ast.For) and isinstance(last, ast.Return):
        yield _with(node, body=[*node.body, last])


def arguments_swapped(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, second, *rest]):
            if name in SWAPPED:
                yield _with(node, args=[second, first, *rest])
        case ast.Call(func=ast.Attribute(value=receiver, attr="dot"), args=[argument]):
            if not (isinstance(receiver, ast.Name) and receiver.id == "np"):
                yield _with(node, func=_with(node.func, value=argument), args=[receiver])


def keyword_left_out(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            yield _with(node, keywords=[other for other in node.keywords if other is not keyword])


def call_left_out(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="np")), args=[argument, *_]):
            yield argument
        case ast.Call(func=ast.Attribute(value=receiver)):
            yield receiver
        case ast.Attribute(value=receiver, attr="T"):
            yield receiver


def other_function(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) as function):
            yield from (_with(node, func=_with(function, attr=other)) for other in OTHER_FUNCTIONS.get(name, ()))


def indices_swapped(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.Tuple) and len(node.elts) > 1:
        for i in range(len(node.elts) - 1):
            elements = [*node.elts]
            elements[i : i + 2] = reversed(elements[i : i + 2])
            yield _with(node, elts=elements)


def one_round_less(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    match node:
        case ast.Call(func=ast.Name(id="range"), args=[stop]):
            yield _with(node, args=[ast.BinOp(stop, ast.Sub(), ast.Constant(1))])
            yield _with(node, args=[ast.BinOp(stop, ast.Add(), ast.Constant(1))])
            yield _with(node, args=[ast.Constant(1), stop])
            yield _with(node, args=[ast.Constant(1)])


def other_slice(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.Slice):
        if node.lower is not None:
            yield _with(node, lower=None)
            yield _with(node, lower=ast.BinOp(node.lower, ast.Add(), ast.Constant(1)))
        if node.upper is not None:
            yield _with(node, upper=None)
            yield _with(node, upper=ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)))
        if node.step is not None:
            yield _with(node, step=None)


def other_variable(node: ast.AST, definition: ast.FunctionDef) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        others = sorted(_variables(definition) - {node.id, "self"})
        if node.id in _variables(definition):
            dice = random.Random(f"{definition.name} {node.id} {node.lineno} {node.col_offset}")
            yield from (_with(node, id=name) for name in dice.sample(others, min(REPLACED_NAMES, len(others))))


def _variables(definition: ast.FunctionDef) -> set[str]:
    names = {argument.arg for argument in definition.args.args}
    return names | {n.id for n in ast.walk(definition) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def other_key(node: ast.AST, _: ast.FunctionDef) -> Iterator[ast.AST]:
    other = {"W1": "W2", "W2": "W1", "b1": "b2", "b2": "b1", "pool_height": "pool_width", "pool_width": "pool_height"}
    other |= {"stride": "pad", "pad": "stride"}
    match node:
        case ast.Constant(value=str() as key) if key in other:
            yield ast.Constant(other[key])


MUTATIONS: tuple[Callable[[ast.AST, ast.FunctionDef], Iterator[ast.AST]], ...] = (
    other_operator,
    operand_left_out,
    operands_swapped,
    assigned_not_added,
    other_comparison,
    other_number,
    statement_dropped,
    returned_too_soon,
    arguments_swapped,
    keyword_left_out,
    call_left_out,
    other_function,
    indices_swapped,
    one_round_less,
    other_slice,
    other_variable,
    other_key,
)
