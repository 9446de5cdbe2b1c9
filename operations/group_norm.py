"""Group normalisation of images: what makes a group; what goes wrong in its statistics is known to `layer_norm`."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect
from operations.layer_calls import expect_gradients, expect_own_derivative, output
from operations.normalization import parameters_exchanged
from operations.normalization_layers import EPSILON
from reference import group_norm as formula

group_norm = Operation(formula)

LAYER = ("spatial_groupnorm_forward", "spatial_groupnorm_backward")
CASES = (((2, 6, 4, 5), 2), ((3, 6, 3, 2), 3), ((2, 4, 3, 5), 4))
WORDS = {  # for `layer_norm`, whose statistics these are
    "each": "each group",
    "unit": "group",
    "over": "over the numbers of each group",
    "along": "over its numbers",
    "other": "over other numbers",
    "count": "n",
    "line": "group",
    "lines": "groups",
}
_GROUPS = "The channels of each image are split into G groups of C/G neighbours; each group has a mean and a variance."
_SCALE = "The output is $\\gamma \\hat{x} + \\beta$, with γ and β of each channel."
_BACK = (
    "With $g = \\gamma \\, dout$, $dx = (g - mean(g) - \\hat{x} \\, mean(g \\hat{x})) / "
    "\\sqrt{\\sigma^2 + \\epsilon}$, the means over the numbers of each group."
)


def images(rng, shape):
    """Channels of different means and sizes, and neither γ = 1 nor β = 0."""
    channels = np.arange(shape[1])[:, np.newaxis, np.newaxis]
    of_channels = (1, shape[1], 1, 1)
    x = rng.normal(size=shape) * (1 + channels) + channels
    return x, rng.normal(size=of_channels) + 1.5, rng.normal(size=of_channels)


@group_norm.check(LAYER[0], share=5, title="Output for several numbers of groups; images are not square")
def spatial_groupnorm_forward_values(student, solution, rng):
    for shape, groups in CASES:
        arguments = (*images(rng, shape), groups, {})
        found = output(student.spatial_groupnorm_forward, *arguments)
        expect(found, f"out of {shape[1]} channels in {groups} groups").close_to(
            solution.spatial_groupnorm_forward(*arguments)[0]
        )


@group_norm.check(LAYER[0], share=1, title="A group of pixels that are all the same")
def spatial_groupnorm_forward_constant_group(student, solution, rng):
    x, gamma, beta = images(rng, (2, 6, 4, 5))
    x[0, :3] = 2.0
    arguments = x, gamma, beta, 2, {}
    expect(output(student.spatial_groupnorm_forward, *arguments), "out").close_to(
        solution.spatial_groupnorm_forward(*arguments)[0]
    )


@group_norm.check(LAYER[0], share=1, title="Another eps")
def spatial_groupnorm_forward_eps(student, solution, rng):
    if student.takes_all("spatial_groupnorm_forward"):
        arguments = (*images(rng, (2, 6, 4, 5)), 2, {"eps": EPSILON})
        found = output(student.spatial_groupnorm_forward, *arguments)
        expect(found, f"out with eps = {EPSILON:g}").close_to(solution.spatial_groupnorm_forward(*arguments)[0])


@group_norm.check(LAYER[1], share=5, title="The gradient in x")
def spatial_groupnorm_backward_in_x(student, solution, rng):
    for shape, groups in CASES:
        expect_gradients(student, solution, rng, LAYER, (*images(rng, shape), groups, {}), only={"dx": 0})


@group_norm.check(LAYER[1], share=4, title="The gradients in gamma and beta")
def spatial_groupnorm_backward_in_parameters(student, solution, rng):
    for shape, groups in CASES:
        arguments = (*images(rng, shape), groups, {})
        expect_gradients(student, solution, rng, LAYER, arguments, only={"dgamma": 1, "dbeta": 2})


@group_norm.check(LAYER[1], share=1, title="The derivative of your own output, by central differences")
def spatial_groupnorm_backward_own_derivative(student, solution, rng):
    expect_own_derivative(student, solution, rng, LAYER, (*images(rng, (1, 4, 2, 3)), 2, {}), ("x", "gamma", "beta"))


def known(code, step, rule, title, explain, *hints):
    return group_norm.mistake(code, step=step, title=title, explain=f"{rule} {explain}".strip(), hints=hints)


def grouped_otherwise(name, title, explain, groups_of):
    """Declare that something else is taken for a group; `groups_of` gives their number."""
    declare = known(
        f"spatial_groupnorm_forward.{name}",
        "spatial_groupnorm_forward",
        _GROUPS,
        title,
        explain,
        "How many channels are in one of your groups?",
        "Look at the shape that x gets before mean and variance.",
    )
    return declare(lambda right, x, gamma, beta, G, gn_param: right(x, gamma, beta, groups_of(G, x.shape[1]), gn_param))


as_many_channels = grouped_otherwise(
    "groups-of-g-channels", "G is taken for the number of channels in a group", "It is the number of groups.",
    lambda G, channels: channels // G,
)  # fmt: skip
every_channel = grouped_otherwise(
    "every-channel-a-group", "Every channel is normalised for itself", "Yours is instance normalisation.",
    lambda G, channels: channels,
)  # fmt: skip
the_whole_image = grouped_otherwise(
    "the-image-one-group", "All channels of an image are normalised together", "Yours is layer normalisation.",
    lambda G, channels: 1,
)  # fmt: skip


def forward_of(code, title, explain, *hints):
    """Declare a wrong forward pass with its output alone: what it keeps is as it should be."""

    def declare(out):
        def wrong(right, x, gamma, beta, G, gn_param):
            return out(right, x, gamma, beta, G, gn_param), right(x, gamma, beta, G, gn_param)[1]

        known(f"spatial_groupnorm_forward.{code}", "spatial_groupnorm_forward", _GROUPS, title, explain, *hints)(wrong)
        return out

    return declare


@forward_of(
    "each-pixel-for-itself",
    "Each pixel is normalised for itself, over the channels of its group",
    "Mean and variance are those of all pixels of these channels.",
    "How many numbers are in one of your means? There should be C/G · H · W.",
    "Which axes belong into a row of what you normalise?",
)
def each_pixel_for_itself(right, x, gamma, beta, G, gn_param):
    columns = [
        [right(x[:, :, i : i + 1, j : j + 1], gamma, beta, G, gn_param)[0] for j in range(x.shape[3])]
        for i in range(x.shape[2])
    ]
    return np.concatenate([np.concatenate(row, axis=3) for row in columns], axis=2)


@forward_of(
    "channels-of-a-group-apart",
    "The channels of a group are not neighbours: every G-th one is taken together",
    "The first C/G channels are the first group. `reshape(N, C // G, G, H, W)` has the two the other way round.",
    "Which channels are in your first group?",
    "Which of G and C // G comes first in the shape?",
)
def channels_of_a_group_apart(right, x, gamma, beta, G, gn_param):
    order = np.arange(x.shape[1]).reshape(-1, G).T.ravel()
    out = right(x[:, order], gamma[:, order], beta[:, order], G, gn_param)[0]
    return out[:, np.argsort(order)]


@known(
    "spatial_groupnorm_forward.epsilon-fixed",
    "epsilon_of_groups",
    "$\\hat{x} = (x - \\mu) / \\sqrt{\\sigma^2 + \\epsilon}$, with the ε that is asked for. "
    "Another one is added, or none.",
    "The ε of `gn_param` has no part in the output",
    "",
    "Does the output change with `eps`?",
    "What stands under the root beside the variance?",
)
def epsilon_fixed(gn_param):
    return 1e-5


@known(
    "spatial_groupnorm_forward.gamma-missing",
    "channels_scaled_and_shifted",
    _SCALE,
    "γ has no part in the output",
    "",
    "Does the output change with γ?",
    "What is multiplied by `gamma`?",
)
def gamma_missing(normalised, gamma, beta):
    return normalised + beta


@known(
    "spatial_groupnorm_forward.beta-missing",
    "channels_scaled_and_shifted",
    _SCALE,
    "β has no part in the output",
    "",
    "Does the output change with β?",
    "Where is `beta` added?",
)
def beta_missing(normalised, gamma, beta):
    return gamma * normalised


@known(
    "spatial_groupnorm_backward.gamma-missing",
    "upstream_scaled",
    _BACK,
    "γ is missing in the gradient in x",
    "",
    "Does dx change with γ?",
    "By what is dout multiplied first?",
)
def gamma_missing_on_the_way_back(dout, gamma):
    return dout


@known(
    "spatial_groupnorm_backward.deviation-missing",
    "divided_on_the_way_back",
    _BACK,
    "The division by the deviation is missing in the gradient in x",
    "",
    "How does dx change when x is measured in another unit?",
    "By what is divided in the forward pass?",
)
def deviation_missing(rows, deviation):
    return rows


@known(
    "spatial_groupnorm_backward.scale-gradient-without-normalised",
    "channel_scale_gradient",
    _SCALE,
    "The gradient in γ is the sum of dout: x̂ is missing",
    "",
    "What does γ multiply?",
    "By what must dout be multiplied?",
)
def scale_gradient_without_normalised(dout, normalised):
    return np.sum(dout, axis=(0, 2, 3), keepdims=True)


for _part, _step, _name in (("scale", "channel_scale_gradient", "γ"), ("shift", "channel_shift_gradient", "β")):

    @known(
        f"spatial_groupnorm_backward.{_part}-gradient-averaged",
        _step,
        _SCALE,
        f"The gradient in {_name} is a mean instead of a sum",
        "",
        f"How often is {_name} used in the forward pass?",
        "`sum` or `mean`?",
    )
    def averaged(right, *arguments):
        dout = arguments[0]
        return right(*arguments) * dout.shape[1] / dout.size

    @known(
        f"spatial_groupnorm_backward.{_part}-gradient-of-one-image",
        _step,
        _SCALE,
        f"The gradient in {_name} is not summed over the images",
        "",
        f"Which images have a part in {_name}?",
        "Look at the axes of your sum.",
    )
    def of_one_image(right, *arguments):
        return np.concatenate([right(*(each[i : i + 1] for each in arguments)) for i in range(len(arguments[0]))])


parameters_exchanged(
    group_norm, "spatial_groupnorm_backward.parameters-exchanged", "spatial_groupnorm_backward", _SCALE
)
