"""The slope of a sigmoid or tanh by its value: what goes wrong on the way back through one."""

import numpy as np

from grader.assignments import Operation
from grader.assignments.allowed import one_of
from reference import value_slope as formula
from reference.sigmoid import sigmoid

_RULES = {
    "sigmoid": "Where a sigmoid has the value $a$, its slope is $a (1 - a)$.",
    "tanh": "Where tanh has the value $a$, its slope is $1 - a^2$.",
}


def words(*, of):
    return {"rule": _RULES[of]}


value_slope = Operation(formula, words=words, values={"of": one_of("sigmoid", "tanh")})
SIGMOID, TANH = {"of": "sigmoid"}, {"of": "tanh"}


def known(what, title, explain, *hints, only=None):
    return value_slope.mistake(
        f"backward.{what}", step="value_slope", title=title, explain=f"<rule> {explain}", hints=hints, only=only
    )


@known(
    "slope-missing",
    "The slope of the activation is missing on the way back",
    "What arrives must be multiplied by it; yours goes on as it is.",
    "Which functions lie between this weight and the output?",
    "By what does the chain rule multiply?",
)
def slope_missing(a):
    return np.ones_like(a)


@known(
    "activated-again",
    "The slope is taken at the value, which is activated once more",
    "It is given the value, not the weighted sum before it: $\\sigma(a) (1 - \\sigma(a))$ is the slope elsewhere.",
    "What is handed to the function that computes the slope?",
    "Between which numbers does your slope lie?",
    only=SIGMOID,
)
def activated_again(a):
    return sigmoid(a) * (1 - sigmoid(a))


@known(
    "tanh-activated-again",
    "The slope is taken at the value, of which tanh is taken once more",
    "It is given the value, not the weighted sum before it: $1 - \\tanh(a)^2$ is the slope elsewhere.",
    "What is handed to the function that computes the slope?",
    "Is there a `tanh` in the line of the slope?",
    only=TANH,
)
def tanh_activated_again(a):
    return 1 - np.tanh(a) ** 2


@known(
    "value-for-slope",
    "What arrives is multiplied by the value of the activation, not by its slope",
    "Yours is $a$ alone.",
    "What is the slope where the value is 1?",
    "Which factor is missing?",
)
def value_for_slope(a):
    return a


@known(
    "one-minus-value",
    "The slope is taken for $1 - a$",
    "A factor, or a square, is missing.",
    "What is the slope where the value is 0?",
    "Which factor is missing?",
)
def one_minus_value(a):
    return 1 - a


@known(
    "plus-for-minus",
    "There is a plus in the slope where a minus belongs",
    "Near the bounds of the activation the slope goes to 0; yours does not.",
    "What is the slope where the value is 1?",
    "Look at the sign.",
)
def plus_for_minus(a, *, of):
    return 1 + a**2 if of == "tanh" else a * (1 + a)


@known(
    "slope-of-tanh",
    "The slope is that of tanh, $1 - a^2$",
    "Here the activation is a sigmoid.",
    "Which activation made this value?",
    "Whose slope is $1 - a^2$?",
    only=SIGMOID,
)
def slope_of_tanh(a):
    return 1 - a**2


@known(
    "slope-of-the-sigmoid",
    "The slope is that of a sigmoid, $a (1 - a)$",
    "Here the activation is tanh.",
    "Which activation made this value?",
    "Whose slope is $a (1 - a)$?",
    only=TANH,
)
def slope_of_the_sigmoid(a):
    return a * (1 - a)
