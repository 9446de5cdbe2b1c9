"""What is verified. Networks get their parameters from here; dropout is judged by the network's own loss.

Arguments come by position: two of them have had other names.
"""

import itertools

import numpy as np

from grader.checks import check, expect, fail
from grader.checks.compare import as_array
from operations.network_checks import (
    expect_normal_weights,
    expect_parameters,
    expect_penalty,
    expect_penalty_gradients,
    loss_and_gradients,
    scores_of,
)

INIT, LOSS = "FullyConnectedNet", "FullyConnectedNet.loss"
DEPTHS = ((6,), (5, 7), (6, 4, 8))
D, C = 9, 5


def parameters(rng, hidden, norm):
    """Weights, biases, scales and shifts that are neither 0 nor 1."""
    sizes = [D, *hidden, C]
    params = {}
    for layer, (n, m) in enumerate(itertools.pairwise(sizes), 1):
        params |= {f"W{layer}": rng.normal(size=(n, m)) / np.sqrt(n), f"b{layer}": rng.normal(size=m)}
        if norm is not None and layer <= len(hidden):
            params |= {f"gamma{layer}": rng.normal(size=m) + 1.5, f"beta{layer}": rng.normal(size=m)}
    return params


def network(side, params, *, norm=None, keep=1, reg=0.0, seed=None):
    hidden = [len(params[f"b{layer}"]) for layer in range(1, 1 + sum(key[0] == "W" for key in params))][:-1]
    net = side.FullyConnectedNet(hidden, D, C, keep, norm, reg, 1e-2, "float64", seed)
    net.params = params
    return net


def batch(rng, n=7):
    return rng.normal(size=(n, D)), rng.integers(C, size=n)


def both(student, solution, rng, hidden, norm):
    """The same network of both, and a batch."""
    params = parameters(rng, hidden, norm)
    return network(student, params, norm=norm), network(solution, params, norm=norm), *batch(rng)


def words(hidden, norm=None):
    return f"with {len(hidden)} hidden {'layer' if len(hidden) == 1 else 'layers'}" + (f" and {norm}" if norm else "")


@check(INIT, points=6, title="Shapes of all parameters; what does not begin at random")
def fullyconnectednet_shapes(student):
    shapes = {"W1": (6, 4), "b1": (4,), "W2": (4, 7), "b2": (7,), "W3": (7, 3), "b3": (3,)}
    expect_parameters(student.FullyConnectedNet([4, 7], 6, 3), shapes, "FullyConnectedNet([4, 7], 6, 3)")
    shapes |= {"gamma1": (4,), "beta1": (4,), "gamma2": (7,), "beta2": (7,)}
    for norm in ("batchnorm", "layernorm"):
        called = f"FullyConnectedNet([4, 7], 6, 3, 1, {norm!r})"
        expect_parameters(student.FullyConnectedNet([4, 7], 6, 3, 1, norm), shapes, called)


@check(INIT, points=4, title="Normally distributed weights with standard deviation weight_scale")
def fullyconnectednet_weights(student):
    expect_normal_weights(student.FullyConnectedNet([50, 40], 60, 50).params, 1e-2)
    expect_normal_weights(student.FullyConnectedNet([50], 60, 40, 1, None, 0.0, 0.3).params, 0.3)


@check(LOSS, points=12, title="Scores of networks of any depth")
def fullyconnectednet_loss_scores(student, solution, rng):
    for hidden in DEPTHS:
        mine, right, X, _ = both(student, solution, rng, hidden, None)
        for inputs in (X, X.reshape(-1, 3, 3)):
            expect(scores_of(mine, inputs), f"the scores {words(hidden)}").close_to(right.loss(inputs))


@check(LOSS, points=8, title="The mean cross-entropy, without a penalty")
def fullyconnectednet_loss_data(student, solution, rng):
    for hidden in DEPTHS:
        mine, right, X, y = both(student, solution, rng, hidden, None)
        expect(loss_and_gradients(mine, X, y)[0], f"the loss {words(hidden)}").close_to(right.loss(X, y)[0])


@check(LOSS, points=18, title="Its gradient in every parameter")
def fullyconnectednet_loss_gradients(student, solution, rng):
    for hidden in DEPTHS:
        mine, right, X, y = both(student, solution, rng, hidden, None)
        expect(loss_and_gradients(mine, X, y)[1], "grads").close_to(right.loss(X, y)[1])


def expect_normalised(student, solution, rng, norm):
    for hidden in DEPTHS[1:]:
        mine, right, X, y = both(student, solution, rng, hidden, norm)
        (loss, grads), (right_loss, right_grads) = loss_and_gradients(mine, X, y), right.loss(X, y)
        expect(loss, f"the loss {words(hidden, norm)}").close_to(right_loss)
        kept = [key for key in right_grads if norm == "layernorm" or matters(key, hidden)]
        expect({key: grads.get(key) for key in kept}, "grads").close_to({key: right_grads[key] for key in kept})


def matters(key, hidden):
    """Before batch normalisation a bias has no effect: its gradient is 0 but for rounding."""
    return not key.startswith("b") or key.startswith("beta") or key == f"b{len(hidden) + 1}"


@check(LOSS, points=12, title="Loss and gradients with batch normalisation")
def fullyconnectednet_loss_batchnorm(student, solution, rng):
    expect_normalised(student, solution, rng, "batchnorm")


@check(LOSS, points=6, title="Scores after three batches of training with batch normalisation")
def fullyconnectednet_loss_averages(student, solution, rng):
    mine, right, *_ = both(student, solution, rng, (5, 7), "batchnorm")
    for _ in range(3):
        X, y = batch(rng)
        loss_and_gradients(mine, X, y)
        right.loss(X, y)
    for n in (4, 1):
        X, _ = batch(rng, n)
        expect(scores_of(mine, X), f"the scores of {n} samples").close_to(right.loss(X))


@check(LOSS, points=8, title="Scores, loss and gradients with layer normalisation")
def fullyconnectednet_loss_layernorm(student, solution, rng):
    expect_normalised(student, solution, rng, "layernorm")
    mine, right, X, _ = both(student, solution, rng, (5, 7), "layernorm")
    expect(scores_of(mine, X), "the scores with layernorm").close_to(right.loss(X))


@check(LOSS, points=4, title="Dropout: in training only, there and back")
def fullyconnectednet_loss_dropout(student, solution, rng):
    params = parameters(rng, (30, 20), None)
    X, y = batch(rng)
    plain, (mine, right) = (
        network(solution, params),
        [network(s, params, keep=0.6, seed=7) for s in (student, solution)],
    )
    expect(scores_of(mine, X), "the scores of a network with dropout").close_to(plain.loss(X))
    (loss, grads), (right_loss, right_grads) = loss_and_gradients(mine, X, y), right.loss(X, y)
    if is_near(loss, plain.loss(X, y)[0]):
        fail("with a keep ratio of 0.6 the loss in training is that of a network without dropout")
    elif is_near(loss, right_loss) and has_right_gradients(student, plain, params, X, y):
        expect(grads, "grads with dropout").close_to(right_grads)


def has_right_gradients(student, plain, params, X, y):
    """Without dropout: what is wrong there is told there. (With other masks than ours there is nothing to compare.)"""
    _, grads = loss_and_gradients(network(student, params), X, y)
    _, right = plain.loss(X, y)
    found = {key: as_array(grads.get(key)) for key in right} if isinstance(grads, dict) else {}
    return all(
        found.get(key) is not None and found[key].size == value.size and np.allclose(found[key].ravel(), value.ravel())
        for key, value in right.items()
    )


def is_near(loss, other):
    value = as_array(loss)
    return value is not None and value.size == 1 and np.isclose(float(value.reshape(())), other, rtol=1e-7)


@check(LOSS, points=10, title="The penalty in the loss: the weights of all layers")
def fullyconnectednet_loss_penalty(student, rng):
    for hidden, norm, reg in cases_of_a_penalty():
        expect_penalty(student, *problem(rng, hidden, norm), reg)


@check(LOSS, points=12, title="The penalty in the gradient")
def fullyconnectednet_loss_penalty_gradient(student, rng):
    for hidden, norm, reg in cases_of_a_penalty():
        expect_penalty_gradients(student, *problem(rng, hidden, norm), reg)


def cases_of_a_penalty():
    return (((6,), None, 0.37), ((6, 4, 8), None, 5.3), ((5, 7), "layernorm", 0.7))


def problem(rng, hidden, norm):
    params = parameters(rng, hidden, norm)
    return (lambda side, reg: network(side, params, norm=norm, reg=reg)), params, *batch(rng)
