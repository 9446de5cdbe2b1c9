"""What is verified, function by function.

The case of the course has three samples, five weights that are not shared and one λ. Here sizes are pairwise different
but for one case, biases are not 0, λ is odd, one batch has a single sample, and every layer's share of the penalty is
judged. The cost of the data and the penalty (what `lambd` changes) are judged apart.
"""

import numpy as np

from grader.checks import check, expect, fail, is_deterministic, leaves_arguments_alone, remark
from grader.checks.compare import as_array
from grader.checks.describe import describe
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED

SIZES = [(5, 7, 4, 9), (3, 6, 8, 5), (4, 9, 3, 1)]  # n0, n1, n2, m
STRENGTHS = (0.73, 5.3, 0.037)
LAYERS = (1, 2, 3)
ON_THE_WAY = ("dZ3", "dA2", "dZ2", "dA1", "dZ1")


def parameters(rng, n0, n1, n2):
    """Random weights and biases that are not zero."""
    shapes = {1: (n1, n0), 2: (n2, n1), 3: (1, n2)}
    weights = {f"W{layer}": rng.normal(size=shape) / np.sqrt(shape[1]) for layer, shape in shapes.items()}
    return weights | {f"b{layer}": 0.5 * rng.normal(size=(shape[0], 1)) for layer, shape in shapes.items()}


def forward(params, X):
    """The cache of a forward pass."""
    cache, A = [], X
    for layer in LAYERS:
        W, b = params[f"W{layer}"], params[f"b{layer}"]
        Z = W @ A + b
        A = 1 / (1 + np.exp(-Z)) if layer == LAYERS[-1] else np.maximum(Z, 0)
        cache += [Z, A, W, b]
    return tuple(cache)


def outputs(cache):
    return cache[9]


def problem(rng, n0, n1, n2, m, margin=1e-3):
    """Parameters, inputs and labels with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params, X = parameters(rng, n0, n1, n2), rng.normal(size=(n0, m))
        cache = forward(params, X)
        if min(np.abs(Z).min() for Z in (cache[0], cache[4])) > margin and all(A.any() for A in (cache[1], cache[5])):
            labels = rng.permutation(np.arange(m) % 2) if m > 1 else rng.integers(2, size=1)
            return params, X, labels.reshape(1, m)


def called(function, *arguments):
    """What a call gives; an empty dict is no answer."""
    found = function(*arguments)
    if found == {}:
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")
    return found


def difference(with_penalty, without):
    """What the penalty adds; the first value itself where the two cannot be subtracted, so that it is told as wrong."""
    a, b = as_array(with_penalty), as_array(without)
    return with_penalty if a is None or b is None or a.shape != b.shape else a - b


def in_shape(value, like):
    """The value in another one's shape if it only lacks that."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and like is not None and array.size == like.size else value


# compute_cost_with_regularization

COST = "compute_cost_with_regularization"


def costs_of(student, solution, rng):
    """For each of several problems: λ, the costs with it and without it, the submission's and the solution's."""
    for size, lambd in zip(SIZES, STRENGTHS, strict=True):
        params, X, Y = problem(rng, *size)
        A3 = outputs(forward(params, X))
        yield (
            lambd,
            *(
                [called(side.compute_cost_with_regularization, A3, Y, params, strength) for strength in (lambd, 0.0)]
                for side in (student, solution)
            ),
        )


@check(COST, points=10, title="The mean cross-entropy, when λ is 0")
def compute_cost_with_regularization_data(student, solution, rng):
    for size in SIZES:
        params, X, Y = problem(rng, *size)
        given = outputs(forward(params, X)), Y, params, 0.0
        cost = called(student.compute_cost_with_regularization, *given)
        expect(cost, "the cost").close_to(solution.compute_cost_with_regularization(*given))


@check(COST, points=20, title="The penalty: what λ adds to the cost")
def compute_cost_with_regularization_penalty(student, solution, rng):
    for lambd, (cost, bare), (right, right_bare) in costs_of(student, solution, rng):
        added = in_shape(difference(cost, bare), np.zeros(()))  # the form is told where the cost is judged
        expect(added, f"what λ = {lambd} adds to the cost").close_to(right - right_bare)


@check(COST, points=4, title="Layers of equal size; other weights, another penalty")
def compute_cost_with_regularization_square(student, solution, rng):
    for scale in (1.0, 3.0):
        params, X, Y = problem(rng, 4, 4, 4, 4)
        params = {name: scale * value if name.startswith("W") else value for name, value in params.items()}
        given = outputs(forward(params, X)), Y, params, 1.7
        cost = called(student.compute_cost_with_regularization, *given)
        expect(cost, "the cost").close_to(solution.compute_cost_with_regularization(*given))


@check(COST, points=1, title="Called twice it gives the same, and the arguments are left alone")
def compute_cost_with_regularization_is_a_function(student, rng):
    params, X, Y = problem(rng, 5, 3, 4, 6)
    given = outputs(forward(params, X)), Y, params, 0.9
    cost, other = (called(student.compute_cost_with_regularization, A3, *given[1:]) for A3 in (given[0], given[0] / 2))
    if as_array(cost) is None or cost == other:
        fail("this is no cost of the outputs, so there is nothing to judge")
    is_deterministic(student.compute_cost_with_regularization, *given)
    leaves_arguments_alone(student.compute_cost_with_regularization, *given)


@check(COST, points=0, title="Outputs of exactly 0 and 1: a cost that is not finite is told, and costs nothing")
def compute_cost_with_regularization_extremes(student, rng):
    params, _, _ = problem(rng, 5, 3, 4, 6)
    cost, other = (
        as_array(called(student.compute_cost_with_regularization, outputs, np.array([[1, 0, 1]]), params, 0.1))
        for outputs in (np.array([[1.0, 0.0, 0.3]]), np.array([[0.9, 0.1, 0.3]]))
    )
    is_finite = other is not None and np.isfinite(other).all()
    if cost is not None and is_finite and not np.isfinite(cost).all():
        remark(
            "where an output is exactly 0 or 1 the cost is not a number (0·log 0), although the output is right; "
            "`np.nansum` or a bound inside the logarithm avoids it"
        )


# backward_propagation_with_regularization

BACKWARD = "backward_propagation_with_regularization"


def gradients(implementation, params, X, Y, lambd):
    """The gradients for the cache of the right forward pass, as a dict."""
    function = implementation.backward_propagation_with_regularization
    found = called(function, X, Y, forward(params, X), lambd)
    if not isinstance(found, dict):
        message = f"`{function.name}` must return a dict with `dW1`, `db1`, …, `db3`, not {describe(found)}"
        raise CallFailed(function.name, message, raised="outputs")
    return found


def with_columns(found, params):
    """The gradients with flat arrays of biases as columns: that form is judged by a check of its own."""
    return {
        key: in_shape(value, params.get(key[1:])) if key.startswith("db") else value for key, value in found.items()
    }


def expect_gradients(student, solution, rng, keys):
    for size in SIZES[:2]:
        params, X, Y = problem(rng, *size)
        found, right = (gradients(side, params, X, Y, 0.0) for side in (student, solution))
        expect(with_columns(found, params), "gradients").close_to({key: right[key] for key in keys})


@check(BACKWARD, points=10, title="The output layer, when λ is 0")
def backward_propagation_with_regularization_output_layer(student, solution, rng):
    expect_gradients(student, solution, rng, ("dW3", "db3"))


@check(BACKWARD, points=20, title="The hidden layers, when λ is 0")
def backward_propagation_with_regularization_hidden_layers(student, solution, rng):
    expect_gradients(student, solution, rng, ("dW2", "db2", "dW1", "db1"))


@check(
    BACKWARD, points=20, title="The penalty: what λ adds to the gradients of weights, and nothing to those of biases"
)
def backward_propagation_with_regularization_penalty(student, solution, rng):
    for size, lambd in zip(SIZES, STRENGTHS, strict=True):
        params, X, Y = problem(rng, *size)
        (found, bare), (right, right_bare) = (
            [with_columns(gradients(side, params, X, Y, strength), params) for strength in (lambd, 0.0)]
            for side in (student, solution)
        )
        added = {key: difference(value, bare.get(key)) for key, value in found.items()}
        expect(added, f"what λ = {lambd} adds to gradients").close_to(
            {key: value - right_bare[key] for key, value in right.items()}
        )


@check(BACKWARD, points=8, title="A single sample; layers of equal size")
def backward_propagation_with_regularization_other_sizes(student, solution, rng):
    for size in [(5, 6, 4, 1), (4, 4, 4, 4)]:
        params, X, Y = problem(rng, *size)
        found, right = (gradients(side, params, X, Y, 1.3) for side in (student, solution))
        expect(with_columns(found, params), "gradients").close_to(right)


@check(BACKWARD, points=3, title="The gradients of biases are columns, as the biases are")
def backward_propagation_with_regularization_columns(student, rng):
    params, X, Y = problem(rng, 5, 7, 4, 6)
    found = gradients(student, params, X, Y, 0.4)
    arrays = {f"db{layer}": as_array(found.get(f"db{layer}")) for layer in LAYERS}
    shapes = {name: array.shape for name, array in arrays.items() if array is not None}
    expected = {f"d{name}": value.shape for name, value in params.items() if name.startswith("b")}
    if shapes != expected:
        told = f"the shapes are {shapes}, expected {expected}"
        if shapes.get("db1") == (7,):
            told += ". From a flat db1, b1 - learning_rate * db1 becomes a (7, 7) matrix: `keepdims=True` is missing"
        fail(told)


@check(BACKWARD, points=2, title="What else is in the dict: dZ3, dA2, dZ2, dA1, dZ1")
def backward_propagation_with_regularization_on_the_way(student, solution, rng):
    params, X, Y = problem(rng, 5, 7, 4, 9)
    found = gradients(student, params, X, Y, 0.4)
    cache = forward(params, X)
    right = solution.errors(outputs(cache), Y, cache[0], cache[4], params["W2"], params["W3"])
    for key in ON_THE_WAY:
        value = as_array(found.get(key))
        if value is not None and value.shape == right[key].shape and np.allclose(value * Y.shape[1], right[key]):
            remark(f"gradients[{key!r}] is divided by m already; the contract has it undivided")
        elif key in found:
            expect(found[key], f"gradients[{key!r}]").close_to(right[key])
    if not {"dW1", "dW2", "dW3"} <= found.keys():
        fail("without dW1, dW2 and dW3 there is nothing to judge")


@check(BACKWARD, points=1, title="The derivative of your own cost, by central differences")
def backward_propagation_with_regularization_own_cost(student, rng):
    params, X, Y = problem(rng, 4, 6, 3, 5)
    lambd = 0.61
    found = with_columns(gradients(student, params, X, Y, lambd), params)

    def costs(points):
        given = [(outputs(forward(point, X)), Y, dict(point), lambd) for point in points]
        return student.compute_cost_with_regularization.map(given)

    by_parameter = {name: found[f"d{name}"] for name in params if f"d{name}" in found}
    expect(by_parameter, "the gradient").gradient_of(costs, at=params, rng=rng)


@check(BACKWARD, points=1, title="Called twice it gives the same, and the arguments are left alone")
def backward_propagation_with_regularization_is_a_function(student, rng):
    params, X, Y = problem(rng, 5, 3, 4, 6)
    given = X, Y, forward(params, X), 0.9
    if not {"dW1", "dW2", "dW3"} <= gradients(student, params, X, Y, 0.9).keys():
        fail("without dW1, dW2 and dW3 there is nothing to judge")
    is_deterministic(student.backward_propagation_with_regularization, *given)
    leaves_arguments_alone(student.backward_propagation_with_regularization, *given)
