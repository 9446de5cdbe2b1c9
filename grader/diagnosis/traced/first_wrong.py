"""The first wrong value of a function, where nothing shows what the mistake is.

The submission's function was watched: the value of each of its expressions is known, in calls of several draws. One
after the other is put, outside the cell, into the solution in the place of what one of its steps gives. Where the
solution then gives exactly what the submission gave, wrong numbers and all, the value plays that step's part, and the
lines below do with it what they should. The earliest such value is where the submission goes wrong: in that line, or
in what it reads. No value of the solution's goes into the cell.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from grader.diagnosis.cases.case import MISSING, Case
from grader.diagnosis.cases.leaves import Path, is_distinctive, leaves_of, same
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.numbers.draws import Draw, Fit
from grader.diagnosis.numbers.fits import fit_part
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.failed_calls import Probe
from grader.diagnosis.repair.nodes import name_called
from grader.diagnosis.traced.roles import Candidate, Role, WatchedCall, numbers_of, way_in_words, ways
from grader.diagnosis.traced.steps import Place, Steps
from grader.diagnosis.traced.surroundings import Surroundings
from grader.diagnosis.written.slices import is_plain

LEAST_CALLS = 2  # in which a value must play its part
TRIALS = 240
CALLS_IN_TRIALS = 60_000  # of functions, that the solution makes in all of them
CANDIDATES = 120
PASSES_APART = 4  # of a step that is run several times, of which a single value may be one
ENTRIES = 2


@dataclass(frozen=True)
class FirstWrong:
    """A value from which on a submission is right, and which is not right itself.

    Attributes:
        line: where it is, as the function's text counts.
        paths: the parts of the result that it explains.
        reads: what it is computed from, as far as that was seen to be right; `are_all_right` if that is all of it.
        way: how the submission writes what it plays the part of, in words; nothing if as it is usual.
        is_right_elsewhere: whether it is a right value of something else, used in the place of this.
        is_result: whether nothing is computed from it any more.
        needed: what belongs there, in the words of the solution's step.
        fit: how it differs from what is right, if that is simple.
    """

    function: str
    line: int
    name: str
    paths: tuple[Path, ...]
    reads: tuple[str, ...]
    are_all_right: bool
    is_right_elsewhere: bool
    is_result: bool
    needed: str
    way: str
    fit: Fit | None

    @property
    def says_more_than_its_parts(self) -> bool:
        """Whether more is known than which part of the result is wrong, and which line gives it."""
        return self.fit is not None or self.are_all_right or not self.is_result


def first_wrong_values(
    case: Case, bench: Bench, steps: Steps, symbols: Callable[[int, int], Mapping[str, float]]
) -> tuple[FirstWrong, ...]:
    """The earliest value that explains all that is wrong, or those that explain some parts; none if none does.

    Args:
        case: what the function gave, in several draws.
        steps: of the solution that the case is compared with.
        symbols: numbers in play in a call, by trace and position.
    """
    search = Search(case, bench, steps, symbols)
    if len(search.calls) < LEAST_CALLS:
        return ()
    found: dict[tuple[str, int, str], FirstWrong] = {}
    for one in search.found():  # a line in a loop explains a part in each pass
        place = one.function, one.line, one.name
        before = found.get(place)
        found[place] = replace(before, paths=(*before.paths, *one.paths), fit=None) if before else one
    return tuple(found.values())


class Search:
    """Looks for it in the watched calls of one case."""

    def __init__(
        self, case: Case, bench: Bench, steps: Steps, symbols: Callable[[int, int], Mapping[str, float]]
    ) -> None:
        self.case, self.bench, self.steps, self.symbols = case, bench, steps, symbols
        self._left = 0
        self._changing: dict[tuple[Place, int, int], bool] = {}

    @cached_property
    def calls(self) -> Sequence[WatchedCall]:
        found = (self._call(probe, run) for probe, run in self.bench.seen_in_all if probe.cells)
        return [call for call in found if call is not None]

    def _call(self, probe: Probe, run: Run) -> WatchedCall | None:
        case = self.case
        if not probe.cells:  # of what is drawn at random
            return None
        trace = case.cells[probe.cells[0]].trace
        position = next(i for i, one in enumerate(case.traces[trace].calls) if one is probe.call)
        cells = tuple(i for i in probe.cells if case.cells[i].call == position and case.right[i] is not MISSING)
        is_plain = probe.item is None and probe.call.kind == "call" and probe.call.found.raised is None
        if not is_plain or not any(case.wrong >> i & 1 for i in cells) or len(cells) < len(probe.cells):
            return None
        given, inputs = self.steps.given(case.traces[trace], position, case.kept)
        arguments = [leaf for one in probe.arguments for leaf in leaves_of(one).values()]
        arrays = tuple(one for one in arguments if isinstance(one, np.ndarray))
        samples = self.symbols(trace, position).get("n", 1.0)
        return WatchedCall(trace, position, run, cells, samples, (*arrays, *inputs), given)

    @cached_property
    def around(self) -> Surroundings:
        return Surroundings(self.case, self.calls)

    # --- what may be the first wrong value -----------------------------------------------------------------

    @cached_property
    def candidates(self) -> Sequence[Candidate]:
        """Expressions and targets that were finite numbers in every watched call, in the order in which they came."""
        watch = self.calls[0].run.watch
        found = []
        for number, name in watch.owners.items():
            node, statement = watch.nodes.get(number), watch.homes.get(number)
            if number in watch.targets:
                statement, node = watch.targets[number]
            if node is None or statement is None or isinstance(statement, ast.Assert):
                continue
            values = tuple(numbers_of(call.run, number) for call in self.calls)
            if _is_read(node) and all(value.size == 1 for one in values for value in one):
                continue  # a setting as it was given, which many numbers do for
            if all(values) and all(any(map(is_distinctive, one)) for one in values):
                time = self.calls[0].run.seen[number].time
                found.append(Candidate(number, name, node, statement, time, values))
        return sorted(found, key=lambda one: one.time)[:CANDIDATES]

    def found(self) -> Iterator[FirstWrong]:
        price = self.steps.price(self.case.traces[self.calls[0].trace], self.calls[0].position)
        self._left = min(TRIALS, CALLS_IN_TRIALS // max(price, 1))
        parts: dict[Path, tuple[Candidate, tuple[Role, ...], frozenset[Path]]] = {}
        tried: set[bytes] = set()
        candidates = self.candidates
        for candidate in candidates:
            if candidate.key in tried or self.around.is_right(candidate.values) or self.is_named_alone(candidate):
                continue
            tried.add(candidate.key)
            by_effect = self._effects(candidate)
            for explained, roles in by_effect.items():
                if explained == self._wrong_paths:
                    yield self._told(candidate, roles, explained)
                    return
                for path in explained:
                    parts.setdefault(path, (candidate, tuple(roles), explained))
        results: dict[Candidate, list[Path]] = {}
        for path in sorted(self._wrong_paths - parts.keys() - self._unseen, key=str):
            if made := [one for one in candidates if self._is_found(one, path)]:
                # The same numbers may be right of another part: what is wrong is that they are taken for this one.
                is_right = self._is_right_part(made[0]) or self._is_given(made[0])
                results.setdefault(made[-1 if is_right else 0], []).append(path)
        entries = [*dict.fromkeys(parts.values()), *((one, (), frozenset(paths)) for one, paths in results.items())]
        for entry in sorted(entries, key=lambda entry: entry[0].time)[:ENTRIES]:
            yield self._told(*entry)

    def _effects(self, candidate: Candidate) -> dict[frozenset[Path], list[Role]]:
        """What a value explains, with the roles in which it does."""
        found: dict[frozenset[Path], list[Role]] = {}
        for role in self._roles(candidate):
            if self._left > 0 and self._may_be_wrong(role):
                self._left -= 1
                if explained := self._explained(candidate, role):
                    found.setdefault(explained, []).append(role)
        return found

    def _may_be_wrong(self, role: Role) -> bool:
        """Whether another value in a role changes something that is wrong, and nothing that is right."""
        key = role.place, role.offset, role.count
        if key not in self._changing:
            call = self.calls[0]
            other = [1.3 * value + 0.1 * float(np.mean(np.abs(value))) for value in role.right(call.given[role.place])]
            trace = self.case.traces[call.trace]
            leaves = self.steps.leaves_with(trace, call.position, self.case.kept, role.place, role.offset, other)
            changed = 0
            for i in call.cells:
                if not self.case.agree(i, leaves.get(self.case.cells[i].path, MISSING), self.case.right[i]):
                    changed |= 1 << i
            self._left -= 1
            self._changing[key] = bool(changed) and not changed & ~self.case.wrong
        return self._changing[key]

    def _is_found(self, candidate: Candidate, path: Path) -> bool:
        """Whether a value is what the submission gave as a part of its result, wherever that was wrong."""
        count = 0
        for call, values in zip(self.calls, candidate.values, strict=True):
            for i in call.cells:
                if self.case.cells[i].path == path and self.case.wrong >> i & 1:
                    count += 1
                    found = self.case.found[i]
                    if not isinstance(found, np.ndarray) or not any(same(value, found) for value in values):
                        return False
        return count >= LEAST_CALLS

    def _is_right_part(self, candidate: Candidate) -> bool:
        """Whether a value is a part of the result that is right."""
        return all(
            any(
                isinstance(found := self.case.found[i], np.ndarray) and same(value, found)
                for i in call.cells
                if not self.case.wrong >> i & 1
            )
            for call, values in zip(self.calls, candidate.values, strict=True)
            for value in values[:1]
        )

    def _is_given(self, candidate: Candidate) -> bool:
        """Whether a value is an argument as it was given."""
        return all(
            any(same(value, given) for given in call.arguments)
            for call, values in zip(self.calls, candidate.values, strict=True)
            for value in values[:1]
        )

    def is_named_alone(self, candidate: Candidate) -> bool:
        """Whether a line does no more than give an argument another name: what is wrong comes where that is used."""
        is_target = candidate.number in self.calls[0].run.watch.targets
        return is_target and is_plain(candidate.statement) and self._is_given(candidate)

    def _roles(self, candidate: Candidate) -> Iterator[Role]:
        """Each step, every time that it is run, or a single time where the expression was run once or it was."""
        (own, *_) = candidate.values
        for place, right in self.calls[0].given.items():
            if len(own) == len(right):
                roles = [Role(place, 0, 0, len(own))]
            elif len(own) == 1:
                roles = [Role(place, offset, 0, 1) for offset in range(min(len(right), PASSES_APART))]
            elif len(right) == 1:
                roles = [Role(place, 0, 0, 1)]
            else:
                continue
            for role in roles:
                yield from ways(role, own, right, self.calls[0].samples)

    @cached_property
    def _wrong_paths(self) -> frozenset[Path]:
        cells = [i for call in self.calls for i in call.cells if self.case.wrong >> i & 1]
        return frozenset(self.case.cells[i].path for i in cells)

    @cached_property
    def _unseen(self) -> frozenset[Path]:
        """Parts that are wrong in a check of which no call was watched: there they may be so for another reason."""
        case = self.case
        seen = {case.traces[call.trace].run.check.id for call in self.calls}
        wrong = [cell for i, cell in enumerate(case.cells) if case.wrong >> i & 1]
        return frozenset(cell.path for cell in wrong if case.traces[cell.trace].run.check.id not in seen)

    def _explained(self, candidate: Candidate, role: Role) -> frozenset[Path]:
        """The parts of the result that are as the submission gave them, wrong in the same way, in every call."""
        counts: dict[Path, int] = {}
        lost: set[Path] = set()
        for call, values in zip(self.calls, candidate.values, strict=True):
            right = call.given.get(role.place, ())
            in_call = role
            if role.count > 1 or (len(values) == len(right) and not role.offset):
                in_call = replace(role, count=len(values))  # a loop over layers, of which there may be more or fewer
            own = in_call.own(values, call.samples)
            meant = in_call.right(right)
            if [value.shape for value in own] != [value.shape for value in meant] or _are_rearranged(own, meant):
                return frozenset()
            trace = self.case.traces[call.trace]
            leaves = self.steps.leaves_with(trace, call.position, self.case.kept, role.place, role.offset, own)
            for i in call.cells:
                path = self.case.cells[i].path
                if self.case.agree(i, leaves.get(path, MISSING), self.case.found[i]):
                    counts[path] = counts.get(path, 0) + (self.case.wrong >> i & 1)
                elif self.case.wrong >> i & 1:
                    lost.add(path)
                else:
                    return frozenset()
            if not counts.keys() - lost:
                return frozenset()
        lost |= self._unseen
        if not lost:
            return frozenset(path for path, count in counts.items() if count)
        return frozenset(path for path, count in counts.items() if count >= LEAST_CALLS and path not in lost)

    # --- what is told of it ----------------------------------------------------------------------------------

    def _told(self, candidate: Candidate, roles: Sequence[Role], explained: frozenset[Path]) -> FirstWrong:
        is_right_elsewhere = False
        for one in self.around.right_ones_read(candidate, self.candidates):
            other = self._effects(one).get(explained)
            if other:  # what it reads is right of something else, and not what is needed here
                candidate, roles, is_right_elsewhere = one, other, True
                break
        function, line, name = self.around.named(candidate, [*roles][:1], is_right_elsewhere)
        reads, are_all_right = self.around.reads(candidate)
        role = roles[-1] if roles else None  # the outermost step of those that give the same
        is_clear = role is not None and all(self._are_one(role, other) for other in roles)
        return FirstWrong(
            function=function,
            line=line,
            name=name,
            paths=tuple(sorted(explained, key=str)),
            reads=reads,
            are_all_right=are_all_right and not is_right_elsewhere and not self.around.is_left_alone(candidate),
            is_right_elsewhere=is_right_elsewhere,
            is_result=role is None or self.around.is_result(role.place),
            needed=self.steps.words(role.place) if role is not None and is_clear else "",
            way=self._way(role) if role is not None else "",
            fit=fit_part(self._draws(candidate, role))
            if role is not None and role.is_plain and is_clear and not is_right_elsewhere
            else None,
        )

    def _way(self, role: Role) -> str:
        """How the submission writes it, of whom the other layout of a step within the solution says nothing."""
        return way_in_words(replace(role, is_turned=role.is_turned and role.place[0] not in self.steps.turned))

    def _draws(self, candidate: Candidate, role: Role) -> list[Draw]:
        return [
            Draw(value, right, {}, self.symbols(call.trace, call.position))
            for call, values in zip(self.calls, candidate.values, strict=True)
            for value, right in zip(role.own(values, call.samples), role.right(call.given[role.place]), strict=False)
        ]

    def _are_one(self, role: Role, other: Role) -> bool:
        """Whether what belongs there is the same, whichever of two steps it is."""
        return all(
            len(a := role.right(call.given.get(role.place, ())))
            == len(b := other.right(call.given.get(other.place, ())))
            and all(same(one, two) for one, two in zip(a, b, strict=True))
            for call in self.calls
        )


def _is_read(node: ast.expr) -> bool:
    """Whether an expression computes nothing: a name, an entry, `config.get(key, default)`."""
    is_get = isinstance(node, ast.Call) and name_called(node.func) == "get"
    return is_get or isinstance(node, ast.Name | ast.Attribute | ast.Subscript)


def _are_rearranged(own: Sequence[np.ndarray], right: Sequence[np.ndarray]) -> bool:
    """Whether these are the right numbers in another order: any later line may put them in order, or fail to."""
    return all(same(np.sort(a, axis=None), np.sort(b, axis=None)) for a, b in zip(own, right, strict=True))
