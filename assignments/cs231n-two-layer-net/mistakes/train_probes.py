"""What a training shows whatever it draws: where all samples are one, or by the loss of each batch."""

import itertools

import numpy as np

from grader.assignments import probe


def _network(student, rng):
    params = {
        "W1": rng.normal(size=(4, 6)),
        "b1": rng.normal(size=6),
        "W2": rng.normal(size=(6, 3)),
        "b2": rng.normal(size=3),
    }
    net = student.TwoLayerNet(4, 6, 3)
    net.params = params
    return net, params


_STEADY = {"learning_rate_decay": 1.0, "reg": 0.0, "verbose": False}


def _after_a_step(student, rng, reg):
    net, params = _network(student, rng)
    X, y = np.repeat(rng.normal(size=(1, 4)), 6, axis=0), np.full(6, rng.integers(3))
    _, grads = net.loss(X, y, reg)
    net.train(X, y, X, y, learning_rate=0.3, num_iters=1, batch_size=6, **_STEADY | {"reg": reg})
    after = net.params
    return {key: after[key] - (value - 0.3 * grads[key]) for key, value in params.items()}


@probe("TwoLayerNet.train")
def a_step(student, rng):
    """How far one step leads from where the submission's own gradient does, for each parameter."""
    return _after_a_step(student, rng, 0.0)


@probe("TwoLayerNet.train")
def a_step_with_a_penalty(student, rng):
    """The same with a penalty."""
    return _after_a_step(student, rng, 0.4)


@probe("TwoLayerNet.train")
def decay_of_the_rate(student, rng):
    """By what the length of a step is multiplied, and every how many steps, where an epoch has two."""
    _, params = _network(student, rng)
    X, y = np.repeat(rng.normal(size=(1, 4)), 8, axis=0), np.full(8, rng.integers(3))
    options = _STEADY | {"learning_rate_decay": 0.5}
    way = [params]
    for steps in range(1, 11):
        net = student.TwoLayerNet(4, 6, 3)
        net.params = params
        net.train(X, y, X, y, learning_rate=0.3, num_iters=steps, batch_size=4, **options)
        way.append(dict(net.params))
    rates = []
    for before, after in itertools.pairwise(way):
        net = student.TwoLayerNet(4, 6, 3)
        net.params = before
        _, grads = net.loss(X[:4], y[:4], 0.0)
        rates.append(np.linalg.norm(after["W2"] - before["W2"]) / np.linalg.norm(grads["W2"]))
    changes = [k for k in range(1, len(rates)) if not np.isclose(rates[k], rates[k - 1], rtol=1e-3)]
    return {
        "factor": rates[changes[0]] / rates[changes[0] - 1] if changes else 1.0,
        "steps between": float(changes[1] - changes[0]) if len(changes) > 1 else 0.0,
    }


@probe("TwoLayerNet.train")
def what_is_drawn(student, rng):
    """Which samples the steps have, as their losses tell."""
    net, _ = _network(student, rng)
    X, y = rng.normal(size=(6, 4)), rng.permutation([0, 1, 2] * 2)
    pairs = [(i, j) for j in range(6) for i in range(j + 1)]
    own = np.array([float(net.loss(X[list(pair)], y[list(pair)], 0.0)[0]) for pair in pairs])

    def losses(steps):
        curves = net.train(X, y, X, y, learning_rate=0.0, num_iters=steps, batch_size=2, **_STEADY)
        return np.ravel(curves["loss_history"])

    history = losses(90)
    told = {"steps": float(history.size)}
    if history.size != 90:
        return told
    told["fixed"] = float(np.ptp(history) < 1e-6)
    is_pair = np.isclose(history[:, np.newaxis], own, rtol=1e-5)
    told["apart"] = float(not is_pair.any(axis=1).all())
    if told["apart"]:
        return told
    drawn = [pairs[k] for k in is_pair.argmax(axis=1)]
    used = {i for pair in drawn for i in pair}
    first_alone = used == {0, 1}
    if first_alone and told["fixed"]:  # drawn once, it is the first batch by chance once in 18 times
        first_alone = all(np.allclose(losses(1), history[0], rtol=1e-5) for _ in range(2))
    return told | {
        "first alone": float(first_alone),
        "some never": float(len(used) < 6),
        "single": float(not told["fixed"] and all(i == j for i, j in drawn)),  # of one batch it may be by chance
        "in order": float(drawn == [(2 * step % 6, 2 * step % 6 + 1) for step in range(90)]),
    }
