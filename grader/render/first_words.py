"""What a report says first: what to do, or that nothing is left to do.

Sentences use the markup of `grader.render.words`.
"""

import re

from grader.render.compared import value_text
from grader.render.wording import code, count, given, listed_names, unfinished, where
from grader.report import CellRun, CheckResult, Comparison, Diagnosis, FunctionReport, Report

_NOT_THERE = re.compile(r"`[^`]+` (?:is not defined in .+; |is not defined, since |is written \()")
_NO_FAULT = ("passed", "carried", "skipped")  # of a check: nothing in it speaks against the function
_NOT_PYTHON = "is not Python"  # what the message about a function says that was lost to a syntax error


def first_to_fix(report: Report) -> FunctionReport | None:
    """The function to look at first: the first one at fault by itself, else the first missing one."""
    todo = unfinished(report)
    at_fault = [f for f in todo if f.status != "missing" and not f.follows_from]
    missing = [f for f in todo if f.status == "missing"]
    return next(iter(at_fault or missing or todo), None)


def headline(report: Report) -> str:
    """One sentence: what to do first, or that nothing is left to do."""
    if report.status == "rejected":
        return f"This submission could not be graded: {report.reason or 'no reason was given'}"
    if report.status == "internal_error" and report.fault == "assignment":
        return (
            "A check of this assignment fails by itself: that is its author's to mend. Nothing is held against you, "
            "and the submission can be graded again."
        )
    if report.status == "internal_error":
        return "The grader failed, not your work: this is no zero, and the submission can be graded again."
    function = first_to_fix(report)
    if function is not None:
        return _first_step(report, function)
    if report.written and report.score >= report.max_score:
        what = "Everything that is checked is right" if report.functions else "Nothing is checked by the grader"
        return f"{what}; a person reads {count(len(report.written), 'answer')}."
    diagnosis = next(report.diagnoses(), None)
    if diagnosis is not None:
        return f"Every function is right by itself; look at the training run: {_lower_first(diagnosis.title)}."
    if report.score < report.max_score:
        return "Every function is right; the missing points are in the training run."
    return "Everything is right."


def _first_step(report: Report, function: FunctionReport) -> str:
    if fault := _syntax_error_to_mend(report):
        return fault
    if all(f.status == "missing" for f in report.functions):
        if why := why_missing(function):
            return why
        if (unread := _unread(report)) is not None and unread.error is not None:
            return f"Python itself gives up on {unread.location}, before anything of it runs: {unread.error.message}."
        return f"Nothing is implemented yet: begin with {code(function.name)}."
    unwritten = {check.message for check in function.checks if check.status != "passed" and check.max_score}
    if function.diagnoses:
        what = _with_its_line(report, _lower_first(function.diagnoses[0].title.rstrip(".")), function.diagnoses[0])
    elif function.status == "partial" and len(unwritten) == 1 and " is not implemented yet for " in min(unwritten):
        what = f"it {min(unwritten).partition('` ')[2]}"
    else:
        what = _how_it_is(function)
    if function.status == "carried" and function.diagnoses:  # told here, as there is no report on where it is
        place, _, what = function.diagnoses[0].title.partition(": ")
        return f"Look {place[:1].lower()}{place[1:]} first: {_lower_first(what.rstrip('.'))}."
    return f"Look at {code(function.name)} first: {what}."


def _how_it_is(function: FunctionReport) -> str:
    """What is seen of a function whose mistake has no name: its only wrong number, or the first check that fails."""
    failed = [check for check in function.checks if check.status not in _NO_FAULT and check.max_score]
    if function.status in ("partial", "failed") and (number := _only_wrong_number(failed)):
        return number
    if function.status == "partial" and failed:
        others = "the only check that fails is" if len(failed) == 1 else "the first check that fails is"
        return f"it is right in part; {others} “{failed[0].title}”"
    return {
        "passed": "",
        "carried": f"it waits for {listed_names(given(function) or [function.name])}",
        "partial": "it is right in part",
        "failed": "it gives wrong results",
        "missing": "it is not implemented yet",
        "error": "it raises an error",
        "timeout": "it does not finish in time",
    }[function.status]


def _only_wrong_number(failed: list[CheckResult]) -> str:
    """`m is 3 and should be 4`, where nothing else is wrong and both may be shown; "" else."""
    wrong: list[Comparison] = [each for check in failed for each in check.comparisons if each.verdict == "wrong"]
    if len(wrong) != 1 or len(failed) != 1 or wrong[0].shape or wrong[0].expected_shape:
        return ""
    found, expected = value_text(wrong[0].found), value_text(wrong[0].expected)
    if not found or not expected or found == expected:
        return ""
    label = wrong[0].label if " " in wrong[0].label else code(wrong[0].label)
    return f"{label}{',' if ', ' in label else ''} is {code(found)} and should be {code(expected)}"


def why_missing(function: FunctionReport) -> str:
    """Why a function is not there, where it is not only unwritten: another name, a cell that stopped; "" else."""
    owner = function.name.partition(".")[0]
    messages = (check.message.removeprefix(f"needs `{owner}`: ") for check in function.checks)
    told = next((message for message in messages if _NOT_THERE.match(message)), "")
    return told if not told or told.endswith("?") else f"{told}."


def _syntax_error_to_mend(report: Report) -> str:
    """The syntax error that keeps a function from being there, or the constructor of its class; "" if none does."""
    run = next((run for run in report.cells if run.error is not None and run.error.type == "SyntaxError"), None)
    missing = [
        check.message for function in report.functions if function.status == "missing" for check in function.checks
    ]
    told = [f"{one.title} {one.explanation}" for function in report.functions for one in function.diagnoses]
    if run is None or not any(_NOT_PYTHON in message for message in (*missing, *told)):
        return ""
    return f"Mend the syntax first, at {run.location}: {run.message}. What stands before and after it was graded."


def _unread(report: Report) -> CellRun | None:
    """What is nested so deeply that Python cannot compile it, which is an error without a line."""
    stopped = (run for run in report.cells if run.error is not None and run.location.line is None)
    return next((run for run in stopped if run.error and run.error.type in ("RecursionError", "MemoryError")), None)


def _with_its_line(report: Report, sentence: str, diagnosis: Diagnosis) -> str:
    """The sentence with the place that its "this line" is, which is shown further down only."""
    if diagnosis.location is None or diagnosis.location.line is None:
        return sentence
    parts = sentence.split("`")  # every other one is code
    parts[::2] = [part.replace("this line", where(report, diagnosis.location)) for part in parts[::2]]
    return "`".join(parts)


def _lower_first(sentence: str) -> str:
    """The sentence as it goes on behind a colon; names in capitals (ReLU, L2) stay."""
    first = sentence.split(" ", 1)[0]
    return sentence[:1].lower() + sentence[1:] if first[1:].islower() or first in ("A", "I") else sentence
