"""What goes wrong in mini-batch gradient descent."""

import numpy as np

from grader.assignments import Place
from operations.batch_training.operation import batch_training

_STEP = "Each step subtracts the gradient times the learning rate, $W \\leftarrow W - \\eta \\, dW$."
_EPOCH = "In one epoch every sample is used once: ⌈n / batch_size⌉ steps, each on the next `batch_size` samples."


@batch_training.mistake(
    "train.ascent",
    step="update",
    title="The gradient is added instead of subtracted",
    explain=f"{_STEP} The gradient points where the cost grows; adding it walks uphill, and the cost rises with "
    "every step.",
    hints=(
        "Does the cost fall or rise from step to step?",
        "Look at the sign in the line that changes the parameters.",
    ),
)
def ascent(value, gradient, lr):
    return value + lr * gradient


@batch_training.mistake(
    "train.learning-rate-ignored",
    step="update",
    title="The learning rate that is passed in has no effect",
    explain=f"{_STEP} Yours makes the same steps whatever `lr` is: a number is written into the update, or a "
    "variable of the "
    "notebook is used.",
    hints=("What changes in your training when `lr` is 0?", "Where does `lr` appear in the update?"),
)
def learning_rate_ignored(value, gradient, lr):
    return value - 0.1 * gradient


@batch_training.mistake(
    "train.parameters-not-updated",
    step="descend",
    title="The parameters that are returned were never updated",
    explain=f"{_STEP} The weights after training are those before it: the new values go into other variables, or "
    "into a copy "
    "that is dropped.",
    hints=("Compare a weight before and after a step.", "Which dict do you change, and which do you return?"),
)
def parameters_not_updated(params, grads, lr):
    return params


@batch_training.mistake(
    "train.biases-not-updated",
    step="descend",
    title="The biases are never updated",
    explain=f"{_STEP} That goes for weights and biases. Your biases keep the values that they start with.",
    hints=("Compare every parameter before and after a step.", "Which keys does your update loop visit?"),
)
def biases_not_updated(right, params, grads, lr):
    updated = right(params, grads, lr)
    return {key: params[key] if key.startswith("b") else updated[key] for key in params}


@batch_training.mistake(
    "train.last-layer-only",
    step="descend",
    title="Only the last layer is updated",
    explain=f"{_STEP} That goes for every layer. Your earlier layers keep the values that they start with.",
    hints=("Compare every parameter before and after a step.", "Which layers does your update loop visit?"),
)
def last_layer_only(right, params, grads, lr):
    updated = right(params, grads, lr)
    last = str(sum(key.startswith("W") for key in params))
    return {key: updated[key] if key[1:] == last else params[key] for key in params}


@batch_training.mistake(
    "train.weights-replaced-by-the-step",
    step="update",
    title="The parameters become the step itself: the old values are lost",
    explain=f"{_STEP} Yours is $W \\leftarrow -\\eta \\, dW$.",
    hints=("What is left of the weights after one step?", "Is the old value in your update?"),
)
def weights_replaced_by_the_step(value, gradient, lr):
    return -lr * gradient


@batch_training.mistake(
    "train.weights-subtracted",
    step="update",
    title="The parameters themselves are subtracted instead of their gradients",
    explain=f"{_STEP} Yours is $W - \\eta W$: all weights shrink, and nothing is learnt.",
    hints=("What is multiplied by the learning rate?", "Where does the gradient appear in your update?"),
)
def weights_subtracted(value, gradient, lr):
    return value - lr * value


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
    "train.one-batch-per-epoch",
    step="batches",
    title="Each epoch uses one mini-batch only",
    explain=f"{_EPOCH} Yours makes one step on one batch: most of the data is never seen in an epoch.",
    hints=("How many steps does one epoch make?", "Where does the loop over batches end?"),
)
def one_batch_per_epoch(right, X, Y, batch_size):
    return right(X, Y, batch_size)[:1]


@batch_training.mistake(
    "train.batch-size-ignored",
    step="batches",
    title="The batch size is ignored: each step uses the whole training set",
    explain=f"{_EPOCH} Yours makes one step per epoch, on all samples.",
    hints=("How many steps does one epoch make?", "Where does `batch_size` appear?"),
)
def batch_size_ignored(X, Y, batch_size):
    return [(X, Y)]


@batch_training.mistake(
    "train.one-sample-per-step",
    step="batches",
    title="Each step uses a single sample, whatever the batch size",
    explain=f"{_EPOCH} Yours makes n steps in an epoch, on one sample each.",
    hints=("How many steps does one epoch make?", "Where does `batch_size` appear in your slices?"),
)
def one_sample_per_step(right, X, Y, batch_size):
    return right(X, Y, 1)


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
