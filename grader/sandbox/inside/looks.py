"""What a function does with other texts, or when it is looked at: nothing of it is kept."""

from __future__ import annotations

import operator
from functools import partial
from typing import Any, Callable

from . import copies, evaluations, keeping, recording, trials
from .namespace import Namespace
from .time_limit import TimeLimit


class Method:
    """An object and the name of its method, as what is called."""

    def __init__(self, owner: Any, name: str) -> None:
        self.owner = owner
        self.name = name


class Looks:
    """The requests that try edits, or measure and watch calls.

    Args:
        within: gives what an action gives, if that takes no more than so many seconds.
        quietly: calls a target with positional and named arguments.
    """

    def __init__(
        self, namespace: Namespace, within: Callable[[float, Callable[[], Any]], Any], quietly: Callable[..., Any]
    ) -> None:
        self.namespace, self.within, self.quietly = namespace, within, quietly
        self.adaptation: Any = None
        self.held: trials.Trial | None = None

    def try_edits(
        self,
        name: str,
        text: str,
        count: int,
        target: Any,
        args: list[Any],
        seconds: float,
        keep: list[int],
        reads: list[str],
    ) -> list[Any]:
        """For each alternative of a text that defines the function `name`, what a call gives; None where it failed."""

        def make() -> list[Any]:
            trial.rewind()
            again, given = copies.deep((target, args))
            try:
                result = self.quietly(again, given)
                is_method = type(again) is Method
                owner = again.owner if is_method else result
                values = [operator.attrgetter(attribute)(owner) for attribute in reads]
                return [keeping.without(result, keep if is_method or not reads else [-1]), *values]
            except Exception:
                return []

        outcomes: list[Any] = []
        slow = 0
        with trials.Trial(self.namespace, self.adaptation) as trial:
            trial.define(name, text, **{trials.SWITCH: 0})
            for number in range(1, count + 1):
                trial.switch(name, number)
                try:
                    outcomes.append(self.within(seconds, make) or None)
                except TimeLimit:
                    outcomes.append(None)
                    slow += 1
                    if slow > trials.SLOW_TRIALS:
                        raise
        return outcomes

    def new_values(
        self,
        definitions: list[Any],
        name: str,
        text: str,
        count: int,
        target: Any,
        args: list[Any],
        seconds: float,
        sizes: list[int],
    ) -> list[Any]:
        """For each alternative of a text that defines `name`, what its expressions are worth and none was before.

        The texts, and `definitions` of the same and of other functions without any change, call a recorder with each
        value. None where a call took too long; one that raises has its values up to there.
        """
        recorder = recording.NewValues(sizes)

        def run() -> None:
            recorder.begin()
            trial.rewind()
            again, given = copies.deep((target, args))
            try:
                self.quietly(again, given)
            except Exception:
                pass

        found: list[Any] = []
        slow = 0
        more = {recording.NAME: recorder, trials.SWITCH: 0}
        with trials.Trial(self.namespace, self.adaptation) as trial:
            for other, definition in definitions:
                trial.define(other, definition, **more)
            self.within(seconds, run)
            recorder.usual()
            trial.define(name, text, **more)
            for number in range(1, count + 1):
                trial.switch(name, number)
                try:
                    self.within(seconds, run)
                    found.append(recorder.fresh())
                except TimeLimit:
                    found.append(None)
                    slow += 1
                    if slow > trials.SLOW_TRIALS:
                        raise
        return found

    def hold_edits(self, edits: list[Any]) -> None:
        """Have functions be as texts define them until this is asked for again; without any, they are as they were."""
        if self.held is not None:
            self.held.__exit__()
            self.held = None
        if edits:
            self.held = trials.Trial(self.namespace, self.adaptation)
            self.held.__enter__()
            for name, text in edits:
                self.held.define(name, text)

    def measure(self, target: Any, args: list[Any], seconds: float) -> int:
        """How many function calls one call of the target makes."""
        call = copies.deep((target, args))
        with trials.Trial(self.namespace, self.adaptation), trials.CallCounter() as counter:
            try:
                self.within(seconds, partial(self.quietly, *call))
            except Exception:
                pass
        return counter.calls

    def watch(self, definitions: list[Any], target: Any, args: list[Any], seconds: float) -> list[Any]:
        """What the functions' expressions were worth in a call: their texts call a recorder with each value."""
        recorder = recording.Recorder()
        call = copies.deep((target, args))
        with trials.Trial(self.namespace, self.adaptation) as trial:
            for name, text in definitions:
                trial.define(name, text, **{recording.NAME: recorder})
            try:
                self.within(seconds, partial(self.quietly, *call))
            except Exception:
                pass  # how it ended is known; here is what led to it
        return recorder.report()

    def evaluations(self, target: Any, args: list[Any], kwargs: dict[str, Any], seconds: float) -> list[Any]:
        """How one call of the target comes by what it gives; see `evaluations`. Nothing of it is kept."""
        call = copies.deep((target, args, kwargs))
        with evaluations.Evaluations(self.namespace.files) as seen:
            try:
                self.within(seconds, partial(self.quietly, *call))
            except Exception:
                pass
        return seen.report()
