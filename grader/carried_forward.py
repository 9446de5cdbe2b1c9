"""What is right in a submission, given right helpers: what was found so, what it is told as, and how it counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from grader.checks.allowance import Allowances
from grader.checks.demands import Unmet, few, without_points
from grader.checks.run import CheckRun, CheckSetting
from grader.report import CarriedForwardTerms

SHARES: Mapping[CarriedForwardTerms, float] = {"full": 1.0, "half": 0.5, "none": 0.0}
PART_OF_IMAGES = 4  # on a quarter of them a training comes as near to its reference as on all


@dataclass(frozen=True)
class Carried:
    """A check that failed, and passes with right functions: the run in which it does, and which functions these are."""

    run: CheckRun
    helpers: tuple[str, ...]


@dataclass(frozen=True)
class StillWrong:
    """A function that fails with right ones in the place of some: these are not all that is wrong with it.

    Attributes:
        helpers: the right functions that it asked.
        served: all that were there to be asked.
        said: the exception that ended it, with its line; "" if it gave wrong values.
    """

    helpers: tuple[str, ...]
    served: frozenset[str]
    said: str = ""

    @property
    def told(self) -> str:
        """One sentence for the student; "" if no right function was asked."""
        if not self.helpers:
            return ""
        names = " and ".join(f"`{name}`" for name in self.helpers)
        place = "its place" if len(self.helpers) == 1 else "their places"
        said = f": {self.said}" if self.said else ""
        return f"with a right {names} in {place} it still fails{said}, unless they share a form of their own"


@dataclass
class CarriedForward:
    """What is right in a submission, given right helpers.

    Attributes:
        checks: by the id of the check.
        causes: of each function of which every failed check is among these, the functions that it fails for.
        unmet: demands that one of these functions does not meet.
        refused: checks (by id) in which a right helper was asked more than the solution asks: nothing is due in them.
        refuted: checks (by id) that gave wrong values with right functions in the place of these.
        unlike: functions of which a check passes with right helpers, but is not what it was with the submission's own.
        overasked: functions that asked right ones for more than the solution asks, and for whose answers.
        unanswered: functions that asked right ones for what these do not take, and which of them.
        unserved: functions of which some others could not be replaced, since they share what only both can read.
        still_wrong: functions of which a check failed with right helpers as well, by name.
        owed: checks (by id) that pass for the zeros or the sign of wrong helpers, and why: they earn nothing.
    """

    checks: dict[str, Carried] = field(default_factory=dict)
    causes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unmet: dict[str, Unmet] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    refuted: dict[str, frozenset[str]] = field(default_factory=dict)
    unlike: set[str] = field(default_factory=set)
    overasked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unanswered: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unserved: dict[str, tuple[str, ...]] = field(default_factory=dict)
    still_wrong: dict[str, "StillWrong"] = field(default_factory=dict)
    owed: dict[str, str] = field(default_factory=dict)

    def add(self, other: "CarriedForward") -> None:
        """What was found of other functions of the submission."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) | getattr(other, each.name))

    @property
    def certain(self) -> dict[str, set[str]]:
        """For each function the others that a check of it fails for alone."""
        found: dict[str, set[str]] = {}
        for one in self.checks.values():
            if len(one.helpers) == 1:
                found.setdefault(one.run.check.function, set()).update(one.helpers)
        return found

    def add_proved(
        self,
        runs: Sequence[CheckRun],
        proved: Mapping[str, tuple[str, ...]],
        repaired: Collection[str],
        allowances: Allowances,
        setting: CheckSetting,
    ) -> None:
        """Checks of which the diagnosis has proved that they fail for others: with no right helper, but as surely.

        What passes with others `repaired` has asked nobody else: what right ones were asked for says nothing then.
        """
        for run in runs:
            if not run.check.points or run.check.id not in proved or run.check.id in self.checks:
                continue
            is_repaired = run.check.id in repaired
            if run.check.id in self.refused and not is_repaired:
                continue
            if {*proved[run.check.id]} <= self.refuted.get(run.check.id, frozenset()) and not is_repaired:
                continue  # that it looks like a right one with wrong helpers is no proof: with right ones it is none
            if not allowances.of(run.check, on_few(run, setting)).only_hands_on(run.check.function):
                self.checks[run.check.id] = Carried(run, proved[run.check.id])

    def not_judged(self, name: str, causes: Collection[str] = ()) -> str:
        """What of a function could not be judged with right helpers, in one sentence; "" if all could.

        Where it is known what it fails for (`causes`), what of others is asked for is of no use.
        """
        if name in self.unlike:
            return (
                "it passes with right functions in the places of those it calls; but when it was run once more with "
                "your own, it gave something else than the first time: so this proves nothing, and the first run counts"
            )
        for others, why in (
            (
                self.overasked.get(name),
                "it is called here otherwise than in the solution of this task, more often or with other data",
            ),
            (self.unanswered.get(name), "called as it is here, a right one raises an error"),
            (self.unserved.get(name), "what is handed over is in a form of your own, which a right one could not read"),
        ):
            if others and (not causes or {*others} & {*causes}):
                names, places = (
                    " and ".join(f"`{other}`" for other in others),
                    "their places" if others[1:] else "its place",
                )
                why = why.replace("it is called", "they are called") if others[1:] else why
                return f"whether it is right with a right {names} in {places} could not be judged: {why}"
        return ""

    def counted(self, run: CheckRun, terms: CarriedForwardTerms) -> CheckRun:
        """A check as it counts: with the points that are due given right helpers, if these are more."""
        if run.passed and (owed := self.owed.get(run.check.id)):
            return without_points(run, owed)
        carried = self.checks.get(run.check.id)
        if carried is None or run.passed:
            return run
        gained = SHARES[terms] * (run.result.max_score - run.result.score)
        changes = {"status": "carried", "score": run.result.score + gained, "carried": gained, "given": carried.helpers}
        record = replace(run.record, observations=carried.run.record.observations)
        return replace(run, result=run.result.model_copy(update=changes), record=record)


def on_few(run: CheckRun, setting: CheckSetting) -> CheckSetting:
    """The setting with a part of the images, for a check that trains on them."""
    if "dataset" not in run.check.arguments or setting.dataset is None:
        return setting
    return replace(setting, dataset=few(setting.dataset, PART_OF_IMAGES), fair=set())
