"""What goes wrong in the training of a unit and in its shapes."""

import numpy as np

from grader.assignments import Place, mistake


@mistake(
    "model.trained-on-the-test-set",
    step="trained_on",
    title="The model is trained on the test set",
    explain="It learns from `X_train` and `Y_train`; the test set shows what it does with samples it has not seen.",
    hints=("Which arguments does `optimize` get?", "Look at the call of `optimize` in `model`."),
    place=Place(calls="optimize"),
)
def trained_on_the_test_set(X_train, Y_train, X_test, Y_test):
    return X_test, Y_test


@mistake(
    "initialize_with_zeros.random",
    step="initialize_with_zeros",
    title="The weights are random instead of 0",
    explain="A single unit has no other to be different from, so it may start at 0, and the task asks for it.",
    hints=("What is the largest weight?", "Look at how w is made."),
)
def random(dim):
    return np.random.randn(dim, 1) * 0.01, 0.0
