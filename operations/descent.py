"""Gradient descent on a whole training set, a given number of steps."""

from grader.assignments import Operation, Place
from reference import descent as formula

descent = Operation(formula)

_RULE = "Each step computes the gradients at the parameters of that moment, and changes these."


@descent.mistake(
    "descent.one-step-only",
    step="steps",
    title="What comes out is what a single step gives, whatever the number of iterations",
    explain=f"{_RULE} The next one begins with the parameters that it leaves.",
    hints=("How do the parameters depend on the number of iterations?", "What does each turn of your loop begin with?"),
)
def one_step_only(count):
    return range(min(count, 1))


@descent.mistake(
    "descent.one-step-too-few",
    step="steps",
    title="One step too few is made",
    explain=f"{_RULE} `range(1, n)` has n − 1 numbers, `range(n)` has n.",
    hints=("How many steps are made for one iteration?", "Look at the `range`."),
    place=Place(calls="range"),
)
def one_step_too_few(count):
    return range(count - 1)


@descent.mistake(
    "descent.one-step-too-many",
    step="steps",
    title="One step too many is made",
    explain=f"{_RULE} `range(n + 1)` has n + 1 numbers, `range(n)` has n.",
    hints=("How many steps are made for no iteration at all?", "Look at the `range`."),
    place=Place(calls="range"),
)
def one_step_too_many(count):
    return range(count + 1)


@descent.mistake(
    "descent.gradients-computed-once",
    step="gradients_at_hand",
    title="The gradients are computed once, before the loop, and used for every step",
    explain=f"{_RULE} Yours goes in the same direction all the time.",
    hints=("Where do the gradients change?", "What has to stand inside the loop?"),
)
def gradients_computed_once(now, at_first):
    return at_first


@descent.mistake(
    "descent.initial-parameters-returned",
    step="descended",
    title="The parameters that come out are those that came in",
    explain="What the steps compute must be what is returned: a new value for a local name changes nothing elsewhere.",
    hints=("Do the parameters depend on the learning rate?", "Which variables does the `return` name?"),
)
def initial_parameters_returned(parameters, at_first):
    return at_first


@descent.convention("descent.costs-of-every-step", step="is_noted")
def costs_of_every_step(step):
    return True
