"""`predict` where it computes the scores by itself."""

import numpy as np

from grader.assignments import Place, mistake

from .scores import SCORES


def scores_with(params, X, biases):
    """The scores, computed with these biases alone."""
    b1, b2 = (params[key] if key in biases else 0.0 for key in ("b1", "b2"))
    return np.maximum(X @ params["W1"] + b1, 0) @ params["W2"] + b2


@mistake(
    "predict.output-bias-missing",
    step="predicted_scores",
    title="`predict` leaves b2 out",
    explain=f"{SCORES} The forward pass is written a second time in `predict`, and there the last bias is missing. "
    "Calling `self.loss(X)` keeps the two together.",
    hints=("Do your labels change when b2 does?", "How does `predict` compute the scores?"),
    place=Place(looks=r"^(?!.*\bb2\b).*(dot\(|@|matmul\().*\bW2\b"),
)
def prediction_without_output_bias(net, X):
    return scores_with(net.params, X, ("b1",))


@mistake(
    "predict.hidden-bias-missing",
    step="predicted_scores",
    title="`predict` leaves b1 out",
    explain=f"{SCORES} The forward pass is written a second time in `predict`, and there b1 is missing. Calling "
    "`self.loss(X)` keeps the two together.",
    hints=("Do your labels change when b1 does?", "How does `predict` compute the scores?"),
    place=Place(looks=r"^(?!.*\bb1\b).*(dot\(|@|matmul\().*\bW1\b"),
)
def prediction_without_hidden_bias(net, X):
    return scores_with(net.params, X, ("b2",))


@mistake(
    "predict.biases-missing",
    step="predicted_scores",
    title="`predict` leaves both biases out",
    explain=f"{SCORES} The forward pass is written a second time in `predict`, and there the biases are missing. "
    "Calling `self.loss(X)` keeps the two together.",
    hints=("Do your labels change when the biases do?", "How does `predict` compute the scores?"),
)
def prediction_without_biases(net, X):
    return scores_with(net.params, X, ())


@mistake(
    "predict.relu-on-the-scores",
    step="predicted_scores",
    title="`predict` applies ReLU to the scores as well",
    explain=f"{SCORES} Where all scores of a sample are negative, cut off at 0 they are equal, and `argmax` says 0.",
    hints=("What is predicted where every score is negative?", "How does `predict` compute the scores?"),
    place=Place(calls="maximum|relu|max", looks="score|W2"),
)
def prediction_with_relu_on_the_scores(right, net, X):
    return np.maximum(right(net, X), 0)


@mistake(
    "predict.relu-missing",
    step="predicted_scores",
    title="`predict` has no ReLU",
    explain=f"{SCORES} Without ReLU the labels are those of another network than the one that was trained.",
    hints=("What stands between the two matrix products?", "How does `predict` compute the scores?"),
)
def prediction_without_relu(net, X):
    return (X @ net.params["W1"] + net.params["b1"]) @ net.params["W2"] + net.params["b2"]
