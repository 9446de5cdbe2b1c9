"""The numbers and arrays that were seen in watched calls, and in which lines they are others after an edit."""

import ast
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.diagnosis.cases.leaves import Array
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.written import Written
from grader.sandbox import Seen


def lines_changed(before: Run, after: Run, written: Sequence[Written]) -> set[int]:
    """The lines of statements that give other values than before, as the unit counts them."""
    offsets = {one.function: one.offset for one in written}
    known = {_as_bytes(value) for seen in before.seen.values() for value in numbers(seen)}
    statements = {**after.watch.homes, **{n: statement for n, (statement, _) in after.watch.targets.items()}}
    return {
        statement.lineno + offsets[after.watch.owners[number]]
        for number, statement in statements.items()
        if any(_as_bytes(value) not in known for value in numbers(after.seen.get(number)))
    }


def values_in(run: Run) -> Iterator[Array]:
    """The numbers and arrays that were computed in a call, or assigned; what is only read has another maker."""
    for number, seen in run.seen.items():
        node = run.watch.nodes.get(number)
        is_read = node is None or isinstance(node, ast.Name | ast.Attribute | ast.Subscript)
        if not is_read or number in run.watch.targets:
            yield from numbers(seen)


def numbers(seen: Seen | None) -> Iterator[Array]:
    """The finite numbers and arrays among the values of an expression."""
    for value in (seen.first, *(seen.between or ()), seen.last) if seen is not None else ():
        if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind in "fiu"):
            array = np.asarray(value, dtype=np.float64)
            if array.size and np.isfinite(array).all():
                yield array


def _as_bytes(value: Array) -> tuple[Any, ...]:
    return value.shape, value.tobytes()
