"""What is told of a file that could not be read: the reason, and what may be behind it."""

import re

from grader.reading.runs.run import Run, is_of_data
from grader.reading.told.explanation import Explanation
from grader.sandbox.inside.standins import DISPLAY_MODULES
from grader.submissions import Submission

_OF_ERRORS = re.compile(r"\b(Exception|[A-Z]\w*Error|Traceback)\b|\bError (at|in|:)")


def unread(submission: Submission, reason: str) -> Explanation:
    return Explanation(name=submission.name, status="unread", reason=reason)


def reason_of(run: Run, found: str, submission: Submission) -> str:
    failure = run.failure
    if failure is None:
        return found
    frame = failure.frames[-1] if failure.frames else None
    place = submission.locate(frame.filename, frame.line) if frame is not None else None
    where = f" ({place})" if place is not None else ""
    told = f"it stops before a step of training is complete: {failure}{where}"
    if not run.served or not is_of_data(failure):
        return told
    asked, given = run.served[-1]
    return (
        f"with what was given in the place of your data or answers ({given}, for {asked}), {told}. That may be due to "
        "their size or form, and not to the file: give the file together with its data"
    )


def what_is_no_python(submission: Submission) -> str:
    """What to say of text that Python does not read, and that the run was without."""
    for unit in (*submission.modules.values(), *submission.units):
        for fault in unit.faults:
            place = submission.locate(unit.filename, fault.line)
            return f"{place} is no Python ({fault.message}), so what it belongs to was left out"
    return ""


def what_it_says(run: Run) -> str:
    """What to say of errors that a file catches and prints, and goes on."""
    if run.failure is not None:
        return ""
    line = next((line.strip() for line in run.output.split("\n") if _OF_ERRORS.search(line)), "")
    return f"; it prints “{line[:160]}”" if line else ""


def what_is_not_here(run: Run) -> str:
    """What to say of modules that a file imports from beside it, and was given without."""
    names = [name for name in run.stand_ins if name not in DISPLAY_MODULES]
    if not names:
        return ""
    told = ", ".join(f"`{name[:40]}`" for name in names[:3])
    if len(names) == 1:
        return f"; it imports {told}, which is not here: if that is a file of yours, give the folder that holds both"
    return f"; it imports {told}, which are not here: if they are files of yours, give the folder that holds all"
