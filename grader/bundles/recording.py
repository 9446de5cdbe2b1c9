"""What a check asks of an implementation, written down while it asks the solution."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.assignments import Check, ContractFunction
from grader.bundles.values import NotPlain, Reference, encode
from grader.checks.implementation import Function, Hidden
from grader.checks.local import Variant
from grader.checks.plan import is_whole, planned
from grader.checks.record import Demand, recording
from grader.checks.run import CheckSetting


class Recorder(Variant):
    """A solution in the student's place; `steps` has every call with what it gave."""

    def __init__(self, contract: Sequence[ContractFunction], module: Any) -> None:
        super().__init__(contract, module)
        self.steps: list[dict[str, Any]] = []
        self.values: list[Any] = []
        self._origins: dict[int, Reference] = {}
        self._kept: list[Any] = []  # so that no other object gets the number of one that is gone

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        refer = self._origin
        step: dict[str, Any] = {
            "call": function.name,
            "on": encode(function.instance, refer) if function.instance is not None else None,
            "args": [encode(argument, refer) for argument in arguments],
            "named": {name: encode(value, refer) for name, value in named.items()},
        }
        result = super().call(function, arguments, named)
        self._note(step, result)
        return result

    def _note(self, step: dict[str, Any], result: Any) -> None:
        self._remember(result, Reference(len(self.steps), ()))
        self.steps.append(step | {"result": encode(result)})
        self.values.append(result)

    def read(self, instance: Hidden, attribute: str) -> Any:
        value = super().read(instance, attribute)
        self._note({"get": attribute, "on": encode(instance, self._origin)}, value)
        return value

    def write(self, instance: Hidden, attribute: str, value: Any) -> None:
        written = encode(value, self._origin)
        super().write(instance, attribute, value)
        self._note({"set": attribute, "on": encode(instance, self._origin), "value": written}, None)

    def place(self, value: Any) -> Reference | None:
        """Where a value that a check holds has come from, if it is a result as it was given, or a part of one."""
        return (
            self._origins.get(id(value)) if isinstance(value, np.ndarray | np.generic | float | tuple | dict) else None
        )

    def _origin(self, value: Any) -> Reference | None:
        return self._origins.get(id(value)) if isinstance(value, Hidden) else None

    def _remember(self, value: Any, reference: Reference) -> None:
        self._origins[id(value)] = reference
        self._kept.append(value)
        if isinstance(value, tuple | list):
            for i, item in enumerate(value):
                self._remember(item, Reference(reference.step, (*reference.path, i)))
        elif isinstance(value, dict):
            for key, item in value.items():
                self._remember(item, Reference(reference.step, (*reference.path, key)))


class _Astray(Recorder):
    """The same with every number astray: what a check expects of it tells whether that is made of the student's own."""

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        result: Any = super().call(function, arguments, named)
        return _off(result)

    def read(self, instance: Hidden, attribute: str) -> Any:
        return _off(super().read(instance, attribute))


def _off(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu" and value.ndim:
        turned = np.flip(value)
        return turned * 1.1 + 0.01 if value.dtype.kind == "f" else turned
    if isinstance(value, float | np.floating):
        return value * 1.1 + 0.01
    if type(value) in (tuple, list):
        return type(value)(map(_off, value))
    return {key: _off(item) for key, item in value.items()} if isinstance(value, dict) else value


@dataclass(frozen=True)
class _Run:
    """A check that was run on one way to be right: the calls, and what was demanded of what they gave."""

    recorder: Recorder
    demands: Sequence[Demand]


def recorded(
    check: Check, contract: Sequence[ContractFunction], modules: Sequence[Any], setting: CheckSetting
) -> tuple[list[dict[str, Any]], str]:
    """What a check does, step by step, and why there is nothing where there is nothing.

    `modules` are ways to be right, the solution first: a value that they do not agree on is no one's to demand. Nor is
    one that the check itself does not: only what it compares as it came is written down with its value.
    """
    found = [*_runs(check, contract, modules, setting)]
    if not found or found[0] is None:
        return [], "it asks for what cannot be written down"
    first, *others = (run for run in found if run is not None)
    steps = _calls(first, others, _own_expectations(check, contract, modules[0], setting))
    try:
        steps += [step for demand in first.demands if (step := _further(demand, first.recorder)) is not None]
    except NotPlain:
        return [], "it asks for what cannot be written down"
    if not any("demanded" not in step or step["demanded"] for step in steps):
        return [], "it works on with what it reads, which takes its code"
    return steps, ""


def _runs(
    check: Check, contract: Sequence[ContractFunction], modules: Sequence[Any], setting: CheckSetting
) -> Iterator[_Run | None]:
    for number, module in enumerate(modules):
        recorder = Recorder(contract, module)
        try:
            with recording() as record:
                record.demands = []
                setting.run(check, recorder)
        except Exception:
            if number == 0:
                yield None
            continue
        if number == 0 or not record.failures:
            yield _Run(recorder, record.demands)


def _own_expectations(
    check: Check, contract: Sequence[ContractFunction], module: Any, setting: CheckSetting
) -> Sequence[Any]:
    """What the check expects, demand by demand, of somebody whose every number is off."""
    with recording() as record, suppress(Exception):
        record.demands = []
        setting.run(check, _Astray(contract, module))
    return [demand.terms[0] for demand in record.demands or () if demand.kind == "value"]


def _calls(first: _Run, others: Sequence[_Run], astray: Sequence[Any]) -> list[dict[str, Any]]:
    """The calls up to the last whose value is demanded, each with the ways to what is.

    Expected of everybody is what is expected of one who is `astray`, too; the rest is made of the student's own.
    """
    demands = [demand for demand in first.demands if demand.kind == "value"]
    values = [demand.what for demand, other in zip(demands, astray, strict=False) if _same(demand.terms[0], other)]
    demanded = {place for value in values if (place := first.recorder.place(value)) is not None}
    agreed = [place for place in demanded if all(_agrees(place, first, other) for other in others)]
    last = max((place.step for place in agreed), default=-1)
    steps = []
    for number, step in enumerate(first.recorder.steps[: last + 1]):
        paths = sorted((list(place.path) for place in agreed if place.step == number), key=repr)
        told = {"result": encode(_demanded_of(first.recorder.values[number], paths))} if paths else {}
        steps.append({key: value for key, value in step.items() if key != "result"} | told | {"demanded": paths})
    return steps


def _demanded_of(value: Any, paths: Sequence[Sequence[int | str]]) -> Any:
    """What a bundle tells of a result: the parts that are demanded, nothing else that the solution gave."""
    if [] in paths:
        return value
    below: dict[int | str, list[Sequence[int | str]]] = {}
    for first, *rest in paths:
        below.setdefault(first, []).append(rest)
    if isinstance(value, dict):
        return {key: _demanded_of(value[key], rests) for key, rests in below.items()}
    return tuple(_demanded_of(item, below[i]) if i in below else None for i, item in enumerate(value))


def _agrees(place: Reference, first: _Run, other: _Run) -> bool:
    values = other.recorder.values
    if place.step >= len(values):
        return False
    try:
        return _same(_part(values[place.step], place.path), _part(first.recorder.values[place.step], place.path))
    except (LookupError, TypeError):
        return False


def _same(a: Any, b: Any) -> bool:
    try:
        return bool(encode(a) == encode(b))
    except NotPlain:
        return False


def _part(value: Any, path: Sequence[int | str]) -> Any:
    for key in path:
        value = value[key]
    return value


def _further(demand: Demand, recorder: Recorder) -> dict[str, Any] | None:
    """A property, or the derivative of the student's own cost, as far as the check's code is not needed for it."""
    if demand.kind == "value":
        return None
    if demand.kind == "gradient":
        return _gradient(demand, recorder)
    if not isinstance(demand.what, Function) or demand.what.instance is not None:
        return None
    terms = [encode(term) for term in demand.terms]
    if "opaque" in json.dumps(terms):  # an object of the solution's own
        return None
    return {"property": demand.kind, "of": demand.what.name, "terms": terms}


def _gradient(demand: Demand, recorder: Recorder) -> dict[str, Any] | None:
    costs, at = demand.terms
    plan = planned(costs, list(at))
    parts = demand.what.items() if isinstance(demand.what, dict) else ()
    places = {key: recorder.place(value) for key, value in parts}
    steps = {place.step for place in places.values() if place is not None}
    if not is_whole(plan) or None in places.values() or len(steps) != 1:
        return None
    step = recorder.steps[steps.pop()]
    if any("ref" in argument for argument in step["args"]) or step["on"]:
        return None
    calls = [
        {"call": call.function.name, "args": [_planned(argument) for argument in call.described], "item": call.item}
        for call in plan.calls
        if call.function.instance is None
    ]
    if len(calls) != len(plan.calls):
        return None
    return {
        "gradient": {key: list(place.path) for key, place in places.items() if place is not None},
        "by": {key: step[key] for key in ("call", "args", "named")},
        "cost": calls,
        "at": {key: encode(value) for key, value in at.items()},
    }


def _planned(described: Sequence[Any]) -> Any:
    """An argument of a planned call: a tensor of the point, what an earlier call gave there, or a value."""
    kind, what = described
    if kind == "value":
        return {"value": encode(what)}
    if kind == "dict":
        return {"dict": [[key, _planned(item)] for key, item in what.items()]}
    if kind in ("tuple", "list"):
        return {kind: [_planned(item) for item in what]}
    return {kind: what}  # a key or a step
