"""The network; its layers are verified by the table in `composition.py`."""

from grader.checks import Tolerance, check, expect, one_hot


def drawn(student, solution, rng):
    """The submission's network with the parameters that it begins with, the solution's with the same; a batch."""
    net, right = student.TwoLayerNet(4, 6, 3, 0.7), solution.TwoLayerNet(4, 6, 3)
    right.params = net.params
    net.params = right.params  # the same again, for layers may hold on to the arrays: the diagnosis begins from these
    return net, right, rng.normal(size=(5, 4)), one_hot(rng.integers(3, size=5), 3)


@check("TwoLayerNet.predict", points=4, title="The scores of random samples")
def predict_scores(student, solution, rng):
    net, right, x, _ = drawn(student, solution, rng)
    expect(net.predict(x), "the scores").close_to(right.predict(x))


@check("TwoLayerNet.loss", points=4, title="The loss of random samples")
def loss_values(student, solution, rng):
    net, right, x, t = drawn(student, solution, rng)
    expect(net.loss(x, t), "the loss").close_to(right.loss(x, t), Tolerance(passing=1e-5, remark=1e-5))


@check("TwoLayerNet.gradient", points=12, title="The gradients for random samples")
def gradient_values(student, solution, rng):
    net, right, x, t = drawn(student, solution, rng)
    expect(net.gradient(x, t), "the gradient").close_to(right.gradient(x, t))
