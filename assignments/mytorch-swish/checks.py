"""What is verified: numbers of both signs, several β, two objects at a time."""

from grader.checks import check, expect, leaves_arguments_alone

BETAS = (1.0, 0.6, 2.3)


def after(implementation, beta, Z, dLdA):
    """An object after both passes, and what the second returned."""
    layer = implementation.Swish(beta)
    layer.forward(Z)
    return layer, layer.backward(dLdA)


@check("Swish.forward", points=12, title="The activations for several β")
def activations(student, solution, rng):
    for beta in BETAS:
        Z = 2 * rng.normal(size=(5, 3))
        expect(student.Swish(beta).forward(Z), f"A for β = {beta}").close_to(solution.Swish(beta).forward(Z))


@check("Swish.forward", points=2, title="The argument is left as it was")
def argument(student, rng):
    leaves_arguments_alone(student.Swish(0.7).forward, rng.normal(size=(4, 3)))


@check("Swish.backward", points=14, title="The gradient in Z")
def gradient_in_z(student, solution, rng):
    for beta in BETAS:
        Z, dLdA = 2 * rng.normal(size=(4, 6)), rng.normal(size=(4, 6))
        found, right = (after(side, beta, Z, dLdA)[1] for side in (student, solution))
        expect(found, f"dLdZ for β = {beta}").close_to(right)


@check("Swish.backward", points=12, title="The gradient in β, in dLdbeta")
def gradient_in_beta(student, solution, rng):
    for beta in BETAS:
        Z, dLdA = 2 * rng.normal(size=(4, 6)), rng.normal(size=(4, 6))
        found, right = (after(side, beta, Z, dLdA)[0].dLdbeta for side in (student, solution))
        expect(found, f"dLdbeta for β = {beta}").close_to(right)
