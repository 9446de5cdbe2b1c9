"""Cheap checks that use every way of calling a submission."""

from grader.checks import check, expect, leaves_arguments_alone


@check("relu", points=2, title="Values of both signs")
def relu_values(student, solution, rng):
    z = rng.normal(size=(5, 3))
    expect(student.relu(z), "relu(z)").close_to(solution.relu(z))


@check("relu", points=1, title="The argument is left as it was")
def relu_leaves_argument(student, rng):
    leaves_arguments_alone(student.relu, rng.normal(size=(4, 3)))


@check("loss", points=2, title="The mean over all elements")
def loss_values(student, solution, rng):
    pairs = [tuple(rng.normal(size=(2, 4, 3))) for _ in range(3)]
    for found, pair in zip(student.loss.map(pairs), pairs, strict=True):
        expect(found, "loss(y, t)").close_to(solution.loss(*pair))


@check("forward", points=2, title="Outputs")
def forward_outputs(student, solution, rng):
    W, X = rng.normal(size=(4, 3)), rng.normal(size=(5, 4))
    expect(student.forward(W, X)[0], "the output").close_to(solution.forward(W, X)[0])


@check("backward", points=3, title="The gradient of W")
def backward_gradient(student, solution, rng):
    W, X, upstream = rng.normal(size=(4, 3)), rng.normal(size=(5, 4)), rng.normal(size=(5, 3))
    _, cache = student.forward(W, X)
    _, own = solution.forward(W, X)
    expect(student.backward(W, cache, upstream), "dW").close_to(solution.backward(W, own, upstream))
