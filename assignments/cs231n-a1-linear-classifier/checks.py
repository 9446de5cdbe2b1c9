"""What is verified. Steps are judged by the submission's own loss, batches by what they move, whatever is drawn."""

import numpy as np

from grader.checks import check, expect, fail
from grader.checks.compare import as_array
from operations.classifier_steps import are_no_plain_steps, is_reached, one_sample, stepped, trained
from operations.linear_loss import BATCHES, answer, problem
from operations.sampled_batches import classifier_training, demand_random_batches

TRAIN, PREDICT, LOSS = "Softmax.train", "Softmax.predict", "Softmax.loss"


def classifier(side, W):
    net = side.Softmax()
    net.W = W
    return net


def made_by(side):
    return lambda W: classifier(side, W)


@check(TRAIN, points=25, title="Steps against the gradient of your own loss")
def softmax_train_steps(student, rng):
    made = made_by(student)
    for rate, reg, steps in ((0.13, 0.0, 1), (0.4, 0.3, 3)):
        W, X, y = one_sample(rng)
        net, _ = trained(made, W, X, y, rate, reg, steps, 4)
        goal = stepped(made, W, X, y, rate, reg, steps)[1]
        if is_reached(net.W, goal) or not are_no_plain_steps(made, TRAIN, W, X, y):
            expect(net.W, f"W after {steps} step{'s' * (steps > 1)}").close_to(goal)


@check(TRAIN, points=10, title="`loss_history`: the loss before each step, with the penalty")
def softmax_train_history(student, rng):
    made = made_by(student)
    for rate, steps in ((0.0, 5), (0.5, 3)):
        W, X, y = one_sample(rng)
        _, history = trained(made, W, X, y, rate, 0.3, steps, 4)
        wanted = np.array(stepped(made, W, X, y, rate, 0.3, steps)[0])
        if not is_reached(history, wanted):  # of steps of another kind it is the loss where they have led
            passed = [W, *(trained(made, W, X, y, rate, 0.3, n, 4)[0].W for n in range(1, steps))]
            own = np.array([stepped(made, as_array(w), X, y, rate, 0.3, 1)[0][0] for w in passed])
            wanted = own if is_reached(history, own) else wanted
        expect(history, "loss_history").close_to(wanted)


@check(TRAIN, points=20, title="Batches of random samples, with their own labels")
def softmax_train_batches(student):
    demand_random_batches(classifier_training(student.Softmax))


@check(TRAIN, points=5, title="The first training makes the weights, small and not all alike")
def softmax_train_start(student, rng):
    net = student.Softmax()
    _, X, y = problem(rng, 9, 5, 4)
    y[0] = 3
    net.train(X, y, 0.0, 0.0, 2, 4)
    W = as_array(net.W)
    if W is None or W.shape != (5, 4):
        fail(f"W has the shape {np.shape(W)} after a training with 5 inputs and 4 classes, expected (5, 4)")
    elif not 0 < np.abs(W).max() < 1:
        fail("the weights of a first training with learning rate 0 are not small random numbers")


@check(PREDICT, points=25, title="The class with the largest score")
def softmax_predict_labels(student, solution, rng):
    for n, d, classes in (*BATCHES, (1, 4, 3)):
        W, X, _ = problem(rng, n, d, classes)
        found, right = (classifier(side, W).predict(X) for side in (student, solution))
        expect(found, f"the labels of {n} samples").close_to(right)


@check(LOSS, points=15, title="The loss of a batch and its gradient, with the weights of the classifier")
def softmax_loss_of_batches(student, solution, rng):
    for n, d, classes in BATCHES:
        W, X, y = problem(rng, n, d, classes)
        for name, found, right in zip(
            ("the loss", "dW"),
            *(answer(classifier(side, W).loss, X, y, 0.0) for side in (student, solution)),
            strict=True,
        ):
            expect(found, name).close_to(right)
