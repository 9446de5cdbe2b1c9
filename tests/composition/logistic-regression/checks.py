from grader.checks import compared


def problem(rng, n=9, d=5):
    labels = (rng.random((n, 1)) < 0.4).astype(float)
    return rng.normal(size=(d, 1)), rng.normal(size=1), rng.normal(size=(n, d)), labels, 0.37


@compared("cost", points=10, title="The cost of random data")
def cost(implementation, rng):
    return implementation.cost(*problem(rng))


@compared("gradients", points=20, title="The gradients for random data")
def gradients(implementation, rng):
    return implementation.gradients(*problem(rng))
