"""What is known of a submission's other functions while one of them is looked at.

Its wrong values may be theirs: of functions that it calls, or that made what its checks hand to it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from grader.diagnosis.cases.leaves import Leaf, Path, same
from grader.diagnosis.cases.trace import Rerun, Trace
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.planted.confirm import Confirmation
from grader.diagnosis.planted.follow import FollowOns
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.planted.planting import Mistakes
from grader.diagnosis.repair import Repair


class OtherFunctions:
    """The functions that had their turn.

    Attributes:
        found: the known mistakes of each.
        repairs: of functions, with which all their checks pass.
        follow_ons: the functions that fail only for others, and for which.
    """

    def __init__(self, confirmation: Confirmation, follow_ons: FollowOns, general: GeneralMeans | None) -> None:
        self.confirmation, self.general = confirmation, general
        self.assignment = confirmation.assignment
        self.found: dict[str, Mistakes] = {}
        self.repairs: dict[str, Repair] = {}
        self.follow_ons = dict(follow_ons.causes)
        self._held: frozenset[str] = frozenset()
        self._called = follow_ons.called

    def context(self) -> Mistakes:
        """The mistakes found in the functions before."""
        return tuple(mistake for mistakes in self.found.values() for mistake in mistakes)

    @contextmanager
    def righted(self, names: Collection[str]) -> Iterator[None]:
        """Within a `with` block nothing is wrong with some functions, which are held as they were repaired."""
        found, self.found = self.found, {name: own for name, own in self.found.items() if name not in names}
        try:
            yield
        finally:
            self.found = found | self.found

    @contextmanager
    def holding(self, repairs: Sequence[Repair]) -> Iterator[None]:
        """Within a `with` block functions are held as they were repaired: what they give is right."""
        usual, self._held = self._held, frozenset(self.named(repairs))
        try:
            yield
        finally:
            self._held = usual

    def causes(self, is_explained_by: Callable[[Mistakes], bool]) -> tuple[str, ...]:
        """The functions whose mistakes are needed for an explanation."""
        needed = [name for name, mistakes in self.found.items() if mistakes]
        for name in list(needed):
            without = tuple(m for other in needed if other != name for m in self.found[other])
            if is_explained_by(without):
                needed.remove(name)
        return tuple(needed)

    def repairs_below(self, function: str) -> list[Repair]:
        """The repairs of functions that a function calls."""
        return [self.repairs[name] for name in self.repairs if name in self.assignment.callees[function]]

    def repairs_of_makers(self, known: KnownMistakes) -> list[Repair]:
        """The repairs of functions that made what a function's checks hand to it, and that it does not call."""
        reached = self.general.text.reached(known.function) if self.general is not None else frozenset()
        own = {known.function, *reached, *self.assignment.callees[known.function]}
        repairs = [self.repairs[name] for name in known.failing_callees() if name in self.repairs and name not in own]
        return [one for one in repairs if not any(edit.function in own for edit in one.edits)]

    def named(self, repairs: Sequence[Repair]) -> tuple[str, ...]:
        """The functions that repairs make right."""
        return tuple(name for name, repair in self.repairs.items() if repair in repairs)

    def turned(self, known: KnownMistakes, kinds: Collection[str]) -> list[str]:
        """The functions that a function is judged with as changes of such kinds make them."""
        met = {*self.assignment.callees[known.function], *known.failing_callees()} - {known.function}
        return [
            name
            for name, repair in self.repairs.items()
            if name in met and all(edit.kind.partition(":")[0] in kinds for edit in repair.edits)
        ]

    def failing_below(self, function: str) -> set[str]:
        """The functions that this one calls and that fail checks."""
        failing = {run.check.function for run in self.confirmation.runs if not run.passed}
        below = failing & set(self.assignment.callees[function]) - {function}
        reached = self.general.text.reached(function) if self.general is not None else frozenset()
        return below & reached if reached else below

    def named_below(self, known: KnownMistakes) -> tuple[str, ...]:
        """The functions that this one, or its checks, are built on, however deep, whose mistakes are known by name."""
        failing = self.failing_below(known.function) | set(known.failing_callees())
        causes = {cause for name in failing for cause in self.follow_ons.get(name, ())}
        return tuple(
            name for name in self.assignment.function_names if name in failing | causes and self.found.get(name)
        )

    def of_what_it_meets(self, known: KnownMistakes, context: Mistakes) -> Mistakes:
        """The mistakes of functions that this one calls or is fed by: a step may be shared with others as well."""
        called = self.assignment.callees[known.function]
        if self.general is not None and (reached := self.general.text.reached(known.function)):
            called = frozenset(called & reached)  # a submission may have written it out instead
        met = {*called, *known.failing_callees()}
        met |= {cause for name in met for cause in self.follow_ons.get(name, ())}
        elsewhere = {mistake for name, mistakes in self.found.items() if name not in met for mistake in mistakes}
        return tuple(mistake for mistake in context if mistake not in elsewhere)

    def obscure(self, known: KnownMistakes) -> bool:
        """Whether what a function gives, or is given, is wrong for others in ways that leave nothing to be said."""
        return self.is_wrong_below(known.function) or self.is_fed_by_what_is_wrong(known)

    def is_wrong_below(self, function: str) -> bool:
        """Whether a function that this one is built on is wrong in an unknown way: nothing can be proved then."""
        known = {name for name in self.found if self.found[name]} | set(self.repairs) | set(self.follow_ons)
        return bool(self.failing_below(function) - known)

    def has_unknown_callees(self, name: str) -> bool:
        """Whether a function of the contract that another one calls is wrong for reasons that were not found."""
        lost = {run.check.function for run in self.confirmation.runs if not run.passed and run.check.points}
        failing = (lost & self.confirmation.wrong) - self._held
        callees = self.assignment.callees[name] | self._called.get(name, frozenset())
        return any(not self.found.get(callee) for callee in callees & failing)

    def failing_callees(self, known: KnownMistakes) -> tuple[str, ...]:
        """Other functions, none missing and none that is held as it was repaired, that a function's checks call."""
        return tuple(name for name in known.failing_callees() if name not in self._held)

    def is_fed_by_what_is_wrong(self, known: KnownMistakes) -> bool:
        """Whether what the checks hand to it (a cache) comes from a function with a mistake of its own.

        How the solution would go on from there is one way of many, which agree only where that function is right.
        """
        makers = set(known.failing_callees()) - set(self.assignment.callees[known.function])
        wrong = {name: mistakes for name in makers if (mistakes := self.found.get(name))}
        traces = known.case(()).traces
        return bool(wrong) and not (
            self._do_nothing_in(wrong, traces) or self._hand_on_what_is_right(known.function, wrong, traces)
        )

    def _do_nothing_in(self, wrong: Mapping[str, Mistakes], traces: Sequence[Trace]) -> bool:
        """Whether functions give in some calls all that right ones give, their caches too, in spite of mistakes."""
        planting = self.confirmation.planting
        for trace in traces:
            right = Rerun(trace, planting.module(()))
            found = Rerun(trace, planting.module(tuple(m for mistakes in wrong.values() for m in mistakes)))
            for position, call in enumerate(trace.calls):
                if call.function not in wrong:
                    continue
                a, b = found.leaves(position, ()), right.leaves(position, ())
                if a.keys() != b.keys() or not all(same(a[path], b[path]) for path in a):
                    return False
        return True

    def _hand_on_what_is_right(self, function: str, wrong: Mapping[str, Mistakes], traces: Sequence[Trace]) -> bool:
        """Whether what functions hand to another one is made of their arguments alone, and with mistakes no other."""
        assert self.general is not None
        module = self.confirmation.planting.module
        for trace in traces:
            right = Rerun(trace, module(()))
            found = Rerun(trace, module(tuple(m for mistakes in wrong.values() for m in mistakes)))
            for origin in (one for call in trace.calls if call.function == function for one in call.origins):
                maker = trace.calls[origin.call].function
                if maker not in wrong:
                    continue
                a, b = (_below(rerun.leaves(origin.call, ()), origin.path) for rerun in (right, found))
                is_same = bool(a) and a.keys() == b.keys() and all(same(a[path], b[path]) for path in a)
                if not is_same or not self.general.text.hands_on_arguments(maker, origin.path):
                    return False
        return True


def _below(leaves: Mapping[Path, Leaf], path: Path) -> dict[Path, Leaf]:
    """The leaves at a path and further down."""
    return {one: leaf for one, leaf in leaves.items() if one[: len(path)] == path}
