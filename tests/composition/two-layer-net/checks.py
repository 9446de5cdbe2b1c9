from grader.checks import compared


def network_of(implementation, rng, d=6, h=5, k=4):
    shapes = {"W1": (d, h), "b1": h, "gamma": h, "beta": h, "W2": (h, k), "b2": k}
    return implementation.TwoLayerNet({key: rng.normal(size=shape) for key, shape in shapes.items()})


@compared("TwoLayerNet.loss", points=40, title="Loss and gradients")
def loss(implementation, rng):
    X, y, mask = rng.normal(size=(7, 6)), rng.integers(4, size=7), rng.random((7, 5)) < 0.8
    return network_of(implementation, rng).loss(X, y, mask.astype(float))


@compared("TwoLayerNet.step", points=20, title="Parameters after three steps")
def step(implementation, rng):
    net = network_of(implementation, rng)
    for _ in range(3):
        net.step({key: rng.normal(size=value.shape) for key, value in net.params.items()}, 0.05)
    return net.params
