"""What becomes of right files with one slip in them: none that computes anything else may keep full marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from grader import Grader, Report
from grader.submissions import load_source

from .conftest import example, remarks
from .mutation import Mutant, mutants
from .oracle import differs

Fate = Literal["loses points", "remarked", "the same function", "FALSE PASS"]

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

# Mutants are graded with the functions that their own one is judged by: a layer's two passes share a cache.
LAYERS = ("affine", "relu", "conv", "max_pool")


@dataclass(frozen=True)
class Judged:
    course: str
    file: str
    mutant: Mutant
    fate: Fate
    report: Report


def judged(session: Grader, course: str, file: str, every: int = 1, first: int = 0) -> Iterator[Judged]:
    """Each mutant of a right example (or every n-th) with its fate."""
    text = example(course, file).read_text("utf-8")
    said = remarks(session.grade(load_source(text, "homework.py")))
    for number, mutant in enumerate(mutants(text)):
        if number % every != first:
            continue
        functions = _scope(session.assignment.function_names, mutant.function)
        report = session.grade(load_source(mutant.text, "homework.py"), functions=functions)
        yield Judged(course, file, mutant, _fate(report, course, text, mutant.text, said), report)


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
