"""Functions of other assignments that a submission brings along: the layers of a network, the activation of a cell.

They are graded where they are asked for. Wrong ones must not cost what is built on them: it is judged once more with
the assignment's own in their place, those that a submission gets anyway which brings none.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from grader.assignments import Assignment
from grader.attempts import Attempt
from grader.carried_forward import Carried, CarriedForward
from grader.checks.run import CheckRun
from grader.submissions import Submission
from grader.submissions.mentions import mentions_in
from grader.submissions.provided import brought_along, with_own_instead

_PASS = re.compile(r"_(forward|backward)(?=_|$).*")

Judged = Callable[[Submission, Sequence[str]], Attempt]


def judged_without_them(
    assignment: Assignment, submission: Submission, runs: Sequence[CheckRun], judged: Judged
) -> CarriedForward:
    """The failed checks that pass with the assignment's own functions in the place of those brought along.

    Args:
        submission: without the assignment's own modules.
        runs: what counts until now.
        judged: grades functions of a submission.
    """
    found = CarriedForward()
    failed = [run for run in runs if not run.passed and run.check.points]
    names = brought_along(submission, assignment.provided, assignment.function_names) if failed else {}
    if not names or mentions_in(submission).looks_into_functions:  # it may see which functions it has got
        return found
    functions = [*dict.fromkeys(run.check.function for run in failed)]
    passed = _passed(submission, assignment, names, functions, judged)
    due = [passed[run.check.id] for run in failed if run.check.id in passed]
    if not due or _are_of_another_form(submission, assignment, names, runs, judged):
        return found
    wrong = _to_blame(submission, assignment, names, due, judged)
    found.checks = {run.check.id: Carried(run, wrong) for run in due}
    return found  # without causes: which mistake it is, nobody else will tell


def _are_of_another_form(
    submission: Submission, assignment: Assignment, names: Mapping[str, str], runs: Sequence[CheckRun], judged: Judged
) -> bool:
    """Whether something right is no longer so: it goes with its own, which are then not those that are provided.

    What passes beside it, may do so because nothing is left to compare.
    """
    right = [run for run in runs if run.passed and run.check.points and "dataset" not in run.check.arguments]
    functions = [*dict.fromkeys(run.check.function for run in right)]
    return bool(right) and not {run.check.id for run in right} <= {
        *_passed(submission, assignment, names, functions, judged)
    }


def _passed(
    submission: Submission, assignment: Assignment, names: Mapping[str, str], functions: Sequence[str], judged: Judged
) -> dict[str, CheckRun]:
    attempt = judged(with_own_instead(submission, assignment.provided, names), functions)
    return {run.check.id: run for run in attempt.runs if run.passed}


def _to_blame(
    submission: Submission, assignment: Assignment, names: Mapping[str, str], due: Sequence[CheckRun], judged: Judged
) -> tuple[str, ...]:
    """Of the functions brought along those that are needed right; what is left as it was without harm, is not.

    A forward and a backward pass share a cache of their own, so they are tried together first.
    """
    functions = [*dict.fromkeys(run.check.function for run in due)]
    ids = {run.check.id for run in due}
    needed = dict(names)
    pairs: dict[str, list[str]] = {}
    for name in names:
        pairs.setdefault(_PASS.sub("", name), []).append(name)
    for group in pairs.values():
        for left in (group, *([name] for name in group if len(group) > 1)):
            fewer = {name: module for name, module in needed.items() if name not in left}
            if fewer and ids <= _passed(submission, assignment, fewer, functions, judged).keys():
                needed = fewer
                if left == group:
                    break
    return tuple(needed)
