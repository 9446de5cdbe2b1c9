"""Weights that begin with a given standard deviation, and what is told of them whatever is drawn."""

import numpy as np

from grader.assignments import Operation
from operations.network_checks import without_ones
from reference import scaled_weights as formula

scaled_weights = Operation(formula)

UNITS = 64  # sizes and scales are powers of 2, so that what is near to a right spread is far from a wrong one
SCALES = (1 / 64, 1 / 4)
_TASK = "Weights are normally distributed with mean 0 and the standard deviation that the constructor is given."


def facts_about_the_start(params_of_scale):
    """What right parameters are like; `params_of_scale` makes those of a network whose layers all have `UNITS`."""
    facts = {}
    for scale in SCALES:
        for key, value in params_of_scale(scale).items():
            array = np.asarray(value)
            facts[f"shape of {key}"] = np.array(without_ones(array.shape))
            if key.startswith("W"):
                facts |= {f"{what} of {key} for {scale:g}": fact for what, fact in facts_about(array, scale).items()}
            else:
                facts[f"{key} for {scale:g}"] = beginning(array)
    return facts


def beginning(values):
    return next((name for name, number in (("zeros", 0), ("ones", 1)) if (values == number).all()), "random")


def facts_about(weights, scale):
    spread = float(np.std(weights)) + 1e-12
    return {
        "spread": np.round(2 * np.log2(spread / scale) - 0.05),  # off the middle, where a uniform one would be
        "mean": np.round(np.mean(weights) / spread),
        "tails": np.array(float(np.abs(weights - np.mean(weights)).max() > 2.5 * spread)),
    }


def facts_about_layers(parameters, scales):
    """The same of a network `W1`, `b1`, … whose samples are columns; `scales` are the layers' standard deviations."""
    facts = {"parameters": np.array(len(parameters))}
    for layer, scale in enumerate(scales, 1):
        W, b = (np.asarray(parameters.get(f"{kind}{layer}", np.nan)) for kind in "Wb")
        facts |= {f"shape of W{layer}": np.array(W.shape), f"shape of b{layer}": np.array(b.shape)}
        facts |= {f"{what} of W{layer}": fact for what, fact in facts_about(W, scale).items()}
        facts[f"b{layer}"] = beginning(b)
    return facts


def known(what, title, explain, *hints):
    return scaled_weights.mistake(
        f"start.{what}", step="initial_weights", title=title, explain=f"{_TASK} {explain}".strip(), hints=hints
    )


_SPREAD = "What is `np.std` of your initial weights?"


@known(
    "zero-weights",
    "All weights begin at 0",
    "With zeros all units of a layer are alike and stay alike.",
    _SPREAD,
    "How are the weights made?",
)
def zero_weights(right, n_in, n_out, scale):
    return 0 * right(n_in, n_out, scale)


@known(
    "scale-left-out",
    "The weights are not multiplied by the given scale",
    "Yours have the standard deviation 1.",
    _SPREAD,
    "Where is the scale used?",
)
def scale_left_out(right, n_in, n_out, scale):
    return right(n_in, n_out, 1.0)


@known(
    "positive-weights",
    "All weights begin positive",
    "`rand` draws between 0 and 1.",
    "What is the smallest of your initial weights?",
    "`rand` or `randn`?",
)
def positive_weights(n_in, n_out, scale):
    return scale * np.random.random_sample((n_in, n_out))


@known(
    "uniform-weights",
    "The weights are uniformly distributed",
    "Yours lie between minus and plus the scale.",
    "How large is the largest of your weights, and how many standard deviations is that?",
    "Which distribution does your function draw from?",
)
def uniform_weights(n_in, n_out, scale):
    return np.random.uniform(-scale, scale, (n_in, n_out))


@known(
    "scaled-by-the-inputs",
    "The weights are divided by the root of the number of inputs, and the given scale is not used",
    "That is another way to begin, and not what is asked for here.",
    _SPREAD,
    "Where is the scale used?",
)
def scaled_by_the_inputs(right, n_in, n_out, scale):
    return right(n_in, n_out, 1 / np.sqrt(n_in))


@known(
    "scaled-for-relu",
    "The weights are multiplied by $\\sqrt{2/n_{in}}$, and the given scale is not used",
    "That is another way to begin (He et al. 2015), and not what is asked for here.",
    _SPREAD,
    "Where is the scale used?",
)
def scaled_for_relu(right, n_in, n_out, scale):
    return right(n_in, n_out, np.sqrt(2 / n_in))


@known(
    "scale-taken-for-the-variance",
    "The scale is taken for the variance",
    "Its root is the standard deviation of yours.",
    _SPREAD,
    "Is there a root?",
)
def scale_taken_for_the_variance(right, n_in, n_out, scale):
    return right(n_in, n_out, np.sqrt(scale))


@known(
    "scale-squared",
    "The scale is squared",
    "",
    _SPREAD,
    "How often are the weights multiplied by the scale?",
)
def scale_squared(right, n_in, n_out, scale):
    return right(n_in, n_out, scale**2)


@known(
    "always-a-hundredth",
    "The standard deviation is always 0.01, whatever scale is given",
    "",
    "Do your weights change with the scale?",
    "Where does your number come from?",
)
def always_a_hundredth(right, n_in, n_out, scale):
    return right(n_in, n_out, 0.01)


@known(
    "always-a-thousandth",
    "The standard deviation is always 0.001, whatever scale is given",
    "",
    "Do your weights change with the scale?",
    "Where does your number come from?",
)
def always_a_thousandth(right, n_in, n_out, scale):
    return right(n_in, n_out, 0.001)


@scaled_weights.mistake(
    "start.biases-random",
    step="initial_biases",
    title="The biases begin at random",
    explain="They are to begin at 0: nothing has to tell units apart beside their weights.",
    hints=("What are your biases before training?", "Which function makes them?"),
)
def biases_random(n_out):
    return np.random.normal(size=n_out)


@scaled_weights.mistake(
    "start.biases-ones",
    step="initial_biases",
    title="The biases begin at 1",
    explain="They are to begin at 0.",
    hints=("What are your biases before training?", "Which function makes them?"),
)
def biases_ones(n_out):
    return np.ones(n_out)
