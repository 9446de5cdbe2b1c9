"""What goes wrong at the linear output, and in the sums over a batch."""

import numpy as np

from grader.assignments import Place, convention, mistake
from reference.dense import propagate
from reference.sigmoid import sigmoid

_LINEAR = "The network predicts a number of rentals: its output is $f(x) = x$, with the slope 1."


@convention("NeuralNetwork.gradients-summed", step="direction")
def gradients_summed():
    return -1


def through_the_sigmoid(function, step):
    return mistake(
        f"{function}.output-through-the-sigmoid",
        step=step,
        title="The output goes through the sigmoid",
        explain=f"{_LINEAR} Through a sigmoid it would stay between 0 and 1.",
        hints=("Between which numbers do your outputs lie?", "Which activation has the last layer?"),
    )


@through_the_sigmoid("forward_pass_train", "output")
def output_through_the_sigmoid(z):
    return sigmoid(z)


@through_the_sigmoid("run", "output_of_run")
def output_of_run_through_the_sigmoid(z):
    return sigmoid(z)


@mistake(
    "backpropagation.output-slope-of-a-sigmoid",
    step="output_slope",
    title="The error at the output is multiplied by the slope of a sigmoid",
    explain=f"{_LINEAR} So the error term of the output is the error itself.",
    hints=("What is the derivative of $f(x) = x$?", "Which factor has `output_error_term`?"),
    place=Place(assigns="output_error_term"),
)
def output_slope_of_a_sigmoid(final_outputs):
    return final_outputs * (1 - final_outputs)


@mistake(
    "backpropagation.output-slope-its-value",
    step="output_slope",
    title="The error at the output is multiplied by the output",
    explain=f"{_LINEAR} The output itself is no derivative.",
    hints=("What is the derivative of $f(x) = x$?", "Which factor has `output_error_term`?"),
    place=Place(assigns="output_error_term"),
)
def output_slope_its_value(final_outputs):
    return final_outputs


@mistake(
    "update_weights.ascent",
    step="update",
    title="What brings the outputs nearer to the targets is subtracted from the weights",
    explain="What is summed for a weight is how it should be changed, so its mean, times the learning rate, is added. "
    "Subtracted it leads away from the targets: the error rises with every step.",
    hints=("Is what you sum the gradient of the error, or its negative?", "Which sign must the step have, then?"),
    place=Place(assigns="self.weights_.*"),
)
def ascent(value, gradient, rate):
    return value + rate * gradient


@mistake(
    "backpropagation.error-of-the-wrong-sign",
    step="output_error",
    title="The error at the output has the wrong sign",
    explain="What is added to a weight must bring the output nearer to the target, $y - \\hat y$ at the output. Yours "
    "leads away from it.",
    hints=("If the output is too small, is your error positive?", "Which of the two is subtracted?"),
    place=Place(assigns="error"),
)
def error_of_the_wrong_sign(final_outputs, y):
    return final_outputs - y


@mistake(
    "backpropagation.weights-left-out",
    step="error_of_the_hidden_units",
    title="The error goes back to the hidden units without the weights",
    explain="A hidden unit has its share in the error of the output by its weight.",
    hints=("What is the shape of the error of the hidden units?", "By what is the output's error term multiplied?"),
    place=Place(assigns="hidden_error"),
)
def weights_left_out(error, output_term, W):
    return propagate(output_term, np.ones_like(W))


@mistake(
    "backpropagation.sums-begun-anew",
    step="added",
    title="The sums over the samples before are lost",
    explain="A batch's step is the sum over its samples; yours keeps the last one's.",
    hints=("What happens to the deltas that come in?", "`=` or `+=`?"),
    place=Place(assigns="delta_weights_.*"),
)
def sums_begun_anew(so_far, of_the_sample):
    return of_the_sample


_ONE_STEP = (
    "The samples of a batch are looked at with the same weights; their changes are added up, and one step is made."
)


def _nothing_yet(network):
    return np.zeros(network.weights_input_to_hidden.shape), np.zeros(network.weights_hidden_to_output.shape)


@mistake(
    "train.updated-inside-the-loop",
    step="NeuralNetwork.train",
    title="The weights are updated inside the loop over the samples",
    explain=f"{_ONE_STEP} In yours the sums of the first samples are used again with each later one, and each sample "
    "meets other weights: the update belongs behind the loop.",
    hints=("How often is `update_weights` called for a batch of 100?", "How far is that line indented?"),
    place=Place(calls="update_weights"),
)
def updated_inside_the_loop(self, features, targets):
    sums = _nothing_yet(self)
    for X, y in zip(features, targets, strict=True):
        sums = self.backpropagation(*self.forward_pass_train(X), X, y, *sums)
        self.update_weights(*sums, len(features))


def _a_step_for_each(self, features, targets, n_records):
    for X, y in zip(features, targets, strict=True):
        self.update_weights(*self.backpropagation(*self.forward_pass_train(X), X, y, *_nothing_yet(self)), n_records)


_EACH = {
    "step": "NeuralNetwork.train",
    "title": "A step is made for each sample, instead of one for the batch",
    "explain": f"{_ONE_STEP} In yours the second sample meets the weights that the first one has changed.",
    "hints": ("How often is `update_weights` called for a batch of 100?", "Which weights meet the second sample?"),
    "place": Place(calls="update_weights"),
}


@mistake("train.step-for-each-sample", **_EACH)
def step_for_each_sample(self, features, targets):
    _a_step_for_each(self, features, targets, len(features))


@mistake("train.whole-step-for-each-sample", **_EACH)
def whole_step_for_each_sample(self, features, targets):
    _a_step_for_each(self, features, targets, 1)


@mistake(
    "train.sums-carried-over",
    step="NeuralNetwork.train",
    title="The sums of the batch before are carried over into the next one",
    explain=f"{_ONE_STEP} For the next batch they begin at 0. In yours old changes are made again with each batch.",
    hints=("What are the deltas at the beginning of the second call?", "Where are they set to zeros, and how often?"),
)
def sums_carried_over(self, features, targets):
    sums = getattr(self, "sums_so_far", None) or _nothing_yet(self)
    for X, y in zip(features, targets, strict=True):
        sums = self.backpropagation(*self.forward_pass_train(X), X, y, *sums)
    self.sums_so_far = sums
    self.update_weights(*sums, len(features))
