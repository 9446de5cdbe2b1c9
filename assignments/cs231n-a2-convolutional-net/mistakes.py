"""What only this class can do wrong: what stands between its layers."""

from grader.assignments import mistake

_LAYERS = "The network is conv - ReLU - pooling - affine - ReLU - affine."
_HINTS = ("Write the layers one below the other, forwards and backwards.", "After which of them is a ReLU?")


def known(what, title, explain, step="layers_with_relu"):
    return mistake(f"loss.{what}", step=step, title=title, explain=f"{_LAYERS} {explain}", hints=_HINTS)


@known(
    "filters-without-relu",
    "There is no ReLU after the convolution",
    "Yours pools what the filters give as it is, there and back.",
)
def filters_without_relu():
    return (2,)


@known(
    "hidden-layer-without-relu",
    "There is no ReLU after the first affine layer",
    "Without it the two affine layers are together no more than one.",
)
def hidden_layer_without_relu():
    return (1,)


@known(
    "relu-on-the-scores",
    "The scores go through a ReLU as well",
    "Nothing comes after the last affine layer: scores may be negative, and the softmax needs them as they are.",
)
def relu_on_the_scores():
    return 1, 2, 3


@known(
    "filters-without-the-way-back-through-relu",
    "The way back to the filters leaves out the ReLU",
    "Backwards the gradient is 0 where the ReLU was; yours goes on to the filters as it comes from the pooling.",
    step="back_to_the_filters",
)
def filters_without_the_way_back(upstream, z):
    return upstream
