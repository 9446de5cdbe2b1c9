"""`update_parameters`."""

from grader.checks import check, expect

from .networks import network


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
