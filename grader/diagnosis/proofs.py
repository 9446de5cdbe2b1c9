"""Checks that fail for known mistakes of helpers alone: the solution with these shows the same."""

from collections.abc import Iterator, Sequence

from grader.checks.observations import reproduces
from grader.checks.run import CheckRun
from grader.diagnosis.other_functions import OtherFunctions
from grader.diagnosis.planted.confirm import Confirmation, is_quick
from grader.diagnosis.planted.own_work import OwnWork
from grader.diagnosis.planted.planting import Mistakes


def proved_right(runs: Sequence[CheckRun], context: Mistakes, confirmation: Confirmation) -> Iterator[str]:
    """The ids of checks in which it shows that a function is right, whose helpers have known mistakes."""
    work = OwnWork(confirmation.planting, confirmation.setting)
    for run in runs:
        if (
            is_quick(run)
            and reproduces(run, confirmation.variant(context), confirmation.setting)
            and work.shows(run, lambda own: confirmation.planting.module((*context, own)))
        ):
            yield run.check.id


def proved_in_part(
    runs: Sequence[CheckRun], ground: Mistakes, others: OtherFunctions, confirmation: Confirmation
) -> dict[str, tuple[str, ...]]:
    """The checks that fail for known mistakes of helpers alone, of a function with mistakes of its own; and whose."""
    work = OwnWork(confirmation.planting, confirmation.setting)
    module = confirmation.planting.module
    proved = {}
    for run in runs:

        def is_explained_by(mistakes: Mistakes, run: CheckRun = run) -> bool:
            together = (*ground, *mistakes)
            return work.shows_in_part(run, module(together), lambda own: module((*together, own)))

        if not run.passed and is_quick(run) and is_explained_by(others.context()):
            proved[run.check.id] = others.causes(is_explained_by)
    return proved
