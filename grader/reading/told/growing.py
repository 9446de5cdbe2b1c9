"""What is told of a cost that grows from step to step with data that are not the person's: no fault, but not right."""

from collections.abc import Mapping

from grader.reading.told.explanation import Explanation, Quantity

_OTHER_DATA = "with the data that were given here the steps are too long; whether with yours was"


def with_growth_left_open(told: Explanation, what: str, why: str = _OTHER_DATA) -> Explanation:
    """The explanation, with the length of the steps among what was not judged."""
    note = f"{what}: {why} not judged"
    left = Quantity(name="the length of the steps", status="unknown")
    status = "partly" if told.status == "right" else told.status
    return told.model_copy(update={"status": status, "unjudged": (*told.unjudged, left), "notes": (*told.notes, note)})


def grown(facts: Mapping[str, float | int | str]) -> str:
    """What has grown, in words."""
    if "first" in facts:
        return f"in {facts['steps']} steps the cost grows from {facts['first']} to {facts['last']}"
    return "the weights grow beyond measure"
