"""What is verified, function by function.

Sizes are pairwise different, biases are not zero, inputs have both signs, λ is odd, and the training set is never as
large as the batch: otherwise different mistakes would give the same numbers.
"""

import itertools

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
    weight_matrices,
)

LAMBD = 0.37
TRAINING_SIZE = 53
DEEP = (6, 7, 5, 4)


def random_parameters(rng, sizes):
    """Weights, and biases that are not zero."""
    parameters = {}
    for layer, (n_in, n_out) in enumerate(itertools.pairwise(sizes), 1):
        parameters[f"w{layer}"] = rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)
        parameters[f"b{layer}"] = rng.normal(size=(1, n_out))
    return parameters


def batch(rng, m, sizes):
    """Inputs of both signs, one-hot labels in which not every class need occur."""
    return rng.normal(size=(m, sizes[0])), one_hot(rng.integers(sizes[-1], size=m), sizes[-1])


def network(implementation, parameters, sizes=DEEP, training_size=TRAINING_SIZE):
    """A network of an implementation with the given parameters."""
    net = implementation.NeuralNetwork(list(sizes), training_size)
    net.parameters = parameters
    return net


def pair(student, solution, rng, sizes=DEEP, training_size=TRAINING_SIZE):
    """The submission's and the solution's network with the same random parameters."""
    parameters = random_parameters(rng, sizes)
    return tuple(network(side, parameters, sizes, training_size) for side in (student, solution))


# sigmoid, sigmoid_derivative


@check("sigmoid", points=3, title="Values of both signs")
def sigmoid_values(student, solution, rng):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.sigmoid(z), "sigmoid(z)").close_to(solution.sigmoid(z))


@check("sigmoid", points=2, title="Finite for ±1000")
def sigmoid_extremes(student, solution):
    z = np.array([-1000.0, -30.0, 0.0, 30.0, 1000.0])
    expect(student.sigmoid(z), "sigmoid(z)").close_to(solution.sigmoid(z))


@check("sigmoid", points=1, title="The argument is left as it was")
def sigmoid_leaves_argument(student, rng):
    leaves_arguments_alone(student.sigmoid, rng.normal(size=(4, 3)))


@check("sigmoid_derivative", points=6, title="Slope at pre-activations of both signs")
def sigmoid_derivative_values(student, solution, rng):
    z = 2 * rng.normal(size=(5, 3))
    expect(student.sigmoid_derivative(z), "sigmoid_derivative(z)").close_to(solution.sigmoid_derivative(z))


# NeuralNetwork


@check("NeuralNetwork", points=4, title="Shapes of the parameters; biases begin at 0")
def network_shapes(student, solution, rng):
    sizes = [int(n) for n in rng.permutation([3, 5, 8, 6])]
    found, right = (side.NeuralNetwork(sizes, TRAINING_SIZE) for side in (student, solution))
    expect(found.num_layers, "num_layers").equals(4)
    parameters, expected = found.parameters, right.parameters
    for name, value in expected.items():
        own = parameters.get(name) if isinstance(parameters, dict) else None
        expect(None if own is None else np.shape(own), f"the shape of {name}").close_to(value.shape)
        if name.startswith("b") and isinstance(own, np.ndarray) and np.any(own):
            fail(f"{name} is not 0 at first")


@check("NeuralNetwork", points=3, title="Random weights: units differ, seeds matter, equal seeds agree")
def network_weights(student):
    def weights(seed):
        parameters = student.NeuralNetwork([8, 6, 5], TRAINING_SIZE, seed).parameters
        return {name: value for name, value in parameters.items() if name.startswith("w")}

    first, other, again = weights(1), weights(2), weights(1)
    for name, value in first.items():
        if not np.any(value):
            fail(f"all weights of {name} are 0 at first: every hidden unit will stay like every other")
        elif np.all(value >= 0):
            fail(f"no weight of {name} is negative at first: with positive inputs every sum will be large")
        elif len(np.unique(value, axis=1).T) < value.shape[1]:
            fail(f"columns of {name} are equal at first: these units will stay equal for ever")
        elif np.array_equal(value, other[name]):
            fail(f"{name} is the same for different seeds")
        elif not np.array_equal(value, again[name]):
            fail(f"{name} is not the same for equal seeds")


# gather_backprop_data


def expect_forward(student, solution, rng, m, sizes):
    found, right = pair(student, solution, rng, sizes)
    x, y = batch(rng, m, sizes)
    _, activations, zs = found.gather_backprop_data(x, y)
    _, right_activations, right_zs = right.gather_backprop_data(x, y)
    expect(activations, "activations").close_to(right_activations)
    expect(zs, "zs").close_to(right_zs)


@check("NeuralNetwork.gather_backprop_data", points=5, title="One layer: sigmoid of x·w1 + b1")
def gather_one_layer(student, solution, rng):
    expect_forward(student, solution, rng, 9, (6, 4))


@check("NeuralNetwork.gather_backprop_data", points=7, title="Three layers")
def gather_three_layers(student, solution, rng):
    expect_forward(student, solution, rng, 9, DEEP)


@check("NeuralNetwork.gather_backprop_data", points=2, title="A single sample; as many samples as inputs")
def gather_other_batches(student, solution, rng):
    for m in (1, 6):
        expect_forward(student, solution, rng, m, DEEP)


# cost


@check("NeuralNetwork.cost", points=6, title="Cross-entropy, averaged over the samples")
def cost_of_data(student, solution, rng):
    found, right = pair(student, solution, rng)
    for m in (9, 13, 1):
        data = batch(rng, m, DEEP)
        expect(found.cost(*data, 0.0), f"the cost of {m} samples, λ = 0").close_to(right.cost(*data, 0.0))


@check("NeuralNetwork.cost", points=6, title="The penalty: λ/(2n)·Σw² for the whole training set's n, in a batch too")
def cost_of_weights(student, solution, rng):
    for m, n in [(9, TRAINING_SIZE), (13, TRAINING_SIZE), (9, 31)]:
        found, right = pair(student, solution, rng, training_size=n)
        data = batch(rng, m, DEEP)
        added, expected = (net.cost(*data, LAMBD) - net.cost(*data, 0.0) for net in (found, right))
        expect(added, f"what λ adds to the cost of {m} of {n} samples").close_to(expected)


@check("NeuralNetwork.cost", points=2, title="Finite when an output is exactly 0 or 1")
def cost_when_certain(student, rng):
    sizes = (3, 2)
    parameters = {"w1": np.zeros((3, 2)), "b1": np.array([[900.0, -900.0]])}
    net = network(student, parameters, sizes)
    x = rng.normal(size=(4, 3))
    right, wrong = (net.cost(x, one_hot(np.full(4, label), 2), 0.0) for label in (0, 1))
    expect(right, "the cost of certain and right outputs").is_at_most(1e-4)
    expect(wrong, "the cost of certain and wrong outputs").is_finite()
    expect(wrong, "the cost of certain and wrong outputs").is_at_least(6.0, what="certain mistakes are expensive")


# calculate_gradients


def expect_gradients(student, solution, rng, m, names=None, *, lambd=0.0, sizes=DEEP, training_size=TRAINING_SIZE):
    found, right = pair(student, solution, rng, sizes, training_size)
    x, y = batch(rng, m, sizes)
    expected = right.calculate_gradients(x, y, lambd)
    expect(found.calculate_gradients(x, y, lambd), "gradients").close_to(
        {name: expected[name] for name in names or expected}
    )


@check("NeuralNetwork.calculate_gradients", points=7, title="Weights of the output layer and of one layer alone")
def gradient_output_weights(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        expect_gradients(student, solution, rng, 9, [f"w{len(sizes) - 1}"], sizes=sizes)


@check("NeuralNetwork.calculate_gradients", points=7, title="Weights of the hidden layers")
def gradient_hidden_weights(student, solution, rng):
    expect_gradients(student, solution, rng, 9, ["w2", "w1"])


@check("NeuralNetwork.calculate_gradients", points=6, title="Biases of every layer")
def gradient_biases(student, solution, rng):
    expect_gradients(student, solution, rng, 9, ["b3", "b2", "b1"])


@check("NeuralNetwork.calculate_gradients", points=9, title="The penalty's part is λ/n·w in batches of any size")
def gradient_penalty(student, solution, rng):
    for m, n in [(9, TRAINING_SIZE), (17, TRAINING_SIZE), (9, 31)]:
        expect_gradients(student, solution, rng, m, lambd=LAMBD, training_size=n)


@check("NeuralNetwork.calculate_gradients", points=2, title="A single sample, a batch without some classes")
def gradient_other_batches(student, solution, rng):
    for m, sizes in [(1, DEEP), (3, (5, 8, 6))]:
        expect_gradients(student, solution, rng, m, lambd=LAMBD, sizes=sizes)


@check("NeuralNetwork.calculate_gradients", points=2, title="The derivative of your own cost, by central differences")
def gradient_own_cost(student, rng):
    sizes = (4, 5, 3)
    parameters, data = random_parameters(rng, sizes), batch(rng, 7, sizes)
    net = network(student, parameters, sizes)
    gradients = net.calculate_gradients(*data, LAMBD)

    def costs(points):
        found = []
        for point in points:
            net.parameters = point
            found.append(net.cost(*data, LAMBD))
        return found

    expect(gradients, "gradients").gradient_of(costs, at=parameters, rng=rng)


@check("NeuralNetwork.calculate_gradients", points=2, title="Called twice it gives the same, and changes no argument")
def gradient_is_a_function(student, rng):
    net = network(student, random_parameters(rng, DEEP))
    data = batch(rng, 9, DEEP)
    is_deterministic(net.calculate_gradients, *data, LAMBD)
    leaves_arguments_alone(net.calculate_gradients, *data, LAMBD)


# update_parameters


@check("NeuralNetwork.update_parameters", points=4, title="Every parameter goes a step against its gradient")
def update_step(student, solution, rng):
    found, right = pair(student, solution, rng)
    gradients = random_parameters(rng, DEEP)
    for net in (found, right):
        net.update_parameters(gradients, 0.23)
    expect(found.parameters, "parameters").close_to(right.parameters)


# train

TRAINING = {"epochs": 3, "batch_size": 10, "learning_rate": 0.5, "lambd": 2.0}
SIZES = (784, 30, 10)
ACCURACY_SHARE = 0.9  # of the reference's, on the test images


@check("NeuralNetwork.train", points=5, title="Accuracy on test images with λ = 2, in batches of 10")
def train_accuracy(student, solution, dataset):
    run = trained(student, solution, dataset)
    reference = solution.remembered(("train_accuracy", dataset.X_train), lambda: trained(solution, solution, dataset))
    note_own_training(
        "NeuralNetwork.train",
        dataset,
        {"train_cost": run["costs"]},
        {"train_cost": reference["costs"]},
        test_accuracy=accuracy(run["labels"], dataset.y_test),
        reference_test_accuracy=accuracy(reference["labels"], dataset.y_test),
        evidence=TrainingEvidence(
            outputs="sigmoids",
            class_shares=np.bincount(dataset.y_train, minlength=10) / len(dataset.y_train),
            weights_before=weight_matrices(run["before"]),
            weights_after=weight_matrices(run["after"]),
            predicted=run["labels"],
        ),
    )
    wanted = accuracy(reference["labels"], dataset.y_test)
    expect(accuracy(run["labels"], dataset.y_test), "the accuracy on test images").is_at_least(
        ACCURACY_SHARE * wanted, what=f"{ACCURACY_SHARE:.0%} of the reference's {wanted:.3f}"
    )


def trained(implementation, solution, dataset):
    """An implementation's own training: its costs, its parameters before and after, what it says of the test images."""
    net = implementation.NeuralNetwork(list(SIZES), len(dataset.X_train))
    before = net.parameters
    costs = net.train(dataset.X_train, one_hot(dataset.y_train), *TRAINING.values())
    after = net.parameters
    return {"costs": costs, "before": before, "after": after, "labels": labels(solution, after, dataset.X_test)}


def labels(solution, parameters, images):
    """What the solution says with these parameters; None if they are no such parameters."""
    net = network(solution, parameters, SIZES)
    try:
        return net.predict(images)
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


@check("NeuralNetwork.train", points=3, title="One number per epoch: the cost of the whole training set")
def train_costs(student, solution, rng):
    sizes = (5, 6, 3)
    x, y = batch(rng, 40, sizes)
    net = student.NeuralNetwork(list(sizes), len(x))
    costs = net.train(x, y, 4, 7, 0.3, LAMBD)
    right = network(solution, net.parameters, sizes, len(x)).cost(x, y, LAMBD)
    if not isinstance(costs, list | tuple) or len(costs) != 4:
        fail("training for 4 epochs must return a list of 4 costs")
    else:
        expect(costs[-1], "the cost after the last epoch").close_to(right)


@check("NeuralNetwork.train", points=1, title="An epoch makes as many steps as there are mini-batches")
def train_batches(student, solution, rng):
    sizes, n = (5, 6, 3), 11
    parameters = random_parameters(rng, sizes)
    x, y = (np.repeat(row, n, axis=0) for row in batch(rng, 1, sizes))  # all alike, so that their order is nothing
    found, right = (network(side, parameters, sizes, n) for side in (student, solution))
    for net in (found, right):
        net.train(x, y, 2, 4, 0.3, LAMBD)
    expect(found.parameters, "parameters after two epochs of 11 samples in mini-batches of 4").close_to(
        right.parameters
    )


@check("NeuralNetwork.train", points=1, title="Every parameter is trained")
def train_moves_everything(student, rng):
    sizes = (5, 6, 4, 3)
    net = student.NeuralNetwork(list(sizes), 40)
    before = net.parameters
    net.train(*batch(rng, 40, sizes), 2, 7, 0.3, 0.0)
    after = net.parameters
    if still := [name for name in before if np.array_equal(before[name], after.get(name))]:
        fail(f"{', '.join(still)} {'is' if len(still) == 1 else 'are'} the same before and after training")


# predict


@check("NeuralNetwork.predict", points=4, title="The class with the largest output")
def predict_labels(student, solution, rng):
    found, right = pair(student, solution, rng)
    for m in (23, 4, 1):
        x, _ = batch(rng, m, DEEP)
        expect(found.predict(x), f"labels of {m} samples").equals(right.predict(x))
