"""Known mistakes of this assignment: those of the penalty, in both accepted forms, of the two layers, and of training.

Mistakes in single formulas are in the catalogue that assignments share.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assignments.catalogue import backpropagation, forward, gradient_descent, predict, softmax_loss
from grader.assignments import Mistake, Place, mistake, probe, shared

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

    def declarations(self) -> Iterator[Mistake]:
        for prefix, a, b in self.factors:
            code = f"loss.{prefix}{self.name}"
            yield Mistake(code, "penalty_terms", self.title, self.explain, self.hints, self._replacement(a, b))

    def _replacement(self, a: float, b: float) -> Callable[..., tuple[float, dict[str, object]]]:
        return lambda params, reg, n: self.terms(params, reg, n, a, b)


def squares(params, *keys):
    return sum(float(np.sum(params[key] ** 2)) for key in keys)


def scaled(params, factor, *keys):
    return {key: factor * params[key] for key in keys}


WEIGHTS = ("W1", "W2")
_BELONG = ("Derive the penalty of your loss: which factor comes down?", "Compare the factors of the two lines.")
_WHICH_TERM = ("What changes in your loss, and what in your gradients, when `reg` doubles?", "Look for each `reg`.")
_BY_N = ("What should the penalty be when every sample is in the batch twice?", "What stands before the division by n?")
_WHICH_LAYER = (
    "Does the penalty change when W2 does? And when W1 does?",
    "Look for each `reg`: which weights are beside it?",
)
_BIASES = ("Does anything of the penalty change when b1 does?", "Over which parameters does it run?")

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
    ),
    PenaltyMistake(
        "penalty-gradient-doubled",
        "The loss has ½·reg·ΣW², the gradients 2·reg·W: the ½ is missing there",
        f"{_PENALTY} Your loss has the second, your gradients the first.",
        _BELONG,
        lambda params, reg, n, a, b: (reg / 2 * squares(params, *WEIGHTS), scaled(params, 2 * reg, *WEIGHTS)),
        (("", 0.5, 2),),
    ),
    PenaltyMistake(
        "penalty-gradient-sign",
        "The penalty's gradient has the wrong sign",
        f"{_PENALTY} With a minus sign the weights grow without bound.",
        ("Should the penalty make the weights smaller or larger?", "`+=` or `-=`?"),
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, -b * reg, *WEIGHTS)),
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
    ),
    PenaltyMistake(
        "penalty-divided-by-n",
        "The penalty is divided by the number of samples, in the loss and in the gradients",
        f"{_PENALTY} It is about the weights, which do not come with the samples: only the data's part is a mean.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS) / n, scaled(params, b * reg / n, *WEIGHTS)),
    ),
    PenaltyMistake(
        "penalty-gradient-divided-by-n",
        "The penalty's gradient is divided by the number of samples",
        f"{_PENALTY} In the loss it stands by itself; in the gradients it was added before the division by n.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg / n, *WEIGHTS)),
    ),
    PenaltyMistake(
        "penalty-loss-divided-by-n",
        "The penalty is divided by the number of samples in the loss",
        f"{_PENALTY} In the gradients it stands by itself; in the loss it was added before the division by n.",
        _BY_N,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS) / n, scaled(params, b * reg, *WEIGHTS)),
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone",
        "The output layer's weights are left out of the penalty",
        f"{_PENALTY} Yours has W1 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, "W1")),
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone",
        "The hidden layer's weights are left out of the penalty",
        f"{_PENALTY} Yours has W2 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W2"), scaled(params, b * reg, "W2")),
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone-in-the-loss",
        "The output layer's weights are left out of the penalty in the loss; the gradients have both",
        f"{_PENALTY} Your loss has W1 alone.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, "W1"), scaled(params, b * reg, *WEIGHTS)),
    ),
    PenaltyMistake(
        "penalty-of-first-layer-alone-in-the-gradient",
        "The output layer's weights are left out of the penalty in the gradients; the loss has both",
        f"{_PENALTY} Only your gradient of W1 changes with `reg`.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, "W1")),
    ),
    PenaltyMistake(
        "penalty-of-second-layer-alone-in-the-gradient",
        "The hidden layer's weights are left out of the penalty in the gradients; the loss has both",
        f"{_PENALTY} Only your gradient of W2 changes with `reg`.",
        _WHICH_LAYER,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, "W2")),
    ),
    PenaltyMistake(
        "biases-penalised",
        "The biases are in the penalty",
        f"{_PENALTY} Yours has all four parameters, in the loss and in the gradients.",
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *params)),
    ),
    PenaltyMistake(
        "biases-penalised-in-the-loss",
        "The biases are in the penalty of the loss; the gradients have the weights alone",
        _PENALTY,
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *params), scaled(params, b * reg, *WEIGHTS)),
    ),
    PenaltyMistake(
        "biases-penalised-in-the-gradient",
        "The biases are in the penalty's gradients; the loss has the weights alone",
        _PENALTY,
        _BIASES,
        lambda params, reg, n, a, b: (a * reg * squares(params, *WEIGHTS), scaled(params, b * reg, *params)),
    ),
)

# The logarithm of 0 earns a remark only; whole functions of the catalogue have other arguments.
MISTAKES = (
    *(
        entry
        for entry in shared(forward, softmax_loss, backpropagation, predict, gradient_descent)
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
)
def output_bias_added_twice(hidden, W, b):
    return hidden @ W + 2 * b


@mistake(
    "loss.hidden-bias-missing",
    step="hidden_input",
    title="The hidden layer's bias is not added",
    explain=f"{_SCORES} Yours leave $b_1$ out. A new network's biases are 0, so nothing shows at first.",
    hints=("Do your scores change when b1 does?", "Look at the line that computes the hidden layer."),
)
def hidden_bias_missing(X, W, b):
    return X @ W


@mistake(
    "loss.hidden-bias-added-twice",
    step="hidden_input",
    title="The hidden layer's bias is added twice",
    explain=f"{_SCORES} Yours have $2 b_1$.",
    hints=("By how much does a hidden unit change when b1 changes by 1?", "Look for every line with `b1`."),
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


@mistake(
    "loss.one-hot-of-the-classes-that-occur",
    step="score_gradient",
    title="The one-hot labels have as many columns as the largest label asks for, not one for each class",
    explain="A batch need not have a sample of the last class: the number of classes is `W2.shape[1]`, and "
    "`np.max(y) + 1` (or `np.bincount(y)`, `np.unique(y)`) only tells what occurs.",
    hints=("What happens in a batch without the last class?", "Where does the number of columns come from?"),
)
def one_hot_of_the_classes_that_occur(p, y):
    return (p - np.eye(y.max() + 1)[y]) / len(y)


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
    "predict.relu-missing",
    step="predicted_scores",
    title="`predict` has no ReLU",
    explain=f"{_SCORES} Without ReLU the labels are those of another network than the one that was trained.",
    hints=("What stands between the two matrix products?", "How does `predict` compute the scores?"),
)
def prediction_without_relu(net, X):
    return (X @ net.params["W1"] + net.params["b1"]) @ net.params["W2"] + net.params["b2"]


# Training


@mistake(
    "train.biases-never-updated",
    step="trained_keys",
    title="The biases are never updated",
    explain=f"{_STEP} Yours changes the weights alone, so the biases stay 0.",
    hints=("Which of the four parameters are different after a step?", "Which keys does the update run over?"),
)
def biases_never_updated(params):
    return ["W1", "W2"]


@mistake(
    "train.hidden-layer-never-updated",
    step="trained_keys",
    title="Only the output layer is updated",
    explain=f"{_STEP} Yours leaves W1 and b1 as they were.",
    hints=("Which of the four parameters are different after a step?", "Which keys does the update run over?"),
)
def hidden_layer_never_updated(params):
    return ["W2", "b2"]


@mistake(
    "train.weights-never-updated",
    step="trained_keys",
    title="Only the biases are updated",
    explain=f"{_STEP} Yours leaves W1 and W2 as they were.",
    hints=("Which of the four parameters are different after a step?", "Which keys does the update run over?"),
)
def weights_never_updated(params):
    return ["b1", "b2"]


@mistake(
    "train.learning-rate-never-decays",
    step="decayed",
    title="The learning rate never decays",
    explain="After each epoch the learning rate is multiplied by `learning_rate_decay`.",
    hints=("How large is your learning rate after ten epochs?", "Where is `learning_rate_decay` used?"),
)
def learning_rate_never_decays(rate, decay):
    return rate


@mistake(
    "train.samples-and-labels-drawn-apart",
    step="drawn",
    title="Samples and labels are drawn apart, so that they do not belong together",
    explain="Draw indices once, and take both with them: `X[indices]`, `y[indices]`. Two draws give every sample the "
    "label of another; the network learns nothing but the shares of the classes.",
    hints=("Which label does the first sample of a batch get?", "How many random draws does a step make?"),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def samples_and_labels_drawn_apart(X, y, batch_size, rng):
    return X[rng.choice(len(X), batch_size)], y[rng.choice(len(X), batch_size)]


@mistake(
    "train.always-the-first-batch",
    step="drawn",
    title="Every step has the first samples",
    explain="A step draws its samples from all of them; `X[:batch_size]` never sees the others.",
    hints=("Does the training change when the last samples do?", "What is random in your step?"),
)
def always_the_first_batch(X, y, batch_size, rng):
    return X[:batch_size], y[:batch_size]


# What a training shows whatever it draws: where all samples are one, or only one is drawn


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


@probe("TwoLayerNet.train")
def a_step(student, rng):
    """How far one step leads from where the submission's own gradient does, for each parameter."""
    net, params = _network(student, rng)
    X, y = np.repeat(rng.normal(size=(1, 4)), 6, axis=0), np.full(6, rng.integers(3))
    _, grads = net.loss(X, y, 0.0)
    net.train(X, y, X, y, learning_rate=0.3, num_iters=1, batch_size=6, **_STEADY)
    after = net.params
    return {key: after[key] - (value - 0.3 * grads[key]) for key, value in params.items()}


@probe("TwoLayerNet.train")
def two_steps_with_decay(student, rng):
    """Where two steps lead, the second with half the learning rate."""
    net, _ = _network(student, rng)
    X, y = np.repeat(rng.normal(size=(1, 4)), 6, axis=0), np.full(6, rng.integers(3))
    options = _STEADY | {"learning_rate_decay": 0.5}
    net.train(X, y, X, y, learning_rate=0.3, num_iters=2, batch_size=6, **options)
    return dict(net.params)


@probe("TwoLayerNet.train")
def what_is_drawn(student, rng):
    """Whether steps have losses that no sample with its own label has, and whether they differ at all."""
    net, _ = _network(student, rng)
    X, y = rng.normal(size=(6, 4)), rng.permutation([0, 1, 2, 0, 1, 2])
    own = np.array([net.loss(X[i : i + 1], y[i : i + 1], 0.0)[0] for i in range(6)])
    curves = net.train(X, y, X, y, learning_rate=0.0, num_iters=40, batch_size=1, **_STEADY)
    history = np.asarray(curves["loss_history"])
    return {
        "apart": float(not np.isclose(history[:, np.newaxis], own, rtol=1e-5).any(axis=1).all()),
        "fixed": float(np.ptp(history) < 1e-6),
    }
