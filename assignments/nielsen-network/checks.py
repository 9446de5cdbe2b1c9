"""What is verified, method by method.

The weights and biases of a network are set before it is asked anything, so that every submission computes with the
same numbers. Sizes are pairwise different, biases are not zero, λ₁, λ₂ and the learning rate are odd numbers:
otherwise different mistakes would give the same results.
"""

import itertools

import numpy as np

from grader.checks import (
    accuracy,
    check,
    cost_spikes,
    expect,
    fail,
    flipped_share,
    note_own_training,
    remark,
)

DEEP = (6, 7, 5, 4)
SHALLOW = (6, 5, 4)
L1, L2 = 0.37, 0.83
ETA = 0.7
SEED = 3


def parameters(rng, sizes):
    """Random weights and biases in the contract's form."""
    pairs = list(itertools.pairwise(sizes))
    weights = [rng.normal(size=(n_out, n_in)) / np.sqrt(n_in) for n_in, n_out in pairs]
    return weights, [rng.normal(size=(n_out, 1)) for _, n_out in pairs]


def network(implementation, state, **options):
    """A network of an implementation with the given weights and biases."""
    weights, biases = state
    sizes = [weights[0].shape[1], *(len(b) for b in biases)]
    net = implementation.NN2(sizes, SEED, **options)
    net.weights, net.biases = weights, biases
    return net


def samples(rng, n, sizes):
    """Inputs of both signs and one-hot labels, as columns."""
    labels = np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]
    return [(rng.normal(size=(sizes[0], 1)), label[:, np.newaxis]) for label in labels]


def away_from_kinks(rng, n, sizes, margin=1e-3):
    """Parameters and samples with no weighted input near 0, where ReLU has no derivative."""
    while True:
        (weights, biases), data = parameters(rng, sizes), samples(rng, n, sizes)
        a, closest = np.hstack([x for x, _ in data]), np.inf
        for w, b in zip(weights[:-1], biases[:-1], strict=True):
            z = w @ a + b
            closest, a = min(closest, np.abs(z).min()), np.maximum(z, 0)
        if closest > margin:
            return (weights, biases), data


# NN2


@check("NN2", points=4, title="Weights (n_out, n_in) and biases (n_out, 1) for each layer after the first")
def nn2_shapes(student):
    for sizes in [(6, 4), DEEP]:
        net = student.NN2(list(sizes), SEED)
        shapes = {"weights": list(zip(sizes[1:], sizes, strict=False)), "biases": [(n, 1) for n in sizes[1:]]}
        for name, expected in shapes.items():
            found = [np.shape(value) for value in as_list(getattr(net, name))]
            if found != expected:
                fail(f"the {name} of NN2({list(sizes)}) have the shapes {found}, expected {expected}")


def as_list(value):
    return list(value) if isinstance(value, list | tuple) else []


@check("NN2", points=4, title="Weights with standard deviation 1/√n_in, biases with 1")
def nn2_scale(student):
    sizes = [400, 120, 90]
    net = student.NN2(sizes, SEED)
    weights, biases = as_list(net.weights), as_list(net.biases)
    if len(weights) != 2 or len(biases) != 2:
        fail(f"NN2({sizes}) has {len(weights)} arrays of weights and {len(biases)} of biases, expected 2 and 2")
        return
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        wanted = 1 / np.sqrt(sizes[layer])
        judge_spread(w, wanted, 0.1, f"weights[{layer}]", f"1/√{sizes[layer]}")
        judge_spread(b, 1.0, 0.35, f"biases[{layer}]", "the standard normal distribution")


def judge_spread(values, wanted, tolerance, label, what):
    spread, mean = float(np.std(values)), float(np.mean(values))
    if not abs(spread / wanted - 1) <= tolerance:
        fail(f"the standard deviation of {label} is {spread:.4g}, expected about {wanted:.4g} ({what})")
    elif not abs(mean) <= tolerance * wanted:
        fail(f"the mean of {label} is {mean:.4g}, expected about 0: values of both signs")


@check("NN2", points=2, title="The same seed gives the same network, another seed another one")
def nn2_seed(student):
    first, again, other = (student.NN2([6, 5, 4], seed).weights for seed in (11, 11, 12))
    expect(again, "the weights made with the same seed").close_to(first)
    if all(np.array_equal(a, b) for a, b in zip(first, other, strict=True)):
        fail("seeds 11 and 12 give the same weights: rand_seed is not used")


# NN2.feedforward


def expect_output(student, solution, state, x, label="the output", **options):
    found = network(student, state, **options).feedforward(x)
    expect(found, label).close_to(network(solution, state, **options).feedforward(x))


@check("NN2.feedforward", points=4, title="One layer: σ(w·a + b)")
def nn2_feedforward_one_layer(student, solution, rng):
    expect_output(student, solution, parameters(rng, (6, 4)), rng.normal(size=(6, 1)))


@check("NN2.feedforward", points=4, title="Several layers of sigmoids")
def nn2_feedforward_deep(student, solution, rng):
    for sizes in [(6, 5, 4), (6, 7, 5, 8, 3, 4)]:
        expect_output(student, solution, parameters(rng, sizes), rng.normal(size=(6, 1)), f"the output of {sizes}")


@check("NN2.feedforward", points=4, title="ReLU in the hidden layers, a sigmoid at the end")
def nn2_feedforward_relu(student, solution, rng):
    expect_output(student, solution, parameters(rng, DEEP), rng.normal(size=(6, 1)), activation="relu")


@check("NN2.feedforward", points=2, title="Finite for large inputs, 0 and 1 where the sigmoid is")
def nn2_feedforward_saturated(student, solution):
    state = ([np.diag([1.0, -1.0, 0.5])], [np.zeros((3, 1))])
    expect_output(student, solution, state, np.array([[900.0], [900.0], [0.4]]))


@check("NN2.feedforward", points=1, title="Called twice it gives the same, and it changes nothing")
def nn2_feedforward_is_a_function(student, rng):
    state, x = parameters(rng, DEEP), rng.normal(size=(6, 1))
    net = network(student, state)
    first, again = net.feedforward(x), net.feedforward(x)
    expect(again, "the output of the second call").close_to(first)
    expect(net.weights, "the weights after two calls").close_to(state[0])


# NN2.backprop


def expect_gradients(student, solution, state, sample, keep, **options):
    """Compare the gradients of the layers that `keep` (a slice) selects."""
    nabla_b, nabla_w = network(student, state, **options).backprop(*sample)
    right_b, right_w = network(solution, state, **options).backprop(*sample)
    if not all(isinstance(nabla, list | tuple) and len(nabla) == len(right_b) for nabla in (nabla_b, nabla_w)):
        fail(f"backprop must return two lists of {len(right_b)} arrays, nabla_b and nabla_w")
        return
    for layer in range(len(right_b))[keep]:
        expect(nabla_w[layer], f"nabla_w[{layer}]").close_to(right_w[layer])
        expect(nabla_b[layer], f"nabla_b[{layer}]").close_to(right_b[layer])


@check("NN2.backprop", points=6, title="Output layer, cross-entropy")
def nn2_backprop_cross_entropy(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        expect_gradients(student, solution, parameters(rng, sizes), samples(rng, 1, sizes)[0], slice(-1, None))


@check("NN2.backprop", points=5, title="Output layer, quadratic cost")
def nn2_backprop_quadratic(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        state, (sample,) = parameters(rng, sizes), samples(rng, 1, sizes)
        expect_gradients(student, solution, state, sample, slice(-1, None), cost="quadratic")


@check("NN2.backprop", points=6, title="Hidden layers of sigmoids")
def nn2_backprop_hidden(student, solution, rng):
    for cost in ("cross-entropy", "quadratic"):
        state, (sample,) = parameters(rng, DEEP), samples(rng, 1, DEEP)
        expect_gradients(student, solution, state, sample, slice(0, -1), cost=cost)


@check("NN2.backprop", points=4, title="Hidden layers of ReLU")
def nn2_backprop_relu(student, solution, rng):
    state, (sample,) = away_from_kinks(rng, 1, DEEP)
    expect_gradients(student, solution, state, sample, slice(None), activation="relu")


@check("NN2.backprop", points=3, title="The derivative of your own cost, by central differences")
def nn2_backprop_own_cost(student, rng):
    sizes = (5, 4, 3)
    (weights, biases), data = parameters(rng, sizes), samples(rng, 1, sizes)
    at = {f"{kind}[{i}]": v for kind, values in (("w", weights), ("b", biases)) for i, v in enumerate(values)}
    for cost in ("cross-entropy", "quadratic"):
        net = network(student, (weights, biases), cost=cost)
        nabla_b, nabla_w = net.backprop(*data[0])
        if not all(isinstance(nabla, list | tuple) for nabla in (nabla_b, nabla_w)):
            fail("backprop must return two lists of arrays, nabla_b and nabla_w")
            return
        gradient = {
            f"{kind}[{i}]": v for kind, values in (("w", nabla_w), ("b", nabla_b)) for i, v in enumerate(values)
        }

        def costs(points, net=net):
            return [cost_at(net, point, data) for point in points]

        expect(gradient, "nabla").gradient_of(costs, at=at, rng=rng)


def cost_at(net, point, data):
    for name, kind in (("weights", "w"), ("biases", "b")):
        setattr(net, name, [value for key, value in point.items() if key.startswith(kind)])
    return net.total_cost(data)


@check("NN2.backprop", points=1, title="Called twice it gives the same, and it changes nothing")
def nn2_backprop_is_a_function(student, rng):
    state, (sample,) = parameters(rng, DEEP), samples(rng, 1, DEEP)
    net = network(student, state)
    first, again = net.backprop(*sample), net.backprop(*sample)
    expect(again, "the gradient of the second call").close_to(first)
    expect(net.weights, "the weights after two calls").close_to(state[0])
    expect(net.biases, "the biases after two calls").close_to(state[1])


# NN2.update_mini_batch


def expect_update(student, solution, state, batch, l1, l2, n, what=("weights", "biases"), **options):
    found, right = (network(implementation, state, **options) for implementation in (student, solution))
    for net in (found, right):
        net.update_mini_batch(batch, ETA, l1, l2, n)
    for name in what:
        expect(getattr(found, name), name).close_to(getattr(right, name))


@check("NN2.update_mini_batch", points=6, title="Without penalties: minus eta times the mean gradient")
def nn2_update_mini_batch_plain(student, solution, rng):
    for cost in ("cross-entropy", "quadratic"):
        expect_update(student, solution, parameters(rng, DEEP), samples(rng, 9, DEEP), 0.0, 0.0, 23, cost=cost)


@check("NN2.update_mini_batch", points=4, title="The L2 penalty takes eta · λ₂/n · w off")
def nn2_update_mini_batch_l2(student, solution, rng):
    expect_update(student, solution, parameters(rng, DEEP), samples(rng, 9, DEEP), 0.0, L2, 23, ["weights"])


@check("NN2.update_mini_batch", points=4, title="The L1 penalty takes eta · λ₁/n · sign(w) off, nothing where w is 0")
def nn2_update_mini_batch_l1(student, solution, rng):
    weights, biases = parameters(rng, DEEP)
    for w in weights:
        w[rng.random(w.shape) < 0.2] = 0.0
    expect_update(student, solution, (weights, biases), samples(rng, 9, DEEP), L1, 0.0, 23, ["weights"])


@check("NN2.update_mini_batch", points=2, title="Both penalties, a mini-batch of one sample")
def nn2_update_mini_batch_both(student, solution, rng):
    for size in (9, 1):
        expect_update(student, solution, parameters(rng, DEEP), samples(rng, size, DEEP), L1, L2, 23, ["weights"])


@check("NN2.update_mini_batch", points=2, title="Biases feel no penalty")
def nn2_update_mini_batch_biases(student, solution, rng):
    expect_update(student, solution, parameters(rng, DEEP), samples(rng, 9, DEEP), L1, L2, 23, ["biases"])


# NN2.total_cost


def expect_cost(student, solution, state, data, l1=0.0, l2=0.0, label="the cost", **options):
    found = network(student, state, **options).total_cost(data, l1, l2)
    expect(found, label).close_to(network(solution, state, **options).total_cost(data, l1, l2))


@check("NN2.total_cost", points=4, title="Mean cross-entropy, for several numbers of samples")
def nn2_total_cost_cross_entropy(student, solution, rng):
    for n in (7, 13, 1):
        expect_cost(student, solution, parameters(rng, DEEP), samples(rng, n, DEEP), label=f"the cost of {n} samples")


@check("NN2.total_cost", points=2, title="Mean quadratic cost")
def nn2_total_cost_quadratic(student, solution, rng):
    for n in (7, 1):
        state, data = parameters(rng, DEEP), samples(rng, n, DEEP)
        expect_cost(student, solution, state, data, label=f"the cost of {n} samples", cost="quadratic")


@check("NN2.total_cost", points=3, title="L1 and L2 penalties on the weights alone")
def nn2_total_cost_penalties(student, solution, rng):
    for l1, l2, label in [(0.0, L2, "L2"), (L1, 0.0, "L1"), (L1, L2, "L1 and L2")]:
        state, data = parameters(rng, DEEP), samples(rng, 7, DEEP)
        expect_cost(student, solution, state, data, l1, l2, f"the cost with {label}")


@check("NN2.total_cost", points=2, title="Finite when an output is exactly 0 or 1")
def nn2_total_cost_saturated(student):
    state = ([40.0 * np.eye(3)], [np.zeros((3, 1))])  # σ(40) is 1.0 in floating point, σ(-40) not quite 0
    x = np.array([[1.0], [-1.0], [-1.0]])
    right, wrong = (network(student, state).total_cost([(x, np.eye(3)[:, [label]])]) for label in (0, 1))
    expect(right, "the cost of outputs that are certain and right").is_at_most(1e-4)
    expect(right, "the cost of outputs that are certain and right").is_finite()
    expect(wrong, "the cost of an output that is certain and wrong").is_finite()
    expect(wrong, "the cost of an output that is certain and wrong").is_at_least(3.0, what="it is expensive")


# NN2.accuracy


@check("NN2.accuracy", points=4, title="The share of right answers")
def nn2_accuracy_share(student, solution, rng):
    expect_accuracy(student, solution, parameters(rng, DEEP), samples(rng, 101, DEEP))


@check("NN2.accuracy", points=2, title="Two outputs; as many outputs as inputs")
def nn2_accuracy_of_other_networks(student, solution, rng):
    for n, sizes in [(83, (3, 5, 2)), (97, (4, 4))]:
        expect_accuracy(student, solution, parameters(rng, sizes), samples(rng, n, sizes))


def expect_accuracy(student, solution, state, data):
    found = network(student, state).accuracy(data)
    expect(found, f"the accuracy on {len(data)} samples").close_to(network(solution, state).accuracy(data))


# NN2.stochastic_gradient_descent

CURVES = ("epoch", "train_accuracy", "test_accuracy", "train_cost", "test_cost")


def trained(implementation, state, training, test, *options, **named):
    net = network(implementation, state)
    return net, net.stochastic_gradient_descent(training, test, *options, **named)


@check("NN2.stochastic_gradient_descent", points=3, title="Mini-batches of all samples: the weights follow the formula")
def nn2_stochastic_gradient_descent_full_batches(student, solution, rng):
    state, training, test = parameters(rng, SHALLOW), samples(rng, 9, SHALLOW), samples(rng, 5, SHALLOW)
    (found, _), (right, _) = (
        trained(implementation, state, training, test, 2, 9, ETA, L1, L2) for implementation in (student, solution)
    )
    expect(found.weights, "the weights after 2 epochs").close_to(right.weights)
    expect(found.biases, "the biases after 2 epochs").close_to(right.biases)


@check(
    "NN2.stochastic_gradient_descent", points=2, title="The last, smaller mini-batch counts too, and n is that of all"
)
def nn2_stochastic_gradient_descent_last_batch(student, solution, rng):
    state, (sample,) = parameters(rng, SHALLOW), samples(rng, 1, SHALLOW)
    (found, _), (right, _) = (
        # Seven times the same sample: the order does not matter, the number of steps does.
        trained(implementation, state, [sample] * 7, [sample], 2, 3, ETA, L1, L2)
        for implementation in (student, solution)
    )
    expect(found.weights, "the weights after 2 epochs of 3 steps").close_to(right.weights)


@check("NN2.stochastic_gradient_descent", points=3, title="Five curves, measured after each epoch on all of the data")
def nn2_stochastic_gradient_descent_curves(student, solution, rng):
    state, training, test = parameters(rng, SHALLOW), samples(rng, 9, SHALLOW), samples(rng, 5, SHALLOW)
    found, right = (
        trained(implementation, state, training, test, 3, 9, ETA, L1, L2)[1] for implementation in (student, solution)
    )
    if not isinstance(found, dict):
        fail("stochastic_gradient_descent must return a dict of curves")
        return
    if found.get("epoch") == [1, 2, 3]:
        remark("epochs are counted from 1; the contract counts from 0")
        found = {**found, "epoch": right["epoch"]}
    expect(found, "the result").close_to({name: right[name] for name in CURVES})


@check("NN2.stochastic_gradient_descent", points=1, title="The curves tell the truth about the trained network")
def nn2_stochastic_gradient_descent_true_curves(student, solution, rng):
    state, training, test = parameters(rng, SHALLOW), samples(rng, 11, SHALLOW), samples(rng, 5, SHALLOW)
    net, curves = trained(student, state, training, test, 2, 3, ETA, 0.0, L2)
    final = network(solution, (net.weights, net.biases))
    measured = {"train_cost": final.total_cost(training), "test_accuracy": final.accuracy(test)}
    # By a message, not by a comparison: in a random order nothing here can be computed again.
    for name, value in measured.items():
        if not np.isclose(curves[name][-1], value, rtol=1e-6):
            fail(f"the last {name} is {float(curves[name][-1]):.4g}, but the network that was left has {value:.4g}")


@check("NN2.stochastic_gradient_descent", points=2, title="Shuffled, and reproducible by the seed")
def nn2_stochastic_gradient_descent_order(student, solution, rng):
    state, training = parameters(rng, SHALLOW), samples(rng, 8, SHALLOW)
    first, again = (trained(student, state, training, training[:2], 1, 1, ETA)[0].weights for _ in range(2))
    expect(again, "the weights of a second run with the same seed").close_to(first)
    in_order = network(solution, state)
    for sample in training:
        in_order.update_mini_batch([sample], ETA, 0.0, 0.0, len(training))
    if all(np.allclose(a, b, rtol=1e-9) for a, b in zip(first, in_order.weights, strict=True)):
        fail("the samples are taken in the order in which they come; shuffle them in every epoch")


@check("NN2.stochastic_gradient_descent", points=1, title="Without monitoring it trains alike")
def nn2_stochastic_gradient_descent_unmonitored(student, solution, rng):
    state, training = parameters(rng, SHALLOW), samples(rng, 9, SHALLOW)
    found, _ = trained(student, state, training, training[:2], 2, 9, ETA, monitoring=False)
    right, _ = trained(solution, state, training, training[:2], 2, 9, ETA, monitoring=False)
    expect(found.weights, "the weights after 2 epochs").close_to(right.weights)


ACCURACY_SHARE = 0.88  # of the reference's, on the test images: other initial weights learn more slowly


@check("NN2.stochastic_gradient_descent", points=3, title="Accuracy on test images comes near the reference's")
def nn2_stochastic_gradient_descent_accuracy(student, solution, dataset):
    run = ([784, 30, 10], as_samples(dataset, 0, 600), as_samples(dataset, 600, 700), (5, 10, 0.5, 0.0, 1.0))
    reached, curves = learn(student, dataset, *run)
    wanted, reference_curves = solution.remembered("digits", lambda: learn(solution, dataset, *run))
    note_own_training("NN2.stochastic_gradient_descent", dataset, curves, reference_curves)
    expect(reached, "the accuracy on test images").is_at_least(
        ACCURACY_SHARE * wanted, what=f"{ACCURACY_SHARE:.0%} of the reference's {wanted:.3f}"
    )


def as_samples(dataset, start, stop, pixels=slice(None)):
    """Training images as columns with one-hot labels; the labels of the test set never leave the grader."""
    labels = np.eye(10)[dataset.y_train[start:stop]]
    images = dataset.X_train[start:stop, pixels]
    return [(x[:, np.newaxis], y[:, np.newaxis]) for x, y in zip(images, labels, strict=True)]


def learn(implementation, dataset, sizes, training, held_out, options):
    """Test accuracy, judged here from the outputs, and the curves that the run gave."""
    net = implementation.NN2(sizes, SEED)
    curves = net.stochastic_gradient_descent(training, held_out, *options)
    outputs = net.feedforward.map([(x[:, np.newaxis],) for x in dataset.X_test])
    predicted = np.array([int(np.argmax(output)) if np.size(output) == 10 else -1 for output in outputs])
    return accuracy(predicted, dataset.y_test), curves


# The author's question: where do the spikes come from that an L1 penalty brings?

L1_RUN = {"epochs": 60, "batch_size": 5, "eta": 2.0, "lmbda_L1": 0.1}
L1_SAMPLES = 100
EVERY_OTHER_PIXEL = np.arange(784).reshape(28, 28)[::2, ::2].ravel()
SIZES = [EVERY_OTHER_PIXEL.size, 30, 10]


@check("NN2.stochastic_gradient_descent", points=0, title="A run with an L1 penalty: what its spikes come from")
def nn2_stochastic_gradient_descent_l1_run(student, solution, dataset):
    samples_of_run = [as_samples(dataset, start, start + L1_SAMPLES, EVERY_OTHER_PIXEL) for start in (0, L1_SAMPLES)]
    curves, before, after = l1_run(student, samples_of_run, L1_RUN)
    reference_curves, _, _ = solution.remembered("l1", lambda: l1_run(solution, samples_of_run, L1_RUN))
    slow = {**L1_RUN, "epochs": 2 * L1_RUN["epochs"], "eta": L1_RUN["eta"] / 2}
    slow_run = solution.remembered("slow l1", lambda: l1_run(solution, samples_of_run, slow))
    remarks = spike_remarks(solution, samples_of_run[0], (curves, before, after), slow_run)
    note_own_training("NN2.stochastic_gradient_descent", dataset, curves, reference_curves, remarks=remarks)


def l1_run(implementation, data, options):
    """The curves of a run, and the parameters before and after one more epoch."""
    net = implementation.NN2(SIZES, SEED)
    curves = net.stochastic_gradient_descent(*data, **options)
    before = net.weights, net.biases
    net.stochastic_gradient_descent(*data, **{**options, "epochs": 1})
    return curves, before, (net.weights, net.biases)


def spike_remarks(solution, training, run, slow_run):
    """What the run shows about spikes and sign changes, in words; nothing when its numbers cannot be read."""
    curves, before, after = run
    costs = curves.get("train_cost") if isinstance(curves, dict) else None
    if not costs or not np.isfinite(costs).all():
        return []
    spikes, slow_spikes = cost_spikes(costs), cost_spikes(slow_run[0]["train_cost"])
    flips, slow_flips = (flipped_share(a[0][0], b[0][0]) for a, b in ((before, after), slow_run[1:]))
    pull = L1_RUN["eta"] * L1_RUN["lmbda_L1"] / L1_SAMPLES
    weights, biases = before
    hovering = [np.abs(w) < 5 * pull for w in weights]
    without = [np.where(small, 0.0, w) for small, w in zip(hovering, weights, strict=True)]
    cost, cost_without = (network(solution, (w, biases)).total_cost(training) for w in (weights, without))
    seen = (
        f"The training cost jumps above twice its median ({spikes.median:.3g}) in "
        f"{len(spikes.epochs)} of the last {spikes.settled_epochs} epochs, up to {spikes.largest:.3g}."
        if spikes.epochs
        else f"The training cost settles at {spikes.median:.3g}, without spikes in this run."
    )
    return [
        f"This run has an L1 penalty: lmbda_L1 = {L1_RUN['lmbda_L1']:g}, eta = {L1_RUN['eta']:g}, mini-batches of "
        f"{L1_RUN['batch_size']}, {L1_SAMPLES} images of 14 × 14 pixels.",
        seen,
        f"Each step of the L1 penalty moves every weight by eta·λ₁/n = {pull:g} towards zero, however small it is. "
        f"Weights near zero overshoot it and change sign: {flips:.0%} of the first layer's did so within one epoch.",
        f"Those sign changes are harmless by themselves: with the {sum(map(np.sum, hovering)):,} weights below "
        f"{5 * pull:g} set to 0 the cost is {cost_without:.3g} instead of {cost:.3g}.",
        "Spikes come from the learning rate: the penalty never lets go, so the network stays where the cost is "
        f"steeply curved, and there a step with eta = {L1_RUN['eta']:g} leaps across the valley. The reference with "
        f"half the learning rate and twice the epochs has {len(slow_spikes.epochs)} spikes, although "
        f"{slow_flips:.0%} of the signs change in one epoch there too.",
        "Nothing of this costs points.",
    ]
