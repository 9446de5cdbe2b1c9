"""`L_model_forward`."""

from grader.checks import check, expect, fail, is_deterministic, leaves_arguments_alone
from grader.checks.compare import as_array

from .networks import (
    NETWORKS,
    SQUARE_NETWORK,
    called,
    gives_right_outputs,
    is_right,
    kept_by,
    labels,
    layer_caches,
    misleads,
    network,
    of_parameters,
    output,
)


@check("L_model_forward", points=7, title="Outputs of networks of three and four layers")
def l_model_forward_values(student, solution, rng):
    for sizes, m in NETWORKS:
        given = network(rng, sizes, m)
        expect(output(student.L_model_forward, *given), "AL").close_to(solution.L_model_forward(*given)[0])


@check("L_model_forward", points=5, title="One layer; layers of equal size; a single sample")
def l_model_forward_other_sizes(student, solution, rng):
    for sizes, m in [((6, 1), 5), SQUARE_NETWORK, ((5, 3, 1), 1)]:
        given = network(rng, sizes, m)
        expect(output(student.L_model_forward, *given), "AL").close_to(solution.L_model_forward(*given)[0])


@check("L_model_forward", points=2, title="What it keeps leads your `L_model_backward` back through every layer")
def l_model_forward_caches(student, solution, rng):
    sizes, m = NETWORKS[0]
    (X, parameters), Y = network(rng, sizes, m), labels(rng, m)
    course = layer_caches(X, parameters)
    AL, kept = solution.L_model_forward(X, parameters)
    gradients = of_parameters(solution.L_model_backward(AL, Y, kept))

    def layers_are_right():
        given, Z = course[0]
        right = solution.linear_activation_forward(*given, "relu")[0]
        if not gives_right_outputs(student.linear_activation_forward, (*given, "relu"), right):
            return False
        one = called(student.linear_activation_forward, *given, "sigmoid")[1]
        dA = rng.normal(size=Z.shape)
        of_layer = solution.linear_activation_forward(*given, "sigmoid")[1]
        right = solution.linear_activation_backward(dA, of_layer, "sigmoid")
        return not misleads(one, course[0], lambda c: student.linear_activation_backward(dA, c, "sigmoid"), right)

    found = kept_by(student.L_model_forward, (X, parameters), layers_are_right)
    if found is None:
        return
    expect(found[0], "AL").close_to(AL)
    if is_right(found[0], AL) and misleads(
        found[1], course, lambda caches: called(student.L_model_backward, AL, Y, caches), gradients
    ):
        fail("with these caches `L_model_backward` gives wrong gradients, right with ((A, W, b), Z) of each layer")


@check("L_model_forward", points=1, title="Called twice it gives the same, and the arguments are left alone")
def l_model_forward_is_a_function(student, rng):
    X, parameters = network(rng, (4, 5, 1), 6)
    AL = as_array(output(student.L_model_forward, X, parameters))
    if AL is None or AL.shape != (1, 6):
        fail("AL does not have the shape (1, m), so there is nothing to judge")
    is_deterministic(student.L_model_forward, X, parameters)
    leaves_arguments_alone(student.L_model_forward, X, parameters)
