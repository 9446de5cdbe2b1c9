"""Results under another key than the task's, or in another order: their numbers tell whose they are."""

import ast
from collections.abc import Iterator

import numpy as np

from grader.diagnosis.cases.case import MISSING, Case
from grader.diagnosis.cases.leaves import Path, same
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

LONGEST = 60  # characters of a key


def under_another_key(case: Case, written: Written) -> tuple[Described, ast.AST] | None:
    """What is told of a key that nobody asked for, where it has, wherever it is made, what belongs under one of these.

    With it goes the place in the text where the key is written, if there is one.
    """
    for path in case.paths(case.wrong):
        own = [i for i, cell in enumerate(case.cells) if cell.path == path and case.right[i] is MISSING]
        if not own or not path or not isinstance(path[-1], str):
            continue
        for asked in case.paths(case.wrong):
            is_beside = len(asked) == len(path) and asked[:-1] == path[:-1] and asked != path
            if is_beside and isinstance(asked[-1], str) and _holds(case, own, asked):
                places = [
                    node
                    for node in walk(written.definition)
                    if isinstance(node, ast.Constant) and node.value == path[-1]
                ]
                key = cut(path[-1], LONGEST)  # a text of the submission's
                told = Described(
                    code=f"{case.function}.under-another-key",
                    title=f"`{key}` is not a key of the task: what is put there belongs under `{asked[-1]}`",
                    explanation=f"Its numbers are right. Whoever goes on from here looks for `{asked[-1]}` and finds "
                    "nothing there, or what was there before.",
                    hints=("Compare the keys of what you give with those of the task, letter by letter.",),
                    evidence={"key": key, "asked": asked[-1]},
                )
                return told, places[-1] if places else written.definition
    return None


def in_other_letters(case: Case, written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of the first key that is one of the task's but for capitals, where the function has none of those.

    No call need have come so far.
    """
    filled = sum(1 << i for i, leaf in enumerate(case.right) if leaf is not MISSING)
    asked = {key.lower(): key for path in case.paths(filled) for key in path if isinstance(key, str)}
    used = {node.value for node in walk(written.definition) if isinstance(node, ast.Constant)}
    returns = [place.statement for place in written.places if isinstance(place.statement, ast.Return)]
    returned = {node.id for one in returns for node in walk(one) if isinstance(node, ast.Name)}
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(keys=keys)) if name in returned:
                own = [one.value for one in keys if isinstance(one, ast.Constant)]
            case ast.Return(value=ast.Dict(keys=keys)):
                own = [one.value for one in keys if isinstance(one, ast.Constant)]
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key))]):
                own = [key] if name in returned else []
            case _:
                continue
        for key in own:
            right = asked.get(key.lower()) if isinstance(key, str) else None
            if right is not None and right != key and right not in used and key not in asked.values():
                told = Described(
                    code=f"{case.function}.key-in-other-letters",
                    title=f"The key is `{cut(str(key), LONGEST)}` here, and the task has `{right}`",
                    explanation="Capitals count: whoever goes on from here finds nothing under the key of the task.",
                    hints=("Compare the keys of what you give with those of the task, letter by letter.",),
                    evidence={"key": cut(str(key), LONGEST), "asked": right},
                )
                return told, place.statement
    return None


def _holds(case: Case, own: list[int], asked: Path) -> bool:
    """Whether the numbers of cells are those that another part of the same calls lacks."""
    for i in own:
        there = [
            j
            for j, cell in enumerate(case.cells)
            if (cell.trace, cell.call, cell.path) == (case.cells[i].trace, case.cells[i].call, asked)
        ]
        found = case.found[i]
        if not there or not isinstance(found, np.ndarray) or found.size < 2 or not case.wrong >> there[0] & 1:
            return False
        right = case.right[there[0]]
        if not isinstance(right, np.ndarray) or not same(found, right):
            return False
    return True


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
