"""`l2_penalty`."""

from grader.checks import check, expect

from .networks import DEEP, LAM, network


@check("l2_penalty", points=3, title="Three layers, λ = 0.37")
def l2_penalty_values(student, solution, rng):
    params = network(rng, DEEP)
    expect(student.l2_penalty(params, LAM), "the penalty").close_to(solution.l2_penalty(params, LAM))


@check("l2_penalty", points=1, title="Biases are not penalised")
def l2_penalty_biases(student, rng):
    params = {key: value if key.startswith("b") else 0 * value for key, value in network(rng, DEEP).items()}
    expect(student.l2_penalty(params, LAM), "the penalty of weights that are all 0").close_to(0.0)


@check("l2_penalty", points=2, title="One layer and five, other values of λ")
def l2_penalty_depths(student, solution, rng):
    for sizes, lam in [((3, 2), 2.5), ((3, 4, 2, 5, 3, 6), 0.01), ((4, 3), 0.0)]:
        params = network(rng, sizes)
        penalty = student.l2_penalty(params, lam)
        expect(penalty, f"the penalty of {len(sizes) - 1} layers, λ = {lam}").close_to(solution.l2_penalty(params, lam))
