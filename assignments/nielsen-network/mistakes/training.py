"""Monitored training."""

import numpy as np

from grader.assignments import Place, mistake

_CURVES = "The contract wants each curve measured after the epoch, over the whole of the data."


@mistake(
    "stochastic_gradient_descent.last-batch-lost",
    step="batches",
    title="The samples left over at the end of an epoch are not used",
    explain="When the batch size does not divide the number of samples, the last mini-batch is smaller. `n // "
    "batch_size` mini-batches leave it out.",
    hints=("How many mini-batches are there for 7 samples and a batch size of 3?", "Look at the range of your loop."),
    place=Place(calls="range"),
)
def last_batch_lost(order, batch_size):
    return [order[i : i + batch_size] for i in range(0, len(order) - batch_size + 1, batch_size)]


@mistake(
    "stochastic_gradient_descent.first-batch-only",
    step="batches",
    title="Each epoch makes one step, on one mini-batch",
    explain="An epoch goes through all samples, mini-batch by mini-batch.",
    hints=("How many steps does an epoch make?", "Is there a loop over the mini-batches?"),
    place=Place(calls="range"),
)
def first_batch_only(order, batch_size):
    return [order[:batch_size]]


@mistake(
    "stochastic_gradient_descent.not-shuffled",
    step="shuffled",
    title="The samples are never shuffled",
    explain="In a fixed order every epoch makes the same mini-batches, and sorted data are learnt class by class.",
    hints=("In which order do the samples come in the second epoch?", "Where is the shuffling?"),
)
def not_shuffled(samples, rng):
    return np.arange(samples)


@mistake(
    "stochastic_gradient_descent.penalty-in-the-curves",
    step="monitored_cost",
    title="The monitored costs contain the penalty",
    explain="The curves are of the cost of the data alone: with the penalty in it, training and test data of different "
    "numbers, and runs with different λ, cannot be compared.",
    hints=("Do your curves change with λ when the weights stay the same?", "What is given to `total_cost`?"),
)
def penalty_in_the_curves(net, data, lmbda_L1, lmbda_L2):
    return net.total_cost(data, lmbda_L1, lmbda_L2)


@mistake(
    "stochastic_gradient_descent.cost-of-the-last-sample",
    step="monitored_cost",
    title="The monitored cost is that of the last sample",
    explain=_CURVES,
    hints=("Over which samples is your curve measured?", "What is given to `total_cost`?"),
)
def cost_of_the_last_sample(net, data, lmbda_L1, lmbda_L2):
    return net.total_cost(data[-1:])


@mistake(
    "stochastic_gradient_descent.curves-swapped",
    step="measure",
    title="The curves of training and test data are swapped",
    explain=_CURVES,
    hints=("Which data does `test_cost` belong to?", "In which order are the data given to the measurement?"),
)
def curves_swapped(right, curves, net, training_data, test_data, lmbda_L1, lmbda_L2):
    right(curves, net, test_data, training_data, lmbda_L1, lmbda_L2)


@mistake(
    "stochastic_gradient_descent.training-data-measured-twice",
    step="measure",
    title="The test curves are measured on the training data",
    explain=f"{_CURVES} Equal curves for both hide overfitting.",
    hints=("In what do your train and test curves differ?", "Which data is given to the second measurement?"),
)
def training_data_measured_twice(right, curves, net, training_data, test_data, lmbda_L1, lmbda_L2):
    right(curves, net, training_data, training_data, lmbda_L1, lmbda_L2)


@mistake(
    "stochastic_gradient_descent.measured-before-the-epoch",
    step="NN2.stochastic_gradient_descent",
    title="The curves are measured before each epoch instead of after it",
    explain=_CURVES,
    hints=("What is the first entry of your curves for eta = 0 and for eta = 1?", "Where does the measurement stand?"),
)
def measured_before_the_epoch(
    self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
):
    n = len(training_data)
    curves = {"epoch": [], "train_accuracy": [], "test_accuracy": [], "train_cost": [], "test_cost": []}
    for epoch in range(epochs):
        if monitoring:
            curves["epoch"].append(epoch)
            for name, data in (("train", training_data), ("test", test_data)):
                curves[f"{name}_cost"].append(self.total_cost(data))
                curves[f"{name}_accuracy"].append(self.accuracy(data))
        order = self.rng.permutation(n)
        for start in range(0, n, batch_size):
            batch = [training_data[i] for i in order[start : start + batch_size]]
            self.update_mini_batch(batch, eta, lmbda_L1, lmbda_L2, n)
    return curves


@mistake(
    "stochastic_gradient_descent.n-is-the-batch-size",
    step="NN2.stochastic_gradient_descent",
    title="The penalties are divided by the size of the mini-batch instead of the training set",
    explain="$\\lambda/n$ has the number of *all* training samples. Divided by the mini-batch's it is n/m times too "
    "strong: with 1000 samples and mini-batches of 10 a hundred times.",
    hints=("What is given to `update_mini_batch` as n?", "Does your penalty depend on the batch size?"),
)
def n_is_the_batch_size(
    self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
):
    curves = {"epoch": [], "train_accuracy": [], "test_accuracy": [], "train_cost": [], "test_cost": []}
    for epoch in range(epochs):
        order = self.rng.permutation(len(training_data))
        for start in range(0, len(training_data), batch_size):
            batch = [training_data[i] for i in order[start : start + batch_size]]
            self.update_mini_batch(batch, eta, lmbda_L1, lmbda_L2, len(batch))
        if monitoring:
            curves["epoch"].append(epoch)
            for name, data in (("train", training_data), ("test", test_data)):
                curves[f"{name}_cost"].append(self.total_cost(data))
                curves[f"{name}_accuracy"].append(self.accuracy(data))
    return curves


@mistake(
    "stochastic_gradient_descent.penalties-not-passed-on",
    step="NN2.stochastic_gradient_descent",
    title="λ₁ and λ₂ are not passed on to the steps",
    explain="`update_mini_batch` needs both strengths; with 0 in their place the training knows no penalty.",
    hints=("Do the trained weights change with λ?", "What is given to `update_mini_batch`?"),
)
def penalties_not_passed_on(
    self, training_data, test_data, epochs, batch_size, eta, lmbda_L1=0.0, lmbda_L2=0.0, monitoring=True
):
    return n_is_the_batch_size(self, training_data, test_data, epochs, batch_size, eta, 0.0, 0.0, monitoring)
