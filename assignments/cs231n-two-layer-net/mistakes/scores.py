"""The scores: biases, ReLU, and what is returned without labels."""

import numpy as np

from grader.assignments import Place, mistake

SCORES = "The scores are $\\max(0, X W_1 + b_1) \\, W_2 + b_2$."


@mistake(
    "loss.relu-on-the-scores",
    step="output_affine",
    title="ReLU is applied to the scores as well",
    explain=f"{SCORES} The scores themselves are free to be negative: cut off at 0, classes that are unlikely become "
    "equal, and their weights get no gradient.",
    hints=("Can one of your scores be negative?", "After which of the two layers does ReLU come?"),
    place=Place(assigns="scores|z2|out.*", calls="maximum|max"),
)
def relu_on_the_scores(right, hidden, W, b):
    return np.maximum(right(hidden, W, b), 0)


@mistake(
    "loss.relu-on-the-scores-and-their-gradient",
    step="TwoLayerNet.loss",
    title="ReLU is applied to the scores as well",
    explain=f"{SCORES} The scores themselves are free to be negative: cut off at 0, classes that are unlikely become "
    "equal. Your gradient has the mask of that ReLU, so it belongs to your loss; but it is another loss.",
    hints=("Can one of your scores be negative?", "After which of the two layers does ReLU come?"),
    place=Place(assigns="scores|z2|out.*", calls="maximum|max"),
)
def relu_on_the_scores_and_their_gradient(right, net, X, y=None, reg=0.0):
    hidden = np.maximum(X @ net.params["W1"] + net.params["b1"], 0)
    scores = np.maximum(hidden @ net.params["W2"] + net.params["b2"], 0)
    if y is None:
        return scores
    (loss, grads), (bare_loss, bare) = right(net, X, y, reg), right(net, X, y, 0.0)
    exponentials, target = np.exp(scores - scores.max(axis=1, keepdims=True)), np.eye(scores.shape[1])[y]
    p = exponentials / exponentials.sum(axis=1, keepdims=True)
    delta = (p - target) / len(y) * (scores > 0)
    hidden_delta = delta @ net.params["W2"].T * (hidden > 0)
    own = {"W1": X.T @ hidden_delta, "b1": hidden_delta.sum(0), "W2": hidden.T @ delta, "b2": delta.sum(0)}
    own_loss = -np.mean(np.log(p[np.arange(len(y)), y]))
    return own_loss + loss - bare_loss, {key: own[key] + grads[key] - bare[key] for key in own}


@mistake(
    "loss.hidden-bias-after-relu",
    step="forward",
    title="The hidden layer's bias is added after ReLU",
    explain=f"{SCORES} Yours are $(\\max(0, X W_1) + b_1) \\, W_2 + b_2$.",
    hints=("Can the output of your hidden layer be negative?", "What does `np.maximum` get?"),
)
def hidden_bias_after_relu(params, X):
    z = X @ params["W1"]
    hidden = np.maximum(z, 0) + params["b1"]
    return hidden @ params["W2"] + params["b2"], hidden, z


@mistake(
    "loss.hidden-bias-after-relu-and-its-mask",
    step="forward",
    title="The hidden layer's bias is added after ReLU",
    explain=f"{SCORES} Yours are $(\\max(0, X W_1) + b_1) \\, W_2 + b_2$.",
    hints=("Can the output of your hidden layer be negative?", "What does `np.maximum` get?"),
    place=Place(looks=r"\+=? \w*b1?\b", calls="maximum|relu|max"),
)
def hidden_bias_after_relu_and_its_mask(params, X):
    hidden = np.maximum(X @ params["W1"], 0) + params["b1"]
    return hidden @ params["W2"] + params["b2"], hidden, hidden


@mistake(
    "loss.probabilities-returned",
    step="returned_scores",
    title="Without labels the probabilities are returned, not the scores",
    explain=f"{SCORES} The softmax comes after them, as part of the loss.",
    hints=("What do the rows of your scores sum to?", "What is computed before the first `return`?"),
)
def probabilities_returned(scores):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)
