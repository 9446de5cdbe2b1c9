"""What is told of a run that stops, beside what could be read of its steps."""

from grader.reading.judging.finding import Finding
from grader.reading.runs.passed_stop import Stop
from grader.reading.told.explanation import Explanation
from grader.reading.told.placed import fault_of, placed
from grader.reading.told.words_of_faults import Words
from grader.submissions import Submission

_WITHOUT = "What else is told was read of a run without this line, from the first steps of training on."
_NO_NUMBERS = frozenset(["no-number", "weights-explode", "cost-no-number"])


def has_no_numbers(explanation: Explanation) -> bool:
    """Whether what was read is made of what stands in the place of a line that was left out."""
    return any(fault.code in _NO_NUMBERS for fault in explanation.faults)


def with_stop(explanation: Explanation, stop: Stop, submission: Submission, *, is_passed: bool) -> Explanation:
    """With the stop as a fault, if the run stops in its training; else, or if other data may not stop it, as a note.

    Args:
        is_passed: what was read is a run without the line of the stop.
    """
    location = submission.locate(stop.filename, stop.line)
    if is_passed and not stop.is_of_data:
        words = Words(f"it stops here: {stop.failure}", f"{stop.in_words} {_WITHOUT}".strip())
        fault = fault_of(Finding("run", "stops", None), words, placed(submission, stop.filename, stop.line))
        return explanation.model_copy(update={"status": "fault", "faults": (*explanation.faults, fault)})
    told = f"{stop.failure} ({location})"
    why = f". {stop.in_words.rstrip('.')}" if stop.in_words else ""
    note = f"behind the steps that were read, it stops: {told}{why}"
    if is_passed:
        note = f"with what was given in the place of your data it stops: {told}; this was read without that line{why}"
    return explanation.model_copy(update={"notes": (*explanation.notes, note)})


def with_later_stop(explanation: Explanation, stop: Stop, submission: Submission) -> Explanation:
    """With the stop that the text has behind the steps that were read."""
    told = with_stop(explanation, stop, submission, is_passed=True)
    later = "Nothing in the file gives this name a value. What else is told was read of the steps before this line."
    last = told.faults[-1].model_copy(update={"explanation": later})
    return told.model_copy(update={"faults": (*told.faults[:-1], last)})
