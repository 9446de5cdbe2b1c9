"""How weights and biases begin."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import number, one_of
from grader.checks import expect, fail
from grader.checks.compare import as_array
from operations.conventions import LAYOUT_OR_SAMPLE
from operations.lessons import training as lessons
from operations.network_checks import expect_normal_weights
from operations.scaled_weights import beginning, facts_about
from operations.texts import layout_words
from reference import initial_weights as formula


def words(*, layout, scheme):
    variance = "\\frac{2}{n_{in}}$ for ReLU" if scheme == "he" else "\\frac{1}{n_{in}}$"
    columns = layout == "columns"
    return {
        **layout_words(layout),
        "start": {
            "small": "Weights start random and small, 0.01 times normal numbers.",
            "large": "Weights start random and large, 10 times normal numbers, to see what comes of it.",
        }.get(scheme, f"Weights start random, with mean 0 and a variance near ${variance}."),
        "factor": "\\sqrt{\\frac{2}{n_{in}}}" if scheme == "he" else "\\sqrt{\\frac{1}{n_{in}}}",
        "w_shape": "(n_out, n_in)" if columns else "(n_in, n_out)",
        "other_shape": "(n_in, n_out)" if columns else "(n_out, n_in)",
    }


initial_weights = Operation(
    formula,
    words=words,
    conventions={"constant": 0.01, "is_measured": False},
    parts={"initial_weights": {"is_measured": True}},
    values={
        "layout": LAYOUT_OR_SAMPLE,
        "scheme": one_of("he", "lecun", "small", "large"),
        "bias": one_of("zero", "normal"),
        "constant": number(),
    },
)


WIDE = ((256, 128), (64, 256))  # inputs and units


def deviation(scheme, n_in):
    """The standard deviation that weights of this scheme have."""
    return {"small": 0.01, "large": 10.0, "he": np.sqrt(2 / n_in)}.get(scheme, np.sqrt(1 / n_in))


def layer_of(function, n_in, n_out, layout, keepdims, seed=1):
    """Weights and biases of the right shapes; None, and a failure, if they have others."""
    found = function(n_in, n_out, seed)
    arrays = [as_array(one) for one in found] if isinstance(found, tuple | list) else []
    columns = layout == "columns"
    biases = ((n_out, 1) if columns else (1, n_out)) if keepdims else (n_out,)
    expected = [(n_out, n_in) if columns else (n_in, n_out), biases]
    shapes = [None if one is None else one.shape for one in arrays]
    if shapes != expected:
        fail(f"for {n_in} inputs and {n_out} units W and b have the shapes {shapes or found}, expected {expected}")
        return None
    return arrays


@initial_weights.check("initial_layer", share=2, title="Shapes of weights and biases; how the biases begin")
def initial_layer_shapes(student, *, layout, keepdims, bias):
    for n_in, n_out in ((3, 5), (4, 4), (6, 1)):
        layer = layer_of(student.initial_layer, n_in, n_out, layout, keepdims)
        if layer is not None and bias == "zero":
            expect(layer[1], f"b of {n_out} units").close_to(np.zeros_like(layer[1]))


@initial_weights.check("initial_layer", share=3, title="Mean and spread of the weights")
def initial_layer_weights(student, *, layout, keepdims, scheme):
    for n_in, n_out in WIDE:
        layer = layer_of(student.initial_layer, n_in, n_out, layout, keepdims)
        if layer is not None:
            expect_normal_weights({f"W of {n_in} inputs": layer[0]}, deviation(scheme, n_in))


@initial_weights.check("initial_layer", share=1, title="Other weights for another seed, the same for the same")
def initial_layer_seeds(student):
    first, other, again = (as_array(student.initial_layer(5, 4, seed)[0]) for seed in (3, 4, 3))
    expect(again, "W for the same seed").close_to(first)
    if np.array_equal(first, other):
        fail("two seeds give the same weights")


@initial_weights.probe("initial_layer")
def facts_about_a_layer(implementation, rng, *, scheme):
    facts = {}
    for n_in, n_out in WIDE:
        W, b = (np.asarray(one) for one in implementation.initial_layer(n_in, n_out, 1))
        facts |= {f"shape of W for {n_in}": np.array(W.shape), f"shape of b for {n_in}": np.array(b.shape)}
        facts |= {f"{what} of W for {n_in}": fact for what, fact in facts_about(W, deviation(scheme, n_in)).items()}
        facts[f"b for {n_in}"] = beginning(b)
    return facts


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
    explain="<start> With variance 1 the sum of a unit with 784 inputs starts 28 times as large as its inputs: the "
    "softmax is sure of a wrong class "
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


def spread(what, scheme, factor, title, explain, *hints):
    """Another standard deviation, which shows where a contract measures it."""

    @initial_weights.mistake(
        f"train.{what}",
        step="initial_weights",
        title=title,
        explain=f"<start> {explain}".strip(),
        hints=hints,
        place=Place(calls="sqrt|randn|normal|standard_normal"),
        only={"scheme": scheme, "is_measured": True},
    )
    def mistaken(right, n_in, n_out, rng):
        return right(n_in, n_out, rng) * factor(n_in, n_out)

    return mistaken


_SPREAD = "What is `np.std` of your weights, and what should it be?"

not_large = spread("not-large", "large", lambda n_in, n_out: 0.1, "The weights are not multiplied by 10", "", _SPREAD)
smaller = spread(
    "small-for-large",
    "large",
    lambda n_in, n_out: 1e-3,
    "The weights are multiplied by 0.01 instead of 10",
    "",
    _SPREAD,
)
root_missing = spread(
    "root-missing",
    "he",
    lambda n_in, n_out: np.sqrt(2 / n_in),
    "The root is missing: normal numbers are multiplied by the variance, not by the standard deviation",
    "A factor before a random number counts squared in its variance.",
    _SPREAD,
    "Multiply by $<factor>$.",
)
inverted = spread(
    "factor-inverted",
    "he",
    lambda n_in, n_out: n_in / 2,
    "The factor is turned: the weights grow with the number of inputs",
    "Yours are multiplied by $\\sqrt{\\frac{n_{in}}{2}}$.",
    _SPREAD,
    "Which number stands above the other in the fraction?",
)
two_missing = spread(
    "two-missing",
    "he",
    lambda n_in, n_out: np.sqrt(1 / 2),
    "The 2 is missing: the variance is $\\frac{1}{n_{in}}$",
    "That suits tanh. ReLU lets half of the variance through, which the 2 makes up for.",
    _SPREAD,
    "Multiply by $<factor>$.",
)
by_its_own_units = spread(
    "by-its-own-units",
    "he",
    lambda n_in, n_out: np.sqrt(n_in / n_out),
    "The weights are scaled by the layer's own number of units instead of the number of its inputs",
    "$n_{in}$ is the size of the layer before.",
    "Which layer's size is in your factor?",
    "Multiply by $<factor>$.",
)


@initial_weights.mistake(
    "train.uniform-weights",
    step="initial_weights",
    title="The weights are uniformly distributed, all of them positive",
    explain="<start> `rand` draws evenly between 0 and 1, `randn` normally around 0.",
    hints=("What is the smallest of your weights?", "`rand` or `randn`?"),
    place=Place(calls="rand|random|random_sample|uniform"),
    only={"is_measured": True},
)
def uniform_weights(right, n_in, n_out, rng):
    weights = right(n_in, n_out, rng)
    return rng.random(weights.shape) * np.std(weights)


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


@initial_weights.mistake(
    "train.biases-random",
    step="initial_biases",
    title="The biases begin at random",
    explain="The task asks for biases that begin at 0; nothing has to tell units apart beside their weights.",
    hints=("What are your biases before training?", "Look at where the biases are made."),
    only={"bias": "zero", "is_measured": True},
)
def biases_random(right, n_out, rng):
    return right(n_out, rng) + rng.normal(size=right(n_out, rng).shape)


initial_weights.teach(
    {
        "train.zero-weights": lessons.ZERO_WEIGHTS,
        "train.constant-weights": lessons.CONSTANT_WEIGHTS,
        "train.unscaled-weights": lessons.UNSCALED_WEIGHTS,
    }
)
