"""`linear_forward`."""

from grader.checks import check, expect

from .networks import LAYERS, SQUARE_LAYER, layer, output


@check("linear_forward", points=6, title="W·A + b, for several sizes and for a single sample")
def linear_forward_values(student, solution, rng):
    for size in LAYERS:
        given = layer(rng, *size)
        expect(output(student.linear_forward, *given), "Z").close_to(solution.linear_forward(*given)[0])


@check("linear_forward", points=2, title="As many units as inputs and samples")
def linear_forward_square(student, solution, rng):
    given = layer(rng, *SQUARE_LAYER)
    expect(output(student.linear_forward, *given), "Z").close_to(solution.linear_forward(*given)[0])
