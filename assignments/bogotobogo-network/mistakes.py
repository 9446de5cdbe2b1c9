"""Where the one stands; what goes wrong at the output, and in the order of the steps."""

import numpy as np

from grader.assignments import convention, mistake


@convention("NeuralNetwork.one-behind", step="with_one")
def one_behind(X):
    return np.insert(X, X.shape[-1], 1.0, axis=-1)


@mistake(
    "fit.output-slope-missing",
    step="output_slope",
    title="The slope of the output's tanh is missing",
    explain="The output went through tanh, so its error is multiplied by $1 - a^2$.",
    hints=("Which function made the output?", "By what does the chain rule multiply the error?"),
)
def output_slope_missing(a):
    return np.ones_like(a)


@mistake(
    "fit.hidden-slope-missing",
    step="hidden_slope",
    title="The slope of the hidden layers' tanh is missing",
    explain="A hidden layer went through tanh as well: what comes back to it through the weights is multiplied by "
    "$1 - a^2$ of its own values, before it goes on.",
    hints=(
        "Which functions lie between these weights and the output?",
        "By what does the chain rule multiply the error?",
    ),
)
def hidden_slope_missing(a):
    return np.ones_like(a)


@mistake(
    "fit.last-weights-already-changed",
    step="on_the_way_back",
    title="The error goes back by weights that the step has changed already",
    explain="The outputs were made with the old weights, so every error of this step goes back by them: compute all "
    "of them, then change the weights.",
    hints=("Which weights made the output?", "In which order are errors computed and weights changed?"),
)
def last_weights_already_changed(before, after):
    return after
