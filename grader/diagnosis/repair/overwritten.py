"""What is put into a place where another value takes its place before anybody reads it: one of the two is meant
elsewhere.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

KEYS = 16  # of the file, which are tried in the place of one
GIVEN_TWICE = "given-twice"


def overwrites(written: Written) -> list[tuple[ast.Assign, ast.Assign]]:
    """The pairs of assignments of which the second puts another value into a place, and nothing has read the first."""
    return [
        (place.statement, later)
        for place in written.places
        if isinstance(place.statement, ast.Assign)
        and (later := _next_into_it(place)) is not None
        and not isinstance(place.statement.value, ast.Constant)
    ]


def into_another_place(written: Written) -> Iterator[Edit]:
    """`grads["b"] = …` for one of two `grads["W"] = …`."""
    for pair in overwrites(written):
        for statement in reversed(pair):
            target, others = statement.targets[0], list[ast.expr]()
            for node in walk(target):
                match node:
                    case ast.Constant(value=str() as own):
                        others = [ast.Constant(key) for key in _keys(written) if key != own]
                    case ast.Attribute(value=whole, attr=own) if said(whole) == "self" and node is target:
                        names = sorted(written.asked_of.get("self", set()) - {own})[:KEYS]
                        others = [ast.Attribute(whole, name, ast.Store()) for name in names]
                    case _:
                        continue
                for other in others:
                    made = copy.deepcopy(statement, {id(node): other})
                    edit = written.edit(statement, statement, ast.unparse(made), GIVEN_TWICE)
                    yield replace(edit, before=written.source(target), after=said(made.targets[0]))


def _next_into_it(place: Place) -> ast.Assign | None:
    """The next statement beside one that puts something into the same place, if what comes before does not read it."""
    match place.statement:
        case ast.Assign(targets=[ast.Name() | ast.Attribute() | ast.Subscript() as target]):
            text, wholes = said(target), _wholes(target)
        case _:
            return None
    for later in place.body[place.index + 1 :]:
        is_into_it = isinstance(later, ast.Assign) and [said(one) for one in later.targets] == [text]
        read = [*walk(later.value)] if is_into_it and isinstance(later, ast.Assign) else [*walk(later)]
        if any(isinstance(node, ast.expr) and said(node) in wholes for node in read) or _may_leave(later):
            return None
        if is_into_it:
            return later if isinstance(later, ast.Assign) else None
    return None


def _wholes(target: ast.expr) -> set[str]:
    """A place, and what it is a part of, but for the object itself."""
    found = set()
    node = target
    while isinstance(node, ast.Subscript | ast.Attribute):
        found.add(said(node))
        node = node.value
    return found if isinstance(node, ast.Name) and node.id == "self" else {*found, said(node)}


def _may_leave(statement: ast.stmt) -> bool:
    """Whether what stands behind a statement may not be come to, or calls of methods may read what an object holds."""
    return any(
        isinstance(node, ast.Return | ast.Break | ast.Continue | ast.Raise)
        or (isinstance(node, ast.Call) and said(node.func).startswith("self."))
        for node in walk(statement)
    )


def _keys(written: Written) -> list[str]:
    """The words of the file that may be asked for by, those of the function first."""
    nodes = [node for tree in (written.definition, parse(written.unit.source)) if tree for node in walk(tree)]
    words = (node.value for node in nodes if isinstance(node, ast.Constant))
    return [*dict.fromkeys(one for one in words if isinstance(one, str) and one.isidentifier())][:KEYS]
