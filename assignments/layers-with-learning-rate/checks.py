"""The error and its gradient; the layers are verified by the table in `composition.py`."""

from grader.checks import compared


def drawn(rng):
    """Targets and outputs: a column, and a batch of two."""
    return [rng.normal(size=(2, *shape)) for shape in ((5, 1), (3, 2))]


@compared("mse", points=8, title="The error of random outputs")
def mse_values(implementation, rng):
    return [implementation.mse(*pair) for pair in drawn(rng)]


@compared("mse_prime", points=8, title="Its gradient")
def mse_prime_values(implementation, rng):
    return [implementation.mse_prime(*pair) for pair in drawn(rng)]
