"""`train`: which samples a step takes."""

import numpy as np

from grader.assignments import Place, mistake

_DRAW = "A step draws `batch_size` samples at random from all of them."


@mistake(
    "train.samples-and-labels-drawn-apart",
    step="drawn",
    title="Samples and labels are drawn apart, so that they do not belong together",
    explain="Draw indices once, and take both with them: `X[indices]`, `y[indices]`. Two draws give every sample the "
    "label of another; the network learns nothing but the shares of the classes.",
    hints=("Which label does the first sample of a batch get?", "How many random draws does a step make?"),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def samples_and_labels_drawn_apart(X, y, batch_size, step, rng):
    return X[rng.choice(len(X), batch_size)], y[rng.choice(len(X), batch_size)]


@mistake(
    "train.always-the-first-batch",
    step="drawn",
    title="Every step has the first samples",
    explain=f"{_DRAW} `X[:batch_size]` never sees the others.",
    hints=("Does the training change when the last samples do?", "What is random in your step?"),
)
def always_the_first_batch(X, y, batch_size, step, rng):
    return X[:batch_size], y[:batch_size]


@mistake(
    "train.always-the-same-batch",
    step="drawn",
    title="Every step has the same samples",
    explain=f"{_DRAW} Drawn once before the loop, or after setting the seed in it, they are the same in every step, "
    "and the others are never seen.",
    hints=(
        "Do two steps have different samples? Print the indices.",
        "Where are they drawn: inside the loop? And is a seed set there?",
    ),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def always_the_same_batch(X, y, batch_size, step, rng):
    return X[-batch_size:], y[-batch_size:]


@mistake(
    "train.drawn-from-the-first-batch",
    step="drawn",
    title="The indices are drawn from the first `batch_size` samples",
    explain=f"{_DRAW} `np.random.choice(batch_size, …)` draws from 0 … batch_size − 1: what is beyond is never seen.",
    hints=("Does the training change when the last samples do?", "Look at the first argument of your random draw."),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def drawn_from_the_first_batch(X, y, batch_size, step, rng):
    batch = rng.choice(batch_size, batch_size)
    return X[batch], y[batch]


@mistake(
    "train.some-samples-never-drawn",
    step="drawn",
    title="Some samples are never drawn",
    explain=f"{_DRAW} Yours leaves some out, whatever the step.",
    hints=("What is the largest index that your draw can give?", "Look at the range of your random numbers."),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def some_samples_never_drawn(X, y, batch_size, step, rng):
    batch = rng.choice(len(X) - 1, batch_size)
    return X[batch], y[batch]


@mistake(
    "train.all-samples-in-every-step",
    step="drawn",
    title="Every step takes all samples",
    explain=f"{_DRAW} Yours does not use `batch_size`.",
    hints=("How many samples does `loss` get in a step?", "Where is `batch_size` used?"),
)
def all_samples_in_every_step(X, y, batch_size, step, rng):
    return X, y


@mistake(
    "train.one-sample-in-every-step",
    step="drawn",
    title="Every step takes a single sample",
    explain=f"{_DRAW} Yours draws one.",
    hints=("How many samples does `loss` get in a step?", "What does your random draw return?"),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def one_sample_in_every_step(X, y, batch_size, step, rng):
    i = rng.integers(len(X))
    return X[i : i + 1], y[i : i + 1]


@mistake(
    "train.samples-in-their-order",
    step="drawn",
    title="The samples come in their order: nothing is random",
    explain=f"{_DRAW} In the order of the file a step may have one class only, and every epoch is the same.",
    hints=("Which samples does the second step have?", "What is random in your step?"),
)
def samples_in_their_order(X, y, batch_size, step, rng):
    batch = np.arange(step * batch_size, (step + 1) * batch_size) % len(X)
    return X[batch], y[batch]
