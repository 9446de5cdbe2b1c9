"""The running averages; the layers are verified by the table in `composition.py`."""

from grader.checks import check, expect


def trained(implementation, batches):
    layer = implementation.BatchNorm1d(4, 0.8)
    for batch in batches:
        layer.forward(batch)
    return layer


@check("BatchNorm1d.forward", points=4, title="Running mean and variance after two batches")
def forward_running(student, solution, rng):
    batches = [2 * rng.normal(size=(n, 4)) + 1 for n in (5, 7)]
    found, expected = trained(student, batches), trained(solution, batches)
    for name in ("running_M", "running_V"):
        expect(getattr(found, name), name).close_to(getattr(expected, name))


@check("BatchNorm1d.forward", points=3, title="An evaluation uses the running averages")
def forward_evaluation(student, solution, rng):
    batches = [2 * rng.normal(size=(n, 4)) + 1 for n in (5, 7)]
    Z = rng.normal(size=(6, 4))
    found, expected = (trained(each, batches).forward(Z, True) for each in (student, solution))
    expect(found, "the output").close_to(expected)
