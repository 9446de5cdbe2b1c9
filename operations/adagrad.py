"""A step of AdaGrad."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect
from reference import adagrad as formula


def words(*, within):
    return {"divisor": "\\sqrt{h + \\epsilon}" if within else "(\\sqrt{h} + \\epsilon)"}


adagrad = Operation(formula, words=words)

_SUM = "$h \\leftarrow h + g^2$, entry by entry."
_STEP = "The step is $w \\leftarrow w - \\eta \\, g / <divisor>$."
_WHICH = "Write the formula beside your line: what differs?"


@adagrad.check("adagrad", share=1, title="Parameter and sum of squares after a step")
def adagrad_step(student, solution, rng):
    w, dw, squares = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.random((4, 3))
    found, expected = student.adagrad(w, dw, squares, 0.03), solution.adagrad(w, dw, squares, 0.03)
    for position, name in ((0, "w"), (1, "the sum of squares")):
        expect(found[position], name).close_to(expected[position])


def known(what, step, rule, title, explain, *hints):
    return adagrad.mistake(
        f"adagrad.{what}", step=step, title=title, explain=f"{rule} {explain}".strip(), hints=(*hints, _WHICH)
    )


@known(
    "squares-forgotten",
    "next_squares",
    _SUM,
    "The squares of earlier gradients are forgotten",
    "Yours keeps the last one's.",
    "Does a step depend on the gradients before?",
)
def squares_forgotten(squares, dw):
    return dw**2


@known(
    "not-squared",
    "next_squares",
    _SUM,
    "The gradients are added up without being squared",
    "Gradients of both signs cancel, and the root of a negative number is none.",
    "Can your sum become negative?",
)
def not_squared(squares, dw):
    return squares + dw


@known(
    "never-added",
    "next_squares",
    _SUM,
    "The sum of squares is never changed",
    "",
    "What is your sum after a step?",
)
def never_added(squares, dw):
    return squares


@known(
    "root-missing",
    "size_of_all_gradients",
    _STEP,
    "The step is divided by the sum of squares, not by its root",
    "",
    "How does the step change when all gradients double?",
)
def root_missing(squares, *, eps):
    return squares + eps


@known(
    "not-divided",
    "size_of_all_gradients",
    _STEP,
    "The gradient is not divided by the root of the sum",
    "Yours is a plain step of gradient descent.",
    "Where is the sum used?",
)
def not_divided(squares):
    return np.ones_like(squares)
