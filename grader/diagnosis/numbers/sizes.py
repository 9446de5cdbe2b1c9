"""Functions that are right at some sizes and stop with an error about shapes at others: a size is written into them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.plain import arrays_in
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.trace import Call
from grader.diagnosis.cases.verdict import Described

SHOWN_ARGUMENTS = 3


@dataclass(frozen=True)
class _Sizes:
    """The sizes in a call: the shape of each argument; and whether its labels are as many as some size."""

    kinds: tuple[str, ...]
    shapes: tuple[tuple[int, ...], ...]
    has_every_label: bool


def describe_sizes(case: Case, contract: Sequence[ContractFunction]) -> tuple[Described, ...]:
    """What is told if the sizes alone decide whether a call is right or ends with an error about shapes."""
    right: dict[_Sizes, Call] = {}
    raised: dict[_Sizes, Call] = {}
    for call, cells in _calls(case):
        if call.function != case.function or call.kind != "call" or call.named:
            continue
        if cells & case.raised:
            if not _is_about_shapes(call.found.said):
                return ()
            raised[_sizes(call)] = call
        elif cells & case.wrong:
            return ()
        else:
            right[_sizes(call)] = call
    alike = {sizes: call for sizes, call in right.items() if sizes.kinds in {other.kinds for other in raised}}
    if not raised or not alike or {s.kinds for s in raised} - {s.kinds for s in alike} or _is_decided(alike, raised):
        return ()
    good, bad = next(iter(alike.values())), next(iter(raised.values()))
    names = next(entry.parameters for entry in contract if entry.name == case.function)
    return (
        Described(
            code=f"{case.function}.works-at-some-sizes-only",
            title=f"`{case.function}` works at some sizes and fails at others",
            explanation=f"It is right for {_words(good, names)}, and stops with an error about shapes for "
            f"{_words(bad, names)}. Sizes must be read off the arguments (`X.shape[0]`, `W.shape[1]`, the number of "
            "`W…` in `params`): a number of samples, units, classes or layers written into the code, or an axis that "
            "`keepdims=True` should have kept, works at one size only.",
            hints=("Which numbers in your code are true of your own data only?",),
            confidence="likely",
            evidence={"right": _words(good, names), "fails": _words(bad, names)},
        ),
    )


def _calls(case: Case) -> Iterator[tuple[Call, int]]:
    """The calls of a case with their cells."""
    cells: dict[tuple[int, int], int] = {}
    for i, cell in enumerate(case.cells):
        cells[cell.trace, cell.call] = cells.get((cell.trace, cell.call), 0) | 1 << i
    for (trace, call), own in cells.items():
        yield case.traces[trace].calls[call], own


def _is_decided(right: dict[_Sizes, Call], raised: dict[_Sizes, Call]) -> bool:
    """Whether something else than sizes can be what decides: the same sizes do both, or classes that do not occur."""
    shapes = {sizes.shapes for sizes in right}
    if any(sizes.shapes in shapes for sizes in raised):
        return True
    return all(s.has_every_label for s in right) and not any(s.has_every_label for s in raised)


def _sizes(call: Call) -> _Sizes:
    arrays = list(arrays_in(call.arguments[0]))
    dimensions = {n for array in arrays for n in array.shape}
    labels = [array for array in arrays if array.dtype.kind in "iu" and array.ndim == 1 and array.size]
    kinds = tuple("None" if value is None else type(value).__name__ for value in call.arguments[0])
    every = all(int(a.max()) + 1 in dimensions - {a.size} or len(set(a.tolist())) in dimensions for a in labels)
    return _Sizes(kinds, tuple(array.shape for array in arrays), every)


def _words(call: Call, names: Sequence[str]) -> str:
    """The arrays among the arguments with their shapes, in the student's notation."""
    told = []
    for name, value in zip(names, call.arguments[0], strict=False):
        if isinstance(value, np.ndarray):
            told.append(f"`{name}` of shape {value.shape}")
        elif isinstance(value, dict):
            told += [f"`{key}` of shape {item.shape}" for key, item in value.items() if isinstance(item, np.ndarray)]
    return " and ".join(told[:SHOWN_ARGUMENTS]) or "some arguments"


def _is_about_shapes(message: str) -> bool:
    """Whether numpy complains about shapes, in one of its wordings."""
    return any(words in message for words in ("broadcast", "mismatch in its core dimension", "not aligned", "reshape"))
