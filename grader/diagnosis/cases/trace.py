"""The calls that a check made of a submission, with arguments and results, and these calls made on other functions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, Literal

import numpy as np

from grader.assignments.result_names import subscripts
from grader.checks.implementation import CallFailed
from grader.checks.plain import copied, with_only
from grader.checks.record import Observation
from grader.checks.run import CheckRun
from grader.diagnosis.cases.budget import CallCounter
from grader.diagnosis.cases.leaves import RAISED, Leaf, Path, leaves_of


@dataclass(frozen=True)
class Origin:
    """An object that stayed with the implementation: the call that gave it, and where in the result it was."""

    call: int
    path: Path


@dataclass(frozen=True)
class Call:
    """One call that a check made, or one attribute that it read or set; an `Origin` stands for each opaque argument."""

    function: str
    kind: Literal["call", "many", "read", "write"]
    arguments: tuple[tuple[Any, ...], ...]
    named: Mapping[str, Any]
    instance: Origin | None
    found: Observation
    item: int | None = None  # of many calls, the one part of each result that came back
    within: str = ""  # of a read of what was read itself, as of a layer's parameter: the attribute that this was, `W.`

    @property
    def attribute(self) -> str:
        """The attribute that is read, from the object on that is no attribute itself: `weights`, `W.grad`."""
        return self.within + self.function.rpartition(".")[2]

    @property
    def origins(self) -> list[Origin]:
        """The objects of other calls among the arguments."""
        given = [*self.named.values(), *(argument for arguments in self.arguments for argument in arguments)]
        return [one for one in given if isinstance(one, Origin)]

    def leaves(self, result: Any, kept: Sequence[int]) -> dict[Path, Leaf]:
        """The leaves of what the call gives; of an exception, its type."""
        if isinstance(result, Raised):
            return {RAISED: result.type_name}
        if self.kind != "many" or not isinstance(result, list):
            return leaves_of(result, kept)
        if self.item is not None:
            result = [with_only(self.item, one) for one in result]
        return {
            (i, *path): leaf
            for i, one in enumerate(result)
            for path, leaf in leaves_of(one, kept).items()
            if self.item is None or path[:1] in ((), (self.item,))
        }

    def found_leaves(self, kept: Sequence[int]) -> dict[Path, Leaf]:
        """The leaves of what the submission gave."""
        if self.found.raised is not None:
            return {RAISED: self.found.raised}
        return self.leaves(self.found.value, kept)


@dataclass(frozen=True)
class Trace:
    """The calls of one run of one check.

    Attributes:
        prices: what making each call again costs, in function calls; empty when it was not measured.
        not_demanded: entries, by function, that some of the submission's results lack and the check does without.
        made: the calls on modules that were asked for them, twice.
    """

    run: CheckRun
    calls: tuple[Call, ...]
    prices: tuple[int, ...] = ()
    not_demanded: frozenset[tuple[str, Path]] = frozenset()
    made: "dict[ModuleType, tuple[Rerun, Rerun]]" = field(default_factory=dict, compare=False, repr=False)

    @property
    def price(self) -> int:
        return sum(self.prices)

    def with_the_first_alone(self, position: int) -> "Trace":
        """The same, where of the calls that were made at once in one place there is only the first."""
        call = self.calls[position]
        alone = replace(call, kind="call", arguments=call.arguments[:1])
        return replace(self, calls=(*self.calls[:position], alone, *self.calls[position + 1 :]), made={})

    def is_of_another_form(self, call: Call) -> bool:
        """Whether a check gave a function, in vain, what is kept for it in a form that is not the submission's.

        With what the submission keeps it gave values: that it cannot read the course's cache is no mistake.
        """
        return (
            call.found.raised is not None
            and not call.origins
            and any(one.function == call.function and one.origins and one.found.raised is None for one in self.calls)
        )

    def was_tried(self, call: Call) -> bool:
        """Whether a check called a function in one way, in vain, and then in another, by which it judged it.

        It went to its end, and says nothing of what was raised: that labels are wanted one-hot is no mistake.
        """
        return (
            call.kind == "call"
            and call.found.raised is not None
            and self.run.result.status == "failed"
            and call.found.raised not in self.run.result.message
            and any(one.function == call.function and one.found.raised is None for one in self.calls)
        )

    def found_right(self, call: Call, path: Path) -> bool:
        """Whether the check compared a part of an attribute that the call read, by that name, and found it right.

        It may have turned the part first: weights kept as (in, out) have gradients of that shape, which are right.
        """
        label = call.attribute + subscripts(path)
        verdicts = {one.verdict for one in self.run.result.comparisons if one.label.replace("'", '"') == label}
        return verdicts == {"right"}

    def priced(self, module: ModuleType, kept: Sequence[int]) -> "Trace":
        """The trace with what each of its calls costs on a module, in function calls.

        Everything is done once before it is measured, so that the first measurement in a process tells the same as
        the later ones.
        """
        positions = range(len(self.calls))
        is_new = module not in self.made
        warm, again = self.reruns(module)
        for position in positions:
            warm.leaves(position, kept)
        measured = again if is_new else Rerun(self, module)
        prices = []
        for position in positions:
            with CallCounter() as counter:
                measured.leaves(position, kept)
            prices.append(counter.calls)
        return replace(self, prices=tuple(prices))

    def reruns(self, module: ModuleType) -> "tuple[Rerun, Rerun]":
        """The calls on a module, twice: where they differ, they are drawn at random."""
        if module not in self.made:
            self.made[module] = Rerun(self, module), Rerun(self, module)
        return self.made[module]


@dataclass(frozen=True)
class Raised:
    """The outcome of a call that raised."""

    type_name: str
    said: str


class NotMade(Exception):
    """What a call is given cannot be had: the call that makes it raised, or gives something of another form."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(raised.said)
        self.raised = raised


class Rerun:
    """The calls of a trace made on the functions of a module, each at most once and only when asked for."""

    def __init__(self, trace: Trace, module: ModuleType) -> None:
        self._trace, self._module = trace, module
        self._results: dict[int, Any] = {}
        self._made_up_to: dict[Origin, int] = {}  # of everything that was asked of an instance and its parts

    def result(self, position: int) -> Any:
        """What the call gives here, or `Raised`.

        An instance has a state, so everything that was asked of it before, and of its parts, comes first, in order.
        """
        if position not in self._results:
            self.before(position)
            self._results[position] = self._made(self._trace.calls[position])
        return self._results[position]

    def before(self, position: int) -> None:
        """Make the calls that a call's instance has its state from: a layer holds a parameter, a network layers."""
        instance = self._trace.calls[position].instance
        if instance is not None:
            whole = self._whole(instance)
            for earlier in range(self._made_up_to.get(whole, whole.call + 1), position):
                other = self._trace.calls[earlier].instance
                if other is not None and self._whole(other) == whole:
                    self.result(earlier)
            self._made_up_to[whole] = max(position, self._made_up_to.get(whole, 0))

    def _whole(self, part: Origin) -> Origin:
        """The object that a part was read from, or that from which this was."""
        while (holder := self._trace.calls[part.call].instance) is not None:
            part = holder
        return part

    def leaves(self, position: int, kept: Sequence[int]) -> dict[Path, Leaf]:
        return self._trace.calls[position].leaves(self.result(position), kept)

    def with_others(self, position: int, arguments: tuple[Any, ...]) -> Any:
        """What a call gives here of other arguments, its object as it is then, or `Raised`."""
        self.before(position)
        return self._made(replace(self._trace.calls[position], kind="call", arguments=(arguments,)))

    def arguments(self, position: int) -> tuple[tuple[Any, ...], ...]:
        """The arguments of a call, with objects of this module's own in the place of origins; none without these."""
        resolved: tuple[tuple[Any, ...], ...] = self._had(self._trace.calls[position].arguments) or ()
        return resolved

    def given(self, position: int) -> tuple[Any, ...]:
        """The arguments of the first of the calls that were made at once, or of the only one, in the same way."""
        return next(iter(self.arguments(position)), ())

    def named(self, position: int) -> dict[str, Any]:
        """What a call is given by name, in the same way."""
        resolved: dict[str, Any] = self._had(dict(self._trace.calls[position].named)) or {}
        return resolved

    def instance(self, call: Call) -> Any:
        """The object whose method a call is; None if it cannot be had."""
        return self._had(call.instance)

    def _had(self, value: Any) -> Any:
        try:
            return self._resolved(value)
        except NotMade:
            return None

    def _made(self, call: Call) -> Any:
        try:
            with np.errstate(all="ignore"):
                if call.kind == "write":
                    return self._write(call)
                target = self._target(call)
                if call.kind == "read":
                    return copied(target)
                named = self._resolved(dict(call.named))
                results = [target(*self._resolved(arguments), **named) for arguments in call.arguments]
        except CallFailed as failure:  # of a function of another implementation that this one calls
            return Raised(failure.raised, failure.said)
        except NotMade as error:
            return error.raised
        except Exception as error:
            return Raised(type(error).__name__, str(error))
        return results if call.kind == "many" else results[0]

    def _target(self, call: Call) -> Callable[..., Any]:
        holder: Any = self._module
        name = call.function
        if call.instance is not None:
            holder, name = self._resolved(call.instance), name.rpartition(".")[2]
        for part in name.split("."):
            holder = getattr(holder, part)
        target: Callable[..., Any] = holder
        return target

    def _write(self, call: Call) -> None:
        ((value,),) = call.arguments
        setattr(self._resolved(call.instance), call.function.rpartition(".")[2], self._resolved(value))

    def _resolved(self, value: Any) -> Any:
        """The value with its origins looked up and everything else copied, since a mistake may change it.

        Raises:
            NotMade: an origin cannot be had.
        """
        if isinstance(value, Origin):
            return self._made_by(value)
        if isinstance(value, np.ndarray):
            return value.copy()
        if type(value) in (tuple, list):
            return type(value)(map(self._resolved, value))
        if isinstance(value, dict):
            return {key: self._resolved(item) for key, item in value.items()}
        return value

    def _made_by(self, origin: Origin) -> Any:
        result = self.result(origin.call)
        if isinstance(result, Raised):
            raise NotMade(result)
        try:
            for step in origin.path:
                result = result[step]
        except (TypeError, LookupError) as error:  # what comes back has another form here
            raise NotMade(Raised(type(error).__name__, str(error))) from error
        return result
