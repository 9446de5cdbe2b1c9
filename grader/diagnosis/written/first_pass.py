"""A loop that ends too soon: by a `return` in its first pass, or before the last part of what it goes through."""

import ast
from collections.abc import Iterator

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

LONGEST, LONGEST_LOOP = 40, 70


def ends_in_first_pass(function: str, written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of the first such `return`, and the statement."""
    for place in written.places:
        if _ends_its_loop(place, written):
            shown = cut(written.source(place.statement), LONGEST)
            told = Described(
                code=f"{function}.ends-in-the-first-pass",
                title=f"`{shown}` stands in the loop, which it ends in the first pass"
                + (f", where `{given}` is left out" if (given := _left_out(place, written)) else ""),
                explanation=f"A `return` ends `{function.rpartition('.')[2]}` at once. The loop in line "
                f"{written.line(place.loops[-1])} looks at the first of what it goes through, and at nothing else.",
                hints=(
                    "How often is the last line of this loop run? Let it print something.",
                    "How far is the `return` indented?",
                ),
                evidence={"line": written.line(place.statement)},
            )
            return told, place.statement
    return None


def leaves_out_the_last(function: str, written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of the first `range(0, n - b, b)`, and the statement."""
    for place in reversed(written.places):  # what stands in a loop before the loop
        for node in walk(place.statement):
            match node:
                case ast.Call(
                    func=ast.Name(id="range" | "xrange"),
                    args=[_, ast.BinOp(left=end, op=ast.Sub(), right=width) as last, step],
                ) if said(width) == said(step):
                    loop, rest = cut(said(node), LONGEST_LOOP), cut(said(last), LONGEST)
                    told = Described(
                        code=f"{function}.leaves-out-the-last",
                        title=f"`{loop}` ends before the last part",
                        explanation=f"`range` leaves its end out, and so nothing begins at `{rest}` or "
                        f"behind it: what is left there, up to `{cut(said(end), LONGEST)}`, is never looked at.",
                        hints=(
                            "Write down all numbers of this `range` for 5 and steps of 2. What is left over?",
                            f"It is about `{loop}`.",
                        ),
                        evidence={"line": written.line(place.statement)},
                    )
                    return told, place.statement
    return None


def _ends_its_loop(place: Place, written: Written) -> bool:
    """Whether it is a `return` that every first pass of a loop over several things comes to."""
    loop = place.loops[-1] if place.loops else None
    if not isinstance(place.statement, ast.Return) or not isinstance(loop, ast.For):
        return False
    if place.body is not loop.body and not _is_met_at_first(place, loop) and not _left_out(place, written):
        return False
    return not _is_of_one(loop.iter) and not any(isinstance(one, ast.Continue | ast.Break) for one in _own(loop.body))


def _left_out(place: Place, written: Written) -> str:
    """The parameter without which a branch of a loop is taken that a statement stands in; "" if there is none."""
    given = written.definition.args
    defaults = dict(zip(reversed([one.arg for one in given.args]), reversed(given.defaults), strict=False))
    nothing = {name for name, one in defaults.items() if isinstance(one, ast.Constant) and not one.value}
    for statement in place.loops[-1].body if place.loops else ():
        match statement:
            case ast.If(test=ast.Name(id=name), orelse=body) if name in nothing and place.body is body:
                return name
            case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=name)), body=body) if name in nothing:
                if place.body is body:
                    return name
    return ""


def _is_met_at_first(place: Place, loop: ast.For) -> bool:
    """Whether it stands in `if i % 100 == 0:` of a loop over `range(n)`: so it is for i = 0."""
    counter = loop.target.id if isinstance(loop.target, ast.Name) else ""
    match loop.iter:
        case ast.Call(func=ast.Name(id="range"), args=[_]):
            pass
        case _:
            return False
    for statement in loop.body:
        match statement:
            case ast.If(
                test=ast.Compare(
                    left=ast.BinOp(left=ast.Name(id=name), op=ast.Mod()),
                    ops=[ast.Eq()],
                    comparators=[ast.Constant(value=0)],
                ),
                body=body,
            ) if name == counter:
                if place.body is body:
                    return True
    return False


def _is_of_one(iterated: ast.expr) -> bool:
    match iterated:
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=1)]):
            return True
        case ast.Tuple(elts=[_]) | ast.List(elts=[_]):
            return True
    return False


def _own(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a loop, without those of loops in it."""
    for statement in body:
        yield statement
        if not isinstance(statement, ast.For | ast.While | ast.FunctionDef | ast.ClassDef):
            for field in ("body", "orelse", "finalbody", "handlers", "cases"):
                yield from _own(getattr(statement, field, []))
