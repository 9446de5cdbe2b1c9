"""What is told of a cost that grows from step to step with data that are not the person's: no fault, but not right."""

from grader.reading.told.explanation import Explanation, Quantity


def with_growth_left_open(told: Explanation, first: str, last: str, steps: float | str) -> Explanation:
    """The explanation, with the length of the steps among what was not judged."""
    note = (
        f"in the {steps} steps that were looked at the cost grew from {first} to {last}: with the data that were given "
        "here the steps are too long; whether they are with yours was not judged"
    )
    left = Quantity(name="the length of the steps", status="unknown")
    status = "partly" if told.status == "right" else told.status
    return told.model_copy(update={"status": status, "unjudged": (*told.unjudged, left), "notes": (*told.notes, note)})
