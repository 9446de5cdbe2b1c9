"""A tuple that a function is given and takes apart in another order than the task has it."""

import ast
from collections.abc import Iterator

from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk


def other_order(function: str, written: Written, solution: str) -> tuple[Described, ast.stmt] | None:
    """What is told of the first parameter whose parts have the names of the solution's, at other places."""
    right = dict(_taken_apart(ast.parse(solution)))
    for place in written.places:
        for parameter, names in _taken_apart(place.statement):
            wanted = [name for name in right.get(parameter, ()) if name.strip("_")]
            if parameter not in written.parameters or not wanted or not {*wanted} <= {*names}:
                continue
            moved = [name for name in wanted if right[parameter].index(name) != names.index(name)]
            if len(names) == len(right[parameter]) and len(moved) > 1:
                one = moved[0]
                asked, own = right[parameter].index(one) + 1, names.index(one) + 1
                told = Described(
                    code=f"{function}.taken-apart-in-another-order",
                    title=f"`{parameter}` is taken apart in another order than the task has it",
                    explanation=f"`{one}` is its part number {asked}, and here the name is given to part number {own}.",
                    hints=(f"Which parts has `{parameter}` in the text of the task, and in which order?",),
                    confidence="certain",
                    evidence={"moved": moved},
                )
                return told, place.statement
    return None


def _taken_apart(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    """The parameters that become several names in one statement, with these."""
    for node in walk(tree):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=elements)], value=ast.Name(id=parameter)) if all(
                isinstance(one, ast.Name) for one in elements
            ):
                yield parameter, [one.id for one in elements if isinstance(one, ast.Name)]
