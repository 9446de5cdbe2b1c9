"""One part of a result in several draws, and an explanation that holds in all of them."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.diagnosis.cases.leaves import same

Array = NDArray[np.float64]
NEGLIGIBLE = 1e-9


@dataclass(frozen=True)
class Draw:
    """One part of a result in one call: as found, as it is right, and the quantities in play there."""

    found: Array
    right: Array
    terms: Mapping[str, Any]
    symbols: Mapping[str, float]

    @property
    def is_right(self) -> bool:
        return same(self.found, self.right)


@dataclass(frozen=True)
class Fit:
    """An explanation of one part; `{subject}` and `{verb}` in its words stand for the part."""

    kind: str
    what: str
    how: str
    hints: tuple[str, ...]
    evidence: Mapping[str, Any] = field(default_factory=dict, compare=False)
    draws: int = field(default=1, compare=False)


def common_terms(draws: Sequence[Draw]) -> Iterator[str]:
    """Names of the terms that have the result's shape in every draw, and the constant 1."""
    names = [n for n in draws[0].terms if all(n in d.terms and np.shape(d.terms[n]) == d.right.shape for d in draws)]
    return itertools.chain(names, ["1"])


def term(draw: Draw, name: str) -> Array:
    return np.ones_like(draw.right) if name == "1" else np.asarray(draw.terms[name], dtype=float)
