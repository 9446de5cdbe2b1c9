"""What a loop makes, in the pass before or in this one, where what stays the same in every pass is used instead."""

import ast
import itertools
from collections.abc import Iterator
from functools import cached_property

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import Alternative
from grader.diagnosis.repair.contents import Loop
from grader.diagnosis.repair.kind import OTHER
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import copied, walk

MOST = 6  # that are tried in the place of one name


class Recurrences:
    """The entries and lists that the loops of one function fill, as the next pass would read them."""

    def __init__(self, written: Written, kinds: Kinds) -> None:
        self.written, self.kinds = written, kinds

    def instead(self, statement: ast.stmt, node: ast.expr) -> Iterator[Alternative]:
        """What the pass before made, for an array that no pass of the loops around a statement changes."""
        loops = self._loops.get(id(statement), ())
        if not loops or not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            return
        kind = self.kinds.of(node)
        if node.id in self._stored[id(loops[-1])] or not (kind.is_array or kind == OTHER):
            return
        if kind == OTHER and node.id not in self.written.names:
            return
        made = (
            text
            for text, source in self._made[id(loops[-1])]
            if self.kinds.of(source) == OTHER or self.kinds.of(source).is_like(kind)
        )
        yield from ((text, "pass-before") for text in itertools.islice(made, MOST))

    @cached_property
    def _loops(self) -> dict[int, tuple[Loop, ...]]:
        return {id(place.statement): place.loops for place in self.written.places}

    @cached_property
    def _stored(self) -> dict[int, set[str]]:
        """The variables that each loop gives values to, or changes in place."""
        return {id(loop): {*_stored_in(loop)} for loop in self._all_loops}

    @cached_property
    def _all_loops(self) -> list[Loop]:
        return [place.statement for place in self.written.places if isinstance(place.statement, Loop)]

    @cached_property
    def _made(self) -> dict[int, list[tuple[str, str]]]:
        """What each loop fills, as it is read in the next pass, with what is put there."""
        return {id(loop): [*dict.fromkeys(self._made_in(loop))] for loop in self._all_loops}

    def _made_in(self, loop: Loop) -> Iterator[tuple[str, str]]:
        counters = {
            node.id for node in (walk(loop.target) if isinstance(loop, ast.For) else ()) if isinstance(node, ast.Name)
        }
        for statement in (node for node in walk(loop) if isinstance(node, ast.stmt)):
            for target in targets_of(statement):
                if isinstance(target, ast.Subscript):
                    for counter in sorted(counters & _names_in(target.slice)):
                        yield from ((_shifted(target, counter, by), said(target)) for by in (1, -1))
            match statement:
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)) as function, args=[given])):
                    if name_called(function) == "append":
                        yield f"{name}[-1]", said(given)


def _stored_in(loop: Loop) -> Iterator[str]:
    for node in walk(loop):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Subscript(value=held, ctx=ast.Store()):
                yield from _names_in(held)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):  # `x.fill(0)`
                yield name
            case ast.Expr(value=ast.Call(args=[ast.Name(id=name), *_])):  # `np.copyto(x, y)`
                yield name
            case ast.keyword(arg="out", value=ast.Name(id=name)):
                yield name


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in walk(node) if isinstance(one, ast.Name)}


def _shifted(entry: ast.Subscript, counter: str, by: int) -> str:
    """An entry of the pass before or after: `grads["dA" + str(l + 2)]` of `grads["dA" + str(l + 1)]`."""

    class Shifting(ast.NodeTransformer):
        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            match node:
                case ast.BinOp(
                    left=ast.Name(id=name), op=ast.Add() | ast.Sub() as sign, right=ast.Constant(value=int() as number)
                ) if name == counter:
                    return _sum(counter, (number if isinstance(sign, ast.Add) else -number) + by)
            return self.generic_visit(node)

        def visit_Name(self, node: ast.Name) -> ast.AST:
            return _sum(counter, by) if node.id == counter else node

    made = copied(entry)
    made.slice = Shifting().visit(made.slice)
    made.ctx = ast.Load()
    return ast.unparse(ast.fix_missing_locations(made))


def _sum(name: str, number: int) -> ast.expr:
    return ast.parse(name if not number else f"{name} {'+' if number > 0 else '-'} {abs(number)}", mode="eval").body
