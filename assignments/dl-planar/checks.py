"""What is verified: sizes are pairwise different but for one case, biases are not 0, one batch has a single sample.

A backward pass gets the right cache, in the form that the contract describes, if there is no forward pass as well; a
cache of another form is the submission's own.
"""

import re

import numpy as np

from grader.checks import check, compared, expect, fail, remark
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from operations.ring import STEPS, cost_of_tanh_network, ring

_MATRIX = re.compile(r"\b(as)?mat(rix)?\(")
SIZES = [(3, 5, 9), (4, 2, 6), (4, 4, 4), (2, 3, 1)]  # n_x, n_h, m


def network(rng, n_x, n_h, m):
    """Parameters, inputs and labels."""
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    labels = rng.permutation(np.arange(m) % 2) if m > 1 else rng.integers(2, size=1)
    return {k: 0.8 * rng.normal(size=s) for k, s in shapes.items()}, rng.normal(size=(n_x, m)), labels.reshape(1, m)


def in_shape(value, like):
    """The value in another one's shape if it only lacks that: a flat gradient of biases is judged apart."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and array.size == like.size else value


@compared("layer_sizes", points=5, title="Inputs and outputs counted in rows, 4 hidden units")
def layer_sizes_values(implementation, rng):
    return tuple(implementation.layer_sizes(rng.normal(size=(5, 3)), rng.normal(size=(2, 3))))


def initial(implementation, sizes):
    found = implementation.initialize_parameters(*sizes)
    if not isinstance(found, dict):
        fail("the result is no dict with the keys W1, b1, W2 and b2")
        return None
    return {key: as_array(found.get(key)) for key in ("W1", "b1", "W2", "b2")}


@check("initialize_parameters", points=5, title="Shapes, and biases of 0")
def initialize_parameters_shapes(student):
    for n_x, n_h, n_y in ((3, 5, 1), (4, 2, 3)):
        found = initial(student, (n_x, n_h, n_y))
        if found is None:
            return
        expected = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        for key, shape in expected.items():
            if found[key] is None:
                fail(f"{key} is no array")
            elif np.shape(found[key]) != shape:
                fail(f"{key} has the shape {np.shape(found[key])}, expected {shape}")
            elif key[0] == "b":
                expect(found[key], key).close_to(np.zeros(shape))


@check("initialize_parameters", points=5, title="Small random weights of both signs, 0.01 times normal numbers")
def initialize_parameters_spread(student):
    found = initial(student, (30, 20, 15))
    for key in ("W1", "W2") if found is not None else ():
        if found[key] is None:
            fail(f"{key} is no array")
            continue
        spread, mean = (float(np.abs(np.nan_to_num(f(found[key])))) for f in (np.std, np.mean))
        if not 0.008 <= spread <= 0.012 or mean > 0.003:
            fail(f"{key} has the mean {mean:.3g} and the standard deviation {spread:.3g}, expected about 0 and 0.01")


@check("forward_propagation", points=17, title="The outputs")
def forward_propagation_outputs(student, solution, rng):
    for size in SIZES:
        parameters, X, _ = network(rng, *size)
        found, right = (side.forward_propagation(X, parameters)[0] for side in (student, solution))
        expect(found, "A2").close_to(right)


@check(
    "forward_propagation",
    points=3,
    title="The cache: `A1` and `A2`, which the backward pass reads, if it is such a dict",
)
def forward_propagation_cache(student, solution, rng):
    parameters, X, _ = network(rng, *SIZES[0])
    cache, right = (side.forward_propagation(X, parameters)[1] for side in (student, solution))
    for key in ("A1", "A2") if isinstance(cache, dict) else ():  # what the backward pass reads
        if np.shape(cache.get(key)) == right[key].shape:
            expect(cache[key], f"cache[{key!r}]").close_to(right[key])


@check("compute_cost", points=14, title="The mean cross-entropy")
def compute_cost_values(student, solution, rng):
    for m in (9, 4, 1):
        parameters, _, Y = network(rng, 3, 2, m)
        given = rng.uniform(0.04, 0.96, size=(1, m)), Y, parameters
        expect(student.compute_cost(*given), "the cost").close_to(solution.compute_cost(*given))


def gradients(student, solution, rng, size):
    """The gradients that both give."""
    parameters, X, Y = network(rng, *size)
    right = solution.forward_propagation(X, parameters)[1]
    try:
        cache = student.forward_propagation(X, parameters)[1]
    except CallFailed as failure:
        if failure.status != "missing":
            raise
        cache = right
    cache = {**cache, **right} if isinstance(cache, dict) and right.keys() <= cache.keys() else cache
    found = student.backward_propagation(parameters, cache, X, Y)
    return found, solution.backward_propagation(parameters, right, X, Y)


@check("backward_propagation", points=23, title="The gradients of both layers")
def backward_propagation_gradients(student, solution, rng):
    for size in SIZES:
        found, right = gradients(student, solution, rng, size)
        if isinstance(found, dict):
            found = {k: in_shape(v, right[k]) if k in ("db1", "db2") else v for k, v in found.items()}
        expect(found, "grads").close_to(right)


def keeps_biases_columns(student, rng):
    """Whether db1 is a column in the submission's own training: sums over an `np.matrix`, which it may keep, are.

    So it is where b1 stays a column there, and would not with a flat db1. Nobody else is asked.
    """
    submission = getattr(getattr(student, "loaded", None), "submission", None)
    if submission is None or not any(_MATRIX.search(unit.source) for unit in submission.units):
        return False
    n_x, n_h, m = SIZES[0]
    parameters, X, Y = network(rng, n_x, n_h, m)
    flat = {f"d{key}": value[:, 0] if key == "b1" else value for key, value in parameters.items()}
    try:
        trained = student.nn_model(X, Y, n_h, 1, False)
        changed = student.update_parameters(parameters, flat)
    except CallFailed:
        return False
    shapes = [np.shape(as_array(one.get("b1"))) if isinstance(one, dict) else () for one in (trained, changed)]
    return shapes[0] == (n_h, 1) != shapes[1]


@check("backward_propagation", points=2, title="db1 is a column, as b1 is")
def backward_propagation_columns(student, solution, rng):
    found, right = gradients(student, solution, rng, SIZES[0])
    shape = np.shape(as_array(found["db1"])) if isinstance(found, dict) and "db1" in found else None
    if shape != right["db1"].shape and not keeps_biases_columns(student, rng):
        told = ": is `keepdims=True` missing in the sum?" if shape == right["db1"].shape[:1] else ""
        fail(f"db1 has the shape {shape}, expected {right['db1'].shape}{told}")


@check("update_parameters", points=8, title="Parameters after a step, with learning rates 0.37 and 1.2, the default")
def update_parameters_values(student, solution, rng):
    parameters, _, _ = network(rng, 3, 5, 2)
    grads = {f"d{key}": rng.normal(size=value.shape) for key, value in parameters.items()}
    for given in ((parameters, grads, 0.37), (parameters, grads)):
        try:
            (found,) = student.update_parameters.map([given])
        except CallFailed as failure:
            if len(given) == 3 or "required positional argument: 'learning_rate'" not in str(failure):
                raise
            remark("`learning_rate` has no default here; the course's is 1.2. It costs no points")
            continue
        expect(found, "parameters").close_to(solution.update_parameters(*given))


@check("nn_model", points=10, title=f"After {STEPS} steps the network tells a ring from its middle")
def nn_model_learns(student, rng):
    X, Y = ring(rng, 30)
    found = student.nn_model(X, Y, 6, STEPS, False)
    expect(cost_of_tanh_network(found, X, Y), "the cost afterwards").is_at_most(0.3)
    W1 = as_array(found.get("W1")) if isinstance(found, dict) else None
    if W1 is not None and W1.ndim == 2:
        expect(W1.shape[0], "the number of hidden units, where n_h = 6 is asked for").equals(6)


@check("predict", points=8, title="Classes of samples on both sides")
def predict_values(student, solution, rng):
    for size in ((3, 5, 12), (2, 4, 9), (3, 2, 4)):  # of one sample alone, `np.squeeze` leaves nothing to loop over
        parameters, X, _ = network(rng, *size)
        found = as_array(student.predict(parameters, X))
        found = found * 1.0 if found is not None else found
        expect(found, "the classes").close_to(solution.predict(parameters, X))
