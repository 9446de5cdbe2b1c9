"""One step for a batch, or one for each of its samples; and whose errors the biases feel."""

from grader.assignments import Place, mistake

_ONE_STEP = (
    "A batch makes one step: all its samples see the same weights, and the mean of what they ask for is changed at the "
    "end."
)
_WHICH_WEIGHTS = (
    "With which weights is the second sample of a batch judged: those from before the first, or from after it?"
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
        _WHICH_WEIGHTS,
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
    hints=(_WHICH_WEIGHTS, "Does the result change when the samples come in another order?"),
)
def weights_changed_between_samples(features, targets):
    return [(x[None], y[None], len(features)) for x, y in zip(features, targets, strict=True)]


@mistake(
    "train.bias-change-of-last-sample",
    step="errors_of_the_biases",
    title="The bias changes are overwritten by each sample instead of accumulated",
    explain="The step uses the mean over all samples of the batch, so each sample has to be added to a running total. "
    "`=` inside the loop keeps the last sample's; after the division by n the biases learn n times too slowly, and "
    "from one sample only.",
    hints=(
        "Does the step change when the first sample of the batch does?",
        "Compare the lines of the weights with those of the biases: `=` or `+=`?",
    ),
    place=Place(assigns=".*bias.*|d?b\\d?.*"),
)
def bias_change_of_last_sample(deltas):
    return deltas[-1:]
