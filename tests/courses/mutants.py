"""What becomes of right files with one slip in them: none that computes anything else may keep full marks.

The code is our own, so the checks run on it in this process first; what passes them is graded like any submission.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from grader import Grader, Report
from grader.checks.implementation import Variant
from grader.checks.run import run_check
from grader.submissions import load_source

from .conftest import example, remarks
from .mutation import Mutant, mutants
from .oracle import differs, loaded, result

Fate = Literal["loses points", "remarked", "the same function", "as good", "FALSE PASS"]

BASES = (
    ("cs231n-softmax", "right/naive_loops.py"),
    ("cs231n-softmax", "right/half_penalty.py"),
    ("cs231n-softmax", "right/one_hot_and_layers.py"),
    ("cs231n-layers", "right/naive_loops.py"),
    ("cs231n-layers", "right/masks_and_overflow.py"),
    ("cs231n-layers", "right/columns_and_places.py"),
    ("cs231n-layers", "right/einsum.py"),
    ("cs231n-two-layer-net", "right/neural_net.py"),
    ("cs231n-two-layer-net", "right/functions_and_permutations.py"),
)

# Slips that change random numbers, or the step of an epoch that it is counted from, and are as right as the original:
# file, line, change.
AS_GOOD = {
    ("right/neural_net.py", 60, "0 → 1"),
    ("right/functions_and_permutations.py", 57, "0 → 1"),
    ("right/functions_and_permutations.py", 61, "0 → 1"),
    ("right/functions_and_permutations.py", 59, "start + batch_size > n → start + batch_size >= n"),
    ("right/functions_and_permutations.py", 70, "0 → 1"),
    ("right/functions_and_permutations.py", 70, "1 → 0"),
    ("right/functions_and_permutations.py", 70, "1 → 2"),
    ("right/functions_and_permutations.py", 70, "it + 1 → it"),
    ("right/functions_and_permutations.py", 70, "it + 1 → it - 1"),
}
RESHUFFLED = ("right/functions_and_permutations.py", 59, "if start + batch_size > n:")  # in every step instead

# Mutants are graded with the functions that their own one is judged by: a layer's two passes share a cache.
LAYERS = ("affine", "relu", "conv", "max_pool")


@dataclass(frozen=True)
class Judged:
    course: str
    file: str
    mutant: Mutant
    fate: Fate


def judged(session: Grader, course: str, file: str, every: int = 1, first: int = 0) -> Iterator[Judged]:
    """Each mutant of a right example (or every n-th) with its fate."""
    text = example(course, file).read_text("utf-8")
    said = remarks(session.grade(load_source(text, "homework.py")))
    unchanged = ast.unparse(ast.parse(text))
    for number, mutant in enumerate(mutants(text)):
        if number % every != first or mutant.text == unchanged:
            continue
        functions = _scope(session.assignment.function_names, mutant.function)
        if result(lambda: fails(session, functions, mutant.text)) is not False:  # noqa: B023
            yield Judged(course, file, mutant, "loses points")
            continue
        report = session.grade(load_source(mutant.text, "homework.py"), functions=functions)
        fate = _fate(report, course, text, mutant.text, said)
        yield Judged(course, file, mutant, "as good" if fate == "FALSE PASS" and _is_as_good(file, mutant) else fate)


def _is_as_good(file: str, mutant: Mutant) -> bool:
    place = file, mutant.line, mutant.change
    return place in AS_GOOD or (place[:2] == RESHUFFLED[:2] and mutant.change.startswith(RESHUFFLED[2]))


def fails(session: Grader, functions: list[str], text: str) -> bool:
    """Whether a module fails a check of these functions; what it raises when it is loaded comes through."""
    student = Variant(session.assignment.contract, loaded(text))
    checks = [check for check in session.assignment.checks if check.points and check.function in functions]
    return any(not run_check(check, student, session.setting).passed for check in checks)


def _scope(names: tuple[str, ...], function: str) -> list[str]:
    together = next((layer for layer in LAYERS if function.startswith(f"{layer}_")), function)
    found = [name for name in names if name.startswith(together)]
    return found if "." not in function and function in names and "TwoLayerNet" not in function else list(names)


def _fate(report: Report, course: str, before: str, after: str, said: str) -> Fate:
    if report.status != "graded" or report.score < report.max_score:
        return "loses points"
    if not differs(course, before, after):
        return "the same function"
    return "FALSE PASS" if set(remarks(report).splitlines()) <= set(said.splitlines()) else "remarked"
