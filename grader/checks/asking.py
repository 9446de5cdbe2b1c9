"""What a submission asks of right functions during one call of its own, held against what the solution would ask."""

import inspect
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from types import ModuleType
from typing import Any

import numpy as np

from grader.checks.allowance import Allowance, Exchange, Extent, Spending, leaves_of


class Asking:
    """One call, or several in one message, of a function of the submission, during which it may ask.

    Attributes:
        exchange: what the call was given, and what it has asked by now.
    """

    def __init__(
        self, caller: str, arguments: list[Any], calls: int, allowance: Allowance, inlined: Collection[str] = ()
    ) -> None:
        """`inlined` are functions whose work a right one of the caller does itself."""
        self.exchange = Exchange(arguments)
        self._caller, self._calls, self._allowance, self._inlined = caller, calls, allowance, inlined
        self._spending = Spending()

    def excess(self, name: str, parts: list[Any]) -> str:
        """What in a question is more than there is to work on; "" if nothing is."""
        return self._extent_of(name).excess(parts, self._at_hand)

    def is_beyond(self, name: str, parts: list[Any]) -> bool:
        """Note one more question, and tell whether more has been asked of the function than the solution asks."""
        permitted = self._allowance.numbers(self._caller, name)
        if not permitted and name in self._inlined:
            permitted = max(self._allowance.most_numbers(self._caller), self._at_hand)
        return self._spending.exceeds(name, parts, self._calls * permitted)

    @cached_property
    def _at_hand(self) -> int:
        """How many numbers one call was given: a training has thousands of samples, and asks thousands of times."""
        return numbers_in(self.exchange.arguments) // max(self._calls, 1)

    def _extent_of(self, name: str) -> Extent:
        """How large the arguments of a function may be: as the solution's, or as all that there is in the check."""
        own = self._allowance.extents.get(name)
        return self._extent_of_all if own is None else own

    @cached_property
    def _extent_of_all(self) -> Extent:
        found = Extent.of_all(self._allowance.extents.values())
        found.include(self.exchange.arguments)
        return found


class Defaults:
    """The solution's default values, which whoever asks may say or leave unsaid."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self._known: dict[str, list[tuple[str, Any]]] = {}  # of each parameter of a function

    def left_out(self, name: str, arguments: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
        """The arguments of a call without those that are the default."""
        if name not in self._known:
            owner, _, attribute = name.rpartition(".")
            holder = getattr(self._module, owner) if owner else self._module
            parameters = [*inspect.signature(getattr(holder, attribute)).parameters.values()][bool(owner) :]
            self._known[name] = [(parameter.name, parameter.default) for parameter in parameters]
        defaults = self._known[name]
        by_place = [
            value for (_, default), value in zip(defaults, arguments, strict=False) if not _is_default(value, default)
        ]
        by_name = [value for key, value in named.items() if not _is_default(value, dict(defaults).get(key))]
        return [*by_place, *arguments[len(defaults) :], *by_name]


def _is_default(value: Any, default: Any) -> bool:
    return type(value) is type(default) and type(value) in (bool, int, float, str) and bool(value == default)


def numbers_in(value: Any) -> int:
    """How many numbers a value holds, each text counted as one."""
    return sum(leaf.size if isinstance(leaf, np.ndarray) else 1 for leaf in leaves_of(value))
