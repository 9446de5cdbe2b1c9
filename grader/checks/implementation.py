"""`student` and `solution`: two implementations of one contract that a check calls alike.

The student's lives in a cell and is called through a pipe (`student.py`); the solution, and the solution with a step
replaced, are called here (`local.py`). In all of them arguments are copied for every call, and every value that a
check reads is observed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from grader.assignments import ContractFunction
from grader.checks.plan import CannotPlan, Plan, being_made
from grader.checks.record import Finding, Observation, note_finding, observe
from grader.report import StudentError
from grader.sandbox import Points

MISCOUNTED = "outputs"  # what a call is said to have raised that returned another number of values


class CallFailed(Exception):
    """A function of an implementation gave no result; the message is for the student."""

    def __init__(
        self,
        function: str,
        message: str,
        *,
        status: Literal["error", "timeout", "missing"] = "error",
        raised: str = "",
        error: StudentError | None = None,
    ) -> None:
        super().__init__(message)
        self.function = function
        self.message = message
        self.status = status
        self.raised = raised or status
        self.error = error

    @property
    def said(self) -> str:
        """The message of the exception behind it."""
        return self.error.message if self.error else self.message.removeprefix(f"{self.raised}: ")


class Hidden:
    """An object that belongs to an implementation (a cache, an instance): checks pass it on, or ask its members."""

    def __init__(self, owner: "Implementation", inner: Any, class_name: str) -> None:
        self.__dict__.update(_owner=owner, _inner=inner, _class_name=class_name)

    def __handle__(self) -> Any:
        """What stands for it in a cell."""
        return self._inner

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and f"{self._class_name}.{name}" not in self._owner.contract:
            raise AttributeError(name)
        member = Function(self._owner, f"{self._class_name}.{name}", self)
        if member.name in self._owner.contract:
            return member
        return member.observed(lambda: self._owner.read(self, name))

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a data attribute, so that a check knows the state of an instance."""
        if name.startswith("_"):
            object.__setattr__(self, name, value)
            return
        if being_made() is not None:
            raise CannotPlan
        try:
            self._owner.write(self, name, value)
        except CallFailed as failure:
            if self._owner.is_observed:
                observe(Observation(f"{self._class_name}.{name}", raised=failure.raised, said=failure.said))
            raise

    def __repr__(self) -> str:
        return f"<a {self._class_name} of the {self._owner.role}>"


@dataclass(frozen=True)
class Function:
    """A function or method of an implementation, ready to be called by a check."""

    owner: "Implementation"
    name: str
    instance: Hidden | None = None

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call it once.

        Raises:
            CallFailed: it raised, did not return in time, or is not there.
        """
        self._demand_own([*arguments, *named.values()])
        return self.observed(lambda: self.owner.call(self, arguments, named))

    def map(self, argument_lists: Iterable[Sequence[Any]], *, item: int | None = None) -> list[Any]:
        """Call it for each list of arguments; the student's cell gets them all in one message.

        item  of a function that returns several values, the only one that is wanted: the others need not travel
        """
        lists = [tuple(arguments) for arguments in argument_lists]
        self._demand_own(lists)
        if (plan := being_made()) is not None:
            return plan.record(self, lists, item)
        results: list[Any] = self.observed(lambda: self.owner.call_many(self, lists, item))
        return results if item is None else [result[item] for result in results]

    def gives_one_thing_twice(self, *arguments: Any) -> bool:
        """Whether two of the values that a call gives are one and the same object; it is not observed."""
        self._demand_own(arguments)
        if being_made() is not None:
            raise CannotPlan
        return self.owner.gives_one_thing_twice(self, arguments)

    def observed(self, call: Callable[[], Any]) -> Any:
        """What `call` gives or raises, noted as seen of this function."""
        if being_made() is not None:
            raise CannotPlan
        try:
            value = call()
        except CallFailed as failure:
            self._observe(Observation(self.name, raised=failure.raised, said=failure.said))
            raise
        self._observe(Observation(self.name, value))
        return value

    def __repr__(self) -> str:
        return self.name  # what pytest shows of it to a student

    def _demand_own(self, values: Iterable[Any]) -> None:
        """Two implementations may choose different caches: the object of one is nothing to the other."""
        for value in values:
            kind = type(value)
            if kind is Hidden:
                if value._owner is not self.owner:
                    raise TypeError(f"{value!r} was passed to `{self.name}` of the {self.owner.role}")
            elif kind is tuple or kind is list:
                self._demand_own(value)

    def _observe(self, observation: Observation) -> None:
        if self.owner.is_observed:
            observe(observation)


class Implementation(ABC):
    """Functions of a contract by attribute: `implementation.softmax(z)`."""

    role: str
    is_observed = True  # whether what a check reads from it counts as seen of the submission
    can_be_tried = True  # whether it may be asked what is not observed

    def __init__(self, contract: Sequence[ContractFunction]) -> None:
        self.contract: Mapping[str, ContractFunction] = {function.name: function for function in contract}

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        if self.is_observed and name not in self.contract:
            raise AttributeError(f"the contract has no {name!r}, only {', '.join(self.contract)}")
        function = self.__dict__[name] = Function(self, name)  # asked for a hundred times
        return function

    def __repr__(self) -> str:
        return self.role

    def takes_all(self, name: str) -> bool:
        """Whether the function `name` has all its parameters, also those that a submission's may lack."""
        return True

    def kept(self, name: str) -> tuple[int, ...]:
        """Positions of the outputs of `name` that stay inside the implementation."""
        function = self.contract.get(name)
        return function.kept if function else ()

    def demand_result(self, function: Function, value: Any) -> None:
        """Raise CallFailed when a call gave None, or another number of values, where the contract declares a result."""
        contract = self.contract.get(function.name)
        if contract is None:
            return
        if value is None and contract.returns:
            note_finding(Finding("returns-nothing", function.name))
            raise CallFailed(function.name, f"`{function.name}` returned None; is its `return` missing?", raised="None")
        count = (len(value) if isinstance(value, tuple | list) else 1) - len(contract.updates)
        if contract.outputs not in (None, count):
            message = f"`{function.name}` must return {contract.outputs} values, it returned {count}"
            raise CallFailed(function.name, message, raised=MISCOUNTED)

    def demand_results(self, function: Function, values: Sequence[Any]) -> None:
        """`demand_result` of many values: once for all that have the same form."""
        forms = {(type(value), len(value) if isinstance(value, tuple | list) else 1): value for value in values}
        for value in forms.values():
            self.demand_result(function, value)

    @contextmanager
    def ahead(self, plan: Plan, points: Points) -> Iterator[None]:
        """Make the calls of a plan at these points now, where that is faster than one function after the other."""
        yield

    @contextmanager
    def sharing_random_state(self) -> Iterator[None]:
        """Have its functions draw from the global generator of this process, as code in one notebook does."""
        yield

    @contextmanager
    def apart(self) -> Iterator["Implementation"]:
        """The same functions where they may be told what they must never pass on: what they keep or print is lost."""
        yield self

    def is_variable(self, name: str) -> bool:
        """Whether the contract has a variable of that name, which is read instead of called."""
        return name in self.contract and self.contract[name].kind == "variable"

    @abstractmethod
    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any: ...

    @abstractmethod
    def call_many(
        self, function: Function, argument_lists: Sequence[Sequence[Any]], item: int | None = None
    ) -> list[Any]:
        """The result of each call; of a tuple only one item if its position is given, and None for the others."""

    def gives_one_thing_twice(self, function: Function, arguments: Sequence[Any]) -> bool:
        """Whether two of the values that a call gives are one and the same object, where that can be told."""
        return False

    @abstractmethod
    def read(self, instance: Hidden, attribute: str) -> Any: ...

    @abstractmethod
    def write(self, instance: Hidden, attribute: str, value: Any) -> None: ...


def visible(value: Any) -> Any:
    """The value with None in the place of every hidden object: what can be compared."""
    if isinstance(value, Hidden):
        return None
    if type(value) in (tuple, list):
        return type(value)(map(visible, value))
    if isinstance(value, dict):
        return {key: visible(item) for key, item in value.items()}
    return value
