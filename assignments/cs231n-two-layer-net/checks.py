"""What is verified, method by method.

Every network gets its parameters from here, with biases that are not 0 (a new network's are, which hides a forgotten
one). Sizes are pairwise different but for one case, scores have both signs, classes are absent. The loss of the data
and the penalty are judged apart, the penalty as what `reg` changes; `train` is judged by the submission's own loss.
"""

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
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED

# The penalties coefficient·reg·ΣW² that are accepted, the solution's first. Both are common; with one entry alone that
# one is demanded.
PENALTIES = {1.0: "reg·(ΣW1² + ΣW2²)", 0.5: "½·reg·(ΣW1² + ΣW2²)"}
GRADIENTS = {1.0: "2·reg·W", 0.5: "reg·W"}

SIZES = [(7, 5, 6, 4), (3, 4, 9, 5), (6, 6, 5, 3)]  # N, D, H, C
STRENGTHS = (0.37, 5.3, 0.004)
KEYS = ("W1", "b1", "W2", "b2")
WITHIN_ONE_STD = 0.683  # share of a normal distribution


def parameters(rng, d, hidden, classes):
    """Random weights and biases that are not zero."""
    return {
        "W1": rng.normal(size=(d, hidden)) / np.sqrt(d),
        "b1": rng.normal(size=hidden),
        "W2": rng.normal(size=(hidden, classes)),
        "b2": rng.normal(size=classes),
    }


def problem(rng, n, d, hidden, classes, margin=1e-3):
    """Parameters and a batch with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params, X = parameters(rng, d, hidden, classes), rng.normal(size=(n, d))
        if np.abs(X @ params["W1"] + params["b1"]).min() > margin:
            return params, X, rng.integers(classes, size=n)


def with_absent_classes(rng):
    """A problem in which the first and the last classes never occur."""
    params, X, _ = problem(rng, 6, 4, 5, 7)
    return params, X, rng.permutation([1, 3, 4, 4, 1, 3])


def network(implementation, params):
    """A network of an implementation with the given parameters."""
    net = implementation.TwoLayerNet(*params["W1"].shape, len(params["b2"]))
    net.params = params
    return net


def not_implemented(method):
    return CallFailed(method.name, NOT_IMPLEMENTED.format(name=method.name), status="missing")


def loss_and_gradients(net, X, y, *reg):
    """Loss and gradients of a batch; the (None, {}) that the course's own starter returns is no answer."""
    found = net.loss(X, y, *reg)
    if not isinstance(found, tuple | list) or len(found) != 2:
        fail("with labels, `loss` must return two values: the loss and a dict of gradients")
        return None, None
    if found[0] is None and not found[1]:
        raise not_implemented(net.loss)
    return found


# TwoLayerNet


@check("TwoLayerNet", points=4, title="Shapes of weights and biases; biases begin at 0")
def twolayernet_shapes(student):
    params = student.TwoLayerNet(5, 7, 4).params
    expected = {"W1": (5, 7), "b1": (7,), "W2": (7, 4), "b2": (4,)}
    found = {key: np.shape(value) for key, value in params.items()} if isinstance(params, dict) else {}
    if {key: without_ones(shape) for key, shape in found.items()} != expected:
        fail(f"the params of TwoLayerNet(5, 7, 4) have the shapes {found or params}, expected {expected}")
    elif np.any(params["b1"]) or np.any(params["b2"]):
        fail("the biases are not 0 at first")
    elif found != expected:
        remark(f"the params of TwoLayerNet(5, 7, 4) have the shapes {found}, expected {expected}")


def without_ones(shape):
    return tuple(side for side in shape if side != 1)


@check("TwoLayerNet", points=3, title="Normally distributed weights with standard deviation std")
def twolayernet_weights(student):
    for options, std in [((), 1e-4), ((0.3,), 0.3)]:
        params = student.TwoLayerNet(60, 50, 40, *options).params
        for key in ("W1", "W2"):
            spread, mean = float(np.std(params[key])), float(np.mean(params[key]))
            if not abs(spread / std - 1) <= 0.15:
                fail(f"the standard deviation of {key} is {spread:.3g}, expected about {std:g}")
            elif not abs(mean) <= 0.15 * std:
                fail(f"the mean of {key} is {mean:.3g}, expected about 0: values of both signs")
            elif not abs(np.mean(np.abs(params[key]) < std) - WITHIN_ONE_STD) <= 0.05:
                fail(f"the values of {key} are not normally distributed, though their mean and spread are right")


# TwoLayerNet.loss: scores


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
        expect(tuple(found), f"loss and grads of {len(y)} samples").close_to(right)


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
def twolayernet_loss_extremes(student, solution):
    W2 = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    params, y = {"W1": np.eye(3), "b1": np.zeros(3), "W2": W2, "b2": np.zeros(3)}, np.array([1, 2, 1])
    loss, grads = loss_and_gradients(network(student, params), np.eye(3), y, 0.0)
    remark_on_extremes(loss, grads, network(solution, params).loss(np.eye(3), y, 0.0)[0])


# TwoLayerNet.predict


@check("TwoLayerNet.predict", points=9, title="The class with the highest score, for several samples and for one")
def twolayernet_predict_labels(student, solution, rng):
    for size in [(23, 5, 6, 4), (17, 4, 9, 5), (1, 5, 7, 3)]:
        params, X, _ = problem(rng, *size)
        expect_labels(student, solution, params, X)


@check("TwoLayerNet.predict", points=1, title="Where every score is negative")
def twolayernet_predict_negative(student, solution, rng):
    params, X, _ = problem(rng, 19, 5, 6, 4)
    params["b2"] -= 40.0
    expect_labels(student, solution, params, X)


@check("TwoLayerNet.predict", points=5, title="Where the biases decide")
def twolayernet_predict_biases(student, solution, rng):
    for key in ("b2", "b1"):
        params, X, _ = problem(rng, 29, 5, 6, 4)
        params[key] = 4 * params[key]
        expect_labels(student, solution, params, X)


def expect_labels(student, solution, params, X):
    net = network(student, params)
    found = net.predict(X)
    expect(found, f"the prediction for {len(X)} samples").equals(network(solution, params).predict(X))


# TwoLayerNet.train


def same_sample(rng, n, d, hidden, classes):
    """A problem in which all samples are one: whatever is drawn at random, every batch is the same."""
    params, X, y = problem(rng, 1, d, hidden, classes)
    return params, np.repeat(X, n, axis=0), np.repeat(y, n)


def trained(student, params, X, y, **options):
    net = network(student, params)
    curves = net.train(X, y, X[:3], y[:3], **{"learning_rate_decay": 1.0, "reg": 0.0, "verbose": False} | options)
    return net, curves


def stepped(student, params, X, y, rates, reg):
    """Where steps with these rates against the gradient of the submission's own loss lead; None if it has none."""
    own = network(student, params)
    for rate in rates:
        own.params = params
        _, grads = loss_and_gradients(own, X, y, reg)
        if not isinstance(grads, dict) or any(as_array(grads.get(key)) is None for key in KEYS):
            fail("no step can be made: `loss` gives no gradient for every parameter")
            return None
        params = {key: params[key] - rate * np.reshape(grads[key], params[key].shape) for key in KEYS}
    return params


def expect_steps(student, rng, schedules, *, n=8, batch_size=8, reg=0.0, **options):
    """Demand that `train` goes against the gradient of the submission's own loss, with the rates of a schedule."""
    params, X, y = same_sample(rng, n, 5, 6, 4)
    batch = X[:batch_size], y[:batch_size]
    loss_and_gradients(network(student, params), *batch, 0.0)  # when it is open, so is `train`
    steps = len(schedules[0])
    net, _ = trained(student, params, X, y, num_iters=steps, batch_size=batch_size, reg=reg, **options)
    after = net.params
    if is_unchanged(after, params) and curves_are_empty(net, X, y):
        raise not_implemented(net.train)
    goals = [stepped(student, params, *batch, rates, reg) for rates in schedules]
    if goals[0] is not None:
        expect(after, "params").close_to(nearest(goals, after))


def is_unchanged(after, before):
    return all(np.array_equal(np.ravel(after.get(key)), before[key].ravel()) for key in KEYS)


def nearest(goals, found):
    """The goal that was reached, or else the first."""
    arrays = {key: as_array(found.get(key)) for key in KEYS}
    if any(value is None for value in arrays.values()):
        return goals[0]

    def is_reached(goal):
        return all(
            arrays[key].size == goal[key].size and np.allclose(arrays[key].ravel(), goal[key].ravel(), rtol=1e-4)
            for key in KEYS
        )

    return next(filter(is_reached, goals), goals[0])


def curves_are_empty(net, X, y):
    """Whether `train` measures nothing either: then it is open, not wrong."""
    curves = net.train(X, y, X, y, num_iters=2, batch_size=4)
    return not isinstance(curves, dict) or not any(np.any(value) for value in curves.values())


@check("TwoLayerNet.train", points=7, title="Steps against the gradient, in every parameter")
def twolayernet_train_steps(student, rng):
    expect_steps(student, rng, [(0.13,)], learning_rate=0.13)
    expect_steps(student, rng, [(0.7, 0.7, 0.7)], learning_rate=0.7, reg=0.02)


def decaying(rate, decay, steps, per_epoch):
    """Rates that decay after each epoch, which may be counted from its first step or its last, or skip step 0."""
    ends = [[step for step in range(steps) if step % per_epoch == k] for k in range(per_epoch)]
    for decays in [*ends, ends[0][1:]]:
        yield tuple(rate * decay ** sum(step < now for step in decays) for now in range(steps))


@check("TwoLayerNet.train", points=3, title="The learning rate decays once per epoch")
def twolayernet_train_decay(student, rng):
    options = {"learning_rate": 0.4, "learning_rate_decay": 0.6}
    expect_steps(student, rng, list(decaying(0.4, 0.6, steps=7, per_epoch=3)), n=9, batch_size=3, **options)
    expect_steps(student, rng, list(decaying(0.4, 0.6, steps=4, per_epoch=1)), **options)


def losses_of_steps(student, params, X, y, steps, **options):
    """`loss_history` of a training; None, and a failure, when it has not a number for each step."""
    _, curves = trained(student, params, X, y, num_iters=steps, **options)
    history = as_array(curves.get("loss_history")) if isinstance(curves, dict) else None
    if history is None or history.size != steps:
        fail(f"train must return a dict whose `loss_history` has a number for each of {steps} steps")
        return None
    return history.ravel()


@check("TwoLayerNet.train", points=4, title="Each step has the loss of its batch, penalty included")
def twolayernet_train_history(student, rng):
    params, X, y = same_sample(rng, 8, 5, 6, 4)
    first, _ = loss_and_gradients(network(student, params), X[:4], y[:4], 0.2)
    history = losses_of_steps(student, params, X, y, 7, batch_size=4, learning_rate=0.0, reg=0.2)
    if history is not None:
        expect(history, "loss_history with learning rate 0, compared with your `loss`,").close_to(np.full(7, first))
    history = losses_of_steps(student, params, X, y, 2, batch_size=4, learning_rate=0.5, reg=0.2)
    if history is not None:
        expect(history[0], "the first entry of loss_history, the loss before the first step,").close_to(first)


@check("TwoLayerNet.train", points=2, title="The accuracies, once per epoch; verbose or not")
def twolayernet_train_accuracies(student, rng):
    params, X, _ = problem(rng, 8, 5, 6, 4)
    X_val = rng.normal(size=(5, 5))
    net = network(student, params)
    labels = [as_array(net.predict(inputs)) for inputs in (X, X_val)]
    if any(found is None or found.shape != (size,) for found, size in zip(labels, (8, 5), strict=True)):
        fail("there is no accuracy to compare with: `predict` does not give a label for each sample")
        return
    y, y_val = (found.astype(int) for found in labels)
    y_val[3:] = (y_val[3:] + 1) % 4
    options = {"learning_rate": 1e-12, "reg": 0.0, "num_iters": 6, "batch_size": 4, "verbose": True}
    curves = net.train(X, y, X_val, y_val, **options)
    for name, share in {"train_acc_history": 1.0, "val_acc_history": 0.6}.items():
        found = as_array(curves.get(name)) if isinstance(curves, dict) else None
        if found is None or found.size not in (2, 3, 4):
            count = "none" if found is None else found.size
            fail(f"{name} must have one entry for each of 3 epochs (6 steps with half of the samples), it has {count}")
        else:
            label = f"{name} of a network that stands still, compared with your `predict`,"
            expect(found.ravel(), label).close_to(np.full(found.size, share))


@check("TwoLayerNet.train", points=4, title="Batches are drawn from all samples, which keep their labels")
def twolayernet_train_draws(student, rng):
    params, X, y = problem(rng, 6, 5, 6, 4)
    net = network(student, params)
    loss_and_gradients(net, X, y, 0.0)  # when it is open, so is `train`
    pairs = [(i, j) for j in range(6) for i in range(j + 1)]
    whole, *own = (
        np.ravel(outputs[0]).astype(float)
        for outputs in net.loss.map([(X, y, 0.0), *((X[list(pair)], y[list(pair)], 0.0) for pair in pairs)])
    )
    history = losses_of_steps(student, params, X, y, 120, batch_size=2, learning_rate=0.0)
    if history is None:
        return
    is_pair = np.isclose(history[:, np.newaxis], np.reshape(own, (1, -1)), rtol=1e-5)
    if np.allclose(history, whole, rtol=1e-5):
        fail("every step takes all samples, not `batch_size` of them")
    elif not is_pair.any(axis=1).all():
        fail("a step has a loss that no 2 samples with their own labels have, though `batch_size` is 2")
    elif np.ptp(history) < 1e-6:
        fail("120 steps with 2 of 6 samples each always had the same ones")
    else:
        drawn = [pairs[k] for k in is_pair.argmax(axis=1)]
        if all(i == j for i, j in drawn):
            fail("every step takes one sample, not `batch_size` of them")
        elif absent := set(range(6)) - {i for pair in drawn for i in pair}:
            fail(f"120 steps with 2 of 6 samples each never had sample {min(absent)}")
        elif drawn == [pairs_in_order(step) for step in range(120)]:
            fail("the samples come in their order: a step must draw them at random")
        elif all(drawn[k] == drawn[k % 3] for k in range(120)):
            remark("the samples are shuffled once, and come in the same order in every epoch")


def pairs_in_order(step):
    return 2 * step % 6, 2 * step % 6 + 1
