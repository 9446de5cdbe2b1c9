"""What is verified. The sizes of the network are the course's where parameters become a vector: its module has them."""

import itertools

from grader.checks import Tolerance, check, expect

COURSE = (4, 5, 3, 1)
NEARLY = Tolerance(passing=1e-4, remark=1e-3)  # differences of costs are less exact than costs


def network(rng, sizes=COURSE, m=6):
    """Inputs, labels, parameters."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        parameters[f"W{layer}"] = rng.normal(size=(n_out, n_in))
        parameters[f"b{layer}"] = rng.normal(size=(n_out, 1))
    return rng.normal(size=(sizes[0], m)), (rng.random((1, m)) < 0.5).astype(float), parameters


def one_parameter(rng):
    return [tuple(float(number) for number in rng.normal(size=2) + 3 * sign) for sign in (1, -1)]


@check("forward_propagation", points=4, title="The cost of one parameter")
def forward_propagation_values(student, solution, rng):
    for given in one_parameter(rng):
        expect(student.forward_propagation(*given), "J").close_to(solution.forward_propagation(*given))


@check("backward_propagation", points=6, title="Its derivative")
def backward_propagation_values(student, solution, rng):
    for given in one_parameter(rng):
        expect(student.backward_propagation(*given), "dtheta").close_to(solution.backward_propagation(*given))


@check("gradient_check", points=15, title="A right derivative is next to its approximation")
def gradient_check_values(student, rng):
    for given in one_parameter(rng):
        expect(student.gradient_check(*given), "difference").is_at_most(1e-7)
        # J is linear, so that a large ε is as good; with a tiny one a slope of almost 0 looks like one of wrong sign
        expect(student.gradient_check(*given, 0.5), "difference for ε = 0.5").is_at_most(1e-7)
    for x in 1e15 * rng.uniform(1, 2, size=8):  # of numbers so large the rounding is more, its share is not
        large = student.gradient_check(float(x), float(rng.uniform(1, 2)), 0.3)
        expect(large, "difference for an x of about 10^15, as a share of the norms").is_at_most(1e-7)


@check("forward_propagation_n", points=10, title="The cost of a network")
def forward_propagation_n_values(student, solution, rng):
    for sizes in (COURSE, (3, 6, 4, 1)):
        given = network(rng, sizes)
        expect(student.forward_propagation_n(*given)[0], "cost").close_to(solution.forward_propagation_n(*given)[0])


@check("backward_propagation_n", points=25, title="Its gradient")
def backward_propagation_n_values(student, solution, rng):
    for sizes in (COURSE, (3, 6, 4, 1)):
        X, Y, parameters = network(rng, sizes)
        found, right = (
            side.backward_propagation_n(X, Y, side.forward_propagation_n(X, Y, parameters)[1])
            for side in (student, solution)
        )
        expect({key: found.get(key) for key in right} if isinstance(found, dict) else found, "gradients").close_to(
            right
        )


@check("gradient_check_n", points=30, title="How far wrong gradients are from the slopes")
def gradient_check_n_values(student, solution, rng):
    for size, epsilon in ((0.1, 1e-3), (2.0, 1e-4)):
        X, Y, parameters = network(rng)
        wrong = {f"d{key}": size * rng.normal(size=value.shape) for key, value in parameters.items()}
        found, right = (side.gradient_check_n(parameters, wrong, X, Y, epsilon) for side in (student, solution))
        expect(found, "difference").close_to(right, NEARLY)


@check("gradient_check_n", points=10, title="Right gradients are next to the slopes")
def gradient_check_n_right(student, solution, rng):
    X, Y, parameters = network(rng)
    # Of an output that is almost 1 the cost has too few digits for the usual ε.
    parameters = {key: 0.5 * value for key, value in parameters.items()}
    right = solution.backward_propagation_n(X, Y, solution.forward_propagation_n(X, Y, parameters)[1])
    expect(student.gradient_check_n(parameters, right, X, Y), "difference").is_at_most(1e-5)
