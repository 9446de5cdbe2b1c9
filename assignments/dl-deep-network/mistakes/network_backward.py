"""`L_model_backward`: which cache and which gradient a layer gets on the way back."""

from grader.assignments import Place, mistake

from .network_forward import NETWORK

_CACHE_HINTS = (
    "Which A, W and Z belong to the layer whose gradients you compute?",
    "Write down the index of the cache for the last layer, and for the first.",
)


@mistake(
    "backward.last-cache-not-kept",
    step="caches_at_hand",
    title="`caches` lacks the last layer's: `L_model_forward` appends those of the loop alone",
    explain="The last layer stands after the loop, and its cache has to be appended there as well. Without it "
    "`len(caches)` is one too small, and the last layer's gradients are computed with the cache of the layer before.",
    hints=(
        "How many caches does `L_model_forward` return for a network of three layers?",
        "Look for every `caches.append`.",
    ),
)
def last_cache_not_kept(caches):
    return caches[:-1]


@mistake(
    "backward.cache-of-the-layer-before",
    step="cache_of",
    title="The hidden layers go back with the cache of the layer before them: the index is one too small",
    explain="Caches are counted from 0, layers from 1: the cache of layer l is `caches[l - 1]`. For the first layer "
    "`caches[-1]` is that of the last: Python counts negative indices from the end.",
    hints=_CACHE_HINTS,
    place=Place(assigns="current_cache|cache"),
)
def cache_of_the_layer_before(caches, layer):
    return caches[layer - 1 if layer == len(caches) else layer - 2]


@mistake(
    "backward.cache-of-the-last-layer",
    step="cache_of",
    title="Hidden layers go back with the cache of a layer behind them, or with the last one's",
    explain="Caches are counted from 0, layers from 1: the cache of layer l is `caches[l - 1]`. In a loop over "
    "`reversed(range(L - 1))` the index is the loop's variable itself.",
    hints=_CACHE_HINTS,
    place=Place(assigns="current_cache|cache"),
)
def cache_of_the_last_layer(caches, layer):
    return caches[-1]


@mistake(
    "backward.every-layer-gets-the-output-gradient",
    step="gradient_for",
    title="Every layer gets dAL instead of what the layer behind it passed back",
    explain="A layer's dA is the dA_prev of the layer behind it. Yours is the same in each turn of the loop.",
    hints=("On which W does your gradient of W1 depend?", "Which dA is passed on inside your loop?"),
)
def every_layer_gets_the_output_gradient(upstream, dAL):
    return dAL


@mistake(
    "backward.sigmoid-on-every-way-back",
    step="activation_on_the_way_back",
    title="Every layer goes back through the sigmoid, the hidden ones too",
    explain=f"{NETWORK} Going back, each layer has the derivative of its own activation.",
    hints=("Which activation do the hidden layers have in the forward pass?", "Which is passed inside the loop?"),
    place=Place(calls="linear_activation_backward"),
)
def sigmoid_on_every_way_back(layer, depth):
    return "sigmoid"


@mistake(
    "backward.relu-on-every-way-back",
    step="activation_on_the_way_back",
    title="Every layer goes back through ReLU, the last one too",
    explain=f"{NETWORK} Going back, each layer has the derivative of its own activation.",
    hints=("Which activation does the last layer have in the forward pass?", "Which is passed before the loop?"),
    place=Place(calls="linear_activation_backward"),
)
def relu_on_every_way_back(layer, depth):
    return "relu"


@mistake(
    "backward.activations-exchanged",
    step="activation_on_the_way_back",
    title="The last layer goes back through ReLU, the hidden ones through the sigmoid",
    explain=f"{NETWORK} Going back, each layer has the derivative of its own activation.",
    hints=("Which activation does each layer have in the forward pass?", "Which is passed inside the loop?"),
    place=Place(calls="linear_activation_backward"),
)
def activations_exchanged_on_the_way_back(layer, depth):
    return "relu" if layer == depth else "sigmoid"
