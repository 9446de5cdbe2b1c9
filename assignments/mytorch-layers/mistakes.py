"""What goes wrong beside the steps of operations."""

import numpy as np

from grader.assignments import mistake

_RUNNING = "Each batch of a training changes it to $\\alpha \\cdot old + (1 - \\alpha) \\cdot new$."


@mistake(
    "BatchNorm1d.running-weights-exchanged",
    step="running_average",
    title="The weights of old and new are exchanged in the running averages",
    explain=_RUNNING,
    hints=["How far does one batch move an average for alpha = 0.9?", "What is multiplied by alpha?"],
)
def running_weights_exchanged(right, old, new, alpha):
    return right(new, old, alpha)


@mistake(
    "BatchNorm1d.running-forgotten",
    step="running_average",
    title="The running averages are those of the last batch",
    explain=f"{_RUNNING} In yours the old value has no part.",
    hints=["Does the average change with an earlier batch?", "Where does the old value come in?"],
)
def running_forgotten(old, new, alpha):
    return new


@mistake(
    "BatchNorm1d.running-never-changed",
    step="running_average",
    title="The running averages stay as they were at first",
    explain=_RUNNING,
    hints=["What are they after a batch?", "Where are they stored?"],
)
def running_never_changed(old, new, alpha):
    return old


@mistake(
    "BatchNorm1d.evaluation-by-the-batch",
    step="statistics",
    title="An evaluation normalises by the batch, not by the running averages",
    explain="In an evaluation a sample's output must not depend on which others are there.",
    hints=["What comes out for a single sample?", "What does `eval` change?"],
)
def evaluation_by_the_batch(Z, running):
    return Z.mean(axis=0), Z.var(axis=0)


def upstream_left_out(layer, step, slope):
    """What arrives has no part in what goes back."""

    def slope_alone(upstream, z):
        return slope(z)

    return mistake(
        f"{layer}.backward.slope-alone",
        step=step,
        title=f"What arrives has no part in the gradient: {layer}'s slope alone is returned",
        explain="By the chain rule what arrives is multiplied by the slope. Yours is the slope alone, right only "
        "where ones arrive.",
        hints=["Does the gradient change with dLdA?", "A factor is missing."],
    )(slope_alone)


sigmoid_slope_alone = upstream_left_out("Sigmoid", "sigmoid_backward", lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2)
relu_slope_alone = upstream_left_out("ReLU", "relu_backward", lambda z: (z > 0).astype(float))
