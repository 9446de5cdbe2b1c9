"""`TwoLayerNet.loss`: the scores, the data's part, and the penalty."""

import numpy as np

from grader.checks import (
    check,
    expect,
    fail,
    follows_convention,
    is_deterministic,
    leaves_arguments_alone,
    remark,
    remark_on_extremes,
)
from grader.checks.compare import as_array

from .networks import KEYS, SIZES, loss_and_gradients, network, problem, with_absent_classes

# The penalties coefficient·reg·ΣW² that are accepted, the solution's first. Both are common; with one entry alone that
# one is demanded.
PENALTIES = {1.0: "reg·(ΣW1² + ΣW2²)", 0.5: "½·reg·(ΣW1² + ΣW2²)"}
GRADIENTS = {1.0: "2·reg·W", 0.5: "reg·W"}
STRENGTHS = (0.37, 5.3, 0.004)


@check("TwoLayerNet.loss", points=8, title="Scores, when no labels are given")
def twolayernet_loss_scores(student, solution, rng):
    for size in [*SIZES, (1, 5, 7, 3)]:
        params, X, _ = problem(rng, *size)
        expect(network(student, params).loss(X), f"the scores of {size[0]} samples").close_to(
            network(solution, params).loss(X)
        )


# TwoLayerNet.loss: the data's part


def answers(student, solution, params, X, y):
    """Loss and gradients of the submission and of the solution, without a penalty."""
    return loss_and_gradients(network(student, params), X, y, 0.0), network(solution, params).loss(X, y, 0.0)


def expect_gradients(student, solution, rng, keys):
    for size in SIZES:
        (_, grads), (_, right) = answers(student, solution, *problem(rng, *size))
        expect(grads, "grads").close_to({key: right[key] for key in keys})


@check("TwoLayerNet.loss", points=8, title="The mean cross-entropy, without a penalty")
def twolayernet_loss_data(student, solution, rng):
    for size in SIZES:
        (loss, _), (right, _) = answers(student, solution, *problem(rng, *size))
        expect(loss, f"the loss of {size[0]} samples").close_to(right)
    params, X, y = problem(rng, *SIZES[0])
    loss, _ = loss_and_gradients(network(student, params), X, y)
    expect(loss, "the loss without `reg`, which is 0 then,").close_to(network(solution, params).loss(X, y)[0])


@check("TwoLayerNet.loss", points=8, title="Its gradient in the output layer")
def twolayernet_loss_output_gradient(student, solution, rng):
    expect_gradients(student, solution, rng, ("W2", "b2"))


@check("TwoLayerNet.loss", points=12, title="Its gradient in the hidden layer")
def twolayernet_loss_hidden_gradient(student, solution, rng):
    expect_gradients(student, solution, rng, ("W1", "b1"))


@check("TwoLayerNet.loss", points=6, title="A single sample; classes that do not occur")
def twolayernet_loss_rare_batches(student, solution, rng):
    for params, X, y in [problem(rng, 1, 5, 7, 3), with_absent_classes(rng)]:
        found, right = answers(student, solution, params, X, y)
        batch = "one sample" if len(y) == 1 else f"{len(y)} samples"
        for value, wanted, name in zip(found, right, ("the loss", "grads"), strict=True):
            expect(value, f"{name} of {batch}").close_to(wanted)


# TwoLayerNet.loss: the penalty


def difference(with_penalty, without):
    """What the penalty adds; the first value itself where the two cannot be subtracted, so that it is told as wrong."""
    a, b = as_array(with_penalty), as_array(without)
    return with_penalty if a is None or b is None or a.shape != b.shape else a - b


def in_shape(value, like):
    """The value in another one's shape if it only lacks that: its form is told where the data's part is judged."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and like is not None and array.size == like.size else value


def found_convention(penalty, norm):
    """The coefficient of an accepted penalty; None when it is none of them."""
    value = as_array(penalty)
    if value is None or value.size != 1:
        return None
    return next((c for c in PENALTIES if np.isclose(float(value.reshape(())), c * norm, rtol=1e-4)), None)


def penalties_of(student, rng):
    """For each of several problems: params, reg, reg·ΣW², and what `reg` adds to the loss and to the gradients."""
    for size, reg in zip(SIZES, STRENGTHS, strict=True):
        params, X, y = problem(rng, *size)
        net = network(student, params)
        loss, grads = loss_and_gradients(net, X, y, reg)
        bare_loss, bare = loss_and_gradients(net, X, y, 0.0)
        norm = reg * float(sum(np.sum(params[key] ** 2) for key in ("W1", "W2")))
        if isinstance(grads, dict) and isinstance(bare, dict):
            grads = {key: in_shape(difference(value, bare.get(key)), params.get(key)) for key, value in grads.items()}
        yield params, reg, norm, difference(loss, bare_loss), grads


@check("TwoLayerNet.loss", points=6, title="The penalty in the loss")
def twolayernet_loss_penalty(student, rng):
    accepted = " or ".join(PENALTIES.values())
    for _, reg, norm, penalty, _ in penalties_of(student, rng):
        convention = found_convention(penalty, norm) or next(iter(PENALTIES))
        expect(penalty, f"what reg = {reg} adds to the loss ({accepted})").close_to(convention * norm)


@check("TwoLayerNet.loss", points=6, title="The penalty in the gradient: the one that belongs to your loss")
def twolayernet_loss_penalty_gradient(student, rng):
    for params, reg, norm, penalty, grads in penalties_of(student, rng):
        convention = found_convention(penalty, norm)
        if convention is None:  # the loss is judged elsewhere; here the gradient of any accepted penalty is right
            convention = 0.5 if 0.5 in PENALTIES and is_half(grads, params, reg) else next(iter(PENALTIES))
        else:
            remark(f"the penalty is {PENALTIES[convention]}, which has the gradient {GRADIENTS[convention]}")
        if convention == 0.5:
            follows_convention("loss.half-penalty")
        added = {key: 2 * convention * reg * params[key] * key.startswith("W") for key in KEYS}
        expect(grads, f"what reg = {reg} adds ({GRADIENTS[convention]} to weights, 0 to biases) to grads").close_to(
            added
        )


def is_half(grads, params, reg):
    """Whether one of the weights has the gradient reg·W of half the penalty."""
    found = {key: as_array(grads.get(key)) for key in ("W1", "W2")} if isinstance(grads, dict) else {}
    return any(
        value is not None and value.shape == params[key].shape and np.allclose(value, reg * params[key], rtol=1e-4)
        for key, value in found.items()
    )


@check("TwoLayerNet.loss", points=3, title="The derivative of your own loss, by central differences")
def twolayernet_loss_own_gradient(student, rng):
    params, X, y = problem(rng, 5, 4, 6, 3)
    net = network(student, params)
    _, grads = loss_and_gradients(net, X, y, 0.0)

    def losses(points):
        found = []
        for point in points:
            net.params = dict(point)
            found.append(loss_and_gradients(net, X, y, 0.0)[0])
        return found

    expect(grads, "grads").gradient_of(losses, at=params, rng=rng)


@check("TwoLayerNet.loss", points=1, title="Called twice it gives the same, and the arguments are left alone")
def twolayernet_loss_is_a_function(student, rng):
    params, X, y = problem(rng, 5, 4, 6, 3)
    net = network(student, params)
    loss, grads = loss_and_gradients(net, X, y, 0.3)
    if as_array(loss) is None or not isinstance(grads, dict) or not set(KEYS) <= grads.keys():
        fail("this is no loss with a gradient in each parameter, so there is nothing to judge")
    is_deterministic(net.loss, X, y, 0.3)
    leaves_arguments_alone(net.loss, X, y, 0.3)


@check("TwoLayerNet.loss", points=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def twolayernet_loss_extremes(student):
    W2 = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    params, y = {"W1": np.eye(3), "b1": np.zeros(3), "W2": W2, "b2": np.zeros(3)}, np.array([1, 2, 1])
    loss, grads = loss_and_gradients(network(student, params), np.eye(3), y, 0.0)
    remark_on_extremes(loss, grads)
