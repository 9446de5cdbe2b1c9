"""Known mistakes of this assignment: those of the penalty, in both accepted forms, of the two layers, and of training.

Mistakes in single formulas are in the catalogue that assignments share.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assignments.catalogue import backpropagation, forward, gradient_descent, one_hot_labels, predict, softmax_loss
from grader.assignments import Mistake, Place, convention, mistake, probe, shared

_SCORES = "The scores are $\\max(0, X W_1 + b_1) \\, W_2 + b_2$."
_LOSS = "The loss of a sample is $-\\log p_y$ with $p_k = \\frac{e^{s_k}}{\\sum_j e^{s_j}}$, the sum over all classes."
_PENALTY = (
    "The penalty $reg \\, (\\sum W_1^2 + \\sum W_2^2)$ has the gradients $2 \\, reg \\, W_l$; with ½ in front it "
    "has $reg \\, W_l$. Either is accepted, each with its own gradient; biases are in neither."
)
_STEP = "A step changes every parameter by $-\\eta$ times its gradient."


# The penalty


@dataclass(frozen=True)
class PenaltyMistake:
    """A wrong penalty: `terms(params, reg, n, a, b)` gives what is added to the loss, and to the gradients by key.

    `factors` maps the beginning of a code to (a, b), which are (1, 2) for reg·ΣW² and (½, 1) for ½·reg·ΣW².
    """

    name: str
    title: str
    explain: str
    hints: tuple[str, ...]
    terms: Callable[..., tuple[float, dict[str, object]]]
    factors: tuple[tuple[str, float, float], ...] = (("", 1, 2), ("half-", 0.5, 1))
    place: Place | None = None

    def declarations(self) -> Iterator[Mistake]:
        for prefix, a, b in self.factors:
            code = f"loss.{prefix}{self.name}"
            replacement = self._replacement(a, b)
            yield Mistake(code, "penalty_terms", self.title, self.explain, self.hints, replacement, self.place)

    def _replacement(self, a: float, b: float) -> Callable[..., tuple[float, dict[str, object]]]:
        return lambda params, reg, n: self.terms(params, reg, n, a, b)


def squares(params, *keys):
    return sum(float(np.sum(params[key] ** 2)) for key in keys)


def scaled(params, factor, *keys):
    return {key: factor * params[key] for key in keys}


WEIGHTS = ("W1", "W2")


@convention("loss.half-penalty", step="penalty_terms")
def half_penalty(params, reg, n):
    return reg / 2 * squares(params, *WEIGHTS), scaled(params, reg, *WEIGHTS)


_BELONG = ("Derive the penalty of your loss: which factor comes down?", "Compare the factors of the two lines.")
_WHICH_TERM = ("What changes in your loss, and what in your gradients, when `reg` doubles?", "Look for each `reg`.")
_BY_N = ("What should the penalty be when every sample is in the batch twice?", "What stands before the division by n?")
_WHICH_LAYER = (
    "Does the penalty change when W2 does? And when W1 does?",
    "Look for each `reg`: which weights are beside it?",
)
_BIASES = ("Does anything of the penalty change when b1 does?", "Over which parameters does it run?")

# The statements in which a penalty shows. In the gradient there may be one for each layer, all alike.
_IN_THE_LOSS = Place(looks=r"^(?!d[A-Zw]|grad).*\breg\w*\b")
_IN_THE_GRADIENT = Place(looks=r"^(d[A-Zw]|grad|return).*\breg\w*\b", first=True)
_IN_A_BIAS = Place(looks=r"^(db|grad\w*\[.b|return).*\breg\w*\b", first=True)

PENALTIES = (
    PenaltyMistake(
        "penalty-missing",
        "The penalty is missing from the loss and from the gradients",
        f"{_PENALTY} Yours does not depend on `reg`.",
        _WHICH_TERM,
        lambda params, reg, n, a, b: (0.0, {}),
        (("", 0, 0),),
    ),
    PenaltyMistake(
        "penalty-missing-in-the-gradient",
        "The penalty is in the loss, but not in the gradients",
        f"{_PENALTY} Without it the weights never feel the penalty.",
        _WHICH_TERM,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), {}),
    ),
    PenaltyMistake(
        "penalty-missing-in-the-loss",
        "The penalty is in the gradients, but not in the loss",
        f"{_PENALTY} The loss that you return is not the one that you descend on.",
        _WHICH_TERM,
        lambda params, reg, n, a, b: (0.0, scaled(params, b * reg, *WEIGHTS)),
    ),
    PenaltyMistake(
        "penalty-gradient-without-factor-2",
        "The loss has reg·ΣW², the gradients reg·W: the factor 2 of the derivative is missing",
        f"{_PENALTY} Your loss has the first, your gradients the second.",
        _BELONG,
        lambda params, reg, n, a, b: (reg * squares(params, *WEIGHTS), scaled(params, reg, *WEIGHTS)),
        (("", 1, 1),),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-doubled",
        "The loss has ½·reg·ΣW², the gradients 2·reg·W: the ½ is missing there",
        f"{_PENALTY} Your loss has the second, your gradients the first.",
        _BELONG,
        lambda params, reg, n, a, b: (reg / 2 * squares(params, *WEIGHTS), scaled(params, 2 * reg, *WEIGHTS)),
        (("", 0.5, 2),),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-sign",
        "The penalty's gradient has the wrong sign",
        f"{_PENALTY} With a minus sign the weights grow without bound.",
        ("Should the penalty make the weights smaller or larger?", "`+=` or `-=`?"),
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, -b * reg, *WEIGHTS)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-gradient-is-one-number",
        "The sum of all weights of a layer is added to every entry of its gradient",
        f"{_PENALTY} Each weight has its own derivative; nothing is summed in the gradient.",
        ("Which shape has the derivative of $\\sum W^2$ in W?", "Look for a `np.sum` in the gradient's line."),
        lambda params, reg, n, a, b: (
            a * reg * squares(params, *WEIGHTS),
            {key: b * reg * np.sum(params[key]) for key in WEIGHTS},
        ),
        (("", 1, 2), ("half-", 0.5, 1), ("unmatched-", 1, 1)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-divided-by-n",
        "The penalty is divided by the number of samples, in the loss and in the gradients",
        f"{_PENALTY} It is about the weights, which do not come with the samples: only the data's part is a mean.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS) / n, scaled(params, b * reg / n, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-gradient-divided-by-n",
        "The penalty's gradient is divided by the number of samples",
        f"{_PENALTY} In the loss it stands by itself; in the gradients it was added before the division by n.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg / n, *WEIGHTS)),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-loss-divided-by-n",
        "The penalty is divided by the number of samples in the loss",
        f"{_PENALTY} In the gradients it stands by itself; in the loss it was added before the division by n.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS) / n, scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone",
        "The output layer's weights are left out of the penalty",
        f"{_PENALTY} Yours has W1 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, "W1")),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone",
        "The hidden layer's weights are left out of the penalty",
        f"{_PENALTY} Yours has W2 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg, "W2")),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone-in-the-loss",
        "The output layer's weights are left out of the penalty in the loss; the gradients have both",
        f"{_PENALTY} Your loss has W1 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone-in-the-loss",
        "The hidden layer's weights are left out of the penalty in the loss; the gradients have both",
        f"{_PENALTY} Your loss has W2 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-without-reg-on-the-second-layer",
        "`reg` multiplies the first layer's weights alone: parentheses are missing",
        f"{_PENALTY} In `reg * np.sum(W1 * W1) + np.sum(W2 * W2)` the second sum is not multiplied.",
        ("Does your loss have a penalty when `reg` is 0?", "What does `reg` multiply?"),
        lambda params, reg, n, a, b: (
            a * reg * squares(params, "W1") + squares(params, "W2"),
            scaled(params, b * reg, *WEIGHTS),
        ),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-the-norm",
        "The penalty in the loss has the norms of the weights, not their squares",
        f"{_PENALTY} `np.linalg.norm` takes the square root of the sum.",
        ("By how much should the penalty grow when all weights double?", "Is there a root in it?"),
        lambda params, reg, n, a, b: (
            a * reg * sum(np.linalg.norm(params[key]) for key in WEIGHTS),
            scaled(params, b * reg, *WEIGHTS),
        ),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-not-squared",
        "The weights are added up without being squared",
        f"{_PENALTY} In a plain sum positive and negative weights cancel.",
        ("Can a penalty be negative?", "What should a weight of −2 add?"),
        lambda params, reg, n, a, b: (
            a * reg * sum(np.sum(params[key]) for key in WEIGHTS),
            scaled(params, b * reg, *WEIGHTS),
        ),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone-in-the-gradient",
        "The output layer's weights are left out of the penalty in the gradients; the loss has both",
        f"{_PENALTY} Only your gradient of W1 changes with `reg`.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, "W1")),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone-in-the-gradient",
        "The hidden layer's weights are left out of the penalty in the gradients; the loss has both",
        f"{_PENALTY} Only your gradient of W2 changes with `reg`.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, "W2")),
        place=_IN_THE_GRADIENT,
    ),
    PenaltyMistake(
        "biases-penalised",
        "The biases are in the penalty",
        f"{_PENALTY} Yours has all four parameters, in the loss and in the gradients.",
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *params)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "biases-penalised-in-the-loss",
        "The biases are in the penalty of the loss; the gradients have the weights alone",
        _PENALTY,
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *WEIGHTS)),
        place=_IN_THE_LOSS,
    ),
    PenaltyMistake(
        "biases-penalised-in-the-gradient",
        "The biases are in the penalty's gradients; the loss has the weights alone",
        _PENALTY,
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, *params)),
        place=_IN_A_BIAS,
    ),
)

# The logarithm of 0 earns a remark only; whole functions of the catalogue have other arguments.
MISTAKES = (
    *(
        entry
        for entry in shared(forward, softmax_loss, one_hot_labels, backpropagation, predict, gradient_descent)
        if entry.step not in ("forward", "backward") and entry.code != "softmax_loss.logarithm-of-zero"
    ),
    *(entry for wrong in PENALTIES for entry in wrong.declarations()),
)


# Scores


@mistake(
    "loss.relu-on-the-scores",
    step="output_scores",
    title="ReLU is applied to the scores as well",
    explain=f"{_SCORES} The scores themselves are free to be negative: cut off at 0, classes that are unlikely become "
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
    explain=f"{_SCORES} The scores themselves are free to be negative: cut off at 0, classes that are unlikely become "
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
    "loss.output-bias-missing",
    step="output_scores",
    title="The output layer's bias is not added to the scores",
    explain=f"{_SCORES} Yours lack $b_2$. A new network's biases are 0, so nothing shows at first.",
    hints=("Do your scores change when b2 does?", "Look at the line that computes the scores."),
    place=Place(assigns="scores|z2|out.*"),
)
def output_bias_missing(hidden, W, b):
    return hidden @ W


@mistake(
    "loss.output-bias-added-twice",
    step="output_scores",
    title="The output layer's bias is added twice",
    explain=f"{_SCORES} Yours have $2 b_2$.",
    hints=("By how much do your scores change when b2 changes by 1?", "Look for every line with `b2`."),
    place=Place(looks=r"\b2(\.0)? \* \w*b\d?\b|\+ (b\d?) \+ \2\b|^\w+ \+= \w*b\d?\b"),
)
def output_bias_added_twice(hidden, W, b):
    return hidden @ W + 2 * b


@mistake(
    "loss.hidden-bias-missing",
    step="hidden_input",
    title="The hidden layer's bias is not added",
    explain=f"{_SCORES} Yours leave $b_1$ out. A new network's biases are 0, so nothing shows at first.",
    hints=("Do your scores change when b1 does?", "Look at the line that computes the hidden layer."),
    place=Place(looks=r"^(?!.*\bb1\b).*(dot\(|@|matmul\().*\bW1\b"),
)
def hidden_bias_missing(X, W, b):
    return X @ W


@mistake(
    "loss.hidden-bias-added-twice",
    step="hidden_input",
    title="The hidden layer's bias is added twice",
    explain=f"{_SCORES} Yours have $2 b_1$.",
    hints=("By how much does a hidden unit change when b1 changes by 1?", "Look for every line with `b1`."),
    place=Place(looks=r"\b2(\.0)? \* \w*b\d?\b|\+ (b\d?) \+ \2\b|^\w+ \+= \w*b\d?\b"),
)
def hidden_bias_added_twice(X, W, b):
    return X @ W + 2 * b


@mistake(
    "loss.hidden-bias-after-relu",
    step="forward",
    title="The hidden layer's bias is added after ReLU",
    explain=f"{_SCORES} Yours are $(\\max(0, X W_1) + b_1) \\, W_2 + b_2$.",
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
    explain=f"{_SCORES} Yours are $(\\max(0, X W_1) + b_1) \\, W_2 + b_2$.",
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
    explain=f"{_SCORES} The softmax comes after them, as part of the loss.",
    hints=("What do the rows of your scores sum to?", "What is computed before the first `return`?"),
)
def probabilities_returned(scores):
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


# Loss and gradients


@mistake(
    "loss.denominator-without-true-class",
    step="class_log_probabilities",
    title="The softmax's denominator leaves the true class out",
    explain=f"{_LOSS} Without the true class's own term the loss can be negative, and the probabilities of a sample do "
    "not sum to 1.",
    hints=("Can your loss be negative?", "Which classes does the sum in the denominator run over?"),
)
def denominator_without_true_class(right, scores, y):
    log_p = right(scores, y)
    true = log_p[np.arange(len(y)), y]
    return log_p - np.log1p(-np.exp(true))[:, np.newaxis]


def with_gradient(key, compute):
    """The right gradients with one of them computed otherwise."""

    def gradients(right, params, X, hidden, z, delta):
        found = right(params, X, hidden, z, delta)
        return found | {key: compute(params, X, hidden, z, delta)}

    return gradients


mistake(
    "loss.bias-gradient-before-the-mask",
    step="data_gradients",
    title="The hidden bias's gradient is taken before ReLU's derivative is applied",
    explain="b1 acts before ReLU, so its gradient is summed behind ReLU's derivative: over the samples in which the "
    "unit is on.",
    hints=("Is b1 added before or after ReLU?", "Which of your two gradients do you sum for b1?"),
)(before_the_mask := with_gradient("b1", lambda params, X, hidden, z, delta: (delta @ params["W2"].T).sum(axis=0)))

mistake(
    "loss.weight-gradient-before-the-mask",
    step="data_gradients",
    title="W1's gradient is taken before ReLU's derivative is applied",
    explain="W1 acts before ReLU, so the gradient that comes back from W2 has to pass ReLU's derivative first: 0 where "
    "the unit was off.",
    hints=("Is W1 applied before or after ReLU?", "Which of your two gradients is in the product for W1?"),
)(weights_before_the_mask := with_gradient("W1", lambda params, X, hidden, z, delta: X.T @ (delta @ params["W2"].T)))

mistake(
    "loss.output-gradient-from-the-pre-activation",
    step="data_gradients",
    title="W2's gradient uses the hidden layer before ReLU",
    explain="W2 multiplies what ReLU gives, so its gradient is $\\max(0, z)^T \\delta$. Yours has $z^T \\delta$.",
    hints=("Which array does W2 multiply in the forward pass?", "Before or after `np.maximum`?"),
)(from_the_pre_activation := with_gradient("W2", lambda params, X, hidden, z, delta: z.T @ delta))


# Prediction


def scores_with(params, X, biases):
    """The scores, computed with these biases alone."""
    b1, b2 = (params[key] if key in biases else 0.0 for key in ("b1", "b2"))
    return np.maximum(X @ params["W1"] + b1, 0) @ params["W2"] + b2


@mistake(
    "predict.output-bias-missing",
    step="predicted_scores",
    title="`predict` leaves b2 out",
    explain=f"{_SCORES} The forward pass is written a second time in `predict`, and there the last bias is missing. "
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
    explain=f"{_SCORES} The forward pass is written a second time in `predict`, and there b1 is missing. Calling "
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
    explain=f"{_SCORES} The forward pass is written a second time in `predict`, and there the biases are missing. "
    "Calling `self.loss(X)` keeps the two together.",
    hints=("Do your labels change when the biases do?", "How does `predict` compute the scores?"),
)
def prediction_without_biases(net, X):
    return scores_with(net.params, X, ())


@mistake(
    "predict.relu-on-the-scores",
    step="predicted_scores",
    title="`predict` applies ReLU to the scores as well",
    explain=f"{_SCORES} Where all scores of a sample are negative, cut off at 0 they are equal, and `argmax` says 0.",
    hints=("What is predicted where every score is negative?", "How does `predict` compute the scores?"),
    place=Place(calls="maximum|relu|max", looks="score|W2"),
)
def prediction_with_relu_on_the_scores(right, net, X):
    return np.maximum(right(net, X), 0)


@mistake(
    "predict.relu-missing",
    step="predicted_scores",
    title="`predict` has no ReLU",
    explain=f"{_SCORES} Without ReLU the labels are those of another network than the one that was trained.",
    hints=("What stands between the two matrix products?", "How does `predict` compute the scores?"),
)
def prediction_without_relu(net, X):
    return (X @ net.params["W1"] + net.params["b1"]) @ net.params["W2"] + net.params["b2"]


# Training


_DRAW = "A step draws `batch_size` samples at random from all of them."
_WHICH_KEYS = ("Which of the four parameters are different after a step?", "Which keys does the update run over?")
_ALL_KEYS = ("W1", "b1", "W2", "b2")


def never_updated(name, title, left_out, explain):
    """Declare that `train` leaves these parameters as they were."""
    keys = [key for key in _ALL_KEYS if key not in left_out]
    declare = mistake(
        f"train.{name}", step="trained_keys", title=title, explain=f"{_STEP} {explain}", hints=_WHICH_KEYS
    )
    return declare(lambda params: keys)


without_biases = never_updated(
    "biases-never-updated",
    "The biases are never updated",
    ("b1", "b2"),
    "Yours changes the weights alone, so the biases stay 0.",
)
without_hidden_layer = never_updated(
    "hidden-layer-never-updated",
    "Only the output layer is updated",
    ("W1", "b1"),
    "Yours leaves W1 and b1 as they were.",
)
without_output_layer = never_updated(
    "output-layer-never-updated",
    "Only the hidden layer is updated",
    ("W2", "b2"),
    "Yours leaves W2 and b2 as they were.",
)
without_weights = never_updated(
    "weights-never-updated",
    "Only the biases are updated",
    ("W1", "W2"),
    "Yours leaves W1 and W2 as they were.",
)
without_w1 = never_updated("w1-never-updated", "W1 is never updated", ("W1",), "Yours leaves W1 out.")
without_b1 = never_updated("b1-never-updated", "b1 is never updated", ("b1",), "Yours leaves b1 out.")
without_w2 = never_updated("w2-never-updated", "W2 is never updated", ("W2",), "Yours leaves W2 out.")
without_b2 = never_updated("b2-never-updated", "b2 is never updated", ("b2",), "Yours leaves b2 out.")


@mistake(
    "train.learning-rate-ignored",
    step="update",
    title="The steps have a learning rate of 0.001, whatever `learning_rate` says",
    explain=f"{_STEP} The argument `learning_rate` is the $\\eta$ that is meant; 0.001 is only its default.",
    hints=("Does a step become longer when `learning_rate` doubles?", "Which number stands before the gradient?"),
)
def learning_rate_ignored(value, gradient, rate):
    return value - 1e-3 * gradient


_DECAY = "After each epoch of max(N / batch_size, 1) steps the learning rate is multiplied by `learning_rate_decay`."


@mistake(
    "train.learning-rate-never-decays",
    step="next_rate",
    title="The learning rate never decays",
    explain=_DECAY,
    hints=("How large is your learning rate after ten epochs?", "Where is `learning_rate_decay` used?"),
)
def learning_rate_never_decays(rate, decay, ends_epoch):
    return rate


@mistake(
    "train.learning-rate-decays-every-step",
    step="next_rate",
    title="The learning rate decays after every step, not after every epoch",
    explain=f"{_DECAY} After every step it is nearly 0 before the second epoch begins.",
    hints=(
        "How large is your learning rate after a hundred steps?",
        "Is the line with `learning_rate_decay` inside the `if` that asks for the end of an epoch?",
    ),
    place=Place(assigns="learning_rate|lr|rate"),
)
def learning_rate_decays_every_step(rate, decay, ends_epoch):
    return rate * decay


@mistake(
    "train.learning-rate-grows",
    step="next_rate",
    title="The learning rate is divided by `learning_rate_decay`, so that it grows",
    explain=_DECAY,
    hints=("Is your learning rate larger or smaller in the second epoch?", "`*=` or `/=`?"),
    place=Place(assigns="learning_rate|lr|rate"),
)
def learning_rate_grows(rate, decay, ends_epoch):
    return rate / decay if ends_epoch else rate


@mistake(
    "train.epoch-of-as-many-steps-as-samples",
    step="epoch_length",
    title="An epoch has as many steps as there are samples",
    explain=f"{_DECAY} A step takes `batch_size` samples, so an epoch is over after $N / batch\\_size$ of them.",
    hints=("How many steps does it take to see as many samples as there are?", "What is your `iterations_per_epoch`?"),
)
def epoch_of_as_many_steps_as_samples(n, batch_size):
    return n


@mistake(
    "train.penalty-forgotten",
    step="batch_gradients",
    title="`train` does not pass `reg` on to `loss`",
    explain="Without it the loss of a step has no penalty, and the weights never feel one.",
    hints=("Does the training change when `reg` does?", "With which arguments does `train` call `self.loss`?"),
    place=Place(assigns="loss|grads", calls="loss"),
)
def penalty_forgotten(net, X, y, reg):
    return net.loss(X, y)


@mistake(
    "train.penalty-added-again",
    step="batch_gradients",
    title="`train` adds the penalty's gradient, which is in the gradients of `loss` already",
    explain="`loss` returns the gradient of the whole loss, penalty included: a step needs nothing else.",
    hints=("Does `loss` know `reg`?", "Where does `reg` occur in `train`?"),
)
def penalty_added_again(net, X, y, reg):
    loss, gradients = net.loss(X, y, reg)
    return loss, gradients | {key: gradients[key] + reg * net.params[key] for key in WEIGHTS}


@mistake(
    "train.one-step-too-few",
    step="steps_to_make",
    title="There is one step less than `num_iters`",
    explain="`num_iters` is the number of steps. `range(n)` has n numbers, the last of which is n − 1.",
    hints=("How many steps are made for `num_iters=1`?", "What is `list(range(3))`?"),
)
def one_step_too_few(num_iters):
    return range(num_iters - 1)


@mistake(
    "train.history-of-the-last-step",
    step="history_with",
    title="`loss_history` keeps the last step alone",
    explain="It has the loss of every step, in their order. `=` in the place of `append` throws away what was there.",
    hints=("How long is your `loss_history`?", "`append`, or `=`?"),
)
def history_of_the_last_step(history, loss):
    return [loss]


@mistake(
    "train.samples-and-labels-drawn-apart",
    step="drawn",
    title="Samples and labels are drawn apart, so that they do not belong together",
    explain="Draw indices once, and take both with them: `X[indices]`, `y[indices]`. Two draws give every sample the "
    "label of another; the network learns nothing but the shares of the classes.",
    hints=("Which label does the first sample of a batch get?", "How many random draws does a step make?"),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def samples_and_labels_drawn_apart(X, y, batch_size, step, rng):
    return X[rng.choice(len(X), batch_size)], y[rng.choice(len(X), batch_size)]


@mistake(
    "train.always-the-first-batch",
    step="drawn",
    title="Every step has the first samples",
    explain=f"{_DRAW} `X[:batch_size]` never sees the others.",
    hints=("Does the training change when the last samples do?", "What is random in your step?"),
)
def always_the_first_batch(X, y, batch_size, step, rng):
    return X[:batch_size], y[:batch_size]


@mistake(
    "train.always-the-same-batch",
    step="drawn",
    title="Every step has the same samples",
    explain=f"{_DRAW} Drawn once before the loop, or after setting the seed in it, they are the same in every step, "
    "and the others are never seen.",
    hints=(
        "Do two steps have different samples? Print the indices.",
        "Where are they drawn: inside the loop? And is a seed set there?",
    ),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def always_the_same_batch(X, y, batch_size, step, rng):
    return X[-batch_size:], y[-batch_size:]


@mistake(
    "train.drawn-from-the-first-batch",
    step="drawn",
    title="The indices are drawn from the first `batch_size` samples",
    explain=f"{_DRAW} `np.random.choice(batch_size, …)` draws from 0 … batch_size − 1: what is beyond is never seen.",
    hints=("Does the training change when the last samples do?", "Look at the first argument of your random draw."),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def drawn_from_the_first_batch(X, y, batch_size, step, rng):
    batch = rng.choice(batch_size, batch_size)
    return X[batch], y[batch]


@mistake(
    "train.some-samples-never-drawn",
    step="drawn",
    title="Some samples are never drawn",
    explain=f"{_DRAW} Yours leaves some out, whatever the step.",
    hints=("What is the largest index that your draw can give?", "Look at the range of your random numbers."),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def some_samples_never_drawn(X, y, batch_size, step, rng):
    batch = rng.choice(len(X) - 1, batch_size)
    return X[batch], y[batch]


@mistake(
    "train.all-samples-in-every-step",
    step="drawn",
    title="Every step takes all samples",
    explain=f"{_DRAW} Yours does not use `batch_size`.",
    hints=("How many samples does `loss` get in a step?", "Where is `batch_size` used?"),
)
def all_samples_in_every_step(X, y, batch_size, step, rng):
    return X, y


@mistake(
    "train.one-sample-in-every-step",
    step="drawn",
    title="Every step takes a single sample",
    explain=f"{_DRAW} Yours draws one.",
    hints=("How many samples does `loss` get in a step?", "What does your random draw return?"),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def one_sample_in_every_step(X, y, batch_size, step, rng):
    i = rng.integers(len(X))
    return X[i : i + 1], y[i : i + 1]


@mistake(
    "train.samples-in-their-order",
    step="drawn",
    title="The samples come in their order: nothing is random",
    explain=f"{_DRAW} In the order of the file a step may have one class only, and every epoch is the same.",
    hints=("Which samples does the second step have?", "What is random in your step?"),
)
def samples_in_their_order(X, y, batch_size, step, rng):
    batch = np.arange(step * batch_size, (step + 1) * batch_size) % len(X)
    return X[batch], y[batch]


# What a training shows whatever it draws: where all samples are one, or by the loss of each batch


def _network(student, rng):
    params = {
        "W1": rng.normal(size=(4, 6)),
        "b1": rng.normal(size=6),
        "W2": rng.normal(size=(6, 3)),
        "b2": rng.normal(size=3),
    }
    net = student.TwoLayerNet(4, 6, 3)
    net.params = params
    return net, params


_STEADY = {"learning_rate_decay": 1.0, "reg": 0.0, "verbose": False}


def _after_a_step(student, rng, reg):
    net, params = _network(student, rng)
    X, y = np.repeat(rng.normal(size=(1, 4)), 6, axis=0), np.full(6, rng.integers(3))
    _, grads = net.loss(X, y, reg)
    net.train(X, y, X, y, learning_rate=0.3, num_iters=1, batch_size=6, **_STEADY | {"reg": reg})
    after = net.params
    return {key: after[key] - (value - 0.3 * grads[key]) for key, value in params.items()}


@probe("TwoLayerNet.train")
def a_step(student, rng):
    """How far one step leads from where the submission's own gradient does, for each parameter."""
    return _after_a_step(student, rng, 0.0)


@probe("TwoLayerNet.train")
def a_step_with_a_penalty(student, rng):
    """The same with a penalty."""
    return _after_a_step(student, rng, 0.4)


@probe("TwoLayerNet.train")
def decay_of_the_rate(student, rng):
    """By what the length of a step is multiplied, and every how many steps, where an epoch has two."""
    _, params = _network(student, rng)
    X, y = np.repeat(rng.normal(size=(1, 4)), 8, axis=0), np.full(8, rng.integers(3))
    options = _STEADY | {"learning_rate_decay": 0.5}
    way = [params]
    for steps in range(1, 11):
        net = student.TwoLayerNet(4, 6, 3)
        net.params = params
        net.train(X, y, X, y, learning_rate=0.3, num_iters=steps, batch_size=4, **options)
        way.append(dict(net.params))
    rates = []
    for before, after in itertools.pairwise(way):
        net = student.TwoLayerNet(4, 6, 3)
        net.params = before
        _, grads = net.loss(X[:4], y[:4], 0.0)
        rates.append(np.linalg.norm(after["W2"] - before["W2"]) / np.linalg.norm(grads["W2"]))
    changes = [k for k in range(1, len(rates)) if not np.isclose(rates[k], rates[k - 1], rtol=1e-3)]
    return {
        "factor": rates[changes[0]] / rates[changes[0] - 1] if changes else 1.0,
        "steps between": float(changes[1] - changes[0]) if len(changes) > 1 else 0.0,
    }


@probe("TwoLayerNet.train")
def what_is_drawn(student, rng):
    """Which samples the steps have, as their losses tell."""
    net, _ = _network(student, rng)
    X, y = rng.normal(size=(6, 4)), rng.permutation([0, 1, 2, 0, 1, 2])
    pairs = [(i, j) for j in range(6) for i in range(j + 1)]
    own = np.array([float(net.loss(X[list(pair)], y[list(pair)], 0.0)[0]) for pair in pairs])
    curves = net.train(X, y, X, y, learning_rate=0.0, num_iters=90, batch_size=2, **_STEADY)
    history = np.ravel(curves["loss_history"])
    told = {"steps": float(history.size)}
    if history.size != 90:
        return told
    told["fixed"] = float(np.ptp(history) < 1e-6)
    is_pair = np.isclose(history[:, np.newaxis], own, rtol=1e-5)
    told["apart"] = float(not is_pair.any(axis=1).all())
    if told["apart"]:
        return told
    drawn = [pairs[k] for k in is_pair.argmax(axis=1)]
    used = {i for pair in drawn for i in pair}
    return told | {
        "first alone": float(used <= {0, 1}),
        "some never": float(len(used) < 6),
        "single": float(all(i == j for i, j in drawn)),
        "in order": float(drawn == [(2 * step % 6, 2 * step % 6 + 1) for step in range(90)]),
    }
