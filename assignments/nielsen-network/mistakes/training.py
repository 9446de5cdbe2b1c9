"""Monitored training."""

from grader.assignments import mistake

_CURVES = "The contract wants each curve measured after the epoch, over the whole of the data."


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
    step="measured_first",
    title="The curves are measured before each epoch instead of after it",
    explain=_CURVES,
    hints=("What is the first entry of your curves for eta = 0 and for eta = 1?", "Where does the measurement stand?"),
)
def measured_before_the_epoch():
    return True


@mistake(
    "stochastic_gradient_descent.penalties-not-passed-on",
    step="passed_on",
    title="λ₁ and λ₂ are not passed on to the steps",
    explain="`update_mini_batch` needs both strengths; with 0 in their place the training knows no penalty.",
    hints=("Do the trained weights change with λ?", "What is given to `update_mini_batch`?"),
)
def penalties_not_passed_on(lmbda_L1, lmbda_L2):
    return 0.0, 0.0
