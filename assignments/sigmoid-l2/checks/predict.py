"""`NeuralNetwork.predict`."""

from grader.checks import check, expect

from .networks import DEEP, batch, pair


@check("NeuralNetwork.predict", points=4, title="The class with the largest output")
def predict_labels(student, solution, rng):
    found, right = pair(student, solution, rng)
    for m in (23, 4, 1):
        x, _ = batch(rng, m, DEEP)
        expect(found.predict(x), f"labels of {m} samples").equals(right.predict(x))
