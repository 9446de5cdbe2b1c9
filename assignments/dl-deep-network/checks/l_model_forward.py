"""`L_model_forward`."""

from grader.checks import check, expect, fail, is_deterministic, leaves_arguments_alone
from grader.checks.compare import as_array

from .networks import NETWORKS, SQUARE_NETWORK, network, output


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
