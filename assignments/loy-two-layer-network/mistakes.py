"""What goes wrong at the output, and in the order of the steps."""

import numpy as np

from grader.assignments import mistake


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
