"""`student` and `solution`: two implementations of one contract that a check calls alike.

The student's lives in a cell and is called through a pipe; the solution, and the solution with a step replaced, are
called here. In all of them arguments are copied for every call, and every value that a check reads is observed.
"""

import inspect
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any, Literal

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.digest import digest
from grader.checks.memory import size_of
from grader.checks.plan import CannotPlan, Plan, being_made
from grader.checks.record import Finding, Observation, note_finding, observe
from grader.report import StudentError
from grader.sandbox import Points

MISCOUNTED = "outputs"  # what a call is said to have raised that returned another number of values
REMEMBERED_RESULTS = 2000  # of a solution; what was not asked for longest is forgotten first
REMEMBERED_BYTES = 64_000_000


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
        if name.startswith("__"):
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

    def __init__(self, contract: Sequence[ContractFunction]) -> None:
        self.contract: Mapping[str, ContractFunction] = {function.name: function for function in contract}

    def __getattr__(self, name: str) -> Function:
        if name.startswith("_"):
            raise AttributeError(name)
        if self.is_observed and name not in self.contract:
            raise AttributeError(f"the contract has no {name!r}, only {', '.join(self.contract)}")
        return Function(self, name)

    def __repr__(self) -> str:
        return self.role

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
        if self.is_variable(function.name):
            return self._given(target)
        result = target(*map(_taken, arguments), **{name: _taken(value) for name, value in named.items()})
        kept = self.kept(function.name)
        if -1 in kept:
            return self._hidden(result)
        if kept and isinstance(result, tuple):
            return tuple(self._hidden(item) if i in kept else self._given(item) for i, item in enumerate(result))
        return self._given(result)

    def call_many(
        self, function: Function, argument_lists: Sequence[Sequence[Any]], item: int | None = None
    ) -> list[Any]:
        results = [self.call(function, arguments, {}) for arguments in argument_lists]
        return results if item is None else [with_only(item, result) for result in results]

    def read(self, instance: Hidden, attribute: str) -> Any:
        return self._given(getattr(instance._inner, attribute))

    def write(self, instance: Hidden, attribute: str, value: Any) -> None:
        setattr(instance._inner, attribute, _taken(value))

    def _target(self, function: Function) -> Any:
        if function.instance is not None:
            return getattr(function.instance._inner, function.name.rpartition(".")[2])
        return getattr(self.module, function.name)

    def _given(self, value: Any) -> Any:
        """The value as it would come from a cell: a copy of data, other objects hidden."""
        if is_plain(value):
            return copied(value)
        if isinstance(value, tuple | list):
            return type(value)(map(self._given, value))
        if isinstance(value, dict):
            return {key: self._given(item) for key, item in value.items()}
        return self._hidden(value)

    def _hidden(self, value: Any) -> Hidden:
        return Hidden(self, value, type(value).__name__)


class Solution(Local):
    """The right answers. What was asked once is asked again, by the diagnosis above all: results are remembered."""

    role = "solution"
    is_observed = False

    def __init__(self, contract: Sequence[ContractFunction], module: ModuleType) -> None:
        super().__init__(contract, module)
        self._remembered: OrderedDict[bytes, tuple[Any, int]] = OrderedDict()
        self._remembered_bytes = 0

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if function.instance is not None or self.kept(function.name) or self._makes_instances(function):
            return super().call(function, arguments, named)
        key = (function.name, tuple(arguments), dict(named))
        return self.remembered(key, lambda: super(Solution, self).call(function, arguments, named))

    @cached_property
    def draws(self) -> bool:
        return any("random" in code.co_names for code in _codes(self.module))

    def _random_state(self) -> bytes:
        """Of numpy's global generator, where the solution's text says that it may draw from it."""
        if not self.draws:
            return b""
        state = np.random.get_state(legacy=False)["state"]
        return bytes(state["key"]) + bytes(str(state["pos"]), "ascii")

    def _makes_instances(self, function: Function) -> bool:
        return function.name in self.contract and self.contract[function.name].kind == "class"

    def remembered(self, key: Any, compute: Callable[[], Any]) -> Any:
        """The result of `compute`, from an earlier time when plain values equal to `key` were given with it."""
        known_as = digest(key)
        if known_as is None:
            return compute()
        if known_as not in self._remembered:
            before = self._random_state()
            value = compute()
            if not is_plain(value) or self._random_state() != before:
                return value  # what was drawn from a global generator is another value each time
            self._remember(known_as, value)
        else:
            self._remembered.move_to_end(known_as)
        return copied(self._remembered[known_as][0])

    def _remember(self, known_as: bytes, value: Any) -> None:
        self._remembered[known_as] = value, (size := size_of(value))
        self._remembered_bytes += size
        while len(self._remembered) > 1 and (
            len(self._remembered) > REMEMBERED_RESULTS or self._remembered_bytes > REMEMBERED_BYTES
        ):
            self._remembered_bytes -= self._remembered.popitem(last=False)[1][1]


def _codes(module: ModuleType) -> Iterator[CodeType]:
    """The code of every function and method that a module holds, and of the functions in them."""
    holders = [module, *(value for value in vars(module).values() if isinstance(value, type))]
    waiting = [
        function.__code__
        for holder in holders
        for value in vars(holder).values()
        if isinstance(function := inspect.unwrap(value) if callable(value) else value, FunctionType)
    ]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [constant for constant in code.co_consts if isinstance(constant, CodeType)]


class Variant(Local):
    """The solution with something replaced, in the student's place: what it raises, the student's code would raise."""

    role = "variant"

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        try:
            with np.errstate(all="ignore"):
                result = super().call(function, arguments, named)
            self.demand_result(function, result)
            return result
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
    """A copy of the data in a value; hidden objects in it stay themselves."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (tuple, list):
        return type(value)(map(copied, value))
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    return value


def with_only(item: int, result: Any) -> Any:
    """A result of several values with None in the place of all but one."""
    if type(result) not in (tuple, list):
        return result
    return tuple([value if i == item else None for i, value in enumerate(result)])


def _taken(value: Any) -> Any:
    """An argument as a local function takes it: a copy, with the objects themselves in the place of hidden ones."""
    if isinstance(value, Hidden):
        return value._inner
    if type(value) in (tuple, list):
        return type(value)(map(_taken, value))
    if isinstance(value, dict):
        return {key: _taken(item) for key, item in value.items()}
    return copied(value)


def visible(value: Any) -> Any:
    """The value with None in the place of every hidden object: what can be compared."""
    if isinstance(value, Hidden):
        return None
    if type(value) in (tuple, list):
        return type(value)(map(visible, value))
    if isinstance(value, dict):
        return {key: visible(item) for key, item in value.items()}
    return value
