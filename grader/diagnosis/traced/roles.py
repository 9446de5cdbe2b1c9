"""Whose part a value of a submission's may play: that of a step of the solution, however the submission writes it."""

import ast
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from grader.diagnosis.cases.leaves import ABSOLUTE, RELATIVE, Array, same
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.traced.steps import Place

FAR = 3 * RELATIVE  # of the size of one of two values that are the same: each may differ by as much, and rounding
Values = tuple[Array, ...]  # of one expression in one call, one for each time that it was run


@dataclass(frozen=True, eq=False)
class Candidate:
    """An expression of the submission's, with its values in each of the watched calls."""

    number: int
    function: str
    node: ast.expr
    statement: ast.stmt
    time: int
    values: tuple[Values, ...]

    @property
    def key(self) -> bytes:
        return b"|".join(value.tobytes() for values in self.values for value in values)


@dataclass(frozen=True)
class Role:
    """A step of the solution's whose part a value may play.

    `offset` is the first time that the step is run, `start` the first time that the expression is, and `count` how
    often both are. `is_turned` and `sign` tell how the submission writes it, and `power` that it is as many times too
    large as there are samples (1) or too small (-1).
    """

    place: Place
    offset: int
    start: int
    count: int
    is_turned: bool = False
    sign: int = 1
    power: int = 0

    @property
    def is_plain(self) -> bool:
        return not self.is_turned and self.sign == 1 and self.power == 0

    def own(self, values: Values, samples: float) -> Values:
        """The values as the solution writes them."""
        taken = values[self.start : self.start + self.count]
        if self.is_plain:
            return taken
        return tuple(self.sign * (value.T if self.is_turned else value) / samples**self.power for value in taken)

    def right(self, values: Values) -> Values:
        return values[self.offset : self.offset + self.count]


@dataclass(frozen=True, eq=False)
class WatchedCall:
    """A watched call, and what the solution's steps give in it."""

    trace: int
    position: int
    run: Run
    cells: tuple[int, ...]
    samples: float
    arguments: tuple[Array, ...]
    given: Mapping[Place, Values]


def ways(role: Role, own: Values, right: Values, samples: float) -> Iterator[Role]:
    """The role, and the way in which a submission may write the same that is nearest to what it gave."""
    wanted = role.right(right)
    is_turned = [value.shape for value in role.own(own, samples)] != [value.shape for value in wanted]
    role = replace(role, is_turned=is_turned)
    pairs = [*zip(role.own(own, samples), wanted, strict=True)]
    if any(a.shape != b.shape for a, b in pairs):
        return
    a, b = (np.concatenate([pair[i].ravel() for pair in pairs]) for i in (0, 1))
    sizes = float(np.linalg.norm(a)), float(np.linalg.norm(b))
    power = round(np.log(sizes[0] / sizes[1]) / np.log(samples)) if min(sizes) > 0 and samples > 1 else 0
    other = replace(role, sign=-1 if a @ b < 0 else 1, power=min(max(power, -1), 1))
    for way in dict.fromkeys((role, other)):
        if not all(same(a, b) for a, b in zip(way.own(own, samples), wanted, strict=True)):
            yield way


def way_in_words(role: Role) -> str:
    words = [
        "transposed" if role.is_turned else "",
        "with the opposite sign" if role.sign < 0 else "",
        {1: "not divided by the number of samples", -1: "divided by the number of samples"}.get(role.power, ""),
    ]
    return ", ".join(filter(None, words))


def same_up_to_form(value: Array, other: Array, samples: float) -> bool:
    """Whether two values are the same but for a transpose, a sign, or a division by the number of samples."""
    if value.ndim == 2 and value.shape != other.shape:
        value = value.T
    if value.size != other.size or _is_no_multiple(value, other):
        return False
    return any(same(factor * value, other) for factor in (1, -1, samples, -samples, 1 / samples, -1 / samples))


def _is_no_multiple(value: Array, other: Array) -> bool:
    """Whether more is left of the other beside any multiple of a value than two that are the same may differ by."""
    own, both, others = (float(np.vdot(a, b)) for a, b in ((value, value), (value, other), (other, other)))
    rest = others - (both * both / own if own else 0.0)
    return rest > (FAR * math.sqrt(others) + 2 * ABSOLUTE) ** 2


def numbers_of(run: Run, number: int) -> Values:
    """The finite numbers that an expression was, each time that it was run; nothing if it was anything else."""
    if number not in run.seen:
        return ()
    values = []
    for value in run.seen[number].passes:
        if isinstance(value, bool | str) or (isinstance(value, np.ndarray) and value.dtype.kind not in "fiu"):
            return ()
        array = np.asarray(value, dtype=np.float64)
        if not array.size or not np.isfinite(array).all():
            return ()
        values.append(array)
    return tuple(values)
