"""What the steps of the solution give in a call, and what the call gives when one of them gives something else."""

import functools
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from grader.diagnosis.cases.budget import CallCounter
from grader.diagnosis.cases.leaves import Array, Leaf, Path, leaves_of
from grader.diagnosis.cases.trace import Rerun, Trace
from grader.diagnosis.traced.expressions import Expressions

Place = tuple[str, Path]  # a step of the solution, and where in what it gives
NOTED = 400  # results of steps in one call
LONGEST = 120
QUANTITY = re.compile(r"(Gradient|Derivative|Slope|Mean|Variance|Standard deviation|Probabilit|Sum|Cost|Loss)")


class Steps:
    """The steps that a function of the solution is made of.

    Attributes:
        turned: those that compute in the other layout, with rows where what calls them has columns, as far as was seen.
    """

    def __init__(self, module: ModuleType, names: Collection[str], expressions: Expressions | None = None) -> None:
        """`module` is the caller's own: its steps are replaced by ones that report.

        With `expressions`, these are noted as well while it is asked what the steps give.
        """
        self._module = module
        self._expressions = expressions
        self._counts: dict[str, int] = {}
        self.turned: set[str] = set()
        self._noted: list[tuple[str, dict[Path, Leaf]]] | None = None
        self._frames: list[tuple[Sequence[Array], bool]] = []  # tables given to the steps being run; whether turned
        self._inputs: list[Array] = []
        self._instead: tuple[Place, int, Sequence[Array]] | None = None
        self._documents: dict[str, str] = {}
        for name in sorted(names):
            step = vars(module).get(name)
            if type(step) is FunctionType:
                self._documents[name] = step.__doc__ or ""
                setattr(module, name, self._reporting(name, step))

    def words(self, place: Place) -> str:
        """What a step gives, as its author says it in a line; nothing where that is no plain sentence."""
        name, path = place
        first = re.split(r"[;.:\n]", self._documents[name].strip())[0]
        is_plain = bool(QUANTITY.match(first)) and len(first) <= LONGEST and not path
        return first if is_plain else ""

    def given(
        self, trace: Trace, position: int, kept: Collection[int]
    ) -> tuple[Mapping[Place, tuple[Array, ...]], Sequence[Array]]:
        """What each step gives in a call, each time that it is run, and what the steps are given.

        Outer steps come after those that they call.
        """
        self._noted, self._inputs = [], []
        try:
            self._run(trace, position, kept)
            noted = self._noted
        finally:
            self._noted = None
            if self._expressions is not None:
                self._expressions.end()
        found: dict[Place, list[Array]] = {}
        times: dict[str, int] = {}
        for name, leaves in noted:
            times[name] = times.get(name, 0) + 1
            for path, leaf in leaves.items():
                if isinstance(leaf, np.ndarray) and leaf.size:
                    found.setdefault((name, path), []).append(leaf)
        whole = {place: tuple(values) for place, values in found.items() if len(values) == times[place[0]]}
        return whole, self._inputs

    @property
    def values_of_expressions(self) -> Mapping[int, Sequence[Array]]:
        """What expressions were worth in the call that was asked about last."""
        return self._expressions.values if self._expressions is not None else {}

    def leaves_with(
        self,
        trace: Trace,
        position: int,
        kept: Collection[int],
        place: Place,
        offset: int,
        values: Sequence[Array],
    ) -> dict[Path, Leaf]:
        """What a call gives when a step, from the time of that number on, gives these values."""
        self._instead = place, offset, values
        try:
            return self._run(trace, position, kept)
        finally:
            self._instead = None

    def price(self, trace: Trace, position: int) -> int:
        """What a call costs, in function calls."""
        with CallCounter() as counter:
            self._run(trace, position, ())
        return counter.calls

    def _run(self, trace: Trace, position: int, kept: Collection[int]) -> dict[Path, Leaf]:
        rerun = Rerun(trace, self._module)
        noted, instead, self._noted, self._instead = self._noted, self._instead, None, None
        rerun.before(position)  # what the call is given is as it is
        arguments = *rerun.given(position), *rerun.named(position).values()
        self._noted, self._instead, self._counts = noted, instead, {}
        if self._expressions is not None and noted is not None:
            self._expressions.begin()
        self._frames = [(_tables(arguments), False)]
        with np.errstate(all="ignore"):
            return rerun.leaves(position, tuple(kept))

    def _enter(self, name: str, arguments: Sequence[Any]) -> None:
        """Put a step on those being run: in the other layout if it is given what its caller has transposed."""
        outer, is_turned = self._frames[-1]
        own = _tables(arguments)
        pairs = [(one, other) for one in own for other in outer]
        if not any(np.array_equal(one, other) for one, other in pairs):
            is_turned ^= any(np.array_equal(one.T, other) for one, other in pairs)
        if is_turned:
            self.turned.add(name)
        self._frames.append((own, is_turned))

    def _reporting(self, name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(step)
        def reporting(*arguments: Any, **named: Any) -> Any:
            is_noted = self._noted is not None and len(self._noted) < NOTED
            if is_noted:
                taken = [leaf for one in (*arguments, *named.values()) for leaf in leaves_of(one).values()]
                self._inputs += [leaf.copy() for leaf in taken if isinstance(leaf, np.ndarray)]
                self._enter(name, (*arguments, *named.values()))
            try:
                result = step(*arguments, **named)
            finally:
                if is_noted:
                    self._frames.pop()
            if self._noted is not None and is_noted:
                self._noted.append((name, {path: _copied(leaf) for path, leaf in leaves_of(result).items()}))
            if self._instead is not None and self._instead[0][0] == name:
                (_, path), offset, values = self._instead
                number = self._counts[name] = self._counts.get(name, -1) + 1
                if offset <= number < offset + len(values):
                    return _put(result, path, values[number - offset])
            return result

        return reporting


def _tables(arguments: Sequence[Any]) -> list[Array]:
    """Those of arguments of which it shows whether they are transposed."""
    return [one for one in arguments if isinstance(one, np.ndarray) and one.ndim == 2 and one.shape[0] != one.shape[1]]


def _copied(leaf: Leaf) -> Leaf:
    return leaf.copy() if isinstance(leaf, np.ndarray) else leaf


def _put(whole: Any, path: Path, value: Array) -> Any:
    """A value with another one at a place in it."""
    if not path:
        return value.reshape(np.shape(whole)).copy() if isinstance(whole, np.ndarray) else float(value.reshape(()))
    first, *rest = path
    if isinstance(whole, dict):
        return {key: _put(item, tuple(rest), value) if key == first else item for key, item in whole.items()}
    if type(whole) in (tuple, list):
        return type(whole)(_put(item, tuple(rest), value) if i == first else item for i, item in enumerate(whole))
    return whole
