"""What is verified: sizes are pairwise different, biases and λ odd, one batch has a single sample."""

import numpy as np

from grader.checks import check, expect, fail, follows_convention, leaves_arguments_alone
from grader.checks.compare import as_array


def unit(rng, n, m):
    """Weights, bias, inputs and labels; both labels occur where there is room."""
    labels = rng.permutation(np.arange(m) % 2) if m > 2 else rng.integers(2, size=m)
    return rng.normal(size=(n, 1)), 0.7 + rng.random(), rng.normal(size=(n, m)), labels.reshape(1, m).astype(float)


def plain(number):
    """One number in whatever form: the bias and its gradient may be of shape () or (1, 1), or an int."""
    array = as_array(number)
    return (
        float(array.reshape(-1)[0]) if array is not None and array.size == 1 and array.dtype.kind in "biuf" else number
    )


def grads_of(found):
    return (
        {key: plain(value) if key == "db" else value for key, value in found.items()}
        if isinstance(found, dict)
        else found
    )


@check("initialize_with_zeros", points=8, title="Zeros, w a column")
def initialize_with_zeros_values(student, solution):
    for dim in (4, 1, 7):
        w, b = student.initialize_with_zeros(dim)
        right_w, right_b = solution.initialize_with_zeros(dim)
        expect(w, "w").close_to(right_w)
        expect(plain(b), "b").close_to(right_b)


@check("propagate", points=16, title="The cost")
def propagate_cost(student, solution, rng):
    for n, m in ((4, 9), (5, 3), (3, 1)):
        given = unit(rng, n, m)
        expect(student.propagate(*given)[1], "the cost").close_to(solution.propagate(*given)[1])


@check("propagate", points=22, title="The gradients of w and b")
def propagate_gradients(student, solution, rng):
    for n, m in ((4, 9), (5, 3), (3, 1)):
        given = unit(rng, n, m)
        expect(grads_of(student.propagate(*given)[0]), "grads").close_to(solution.propagate(*given)[0])


@check("propagate", points=2, title="As many inputs as samples; the arguments are left alone")
def propagate_square(student, solution, rng):
    given = unit(rng, 4, 4)
    grads, cost = student.propagate(*given)
    right_grads, right_cost = solution.propagate(*given)
    expect(grads_of(grads), "grads").close_to(right_grads)
    expect(cost, "the cost").close_to(right_cost)
    leaves_arguments_alone(student.propagate, *given)


def optimized(implementation, given, steps, rate):
    params, grads, costs = implementation.optimize(*given, steps, rate, False)
    if isinstance(params, dict):
        params = {key: plain(value) if key == "b" else value for key, value in params.items()}
    return params, grads_of(grads), costs


@check("optimize", points=16, title="w and b after one step, and after several")
def optimize_parameters(student, solution, rng):
    given = unit(rng, 4, 9)
    for steps, rate in ((1, 0.37), (7, 0.13)):
        found, right = (optimized(side, given, steps, rate)[0] for side in (student, solution))
        expect(found, f"params after {steps} step{'s' * (steps > 1)}").close_to(right)


@check("optimize", points=2, title="The gradients of the last step")
def optimize_gradients(student, solution, rng):
    given = unit(rng, 5, 8)
    found, right = (optimized(side, given, 4, 0.21)[1] for side in (student, solution))
    expect(found, "grads").close_to(right)


@check("optimize", points=4, title="The costs of steps 0, 100 and 200; those of every step will do")
def optimize_costs(student, solution, rng):
    given = unit(rng, 3, 7)
    costs, right = (optimized(side, given, 201, 0.03)[2] for side in (student, solution))
    if isinstance(costs, list) and len(costs) == 201:
        follows_convention("optimize.costs-of-every-step")
        costs = costs[::100]
    expect(costs, "costs").close_to(right)


@check("predict", points=12, title="Classes of samples on both sides")
def predict_values(student, solution, rng):
    for n, m in ((4, 11), (3, 8), (2, 1)):
        w, b, X, _ = unit(rng, n, m)
        expect(student.predict(w, b - 1, X), "the classes").close_to(solution.predict(w, b - 1, X))


@check("model", points=8, title="Trained on the training set, both sets predicted")
def model_values(student, solution, rng):
    (_, _, *train), (_, _, *test) = unit(rng, 4, 9), unit(rng, 4, 6)
    found, right = (side.model(*train, *test, 6, 0.4, False) for side in (student, solution))
    if not isinstance(found, dict):
        fail("model must return a dict with `w`, `b`, `Y_prediction_train` and `Y_prediction_test`")
        return
    found = {key: plain(value) if key == "b" else value for key, value in found.items() if key in right}
    expect(found, "the result").close_to({key: value for key, value in right.items() if key != "costs"})
