"""The intermediate values of the solution in the calls in which edits are tried, and which of them some values show.

A submission may write the same quantity transposed, with another sign, not yet averaged, or of one sample after the
other: it counts as shown then as well. Where its numbers are right but for a factor it is shown in part.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import Array, Path, is_distinctive, leaves_of
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.failed_calls import Probe
from grader.diagnosis.repair.intermediate_values import OneCall
from grader.diagnosis.traced.steps import Place, Steps

CALLS, LOOKED_AT = 2, 8  # those that show most of what is wrong
PASSES = 4  # of a step that is run several times
MOST = 80  # quantities of a call
NUMBERS = 3  # different ones that an array has at least to be known but for a factor
CLOSE = 1e-6
NEAR_ENOUGH = 1e-9  # of the square of a cosine, to be looked at closely: far more than CLOSE leaves room for

Symbols = Callable[[int, int], Mapping[str, float]]  # numbers in play in a call, by trace and position
Quantity = tuple[object, ...]  # what it is: a step, which part of what it gives and when, or a part of the result

RESULT, EXPRESSION = "result", "expression"  # instead of a step
IN_PART, IN_ANOTHER_SHAPE, IN_A_FORM, WHOLLY = 1, 2, 3, 4  # how much of a quantity is shown


class Intermediates:
    """Those of one function of the solution."""

    def __init__(
        self,
        case: Case,
        bench: Bench,
        steps: Steps,
        symbols: Symbols,
        left_alone: Callable[[Collection[Path]], Collection[int]],
    ) -> None:
        """`left_alone` tells the lines that compute nothing but what stays wrong once parts of the result are right."""
        self.case, self.bench, self.steps, self.symbols = case, bench, steps, symbols
        self._left_alone = left_alone

    @cached_property
    def calls(self) -> Sequence[OneCall]:
        """The first calls that show what is wrong, with the quantities that are in all of them."""
        found: list[OneCall] = []
        for probe in self.bench.telling:
            if len(found) < LOOKED_AT and (one := self._call(probe)) is not None:
                found.append(one)
        # Of one sample, say, a gradient is what comes in: such a call does not show whether that is right.
        found = sorted(found, key=self._shows, reverse=True)[:CALLS]
        common = set.intersection(*({*one.quantities} for one in found)) if found else set()
        return [
            OneCall(
                one.probe,
                {key: value for key, value in one.quantities.items() if key in common},
                frozenset.union(*(one.only_wholly for one in found)),
                one.samples,
            )
            for one in found
        ]

    def _shows(self, one: OneCall) -> tuple[int, int]:
        """How many wrong parts of the result and how many steps a call shows: where λ is 0, none of a penalty."""
        wrong = {(RESULT, self.bench.path_of(i)) for i in one.probe.cells if self.case.wrong >> i & 1}
        return len(wrong & {*one.quantities}), len({key[0] for key in one.quantities if not isinstance(key[-1], str)})

    def _call(self, probe: Probe) -> OneCall | None:
        case = self.case
        trace = case.cells[probe.cells[0]].trace
        position = next((i for i, one in enumerate(case.traces[trace].calls) if one is probe.call), None)
        if position is None or probe.item:  # of many made at once the first
            return None
        made = case.traces[trace] if probe.item is None else case.traces[trace].with_the_first_alone(position)
        given, _ = self.steps.given(made, position, case.kept)
        arguments = [leaf for one in probe.arguments for leaf in leaves_of(one).values()]
        known = [one for one in arguments if isinstance(one, np.ndarray)]
        samples = self.symbols(trace, position).get("n", 1.0)
        found: dict[Quantity, Array] = {}
        only_wholly: set[Quantity] = set()
        for key, array in self._candidates(probe, given):
            if len(found) >= MOST:
                break
            level = 0
            for other in (*known, *found.values()):
                if level < IN_ANOTHER_SHAPE and other.size == array.size:
                    level = max(level, shown(other, array, samples))
            if level >= IN_ANOTHER_SHAPE:
                continue  # it is there anyway, or another name of what is
            found[key] = array
            if level == IN_PART:
                only_wholly.add(key)
        return OneCall(probe, found, frozenset(only_wholly), samples)

    def _candidates(self, probe: Probe, given: Mapping[Place, Sequence[Array]]) -> Iterator[tuple[Quantity, Array]]:
        """Parts of the result, what steps give, then expressions, and of tables the last row and column."""
        right = ((self.bench.path_of(i), self.case.right[i]) for i in probe.cells)
        named: list[tuple[Quantity, Array]] = [
            *(((RESULT, path), value) for path, value in right if isinstance(value, np.ndarray)),
            *(((place, i), value) for place, values in given.items() for i, value in enumerate(values[:PASSES])),
        ]
        of_expressions = self.steps.values_of_expressions.items()
        others = [((EXPRESSION, one, i), value) for one, values in of_expressions for i, value in enumerate(values)]
        of_loops = [  # a loop over samples has them last
            pair
            for key, value in named
            if value.ndim == 2 and min(value.shape) > 1
            for pair in (((key, "row"), value[-1]), ((key, "column"), value[:, -1]))
        ]
        for key, value in (*named, *others, *of_loops):
            if value.dtype.kind in "fiu" and value.size:
                array = np.asarray(value, dtype=np.float64)
                if np.isfinite(array).all() and is_distinctive(array):
                    yield key, array

    @cached_property
    def _multiples(self) -> Mapping[Probe, "_Multiples"]:
        return {call.probe: _Multiples(call.quantities) for call in self.calls}

    @cached_property
    def sizes(self) -> frozenset[int]:
        """How many numbers the quantities are made of."""
        return frozenset(value.size for call in self.calls for value in call.quantities.values())

    def levels(self, call: OneCall, values: Iterable[Array]) -> dict[Any, int]:
        """How much of each quantity some values show; only parts of the result are shown wholly."""
        found: dict[Any, int] = {}
        multiples = self._multiples[call.probe]
        for value in values:
            for key, right in multiples.of(value):
                most = WHOLLY if key[0] == RESULT else IN_A_FORM
                if found.get(key, 0) < most:
                    level = min(shown(value, right, call.samples), most)
                    if level > found.get(key, 0) and (level > IN_PART or key not in call.only_wholly):
                        found[key] = level
        return found

    def are_right(self, call: OneCall, values: Iterable[Array]) -> bool:
        """Whether some values, of which there are any, all are quantities that a right solution has as well.

        What is a part of the result in another form is none of them: the form is asked for. Nor is one of another sign:
        what is made of it may have that sign as well.
        """
        found = False
        for value in values:
            found = True
            levels = [
                (key[0] == RESULT, shown(value, right, call.samples))
                for key, right in self._multiples[call.probe].of(value)
                if any(float(np.vdot(one, right)) > 0 for one in _ways_round(value, right.shape))
            ]
            is_in_another_form = any(is_result and IN_PART < level < WHOLLY for is_result, level in levels)
            if is_in_another_form or not any(level >= IN_A_FORM for _, level in levels):
                return False
        return found

    def absent(self, shown: Sequence[Mapping[Any, int]]) -> Sequence[Mapping[Quantity, Array]]:
        """The quantities that are not shown in some call, as they are in each."""
        keys = [
            key
            for key in (self.calls[0].quantities if self.calls else ())
            if not isinstance(key[-1], str) and any(levels.get(key, 0) < IN_A_FORM for levels in shown)
        ]
        return [{key: call.quantities[key] for key in keys} for call in self.calls]

    @staticmethod
    def are_kept(before: Mapping[Any, int], after: Mapping[Any, int]) -> bool:
        """Whether all that was shown is shown still, but for expressions, which one may have by chance."""
        return all(key[0] == EXPRESSION or after.get(key, 0) >= level for key, level in before.items())

    def lines_left(self, shown: Sequence[Mapping[Any, int]]) -> Collection[int]:
        """The lines that compute nothing but results which are not shown wholly in every call."""
        results = [key for key in self.calls[0].quantities if key[0] == RESULT]
        right = [key[1] for key in results if all(one.get(key) == WHOLLY for one in shown)]
        return self._left_alone(right) if right and len(right) < len(results) else ()

    def has_step(self, gained: Mapping[Any, int]) -> bool:
        """Whether among quantities gained is all that a step gives, of several numbers, in a form that it may have."""
        sizes = {key: value.size for key, value in self.calls[0].quantities.items()}
        steps = [key for key, level in gained.items() if level >= IN_A_FORM and len(key) == 2 and key[0][1:] == ((),)]
        return any(sizes.get(key, 0) >= NUMBERS for key in steps if key[0] != RESULT)

    @staticmethod
    def are_all_results(call: OneCall, levels: Mapping[Any, int]) -> bool:
        """Whether all parts of the result that are quantities are shown, wholly."""
        parts = [quantity for quantity in call.quantities if quantity[0] == RESULT]
        return bool(parts) and all(levels.get(part) == WHOLLY for part in parts)

    @staticmethod
    def results(gained: Mapping[Any, int]) -> int:
        """How many of the quantities gained are parts of the result, and wholly right."""
        return sum(quantity[0] == RESULT and level == WHOLLY for quantity, level in gained.items())


class _Multiples:
    """Finds those of many quantities of which a value may be a multiple, all of one size at once."""

    def __init__(self, quantities: Mapping[Quantity, Array]) -> None:
        sizes: dict[int, list[tuple[Quantity, Array]]] = {}
        for key, right in quantities.items():
            sizes.setdefault(right.size, []).append((key, right))
        self._of_size = {size: (np.stack([right.ravel() for _, right in of]), of) for size, of in sizes.items()}
        self._squares = {size: np.square(rows).sum(axis=1) for size, (rows, _) in self._of_size.items()}

    def of(self, value: Array) -> list[tuple[Quantity, Array]]:
        """The quantities whose angle to the value, as it is or transposed, is next to none."""
        if value.size not in self._of_size:
            return []
        rows, pairs = self._of_size[value.size]
        array = np.asarray(value, dtype=np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            least = (1 - NEAR_ENOUGH) * np.vdot(array, array) * self._squares[value.size]
            is_far = np.square(rows @ array.ravel()) < least
            if value.ndim == 2:
                is_far &= np.square(rows @ array.T.ravel()) < least
        return [pair for pair, is_none in zip(pairs, is_far.tolist(), strict=True) if not is_none]


def shown(value: Array, right: Array, samples: float) -> int:
    """How much of a quantity a value is: the same, the same in another form, or but for a factor; 0 if neither."""
    array = np.asarray(value, dtype=np.float64)
    best = 0
    for one in _ways_round(array, right.shape):
        best = max(best, _compared(one.ravel(), right.ravel(), samples))
    if best < IN_A_FORM or array.shape == right.shape:
        return best
    return IN_A_FORM if array.ndim == right.ndim else IN_ANOTHER_SHAPE


def _ways_round(value: Array, shape: tuple[int, ...]) -> Iterable[Array]:
    if value.shape == shape or value.ndim < 2 or min(value.shape) == 1:
        yield value
        if value.ndim == 2 and value.shape[0] == value.shape[1] > 1:
            yield value.T
    elif value.ndim == 2 and value.shape[::-1] == shape:
        yield value.T


def _compared(value: Array, right: Array, samples: float) -> int:
    size = float(right @ right)
    factor = float(value @ right) / size
    if not np.isfinite(factor) or factor == 0:
        return 0
    rest = value - factor * right
    if float(rest @ rest) > CLOSE**2 * float(value @ value):
        return 0
    if abs(factor - 1) <= CLOSE:
        return WHOLLY
    forms = (-1.0, samples, -samples, 1 / samples, -1 / samples) if samples else (-1.0,)
    if any(abs(factor - one) <= CLOSE * abs(one) for one in forms):
        return IN_A_FORM
    return IN_PART if np.unique(np.abs(right)).size >= NUMBERS else 0
