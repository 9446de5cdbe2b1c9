"""The step of gradient descent."""

from grader.assignments import Operation, Place
from grader.assignments.allowed import POSITIVE, or_none
from grader.checks import expect
from operations.lessons import training as lessons
from reference import gradient_descent as formula


def words(*, default_rate):
    return {"default_rate": str(default_rate)}


gradient_descent = Operation(
    formula, words=words, conventions={"default_rate": None}, values={"default_rate": or_none(POSITIVE)}
)

# What is said of a step of any optimizer as well.
ASCENT = {
    "title": "The step goes along the gradient instead of against it",
    "hints": ("In which direction does the cost grow?", "Look at the line that changes the parameters."),
}
RATE_UNUSED = {
    "title": "The learning rate is not used",
    "hints": ("What changes when the learning rate does?", "Look at the line that changes the parameters."),
}

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
    explain=f"{_RULE} With a plus the cost rises with every step.",
    **ASCENT,
)
def ascent(value, gradient, rate):
    return value + rate * gradient


@gradient_descent.mistake(
    "update.learning-rate-ignored",
    step="update",
    explain=f"{_RULE} Yours subtracts the whole gradient, as if $\\eta$ were 1.",
    **RATE_UNUSED,
)
def learning_rate_ignored(value, gradient, rate):
    return value - gradient


@gradient_descent.mistake(
    "update.rate-of-its-own",
    step="update",
    title="The learning rate that is passed in has no effect",
    explain=f"{_RULE} Yours makes steps of the same length whatever it is, with $\\eta = <default_rate>$: a number is "
    "written into the line, or a variable from elsewhere is used.",
    hints=("What changes when the learning rate is 0?", _LINE),
    only={"default_rate": lambda rate: rate is not None},
)
def rate_of_its_own(value, gradient, rate, *, default_rate):
    return value - default_rate * gradient


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
    explain=f"{_RULE} Either no step is made, or what is taken off comes to 0, or it is not stored where the next step "
    "looks for it: a new value for a local name changes no dict and no attribute.",
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
    "update.value-subtracted",
    step="update",
    title="The parameters themselves are subtracted instead of their gradients",
    explain=f"{_RULE} Yours is $w - \\eta \\, w$: all weights shrink, and nothing is learnt.",
    hints=("What is multiplied by the learning rate?", "Where does the gradient appear in your line?"),
)
def value_subtracted(value, gradient, rate):
    return value - rate * value


@gradient_descent.mistake(
    "update.value-times-rate",
    step="update",
    title="The parameter itself is multiplied by the learning rate",
    explain=f"{_RULE} Yours is $\\eta \\, (w - g)$: parentheses make the weight itself shrink.",
    hints=("What should happen to w when the gradient is 0?", "What does the learning rate multiply?"),
)
def value_times_rate(value, gradient, rate):
    return rate * (value - gradient)


_BOTH = "A step changes weights and biases alike: $b \\leftarrow b - \\eta \\, db$ as $w \\leftarrow w - \\eta \\, dw$."
_BIASES = Place(assigns=".*bias.*|b\\d*")


@gradient_descent.mistake(
    "update.biases-not-updated",
    step="moved",
    title="The biases are never updated",
    explain=f"{_BOTH} Yours leaves the biases where they were.",
    hints=("Is a bias another number after a step?", "What is subtracted from the biases, and where does it go?"),
    place=_BIASES,
)
def biases_not_updated(right, name, value, gradient, rate):
    return value if _is_bias(name) else right(name, value, gradient, rate)


@gradient_descent.mistake(
    "update.weights-not-updated",
    step="moved",
    title="The weights are never updated, the biases are",
    explain=f"{_BOTH} Yours leaves the weights where they were.",
    hints=("Is a weight another number after a step?", "What is subtracted from the weights, and where does it go?"),
)
def weights_not_updated(right, name, value, gradient, rate):
    return right(name, value, gradient, rate) if _is_bias(name) else value


@gradient_descent.mistake(
    "update.biases-lack-the-learning-rate",
    step="moved",
    title="The learning rate is missing in the step of the biases",
    explain=f"{_BOTH} Yours subtracts the whole gradient from the biases.",
    hints=("Do the biases depend on the learning rate as the weights do?", "What is subtracted from the biases?"),
    place=_BIASES,
)
def biases_lack_the_learning_rate(right, name, value, gradient, rate):
    return right(name, value, gradient, 1.0 if _is_bias(name) else rate)


def in_some_layers(what, title, explain, chosen):
    """Declare that a step changes some layers alone: `chosen` are their numbers, given those that there are."""

    def replacement(right, params):
        layer_of = {name: int("".join(filter(str.isdigit, name)) or 0) for name in right(params)}
        kept = chosen(sorted(set(layer_of.values())))
        return [name for name, layer in layer_of.items() if layer in kept]

    gradient_descent.mistake(
        f"update.{what}",
        step="changed_names",
        title=title,
        explain=f"A step changes the weights and biases of all layers. {explain}",
        hints=("Which parameters are different after a step?", "Which layers does the loop of your step visit?"),
        family="some layers",
    )(replacement)


in_some_layers(
    "last-layer-left-out",
    "The last layer is never updated",
    "Yours leaves the last one's as they were: for L layers, `range(1, L)` ends before L.",
    lambda layers: layers[:-1],
)
in_some_layers(
    "first-layer-left-out",
    "The first layer is never updated",
    "Yours leaves the first one's as they were: `range(L)` begins with 0, which is layer 1.",
    lambda layers: layers[1:],
)
in_some_layers(
    "first-layer-alone",
    "Only the first layer is updated",
    "Yours leaves the others' as they were. A loop that ends in its first turn does that.",
    lambda layers: layers[:1],
)
in_some_layers(
    "last-layer-alone",
    "Only the last layer is updated",
    "Yours leaves the earlier ones' as they were.",
    lambda layers: layers[-1:],
)


def _is_bias(name):
    return name.lower().startswith("b")


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
