"""Steps, batches and the costs that `train` reports."""

import numpy as np

from grader.assignments import mistake, probe


@mistake(
    "train.cost-without-penalty",
    step="reported_cost",
    title="The costs that are returned lack the penalty",
    explain="`train` returns `cost` for the λ that it was given; yours is the cost for λ = 0.",
    hints=("Do the returned costs change with λ?", "With which λ is `cost` called?"),
)
def cost_without_penalty(network, x, y, last_batch, lambd):
    return network.cost(x, y, 0.0)


@mistake(
    "train.cost-of-last-batch",
    step="reported_cost",
    title="The costs that are returned are those of the last mini-batch",
    explain="A mini-batch is a small sample, and its cost jumps from epoch to epoch; the whole training set "
    "is asked for.",
    hints=("Over how many samples is your cost a mean?", "What is handed to `cost` at the end of an epoch?"),
)
def cost_of_last_batch(network, x, y, last_batch, lambd):
    return network.cost(x[last_batch], y[last_batch], lambd)


@mistake(
    "train.labels-not-shuffled",
    step="labels_of",
    title="The inputs are shuffled, and their labels are not",
    explain="A sample is an input and its label: whatever order the inputs get, the labels need the same one. "
    "Otherwise every image has the label of another, and there is nothing to learn but how frequent each label is.",
    hints=("Which label belongs to the first image of a mini-batch?", "Is y indexed as x is?"),
)
def labels_not_shuffled(y, batch, start):
    return y[start : start + len(batch)]


def goes_along(student, parameters, x, y, rate=1e-3):
    """Whether a step on all samples is one against the network's own gradient, judged elsewhere."""
    net = student.NeuralNetwork([5, 6, 3], len(x))
    net.parameters = parameters
    gradients = net.calculate_gradients(x, y, 0.7)
    net.train(x, y, 1, len(x), rate, 0.7)
    after = net.parameters
    return all(np.allclose(after[key] - parameters[key], -rate * gradients[key], rtol=1e-4) for key in parameters)


@probe("NeuralNetwork.train")
def training_without_chance(student, rng):
    """Training in which order does not matter: on the whole set at once, and on samples that are all alike."""
    sizes, n = (5, 6, 3), 11
    parameters = {
        name: rng.normal(size=shape) for name, shape in {"w1": (5, 6), "b1": (1, 6), "w2": (6, 3), "b2": (1, 3)}.items()
    }
    x, y = rng.normal(size=(n, 5)), np.eye(3)[rng.integers(3, size=n)]
    alike = np.repeat(y[:1], n, axis=0)
    found = {
        "along the gradient, where all labels are alike": goes_along(student, parameters, x, alike),
        "along the gradient": goes_along(student, parameters, x, y),
    }
    if found["along the gradient, where all labels are alike"] and not found["along the gradient"]:
        return found  # whose order is drawn, so that nothing else is the same again
    for name, (images, labels, size) in {
        "at once": (x, y, n),
        "alike": (np.repeat(x[:1], n, axis=0), np.repeat(y[:1], n, axis=0), 4),
    }.items():
        net = student.NeuralNetwork(list(sizes), n)
        net.parameters = parameters
        found[f"costs, {name}"] = np.array(net.train(images, labels, 2, size, 0.3, 0.7))
        found |= {f"{key}, {name}": value for key, value in net.parameters.items()}
    net = student.NeuralNetwork(list(sizes), n)
    net.parameters = parameters
    (reported,) = net.train(x, y, 1, 4, 0.0, 0.7)
    found["cost of all samples"] = np.array(reported)
    return found
