"""The predicted classes."""

from grader.checks import expect
from operations.networks import batch, network
from operations.perceptron.operation import perceptron


@perceptron.check("predict", share=3, title="The most probable class")
def predict_labels(student, solution, rng):
    sizes = (6, 5, 4)
    params, (X, _) = network(rng, sizes), batch(rng, 23, sizes)
    expect(student.predict(params, X), "predict(params, X)").equals(solution.predict(params, X))


@perceptron.check("predict", share=1, title="As many samples as classes; a single sample")
def predict_square(student, solution, rng):
    sizes = (6, 5, 4)
    params = network(rng, sizes)
    for n in (4, 1):
        X, _ = batch(rng, n, sizes)
        expect(student.predict(params, X), f"predict of {n} samples").equals(solution.predict(params, X))
