"""Steps, batches and the costs that `train` reports."""

import numpy as np

from grader.assignments import mistake, probe


@mistake(
    "update.biases-never-changed",
    step="update",
    title="The biases are never changed",
    explain="A step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which of the parameters are different after a step?", "Over what does the loop of the step run?"),
)
def biases_never_changed(right, value, gradient, rate):
    return value if value.shape[0] == 1 else right(value, gradient, rate)


@mistake(
    "train.last-batch-lost",
    step="batches",
    title="The last, smaller mini-batch is left out",
    explain="An epoch goes through all samples. Where the batch size does not divide their number, `n // size` batches "
    "lose the rest.",
    hints=("How many steps are there for 11 samples in batches of 4?", "Floor or ceiling?"),
)
def last_batch_lost(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size + 1, batch_size)]


@mistake(
    "train.one-batch-per-epoch",
    step="batches",
    title="Each epoch makes one step only",
    explain="An epoch goes through all samples, one mini-batch after the other; yours takes the first and ends.",
    hints=("How many steps are there for 11 samples in batches of 4?", "Is there a `return` or `break` in the loop?"),
)
def one_batch_per_epoch(order, batch_size):
    return [order[:batch_size]]


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


@probe("NeuralNetwork.train")
def training_without_chance(student, rng):
    """Training in which order does not matter: on the whole set at once, and on samples that are all alike."""
    sizes, n = (5, 6, 3), 11
    parameters = {
        name: rng.normal(size=shape) for name, shape in {"w1": (5, 6), "b1": (1, 6), "w2": (6, 3), "b2": (1, 3)}.items()
    }
    x, y = rng.normal(size=(n, 5)), np.eye(3)[rng.integers(3, size=n)]
    found = {}
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
