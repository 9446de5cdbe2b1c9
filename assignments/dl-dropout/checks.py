"""What is verified: the masks, the outputs that follow from them, and the gradients for the right cache.

Where the masks stand in the cache is looked for: files have them before or after the activations.
"""

import numpy as np

from grader.checks import check, expect, fail
from grader.checks.compare import as_array

SIZES = [(4, 7, 5, 9), (3, 6, 8, 5), (5, 4, 3, 1)]  # n0, n1, n2, m
FORWARD, BACKWARD = "forward_propagation_with_dropout", "backward_propagation_with_dropout"


def network(rng, n0, n1, n2, m):
    shapes = {"W1": (n1, n0), "b1": (n1, 1), "W2": (n2, n1), "b2": (n2, 1), "W3": (1, n2), "b3": (1, 1)}
    return rng.normal(size=(n0, m)), {k: rng.normal(size=s) / (1 + 0.3 * s[1]) for k, s in shapes.items()}


def parts(cache):
    """Z1, D1, A1, Z2, D2, A2, A3 of a cache (None if it has no masks); whether masks stand behind the activations."""
    arrays = [as_array(part) for part in cache] if isinstance(cache, tuple | list) and len(cache) == 14 else []
    for first, second in ((1, 2), (2, 1)):
        masks = [arrays[i] for i in (first, first + 5)] if arrays else []
        if masks and all(mask is not None and mask.ndim == 2 and np.isin(mask, (0, 1)).all() for mask in masks):
            D1, D2 = (mask * 1.0 for mask in masks)
            return (arrays[0], D1, arrays[second], arrays[5], D2, arrays[second + 5], arrays[11]), first == 2
    return None, False


def demanded_parts(cache):
    found, swapped = parts(cache)
    if found is None:
        fail("the cache is no tuple (Z1, D1, A1, W1, b1, Z2, D2, A2, …) with masks of ones and zeros")
    return found, swapped


def relu(Z):
    return np.maximum(Z, 0)


@check(FORWARD, points=10, title="With keep_prob 1 nothing is dropped")
def forward_propagation_with_dropout_nothing_dropped(student, solution, rng):
    for size in SIZES:
        given = *network(rng, *size), 1.0
        expect(student.forward_propagation_with_dropout(*given)[0], "A3").close_to(
            solution.forward_propagation_with_dropout(*given)[0]
        )


@check(FORWARD, points=15, title="A unit is kept with probability keep_prob, each of each sample for itself")
def forward_propagation_with_dropout_shares(student, rng):
    X, parameters = network(rng, 3, 60, 50, 70)
    for keep in (0.3, 0.75):
        found, _ = demanded_parts(student.forward_propagation_with_dropout(X, parameters, keep)[1])
        for name, mask in () if found is None else (("D1", found[1]), ("D2", found[4])):
            if not abs(mask.mean() - keep) <= 0.04:
                fail(f"with keep_prob = {keep} the share of ones in {name} is {mask.mean():.2f}")
            elif (mask == mask[:, :1]).all() or (mask == mask[:1]).all():
                fail(f"{name} is the same for all samples, or for all units")


@check(FORWARD, points=20, title="Units that the masks keep are divided by keep_prob, the others are 0")
def forward_propagation_with_dropout_values(student, rng):
    for size, keep in zip(SIZES, (0.6, 0.85, 0.7), strict=True):
        X, p = network(rng, *size)
        A3, cache = student.forward_propagation_with_dropout(X, p, keep)
        found, _ = demanded_parts(cache)
        if found is None:
            return
        _, D1, A1, _, D2, A2, _ = found
        try:
            right_A1 = relu(p["W1"] @ X + p["b1"]) * D1 / keep
            right_A2 = relu(p["W2"] @ right_A1 + p["b2"]) * D2 / keep
        except ValueError:
            fail("D1 and D2 have not the shapes of A1 and A2")
            return
        expect(A1, "A1").close_to(right_A1)
        expect(A2, "A2").close_to(right_A2)
        expect(A3, "A3").close_to(1 / (1 + np.exp(-(p["W3"] @ right_A2 + p["b3"]))))


def gradients(student, solution, rng, size, keep):
    X, p = network(rng, *size)
    Y = (rng.permutation(np.arange(size[3])) % 2).reshape(1, -1)
    right = solution.forward_propagation_with_dropout(X, p, keep)[1]
    own = student.forward_propagation_with_dropout(X, p, keep)[1]
    found, swapped = parts(own)
    if found is None:
        given = own if own is not None else right
    else:
        Z1, D1, A1, W1, b1, Z2, D2, A2, *rest = right
        given = (Z1, A1, D1, W1, b1, Z2, A2, D2, *rest) if swapped else right
    return student.backward_propagation_with_dropout(X, Y, given, keep), solution.backward_propagation_with_dropout(
        X, Y, right, keep
    )


def with_columns(found, right):
    """Flat gradients of biases as columns: that form is judged apart."""
    if not isinstance(found, dict):
        return found
    arrays = {k: as_array(v) for k, v in found.items()}
    return {
        k: a.reshape(right[k].shape)
        if k in right and k[1] == "b" and a is not None and a.size == right[k].size
        else found[k]
        for k, a in arrays.items()
    }


@check(BACKWARD, points=15, title="The last layer, where no mask is")
def backward_propagation_with_dropout_last_layer(student, solution, rng):
    for size in SIZES:
        found, right = gradients(student, solution, rng, size, 0.65)
        expect(with_columns(found, right), "gradients").close_to({key: right[key] for key in ("dW3", "db3")})


@check(
    BACKWARD, points=37, title="The hidden layers: what was dropped passes nothing back, what was kept the same factor"
)
def backward_propagation_with_dropout_hidden_layers(student, solution, rng):
    for size, keep in zip(SIZES, (0.6, 0.85, 0.7), strict=True):
        found, right = gradients(student, solution, rng, size, keep)
        expect(with_columns(found, right), "gradients").close_to({k: right[k] for k in ("dW2", "db2", "dW1", "db1")})


@check(BACKWARD, points=3, title="The gradients of biases are columns, as the biases are")
def backward_propagation_with_dropout_columns(student, solution, rng):
    found, right = gradients(student, solution, rng, SIZES[0], 0.8)
    shapes = {k: np.shape(as_array(found.get(k))) for k in ("db1", "db2", "db3")} if isinstance(found, dict) else {}
    expected = {k: right[k].shape for k in ("db1", "db2", "db3")}
    if shapes != expected:
        fail(f"the shapes are {shapes}, expected {expected}: is `keepdims=True` missing?")
