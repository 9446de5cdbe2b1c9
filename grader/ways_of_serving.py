"""What stands in the place of wrong functions while another one is judged once more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from grader.assignments import Assignment
from grader.checks.allowance import Allowance
from grader.checks.run import CheckRun
from grader.submissions.mentions import Mentions


@dataclass(frozen=True)
class Way:
    """One way to judge a function with right ones in the place of others.

    Attributes:
        served: the functions that are right ones then.
        inlined: those of them whose work a right one of the judged function does itself.
        own_forms: those of them that keep something in the submission's own form.
    """

    served: frozenset[str]
    inlined: frozenset[str] = frozenset()
    own_forms: frozenset[str] = frozenset()


class Ways:
    """The ways for each function of a submission.

    Attributes:
        wrong: the functions that are not known to be right, given others, as far as they are judged by now.
        unserved: of a function, those that could not be replaced, since they share what only both can read.
    """

    def __init__(
        self,
        assignment: Assignment,
        runs: Sequence[CheckRun],
        missing: Collection[str],
        mentions: Mentions,
        wrong: set[str],
    ) -> None:
        self.assignment, self.mentions, self.wrong = assignment, mentions, wrong
        self.unserved: dict[str, tuple[str, ...]] = {}
        self._in_own_form = _with_own_forms(assignment, runs, missing)

    def of(self, name: str, runs: Sequence[CheckRun], allowances: Sequence[Allowance]) -> list[Way]:
        """The ways to judge a function; `runs` are its checks that failed, with the allowance of each.

        Those with the submission's own form come first: a function may take its cache apart, or look into it.
        """
        ways = []
        for own_forms in dict.fromkeys((self._in_own_form - {name}, frozenset[str]())):
            served = self.to_serve(name, allowances, own_forms)
            inlined = self._inlined(name, served)
            served |= inlined | self._not_asked(name, runs, served)
            way = Way(frozenset(served), frozenset(inlined), own_forms & served)
            if way.own_forms or not own_forms:
                ways.append(way)
        return ways

    def _inlined(self, name: str, served: Collection[str]) -> set[str]:
        """Wrong functions that the solution does not ask, but whose every step a right one takes as well.

        So is a training that has its accuracy from `predict`.
        """
        steps, callees = self.assignment.reached_steps, self.assignment.callees
        found = set()
        for other in self._others(name, served):
            within = steps[other] - {other, other.rpartition(".")[2]}
            if within <= steps[name] and within.difference(*(steps[callee] for callee in callees[other])):
                found.add(other)
        return found

    def _not_asked(self, name: str, runs: Sequence[CheckRun], served: Collection[str]) -> set[str]:
        """Wrong functions that a right one does not ask, where the submission's ends for one: they say nothing.

        What passes then has not needed them.
        """
        if all(run.result.status == "failed" for run in runs):
            return set()
        return self._others(name, served)

    def _others(self, name: str, served: Collection[str]) -> set[str]:
        kept = {entry.name for entry in self.assignment.contract if entry.kept}
        return {
            other
            for other in self.wrong - {name, *served} - kept
            if self._can_be_served(other, name) and self.mentions.is_by_another(other)
        }

    def to_serve(self, name: str, allowances: Sequence[Allowance], own_forms: frozenset[str]) -> set[str]:
        """The wrong functions that have a part in the checks of one, and those that give what only they can read.

        Those with `own_forms` give what the submission's can read as well.
        """
        reached: set[str] = set().union(*(allowance.functions for allowance in allowances))
        makers: dict[str, set[str]] = {}
        for allowance in allowances:
            for taker, makers_of in allowance.makers.items():
                makers.setdefault(taker, set()).update(makers_of)
        served: set[str] = set()
        for helper in reached & self.wrong - {name}:
            with_makers = _closure(helper, makers)
            # What the judged function reads must be the submission's own, and nobody may be asked who asks it.
            if with_makers & _closure(name, makers) - own_forms or any(
                not self._can_be_served(n, name) for n in with_makers
            ):
                if name not in self.assignment.callees[helper]:
                    self.unserved[name] = self.assignment.in_order({helper, *self.unserved.get(name, ())})
                continue
            served |= with_makers
        return served

    def _can_be_served(self, helper: str, name: str) -> bool:
        entry = next(entry for entry in self.assignment.contract if entry.name == helper)
        is_function = entry.kind in ("function", "method") and entry.script is None
        return is_function and name not in self.assignment.callees[helper]


def _with_own_forms(assignment: Assignment, runs: Sequence[CheckRun], missing: Collection[str]) -> frozenset[str]:
    """The functions that keep something for others, and give values: these objects can be the submission's own."""
    found = set()
    for entry in assignment.contract:
        statuses = {run.result.status for run in runs if run.check.function == entry.name}
        gives = "timeout" not in statuses and statuses & {"passed", "failed"}
        if entry.kept and entry.kind == "function" and gives and entry.name not in missing:
            found.add(entry.name)
    return frozenset(found)


def _closure(name: str, makers: Mapping[str, Collection[str]]) -> set[str]:
    """A function, and all who give what it takes and only they can read."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += makers.get(one, ())
    return found
