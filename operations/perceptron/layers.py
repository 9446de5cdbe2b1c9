"""Networks of any number of layers, and code that is written for two."""

NAMED_LAYERS = (
    "A network may have any number of layers; the code names two. With one layer there is no W2, with three or more "
    "the others are left out."
)
COUNT_THEM = (
    "What does your function do with a network of one layer, and of three?",
    "Count the layers from `params`, and loop over them.",
)
USUAL_KEYS = {"weight": "W{}", "bias": "b{}"}


def layers_of(params):
    return range(1, sum(key.startswith("W") for key in params) + 1)


def first_two_layers(params):
    """What code that names W1, b1, W2 and b2 sees of a network; without W2 it stops, as it does there."""
    return {key: params[key] for key in ("W1", "b1", "W2", "b2")}
