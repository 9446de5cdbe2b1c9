"""`L_model_backward`."""

from grader.checks import check, expect
from grader.checks.implementation import CallFailed

from .networks import (
    NETWORKS,
    SQUARE_NETWORK,
    back_from,
    called,
    gives_right_outputs,
    in_shape,
    labels,
    layer_caches,
    network,
    of_parameters,
)


def gradients(implementation, AL, Y, caches):
    """The gradients that an implementation gives."""
    found = called(implementation.L_model_backward, AL, Y, caches)
    if not isinstance(found, dict):
        message = "`L_model_backward` must return a dict with `dW1`, `db1`, …"
        raise CallFailed("L_model_backward", message, raised="outputs")
    return found


def both_gradients(student, solution, rng, sizes, m):
    (X, parameters), Y = network(rng, sizes, m), labels(rng, m)
    AL, kept = solution.L_model_forward(X, parameters)  # with the right outputs, so that the way back is judged
    right = gradients(solution, AL, Y, kept)
    course = layer_caches(X, parameters)
    found = back_from(
        student.L_model_forward,
        (X, parameters),
        course,
        lambda caches: gradients(student, AL, Y, caches),
        of_parameters(right),
    )
    flat = {key for key in right if key.startswith("db")}
    return {key: in_shape(value, right[key]) if key in flat else value for key, value in found.items()}, right


@check("L_model_backward", points=5, title="The last layer, of networks of three and four layers")
def l_model_backward_last_layer(student, solution, rng):
    for sizes, m in NETWORKS:
        found, right = both_gradients(student, solution, rng, sizes, m)
        last = len(sizes) - 1
        expect(found, "grads").close_to({key: right[key] for key in (f"dW{last}", f"db{last}")})


@check("L_model_backward", points=7, title="The hidden layers")
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
def l_model_backward_own_cost(student, solution, rng):
    sizes, m = (3, 5, 4, 1), 6
    (X, parameters), Y = network(rng, sizes, m), labels(rng, m)
    AL, kept = solution.L_model_forward(X, parameters)
    course, right = layer_caches(X, parameters), gradients(solution, AL, Y, kept)
    found = back_from(
        student.L_model_forward,
        (X, parameters),
        course,
        lambda caches: gradients(student, AL, Y, caches),
        of_parameters(right),
    )
    if not gives_right_outputs(student.L_model_forward, (X, parameters), AL):
        return  # a cost of wrong outputs has other gradients

    def costs(points):
        activations = student.L_model_forward.map([(X, dict(point)) for point in points], item=0)
        return student.compute_cost.map([(AL, Y) for AL in activations])

    by_parameter = {name: found[f"d{name}"] for name in parameters if f"d{name}" in found}
    expect(by_parameter, "the gradient").gradient_of(costs, at=parameters, rng=rng)
