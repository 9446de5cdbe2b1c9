"""What `forward` and `backward` do with networks of any number of layers."""

from grader.assignments import mistake


def layers_of(params):
    return range(1, sum(key.startswith("W") for key in params) + 1)


_NAMED_LAYERS = (
    "A network may have any number of layers; the code names two. With one layer there is no W2, with three or more "
    "the others are left out."
)
_COUNT_THEM = (
    "What does your function do with a network of one layer, and of three?",
    "Count the layers from `params`, and loop over them.",
)


def first_two_layers(params):
    """What code that names W1, b1, W2 and b2 sees of a network; without W2 it stops, as it does there."""
    return {key: params[key] for key in ("W1", "b1", "W2", "b2")}


@mistake(
    "forward.two-layers-only",
    step="forward",
    title="The network is written for two layers: W1 and W2 are named in the code",
    explain=_NAMED_LAYERS,
    hints=_COUNT_THEM,
)
def forward_of_two_layers(right, params, X):
    return right(first_two_layers(params), X)


@mistake(
    "backward.two-layers-only",
    step="backward",
    title="The gradients are written for two layers: W1 and W2 are named in the code",
    explain=_NAMED_LAYERS,
    hints=_COUNT_THEM,
)
def backward_of_two_layers(right, params, cache, Y, lam):
    return right(first_two_layers(params), cache, Y, lam)


@mistake(
    "backward.penalty-in-last-layer-only",
    step="backward",
    title="The penalty is in the last layer's gradient only",
    explain="Every weight matrix is in the penalty, so every $dW_l$ gets its own $\\lambda W_l$. Here only the last "
    "layer's "
    "has it: the term stands before the loop over the hidden layers.",
    hints=(
        "Which of your weight gradients change when λ does?",
        "Look at where the λ term is added: for the output layer, and for the hidden ones?",
    ),
)
def penalty_in_last_layer_only(right, params, cache, Y, lam):
    grads = right(params, cache, Y, lam)
    for layer in layers_of(params)[:-1]:
        grads[f"W{layer}"] = grads[f"W{layer}"] - lam * params[f"W{layer}"]
    return grads


@mistake(
    "backward.penalty-missing-in-last-layer",
    step="backward",
    title="The penalty is missing from the last layer's gradient",
    explain="Every weight matrix is in the penalty, so every $dW_l$ gets its own $\\lambda W_l$; the last layer's "
    "has none here.",
    hints=(
        "Which of your weight gradients change when λ does?",
        "Look at where the λ term is added: for the output layer, and for the hidden ones?",
    ),
)
def penalty_missing_in_last_layer(right, params, cache, Y, lam):
    grads = right(params, cache, Y, lam)
    last = f"W{layers_of(params)[-1]}"
    grads[last] = grads[last] - lam * params[last]
    return grads


@mistake(
    "backward.bias-gradient-before-the-mask",
    step="backward",
    title="The hidden biases' gradients are taken before ReLU's derivative is applied",
    explain="The bias acts on z, so its gradient is the sum of $\\delta = (\\delta_{l+1} W_{l+1}^T) \\odot f'(z)$ "
    "over the samples. "
    "Yours sums $\\delta_{l+1} W_{l+1}^T$, the gradient at the layer's output.",
    hints=(
        "Is a bias added before or after ReLU?",
        "Which of `dA` and `dZ` do you sum for the hidden biases?",
    ),
)
def bias_gradient_before_the_mask(right, params, cache, Y, lam):
    (*_, probs), pre_activations = cache
    grads = right(params, cache, Y, lam)
    delta = (probs - Y) / len(Y)
    for layer in reversed(layers_of(params)[1:]):
        upstream = delta @ params[f"W{layer}"].T
        grads[f"b{layer - 1}"] = upstream.sum(axis=0)
        delta = upstream * (pre_activations[layer - 2] > 0)
    return grads
