"""Where a mistake that has its name already is made: at the first value that is what its step gives then.

The solution with the mistake in it tells that value, of each watched call. It is told only if a right solution has no
such value anywhere: what a mistake hands on as it comes, since it leaves something out, stands in the line before too.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import Array, is_distinctive, same
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.nodes import is_numpy, name_called
from grader.diagnosis.traced.first_wrong import LEAST_CALLS, Search
from grader.diagnosis.traced.roles import Candidate, Values, WatchedCall
from grader.diagnosis.traced.steps import Place, Steps

GATHERING = {"array", "asarray", "stack", "vstack", "hstack", "concatenate"}


def line_of_step(
    step: str,
    case: Case,
    bench: Bench,
    mistaken: Steps,
    right: Steps,
    symbols: Callable[[int, int], Mapping[str, float]],
) -> tuple[str, int] | None:
    """The function and the line, as its text counts, in which the submission has what a mistaken step gives.

    Args:
        step: by its name in the solution.
        mistaken: the steps of a solution that has the mistake, and all others of the submission.
        right: those of one that has only the others.
    """
    with_it, without = (Search(case, bench, steps, symbols) for steps in (mistaken, right))
    if len(with_it.calls) < LEAST_CALLS:
        return None
    for place in [place for place in with_it.calls[0].given if place[0] == step]:
        wanted = [call.given.get(place, ()) for call in with_it.calls]
        if not all(wanted) or not _tells(place, wanted, without.calls):
            continue
        for candidate in with_it.candidates:
            if _is_made_there(candidate) and all(map(_are_all, candidate.values, wanted)):
                function, line, _ = with_it.around.named(candidate, (), is_right_elsewhere=False)
                return function, line
    return None


def _is_made_there(candidate: Candidate) -> bool:
    """Whether a value is computed where it is seen: not by a function that is called, nor put together of a list's."""
    node = candidate.node
    if not isinstance(node, ast.Call):
        return True
    is_of_numpy = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
    return is_of_numpy and not (
        name_called(node.func) in GATHERING and any(isinstance(one, ast.Name) for one in node.args)
    )


def _tells(place: Place, wanted: Sequence[Values], calls: Sequence[WatchedCall]) -> bool:
    """Whether these are values of the mistake alone, wherever it makes a difference, and it makes one."""
    differing = 0
    for values, call in zip(wanted, calls, strict=True):
        meant = call.given.get(place, ())
        if len(meant) == len(values) and all(map(same, values, meant)):
            continue
        differing += 1
        others = [*call.arguments, *(one for given in call.given.values() for one in given)]
        if not all(is_distinctive(value) for value in values):
            return False
        if any(same(way, other) for value in values for way in _ways(value) for other in others):
            return False
    return differing >= LEAST_CALLS


def _are_all(own: Values, wanted: Values) -> bool:
    """Whether an expression had all numbers that a step gave, in whatever order and form, or with the other sign."""
    if sum(value.size for value in own) != sum(value.size for value in wanted):
        return False
    one, other = (np.sort(np.concatenate([value.ravel() for value in values])) for values in (own, wanted))
    return same(one, other) or same(-one[::-1], other)


def _ways(value: Array) -> Iterator[Array]:
    for one in (value, value.T) if value.ndim > 1 else (value,):
        yield from (one, -one)
