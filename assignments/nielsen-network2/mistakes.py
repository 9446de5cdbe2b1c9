"""What goes wrong in counting right answers."""

from grader.assignments import Place, mistake


@mistake(
    "accuracy.least-output",
    step="is_right",
    title="The smallest output is taken for the answer",
    explain="The answer of the network is the class with the largest output.",
    hints=("Which output should win?", "`argmin` or `argmax`?"),
    place=Place(calls="argmin"),
)
def least_output(output, y):
    return output.argmin() == y
