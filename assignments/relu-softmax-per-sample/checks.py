"""What is verified, function by function.

Sizes are pairwise different, biases are not zero, inputs have both signs, the learning rate is odd, and no
pre-activation is near 0, where ReLU has no derivative.
"""

import numpy as np

from grader.checks import (
    TrainingEvidence,
    accuracy,
    check,
    expect,
    fail,
    is_deterministic,
    leaves_arguments_alone,
    note_own_training,
    one_hot,
)

SIZES = (7, 6, 5, 4)
LR = 0.37
LAYERS = ("i_to_h1", "h1_to_h2", "h2_to_o")
WEIGHTS = tuple(f"weights_{name}" for name in LAYERS)
BIASES = tuple(f"bias_{name}" for name in LAYERS)


def random_state(rng, sizes=SIZES):
    """Random weights and biases that are not zero, by attribute."""
    state = {}
    for weights, bias, n_in, n_out in zip(WEIGHTS, BIASES, sizes[:-1], sizes[1:], strict=True):
        state[weights] = rng.normal(size=(n_in, n_out)) * np.sqrt(2 / n_in)
        state[bias] = 0.5 * rng.normal(size=n_out)
    return state


def network(implementation, state, sizes=SIZES, lr=LR):
    """A network of an implementation with the given weights and biases."""
    net = implementation.NeuralNetwork(tuple(sizes), lr)
    for name, value in state.items():
        setattr(net, name, value)
    return net


def away_from_kinks(rng, n, sizes=SIZES, margin=1e-3):
    """A state and a batch with no pre-activation near 0."""
    while True:
        state, x = random_state(rng, sizes), rng.normal(size=(n, sizes[0]))
        hidden, closest = x, np.inf
        for weights, bias in zip(WEIGHTS[:-1], BIASES[:-1], strict=True):
            z = hidden @ state[weights] + state[bias]
            closest, hidden = min(closest, np.abs(z).min()), np.maximum(z, 0)
        if closest > margin:
            return state, x, one_hot(rng.integers(sizes[-1], size=n), sizes[-1])


# The pieces


@check("NeuralNetwork.activation_ReLU", points=5, title="Values of both signs")
def relu_values(student, solution, rng):
    z = np.append(rng.normal(size=8), 0.0)
    found, right = (network(side, {}).activation_ReLU(z) for side in (student, solution))
    expect(found, "activation_ReLU(x)").close_to(right)


@check("NeuralNetwork.activation_ReLU", points=1, title="The argument is left as it was")
def relu_leaves_argument(student, rng):
    leaves_arguments_alone(network(student, {}).activation_ReLU, rng.normal(size=8))


@check("NeuralNetwork.activation_dReLU", points=6, title="1 where positive, 0 elsewhere")
def slope_values(student, solution, rng):
    for x in (rng.normal(size=9), np.maximum(rng.normal(size=9), 0)):
        found, right = (network(side, {}).activation_dReLU(x) for side in (student, solution))
        expect(found, "activation_dReLU(x)").close_to(right)


@check("NeuralNetwork.softmax", points=5, title="Probabilities of random logits")
def softmax_values(student, solution, rng):
    for k in (4, 7):
        z = 2 * rng.normal(size=k)
        found, right = (network(side, {}).softmax(z) for side in (student, solution))
        expect(found, "softmax(x)").close_to(right)


@check("NeuralNetwork.softmax", points=3, title="Logits of ±1000 do not overflow")
def softmax_extreme_logits(student, solution):
    for z in ([1000.0, 999.0, 0.0], [-1000.0, -1001.0, -1000.5]):
        found, right = (network(side, {}).softmax(np.array(z)) for side in (student, solution))
        expect(found, "softmax(x)").close_to(right)


@check("NeuralNetwork.dsoftmax", points=6, title="The Jacobian at given probabilities")
def jacobian_values(student, solution, rng):
    for k in (4, 7):
        p = network(solution, {}).softmax(rng.normal(size=k))
        found, right = (network(side, {}).dsoftmax(p) for side in (student, solution))
        expect(found, "dsoftmax(x)").close_to(right)


# categorical_cross_entropy


@check("categorical_cross_entropy", points=6, title="Cost of random predictions, of any number of samples")
def cost_values(student, solution, rng):
    for n in (7, 13, 1):
        probabilities = rng.dirichlet(np.ones(4), size=n)
        targets = one_hot(rng.integers(4, size=n), 4)
        found, right = (side.categorical_cross_entropy(probabilities, targets) for side in (student, solution))
        expect(found, f"the cost of {n} samples").close_to(right)


@check("categorical_cross_entropy", points=6, title="Finite when a probability is 0")
def cost_of_zero_probability(student):
    pred = np.array([[1.0, 0.0, 0.0], [0.2, 0.5, 0.3]])
    wrong = student.categorical_cross_entropy(pred, one_hot(np.array([1, 1]), 3))
    expect(wrong, "the cost of a true class with probability 0").is_finite()
    expect(wrong, "the cost of a true class with probability 0").is_at_least(
        3.0, what="a confident mistake is expensive"
    )
    certain = student.categorical_cross_entropy(np.eye(3), np.eye(3))
    expect(certain, "the cost of certain and right predictions").is_at_most(1e-4)


# NeuralNetwork


@check("NeuralNetwork", points=3, title="Shapes of weights and biases; biases begin at 0")
def network_shapes(student, solution):
    found, right = (side.NeuralNetwork((8, 3, 6, 5), LR) for side in (student, solution))
    for name in (*WEIGHTS, *BIASES):
        own, expected = getattr(found, name), getattr(right, name)
        expect(None if own is None else np.shape(own), f"the shape of {name}").close_to(expected.shape)
        if name in BIASES and isinstance(own, np.ndarray) and np.any(own):
            fail(f"{name} is not 0 at first")


@check("NeuralNetwork", points=3, title="Initial weights differ from unit to unit")
def network_weights(student):
    net = student.NeuralNetwork((8, 7, 6, 5), LR)
    for name in WEIGHTS:
        weights = np.asarray(getattr(net, name), dtype=float)
        if not np.any(weights):
            fail(f"all of {name} is 0 at first: nothing passes on to the next layer, and nothing comes back")
        elif weights.ndim == 2 and len(np.unique(weights, axis=1).T) < weights.shape[1]:
            fail(f"columns of {name} are equal at first: these units will stay equal for ever")


# predict


@check("NeuralNetwork.predict", points=10, title="Probabilities of every sample")
def predict_probabilities(student, solution, rng):
    for n, sizes in [(8, SIZES), (1, SIZES), (7, (5, 8, 3, 6))]:
        state, x, _ = away_from_kinks(rng, n, sizes)
        found, right = (network(side, state, sizes).predict(x) for side in (student, solution))
        expect(found, f"the probabilities of {n} samples").close_to(right)


@check("NeuralNetwork.predict", points=2, title="Called twice it gives the same, and the argument is left alone")
def predict_is_a_function(student, rng):
    state, x, _ = away_from_kinks(rng, 5)
    net = network(student, state)
    is_deterministic(net.predict, x)
    leaves_arguments_alone(net.predict, x)


# train


def expect_step(student, solution, rng, n, names, *, sizes=SIZES, lr=LR, steps=1):
    """Demand that calls of `train` lead from the same weights to the same ones."""
    state, x, y = away_from_kinks(rng, n, sizes)
    found, right = (network(side, state, sizes, lr) for side in (student, solution))
    for net in (found, right):
        for _ in range(steps):
            net.train(x, y)
    for name in names:
        expect(getattr(found, name), name).close_to(getattr(right, name))


@check("NeuralNetwork.train", points=10, title="Output weights after one step")
def train_output_weights(student, solution, rng):
    expect_step(student, solution, rng, 5, ["weights_h2_to_o"])


@check("NeuralNetwork.train", points=10, title="Weights of the hidden layers after one step")
def train_hidden_weights(student, solution, rng):
    expect_step(student, solution, rng, 5, ["weights_h1_to_h2", "weights_i_to_h1"])


@check("NeuralNetwork.train", points=10, title="Biases after one step")
def train_biases(student, solution, rng):
    expect_step(student, solution, rng, 5, BIASES)


@check("NeuralNetwork.train", points=4, title="A single sample; another learning rate and other sizes; a second step")
def train_other_batches(student, solution, rng):
    expect_step(student, solution, rng, 1, [*WEIGHTS, *BIASES])
    expect_step(student, solution, rng, 6, [*WEIGHTS, *BIASES], sizes=(5, 8, 6, 3), lr=0.08)
    expect_step(student, solution, rng, 5, [*WEIGHTS, *BIASES], lr=0.01, steps=2)


@check("NeuralNetwork.train", points=2, title="The arguments are left as they were")
def train_leaves_arguments(student, rng):
    state, x, y = away_from_kinks(rng, 5)
    leaves_arguments_alone(network(student, state).train, x, y)


IMAGE_SIZES = (784, 20, 12, 10)
IMAGE_LR = 0.1
EPOCHS, BATCH = 6, 10


def trained(implementation, solution, state, batches, dataset):
    """What a network reaches on the same batches as any other, measured here from its predictions."""
    net = network(implementation, state, IMAGE_SIZES, IMAGE_LR)
    targets = one_hot(dataset.y_train)
    history = {"train_cost": [], "train_accuracy": []}
    for epoch in batches:
        for batch in epoch:
            net.train(dataset.X_train[batch], targets[batch])
        probabilities = np.asarray(net.predict(dataset.X_train), dtype=float)
        history["train_cost"].append(solution.categorical_cross_entropy(probabilities, targets))
        history["train_accuracy"].append(accuracy(np.argmax(probabilities, axis=1), dataset.y_train))
    return history, accuracy(np.argmax(net.predict(dataset.X_test), axis=1), dataset.y_test)


@check("NeuralNetwork.train", points=8, title="From given weights, the cost on images falls as the reference's")
def train_images(student, solution, dataset):
    rng = np.random.default_rng(0)  # the reference's run is the same for every seed, so it is made once
    state = random_state(rng, IMAGE_SIZES) | {
        name: np.zeros(n) for name, n in zip(BIASES, IMAGE_SIZES[1:], strict=True)
    }
    batches = [rng.permutation(len(dataset.X_train)).reshape(-1, BATCH) for _ in range(EPOCHS)]
    history, reached = trained(student, solution, state, batches, dataset)
    reference_history, wanted = solution.remembered(
        ("train_images", state, batches), lambda: trained(solution, solution, state, batches, dataset)
    )
    note_own_training(
        "NeuralNetwork.train",
        dataset,
        history,
        reference_history,
        test_accuracy=reached,
        reference_test_accuracy=wanted,
        evidence=TrainingEvidence(
            outputs="softmax",
            class_shares=np.bincount(dataset.y_train, minlength=10) / len(dataset.y_train),
            weights_before={name: state[name] for name in WEIGHTS},
        ),
    )
    bound = reference_history["train_cost"][-1]
    expect(history["train_cost"][-1], f"the cost after {EPOCHS} epochs").is_at_most(
        1.05 * bound, what=f"105 % of the reference's {bound:.3f}"
    )
