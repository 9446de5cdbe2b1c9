"""What is verified, function by function.

Images and windows are not square, channels are not three, numbers of images, channels, filters and classes are
pairwise different, biases are not zero and upstream gradients are random: otherwise different mistakes would give
the same numbers.
"""

import math

import numpy as np

from grader.checks import (
    Schedule,
    check,
    costs_coincide,
    depends_on_its_argument,
    expect,
    fail,
    is_deterministic,
    leaves_arguments_alone,
)

REG = 0.37


def convolution(rng, n=3, channels=2, filters=5, image=(7, 9), window=(3, 4)):
    """Images, filters and biases."""
    return (
        rng.normal(size=(n, channels, *image)),
        rng.normal(size=(filters, channels, *window)),
        rng.normal(size=filters),
    )


def images_without_ties(rng, shape, margin=1e-2):
    """Images in which no two pixels are nearly equal, so that every window has one largest pixel."""
    levels = rng.permutation(math.prod(shape)) * 2 * margin
    return (levels - levels.mean() + rng.uniform(0, margin, size=levels.shape)).reshape(shape)


# conv_forward


def expect_maps(student, solution, x, w, b, *options, label="out"):
    out, _ = student.conv_forward(x, w, b, *options)
    expect(out, label).close_to(solution.conv_forward(x, w, b, *options)[0])


@check("conv_forward", points=5, title="Images and windows that are not square, stride 1, no padding")
def conv_forward_plain(student, solution, rng):
    expect_maps(student, solution, *convolution(rng))
    expect_maps(student, solution, *convolution(rng, n=4, channels=4, filters=3, image=(8, 6), window=(2, 5)))


@check("conv_forward", points=3, title="Stride 2 and 3, where the window does not fit evenly")
def conv_forward_stride(student, solution, rng):
    for stride in (2, 3):
        expect_maps(student, solution, *convolution(rng), stride, label=f"out with stride {stride}")


@check("conv_forward", points=3, title="Padding, with and without a stride")
def conv_forward_padding(student, solution, rng):
    for stride, pad in [(1, 1), (2, 2)]:
        expect_maps(student, solution, *convolution(rng), stride, pad, label=f"out with stride {stride} and pad {pad}")


@check("conv_forward", points=2, title="One image, one channel, one filter; a window as large as the image")
def conv_forward_single(student, solution, rng):
    expect_maps(student, solution, *convolution(rng, n=1, channels=1, filters=1, image=(6, 5), window=(5, 5)))
    expect_maps(student, solution, *convolution(rng, n=2, channels=3, filters=4, image=(4, 3), window=(4, 3)))


@check("conv_forward", points=1, title="Depends on its arguments only, and leaves them alone")
def conv_forward_is_a_function(student, rng):
    x, w, b = convolution(rng)
    leaves_arguments_alone(student.conv_forward, x, w, b, 1, 1)
    depends_on_its_argument(student.conv_forward, [(x, w, b), (x + 1, w, b)])


# conv_backward


def conv_gradients(implementation, arguments, options, dout):
    _, cache = implementation.conv_forward(*arguments, *options)
    return implementation.conv_backward(dout, cache)


def expect_conv_gradients(student, solution, rng, parts, *options, **sizes):
    """Compare the gradients that `parts` names (a subset of dx, dw, db)."""
    arguments = convolution(rng, **sizes)
    dout = rng.normal(size=solution.conv_forward(*arguments, *options)[0].shape)
    found = conv_gradients(student, arguments, options, dout)
    right = conv_gradients(solution, arguments, options, dout)
    for name, value, expected in zip(("dx", "dw", "db"), found, right, strict=True):
        if name in parts:
            expect(value, name).close_to(expected)


@check("conv_backward", points=5, title="dw: filters and their windows")
def conv_backward_filters(student, solution, rng):
    expect_conv_gradients(student, solution, rng, {"dw"})


@check("conv_backward", points=3, title="db: summed over images and positions")
def conv_backward_biases(student, solution, rng):
    expect_conv_gradients(student, solution, rng, {"db"})


@check("conv_backward", points=5, title="dx: a pixel adds up what every window that saw it sends back")
def conv_backward_images(student, solution, rng):
    expect_conv_gradients(student, solution, rng, {"dx"})


@check("conv_backward", points=4, title="Strides and padding, where some pixels are never seen")
def conv_backward_options(student, solution, rng):
    for options in [(2, 0), (3, 0), (1, 1), (2, 2)]:
        expect_conv_gradients(student, solution, rng, {"dx", "dw", "db"}, *options)


@check("conv_backward", points=1, title="Called twice it gives the same, and it changes nothing of the caller's")
def conv_backward_is_a_function(student, solution, rng):
    arguments = convolution(rng)
    dout = rng.normal(size=solution.conv_forward(*arguments)[0].shape)
    _, cache = student.conv_forward(*arguments)
    is_deterministic(student.conv_backward, dout, cache)
    leaves_arguments_alone(student.conv_backward, dout, cache)


# elu


@check("elu_forward", points=3, title="Values of both signs, alpha = 1")
def elu_forward_values(student, solution, rng):
    for shape in [(3, 2, 5, 4), (7,)]:
        x = 2 * rng.normal(size=shape)
        expect(student.elu_forward(x)[0], f"out of shape {shape}").close_to(solution.elu_forward(x)[0])


@check("elu_forward", points=2, title="Other values of alpha, and x = 0")
def elu_forward_alpha(student, solution, rng):
    x = np.append(2 * rng.normal(size=23), 0.0)
    for alpha in (0.7, 2.3):
        expect(student.elu_forward(x, alpha)[0], f"out with alpha = {alpha}").close_to(
            solution.elu_forward(x, alpha)[0]
        )


@check("elu_forward", points=1, title="Finite for ±1000, and the argument is left as it was")
def elu_forward_extremes(student, solution, rng):
    x = np.array([1000.0, -1000.0, 800.0, -3.0, 0.5])
    expect(student.elu_forward(x)[0], "out").close_to(solution.elu_forward(x)[0])
    leaves_arguments_alone(student.elu_forward, rng.normal(size=(3, 4)))


def expect_elu_gradient(student, solution, x, dout, *alpha):
    found, right = (
        implementation.elu_backward(dout, implementation.elu_forward(x, *alpha)[1])
        for implementation in (student, solution)
    )
    expect(found, "dx").close_to(right)


@check("elu_backward", points=3, title="alpha = 1, random upstream gradients")
def elu_backward_values(student, solution, rng):
    shape = (3, 2, 5, 4)
    expect_elu_gradient(student, solution, 2 * rng.normal(size=shape), rng.normal(size=shape))


@check("elu_backward", points=2, title="Other values of alpha")
def elu_backward_alpha(student, solution, rng):
    for alpha in (0.7, 2.3):
        expect_elu_gradient(student, solution, 2 * rng.normal(size=23), rng.normal(size=23), alpha)


@check("elu_backward", points=1, title="Finite for ±1000")
def elu_backward_extremes(student, solution):
    x, dout = np.array([1000.0, -1000.0, 800.0, -3.0]), np.array([0.5, -2.0, 1.5, 3.0])
    expect_elu_gradient(student, solution, x, dout)


# max_pool


def expect_pooled(student, solution, x, *options):
    out, _ = student.max_pool_forward(x, *options)
    expect(out, f"out of {x.shape}").close_to(solution.max_pool_forward(x, *options)[0])


@check("max_pool_forward", points=3, title="Windows of 2×2, images that are not square")
def max_pool_forward_plain(student, solution, rng):
    expect_pooled(student, solution, rng.normal(size=(3, 2, 6, 8)))
    expect_pooled(student, solution, rng.normal(size=(2, 5, 7, 9)))


@check("max_pool_forward", points=2, title="Images in which every pixel is negative")
def max_pool_forward_negative(student, solution, rng):
    expect_pooled(student, solution, -1 - rng.random(size=(2, 3, 4, 6)))


@check("max_pool_forward", points=2, title="Windows that overlap, windows with gaps between them")
def max_pool_forward_stride(student, solution, rng):
    for size, stride in [(3, 2), (3, 1), (2, 3)]:
        expect_pooled(student, solution, rng.normal(size=(2, 3, 7, 9)), size, stride)


def expect_pool_gradient(student, solution, rng, x, *options):
    dout = rng.normal(size=solution.max_pool_forward(x, *options)[0].shape)
    found, right = (
        implementation.max_pool_backward(dout, implementation.max_pool_forward(x, *options)[1])
        for implementation in (student, solution)
    )
    expect(found, f"dx of {x.shape}").close_to(right)


@check("max_pool_backward", points=4, title="Windows of 2×2: to the largest pixel alone")
def max_pool_backward_plain(student, solution, rng):
    for shape in [(3, 2, 6, 8), (2, 5, 7, 9)]:
        expect_pool_gradient(student, solution, rng, images_without_ties(rng, shape))


@check("max_pool_backward", points=3, title="Windows that overlap: the gradients of a pixel add up")
def max_pool_backward_overlap(student, solution, rng):
    for size, stride in [(3, 2), (3, 1)]:
        expect_pool_gradient(student, solution, rng, images_without_ties(rng, (2, 3, 7, 9)), size, stride)


@check("max_pool_backward", points=1, title="Equal pixels share one gradient, they do not each get it")
def max_pool_backward_ties(student, rng):
    x, dout = np.ones((2, 3, 4, 6)), rng.normal(size=(2, 3, 2, 3))
    dx = student.max_pool_backward(dout, student.max_pool_forward(x)[1])
    sums = np.asarray(dx).reshape(2, 3, 2, 2, 3, 2).sum(axis=(3, 5))
    expect(sums, "the gradient that arrives in each window of equal pixels").close_to(dout)


# dense


def dense_layer(rng, shape=(5, 2, 3, 4), outputs=7):
    return rng.normal(size=shape), rng.normal(size=(math.prod(shape[1:]), outputs)), rng.normal(size=outputs)


@check("dense_forward", points=3, title="Images as rows, times weights, plus biases")
def dense_forward_values(student, solution, rng):
    for shape in [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]:
        x, w, b = dense_layer(rng, shape)
        expect(student.dense_forward(x, w, b)[0], f"out of {shape}").close_to(solution.dense_forward(x, w, b)[0])


@check("dense_backward", points=5, title="Gradients in inputs, weights and biases")
def dense_backward_values(student, solution, rng):
    for shape in [(5, 2, 3, 4), (4, 6), (1, 3, 2, 2)]:
        arguments, dout = dense_layer(rng, shape), rng.normal(size=(shape[0], 7))
        found, right = (
            implementation.dense_backward(dout, implementation.dense_forward(*arguments)[1])
            for implementation in (student, solution)
        )
        for name, value, expected in zip(("dx", "dw", "db"), found, right, strict=True):
            expect(value, f"{name} for inputs of {shape}").close_to(expected)


# softmax_loss


def scores_and_labels(rng, n, classes):
    return 2 * rng.normal(size=(n, classes)), rng.integers(classes, size=n)


@check("softmax_loss", points=3, title="The mean cross-entropy")
def softmax_loss_cost(student, solution, rng):
    for n, classes in [(7, 4), (5, 5), (1, 6)]:
        scores, y = scores_and_labels(rng, n, classes)
        cost, _ = student.softmax_loss(scores, y)
        expect(cost, f"the cost of {n} samples").close_to(solution.softmax_loss(scores, y)[0])


@check("softmax_loss", points=3, title="Its gradient in the scores")
def softmax_loss_gradient(student, solution, rng):
    for n, classes in [(7, 4), (5, 5), (1, 6)]:
        scores, y = scores_and_labels(rng, n, classes)
        _, dscores = student.softmax_loss(scores, y)
        expect(dscores, f"dscores of {n} samples").close_to(solution.softmax_loss(scores, y)[1])


@check("softmax_loss", points=2, title="Scores of ±1000 do not overflow")
def softmax_loss_extremes(student, solution):
    scores = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    y = np.array([1, 2, 0])
    expect(student.softmax_loss(scores, y), "cost and gradient").close_to(solution.softmax_loss(scores, y))
    cost, dscores = student.softmax_loss(np.array([[900.0, 0.0, -900.0]]), np.array([2]))
    expect(cost, "the cost of a true class with probability 0").is_finite()
    expect(dscores, "its gradient").is_finite()


# loss


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
        return [outputs[0] for outputs in student.loss.map([(point, X, y, REG) for point in points])]

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


# predict


@check("predict", points=3, title="The class with the highest score, for several images and for one")
def predict_labels(student, solution, rng):
    for n in (11, 5, 1):
        params, X, _ = away_from_ties(solution, rng, n)
        found = student.predict(params, X)
        if np.shape(found) != (n,):
            fail(f"predict gave {np.shape(found)} for {n} images, expected a label for each, shape ({n},)")
        else:
            expect(found, f"labels of {n} images").equals(solution.predict(params, X))
