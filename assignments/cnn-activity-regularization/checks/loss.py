"""`loss`: the data's part, the penalties, their gradients, and a few steps of training."""

import math

import numpy as np

from grader.checks import Schedule, check, costs_coincide, expect, fail

from .images import REG


def small_network(rng, channels=2, image=(8, 9), windows=((2, 3), (2, 2)), filters=(2, 3), hidden=4, classes=5):
    """Parameters for images of the given size; everything between the layers is small enough for plain loops."""
    height, width = image
    shapes = {}
    for layer, (window, count) in enumerate(zip(windows, filters, strict=True), 1):
        shapes[f"W{layer}"], shapes[f"b{layer}"] = (count, channels, *window), (count,)
        height, width, channels = (height - window[0] + 1) // 2, (width - window[1] + 1) // 2, count
    features = channels * height * width
    shapes |= {"W3": (features, hidden), "b3": (hidden,), "W4": (hidden, classes), "b4": (classes,)}
    return {key: rng.normal(size=shape) / np.sqrt(math.prod(shape[1:]) or 1) for key, shape in shapes.items()}


def away_from_ties(solution, rng, n=3, margin=1e-3, **sizes):
    """A network and a batch for which no pooling window has two nearly equal largest pixels."""
    while True:
        params = small_network(rng, **sizes)
        X = rng.normal(size=(n, params["W1"].shape[1], *sizes.get("image", (8, 9))))
        y = rng.integers(len(params["b4"]), size=n)
        first, _ = solution.elu_forward(solution.conv_forward(X, params["W1"], params["b1"])[0])
        pooled, _ = solution.max_pool_forward(first)
        second, _ = solution.elu_forward(solution.conv_forward(pooled, params["W2"], params["b2"])[0])
        if min(lead_of_winners(first), lead_of_winners(second)) > margin:
            return params, X, y


def lead_of_winners(maps):
    """The least lead that the largest pixel of a 2×2 window has over the next."""
    height, width = maps.shape[2] // 2 * 2, maps.shape[3] // 2 * 2
    blocks = maps[:, :, :height, :width].reshape(*maps.shape[:2], height // 2, 2, width // 2, 2)
    ranked = np.sort(np.moveaxis(blocks, 3, 4).reshape(-1, 4), axis=1)
    return float(np.min(ranked[:, 3] - ranked[:, 2]))


def sums_activity(cost, solution, params, X, y, reg):
    """Whether a cost is right but for the activity penalty, which is summed over the batch instead of averaged."""
    summed, averaged = (f(params, X, y, reg)[0] for f in (solution.loss_with_summed_activity, solution.loss))
    if not isinstance(cost, int | float | np.generic | np.ndarray) or np.size(cost) != 1:
        return False
    # 1e-3 of what the conventions differ by: a cost in single precision is told apart too.
    return len(X) > 1 and abs(np.asarray(cost).item() - summed) <= 1e-3 * (summed - averaged)


def loss_and_expected(student, solution, params, X, y, reg):
    """The submission's cost and gradient, and the right ones in the convention that its cost follows."""
    cost, grads = student.loss(params, X, y, reg)
    is_summed = sums_activity(cost, solution, params, X, y, reg)
    right = solution.loss_with_summed_activity if is_summed else solution.loss
    return cost, grads, *right(params, X, y, reg)


@check("loss", points=3, title="The cross-entropy of the network, without penalties")
def loss_of_data(student, solution, rng):
    for n in (3, 1):
        params, X, y = away_from_ties(solution, rng, n)
        cost, _ = student.loss(params, X, y, 0.0)
        expect(cost, f"the cost of {n} images").close_to(solution.loss(params, X, y, 0.0)[0])


@check("loss", points=4, title="Its gradient, without penalties")
def loss_gradient_of_data(student, solution, rng):
    params, X, y = away_from_ties(solution, rng, 4)
    _, grads = student.loss(params, X, y, 0.0)
    expect(grads, "grads").close_to(solution.loss(params, X, y, 0.0)[1])


@check("loss", points=3, title="The cost with the penalties on weights and activities")
def loss_penalties(student, solution, rng):
    for n, reg in [(3, REG), (7, 1.3)]:
        params, X, y = away_from_ties(solution, rng, n)
        cost, _, expected, _ = loss_and_expected(student, solution, params, X, y, reg)
        expect(cost, f"the cost of {n} images, reg = {reg}").close_to(expected)


@check("loss", points=0, title="The activity penalty is averaged over the batch, like the cross-entropy")
def loss_convention(student, solution, rng):
    params, X, y = away_from_ties(solution, rng, 5)
    cost, _ = student.loss(params, X, y, REG)
    if sums_activity(cost, solution, params, X, y, REG):
        fail(
            "the activity penalty is summed over the batch while the cross-entropy is averaged, so that it outweighs "
            "the data in a large batch; cost and gradient are judged by the sum, no points are taken off for it"
        )


@check("loss", points=4, title="The penalties' gradient in the filters: W2, and W1, which both convolutions feel")
def loss_gradient_in_filters(student, solution, rng):
    expect_gradients(student, solution, rng, ["W2", "W1"])


@check("loss", points=3, title="The penalties' gradient in the biases of the convolutions")
def loss_gradient_in_biases(student, solution, rng):
    expect_gradients(student, solution, rng, ["b2", "b1"])


@check("loss", points=2, title="The penalties' gradient in the dense layers")
def loss_gradient_in_dense_layers(student, solution, rng):
    expect_gradients(student, solution, rng, ["W4", "b4", "W3", "b3"])


def expect_gradients(student, solution, rng, keys):
    params, X, y = away_from_ties(solution, rng, 4)
    _, grads, _, expected = loss_and_expected(student, solution, params, X, y, REG)
    expect(grads, "grads").close_to({key: expected[key] for key in keys})


@check("loss", points=2, title="The derivative of your own cost, by central differences")
def loss_own_cost(student, solution, rng):
    params, X, y = away_from_ties(solution, rng, 2, image=(7, 8))
    _, grads = student.loss(params, X, y, REG)

    def costs(points):
        return student.loss.map([(point, X, y, REG) for point in points], item=0)

    expect(grads, "grads").gradient_of(costs, at=params, rng=rng)


@check("loss", points=1, title="Eight training steps on digits follow the reference")
def loss_training_steps(student, solution, rng, dataset):
    sizes = {"channels": 1, "image": (14, 14), "windows": ((3, 3), (3, 3)), "filters": (4, 6), "hidden": 16}
    start = small_network(rng, **sizes, classes=10)
    images = dataset.X_train[:64].reshape(-1, 1, 28, 28)[:, :, ::2, ::2]
    first = (start, images[:8], dataset.y_train[:8], TRAINING_REG)
    cost, _ = student.loss(*first)
    is_summed = sums_activity(cost, solution, *first)
    costs_coincide(
        "loss",
        student,
        solution,
        step=summed_step if is_summed else averaged_step,
        start=start,
        images=images,
        targets=dataset.y_train[:64],
        schedule=Schedule(epochs=1, batch_size=8, learning_rate=0.05),
        dataset=dataset,
        rng=rng,
        remarks=[weight_of_activity(solution, *first)] if is_summed else [],
    )


TRAINING_REG = 1e-3


def averaged_step(network, params, X, y):
    return network.loss(params, X, y, TRAINING_REG)


def summed_step(network, params, X, y):
    loss = network.loss_with_summed_activity if network.role == "solution" else network.loss
    return loss(params, X, y, TRAINING_REG)


def weight_of_activity(solution, params, X, y, reg):
    """How the summed activity penalty compares with the cross-entropy, at the start."""
    data, _ = solution.loss(params, X, y, 0.0)
    averaged, summed = (f(params, X, y, reg)[0] for f in (solution.loss, solution.loss_with_summed_activity))
    activity = (summed - averaged) / (len(X) - 1)  # averaged: what is left when it is counted n - 1 times less
    return (
        f"With reg = {reg:g} and a batch of {len(X)} images, the activity penalty is {len(X) * activity:.3g} at the "
        f"start beside a cross-entropy of {data:.3g}. It is summed over the batch: 128 images make it "
        f"{128 * activity:.3g}, the cross-entropy stays. Divided by the number of images, as in Keras, it would be "
        f"{activity:.3g} for any batch."
    )
