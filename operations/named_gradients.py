"""The dict of gradients that a backward pass returns: under which names, and all of them at once."""

import re

import numpy as np

from grader.assignments import Operation
from grader.assignments.allowed import text_with_place
from reference import named_gradients as formula


def words(*, key):
    def names(pattern):
        return ", ".join(f"`{pattern.format(name)}`" for name in ("W1", "b1"))

    return {
        "names": f"{names(key)}, …",
        "other_names": f"{names('{}' if key != '{}' else 'd{}')}, …",
        "first": f'`grads["{key.format("W1")}"]`',
    }


named_gradients = Operation(formula, words=words, conventions={"key": "d{}"}, values={"key": text_with_place("d{}")})

_KEYS = ("Which keys does the docstring promise?", "Compare them with those of your dict, letter by letter.")


def _keys_mistake(code, key, explain):
    return named_gradients.mistake(
        code,
        step="named_gradients",
        title="The keys of the result are <other_names>; the task asks for <names>",
        explain=f"The gradients are right. {explain}",
        hints=_KEYS,
        only={"key": key},
    )


@_keys_mistake("backward.keys-without-d", "d{}", "Their names are those of the parameters.")
def keys_without_d(grads):
    return {key.removeprefix("d"): gradient for key, gradient in grads.items()}


@_keys_mistake(
    "backward.keys-with-d",
    "{}",
    "The result must have the keys of the parameters, so that the two can be walked through together: "
    "`params[key] - lr * grads[key]`.",
)
def keys_with_d(grads):
    return {f"d{key}": gradient for key, gradient in grads.items()}


@named_gradients.mistake(
    "backward.weights-and-biases-exchanged",
    step="named_gradients",
    title="The weight and bias gradients of each layer are exchanged",
    explain="What is stored under the key of the weights is the gradient of the biases, and the reverse: two returned "
    "values were taken in the other order.",
    hints=("Which shape does <first> have, and which `W1`?", "In which order are `dW` and `db` returned and taken?"),
)
def weights_and_biases_exchanged(grads):
    other = {"W": "b", "b": "W"}
    return {re.sub("[Wb]", lambda letter: other[letter[0]], key, count=1): gradient for key, gradient in grads.items()}


@named_gradients.mistake(
    "backward.negated",
    step="named_gradients",
    title="All gradients have the wrong sign",
    explain="Every gradient, a penalty's part included, is −1 times the right one. The function returns the gradient, "
    "the direction in which the cost grows; the minus sign belongs to the update, $W - \\eta \\, dW$.",
    hints=("In which direction does the cost grow?", "Where does the minus sign of gradient descent belong?"),
)
def negated(grads):
    return {key: -gradient for key, gradient in grads.items()}


@named_gradients.mistake(
    "backward.always-zero",
    step="named_gradients",
    title="All gradients are 0",
    explain="The arrays are made and never filled, or everything is cut off on the way: by integer arrays, by a mask "
    "that is never true, or because the results go into other variables than those that are returned.",
    hints=("At which line does δ become 0?", "Is what you compute what you return?"),
)
def always_zero(grads):
    return {key: np.zeros_like(gradient) for key, gradient in grads.items()}
