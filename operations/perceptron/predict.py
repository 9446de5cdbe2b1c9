"""The predicted classes."""

from grader.checks import expect
from operations.networks import batch, network
from operations.perceptron.operation import laid_out, perceptron, turned


@perceptron.check("predict", share=3, title="The most probable class")
def predict_labels(student, solution, rng, *, layout, weight, bias):
    sizes = (6, 5, 4)
    params, X = laid_out(network(rng, sizes), layout, weight, bias), turned(batch(rng, 23, sizes)[0], layout)
    expect(student.predict(params, X), "predict(params, X)").equals(solution.predict(params, X))


@perceptron.check("predict", share=1, title="As many samples as classes; a single sample")
def predict_square(student, solution, rng, *, layout, weight, bias):
    sizes = (6, 5, 4)
    params = laid_out(network(rng, sizes), layout, weight, bias)
    for n in (4, 1):
        X = turned(batch(rng, n, sizes)[0], layout)
        expect(student.predict(params, X), f"predict of {n} samples").equals(solution.predict(params, X))
