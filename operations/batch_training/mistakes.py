"""What goes wrong in mini-batch gradient descent."""

import numpy as np

from grader.assignments import Place
from operations.batch_training.operation import batch_training
from reference import batch_training as formula

_STEP = "Each step subtracts the gradient times the learning rate, $W \\leftarrow W - \\eta \\, dW$."


@batch_training.mistake(
    "train.averaged-again",
    step="gradients",
    title="The step is divided by the number of samples once more",
    explain=f"{_STEP} The gradient is that of a mean already. Divided by the batch size again, the steps are that "
    "many times "
    "too small, and the training hardly moves.",
    hints=(
        "Which divisions by the number of samples are there on the way from the cost to the step?",
        "Look for `/ n`.",
    ),
)
def averaged_again(right, params, X, Y, lam):
    return {key: gradient / len(X) for key, gradient in right(params, X, Y, lam).items()}


@batch_training.mistake(
    "train.penalty-ignored",
    step="gradients",
    title="λ has no effect on the training",
    explain="The gradient of the penalty must be in every step. Yours is the gradient for λ = 0: `lam` is not passed "
    "on.",
    hints=("Do the trained weights change when λ does?", "What do you pass to `backward` as λ?"),
    place=Place(calls="backward"),
)
def penalty_ignored(right, params, X, Y, lam):
    return right(params, X, Y, 0.0)


@batch_training.mistake(
    "train.labels-not-shuffled",
    step="shuffled",
    title="Images and labels are shuffled apart from each other",
    explain="After shuffling, every image must still stand beside its own label: one permutation for both. Yours "
    "gives images "
    "the labels of others, so there is nothing to learn: the accuracy stays at chance.",
    hints=("Which label stands beside the first image after shuffling?", "Is one permutation used for `X` and `Y`?"),
    place=Place(calls="shuffle|permutation"),
)
def labels_not_shuffled(X, Y, rng):
    return X[rng.permutation(len(X))], Y


@batch_training.mistake(
    "train.samples-lost-while-shuffling",
    step="shuffled",
    title="Shuffling loses samples: some rows are doubled, others overwritten",
    explain="After each epoch's shuffling some samples are there twice and others are gone, until a few are left. "
    "Rows of an array that are exchanged by `a[i], a[j] = a[j], a[i]` are views: the first one is overwritten before "
    "it is copied, so that both hold the same sample; `random.shuffle`, which is for lists, does just that. Drawing "
    "with replacement from what was drawn before does it too. `np.random.shuffle(a)` and `a[permutation]` keep them.",
    hints=(
        "How many different rows has your array after shuffling it twenty times?",
        "What is `random.shuffle` made for, and what does `a[i], a[j] = a[j], a[i]` do to the rows of an array?",
    ),
    place=Place(calls="shuffle"),
)
def samples_lost_while_shuffling(X, Y, rng):
    X, Y = X.copy(), Y.copy()
    for i in reversed(range(1, len(X))):
        j = rng.integers(i + 1)
        X[i], Y[i] = X[j], Y[j]
    return X, Y


@batch_training.mistake(
    "train.cost-without-penalty",
    step="epoch_record",
    title="The cost in the history leaves the penalty out",
    explain="What is minimised is cross-entropy plus penalty, and the task asks for that cost.",
    hints=("Does the recorded cost depend on λ?", "Which two parts does the cost have?"),
)
def cost_without_penalty(right, params, X, Y, lam):
    return right(params, X, Y, 0.0)


@batch_training.mistake(
    "train.history-of-a-part",
    step="epoch_record",
    title="The history tells cost and accuracy of a part of the training set only",
    explain="The task asks for both on the whole training set. The values of the last mini-batch jump up and down, "
    "and say "
    "little about the rest.",
    hints=(
        "On how many samples are the recorded cost and accuracy computed?",
        "What do `X` and `Y` hold after the batch loop?",
    ),
)
def history_of_a_part(right, params, X, Y, lam):
    return right(params, X[-2:], Y[-2:], lam)


@batch_training.mistake(
    "train.history-before-the-steps",
    step="train",
    title="The history tells of each epoch what the network was like before its steps",
    explain="An entry of the history belongs to the end of its epoch. Yours tells of the weights before its steps: the "
    "first one of weights that have learned nothing, and what the last epoch did is in none.",
    hints=(
        "Which weights does the first entry of your history belong to?",
        "Does what is recorded stand above or below the loop over the batches?",
    ),
    place=Place(calls="append"),
)
def history_before_the_steps(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params = formula.initial_params(layer_sizes, rng)
    history = []
    for _ in range(epochs):
        history.append(formula.epoch_record(params, X, Y, lam))
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            gradients = formula.gradients(params, X[batch], Y[batch], lam)
            params = {key: value - lr * gradients[key] for key, value in params.items()}
    return params, history


@batch_training.mistake(
    "train.accuracy-over-entries",
    step="accuracy",
    title="The accuracy compares one-hot entries instead of classes",
    explain="With k classes, $k - 2$ of the entries agree even for a wrong answer (both 0), so this reads $1 - "
    "\\frac{2}{k}$ for a "
    "network that is always wrong: 0.8 for ten classes. Compare the classes, `np.argmax(…, axis=1)`.",
    hints=("What would your accuracy be if every answer was wrong?", "How many comparisons are made for one sample?"),
)
def accuracy_over_entries(probs, Y):
    return float(np.mean(np.eye(Y.shape[1])[np.argmax(probs, axis=1)] == Y))


@batch_training.mistake(
    "train.accuracy-over-samples",
    step="accuracy",
    title="The accuracy looks for the largest entry among the samples, not among the classes",
    explain="A row is a sample, and its class is the column of the largest entry: `np.argmax(…, axis=1)`, one answer "
    "for each sample. With `axis=0` there is one answer for each class, the sample that has most of it.",
    hints=("How many answers are compared: as many as samples, or as classes?", "Along which axis are the classes?"),
    place=Place(calls="argmax"),
)
def accuracy_over_samples(probs, Y):
    return float(np.mean(np.argmax(probs, axis=0) == np.argmax(Y, axis=0)))


@batch_training.mistake(
    "train.begun-again",
    step="train",
    title="Every epoch begins with new weights: what was learned is thrown away",
    explain="Weights are drawn once, before the first epoch, and every step goes on from where the last one ended. "
    "Drawn again inside the loop over epochs, the network has only ever learned for one epoch, however many there are.",
    hints=(
        "At learning rate 0, are the weights after three epochs those after one?",
        "Which lines of yours run once, and which in every epoch?",
    ),
    place=Place(calls="init|normal|rand|uniform"),
)
def begun_again(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    history = []
    for _ in range(epochs):
        params = formula.initial_params(layer_sizes, rng)
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            gradients = formula.gradients(params, X[batch], Y[batch], lam)
            params = {key: value - lr * gradients[key] for key, value in params.items()}
        history.append(formula.epoch_record(params, X, Y, lam))
    return params, history
