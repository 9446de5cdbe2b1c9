"""The step."""

from grader.assignments import mistake


@mistake(
    "update.biases-never-changed",
    step="update",
    title="The biases are never changed",
    explain="A step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which entries of `param` are different after a step?", "Look at the loop that makes the step."),
)
def biases_never_changed(right, value, gradient, rate):
    return value if value.shape[1] == 1 else right(value, gradient, rate)
