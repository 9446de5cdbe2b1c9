"""What is verified: parameters of one, two and four axes, of both signs, one entry of them 0."""

from grader.checks import check, expect, leaves_arguments_alone

SHAPES = ((5, 3), (4,), (2, 3, 2, 3))


def parameters(rng):
    for shape in SHAPES:
        drawn = rng.normal(size=shape)
        drawn.reshape(-1)[1] = 0.0
        yield drawn


def verified(name, points):
    """Declare the checks of a penalty."""

    @check(f"{name}.__call__", points=points[0], title="The penalty on parameters of three shapes")
    def values(student, solution, rng):
        for coefficient, parameter in zip((0.37, 2.5, 1.3), parameters(rng), strict=True):
            found, right = (getattr(side, name)(coefficient).__call__(parameter) for side in (student, solution))
            expect(found, f"the penalty on {parameter.shape}").close_to(right)

    @check(f"{name}.grad", points=points[1], title="The gradient in the parameter")
    def gradients(student, solution, rng):
        for coefficient, parameter in zip((0.37, 2.5, 1.3), parameters(rng), strict=True):
            found, right = (getattr(side, name)(coefficient).grad(parameter) for side in (student, solution))
            expect(found, f"the gradient in {parameter.shape}").close_to(right)

    @check(f"{name}.grad", points=points[2], title="The parameter is left as it is")
    def untouched(student, rng):
        for parameter in parameters(rng):
            leaves_arguments_alone(getattr(student, name)(0.7).grad, parameter)

    return values, gradients, untouched


l1_values, l1_gradients, l1_untouched = verified("L1Penalty", (12, 16, 2))
l2_values, l2_gradients, l2_untouched = verified("L2Penalty", (12, 16, 2))
