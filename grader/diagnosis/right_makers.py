"""Functions that fail for others alone: with the text of these repaired, they pass."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext

from grader.checks.run import CheckRun
from grader.checks.student import Student
from grader.diagnosis.cases.budget import Budget
from grader.diagnosis.general import GeneralMeans
from grader.diagnosis.locating import Locating
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.planted.confirm import Confirmation, can_be_run_once_more
from grader.diagnosis.planted.known import KnownMistakes
from grader.diagnosis.repair import Repair
from grader.diagnosis.repair.repair import is_whole
from grader.diagnosis.shown.demonstrations import Examined
from grader.submissions.mentions import mentions_in
from grader.submissions.plain_text import plain_text


class RightMakers:
    """Tries the repairs of one submission's functions on those that are built on them.

    Attributes:
        wrong: functions that are wrong by themselves.
    """

    def __init__(
        self,
        confirmation: Confirmation,
        others: OtherFunctions,
        general: GeneralMeans | None,
        wrong: Mapping[str, Examined],
        locating: Locating | None,
    ) -> None:
        self._confirmation, self._others, self._general, self.wrong = confirmation, others, general, wrong
        self._locating = locating
        self._assignment = confirmation.assignment
        self._tried: set[str] = set()

    def repaired_below(self, function: str, runs: Sequence[CheckRun]) -> tuple[str, ...]:
        """The functions whose repairs make this one pass as well: it is wrong only because they are."""
        if self._general is None:
            return ()
        own = self._general.text.reached(function) - {function}
        of_others = self.of_other_classes(function)
        # A right one does not ask these: what their mistakes do here, no solution can show.
        self.repair([*sorted(own - self._assignment.callees[function]), *of_others])
        reached, repairs = self._assignment.callees[function] | own, self._others.repairs
        below = [name for name in repairs if name in reached]
        below += [name for name, methods in of_others.items() if name in repairs and _changes(repairs[name], methods)]
        if not below or not self._general.changes.pass_with([repairs[name] for name in below], runs):
            return ()
        return tuple(below)

    def of_other_classes(self, function: str) -> dict[str, set[str]]:
        """The wrong methods of other classes that one calls some of, with those: what these hold is their class's.

        A method that is not asked for may be what makes the one wrong that is.
        """
        if self._general is None:
            return {}
        owner, source = function.rpartition(".")[0], self._general.text.source
        called = {name for name, _, _ in source.methods_of_others(function)} if owner else set()
        found = {}
        for name in self.wrong:
            other = name.rpartition(".")[0]
            methods = {one for one in called if one.rpartition(".")[0] == other}
            if methods and other != owner:
                found[name] = methods
        return found

    def sees_values_alone(self, name: str, repaired: Collection[str]) -> bool:
        """Whether a function cannot see the repair of others, but by what they give or keep.

        The text of a repaired function is the submission's own, and none of the solution's: who only may not look
        into it is as good as who is plain.
        """
        student = self._confirmation.student
        if not isinstance(student, Student):
            return False
        submission = student.loaded.submission
        return plain_text(submission).is_plain(name, repaired) or not mentions_in(submission).looks_into_functions

    def right_with(self, name: str, settled: Collection[str]) -> tuple[str, ...]:
        """The functions with whose repair another one passes: what they made for it, a cache or attributes, was wrong.

        None if it does not pass then, or if all that it fails is `settled`, ids of checks. The text of these functions
        is repaired, nothing of its own: what it calls itself stays as it is, but for functions that are asked for and
        wrong as well.
        """
        runs = [run for run in self._confirmation.runs if run.check.function == name]
        open_checks = {run.check.id for run in runs if not run.passed} - {*settled}
        if self._general is None or not open_checks or not all(map(can_be_run_once_more, runs)):
            return ()
        makers = self._failing_makers(name, [run for run in runs if run.check.id in open_checks])
        own = self._general.text.reached(name) | self._assignment.callees[name]
        for maker in makers:
            if maker not in own:
                self._find_repair(maker)
        right = [maker for maker in makers if maker in self._others.repairs and maker not in own]
        repairs = [self._others.repairs[maker] for maker in right]
        if not right or any(edit.function in own for repair in repairs for edit in repair.edits):
            return ()
        if self._general.changes.pass_with(repairs, runs):
            return tuple(right)
        steps = self._repaired_steps(name)
        if steps and self._general.changes.pass_with([*repairs, *(self._others.repairs[step] for step in steps)], runs):
            return (*right, *steps)
        return ()

    def wrong_beside(self, name: str) -> tuple[str, ...]:
        """The wrong functions, none missing, that the failed checks of one call as well, or that these are built on."""
        makers = self._failing_makers(name, [run for run in self._confirmation.runs if _fails(run, name)])
        return tuple(maker for maker in makers if maker in self._confirmation.wrong)

    def repairs_beside(self, function: str, names: Sequence[str]) -> list[Repair]:
        """The repairs of other functions, or of those that they fail for; none if not all of these are repaired."""
        roots = {root for name in names for root in self._others.follow_ons.get(name, (name,))} - {function}
        self.repair(sorted(roots))
        repairs = self._others.repairs
        return [repairs[root] for root in self._assignment.in_order(roots)] if roots <= repairs.keys() else []

    def repair(self, names: Sequence[str]) -> None:
        """Look for the changes that make functions right, as far as these are not known."""
        for name in names:
            self._find_repair(name)

    def _find_repair(self, name: str) -> None:
        """Look for the change that makes a wrong function right: of a mistake with a name it was not needed yet."""
        if self._general is None or name not in self.wrong or name in {*self._others.repairs, *self._tried}:
            return
        self._tried.add(name)
        beside = [run for run in self._confirmation.runs if run.check.function == name]
        below = self._others.repairs_below(name)
        wrong, changes = self.wrong[name], self._general.changes
        with changes.holding(below) if below else nullcontext():
            undone: tuple[Repair, ...] = ()
            if len(wrong.found) == 1:  # one mistake, as is known
                undone = changes.located(wrong.case, beside, self._confirmation.planting.left_out(wrong.found[0]))
            elif together := self._each_undone(name, wrong, beside):
                undone = (together,)
            undone = undone if is_whole(undone) else changes.undone(wrong.case, beside)
        if is_whole(undone):
            self._others.repairs[name] = undone[0]

    def _each_undone(self, name: str, wrong: Examined, runs: Sequence[CheckRun]) -> Repair | None:
        """The changes that undo each of a function's mistakes with names."""
        if self._locating is None or not wrong.found:
            return None
        known = KnownMistakes(name, runs, self._confirmation, Budget())
        return self._locating.together(known, wrong.ground, wrong.found, runs)

    def _repaired_steps(self, name: str) -> tuple[str, ...]:
        """The functions asked for that one calls, whose repairs change nothing but the text of such functions."""
        steps = self._assignment.callees[name] - {name}
        for step in sorted(steps):
            self._find_repair(step)
        repairs = self._others.repairs
        return tuple(
            step
            for step in self._assignment.function_names
            if step in steps and step in repairs and all(edit.function in steps for edit in repairs[step].edits)
        )

    def _failing_makers(self, name: str, runs: Sequence[CheckRun]) -> tuple[str, ...]:
        """The wrong functions that these checks call beside one, be it in vain, and those that these are built on."""
        called = {call.function for run in runs for call in self._confirmation.traces.of(run).calls}
        called |= {run.blamed for run in runs if run.blamed is not None}
        below = {callee for maker in called - {name} for callee in self._assignment.callees.get(maker, ())}
        causes = {cause for maker in called | below for cause in self._others.follow_ons.get(maker, ())}
        failing = {run.check.function for run in self._confirmation.runs if not run.passed}
        met = (called | below | causes) & failing - {name}
        return tuple(one for one in self._assignment.function_names if one in met)


def _changes(repair: Repair, functions: Collection[str]) -> bool:
    """Whether all that a repair changes is in some functions."""
    return all(edit.function in functions for edit in repair.edits)


def _fails(run: CheckRun, name: str) -> bool:
    return run.check.function == name and not run.passed
