"""A submission in which some functions are the right ones, answered from this side.

The submission's cell gets numbers, never the code that makes them. What an answer holds besides numbers (a cache) stays
here; the cell has a token in its place, which only right functions make something of.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.allowance import Allowance
from grader.checks.asking import Asking, Defaults, numbers_in
from grader.checks.digest import digest
from grader.checks.generators import global_generators_restored
from grader.checks.implementation import CallFailed, Function, Hidden, Implementation
from grader.checks.loaded import LoadedSubmission
from grader.checks.local import Solution
from grader.checks.memory import Ledger
from grader.checks.noted_calls import NotedCall
from grader.checks.plain import with_only
from grader.checks.plan import Plan
from grader.checks.student import Student
from grader.sandbox import Evaluated, Handle, Points, Question, ServedFunction, Token, Unanswered, Value

FORMS = 64  # of questions that are answered by ones


class ServedStudent(Student):
    """Functions of a submission, with right ones in the place of some.

    Attributes:
        used: the right functions that were asked for something since `begin`.
        refused: those that were asked for more than the solution asks, and gave nothing.
        failed: those that have no answer to what they were asked.
        asked_too_much: whether a question since then was none that the solution would ask.
        was_answered: whether every question since then had an answer.
        could_read_all: whether a submission can read all of these answers: none held an object that stayed here.
        went_beyond: whether a question since then was answered by ones, since the solution does not ask it.
        own_forms: the right functions that give the submission's own objects where they keep something.
    """

    def __init__(
        self,
        contract: Sequence[ContractFunction],
        loaded: LoadedSubmission,
        missing: Mapping[str, str],
        solution: Solution,
        ledger: Ledger | None = None,
    ) -> None:
        super().__init__(contract, loaded, missing, ledger)
        self.used: set[str] = set()
        self.refused: set[str] = set()
        self.failed: set[str] = set()
        self.asked_too_much, self.was_answered, self.went_beyond, self.could_read_all = False, True, False, True
        self._absent = dict(missing)
        self._solution = solution
        self._source: Implementation = solution  # whose functions answer
        self._served: frozenset[str] = frozenset()
        self.own_forms: frozenset[str] = frozenset()
        self._at_once: list[Any] = []  # what the next question has been answered already
        self._in_own_form: dict[int, Hidden] = {}  # by the handle of the submission's object, what is kept here
        self._allowance = Allowance()
        self._inlined: Collection[str] = ()
        self._ones: dict[Any, Any] = {}  # by the form of a question
        self._defaults = Defaults(solution.module)
        self._attributes: tuple[str, ...] = ()
        self._judged = ""
        self._works: list[bool] = []  # of each call of the judged function, whether it did something itself
        self._asking: Asking | None = None  # the call of the submission that is under way
        self._kept: list[Hidden] = []  # by the number of their token
        self._arguments: dict[int, tuple[Sequence[Any], Mapping[str, Any]]] = {}  # that an instance was made with
        self._twins: dict[int, Hidden] = {}

    def serve(
        self,
        functions: Collection[str],
        attributes: Collection[str],
        stateless: Collection[str] = (),
        own_forms: Collection[str] = (),
    ) -> None:
        """Have these functions be right ones from now on, and no others.

        Args:
            attributes: of instances, which methods are told with their arguments.
            stateless: methods that these say nothing to.
            own_forms: functions that are to give the submission's own objects where they keep something.
        """
        self._served, self.own_forms = frozenset(functions), frozenset(own_forms)
        self._attributes = tuple(sorted(attributes))
        self.missing = {name: why for name, why in self._absent.items() if name not in self._served}
        told = {
            name: ServedFunction(
                len(entry.parameters),
                self._attributes if entry.kind == "method" and name not in stateless else (),
                entry.kept if name in self.own_forms else (),
                [entry.parameters.index(parameter) for parameter in entry.updates],
            )
            for name, entry in self.contract.items()
            if name in self._served
        }
        self.loaded.serve(told, self._answered)

    @property
    def serves(self) -> frozenset[str]:
        """The functions that are right ones now."""
        return self._served

    def begin(self, function: str, allowance: Allowance, inlined: Collection[str] = ()) -> None:
        """Judge a function by one check; those `inlined` are functions whose work a right one does itself."""
        self._judged, self._allowance, self._inlined = function, allowance, inlined
        self.used, self.refused, self.failed, self._works = set(), set(), set(), []
        self.asked_too_much, self.was_answered = False, True
        self.went_beyond, self.could_read_all = False, True

    @property
    def did_something(self) -> bool:
        """Whether the judged function did more than to ask another one what it was asked itself."""
        return not self._works or any(self._works)

    def call(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        if function.name in self._served:
            return self._right(function, arguments, named)
        with self._called(function.name, [*arguments, *named.values()]) as asking:
            value = super().call(function, arguments, named)
        if isinstance(value, Hidden) and type(value._inner) is Handle:
            self._arguments[value._inner.id] = arguments, named
        self._note_work(asking, function.name, value)
        return value

    def call_many(
        self, function: Function, argument_lists: Sequence[Sequence[Any]], item: int | None = None
    ) -> list[Any]:
        if function.name in self._served:
            results = [self._right(function, arguments, {}) for arguments in argument_lists]
            return results if item is None else [with_only(item, result) for result in results]
        with self._called(function.name, list(argument_lists), len(argument_lists)) as asking:
            results = super().call_many(function, argument_lists, item)
        self._note_work(asking, function.name, results)
        return results

    @contextmanager
    def ahead(self, plan: Plan, points: Points) -> Iterator[None]:
        yield  # whose question it is must be known, so one function is called after the other

    def evaluations(self, call: NotedCall) -> Evaluated:
        with self._called(call.function.name, [*call.arguments, *call.named.values()]):
            return super().evaluations(call)

    def _note_work(self, asking: Asking, function: str, result: Any) -> None:
        if function == self._judged:
            self._works.append(not asking.exchange.hands_on(result))

    # --- questions ---------------------------------------------------------------------------------------

    @contextmanager
    def _called(self, caller: str, arguments: list[Any], calls: int = 1) -> Iterator[Asking]:
        """A call of the submission, during which it may ask."""
        inlined = self._inlined if caller == self._judged else ()
        asking = self._asking = Asking(caller, arguments, calls, self._allowance, inlined)
        draws_apart = self._solution.draws and not self._shares_random_state  # the check goes on as if it had not
        try:
            with global_generators_restored() if draws_apart else nullcontext():
                yield asking
        finally:
            self._asking = None

    def _answered(self, question: Question) -> tuple[Value, Mapping[str, Value]]:
        if self._at_once:  # the check has asked, and wants the submission's form of what is kept
            return self._ours(self._at_once.pop(), _token), {}
        return self._answer(question)

    def _answer(self, question: Question) -> tuple[Value, Mapping[str, Value]]:
        """What a right function gives in answer to a question of the submission.

        Raises:
            Unanswered: it is no question that the solution would ask.
        """
        answered, self.was_answered = self.was_answered, False
        name, entry = question.function, self.contract[question.function]
        arguments, named = list(question.arguments), question.named
        instance = None
        if entry.kind == "method":
            instance, *arguments = arguments
        parts = [*arguments, *named.values(), *question.state.values()]
        asking = self._asking
        if asking is None or name not in self._served:
            raise self._refused(name, "is not to be asked now")
        if too_much := asking.excess(name, parts):
            raise self._refused(name, f"was given {too_much}, more than there is to work on")
        said = self._defaults.left_out(name, arguments, named)
        is_beyond = asking.is_beyond(name, [*said, *question.state.values()])
        self.went_beyond |= is_beyond
        form = (name, tuple(named), _form(parts))
        changed: Mapping[str, Any] = {}
        if is_beyond and form in self._ones:
            value = self._ones[form]
        else:
            value, changed = self._answer_to(name, instance, arguments, named, question.state)
        if is_beyond:
            value = self._ones[form] = self._nothing_of(name, value, changed)
        self.used.add(name)
        asking.exchange.note(parts, value)
        kept = len(self._kept)
        answer = self._ours(value, _token)
        self.was_answered = answered and not is_beyond
        self.could_read_all &= len(self._kept) == kept
        return answer, changed

    def _answer_to(
        self, name: str, instance: Any, arguments: list[Any], named: Mapping[str, Any], state: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        try:
            twin = None if instance is None else self._twin(name, instance, state)
            target = Function(self._solution, name, twin)
            value = self._solution.called_anew(
                target, [*map(self._theirs, arguments)], {key: self._theirs(value) for key, value in named.items()}
            )
            changed = {} if twin is None else self._changed(twin, state)
            if value is None and twin is None:
                raise Unanswered(f"`{name}` returns nothing: what it changes is not here")
        except (Unanswered, RecursionError, MemoryError):
            raise
        except Exception as error:  # whatever a submission asks, it is no fault of the solution
            self.failed.add(name)
            raise Unanswered(f"a right `{name}` raises {type(error).__name__} here") from None
        return value, changed

    def _refused(self, name: str, why: str) -> Unanswered:
        self.asked_too_much = True
        self.refused.add(name)
        return Unanswered(f"`{name}` {why}")

    def _nothing_of(self, name: str, value: Any, changed: Mapping[str, Any]) -> Any:
        """Ones in the form of an answer: what does with these passes its check without the answer."""
        if changed or len(self._ones) > FORMS:
            raise Unanswered(f"`{name}` is not to be asked so")
        return _ones(name, value)

    def _right(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """What a check gets that calls a right function itself."""
        try:
            twin, instance, state = None, function.instance, {}
            if instance is not None:
                state = {name: self.read(instance, name) for name in self._attributes}
                twin = self._twin(function.name, instance._inner, state)
            result = self._source.call(
                Function(self._source, function.name, twin),
                [*map(self._theirs, arguments)],
                {key: self._theirs(value) for key, value in named.items()},
            )
            if twin is not None and instance is not None:
                for name, value in self._changed(twin, state).items():
                    self.write(instance, name, value)
        except CallFailed:
            raise
        except Exception as error:
            raise CallFailed(
                function.name, f"`{function.name}` cannot be asked: {error}", raised="Unanswered"
            ) from error
        self.used.add(function.name)
        right = self._ours(result, lambda token: Hidden(self, token, "served"))
        if function.name not in self.own_forms:
            return right
        kept = self.kept(function.name)
        own = self._own(function, arguments, named, result)
        if -1 in kept:
            return self._as_own(own, result, right)
        if type(own) is not tuple or type(right) is not tuple or len(own) != len(right):
            return right
        parts = zip(own, result, right, strict=True)
        return tuple([self._as_own(*part) if place in kept else part[-1] for place, part in enumerate(parts)])

    def _own(self, function: Function, arguments: Sequence[Any], named: Mapping[str, Any], right: Any) -> Any:
        """What the submission's function gives where it is served: what a right one gave, but its own objects."""
        self._at_once = [right]
        try:
            with self._called(function.name, [*arguments, *named.values()]):
                return super().call(function, arguments, named)
        except CallFailed:
            return None
        finally:
            self._at_once = []

    def _as_own(self, own: Any, kept: Any, right: Any) -> Any:
        """The submission's object in the place of what is kept here, if there is one."""
        if not (isinstance(own, Hidden) and type(own._inner) is Handle and isinstance(kept, Hidden)):
            return right
        self._in_own_form[own._inner.id] = kept
        return own

    def _twin(self, method: str, instance: Any, state: Mapping[str, Any]) -> Hidden:
        """The solution's object in the state of the submission's."""
        if type(instance) is not Handle or instance.id not in self._arguments:
            raise Unanswered(f"`{method}` is asked of an object that is not known here")
        source = self._source
        if instance.id not in self._twins:
            arguments, named = self._arguments[instance.id]
            self._twins[instance.id] = source.call(Function(source, method.rpartition(".")[0]), arguments, named)
        twin = self._twins[instance.id]
        for name, value in state.items():
            self._demand_fitting(twin, name, value)
            source.write(twin, name, self._theirs(value))
        return twin

    def _demand_fitting(self, twin: Hidden, name: str, value: Any) -> None:
        if numbers_in(value) > numbers_in(self._solution.read(twin, name)):
            raise Unanswered(f"`{name}` holds more numbers than it should")

    def _changed(self, twin: Hidden, before: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes that a method has set."""
        now = {name: self._source.read(twin, name) for name in before}
        return {name: value for name, value in now.items() if digest(value) != digest(before[name])}

    # --- values ------------------------------------------------------------------------------------------

    def _theirs(self, value: Any) -> Any:
        """A value as the solution takes it."""
        if isinstance(value, Hidden):
            value = value._inner
        if type(value) is Token:
            if not 0 <= value.number < len(self._kept):
                raise Unanswered("there is no such object")
            return self._kept[value.number]
        if type(value) is Handle and value.id in self._in_own_form:
            return self._in_own_form[value.id]
        if type(value) is Handle:
            raise Unanswered("an object of the submission's own says nothing to a right function")
        if type(value) in (tuple, list):
            return type(value)(map(self._theirs, value))
        if isinstance(value, dict):
            return {key: self._theirs(item) for key, item in value.items()}
        return value

    def _ours(self, value: Any, wrap: Callable[[Token], Any]) -> Any:
        """A value of the solution as the submission, or a check, gets it."""
        if isinstance(value, Hidden):
            self._kept.append(value)
            return wrap(Token(len(self._kept) - 1))
        if type(value) in (tuple, list):
            return type(value)([self._ours(item, wrap) for item in value])
        if isinstance(value, dict):
            return {key: self._ours(item, wrap) for key, item in value.items()}
        return value


def _token(token: Token) -> Token:
    return token


def _ones(name: str, value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.ones_like(value)
    if isinstance(value, bool | int | float | np.generic):
        return type(value)(1)
    if type(value) in (tuple, list):
        return type(value)([_ones(name, item) for item in value])
    if type(value) is dict:
        return {key: _ones(name, item) for key, item in value.items()}
    raise Unanswered(f"`{name}` is not to be asked so")


def _form(value: Any) -> Any:
    """A value without its numbers."""
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype.str
    if isinstance(value, tuple | list):
        return type(value).__name__, *map(_form, value)
    return tuple((key, _form(item)) for key, item in value.items()) if isinstance(value, dict) else type(value).__name__
