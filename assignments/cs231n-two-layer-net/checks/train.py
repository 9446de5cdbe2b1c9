"""`TwoLayerNet.train`: steps, decay, history, and which samples are drawn."""

import numpy as np

from grader.checks import check, expect, fail, lose_samples, remark
from grader.checks.compare import as_array
from operations.batch_training.kinds_of_steps import demand_plain_steps

from .networks import KEYS, loss_and_gradients, network, not_implemented, problem

SMALL_RATE = 1e-4  # two steps at it have the same gradient


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
    if goals[0] is not None and (is_reached(after, goals) or not are_no_plain_steps(student, params, *batch)):
        expect(after, "params").close_to(nearest(goals, after))


def are_no_plain_steps(student, params, X, y):
    """Whether the steps are Adam's, say, whose numbers are not the plain ones; it is told as that."""
    _, grads = loss_and_gradients(network(student, params), X, y, 0.0)
    options = {"batch_size": len(y), "learning_rate": SMALL_RATE}
    weights = [params, *(trained(student, params, X, y, num_iters=steps, **options)[0].params for steps in (1, 2))]
    if any(
        as_array(found.get(key)) is None or np.size(found[key]) != params[key].size for found in weights for key in KEYS
    ):
        return False
    return demand_plain_steps("TwoLayerNet.train", weights, {key: grads[key] for key in KEYS})


def is_unchanged(after, before):
    return all(np.array_equal(np.ravel(after.get(key)), before[key].ravel()) for key in KEYS)


def nearest(goals, found):
    """The goal that was reached, or else the first."""
    return next((goal for goal in goals if is_reached(found, [goal])), goals[0])


def is_reached(found, goals):
    """Whether one of the goals is where a training has led."""
    arrays = {key: as_array(found.get(key)) for key in KEYS}
    return any(
        all(
            arrays[key] is not None
            and arrays[key].size == goal[key].size
            and np.allclose(arrays[key].ravel(), goal[key].ravel(), rtol=1e-4)
            for key in KEYS
        )
        for goal in goals
    )


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
    params, X, y = problem(rng, 8, 5, 6, 4)
    X_val = rng.normal(size=(5, 5))
    net = network(student, params)
    loss_and_gradients(net, X, y, 0.0)  # when it is open, so is `train`
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


@check("TwoLayerNet.train", points=1, title="Fewer samples than a batch has: 5, when `batch_size` is 200")
def twolayernet_train_small_set(student, rng):
    params, X, y = problem(rng, 5, 5, 6, 4)
    loss_and_gradients(network(student, params), X, y, 0.0)  # when it is open, so is `train`
    losses_of_steps(student, params, X, y, 3, batch_size=200, learning_rate=1e-3)


@check("TwoLayerNet.train", points=3, title="Batches are drawn from all samples, which keep their labels")
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
    if np.ptp(own) < 1e-6:
        fail("your `loss` is the same for any 2 samples: the losses do not tell which ones a step takes")
    elif np.allclose(history, whole, rtol=1e-5):
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
        elif lost := set(range(6)) - {i for pair in drawn[60:] for i in pair}:
            lose_samples(
                "TwoLayerNet.train",
                f"of 120 steps with 2 of 6 samples each the last 60 never had sample {min(lost)}, which was there "
                "before: are rows lost when they are shuffled?",
            )
        elif drawn == [pairs_in_order(step) for step in range(120)]:
            fail("the samples come in their order: a step must draw them at random")
        elif all(drawn[k] == drawn[k % 3] for k in range(120)):
            remark("the samples are shuffled once, and come in the same order in every epoch")


def pairs_in_order(step):
    return 2 * step % 6, 2 * step % 6 + 1
