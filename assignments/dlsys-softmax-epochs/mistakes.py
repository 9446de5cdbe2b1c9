"""What goes wrong in an epoch, beside its steps."""

import numpy as np

from grader.assignments import Place, mistake

_ORDER = "An epoch goes through all samples once, `batch` of them at a time, in their order."
_HINTS = ["How many steps has an epoch of 12 samples with batches of 3?", "Look at the bounds of the loop."]


def about_batches(code, title, explain):
    return mistake(f"epoch.{code}", step="parts", title=title, explain=f"{_ORDER} {explain}", hints=_HINTS)


@about_batches("all-at-once", "The whole data make up one step", "Yours makes a single step with all of them.")
def all_at_once(n, batch):
    return [slice(0, n)]


@about_batches("first-batch-alone", "Only the first batch is used", "Yours ends after the first step.")
def first_batch_alone(n, batch):
    return [slice(0, batch)]


@about_batches("first-batch-again", "Every step uses the first batch", "Yours makes each step with the same samples.")
def first_batch_again(n, batch):
    return [slice(0, batch)] * (n // batch)


@about_batches("last-batch-left-out", "The last batch is left out", "Yours ends one step too early.")
def last_batch_left_out(right, n, batch):
    return right(n, batch)[:-1]


@about_batches("sample-by-sample", "Each sample makes up a step of its own", "Yours makes as many steps as samples.")
def sample_by_sample(n, batch):
    return [slice(i, i + 1) for i in range(n)]


@mistake(
    "epoch.averaged-over-all-samples",
    step="samples_of_a_step",
    title="The gradient of a batch is divided by the number of all samples",
    explain="A step goes against the gradient of the mean loss of its batch, so the division is by `batch`. Yours "
    "makes the steps too short by the number of batches.",
    hints=["How does a step change when there are more batches?", "`X.shape[0]`, or the number of rows of the batch?"],
)
def averaged_over_all_samples(X, part):
    return len(X)


@mistake(
    "epoch.not-in-place",
    step="store",
    title="The caller's array stays as it was",
    explain="Either what is taken off comes to 0, or it goes elsewhere: `theta = theta - …` gives a local name another "
    "array, and the array that was passed in does not change. `theta -= …` and `theta[:] = …` change it.",
    hints=["Does the caller see the new values?", "Which statement writes into the array that was passed in?"],
    place=Place(looks=r"^(theta|W1|W2) = \1 [-+]", first=True),
)
def not_in_place(parameter, value):
    pass


_ROWS = "Each row is a sample, and its probabilities are its exponentials divided by their own sum."


@mistake(
    "gradient.normalised-over-the-batch",
    step="probabilities",
    title="The exponentials are divided by the sums of their columns, over the batch",
    explain=f"{_ROWS} With `axis=0` the sums go over the samples.",
    hints=["What does each row of your probabilities sum to?", "Look at the `axis` of the sum."],
)
def normalised_over_the_batch(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=0)


@mistake(
    "gradient.normalised-over-everything",
    step="probabilities",
    title="The exponentials are divided by the sum of all of them",
    explain=f"{_ROWS} `np.sum` without `axis` adds up the whole batch.",
    hints=["What does each row of your probabilities sum to?", "The sum needs an `axis`."],
)
def normalised_over_everything(Z):
    return np.exp(Z) / np.exp(Z).sum()
