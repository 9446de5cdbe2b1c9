"""What δ, dW and db of a layer may be: a right formula, or a wrong one that people write.

Arrays have samples in rows; one list entry per step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Step

Arrays = list[Array]
Formula = Callable[..., Array]  # of one step


@dataclass(frozen=True)
class Hypothesis:
    """What δ, dW or db may be. `code` is "right", or the mistake's; `cost` names the cost to which δ belongs.

    `part` is what stands in the text on the way to δ and is the mistake: its line is told, where it has one.
    """

    code: str
    arrays: Callable[[], Arrays]
    cost: str = ""
    part: Callable[[], Arrays] | None = None  # what it is made of and is wrong already
    facts: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        return self.code == "right"


class Hypotheses(list[Hypothesis]):
    """In the order in which they are tried."""

    def add(
        self,
        code: str,
        f: Callable[..., Array],
        *lists: Sequence[Array | int],
        part: Callable[[], Arrays] | None = None,
    ) -> None:
        """One more: what a formula gives in each step, of the step's entries of the lists."""
        self.append(Hypothesis(code, each(f, *lists), part=part))


def each(f: Formula, *lists: Sequence[Array | int]) -> Callable[[], Arrays]:
    """What a formula gives in each step, once it is asked for."""
    return lambda: [np.asarray(f(*parts), float) for parts in zip(*lists, strict=True)]


def errors(steps: Sequence[Step]) -> Arrays:
    return [step.out - step.y for step in steps]


def without_ones(W: Array, ones: int | None, extra: int) -> Array:
    """The weights without the row of the bias."""
    if ones is None or extra != 1:
        return W
    return W[1:] if ones == 0 else W[:-1]
