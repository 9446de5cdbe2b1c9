"""What is told of a run that stops, beside what could be read of its steps."""

from grader.reading.judging.finding import Finding
from grader.reading.runs.passed_stop import Stop
from grader.reading.told.explanation import Explanation
from grader.reading.told.placed import fault_of, placed
from grader.reading.told.words_of_faults import Words
from grader.submissions import Submission

WITHOUT = "What else is told was read of a run without this line, from the first steps of training on."
BEFORE = "What else is told was read of the steps before this line."
DRIVEN = "What else is told was read with other lines in the place of those that train it."
AT_ONCE = "No step of training was complete before: mend this first, and the rest can be explained."
_NO_NUMBERS = frozenset(["no-number", "weights-explode", "cost-no-number"])


def has_no_numbers(explanation: Explanation) -> bool:
    """Whether what was read is made of what stands in the place of a line that was left out."""
    return any(fault.code in _NO_NUMBERS for fault in explanation.faults)


def with_stop(explanation: Explanation, stop: Stop, submission: Submission, rest: str = BEFORE) -> Explanation:
    """With the stop as a fault, if it is the file's own; else as a note.

    Args:
        rest: of which run all else is told.
    """
    is_passed = rest == WITHOUT
    location = submission.locate(stop.filename, stop.line)
    if stop.is_own or (is_passed and not stop.is_of_data):
        failure = stop.failure.replace("`", "'").strip()
        words = Words(f"it stops here: `{failure}`", f"{stop.in_words} {rest}".strip())
        fault = fault_of(Finding("run", "stops", None), words, placed(submission, stop.filename, stop.line))
        return explanation.model_copy(update={"status": "fault", "faults": (*explanation.faults, fault)})
    told = f"{stop.failure} ({location})"
    why = f". {stop.in_words.rstrip('.')}" if stop.in_words else ""
    given = ", with what was given in the place of your data or modules" if stop.is_of_data else ""
    note = f"behind the steps that were read, it stops{given}: {told}{why}"
    if is_passed:
        note = f"with what was given in the place of your data it stops: {told}; this was read without that line{why}"
    return explanation.model_copy(update={"notes": (*explanation.notes, note)})
