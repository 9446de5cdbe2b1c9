"""`student` and `solution`: two implementations of one contract that a check calls alike.

The student's lives in a cell and is called through a pipe; the solution, and the solution with a step replaced, are
called here. In all of them arguments are copied for every call, and every value that a check reads is observed.
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.digest import digest
from grader.checks.record import Observation, observe
from grader.report import StudentError


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
        self._owner, self._inner, self._class_name = owner, inner, class_name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if f"{self._class_name}.{name}" in self._owner.contract:
            return Function(self._owner, f"{self._class_name}.{name}", self)
        value = self._owner.read(self, name)
        if self._owner.is_observed:
            observe(Observation(f"{self._class_name}.{name}", value))
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a data attribute, so that a check knows the state of an instance."""
        if name.startswith("_"):
            object.__setattr__(self, name, value)
            return
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
        return self._observed(lambda: self.owner.call(self, arguments, named))

    def map(self, argument_lists: Iterable[Sequence[Any]]) -> list[Any]:
        """Call it for each list of arguments; the student's cell gets them all in one message."""
        lists = [tuple(arguments) for arguments in argument_lists]
        result: list[Any] = self._observed(lambda: self.owner.call_many(self, lists))
        return result

    def _observed(self, call: Callable[[], Any]) -> Any:
        try:
            value = call()
        except CallFailed as failure:
            self._observe(Observation(self.name, raised=failure.raised, said=failure.said))
            raise
        self._observe(Observation(self.name, value))
        return value

    def _observe(self, observation: Observation) -> None:
        if self.owner.is_observed:
            observe(observation)


class Implementation(ABC):
    """Functions of a contract by attribute: `implementation.softmax(z)`."""

    role: str
    is_observed = True  # whether what a check reads from it counts as seen of the submission

    def __init__(self, contract: Sequence[ContractFunction]) -> None:
        self.contract: Mapping[str, ContractFunction] = {function.name: function for function in contract}

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        return Function(self, name)

    def kept(self, name: str) -> tuple[int, ...]:
        """Positions of the outputs of `name` that stay inside the implementation."""
        function = self.contract.get(name)
        return function.kept if function else ()

    @abstractmethod
    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any: ...

    @abstractmethod
    def call_many(self, function: Function, argument_lists: Sequence[Sequence[Any]]) -> list[Any]: ...

    @abstractmethod
    def read(self, instance: Hidden, attribute: str) -> Any: ...

    @abstractmethod
    def write(self, instance: Hidden, attribute: str, value: Any) -> None: ...


class Local(Implementation):
    """An implementation in this process: trusted code only."""

    def __init__(self, contract: Sequence[ContractFunction], module: ModuleType) -> None:
        super().__init__(contract)
        self.module = module

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        target = self._target(function)
        result = target(*map(copied, arguments), **{name: copied(value) for name, value in named.items()})
        return self._hide(function.name, result)

    def call_many(self, function: Function, argument_lists: Sequence[Sequence[Any]]) -> list[Any]:
        return [self.call(function, arguments, {}) for arguments in argument_lists]

    def read(self, instance: Hidden, attribute: str) -> Any:
        return copied(getattr(instance._inner, attribute))

    def write(self, instance: Hidden, attribute: str, value: Any) -> None:
        setattr(instance._inner, attribute, copied(value))

    def _target(self, function: Function) -> Any:
        if function.instance is not None:
            return getattr(function.instance._inner, function.name.rpartition(".")[2])
        return getattr(self.module, function.name)

    def _hide(self, name: str, result: Any) -> Any:
        kept = self.kept(name)
        if -1 in kept:
            return self._hidden(result)
        if isinstance(result, tuple):
            return tuple(
                self._hidden(value) if i in kept or not is_plain(value) else copied(value)
                for i, value in enumerate(result)
            )
        return copied(result) if is_plain(result) else self._hidden(result)

    def _hidden(self, value: Any) -> Hidden:
        return Hidden(self, value, type(value).__name__)


class Solution(Local):
    """The right answers. What one check asked, the next submission's check asks again: results are remembered."""

    role = "solution"
    is_observed = False

    def __init__(self, contract: Sequence[ContractFunction], module: ModuleType) -> None:
        super().__init__(contract, module)
        self._remembered: dict[bytes, Any] = {}

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if function.instance is not None or self.kept(function.name) or self._makes_instances(function):
            return super().call(function, arguments, named)
        key = (function.name, tuple(arguments), dict(named))
        return self.remembered(key, lambda: super(Solution, self).call(function, arguments, named))

    def _makes_instances(self, function: Function) -> bool:
        return function.name in self.contract and self.contract[function.name].kind == "class"

    def remembered(self, key: Any, compute: Callable[[], Any]) -> Any:
        """The result of `compute`, from an earlier time when plain values equal to `key` were given with it."""
        known_as = digest(key)
        if known_as is None:
            return compute()
        if known_as not in self._remembered:
            self._remembered[known_as] = compute()
        return copied(self._remembered[known_as])


class Variant(Local):
    """The solution with something replaced, in the student's place: what it raises, the student's code would raise."""

    role = "variant"

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        try:
            with np.errstate(all="ignore"):
                return super().call(function, arguments, named)
        except CallFailed:
            raise  # a student's function that the variant calls: its own failure
        except Exception as error:
            raised = type(error).__name__
            raise CallFailed(function.name, f"{raised}: {error}", raised=raised) from error


def is_plain(value: Any) -> bool:
    """Whether a value is data that travels by value: numbers, text, arrays, and tuples, lists, dicts of them."""
    if value is None or isinstance(value, bool | int | float | complex | str | np.generic | np.ndarray):
        return True
    if isinstance(value, tuple | list):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(isinstance(k, str | int) and is_plain(v) for k, v in value.items())
    return False


def copied(value: Any) -> Any:
    """A copy of the plain data in a value; objects of the implementation are unwrapped and stay themselves."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Hidden):
        return value._inner
    if type(value) in (tuple, list):
        return type(value)(map(copied, value))
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value if is_plain(value) else copy.copy(value)


def visible(value: Any) -> Any:
    """The value with None in the place of every hidden object: what can be compared."""
    if isinstance(value, Hidden):
        return None
    if type(value) in (tuple, list):
        return type(value)(map(visible, value))
    if isinstance(value, dict):
        return {key: visible(item) for key, item in value.items()}
    return value
