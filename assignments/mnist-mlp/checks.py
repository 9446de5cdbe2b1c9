"""What is verified, function by function.

Sizes are pairwise different (so that a transposed or wrongly summed tensor shows), biases are not zero, inputs have
both signs, λ is odd: otherwise different mistakes would give the same numbers. Square cases come as extra checks.
"""

import itertools

import numpy as np

from grader.checks import (
    Schedule,
    accuracy,
    check,
    costs_coincide,
    depends_on_its_argument,
    expect,
    fail,
    is_deterministic,
    is_independent_of_batch,
    leaves_arguments_alone,
    note_own_training,
    one_hot,
)

LAM = 0.37
DEEP = (6, 7, 5, 4)


def network(rng, sizes):
    """Random weights and non-zero biases."""
    params = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        params[f"W{layer}"] = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        params[f"b{layer}"] = rng.normal(size=n_out)
    return params


def batch(rng, n, sizes):
    """Inputs of both signs, one-hot labels in which not every class need occur."""
    return rng.normal(size=(n, sizes[0])), one_hot(rng.integers(sizes[-1], size=n), sizes[-1])


def away_from_kinks(solution, rng, n, sizes, margin=1e-3):
    """A network and a batch with no pre-activation near 0, where ReLU has no derivative."""
    while True:
        params, (X, Y) = network(rng, sizes), batch(rng, n, sizes)
        hidden, closest = X, np.inf
        for layer in range(1, len(sizes) - 1):
            z = hidden @ params[f"W{layer}"] + params[f"b{layer}"]
            closest, hidden = min(closest, np.abs(z).min()), solution.relu(z)
        if closest > margin:
            return params, X, Y


# relu


@check("relu", points=2, title="Values of both signs")
def relu_values(student, solution, rng):
    z = np.concatenate([rng.normal(size=(5, 3)), np.zeros((1, 3))])
    expect(student.relu(z), "relu(z)").close_to(solution.relu(z))


@check("relu", points=1, title="Arrays of one and of three dimensions")
def relu_any_shape(student, solution, rng):
    for shape in [(6,), (2, 3, 4)]:
        z = rng.normal(size=shape)
        expect(student.relu(z), f"relu of shape {shape}").close_to(solution.relu(z))


@check("relu", points=1, title="The argument is left as it was")
def relu_leaves_argument(student, rng):
    leaves_arguments_alone(student.relu, rng.normal(size=(4, 3)))


# softmax


@check("softmax", points=4, title="Probabilities of random logits")
def softmax_random_logits(student, solution, rng):
    z = 2 * rng.normal(size=(7, 4))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=2, title="As many samples as classes")
def softmax_square(student, solution, rng):
    z = 2 * rng.normal(size=(5, 5))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=1, title="A single sample")
def softmax_one_sample(student, solution, rng):
    z = rng.normal(size=(1, 6))
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=3, title="Logits of ±1000 do not overflow")
def softmax_extreme_logits(student, solution):
    z = np.array([[1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5], [1000.0, -1000.0, 0.0]])
    expect(student.softmax(z), "softmax(z)").close_to(solution.softmax(z))


@check("softmax", points=2, title="Each sample is treated by itself")
def softmax_rows_apart(student, solution, rng):
    is_independent_of_batch(student.softmax, rng.normal(size=(4, 3)))
    z = np.array([[900.0, 901.0, 899.0], [-900.0, -902.0, -901.0]])
    expect(student.softmax(z), "softmax of rows far apart").close_to(solution.softmax(z))


# cross_entropy


@check("cross_entropy", points=5, title="Cost of random predictions")
def cross_entropy_random(student, solution, rng):
    _, Y = batch(rng, 7, (2, 4))
    probs = solution.softmax(rng.normal(size=(7, 4)))
    expect(student.cross_entropy(probs, Y), "the cost").close_to(solution.cross_entropy(probs, Y))


@check("cross_entropy", points=2, title="Averaged over samples: another batch size, a single sample")
def cross_entropy_batch_sizes(student, solution, rng):
    for n in (13, 1):
        _, Y = batch(rng, n, (2, 3))
        probs = solution.softmax(rng.normal(size=(n, 3)))
        expect(student.cross_entropy(probs, Y), f"the cost of {n} samples").close_to(solution.cross_entropy(probs, Y))


@check("cross_entropy", points=1, title="Labels in which a class is absent")
def cross_entropy_absent_class(student, solution, rng):
    Y = one_hot(np.array([0, 2, 2, 0, 0]), 5)
    probs = solution.softmax(rng.normal(size=(5, 5)))
    expect(student.cross_entropy(probs, Y), "the cost").close_to(solution.cross_entropy(probs, Y))


@check("cross_entropy", points=2, title="Finite when a probability is 0")
def cross_entropy_zero_probability(student):
    probs = np.array([[1.0, 0.0, 0.0], [0.2, 0.5, 0.3]])
    cost = student.cross_entropy(probs, one_hot(np.array([1, 1]), 3))
    expect(cost, "the cost of a true class with probability 0").is_finite()
    expect(cost, "the cost of a true class with probability 0").is_at_least(
        3.0, what="a confident mistake is expensive"
    )
    certain = student.cross_entropy(np.eye(3), np.eye(3))
    expect(certain, "the cost of certain and right predictions").is_at_most(1e-4)


# l2_penalty


@check("l2_penalty", points=3, title="Three layers, λ = 0.37")
def l2_penalty_values(student, solution, rng):
    params = network(rng, DEEP)
    expect(student.l2_penalty(params, LAM), "the penalty").close_to(solution.l2_penalty(params, LAM))


@check("l2_penalty", points=1, title="Biases are not penalised")
def l2_penalty_biases(student, rng):
    params = {key: value if key.startswith("b") else 0 * value for key, value in network(rng, DEEP).items()}
    expect(student.l2_penalty(params, LAM), "the penalty of weights that are all 0").close_to(0.0)


@check("l2_penalty", points=2, title="One layer and five, other values of λ")
def l2_penalty_depths(student, solution, rng):
    for sizes, lam in [((3, 2), 2.5), ((3, 4, 2, 5, 3, 6), 0.01), ((4, 3), 0.0)]:
        params = network(rng, sizes)
        penalty = student.l2_penalty(params, lam)
        expect(penalty, f"the penalty of {len(sizes) - 1} layers, λ = {lam}").close_to(solution.l2_penalty(params, lam))


# forward


def expect_probabilities(student, solution, params, X, label="probs"):
    probs, _ = student.forward(params, X)
    expect(probs, label).close_to(solution.forward(params, X)[0])


@check("forward", points=3, title="One layer: softmax of X·W1 + b1")
def forward_one_layer(student, solution, rng):
    sizes = (6, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 7, sizes)[0])


@check("forward", points=4, title="Two layers")
def forward_two_layers(student, solution, rng):
    sizes = (6, 5, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 7, sizes)[0])


@check("forward", points=3, title="Five layers")
def forward_deep(student, solution, rng):
    sizes = (6, 7, 5, 8, 3, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 9, sizes)[0])


@check("forward", points=2, title="A single sample, and as many samples as features")
def forward_batch_sizes(student, solution, rng):
    sizes = (6, 5, 4)
    for n in (1, 6):
        expect_probabilities(student, solution, network(rng, sizes), batch(rng, n, sizes)[0], f"probs of {n} samples")


@check("forward", points=2, title="Depends on its arguments only, and leaves them alone")
def forward_is_a_function(student, rng):
    sizes = (6, 5, 4)
    params, (X, _) = network(rng, sizes), batch(rng, 7, sizes)
    leaves_arguments_alone(student.forward, params, X)
    is_deterministic(student.forward, params, X)
    depends_on_its_argument(student.forward, [(params, X), (params, X[::-1] + 1)])


# backward


def gradients_of(student, params, X, Y, lam):
    _, cache = student.forward(params, X)
    return student.backward(params, cache, Y, lam)


def expect_gradients(student, solution, params, X, Y, lam, keys):
    found = gradients_of(student, params, X, Y, lam)
    expected = gradients_of(solution, params, X, Y, lam)
    expect(found, "grads").close_to({key: expected[key] for key in keys})


@check("backward", points=8, title="Weights of the output layer and of one layer alone")
def backward_output_weights(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        params, X, Y = away_from_kinks(solution, rng, 9, sizes)
        expect_gradients(student, solution, params, X, Y, 0.0, [f"W{len(sizes) - 1}"])


@check("backward", points=8, title="Weights of the hidden layers")
def backward_hidden_weights(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    expect_gradients(student, solution, params, X, Y, 0.0, ["W2", "W1"])


@check("backward", points=6, title="Biases of every layer")
def backward_biases(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    expect_gradients(student, solution, params, X, Y, 0.0, ["b3", "b2", "b1"])


@check("backward", points=6, title="The L2 penalty's part: λ·W for weights, nothing for biases")
def backward_penalty(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    with_penalty, without = (gradients_of(student, params, X, Y, lam) for lam in (LAM, 0.0))
    if not (all_arrays(with_penalty, params) and all_arrays(without, params)):
        expect(with_penalty, "grads").close_to(gradients_of(solution, params, X, Y, LAM))
        return
    parts = {key: with_penalty[key] - without[key] for key in params}
    expected = {key: LAM * value if key.startswith("W") else 0 * value for key, value in params.items()}
    expect(parts, "the part that λ adds to grads").close_to(expected)


def all_arrays(grads, keys):
    return isinstance(grads, dict) and all(isinstance(grads.get(key), np.ndarray | np.generic) for key in keys)


@check("backward", points=3, title="A single sample, a batch without some classes, another depth")
def backward_batches(student, solution, rng):
    for n, sizes in [(1, DEEP), (3, (5, 8, 6)), (6, (4, 6, 3, 7, 5))]:
        params, X, Y = away_from_kinks(solution, rng, n, sizes)
        expect_gradients(student, solution, params, X, Y, LAM, params)


@check("backward", points=3, title="The derivative of your own cost, by central differences")
def backward_own_cost(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 7, (3, 4, 2))

    def costs(points):
        probs = [output[0] for output in student.forward.map([(point, X) for point in points])]
        losses = student.cross_entropy.map([(p, Y) for p in probs])
        penalties = student.l2_penalty.map([(point, LAM) for point in points])
        return [loss + penalty for loss, penalty in zip(losses, penalties, strict=True)]

    expect(gradients_of(student, params, X, Y, LAM), "grads").gradient_of(costs, at=params, rng=rng)


@check("backward", points=1, title="Called twice it gives the same, and it changes nothing of the caller's")
def backward_is_a_function(student, solution, rng):
    params, X, Y = away_from_kinks(solution, rng, 9, DEEP)
    _, cache = student.forward(params, X)
    is_deterministic(student.backward, params, cache, Y, LAM)
    leaves_arguments_alone(student.backward, params, cache, Y, LAM)


@check("backward", points=1, title="Eight training steps on images follow the reference")
def backward_training_steps(student, solution, rng, dataset):
    images = dataset.X_train[:128, ::4]
    sizes = (images.shape[1], 16, 10)
    start = {key: value if key.startswith("W") else 0 * value for key, value in network(rng, sizes).items()}

    def step(network, params, X, Y):
        probs, cache = network.forward(params, X)
        cost = solution.cross_entropy(probs, Y) + solution.l2_penalty(params, 1e-3)  # of its network, in our words
        return cost, network.backward(params, cache, Y, 1e-3)

    costs_coincide(
        "backward",
        student,
        solution,
        step=step,
        start=start,
        images=images,
        targets=one_hot(dataset.y_train[:128]),
        schedule=Schedule(epochs=2, batch_size=32, learning_rate=0.1),
        dataset=dataset,
        rng=rng,
    )


# predict


@check("predict", points=3, title="The most probable class")
def predict_labels(student, solution, rng):
    sizes = (6, 5, 4)
    params, (X, _) = network(rng, sizes), batch(rng, 23, sizes)
    expect(student.predict(params, X), "predict(params, X)").equals(solution.predict(params, X))


@check("predict", points=1, title="As many samples as classes; a single sample")
def predict_square(student, solution, rng):
    sizes = (6, 5, 4)
    params = network(rng, sizes)
    for n in (4, 1):
        X, _ = batch(rng, n, sizes)
        expect(student.predict(params, X), f"predict of {n} samples").equals(solution.predict(params, X))


# train

TRAINING = {"layer_sizes": [784, 30, 10], "epochs": 5, "batch_size": 32, "lr": 0.1, "lam": 1e-4, "seed": 0}
ACCURACY_SHARE = 0.88  # of the reference's, on the test images: other initial weights learn more slowly


def toy_problem(rng, n=120, spread=0.4):
    """Three clusters in the plane: learnt in a moment; those of a larger spread overlap."""
    labels = rng.integers(3, size=n)
    centres = np.array([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
    return centres[labels] + spread * rng.normal(size=(n, 2)), one_hot(labels, 3)


@check("train", points=6, title="Accuracy on test images comes near the reference's")
def train_accuracy(student, solution, dataset):
    data = (dataset.X_train, one_hot(dataset.y_train))
    options = tuple(TRAINING.values())
    params, history = student.train(*data, *options)
    if not is_network(params, TRAINING["layer_sizes"]):
        return
    reference_params, reference_history = solution.train(*data, *options)
    reached = accuracy(solution.predict(params, dataset.X_test), dataset.y_test)
    wanted = accuracy(solution.predict(reference_params, dataset.X_test), dataset.y_test)
    note_own_training(
        "train", dataset, history, reference_history, test_accuracy=reached, reference_test_accuracy=wanted
    )
    expect(reached, "the accuracy on test images").is_at_least(
        ACCURACY_SHARE * wanted, what=f"{ACCURACY_SHARE:.0%} of the reference's {wanted:.3f}"
    )


@check("train", points=3, title="The cost falls, and the history has one entry per epoch")
def train_history(student, rng):
    X, Y = toy_problem(rng)
    _, history = student.train(X, Y, [2, 8, 3], 12, 16, 0.3, 0.0, 3)
    if not isinstance(history, list | tuple) or len(history) != 12:
        fail("the history of 12 epochs must be a list of 12 entries, one per epoch")
        return
    if not all(isinstance(entry, dict) and {"cost", "accuracy"} <= entry.keys() for entry in history):
        fail('each entry of the history must be a dict with "cost" and "accuracy"')
        return
    expect(history[-1]["cost"], "the cost after 12 epochs").is_at_most(0.25, what="the problem is easy")
    expect(history[-1]["accuracy"], "the accuracy after 12 epochs").is_at_least(0.95, what="the problem is easy")
    expect(history[-1]["accuracy"], "an accuracy").is_at_most(1.0)


@check("train", points=2, title="The history tells the cost and accuracy of the whole training set")
def train_history_is_true(student, rng):
    X, Y = toy_problem(rng, spread=1.5)
    params, history = student.train(X, Y, [2, 6, 3], 2, 16, 0.2, 0.03, 5)
    last = history[-1] if isinstance(history, list | tuple) and history and isinstance(history[-1], dict) else {}
    probs = student.forward(params, X)[0]
    share = float(np.mean(np.argmax(probs, 1) == np.argmax(Y, 1)))
    expect(last.get("accuracy"), "the last accuracy").close_to(share)
    cost = student.cross_entropy(probs, Y) + student.l2_penalty(params, 0.03)
    expect(last.get("cost"), "the last cost, compared with your cross_entropy + l2_penalty,").close_to(cost)


@check("train", points=1, title="The same seed gives the same network")
def train_is_reproducible(student, rng):
    X, Y = toy_problem(rng, 40)
    is_deterministic(student.train, X, Y, [2, 4, 3], 2, 8, 0.1, 0.01, 11)


@check("train", points=2, title="λ, learning rate and layer sizes have their effect")
def train_options(student, rng):
    X, Y = toy_problem(rng)
    sizes = [2, 7, 5, 3]

    def trained(lr, lam):
        return student.train(X, Y, sizes, 8, 16, lr, lam, 5)[0]

    free, still, penalised = trained(0.1, 0.0), trained(0.0, 0.0), trained(0.1, 0.5)
    if not all(is_network(params, sizes) for params in (free, still, penalised)):
        return
    unchanged = [key for key in free if np.array_equal(free[key], still[key])]
    if len(unchanged) == len(free):
        fail("the learning rate has no effect: the weights after training are those of a learning rate of 0")
    elif unchanged:
        fail(f"training leaves {', '.join(unchanged)} as they were")
    expect(squared_weights(penalised), "the squared weights after training with λ = 0.5").is_at_most(
        0.9 * squared_weights(free), what="90 % of those with λ = 0"
    )


def is_network(params, sizes):
    """Whether trained params have the weights and biases of these layer sizes; notes a failure if not."""
    expected = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        expected |= {f"W{layer}": (n_in, n_out), f"b{layer}": (n_out,)}
    found = {key: np.squeeze(value).shape for key, value in params.items()} if isinstance(params, dict) else params
    if found != expected:
        fail(f"layer sizes {list(sizes)} gave params of shapes {found}, expected {expected}")
    return found == expected


def squared_weights(params):
    return sum(float(np.sum(np.square(value))) for key, value in params.items() if key.startswith("W"))
