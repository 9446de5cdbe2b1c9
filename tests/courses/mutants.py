"""What becomes of right files with one slip in them: none that computes anything else may keep full marks.

The code is our own, so the checks run on it in this process first; what passes them is graded like any submission.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from grader import Grader, Report
from grader.checks.local import Variant
from grader.checks.run import run_check
from grader.submissions import load_source

from .conftest import example, remarks
from .mutation import Mutant, mutants
from .oracle import differs, loaded, result

Fate = Literal["loses points", "remarked", "the same function", "as good", "FALSE PASS"]


@dataclass(frozen=True, order=True)
class Slip:
    """One change of a base file, by what a reader can look up."""

    course: str
    file: str
    line: int
    change: str


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

# Slips that change random numbers, or the step of an epoch that it is counted from, and are as right as the original.
# Each must be of a mutant that there is, and that would be a false pass without it.
SHUFFLING = "cs231n-two-layer-net", "right/functions_and_permutations.py"
AS_GOOD = frozenset(
    Slip(*SHUFFLING, line, change)
    for line, change in (
        (57, "0 → 1"),
        (61, "0 → 1"),
        (59, "start + batch_size > n → start + batch_size >= n"),
        (
            59,
            "if start + batch_size > n: order = np.random.permutation(n) → "
            "if True: order = np.random.permutation(n) start = 0",
        ),
        (70, "1 → 0"),
        (70, "1 → 2"),
        (70, "it + 1 → it"),
        (70, "it + 1 → it - 1"),
    )
)

# Mutants are graded with the functions that their own one is judged by: a layer's two passes share a cache.
LAYERS = ("affine", "relu", "conv", "max_pool")


@dataclass(frozen=True)
class Judged:
    course: str
    file: str
    mutant: Mutant
    fate: Fate

    @property
    def slip(self) -> Slip:
        return Slip(self.course, self.file, self.mutant.line, self.mutant.change)


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
        one = Judged(course, file, mutant, fate)
        yield replace(one, fate="as good") if fate == "FALSE PASS" and one.slip in AS_GOOD else one


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
