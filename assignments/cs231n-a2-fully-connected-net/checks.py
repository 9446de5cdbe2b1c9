"""What is verified. Networks get their parameters from here; dropout is judged whatever is drawn.

Arguments come by position: two of them have had other names.
"""

import itertools

import numpy as np

from grader.checks import check, expect, fail, remark
from grader.checks.compare import as_array
from operations.fully_connected import is_of_2017, named, no_dropout
from operations.network_checks import (
    expect_normal_weights,
    expect_parameters,
    expect_penalty,
    expect_penalty_gradients,
    loss_and_gradients,
    scores_of,
)
from operations.network_dropout import multiplied, positive_problem

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
    inputs, classes = len(params["W1"]), len(params[f"b{len(hidden) + 1}"])
    dropout = no_dropout(side) if keep == 1 else keep
    net = side.FullyConnectedNet(hidden, inputs, classes, dropout, named(side, norm), reg, 1e-2, "float64", seed)
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
    for norm in ("batchnorm",) if is_of_2017(student) else ("batchnorm", "layernorm"):
        options = no_dropout(student), named(student, norm), 0.3
        called = f"FullyConnectedNet([4, 7], 6, 3, {', '.join(map(repr, options))})"
        expect_parameters(student.FullyConnectedNet([4, 7], 6, 3, *options), shapes, called)


@check(INIT, points=4, title="Normally distributed weights with standard deviation weight_scale")
def fullyconnectednet_weights(student):
    expect_normal_weights(student.FullyConnectedNet([50, 40], 60, 50).params, 1e-2)
    expect_normal_weights(
        student.FullyConnectedNet([50], 60, 40, no_dropout(student), named(student, None), 0.7, 0.3).params, 0.3
    )


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
    if is_of_2017(student):
        remark(
            "this is the class as the course had it until 2017, with `use_batchnorm` and without layer normalisation, "
            "for which nothing is lost here; a `dropout` of 0 was none"
        )
        return
    expect_normalised(student, solution, rng, "layernorm")
    mine, right, X, _ = both(student, solution, rng, (5, 7), "layernorm")
    expect(scores_of(mine, X), "the scores with layernorm").close_to(right.loss(X))


@check(LOSS, points=4, title="Dropout: in training only, there and back")
def fullyconnectednet_loss_dropout(student, solution, rng):
    params = parameters(rng, (30, 20), None)
    X, y = batch(rng)
    plain = network(solution, params)
    scores = scores_of(network(student, params, keep=0.6, seed=7), X)
    expect(scores, "the scores of a network with dropout").close_to(plain.loss(X))
    if has_right_gradients(student, plain, params, X, y):
        judge_dropout(student, rng, 0.6)


def judge_dropout(student, rng, keep):
    there, back = [], []
    for seed in (None, 7, None, 8, None):
        params, X, y = positive_problem(rng)
        loss, grads = loss_and_gradients(network(student, params, keep=keep, seed=seed), X, y)
        seen = multiplied(params, X, y, grads)
        if seen is None:
            fail("with dropout the gradients have another shape than the parameters, or are 0 or not finite")
            return
        if not is_near(loss, seen.loss):
            fail("the loss with dropout is not that of the units which the gradients were computed with")
            return
        there.append(seen.there)
        back.append(seen.back)
    judge_masks(np.concatenate(there), np.concatenate(back), keep, may_drop=is_of_2017(student))


def judge_masks(there, back, keep, *, may_drop):
    """Units are to be kept with the probability `keep` (until 2017: or dropped with it), and divided by that."""
    kept = np.abs(there) > 1e-9
    share = np.mean(kept)
    if may_drop and abs(share - (1 - keep)) < abs(share - keep):
        keep = 1 - keep
        remark("`dropout` is the probability of being dropped, as the course had it until 2017")
    if kept.all() and np.allclose(there, 1):
        fail(f"with a keep ratio of {keep:g} the loss in training is that of a network without dropout")
    elif not abs(share - keep) <= 0.1:
        fail(f"with a keep ratio of {keep:g}, {share:.0%} of the units are kept in training")
    elif not np.allclose(there[kept], 1 / keep):
        fail(f"what dropout keeps is multiplied by {np.mean(there[kept]):.3g}, expected 1 / {keep:g}")
    elif not np.allclose(back, there, atol=1e-8):
        fail("on the way back the gradient is not multiplied by what dropout multiplied the units by")


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
