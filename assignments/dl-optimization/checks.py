"""What is verified: networks of two and three layers, state that is not 0, constants that are not the usual ones.

Steps are asked for by `map`, which does not look at what becomes of the arguments: many right answers change them.
"""

import itertools

import numpy as np

from grader.checks import check, compared, expect, fail, gives_separate_results
from grader.checks.compare import as_array

NETWORKS = [(3, 5, 1), (4, 2, 3, 1)]


def parameters(rng, sizes):
    shapes = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        shapes |= {f"W{layer}": (n_out, n_in), f"b{layer}": (n_out, 1)}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def near_zero(rng, sizes):
    """Parameters that a step changes by more than their own size, so that a wrong step shows."""
    return {key: 0.02 * value for key, value in parameters(rng, sizes).items()}


def gradients(rng, params):
    return {f"d{key}": rng.normal(size=value.shape) for key, value in params.items()}


@check("update_parameters_with_gd", points=12, title="Parameters after a step")
def update_parameters_with_gd_values(student, solution, rng):
    for sizes in NETWORKS:
        params = parameters(rng, sizes)
        given = params, gradients(rng, params), 0.37
        expect(student.update_parameters_with_gd.map([given])[0], "parameters").close_to(
            solution.update_parameters_with_gd(*given)
        )


def arrays(batches):
    """The mini-batches as pairs of arrays with two axes; None where they are no such thing."""
    if not isinstance(batches, list | tuple) or not all(isinstance(b, list | tuple) and len(b) == 2 for b in batches):
        return None
    pairs = [tuple(map(as_array, batch)) for batch in batches]
    return pairs if all(a is not None and a.ndim == 2 for pair in pairs for a in pair) else None


@check("random_mini_batches", points=12, title="How many there are, and how large; the last has what is left")
def random_mini_batches_sizes(student, rng):
    for m, size in ((23, 5), (12, 4), (7, 16), (9, 4)):
        pairs = arrays(student.random_mini_batches(rng.normal(size=(3, m)), np.ones((1, m)), size, 5))
        expected = [size] * (m // size) + [m % size] * (m % size > 0)
        found = [X.shape[1] for X, _ in pairs] if pairs is not None else None
        if found != expected or any(X.shape[1] != Y.shape[1] for X, Y in pairs):
            fail(f"{m} samples in mini-batches of {size} come as {found}, expected {expected}")


@check("random_mini_batches", points=12, title="Every sample once, beside its own label, in another order")
def random_mini_batches_samples(student, rng):
    X, Y = rng.normal(size=(3, 40)), rng.integers(2, size=(1, 40)) + 0.0
    if (order := order_beside_labels(student, X, Y, 10)) is None:
        return
    if sorted(order) != list(range(40)):
        fail(f"of 40 samples {len(set(order))} come in the mini-batches, {len(order)} in all")
    elif order == list(range(40)):
        fail("the samples are in their old order")
    else:  # whether those that are left over come at all is asked elsewhere
        order_beside_labels(student, X, Y, 9)


def order_beside_labels(student, X, Y, size):
    """The numbers of the samples in the order of the mini-batches; None, with a failure, if labels are elsewhere."""
    pairs = arrays(student.random_mini_batches(X, Y, size, 5)) or [(X[:, :0], Y[:, :0])]
    try:
        found_X, found_Y = (np.concatenate([pair[i] for pair in pairs], axis=1) for i in (0, 1))
        places = [np.flatnonzero((column[:, np.newaxis] == X).all(axis=0)) for column in found_X.T]
    except ValueError:
        fail("the mini-batches of X have not the rows of X")
        return None
    order = [int(place[0]) for place in places if place.size]
    if len(order) < found_X.shape[1]:
        fail(f"{found_X.shape[1] - len(order)} columns of the mini-batches are none of the samples")
        return None
    if len(set(order)) < len(order):
        fail(f"in mini-batches of {size} some samples come twice")
        return None
    if not np.array_equal(Y[:, order], found_Y):
        fail(f"in mini-batches of {size} the labels are not in the order of the samples, but beside others' inputs")
        return None
    return order


@compared("initialize_velocity", points=6, title="Zeros of the shapes of the parameters, for every layer")
def initialize_velocity_values(implementation, rng):
    return implementation.initialize_velocity(parameters(rng, (4, 2, 3, 1)))


@check("update_parameters_with_momentum", points=24, title="Parameters and velocities after a step")
def update_parameters_with_momentum_values(student, solution, rng):
    for sizes, beta, rate in zip(NETWORKS, (0.9, 0.35), (0.2, 0.7), strict=True):
        params = near_zero(rng, sizes)
        given = params, gradients(rng, params), gradients(rng, params), beta, rate
        found, right = (
            student.update_parameters_with_momentum.map([given])[0],
            solution.update_parameters_with_momentum(*given),
        )
        for name, one, other in zip(("parameters", "v"), found, right, strict=True):
            expect(one, name).close_to(other)


@check("initialize_adam", points=6, title="Two dicts of zeros, not one with two names")
def initialize_adam_values(student, solution, rng):
    params = parameters(rng, (4, 2, 3, 1))
    for name, one, other in zip(
        ("v", "s"), student.initialize_adam(params), solution.initialize_adam(params), strict=True
    ):
        expect(one, name).close_to(other)
    gives_separate_results(student.initialize_adam, params)


def adam_step(student, solution, rng, sizes, t, *constants):
    params = near_zero(rng, sizes)
    v, s = gradients(rng, params), {key: value**2 for key, value in gradients(rng, params).items()}
    given = params, gradients(rng, params), v, s, t, *constants
    found, right = student.update_parameters_with_adam.map([given])[0], solution.update_parameters_with_adam(*given)
    if not isinstance(found, tuple | list) or len(found) < 3:
        fail("update_parameters_with_adam must return (parameters, v, s)")
        return
    for name, one, other in zip(("parameters", "v", "s"), found, right, strict=False):
        expect(one, name).close_to(other)


@check("update_parameters_with_adam", points=18, title="Parameters and moments after a step, with the usual constants")
def update_parameters_with_adam_values(student, solution, rng):
    for sizes, t in zip(NETWORKS, (2, 7), strict=True):
        adam_step(student, solution, rng, sizes, t)


@check("update_parameters_with_adam", points=10, title="With other constants, and in the first step")
def update_parameters_with_adam_constants(student, solution, rng):
    for sizes, t in zip(NETWORKS, (1, 3), strict=True):
        adam_step(student, solution, rng, sizes, t, 0.13, 0.7, 0.85, 0.02)
