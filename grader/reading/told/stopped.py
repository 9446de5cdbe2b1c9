"""What is told of a run that stops, beside what could be read of its steps."""

from grader.reading.runs.passed_stop import Stop
from grader.reading.told.explanation import Explanation, Fault
from grader.submissions import Submission

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
        fault = Fault(
            quantity="run",
            code="stops",
            title=f"it stops here: {stop.failure}"[:300],
            explanation="What else is told was read of a run without this line, from the first steps of training on.",
            effect="",
            location=location,
            text=submission.line_text(stop.filename, stop.line).strip()[:200],
        )
        return explanation.model_copy(update={"status": "fault", "faults": (*explanation.faults, fault)})
    told = f"{stop.failure} ({location})"
    note = f"behind the steps that were read, it stops: {told}"
    if is_passed:
        note = f"with what was given in the place of your data it stops: {told}; this was read without that line"
    return explanation.model_copy(update={"notes": (*explanation.notes, note)})
