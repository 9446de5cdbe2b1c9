"""What is summed over the samples of a batch, what is averaged, and the step."""

import numpy as np

from grader.assignments import Place, mistake

_BIAS = ".*bias.*|d?b\\d?.*"


_BIAS_RULE = (
    "A bias is added to its unit in every sample, so its change is the sum of that unit's errors: one number per unit."
)
_TOTAL = "The step uses the mean over all samples of the batch, so each sample has to be added to a running total."


@mistake(
    "train.bias-change-one-number",
    step="bias_part",
    title="`np.sum` makes one number of a layer's errors: all its biases move alike",
    explain=f"{_BIAS_RULE} For a single sample the error is a vector already; `np.sum(error, axis=0)` adds its "
    "entries up. (In a batch, where the errors are a matrix, axis 0 runs over the samples.) At the softmax that number "
    "is 0, since the entries of $y - p$ cancel.",
    hints=(
        "How many biases has the layer, and how many different changes do they get?",
        "What is the shape of the error inside the loop, and over what does `axis=0` sum then?",
    ),
    place=Place(assigns=_BIAS, calls="sum"),
)
def bias_change_one_number(error):
    return np.sum(error)


@mistake(
    "train.bias-change-of-last-sample",
    step="accumulated_biases",
    title="The bias changes are overwritten by each sample instead of accumulated",
    explain=f"{_TOTAL} `=` inside the loop keeps the last sample's; after the division by n the biases learn n times "
    "too slowly, and from one sample only.",
    hints=(
        "Does the step change when the first sample of the batch does?",
        "Compare the lines of the weights with those of the biases: `=` or `+=`?",
    ),
    place=Place(assigns=_BIAS),
)
def bias_change_of_last_sample(total, part):
    return total * 0 + part


@mistake(
    "train.weight-change-of-last-sample",
    step="accumulated_weights",
    title="The weight changes are overwritten by each sample instead of accumulated",
    explain=f"{_TOTAL} `=` inside the loop keeps the last sample's.",
    hints=("Does the step change when the first sample of the batch does?", "`=` or `+=`?"),
    place=Place(assigns=".*weight.*|d?[wW]\\d?.*"),
)
def weight_change_of_last_sample(total, part):
    return part


@mistake(
    "train.biases-never-changed",
    step="updated_bias",
    title="The biases are never changed",
    explain="The step changes weights and biases alike; yours leaves the biases where they were.",
    hints=("Which of your attributes are different after a step?", "Look at the end of `train`."),
)
def biases_never_changed(value, change, lr):
    return value


@mistake(
    "train.weights-never-changed",
    step="updated_weights",
    title="The weights are never changed",
    explain="The step changes weights and biases alike; yours leaves the weights where they were.",
    hints=("Which of your attributes are different after a step?", "Look at the end of `train`."),
)
def weights_never_changed(value, change, lr):
    return value


@mistake(
    "train.summed-over-samples",
    step="averaged",
    title="The changes are summed over the samples, not averaged",
    explain="The cost is a mean over the batch, and so is its gradient; yours grows with the batch.",
    hints=("How does the step change when every sample is given twice?", "Where is the division by n?"),
)
def summed_over_samples(total, samples):
    return total


@mistake(
    "train.averaged-twice",
    step="averaged",
    title="The changes are divided by the number of samples twice",
    explain="The cost is a mean over the batch; one division by n makes it one.",
    hints=("How often do you divide by n?", "Is there a division inside the loop as well?"),
)
def averaged_twice(total, samples):
    return total / samples**2


@mistake(
    "train.learning-rate-ignored",
    step="change_of",
    title="The learning rate is not used",
    explain="A step is the learning rate times the mean change; yours takes the whole change.",
    hints=("What is different when `lr` is?", "Where does `self.lr` appear?"),
)
def learning_rate_ignored(mean, lr):
    return mean


@mistake(
    "train.learning-rate-twice",
    step="change_of",
    title="The learning rate is multiplied in twice",
    explain="A step is the learning rate times the mean change; yours has the square of it.",
    hints=("How does the step change when `lr` doubles?", "Where does `self.lr` appear?"),
)
def learning_rate_twice(mean, lr):
    return lr**2 * mean


_ONE_STEP = (
    "A batch makes one step: all its samples see the same weights, and the mean of what they ask for is changed at the "
    "end."
)


@mistake(
    "train.each-sample-a-full-step",
    step="steps_of",
    title="Every sample makes a step of its own, with the whole learning rate",
    explain=f"{_ONE_STEP} Yours changes the weights inside the loop over the samples, and does not divide by their "
    "number. The second sample is judged by weights that the first one has moved, and n samples together go about n "
    "times as far as the step that is asked for: with a learning rate that suits a batch the cost jumps about. For a "
    "single sample both are the same, which hides it.",
    hints=(
        "With which weights is the second sample of a batch judged: those from before the first, or from after it?",
        "How often are the weights changed in one call of `train`? Call it with one sample, then with the same twice.",
    ),
)
def each_sample_a_full_step(features, targets):
    return [(x[None], y[None], 1) for x, y in zip(features, targets, strict=True)]


@mistake(
    "train.weights-changed-between-samples",
    step="steps_of",
    title="The weights are changed inside the loop over the samples",
    explain=f"{_ONE_STEP} Yours changes them after every sample, by its n-th part. The later samples are judged by "
    "weights that the earlier ones have moved: the result depends on their order.",
    hints=(
        "With which weights is the second sample of a batch judged: those from before the first, or from after it?",
        "Does the result change when the samples come in another order?",
    ),
)
def weights_changed_between_samples(features, targets):
    return [(x[None], y[None], len(features)) for x, y in zip(features, targets, strict=True)]
