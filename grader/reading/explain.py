"""Explains a file: runs it in a cell, reads its network, judges it."""

import time
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from grader.reading.beside import with_beside
from grader.reading.costs import COSTS, CostOption
from grader.reading.explained_run import explain_run
from grader.reading.further import with_further
from grader.reading.runs.budget import Budget
from grader.reading.runs.later_stop import later_stop
from grader.reading.runs.passed_stop import Stop, stop_of, stop_of_text, without_stops
from grader.reading.runs.run import Run, of_fewer, of_other_widths, record, to_the_end
from grader.reading.told.explanation import LINES_ADDED, Explanation
from grader.reading.told.stopped import AT_ONCE, DRIVEN, WITHOUT, has_no_numbers, with_stop
from grader.reading.told.unread import what_is_no_python, what_is_not_here, what_it_says, without_gradient
from grader.reading.trained_by_lines import driven, of_single_step, trains_itself
from grader.sandbox import Sandbox
from grader.submissions import Submission, load_submission

TOO_LONG = "the runs of this file have taken {:.0f} s: no further one was made, so not all was looked at"


def explain(
    path: str | Path,
    *,
    cost: CostOption | None = None,
    sandbox: Literal["auto", "strict", "none"] = "auto",
    seed: int = 0,
) -> Explanation:
    """Run a script, notebook or folder that trains a network, and tell what the network is and what is wrong with it.

    Args:
        path: a module, a notebook, a folder or an archive, in the person's own interface.
        cost: which cost is meant, if the file computes none.
        sandbox: as for `grader.grade`.
        seed: of numpy's and Python's random generators before the run.

    Raises:
        SubmissionRejected: it cannot be read as Python.
        SandboxUnavailable: nothing was run.
        ValueError: there is no such cost.
    """
    if cost is not None and cost not in COSTS.values():
        accepted = " or ".join(f'"{option}"' for option in COSTS.values())
        raise ValueError(f"cost is {cost!r}; it may be {accepted}")
    submission = load_submission(path, with_data=True)
    with Sandbox(sandbox) as cells:
        return explain_submission(submission, cells, cost=cost, seed=seed)


def explain_submission(
    submission: Submission,
    sandbox: Sandbox,
    *,
    cost: CostOption | None = None,
    seed: int = 0,
) -> Explanation:
    """As `explain`, for a submission that was read, in cells of a sandbox that runs."""
    started = time.perf_counter()
    budget = Budget()
    run = record(submission, sandbox, seed=seed, budget=budget)
    with np.errstate(all="ignore"):
        explanation = explain_run(run, submission, cost)
        longer = to_the_end(run) if explanation.status == "unread" else None
        if longer is not None:
            run, explanation = longer, explain_run(longer, submission, cost)
        fewer = of_fewer(run) if explanation.status == "unread" else None
        if fewer is not None:
            found = explain_run(fewer, submission, cost)
            run, explanation = (run, explanation) if found.reason_code == "too-long" else (fewer, found)
        if explanation.reason_code == "data-stood-in":
            for other in of_other_widths(run):
                found = explain_run(other, submission, cost)
                if found.status != "unread":
                    run, explanation = other, found
                    break
        passed = without_stops(run) if explanation.status == "unread" else None
        if passed is not None:
            found = explain_run(passed[0], submission, cost)
            is_read = found.status != "unread" and not has_no_numbers(found)
            run, explanation, passed = (passed[0], found, passed) if is_read else (run, explanation, None)
        if explanation.status == "unread":
            run, explanation = of_single_step(run, explanation, submission, cost)
        own = stop_of(run)
        train = None
        if explanation.status == "unread" and not trains_itself(run, submission):
            blank = Explanation(name=submission.name, status="unread")
            train = partial(driven, submission, sandbox, cost, seed, run, blank)
            run, explanation = driven(submission, sandbox, cost, seed, run, explanation)
        elif explanation.status in ("right", "partly"):
            explanation = with_further(
                run,
                explanation,
                submission,
                lambda further, is_trial: explain_run(further, submission, cost, is_driven=is_trial),
            )
        if explanation.status == "partly" and not explanation.has_gradient:
            explanation = explanation.model_copy(update={"status": "unjudged"})
        run, explanation = with_beside(run, explanation, submission, train)
    no_python = what_is_no_python(submission)
    too_long = TOO_LONG.format(budget.seconds) if budget.was_short else ""
    if explanation.reason_code == "stops" and own is not None and own.is_own:
        blank = Explanation(name=submission.name, status="fault")
        explanation = with_stop(blank, own, submission, AT_ONCE)
    elif explanation.status == "unread":
        explanation = without_gradient(explanation, submission)
        reason = explanation.reason + what_it_says(run) + what_is_not_here(run, explanation.reason_code)
        told = (no_python, reason, too_long)
        explanation = explanation.model_copy(update={"reason": "; ".join(one for one in told if one)})
    else:
        explanation = _with_its_stop(explanation, run, submission, own, passed[1] if passed else None)
        own_notes = [_of_drawn_data(note, run) for note in explanation.notes]
        is_told = stop_of_text(submission) is not None
        notes = tuple(one for one in ("" if is_told else no_python, *own_notes, too_long) if one)
        explanation = explanation.model_copy(update={"notes": notes})
    return explanation.model_copy(
        update={"data": run.served, "output": run.output[:20_000], "seconds": round(time.perf_counter() - started, 3)}
    )


def _of_drawn_data(note: str, run: Run) -> str:
    """A note without numbers of data that were drawn in the place of the file's own."""
    return note.partition(": the largest is")[0] if any("drawn" in given for _, given in run.served) else note


def _with_its_stop(
    explanation: Explanation, run: Run, submission: Submission, own: Stop | None, passed: Stop | None
) -> Explanation:
    """With the stop of the file, where it was read of steps before that, without its line, or with other lines.

    Args:
        own: where the file stops by itself.
        passed: where it would, in a line that what was read is without.
    """
    left_out = stop_of_text(submission) or passed
    if left_out is not None:
        return with_stop(explanation, left_out, submission, WITHOUT)
    if (run.way is not None and run.way.added) or any(asked == LINES_ADDED for asked, _ in run.served):
        is_told = own is not None and own.is_own
        return with_stop(explanation, own, submission, DRIVEN) if is_told and own is not None else explanation
    stop = stop_of(later_stop(run) or run)
    return explanation if stop is None else with_stop(explanation, stop, submission)
