"""What is verified, function by function.

The course's own cases have one or two samples, biases that hide what is not summed, and few sizes. Here sizes are
pairwise different but for one case, biases are not 0, pre-activations have both signs, one batch has a single sample,
and networks have one to four layers. A backward function gets the cache of the submission's own forward function.
"""

import itertools

import numpy as np

from grader.checks import check, expect, fail, is_deterministic, leaves_arguments_alone, remark
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED

LAYERS = [(7, 5, 9), (3, 6, 4), (5, 2, 1)]  # n_out, n_in, m
SQUARE_LAYER = (4, 4, 4)
NETWORKS = [((5, 7, 4, 1), 9), ((6, 3, 8, 5, 1), 4)]  # sizes of the layers, m
SQUARE_NETWORK = ((4, 4, 4, 1), 4)
ACTIVATIONS = ("relu", "sigmoid")


def away_from_kinks(draw, pre_activations, margin=1e-3):
    """What `draw` gives, drawn until no pre-activation is near 0, where ReLU has no derivative."""
    while True:
        drawn = draw()
        if all(np.abs(Z).min() > margin and (Z > 0).any() for Z in pre_activations(*drawn)):
            return drawn


def layer(rng, n_out, n_in, m):
    """Activations of both signs, weights, and biases that are not zero."""

    def draw():
        W = rng.normal(size=(n_out, n_in)) / np.sqrt(n_in)
        return rng.normal(size=(n_in, m)), W, 0.7 * rng.normal(size=(n_out, 1))

    return away_from_kinks(draw, lambda A, W, b: [W @ A + b])


def network(rng, sizes, m):
    """Inputs and parameters of a network in which no ReLU is at its kink, and none of its layers is dead."""

    def draw():
        parameters = {}
        for number, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
            parameters[f"W{number}"] = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)
            parameters[f"b{number}"] = 0.5 * rng.normal(size=(n_out, 1))
        return rng.normal(size=(sizes[0], m)), parameters

    return away_from_kinks(draw, hidden_pre_activations)


def hidden_pre_activations(X, parameters):
    A, found = X, []
    for number in range(1, len(parameters) // 2):
        found.append(parameters[f"W{number}"] @ A + parameters[f"b{number}"])
        A = np.maximum(found[-1], 0)
    return found


def labels(rng, m):
    """Labels of both classes, where there is room for both."""
    return (rng.permutation(np.arange(m) % 2) if m > 1 else rng.integers(2, size=1)).reshape(1, m)


def called(function, *arguments):
    """What a call gives; None or an empty dict is no answer, whether a placeholder or for want of a `return`."""
    try:
        found = function(*arguments)
    except CallFailed as failure:
        if failure.raised != "None":
            raise
        found = None
    if found is None or found == {} or (isinstance(found, tuple | list) and any(part is None for part in found)):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")
    return found


def output(function, *arguments):
    """What a forward function gives, without its cache."""
    return called(function, *arguments)[0]


def in_shape(value, like):
    """The value in another one's shape if it only lacks that: a flat db is judged by a check of its own."""
    array = as_array(value)
    return array.reshape(like.shape) if array is not None and array.size == like.size else value


def expect_gradients(found, right, where=""):
    for name, value, expected in zip(("dA_prev", "dW", "db"), found, right, strict=True):
        expect(in_shape(value, expected) if name == "db" else value, f"{name}{where}").close_to(expected)


# linear_forward


@check("linear_forward", points=6, title="W·A + b, for several sizes and for a single sample")
def linear_forward_values(student, solution, rng):
    for size in LAYERS:
        given = layer(rng, *size)
        expect(output(student.linear_forward, *given), "Z").close_to(solution.linear_forward(*given)[0])


@check("linear_forward", points=2, title="As many units as inputs and samples")
def linear_forward_square(student, solution, rng):
    given = layer(rng, *SQUARE_LAYER)
    expect(output(student.linear_forward, *given), "Z").close_to(solution.linear_forward(*given)[0])


# linear_activation_forward


def expect_activations(student, solution, rng, activation, sizes):
    for size in sizes:
        given = *layer(rng, *size), activation
        expect(output(student.linear_activation_forward, *given), "A").close_to(
            solution.linear_activation_forward(*given)[0]
        )


@check("linear_activation_forward", points=5, title='With "relu"')
def linear_activation_forward_relu(student, solution, rng):
    expect_activations(student, solution, rng, "relu", LAYERS)


@check("linear_activation_forward", points=5, title='With "sigmoid"')
def linear_activation_forward_sigmoid(student, solution, rng):
    expect_activations(student, solution, rng, "sigmoid", LAYERS)


# L_model_forward


@check("L_model_forward", points=9, title="Outputs of networks of three and four layers")
def l_model_forward_values(student, solution, rng):
    for sizes, m in NETWORKS:
        given = network(rng, sizes, m)
        expect(output(student.L_model_forward, *given), "AL").close_to(solution.L_model_forward(*given)[0])


@check("L_model_forward", points=5, title="One layer; layers of equal size; a single sample")
def l_model_forward_other_sizes(student, solution, rng):
    for sizes, m in [((6, 1), 5), SQUARE_NETWORK, ((5, 3, 1), 1)]:
        given = network(rng, sizes, m)
        expect(output(student.L_model_forward, *given), "AL").close_to(solution.L_model_forward(*given)[0])


@check("L_model_forward", points=1, title="Called twice it gives the same, and the arguments are left alone")
def l_model_forward_is_a_function(student, rng):
    X, parameters = network(rng, (4, 5, 1), 6)
    AL = as_array(output(student.L_model_forward, X, parameters))
    if AL is None or AL.shape != (1, 6):
        fail("AL does not have the shape (1, m), so there is nothing to judge")
    is_deterministic(student.L_model_forward, X, parameters)
    leaves_arguments_alone(student.L_model_forward, X, parameters)


# compute_cost


def cost_problem(rng, m):
    return rng.uniform(0.03, 0.97, size=(1, m)), labels(rng, m)


@check("compute_cost", points=9, title="The mean cross-entropy of several samples")
def compute_cost_values(student, solution, rng):
    for m in (9, 4, 13):
        given = cost_problem(rng, m)
        expect(called(student.compute_cost, *given), "the cost").close_to(solution.compute_cost(*given))


@check("compute_cost", points=3, title="A single sample, with either label; all labels the same")
def compute_cost_same_labels(student, solution, rng):
    for m, label in [(1, 0), (1, 1), (5, 0), (5, 1)]:
        given = cost_problem(rng, m)[0], np.full((1, m), label)
        expect(called(student.compute_cost, *given), "the cost").close_to(solution.compute_cost(*given))


@check(
    "compute_cost", points=0, title="Outputs of exactly 0 and 1: a cost that is not finite is told, and costs nothing"
)
def compute_cost_extremes(student):
    cost = as_array(called(student.compute_cost, np.array([[1.0, 0.0, 0.3]]), np.array([[1, 0, 1]])))
    if cost is not None and not np.isfinite(cost).all():
        remark(
            "where an output is exactly 0 or 1 the cost is not a number (0·log 0), although the output is right; "
            "a bound inside the logarithm avoids it"
        )


# linear_backward


def through_linear_part(implementation, given, dZ):
    cache = called(implementation.linear_forward, *given)[1]
    return called(implementation.linear_backward, dZ, cache)


def linear_gradients(student, solution, rng, size):
    given = layer(rng, *size)
    dZ = rng.normal(size=(size[0], size[2]))
    return tuple(through_linear_part(side, given, dZ) for side in (student, solution))


@check("linear_backward", points=10, title="dA_prev, dW and db of random dZ")
def linear_backward_values(student, solution, rng):
    for size in LAYERS[:2]:
        expect_gradients(*linear_gradients(student, solution, rng, size))


@check("linear_backward", points=3, title="A single sample; as many units as inputs and samples")
def linear_backward_other_sizes(student, solution, rng):
    for size in (LAYERS[2], SQUARE_LAYER):
        expect_gradients(*linear_gradients(student, solution, rng, size))


@check("linear_backward", points=2, title="db is a column, as b is")
def linear_backward_column(student, solution, rng):
    (_, _, db), _ = linear_gradients(student, solution, rng, (7, 5, 9))
    shape = np.shape(as_array(db)) if as_array(db) is not None else None
    if shape == (7,):
        fail("db has the shape (7,): b - learning_rate * db becomes a (7, 7) matrix. `keepdims=True` is missing")
    elif shape != (7, 1):
        fail(f"db has the shape {shape}, expected (7, 1)" if shape is not None else "db is no array")


# linear_activation_backward


def through_layer(implementation, given, dA, activation):
    cache = called(implementation.linear_activation_forward, *given, activation)[1]
    return called(implementation.linear_activation_backward, dA, cache, activation)


def layer_gradients(student, solution, rng, size, activation):
    given = layer(rng, *size)
    dA = rng.normal(size=(size[0], size[2]))
    return tuple(through_layer(side, given, dA, activation) for side in (student, solution))


@check("linear_activation_backward", points=6, title='With "relu"')
def linear_activation_backward_relu(student, solution, rng):
    for size in LAYERS:
        expect_gradients(*layer_gradients(student, solution, rng, size, "relu"))


@check("linear_activation_backward", points=6, title='With "sigmoid"')
def linear_activation_backward_sigmoid(student, solution, rng):
    for size in LAYERS:
        expect_gradients(*layer_gradients(student, solution, rng, size, "sigmoid"))


@check("linear_activation_backward", points=2, title="The derivative of your own layer, by central differences")
def linear_activation_backward_own_derivative(student, rng):
    n_out, n_in, m = 4, 3, 5
    for activation in ACTIVATIONS:
        A, W, b = layer(rng, n_out, n_in, m)
        dA = rng.normal(size=(n_out, m))
        dA_prev, dW, db = through_layer(student, (A, W, b), dA, activation)
        found = {"A_prev": in_shape(dA_prev, A) / m, "W": dW, "b": in_shape(db, b)}

        def means(points, activation=activation, dA=dA):
            lists = [(point["A_prev"], point["W"], point["b"], activation) for point in points]
            return [np.sum(outputs[0] * dA) / m for outputs in student.linear_activation_forward.map(lists)]

        expect(found, f'gradient of "{activation}"').gradient_of(means, at={"A_prev": A, "W": W, "b": b}, rng=rng)


# L_model_backward


def gradients(implementation, X, parameters, Y, AL):
    """The gradients for an implementation's own caches; with the right outputs, so that the way back is judged."""
    caches = called(implementation.L_model_forward, X, parameters)[1]
    found = called(implementation.L_model_backward, AL, Y, caches)
    if not isinstance(found, dict):
        message = "`L_model_backward` must return a dict with `dW1`, `db1`, …"
        raise CallFailed("L_model_backward", message, raised="outputs")
    return found


def both_gradients(student, solution, rng, sizes, m):
    (X, parameters), Y = network(rng, sizes, m), labels(rng, m)
    AL = solution.L_model_forward(X, parameters)[0]
    found, right = (gradients(side, X, parameters, Y, AL) for side in (student, solution))
    flat = {key for key in right if key.startswith("db")}
    return {key: in_shape(value, right[key]) if key in flat else value for key, value in found.items()}, right


@check("L_model_backward", points=5, title="The last layer, of networks of three and four layers")
def l_model_backward_last_layer(student, solution, rng):
    for sizes, m in NETWORKS:
        found, right = both_gradients(student, solution, rng, sizes, m)
        last = len(sizes) - 1
        expect(found, "grads").close_to({key: right[key] for key in (f"dW{last}", f"db{last}")})


@check("L_model_backward", points=9, title="The hidden layers")
def l_model_backward_hidden_layers(student, solution, rng):
    for sizes, m in NETWORKS:
        found, right = both_gradients(student, solution, rng, sizes, m)
        hidden = range(1, len(sizes) - 1)
        expect(found, "grads").close_to({key: right[key] for i in hidden for key in (f"dW{i}", f"db{i}")})


@check("L_model_backward", points=4, title="One layer; layers of equal size; a single sample")
def l_model_backward_other_sizes(student, solution, rng):
    for sizes, m in [((6, 1), 5), SQUARE_NETWORK, ((5, 3, 1), 1)]:
        found, right = both_gradients(student, solution, rng, sizes, m)
        expect(found, "grads").close_to(right)


@check("L_model_backward", points=1, title="The derivative of your own cost, by central differences")
def l_model_backward_own_cost(student, rng):
    (X, parameters), Y = network(rng, (3, 5, 4, 1), 6), labels(rng, 6)
    AL = output(student.L_model_forward, X, parameters)
    found = gradients(student, X, parameters, Y, AL)

    def costs(points):
        outputs = student.L_model_forward.map([(X, dict(point)) for point in points])
        return student.compute_cost.map([(AL, Y) for AL, _ in outputs])

    by_parameter = {name: found[f"d{name}"] for name in parameters if f"d{name}" in found}
    expect(by_parameter, "the gradient").gradient_of(costs, at=parameters, rng=rng)


# update_parameters


def step(rng, sizes):
    """The arguments of a step, with gradients as a course's `L_model_backward` gives them: dA0, dA1, … among them."""
    _, parameters = network(rng, sizes, 4)
    grads = {f"d{name}": rng.normal(size=value.shape) for name, value in parameters.items()}
    grads |= {f"dA{number}": rng.normal(size=(size, 4)) for number, size in enumerate(sizes[:-1])}
    return parameters, grads, 0.37


def expect_step(student, solution, rng, sizes):
    """Asked for by `map`, which does not look at what becomes of the arguments: many right answers change them."""
    given = step(rng, sizes)
    (found,) = student.update_parameters.map([given])
    expect(found, "parameters").close_to(solution.update_parameters(*given))


@check("update_parameters", points=6, title="Weights and biases after a step, of networks of two to four layers")
def update_parameters_values(student, solution, rng):
    for sizes in [(3, 5, 1), (5, 7, 4, 1), (6, 3, 8, 5, 1)]:
        expect_step(student, solution, rng, sizes)


@check("update_parameters", points=1, title="A network of one layer")
def update_parameters_one_layer(student, solution, rng):
    expect_step(student, solution, rng, (4, 1))


@check("update_parameters", points=0, title="The dict that is given: that it is changed is told, and costs nothing")
def update_parameters_arguments(student, rng):
    student.update_parameters(*step(rng, (3, 4, 1)))
