"""Implementations in this process, of trusted code only: the solution, and the solution with a step replaced."""

import contextvars
import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.digest import digest
from grader.checks.generators import may_draw
from grader.checks.implementation import CallFailed, Function, Hidden, Implementation
from grader.checks.memory import size_of
from grader.checks.plain import copied, is_plain, with_only
from grader.checks.record import note_item

REMEMBERED_RESULTS = 2000  # of a solution; what was not asked for longest is forgotten first
REMEMBERED_BYTES = 64_000_000
LARGE_BYTES = 1_000_000  # of an argument: such are those of a training


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
        results = []
        for number, arguments in enumerate(argument_lists):
            result = self.call(function, arguments, {})
            results.append(result if item is None else with_only(item, result))
            if self.is_observed and not note_item(number, results[-1]):
                return results + [results[-1]] * (len(argument_lists) - len(results))
        return results

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
        self._lock = threading.Lock()  # of what is remembered: a check may ask while a training runs `meanwhile`
        self._large: dict[Any, tuple[Sequence[Any], Mapping[str, Any]]] = {}  # form -> the last such arguments

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if function.instance is not None or self.kept(function.name) or self._makes_instances(function):
            return super().call(function, arguments, named)
        key = (function.name, tuple(arguments), dict(named))
        if any(isinstance(argument, np.ndarray) and argument.nbytes > LARGE_BYTES for argument in arguments):
            self._large[_form(key)] = arguments, named
        return self.remembered(key, lambda: self.called_anew(function, arguments, named))

    def called_anew(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """A result that is not remembered, since nobody will ask for it again: one of thousands in a training."""
        return super().call(function, arguments, named)

    def call_before(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """What was given for other large arguments of the same form; NotImplemented where there were none."""
        before = self._large.get(_form((function.name, tuple(arguments), dict(named))))
        return NotImplemented if before is None else self.call(function, *before)

    @cached_property
    def draws(self) -> bool:
        """Whether a function may draw from a global generator, so that numbers must be asked for in order."""
        return any(map(may_draw, _codes(self.module)))

    @contextmanager
    def meanwhile(self, compute: Callable[[], object]) -> Iterator[None]:
        """Have that computed on another core while the submission's functions run in their cell.

        What is remembered of it is there when the context ends; what it raises is raised when it is asked for again.
        """
        if self.draws:  # both sides must get their numbers in the order of the check
            yield
            return

        def run() -> None:
            with suppress(Exception):
                compute()

        thread = threading.Thread(target=contextvars.copy_context().run, args=(run,))
        thread.start()
        try:
            yield
        finally:
            thread.join()

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
        with self._lock:
            if known_as in self._remembered:
                self._remembered.move_to_end(known_as)
                return copied(self._remembered[known_as][0])
        before = self._random_state()
        value = compute()
        if not is_plain(value) or self._random_state() != before:
            return value  # what was drawn from a global generator is another value each time
        with self._lock:
            self._remember(known_as, value)
        return copied(value)

    def _remember(self, known_as: bytes, value: Any) -> None:
        _, replaced = self._remembered.pop(known_as, (None, 0))
        self._remembered[known_as] = value, (size := size_of(value))
        self._remembered_bytes += size - replaced
        while len(self._remembered) > 1 and (
            len(self._remembered) > REMEMBERED_RESULTS or self._remembered_bytes > REMEMBERED_BYTES
        ):
            self._remembered_bytes -= self._remembered.popitem(last=False)[1][1]


class TrainedBefore(Solution):
    """The solution, but one function gives what it gave before for arguments of the same form: nothing is trained."""

    def __init__(self, solution: Solution, function: str) -> None:
        super().__init__(tuple(solution.contract.values()), solution.module)
        self._solution, self._function = solution, function
        self.has_stood_in = False

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if function.name == self._function:
            value = self._solution.call_before(function, arguments, named)
            if value is not NotImplemented:
                self.has_stood_in = True
                return value
        return self._solution.call(function, arguments, named)


def _form(value: Any) -> Any:
    """A value with types in the place of arrays, however many samples they hold, to be compared with others."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.ndim
    if isinstance(value, tuple | list):
        return tuple(map(_form, value))
    return tuple((key, _form(item)) for key, item in value.items()) if isinstance(value, dict) else repr(value)


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


def _taken(value: Any) -> Any:
    """An argument as a local function takes it: a copy, with the objects themselves in the place of hidden ones."""
    if isinstance(value, Hidden):
        return value._inner
    if type(value) in (tuple, list):
        return type(value)(map(_taken, value))
    if isinstance(value, dict):
        return {key: _taken(item) for key, item in value.items()}
    return copied(value)
