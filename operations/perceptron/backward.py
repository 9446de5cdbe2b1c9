"""The gradients of a whole network."""

import numpy as np

from grader.assignments import Place, Quantities
from grader.checks import Schedule, costs_coincide, expect, is_deterministic, leaves_arguments_alone, one_hot
from operations.networks import DEEP, LAM, away_from_kinks, network
from operations.perceptron.layers import COUNT_THEM, NAMED_LAYERS, USUAL_KEYS, first_two_layers, layers_of
from operations.perceptron.operation import laid_out, perceptron, turned
from operations.texts import DW

_WEIGHTS = "The gradient of a layer's weights is $x^T \\delta$: what came in times what goes back, summed over samples."
COST = ("cross_entropy", "l2_penalty")
ROWS = {"layout": "rows", **USUAL_KEYS}


def drawn(rng, n, sizes, layout, weight, bias):
    params, X, Y = away_from_kinks(rng, n, sizes)
    return laid_out(params, layout, weight, bias), turned(X, layout), turned(Y, layout)


def gradients_of(student, params, X, Y, lam):
    _, cache = student.forward(params, X)
    return student.backward(params, cache, Y, lam)


def expect_gradients(student, solution, params, X, Y, lam, keys):
    found = gradients_of(student, params, X, Y, lam)
    expected = gradients_of(solution, params, X, Y, lam)
    expect(found, "grads").close_to({key: expected[key] for key in keys})


@perceptron.check("backward", share=8, title="Weights of the output layer and of one layer alone")
def backward_output_weights(student, solution, rng, *, layout, weight, bias):
    for sizes in [(6, 4), DEEP]:
        params, X, Y = drawn(rng, 9, sizes, layout, weight, bias)
        expect_gradients(student, solution, params, X, Y, 0.0, [weight.format(len(sizes) - 1)])


@perceptron.check("backward", share=8, title="Weights of the hidden layers")
def backward_hidden_weights(student, solution, rng, *, layout, weight, bias):
    params, X, Y = drawn(rng, 9, DEEP, layout, weight, bias)
    expect_gradients(student, solution, params, X, Y, 0.0, [weight.format(2), weight.format(1)])


@perceptron.check("backward", share=6, title="Biases of every layer")
def backward_biases(student, solution, rng, *, layout, weight, bias):
    params, X, Y = drawn(rng, 9, DEEP, layout, weight, bias)
    expect_gradients(student, solution, params, X, Y, 0.0, [bias.format(layer) for layer in (3, 2, 1)])


@perceptron.check("backward", share=6, title="The L2 penalty's part: λ·W for weights, nothing for biases")
def backward_penalty(student, solution, rng, *, layout, weight, bias):
    params, X, Y = drawn(rng, 9, DEEP, layout, weight, bias)
    with_penalty, without = (gradients_of(student, params, X, Y, lam) for lam in (LAM, 0.0))
    if not (all_arrays(with_penalty, params) and all_arrays(without, params)):
        expect(with_penalty, "grads").close_to(gradients_of(solution, params, X, Y, LAM))
        return
    parts = {key: with_penalty[key] - without[key] for key in params}
    weights = {weight.format(layer) for layer in range(1, len(DEEP))}
    expected = {key: LAM * value if key in weights else 0 * value for key, value in params.items()}
    expect(parts, "the part that λ adds to grads").close_to(expected)


def all_arrays(grads, keys):
    return isinstance(grads, dict) and all(isinstance(grads.get(key), np.ndarray | np.generic) for key in keys)


@perceptron.check("backward", share=3, title="A single sample, a batch without some classes, another depth")
def backward_batches(student, solution, rng, *, layout, weight, bias):
    for n, sizes in [(1, DEEP), (3, (5, 8, 6)), (6, (4, 6, 3, 7, 5))]:
        params, X, Y = drawn(rng, n, sizes, layout, weight, bias)
        expect_gradients(student, solution, params, X, Y, LAM, params)


@perceptron.check("backward", share=3, title="The derivative of your own cost, by central differences", needs=COST)
def backward_own_cost(student, solution, rng, *, layout, weight, bias):
    params, X, Y = drawn(rng, 7, (3, 4, 2), layout, weight, bias)

    def costs(points):
        probs = student.forward.map([(point, X) for point in points], item=0)
        losses = student.cross_entropy.map([(p, Y) for p in probs])
        penalties = student.l2_penalty.map([(point, LAM) for point in points])
        return [loss + penalty for loss, penalty in zip(losses, penalties, strict=True)]

    expect(gradients_of(student, params, X, Y, LAM), "grads").gradient_of(costs, at=params, rng=rng)


@perceptron.check("backward", share=1, title="Called twice it gives the same, and it changes nothing of the caller's")
def backward_is_a_function(student, solution, rng, *, layout, weight, bias):
    params, X, Y = drawn(rng, 9, DEEP, layout, weight, bias)
    _, cache = student.forward(params, X)
    is_deterministic(student.backward, params, cache, Y, LAM)
    leaves_arguments_alone(student.backward, params, cache, Y, LAM)


@perceptron.check(
    "backward", share=1, title="Eight training steps on images follow the reference", needs=COST, only=ROWS
)
def backward_training_steps(student, solution, rng, dataset):
    images = dataset.X_train[:128, ::4]
    sizes = (images.shape[1], 16, 10)
    start = {key: value if key.startswith("W") else 0 * value for key, value in network(rng, sizes).items()}

    def step(network, params, X, Y):
        probs, cache = network.forward(params, X)
        cost = solution.cross_entropy(probs, Y) + solution.l2_penalty(params, 1e-3)  # of its network, in our words
        return cost, network.backward(params, cache, Y, 1e-3)

    costs_coincide(
        "backward",
        student,
        solution,
        step=step,
        start=start,
        images=images,
        targets=one_hot(dataset.y_train[:128]),
        schedule=Schedule(epochs=2, batch_size=32, learning_rate=0.1),
        dataset=dataset,
        rng=rng,
    )


@perceptron.quantities("backward", only=ROWS)
def in_a_gradient(solution, params, cache, Y, lam):
    """Sizes and λ; for each tensor itself, its sign, its part of the data's gradient and of single samples."""
    inputs, pre_activations = cache
    data = solution.backward(params, cache, Y, 0.0)
    last = solution.backward(params, ([a[-1:] for a in inputs], [z[-1:] for z in pre_activations]), Y[-1:], 0.0)
    parts = {
        key: {
            key: value,
            f"sign({key})": np.sign(value),
            f"|{key}|": np.abs(value),
            f"the gradient of the cost without penalty for {key}": data[key],
            f"the last sample's gradient for {key}": last[key],
        }
        for key, value in params.items()
    }
    n, k = Y.shape
    symbols = {"λ": lam, "n": n, "k": k, "d": inputs[0].shape[1]}
    return Quantities({name: float(value) for name, value in symbols.items()}, parts=parts, result="grads")


@perceptron.mistake(
    "backward.pre-activation-as-input",
    step="layer_input",
    title="The weight gradients use z instead of the activation a of the layer before",
    explain=f"{_WEIGHTS} What came in is the activation $a = f(z)$ of the layer before, not z.",
    hints=(
        "What did this layer's weights multiply in the forward pass?",
        "z or a: which of them do you take from the cache?",
    ),
    place=Place(assigns=DW),
)
def pre_activation_as_input(cache, layer):
    inputs, pre_activations = cache
    return inputs[0] if layer == 1 else pre_activations[layer - 2]


@perceptron.mistake(
    "backward.own-activation-as-input",
    step="layer_input",
    title="The weight gradients use the layer's own output instead of its input",
    explain=f"{_WEIGHTS} The activations are one layer too far: index $l$ instead of $l - 1$.",
    hints=(
        "What did this layer's weights multiply in the forward pass?",
        "Look at the layer's index of the activation.",
    ),
    place=Place(assigns=DW),
)
def own_activation_as_input(cache, layer):
    inputs, _ = cache
    return inputs[layer]


@perceptron.mistake(
    "backward.returns-the-parameters",
    step="backward",
    title="The parameters are returned instead of their gradients",
    explain="The result has the right keys and shapes, and holds the weights and biases themselves.",
    hints=("Compare what you return with `params`.", "Which dict do you fill, and which do you return?"),
)
def returns_the_parameters(params, cache, Y, lam):
    return dict(params)


@perceptron.mistake(
    "backward.two-layers-only",
    step="backward",
    title="The gradients are written for two layers: W1 and W2 are named in the code",
    explain=NAMED_LAYERS,
    hints=COUNT_THEM,
    only=USUAL_KEYS,
)
def backward_of_two_layers(right, params, cache, Y, lam):
    return right(first_two_layers(params), cache, Y, lam)


@perceptron.mistake(
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
    only=ROWS | {"mean": "delta"},
)
def bias_gradient_before_the_mask(right, params, cache, Y, lam):
    (*_, outputs), pre_activations = cache
    grads = right(params, cache, Y, lam)
    delta = (outputs - Y) / len(Y)
    for layer in reversed(layers_of(params)[1:]):
        upstream = delta @ params[f"W{layer}"].T
        grads[f"b{layer - 1}"] = upstream.sum(axis=0)
        delta = upstream * (pre_activations[layer - 2] > 0)
    return grads
