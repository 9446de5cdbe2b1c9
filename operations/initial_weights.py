"""How weights and biases begin."""

import numpy as np

from grader.assignments import Operation, Place
from operations.texts import layout_words
from reference import initial_weights as formula


def words(*, layout, scheme):
    variance = "\\frac{2}{n_{in}}$ for ReLU" if scheme == "he" else "\\frac{1}{n_{in}}$"
    columns = layout == "columns"
    return {
        **layout_words(layout),
        "start": "Weights start random and small, 0.01 times normal numbers."
        if scheme == "small"
        else f"Weights start random, with mean 0 and a variance near ${variance}.",
        "factor": "\\sqrt{\\frac{2}{n_{in}}}" if scheme == "he" else "\\sqrt{\\frac{1}{n_{in}}}",
        "w_shape": "(n_out, n_in)" if columns else "(n_in, n_out)",
        "other_shape": "(n_in, n_out)" if columns else "(n_out, n_in)",
    }


initial_weights = Operation(formula, words=words, conventions={"constant": 0.01})


@initial_weights.mistake(
    "train.zero-weights",
    step="initial_weights",
    title="All weights start at 0",
    explain="<start> With zeros all units of a hidden layer are the same and stay the same; with ReLU nothing "
    "flows through "
    "them at all, and only the last bias learns.",
    hints=("What does a hidden unit compute when all its weights are 0?", "Look at how the weights are made."),
    place=Place(calls="zeros|zeros_like"),
)
def zero_weights(right, n_in, n_out, rng):
    return 0 * right(n_in, n_out, rng)


@initial_weights.mistake(
    "train.constant-weights",
    step="initial_weights",
    title="All weights start at the same value",
    explain="<start> With equal weights all units of a hidden layer compute the same, get the same gradient and "
    "stay equal: "
    "the layer is no better than a single unit.",
    hints=("In what do two units of the same layer differ at the start?", "Look at how the weights are made."),
    place=Place(calls="ones|full"),
)
def constant_weights(right, n_in, n_out, rng, *, constant):
    return np.full_like(right(n_in, n_out, rng), constant)


@initial_weights.mistake(
    "train.positive-weights",
    step="initial_weights",
    title="All weights start positive",
    explain="<start> `rand` draws between 0 and 1. With positive weights and positive inputs the sums grow from "
    "layer to "
    "layer, and all units say nearly the same. `randn` or `normal` has mean 0.",
    hints=("What is the smallest of your initial weights?", "`rand` or `randn`?"),
    place=Place(calls="rand|random|random_sample|uniform"),
)
def positive_weights(right, n_in, n_out, rng):
    return rng.random(right(n_in, n_out, rng).shape)


@initial_weights.mistake(
    "train.unscaled-weights",
    step="initial_weights",
    title="The weights start far too large: they are not scaled with the number of inputs",
    explain="<start> With variance 1 a unit with 784 inputs starts with values around 28: the softmax is sure of a "
    "wrong class "
    "from the beginning, the first cost is far above $\\ln k$, and the first steps are wasted on it.",
    hints=("How large are the logits before the first step, and the cost?", "Multiply by $<factor>$."),
    only={"scheme": ("he", "lecun")},
)
def unscaled_weights(right, n_in, n_out, rng):
    return rng.normal(size=right(n_in, n_out, rng).shape)


@initial_weights.mistake(
    "train.not-small",
    step="initial_weights",
    title="The weights are not multiplied by 0.01",
    explain="<start> Large weights drive tanh and sigmoid to where they are flat, and learning is slow.",
    hints=("How large is the largest of your initial weights?", "By what is `randn` multiplied?"),
    place=Place(calls="randn|normal|standard_normal"),
    only={"scheme": "small"},
)
def not_small(right, n_in, n_out, rng):
    return right(n_in, n_out, rng) * 100


@initial_weights.mistake(
    "train.shape-exchanged",
    step="initial_weights",
    title="The shapes of the weights are <other_shape> instead of <w_shape>",
    explain="<Lines> are samples here, so the weights have the shape <w_shape>.",
    hints=("With which dimension of the weights does the input meet?", "In which order do the sizes stand?"),
)
def shape_exchanged(right, n_in, n_out, rng):
    return right(n_in, n_out, rng).T


@initial_weights.mistake(
    "train.biases-not-zero",
    step="initial_biases",
    title="The biases are not 0 at first",
    explain="The task asks for biases that begin at 0; nothing has to tell units apart beside their weights.",
    hints=("What are your biases before training?", "Look at where the biases are made."),
    only={"bias": "zero"},
)
def biases_not_zero(right, n_out, rng):
    return right(n_out, rng) + 1
