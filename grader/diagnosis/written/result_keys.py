"""Results that are put under another key than the task's: their numbers tell whose they are."""

import ast

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
                    confidence="certain",
                    evidence={"key": key, "asked": asked[-1]},
                )
                return told, places[-1] if places else written.definition
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
