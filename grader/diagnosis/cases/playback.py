"""How the calls of a check are found: it is run once more with a stand-in that answers as the submission did.

Arguments are not recorded while a check runs. With the same answers it takes the same path on the same random numbers,
so that they are seen afterwards.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any, Literal

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.implementation import CallFailed, Function, Hidden, Implementation
from grader.checks.local import Variant
from grader.checks.record import Observation, recording
from grader.checks.run import CheckRun, CheckSetting, run_check
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.trace import Call, Origin, Rerun, Trace

MISSING = "missing"  # what is noted as raised of a function that is not there
OF_THE_FORM = ("KeyError", "TypeError", "IndexError", "AttributeError")  # exceptions that are about what is read


def trace_of(run: CheckRun, contract: Sequence[ContractFunction], setting: CheckSetting) -> Trace:
    """Find the calls that a check made of the submission; none where they had other arguments than are observed."""
    if run.record.is_turned:
        return Trace(run, ())
    playback = Playback(contract, run.record.observations)
    with recording(is_judged=False):
        try:
            setting.run(run.check, playback)
        except (CallFailed, PlaybackEnded):
            pass  # the last call of the check as it was run
        except Exception:
            pass  # a check may trip over a wrong value: it did so the first time as well
    if _cannot_take_what_is_usual(playback.calls):
        return Trace(run, ())
    trace = Trace(run, tuple(playback.calls))
    if "dataset" in run.check.arguments:  # a training takes too long to be made again
        return trace
    lacking = _lacking(trace, contract, setting)
    if lacking and _does_without(run, contract, setting, lacking):
        return replace(trace, not_demanded=frozenset(lacking))
    return trace


def _cannot_take_what_is_usual(calls: Sequence[Call]) -> bool:
    """Whether a call ended as it could not read what stands for the result of a function that is not there.

    One that is written otherwise may give it in a form of its own.
    """
    lacks = False
    for call in calls:
        raised = call.found.raised or ""
        lacks |= raised == MISSING
        if lacks and (raised.endswith(OF_THE_FORM) or "unpack" in call.found.said):
            return True
    return False


def _lacking(trace: Trace, contract: Sequence[ContractFunction], setting: CheckSetting) -> set[tuple[str, Path]]:
    """The entries of dicts that a right function gives in these calls, and the submission does not."""
    kept = {entry.name: entry.kept for entry in contract}
    rerun, lacking = None, set()
    for at, call in enumerate(trace.calls):
        if call.kind != "call" or call.found.raised is not None or not _holds_dict(call.found.value):
            continue
        rerun = rerun or Rerun(trace, setting.solution.module)
        found = call.found_leaves(own := kept.get(call.function, ()))
        lacking |= {(call.function, path) for path in rerun.leaves(at, own) if path not in found}
    return {(name, path) for name, path in lacking if path and isinstance(path[-1], str) and path != RAISED}


def _holds_dict(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, tuple) and any(isinstance(one, dict) for one in value))


def _does_without(
    run: CheckRun, contract: Sequence[ContractFunction], setting: CheckSetting, entries: Collection[tuple[str, Path]]
) -> bool:
    """Whether right functions pass a check though their results lack these entries."""
    return run_check(run.check, _Lacking(contract, setting.solution.module, entries), setting).passed


class _Lacking(Variant):
    """The solution, without some entries of its functions' results."""

    def __init__(
        self, contract: Sequence[ContractFunction], module: ModuleType, entries: Collection[tuple[str, Path]]
    ) -> None:
        super().__init__(contract, module)
        self._entries = entries

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        result = super().call(function, arguments, named)
        for name, (*way, key) in self._entries:
            if name == function.name:
                holder = result
                for step in way:
                    is_there = step in holder if isinstance(holder, dict) else isinstance(holder, tuple | list)
                    holder = holder[step] if is_there else None
                if isinstance(holder, dict):
                    holder.pop(key, None)
        return result


class PlaybackEnded(BaseException):
    """A check asked for more than it did the first time; no handler inside a check may take it for an error."""


class Playback(Implementation):
    """Answers every call as the submission did, and notes the calls."""

    role = "playback"
    can_be_tried = False

    def __init__(self, contract: Sequence[ContractFunction], observations: Iterable[Observation]) -> None:
        super().__init__(contract)
        self.calls: list[Call] = []
        self._left = deque(observations)

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        origin = function.instance._inner if function.instance is not None else None
        return self._answer(function.name, "call", (tuple(arguments),), named, origin)

    def call_many(
        self, function: Function, argument_lists: Sequence[Sequence[Any]], item: int | None = None
    ) -> list[Any]:
        origin = function.instance._inner if function.instance is not None else None
        lists = tuple(tuple(arguments) for arguments in argument_lists)
        answer: list[Any] = self._answer(function.name, "many", lists, {}, origin, item)
        return answer

    def read(self, instance: Hidden, attribute: str) -> Any:
        return self._answer(f"{instance._class_name}.{attribute}", "read", ((),), {}, instance._inner)

    def write(self, instance: Hidden, attribute: str, value: Any) -> None:
        name = f"{instance._class_name}.{attribute}"
        if self._left and self._left[0].function == name and self._left[0].raised is not None:
            self._answer(name, "write", ((value,),), {}, instance._inner)
        self.calls.append(Call(name, "write", _with_origins(((value,),)), {}, instance._inner, Observation(name)))

    def _answer(
        self,
        name: str,
        kind: Literal["call", "many", "read", "write"],
        arguments: tuple[tuple[Any, ...], ...],
        named: Mapping[str, Any],
        instance: Origin | None,
        item: int | None = None,
    ) -> Any:
        if not self._left or self._left[0].function != name:
            raise PlaybackEnded
        observation = self._left.popleft()
        position = len(self.calls)
        self.calls.append(
            Call(
                name,
                kind,
                _with_origins(arguments),
                _with_origins(dict(named)),
                instance,
                observation,
                item,
                self._within(instance) if kind == "read" else "",
            )
        )
        if observation.raised is not None:
            # A check may go on without a function that is not there, and with a right one's result in its place.
            status: Literal["error", "missing"] = "missing" if observation.raised == MISSING else "error"
            raise CallFailed(name, observation.said, status=status, raised=observation.raised)
        return self._hidden_again(observation.value, position, ())

    def _within(self, part: Origin | None) -> str:
        holder = self.calls[part.call] if part is not None and not part.path else None
        return f"{holder.attribute}." if holder is not None and holder.kind == "read" else ""

    def _hidden_again(self, value: Any, call: int, path: Path) -> Any:
        if isinstance(value, Hidden):
            return Hidden(self, Origin(call, path), value._class_name)
        if type(value) in (tuple, list):
            return type(value)(self._hidden_again(item, call, (*path, i)) for i, item in enumerate(value))
        if isinstance(value, dict):
            return {key: self._hidden_again(item, call, (*path, key)) for key, item in value.items()}
        return value.copy() if isinstance(value, np.ndarray) else value


def _with_origins(value: Any) -> Any:
    """Arguments as they are now (a check may change its arrays later), with origins for hidden objects."""
    if isinstance(value, Hidden):
        return value._inner
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (tuple, list):
        return type(value)(map(_with_origins, value))
    if isinstance(value, dict):
        return {key: _with_origins(item) for key, item in value.items()}
    return value
