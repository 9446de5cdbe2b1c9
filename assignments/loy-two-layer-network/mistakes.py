"""What goes wrong at the output, and in the order of the steps."""

import numpy as np

from grader.assignments import convention, mistake


@convention("backprop.half-squares", step="slope_of_squares")
def half_squares(outputs, targets):
    return outputs - targets


@mistake(
    "backprop.output-slope-missing",
    step="output_slope",
    title="The slope of the output's sigmoid is missing",
    explain="The output went through a sigmoid, so its error is multiplied by $a (1 - a)$. (With the cross-entropy the "
    "slope would cancel; here the cost is the squared error.)",
    hints=("Which function made the output?", "By what does the chain rule multiply the error?"),
)
def output_slope_missing(a):
    return np.ones_like(a)


@mistake(
    "backprop.hidden-slope-missing",
    step="hidden_slope",
    title="The slope of the hidden layer's sigmoid is missing",
    explain="The hidden layer went through a sigmoid as well: what comes back to it through `weights2` is multiplied "
    "by $a (1 - a)$ of its own values, before it meets the input.",
    hints=("Which functions lie between `weights1` and the output?", "By what does the chain rule multiply the error?"),
)
def hidden_slope_missing(a):
    return np.ones_like(a)


@mistake(
    "backprop.output-slope-missing-on-the-way-back",
    step="what_goes_back",
    title="What goes back to the hidden layer lacks the slope of the output's sigmoid",
    explain="The error goes back through the output's sigmoid before it comes to `weights2`: what is multiplied with "
    "them is the error times $a (1 - a)$, as in the gradient of `weights2`.",
    hints=("What does the gradient of `weights2` have that the hidden layer's error has not?",),
)
def output_slope_missing_on_the_way_back(delta, error):
    return error


@mistake(
    "backprop.weights2-already-updated",
    step="on_the_way_back",
    title="The error goes back by weights2 after its step",
    explain="The outputs were made with the old `weights2`, so the gradient of `weights1` is made with them as well: "
    "compute both gradients, then change both weights.",
    hints=("Which weights made the output?", "In which order are the gradients computed and the weights changed?"),
)
def weights2_already_updated(before, after):
    return after


@mistake(
    "backprop.averaged",
    step="batch_sum",
    title="The step is divided by the number of samples",
    explain="The cost is a sum over the samples, not a mean.",
    hints=("How should the step change when every sample is given twice?", "Is there a `mean` or a division?"),
)
def averaged(gradient, samples):
    return gradient / samples


_TOGETHER = (
    "The outputs were made with the weights from before, so both gradients are made with these, over all samples. Then "
    "the weights change, once."
)


def _slopes(a):
    return a * (1 - a)


def _in_a_loop(net, weights2_first):
    """One sample after the other, each with the weights that those before it have changed."""
    for x, a, output, y in zip(net.input, net.layer1, net.output, net.y, strict=True):
        delta = 2 * (y - output) * _slopes(output)
        before, net.weights2 = net.weights2, net.weights2 + np.outer(a, delta)
        back = net.weights2 if weights2_first else before
        net.weights1 = net.weights1 + np.outer(x, (back @ delta) * _slopes(a))


@mistake(
    "backprop.weights-changed-inside-the-loop",
    step="NeuralNetwork.backprop",
    title="The weights are changed inside the loop over the samples",
    explain=f"{_TOGETHER} In yours the error of the second sample goes back by weights that the first one has changed.",
    hints=("Which weights does the second sample meet?", "What belongs behind the loop?"),
)
def weights_changed_inside_the_loop(self):
    _in_a_loop(self, weights2_first=False)


@mistake(
    "backprop.weights2-changed-before-the-error-goes-back",
    step="NeuralNetwork.backprop",
    title="In the loop over the samples, weights2 is changed before the error goes back by it",
    explain=f"{_TOGETHER} In yours each error goes back by weights that it has changed itself.",
    hints=(
        "Which weights made the output?",
        "In which order do the lines in your loop stand, and what belongs behind it?",
    ),
)
def weights2_changed_before_the_error_goes_back(self):
    _in_a_loop(self, weights2_first=True)
