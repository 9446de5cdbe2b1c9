"""`backward`."""

import numpy as np

from grader.checks import Schedule, check, costs_coincide, expect, is_deterministic, leaves_arguments_alone, one_hot

from .networks import DEEP, LAM, away_from_kinks, network


def gradients_of(student, params, X, Y, lam):
    _, cache = student.forward(params, X)
    return student.backward(params, cache, Y, lam)


def expect_gradients(student, solution, params, X, Y, lam, keys):
    found = gradients_of(student, params, X, Y, lam)
    expected = gradients_of(solution, params, X, Y, lam)
    expect(found, "grads").close_to({key: expected[key] for key in keys})


@check("backward", points=8, title="Weights of the output layer and of one layer alone")
def backward_output_weights(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        params, X, Y = away_from_kinks(solution, rng, 9, sizes)
        expect_gradients(student, solution, params, X, Y, 0.0, [f"W{len(sizes) - 1}"])


@check("backward", points=8, title="Weights of the hidden layers")
def backward_hidden_weights(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    expect_gradients(student, solution, params, X, Y, 0.0, ["W2", "W1"])


@check("backward", points=6, title="Biases of every layer")
def backward_biases(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    expect_gradients(student, solution, params, X, Y, 0.0, ["b3", "b2", "b1"])


@check("backward", points=6, title="The L2 penalty's part: λ·W for weights, nothing for biases")
def backward_penalty(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    with_penalty, without = (gradients_of(student, params, X, Y, lam) for lam in (LAM, 0.0))
    if not (all_arrays(with_penalty, params) and all_arrays(without, params)):
        expect(with_penalty, "grads").close_to(gradients_of(solution, params, X, Y, LAM))
        return
    parts = {key: with_penalty[key] - without[key] for key in params}
    expected = {key: LAM * value if key.startswith("W") else 0 * value for key, value in params.items()}
    expect(parts, "the part that λ adds to grads").close_to(expected)


def all_arrays(grads, keys):
    return isinstance(grads, dict) and all(isinstance(grads.get(key), np.ndarray | np.generic) for key in keys)


@check("backward", points=3, title="A single sample, a batch without some classes, another depth")
def backward_batches(student, solution, rng):
    for n, sizes in [(1, DEEP), (3, (5, 8, 6)), (6, (4, 6, 3, 7, 5))]:
        params, X, Y = away_from_kinks(solution, rng, n, sizes)
        expect_gradients(student, solution, params, X, Y, LAM, params)


@check("backward", points=3, title="The derivative of your own cost, by central differences")
def backward_own_cost(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 7, (3, 4, 2))

    def costs(points):
        probs = student.forward.map([(point, X) for point in points], item=0)
        losses = student.cross_entropy.map([(p, Y) for p in probs])
        penalties = student.l2_penalty.map([(point, LAM) for point in points])
        return [loss + penalty for loss, penalty in zip(losses, penalties, strict=True)]

    expect(gradients_of(student, params, X, Y, LAM), "grads").gradient_of(costs, at=params, rng=rng)


@check("backward", points=1, title="Called twice it gives the same, and it changes nothing of the caller's")
def backward_is_a_function(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    _, cache = student.forward(params, X)
    is_deterministic(student.backward, params, cache, Y, LAM)
    leaves_arguments_alone(student.backward, params, cache, Y, LAM)


@check("backward", points=1, title="Eight training steps on images follow the reference")
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
