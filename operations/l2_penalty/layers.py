"""Which layers' gradients have the penalty, and among how many samples it is shared."""

from grader.assignments import Place
from operations.l2_penalty.operation import SHARED, SOME_LAYERS, l2_penalty
from operations.texts import DW, SHARED_AMONG_THE_BATCH

_EVERY_LAYER = "The weights of every layer are in the penalty, so each of their gradients has its own $<rate> W$."
_HINTS = (
    "Which of your weight gradients change when λ does?",
    "Compare the lines in which the λ term is added: for the output layer, and for the hidden ones.",
)


def in_some_layers(what, title, explain, chosen):
    """Declare that the penalty is in the gradients of some layers alone: `chosen` are their places of so many."""

    def replacement(right, params, lam, n, *, weight):
        parts = right(params, lam, n)
        weights = [name for name in parts if name.startswith(weight)]
        kept = {weights[place] for place in chosen(len(weights))}
        return {name: 0 * part if name in weights and name not in kept else part for name, part in parts.items()}

    l2_penalty.mistake(
        f"backward.penalty-{what}",
        step="penalty_gradients",
        title=title,
        explain=f"{_EVERY_LAYER} {explain}",
        hints=_HINTS,
        family=SOME_LAYERS,
    )(replacement)


in_some_layers(
    "in-last-layer-only",
    "<Penalty> is in the last layer's gradient only",
    "The λ term is missing inside the loop over the hidden layers.",
    lambda layers: [layers - 1],
)
in_some_layers(
    "missing-in-last-layer",
    "<Penalty> is missing from the last layer's gradient",
    "The last layer's has none here.",
    lambda layers: range(layers - 1),
)
in_some_layers(
    "in-first-layer-only",
    "<Penalty> is in the first layer's gradient only",
    "The later layers' have none here.",
    lambda layers: [0],
)
in_some_layers(
    "missing-in-first-layer",
    "<Penalty> is missing from the first layer's gradient",
    "The first layer's has none here.",
    lambda layers: range(1, layers),
)
in_some_layers(
    "missing-in-second-layer",
    "<Penalty> is missing from the second layer's gradient",
    "The second layer's has none here.",
    lambda layers: [place for place in range(layers) if place != 1],
)

_SHARE = (
    "λ is meant for the whole training set: the total cost is $\\sum_s C_s + <unshared_rate> \\sum w^2$ over its n "
    "samples. Divided by n it is a mean, $\\frac{1}{n} \\sum_s C_s + <shared_rate> \\sum w^2$, and a mini-batch "
    "estimates the first part only; the second is known exactly and keeps its n."
)


@l2_penalty.mistake(
    "l2_penalty.shared-among-the-batch",
    step="samples_behind_the_cost",
    title="The cost's penalty is divided by the number of samples at hand instead of the training set's size",
    explain=f"{_SHARE} Yours gives another penalty for the same weights whenever the batch has another size.",
    hints=(
        "Do the same weights cost the same in a batch of 10 and of 100?",
        "By which number is the sum of squares divided: `x.shape[0]`, or the training set's size?",
    ),
    only=SHARED,
)
def cost_shared_among_the_batch(training_size, batch_size):
    return batch_size


@l2_penalty.mistake(
    "backward.penalty-shared-among-the-batch",
    step="samples_behind_the_gradient",
    title=f"<Penalty> is {SHARED_AMONG_THE_BATCH}",
    explain=f"{_SHARE} Divided by the m samples of a mini-batch it is n/m times too strong. With m = 10 of 2 000 "
    "images every step takes <decay> of each weight away: the weights decay to almost nothing, all images look alike "
    "to the network, and it gives the same class to each of them.",
    hints=(
        "How does the penalty's part of your gradient change when the mini-batch is twice as large?",
        "Which number does the batch's size stand for in training, and which one is λ to be divided by?",
    ),
    place=Place(assigns=DW),
    only=SHARED,
)
def gradient_shared_among_the_batch(training_size, batch_size):
    return batch_size
