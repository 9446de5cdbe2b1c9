"""A call of a trace, with those that gave it what stays with the implementation: to be made with other numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.implementation import Implementation
from grader.diagnosis.cases.leaves import Leaves, Path, is_distinctive, leaves_of
from grader.diagnosis.cases.trace import Origin, Rerun, Trace


@dataclass(frozen=True)
class Chain:
    """A call, after those that gave it what stays with the implementation (a cache).

    Attributes:
        calls: the functions, and the positions in the trace that origins mean.
        arguments: of each; an `Origin` stands for what an earlier one gave.
        alike: arguments of the last that have the shape of what an earlier call gave, and where in its result: a
            gradient has the shape of the output that it comes back to.
    """

    calls: tuple[tuple[int, str], ...]
    arguments: tuple[tuple[Any, ...], ...]
    named: tuple[Mapping[str, Any], ...]
    alike: tuple[tuple[Path, int, Path], ...] = ()

    def run(self, implementation: Implementation, arguments: Any) -> Any:
        """What the last call gives. Raises CallFailed."""
        plain, named = self.last_arguments(implementation, arguments)
        return getattr(implementation, self.calls[-1][1])(*plain, **named)

    def last_arguments(self, implementation: Implementation, arguments: Any) -> tuple[list[Any], dict[str, Any]]:
        """What the last call is given, after those before it. Raises CallFailed."""
        results: dict[int, Any] = {}
        for (position, function), (plain, named) in zip(self.calls, arguments, strict=True):
            given = [_found(value, results) for value in plain], _found(dict(named), results)
            if position == self.calls[-1][0]:
                self._demand_shapes(given[0], results)
                return given
            results[position] = getattr(implementation, function)(*given[0], **given[1])
        raise ValueError("a chain has a last call")

    def _demand_shapes(self, given: Any, results: Mapping[int, Any]) -> None:
        plain = leaves_of(tuple(given))
        for argument, call, path in self.alike:
            one, other = plain.get(argument), leaves_of(results[call]).get(path)
            if getattr(one, "shape", None) != getattr(other, "shape", None):
                raise ValueError("these arguments do not fit")

    @property
    def functions(self) -> frozenset[str]:
        return frozenset(function for _, function in self.calls)

    @property
    def given(self) -> tuple[Any, ...]:
        return tuple(zip(self.arguments, self.named, strict=True))


def chain_of(
    trace: Trace, position: int, number: int, contract: Mapping[str, ContractFunction], base: ModuleType
) -> Chain | None:
    """A call with all that it needs; None where that is an object, or where arguments are changed in place."""
    calls = trace.calls
    needed = {position}
    waiting = [position]
    while waiting:
        call = calls[at := waiting.pop()]
        function = contract.get(call.function)
        if call.instance is not None or function is None or function.kind != "function":
            return None
        if function.updates or function.made:
            return None
        if call.kind != ("call" if at != position else call.kind):
            return None
        for origin in _origins((call.arguments, dict(call.named))):
            if origin.call not in needed:
                needed.add(origin.call)
                waiting.append(origin.call)
    order = sorted(needed)
    rerun = Rerun(trace, base)
    kept = {at: contract[calls[at].function].kept for at in order}  # what a submission has in another form
    given = {at: leaves_of(rerun.result(at), kept[at]) for at in order if at != position}
    own = calls[position].arguments[number]
    arrays = [(path, leaf) for path, leaf in leaves_of(own).items() if isinstance(leaf, np.ndarray) and leaf.ndim]
    alike = tuple(
        (path, at, there)
        for path, leaf in arrays
        for at, leaves in given.items()
        for there, other in leaves.items()
        if isinstance(other, np.ndarray) and other.shape == leaf.shape
    )
    if not alike and sum(leaf.ndim > 3 and not given for _, leaf in arrays) > 2:
        return None  # images, filters and gradients, of which no call tells how their sizes fit each other
    arguments = (calls[at].arguments[number if at == position else 0] for at in order)
    return Chain(
        tuple((at, calls[at].function) for at in order),
        tuple(_linked(one, _before(at, given)) for at, one in zip(order, arguments, strict=True)),
        tuple(_linked(dict(calls[at].named), _before(at, given)) for at in order),
        alike,
    )


def _before(position: int, given: Mapping[int, Leaves]) -> dict[int, Leaves]:
    return {at: leaves for at, leaves in given.items() if at < position}


def _linked(value: Any, given: Mapping[int, Leaves]) -> Any:
    """Arguments with an origin for each array that is what an earlier call gives: it stays so with other numbers."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and is_distinctive(value):
        for call, leaves in given.items():
            for path, leaf in leaves.items():
                if isinstance(leaf, np.ndarray) and leaf.shape == value.shape and np.allclose(leaf, value):
                    return Origin(call, path)
        return value
    if type(value) in (tuple, list):
        return type(value)(_linked(item, given) for item in value)
    if isinstance(value, Mapping):
        return {key: _linked(item, given) for key, item in value.items()}
    return value


def _origins(value: Any) -> Iterator[Origin]:
    if isinstance(value, Origin):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _origins(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _origins(item)


def _found(value: Any, results: Mapping[int, Any]) -> Any:
    """An argument, with what earlier calls gave in the place of origins."""
    if isinstance(value, Origin):
        result = results[value.call]
        for step in value.path:
            result = result[step]
        return result
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (tuple, list):
        return type(value)(_found(item, results) for item in value)
    if isinstance(value, Mapping):
        return {key: _found(item, results) for key, item in value.items()}
    return value
