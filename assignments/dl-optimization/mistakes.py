"""What goes wrong in the order and the cutting of samples, and in the loop over layers."""

import numpy as np

from grader.assignments import mistake, probe
from operations.loops_over_layers import last_layer_left_out

_LAYERS = "A network of L layers has L weight matrices: the loop goes from 1 to L, `len(parameters) // 2`."
_ONCE = "Every sample comes once, beside its own label."
_LAST = "The last mini-batch has what is left: m − size·⌊m/size⌋ samples, and none is made of nothing."


in_gd = last_layer_left_out("update_parameters_with_gd", "gd_keys", _LAYERS, per_layer=2)
in_momentum = last_layer_left_out("update_parameters_with_momentum", "momentum_keys", _LAYERS, per_layer=2)
in_adam = last_layer_left_out("update_parameters_with_adam", "adam_keys", _LAYERS, per_layer=2)


@mistake(
    "update_parameters_with_momentum.nothing-changed",
    step="momentum_keys",
    title="No step is made: parameters and velocities stay as they were",
    explain="Each layer's velocity is computed first, then its parameters go against it.",
    hints=("What does your loop do?", "Is there a loop over the layers?"),
)
def no_step_with_momentum(parameters):
    return []


@mistake(
    "update_parameters_with_adam.nothing-changed",
    step="adam_keys",
    title="No step is made: parameters and moments stay as they were",
    explain="Each layer's moments are computed first, then corrected, then its parameters go against them.",
    hints=("What does your loop do?", "Is there a loop over the layers?"),
)
def no_step_of_adam(parameters):
    return []


@probe("random_mini_batches")
def facts_about_mini_batches(implementation, rng):
    """What right mini-batches are like, whatever their order."""
    facts = {}
    for m, size in ((23, 5), (12, 4)):
        numbers = np.arange(m, dtype=float).reshape(1, m)
        batches = implementation.random_mini_batches(np.vstack([numbers, -numbers]), numbers + 0.5, size, 2)
        order = np.concatenate([X[0] for X, _ in batches])
        labels = np.concatenate([Y[0] for _, Y in batches])
        facts[f"sizes of {m}"] = np.array([X.shape[1] for X, _ in batches])
        facts[f"labels of {m} stand beside"] = np.array(float(np.array_equal(order + 0.5, labels)))
        facts[f"{m} are shuffled"] = np.array(float(not np.array_equal(order, np.arange(len(order)))))
        last = batches[-1][0][0]
        facts[f"the last of {m} begin the order"] = np.array(float(np.array_equal(last, order[: len(last)])))
        facts[f"the last of {m} end X"] = np.array(float(np.array_equal(last, np.arange(m)[m - len(last) :])))
    return facts


@mistake(
    "random_mini_batches.not-shuffled",
    step="order_of_samples",
    title="The samples are not shuffled",
    explain="The order must be random: with sorted data every mini-batch would be of one class.",
    hints=("In which order do the samples come?", "Is the permutation used?"),
)
def not_shuffled(m, seed):
    return np.arange(m)


@mistake(
    "random_mini_batches.labels-in-their-old-order",
    step="order_of_labels",
    title="The labels are not shuffled with the samples",
    explain=f"{_ONCE} One permutation is for both X and Y.",
    hints=("Which label stands beside the first column?", "What is indexed with the permutation?"),
)
def labels_in_their_old_order(order):
    return np.arange(len(order))


@mistake(
    "random_mini_batches.rest-lost",
    step="starts",
    title="The samples that are left over are lost",
    explain=_LAST,
    hints=("How many samples come for m = 23 and a size of 5?", "What becomes of m % size samples?"),
)
def rest_lost(m, size):
    return range(0, m - size + 1, size)


@mistake(
    "random_mini_batches.empty-mini-batch",
    step="starts",
    title="An empty mini-batch is added when the size divides the number of samples",
    explain=_LAST,
    hints=("How many mini-batches come for m = 12 and a size of 4?", "When is there a rest?"),
)
def empty_mini_batch(m, size):
    return [*range(0, m, size), *([m] if m % size == 0 else [])]


@mistake(
    "random_mini_batches.rest-from-the-beginning",
    step="random_mini_batches",
    title="The last mini-batch has the first samples of the new order once more, not those that are left",
    explain=f"{_LAST} What is left stands at the end: behind size·⌊m/size⌋ columns of the shuffled arrays. In yours "
    "some samples come twice, and others never.",
    hints=("Which columns are in no mini-batch yet when the loop is over?", "Where does the last slice begin?"),
)
def rest_from_the_beginning(right, X, Y, mini_batch_size=64, seed=0):
    batches = right(X, Y, mini_batch_size, seed)
    if left := X.shape[1] % mini_batch_size:
        batches[-1] = tuple(np.concatenate(part, axis=1)[:, :left] for part in zip(*batches, strict=True))
    return batches


@mistake(
    "random_mini_batches.rest-not-shuffled",
    step="random_mini_batches",
    title="The last mini-batch is cut from the arrays as they were before the shuffling",
    explain=f"{_ONCE} The other mini-batches come from the new order: of what ends the old one some have been in them "
    "already, and others never come.",
    hints=("From which arrays is the last mini-batch cut?", "Are all names in its slices those of shuffled arrays?"),
)
def rest_not_shuffled(right, X, Y, mini_batch_size=64, seed=0):
    batches = right(X, Y, mini_batch_size, seed)
    if left := X.shape[1] % mini_batch_size:
        batches[-1] = X[:, -left:], Y[:, -left:]
    return batches


@mistake(
    "random_mini_batches.rest-behind-another-batch",
    step="random_mini_batches",
    title="The last mini-batch has all of the one before it once more, in front of what is left",
    explain=f"{_LAST} Yours begins one mini-batch too early. (After a loop its counter is that of the last pass, not "
    "the number of passes.)",
    hints=(
        "How large is the last mini-batch for m = 23 and a size of 5?",
        "What is the loop's counter after the loop?",
    ),
)
def rest_behind_another_batch(right, X, Y, mini_batch_size=64, seed=0):
    batches = right(X, Y, mini_batch_size, seed)
    if X.shape[1] % mini_batch_size and len(batches) > 1:
        batches[-1] = tuple(np.concatenate(part, axis=1) for part in zip(*batches[-2:], strict=True))
    return batches
