"""The smallest input on which a function still fails: found by trying, small sizes first, small whole numbers in them.

It is told with what the function gives and what it should give, in lines that can be run. The numbers are everyone's,
none of a check's draw is among them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from grader.assignments import Assignment, ContractFunction
from grader.assignments.result_names import subscripts
from grader.checks.implementation import CallFailed, Hidden, Implementation
from grader.checks.local import Variant
from grader.checks.record import recording
from grader.checks.student import Student
from grader.diagnosis.cases.budget import CallCounter
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.chains import Chain, chain_of
from grader.diagnosis.cases.leaves import RAISED, Leaf, Leaves, Path, leaves_of, same
from grader.diagnosis.cases.related import are_related
from grader.diagnosis.cases.shown_values import python, shown
from grader.diagnosis.cases.trace import Origin
from grader.diagnosis.shown.by_hand import worked_out
from grader.diagnosis.shown.small_values import count, nudged, small
from grader.report import Experiment

CALLS = 2  # of the failed checks, that are made small
TRIALS = 24  # for each of them
CALLS_IN_TRIALS = 5_000  # of functions, that the solution makes in all trials of one
MOST_NUMBERS = 40  # in all arguments
LONGEST = 240  # characters of a line
DRAWN = frozenset({"random", "rng", "default_rng", "seed", "RandomState", "shuffle", "permutation"})
PLAIN = 0.01  # how far a result must be off to be shown
STEADY = 1e-3  # how far a result may move when its arguments move by a millionth


def smallest_failure(
    case: Case,
    assignment: Assignment,
    student: Implementation,
    failing: Collection[str] = (),
    known: ModuleType | None = None,
    accepted: Sequence[ModuleType] = (),
) -> Experiment | None:
    """The smallest input that was found on which a function fails as it did in the case; None if none was.

    Args:
        case: what it gave in its failed checks, beside what is right in the submission's conventions.
        failing: other functions that are wrong, to none of which it may owe its input.
        known: the solution with the mistakes that were found in the function: what they give must be what it gives.
        accepted: the solution in other conventions, of which the submission may follow one: what they ask for must be
            the same.
    """
    contract = {entry.name: entry for entry in assignment.contract}
    planted = Variant(assignment.contract, known) if known else None
    others = tuple(Variant(assignment.contract, module) for module in accepted)
    chains = ((chain, paths) for chain, paths in _failing(case, contract) if chain.functions.isdisjoint(failing))
    sound = ((chain, paths) for chain, paths in chains if not any(_draws(name, assignment) for name in chain.functions))
    for chain, paths in islice(sound, CALLS):
        if found := _Search(chain, paths, case, assignment, student, planted, others).first():
            return found
    return None


def _draws(function: str, assignment: Assignment) -> bool:
    """Whether the solution's function draws random numbers: a right one may draw others."""
    steps = (getattr(assignment.solution, step, None) for step in assignment.reached_steps.get(function, ()))
    codes = [step.__code__ for step in steps if isinstance(step, FunctionType)]
    return any(DRAWN & {*code.co_names, *code.co_varnames} for code in codes)


def _failing(case: Case, contract: Mapping[str, ContractFunction]) -> Iterator[tuple[Chain, frozenset[Path]]]:
    """The calls of plain functions that gave wrong numbers, and where; those with the fewest numbers first."""
    wrong: dict[tuple[int, int, int], set[Path]] = {}
    for i, cell in enumerate(case.cells):
        call = case.call(cell)
        is_value = isinstance(case.found[i], np.ndarray) and isinstance(case.right[i], np.ndarray)
        if case.wrong >> i & 1 and is_value and cell.path != RAISED and call.kind in ("call", "many"):
            number = int(cell.path[0]) if call.kind == "many" else 0
            path = cell.path[1:] if call.kind == "many" else cell.path
            wrong.setdefault((cell.trace, cell.call, number), set()).add(path)
    by_size = sorted(wrong, key=lambda at: count(case.traces[at[0]].calls[at[1]].arguments[at[2]]))
    largest = _chain(case, by_size[-1], contract) if by_size else None
    if largest is None or are_related(largest.given):  # in the largest it shows best
        return
    for at in by_size[:CALLS]:
        if (chain := _chain(case, at, contract)) is not None:
            yield chain, frozenset(wrong[at])


def _chain(case: Case, at: tuple[int, int, int], contract: Mapping[str, ContractFunction]) -> Chain | None:
    return chain_of(case.traces[at[0]], at[1], at[2], contract, case.base)


class _Search:
    def __init__(
        self,
        chain: Chain,
        paths: frozenset[Path],
        case: Case,
        assignment: Assignment,
        student: Implementation,
        known: Variant | None,
        others: Sequence[Variant],
    ) -> None:
        self._chain, self._paths, self._kept = chain, paths, case.kept
        self._function = case.function
        self._assignment, self._student, self._known = assignment, student, known
        self._others = others
        self._right = Variant(assignment.contract, case.base)

    def first(self) -> Experiment | None:
        trials = TRIALS
        for trial, given in enumerate(small(self._chain.given)):
            if trial == 0:
                trials = min(TRIALS, CALLS_IN_TRIALS // (self._price(given) * (1 + len(self._others))))
            if trial >= trials or count(given) > MOST_NUMBERS:
                return None
            right = self._leaves(self._right, given)
            found = self._leaves(self._student, given) if right else None
            path = self._wrong(found, right) if right and found else None
            if right and found and path is not None and self._can_be_told(given, found, right):
                return self._told(given, path, found, right)
        return None

    def _price(self, given: Any) -> int:
        """What a trial costs, in function calls of the solution."""
        with CallCounter() as counter:
            self._leaves(self._right, given)
        return counter.calls + 1

    def _can_be_told(self, given: Any, found: Leaves, right: Leaves) -> bool:
        return (
            all(self._agrees(other, given, right) for other in self._others)
            and self._is_steady(self._right, given, right)
            and self._is_steady(self._student, given, found)
            and self._is_known(given, found)
        )

    def _leaves(self, implementation: Implementation, given: Any) -> Leaves | None:
        """What the call gives; None if it raises, or gives what is no finite number."""
        with recording(), np.errstate(all="ignore"):
            try:
                leaves = leaves_of(self._chain.run(implementation, given), self._kept)
            except (CallFailed, LookupError, TypeError, ValueError):
                return None
        numbers = [leaf for leaf in leaves.values() if isinstance(leaf, np.ndarray)]
        return leaves if all(np.isfinite(leaf).all() for leaf in numbers) else None

    def _agrees(self, other: Variant, given: Any, right: Leaves) -> bool:
        """Whether another convention that is accepted asks for the same here."""
        leaves = self._leaves(other, given)
        return leaves is not None and all(path in leaves and same(leaves[path], right[path]) for path in right)

    def _is_steady(self, implementation: Implementation, given: Any, leaves: Leaves) -> bool:
        """Whether it gives nearly the same of nearly the same: no corner of a function, and nothing random."""
        moved = self._leaves(implementation, nudged(given))
        return moved is not None and all(
            isinstance(leaf, np.ndarray)
            and isinstance(other := moved.get(path), np.ndarray)
            and leaf.shape == other.shape
            and np.allclose(leaf, other, rtol=STEADY, atol=STEADY)
            for path, leaf in leaves.items()
            if path in self._paths
        )

    def _wrong(self, found: Leaves, right: Leaves) -> Path | None:
        """The first part that is wrong here and was wrong in the checks, and can be shown."""
        for path in right:
            if path in self._paths and path in found and not same(found[path], right[path]):
                texts = shown(found[path]), shown(right[path])
                if all(texts) and texts[0] != texts[1] and _is_plain(found[path], right[path]):
                    return path
        return None

    def _is_known(self, given: Any, found: Leaves) -> bool:
        """Whether the mistakes that are told of the function give these very numbers."""
        if self._known is None:
            return True
        known = self._leaves(self._known, given)
        return known is not None and all(path in known and same(found[path], known[path]) for path in self._paths)

    def _told(self, given: Any, path: Path, found: Leaves, right: Leaves) -> Experiment | None:
        lines = self._lines(given, path)
        if any(len(line) > LONGEST for line in lines):
            return None
        return Experiment(
            lines=lines,
            found=shown(found[path]),
            expected=shown(right[path]),
            by_hand=self._by_hand(given, path, found, right),
        )

    def _lines(self, given: Any, path: Path) -> tuple[str, ...]:
        """The call, after what its arguments are; what it shares with the calls before is written once."""
        contract = {entry.name: entry for entry in self._assignment.contract}
        variables: dict[str, str] = {}
        lines: list[str] = []
        made: dict[int, str] = {}
        for (position, function), (plain, named) in zip(self._chain.calls, given, strict=True):
            parameters = contract[function].parameters
            written = []
            for number, value in enumerate(plain[: self._taken(function)]):
                name = parameters[number] if number < len(parameters) else f"argument{number + 1}"
                written.append(_written(name, value, variables, lines, made))
            written += [f"{name}={_written(name, value, variables, lines, made)}" for name, value in named.items()]
            made[position] = f"{function}({', '.join(written)})"
        return (*lines, made[self._chain.calls[-1][0]] + subscripts(path))

    def _taken(self, function: str) -> int | None:
        """How many arguments the submission's function takes, where it may take fewer than it is given."""
        loaded = self._student.loaded if isinstance(self._student, Student) else None
        return loaded.taken.get(function) if loaded is not None else None

    def _by_hand(self, given: Any, path: Path, found: Leaves, right: Leaves) -> str:
        value, other = right[path], found[path]
        hook = next((hook for hook in self._assignment.by_hand if hook.function == self._function), None)
        if hook is None or not isinstance(value, np.ndarray) or not isinstance(other, np.ndarray):
            return ""
        if value.size != other.size:
            return ""
        differs = ~np.isclose(value, other.reshape(value.shape), rtol=1e-5, atol=1e-9)
        index = tuple(int(place) for place in np.argwhere(differs)[0]) if differs.any() else ()
        try:
            plain, named = self._chain.last_arguments(self._right, given)
            plain = [value._inner if isinstance(value, Hidden) else value for value in plain]  # the solution's own
            term = hook.run((*plain, *named.values()), path, index)
        except Exception:  # it knows the operation's own form of the arguments; a contract may have another
            return ""
        place = f"at {list(index)}: " if index and value.size > 1 else ""
        worked = worked_out(term, float(value[index]))
        return f"{place}{worked}" if worked else ""


def _is_plain(found: Leaf, right: Leaf) -> bool:
    """Whether two arrays differ so much that it catches the eye."""
    if not isinstance(found, np.ndarray) or not isinstance(right, np.ndarray):
        return False
    return found.shape != right.shape or float(np.max(np.abs(found - right))) >= PLAIN


def _written(name: str, value: Any, variables: dict[str, str], lines: list[str], made: Mapping[int, str]) -> str:
    """An argument as the call has it: numbers and words as they are, what is longer under its parameter's name."""
    if isinstance(value, Origin):
        text = made[value.call] + subscripts(value.path)
    elif not isinstance(value, np.ndarray | Mapping | list | tuple):
        return python(value)
    else:
        text = python(value)
    if variables.get(name, text) != text:
        name = f"{name}_{len(variables)}"
    if name not in variables:
        variables[name] = text
        lines.append(f"{name} = {text}")
    return name
