"""`train`: which samples a step takes."""

import numpy as np

from grader.assignments import Place, mistake

_DRAW = "A step draws `batch_size` samples at random from all of them."


@mistake(
    "train.drawn-from-the-first-batch",
    step="drawn",
    title="Only the first `batch_size` samples are ever drawn",
    explain=f"{_DRAW} Yours come from the first ones, and what is beyond is never seen. "
    "`np.random.choice(batch_size, …)` draws from 0 … batch_size − 1. `random.shuffle`, which is for lists, does it "
    "too: in an array it overwrites rows by rows before them, so that the first rows are always of the first samples; "
    "`np.random.shuffle(a)` keeps all.",
    hints=("Does the training change when the last samples do?", "What can the first rows of your draw be?"),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def drawn_from_the_first_batch(right, count, size):
    return right(size, size)


@mistake(
    "train.some-samples-never-drawn",
    step="drawn",
    title="Some samples are never drawn",
    explain=f"{_DRAW} Yours leaves some out, whatever the step.",
    hints=("What is the largest index that your draw can give?", "Look at the range of your random numbers."),
    place=Place(calls="choice|permutation|shuffle|randint"),
)
def some_samples_never_drawn(right, count, size):
    return right(count - 1, size)


@mistake(
    "train.samples-in-their-order",
    step="of_a_step",
    title="The samples come in their order: nothing is random",
    explain=f"{_DRAW} In the order of the file a step may have one class only, and every epoch is the same.",
    hints=("Which samples does the second step have?", "What is random in your step?"),
)
def samples_in_their_order(batch, step, count):
    return np.arange(step * len(batch), (step + 1) * len(batch)) % count
