"""`TwoLayerNet.predict`."""

from grader.checks import check, expect

from .networks import network, problem


@check("TwoLayerNet.predict", points=9, title="The class with the highest score, for several samples and for one")
def twolayernet_predict_labels(student, solution, rng):
    for size in [(23, 5, 6, 4), (17, 4, 9, 5), (1, 5, 7, 3)]:
        params, X, _ = problem(rng, *size)
        expect_labels(student, solution, params, X)


@check("TwoLayerNet.predict", points=1, title="Where every score is negative")
def twolayernet_predict_negative(student, solution, rng):
    params, X, _ = problem(rng, 19, 5, 6, 4)
    params["b2"] -= 40.0
    expect_labels(student, solution, params, X)


@check("TwoLayerNet.predict", points=5, title="Where the biases decide")
def twolayernet_predict_biases(student, solution, rng):
    for key in ("b2", "b1"):
        params, X, _ = problem(rng, 29, 5, 6, 4)
        params[key] = 4 * params[key]
        expect_labels(student, solution, params, X)


def expect_labels(student, solution, params, X):
    net = network(student, params)
    found = net.predict(X)
    expect(found, f"the prediction for {len(X)} samples").equals(network(solution, params).predict(X))
