"""The step of gradient descent."""

from grader.assignments import Operation
from grader.checks import expect
from operations.lessons import training as lessons
from reference import gradient_descent as formula

gradient_descent = Operation(formula)

_RULE = "Gradient descent goes against the gradient, $w \\leftarrow w - \\eta \\, g$."
_LINE = "Look at the line that changes the parameters."


@gradient_descent.check("update", share=1, title="A step of an array")
def update_values(student, solution, rng, *, called):
    value, gradient = rng.normal(size=(2, 4, 3))
    found = student.update(value, gradient, 0.3)
    expect(found, f"{called('update')}(value, gradient, 0.3)").close_to(solution.update(value, gradient, 0.3))


@gradient_descent.mistake(
    "update.ascent",
    step="update",
    title="The step goes along the gradient instead of against it",
    explain=f"{_RULE} With a plus the cost rises with every step.",
    hints=("In which direction does the cost grow?", _LINE),
)
def ascent(value, gradient, rate):
    return value + rate * gradient


@gradient_descent.mistake(
    "update.learning-rate-ignored",
    step="update",
    title="The learning rate is not used",
    explain=f"{_RULE} Yours subtracts the whole gradient, as if $\\eta$ were 1.",
    hints=("What changes when the learning rate does?", _LINE),
)
def learning_rate_ignored(value, gradient, rate):
    return value - gradient


@gradient_descent.mistake(
    "update.learning-rate-twice",
    step="update",
    title="The learning rate is multiplied in twice",
    explain=f"{_RULE} Yours is $w - \\eta^2 g$: one $\\eta$ is in the gradient already.",
    hints=("How does the step change when the learning rate doubles?", "Where does the learning rate come in?"),
)
def learning_rate_twice(value, gradient, rate):
    return value - rate**2 * gradient


@gradient_descent.mistake(
    "update.never-made",
    step="update",
    title="The parameters stay as they were",
    explain=f"{_RULE} What is computed must also be stored where the next step looks for it; a new value for a local "
    "name changes no dict and no attribute.",
    hints=("Are the parameters different after a step?", "Where does the result of the subtraction go?"),
)
def never_made(value, gradient, rate):
    return value


@gradient_descent.mistake(
    "update.old-value-dropped",
    step="update",
    title="The step replaces the parameters instead of changing them",
    explain=f"{_RULE} Yours stores $-\\eta \\, g$ alone: what was learnt before is lost with each step.",
    hints=("Does the old value have a part in the new one?", "`=` or `-=`?"),
)
def old_value_dropped(value, gradient, rate):
    return -rate * gradient


@gradient_descent.mistake(
    "update.value-times-rate",
    step="update",
    title="The parameter itself is multiplied by the learning rate",
    explain=f"{_RULE} Yours is $\\eta \\, (w - g)$: parentheses make the weight itself shrink.",
    hints=("What should happen to w when the gradient is 0?", "What does the learning rate multiply?"),
)
def value_times_rate(value, gradient, rate):
    return rate * (value - gradient)


gradient_descent.teach(
    {
        "update.ascent": lessons.ASCENT,
        "update.learning-rate-ignored": lessons.RATE_IGNORED,
        "update.learning-rate-twice": lessons.RATE_TWICE,
        "update.never-made": lessons.NEVER_MADE,
        "update.old-value-dropped": lessons.OLD_VALUE_DROPPED,
        "update.value-times-rate": lessons.VALUE_TIMES_RATE,
    }
)
