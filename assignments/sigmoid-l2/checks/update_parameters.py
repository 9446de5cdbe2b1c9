"""`NeuralNetwork.update_parameters`."""

from grader.checks import check, expect

from .networks import DEEP, pair, random_parameters


@check("NeuralNetwork.update_parameters", points=4, title="Every parameter goes a step against its gradient")
def update_step(student, solution, rng):
    found, right = pair(student, solution, rng)
    gradients = random_parameters(rng, DEEP)
    for net in (found, right):
        net.update_parameters(gradients, 0.23)
    expect(found.parameters, "parameters").close_to(right.parameters)
